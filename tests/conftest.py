"""What every test shares: hypothesis' profiles, derandomised, without a deadline; and what is said of Coq's
tests where there is no coqc."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine: a red suite is reproducible. A deadline would time the machine. The soak
# has more of them (`--hypothesis-profile soak`).
for name, count in (("soak", 100), ("suite", 25)):
    settings.register_profile(
        name,
        max_examples=count,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays: it is never searched for garbage, neither while it comes nor by any test. What
    tests import and make is gone through whole ten times as seldom as by default, which took a
    twenty-fifth of their time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()
        gc.set_threshold(700, 10, 100)


def without_coq() -> bool:
    """No coqc here, and nobody who insists on one."""
    return shutil.which("coqc") is None and os.environ.get("CI") != "true"


@pytest.hookimpl(tryfirst=True)  # before words are chosen by marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that ask Coq's kernel, or the program extracted by it, are those of `make builds`. Leave out what
    needs the kernel where there is none: one line in the end says so, not one a test."""
    needing = []
    for item in items:
        asked = {"coq", "vcheck"}.intersection(getattr(item, "fixturenames", ()))
        if asked:
            item.add_marker("build")
        if "coq" in asked and without_coq():
            needing.append(item)
    if needing:
        config.hook.pytest_deselected(items=needing)
        left_out = set(needing)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The one line."""
    if without_coq():
        terminalreporter.write_line(
            "tests/coq: skipped what needs Coq's kernel, for there is no coqc; make coq installs it"
        )
