"""What axe-core finds wrong with a page for those who do not see it, or do not use a mouse."""

from __future__ import annotations

import tarfile
from functools import lru_cache
from io import BytesIO

import pytest

from tests.browser.page import Window
from verified_grpo.errors import InputError
from verified_grpo.laboratory.runtime import Archive, fetched

AXE = Archive(
    "axe-core",
    "4.14.1",
    "axe-core-4.14.1.tgz",
    "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
)
RUN = """
const done = arguments[0];
axe.run({ resultTypes: ["violations"] }).then(({ violations }) => done(violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`)));
"""


@lru_cache
def script() -> str:
    """Of axe-core, out of the user's cache; a test is skipped where it cannot be fetched, either."""
    try:
        data = fetched(AXE)
    except InputError as error:
        pytest.skip(str(error))
    with tarfile.open(fileobj=BytesIO(data), mode="r:gz") as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


def serious(window: Window) -> list[str]:
    """What is serious or critical in the page as it stands, with the places."""
    window.run(script())
    return list(window.driver.execute_async_script(RUN))
