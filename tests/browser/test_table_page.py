"""The report of a table whose names try to break out, in a browser: nothing runs, nothing is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.common.exceptions import NoAlertPresentException

from tests.audit.test_hostile_tables import CONTROLS, LONG, MARKUP, VARIANT, written
from tests.browser.page import DESKTOP, PHONE, Window
from verified_grpo.characters import visible
from verified_grpo.cli import main


@pytest.mark.parametrize("names", [MARKUP[:8], MARKUP[8:] + CONTROLS + LONG])
def test_hostile_names_run_nothing_and_ask_for_nothing(
    window: Window, tmp_path: Path, names: tuple[str, ...]
) -> None:
    # Names of columns and of files are read aloud on the page, too.
    columns: dict[str, list[object]] = {
        names[0]: [*names],
        f"{names[0]}k": [0] * len(names),
        f"{names[0]}n": [8] * len(names),
    }
    named = ("--prompt", names[0], "--k", f"{names[0]}k", "--n", f"{names[0]}n")
    table = written(tmp_path, ".csv", columns)
    table = table.rename(tmp_path / f"{names[0].replace('/', '_')}.csv")
    out = tmp_path / f"{table.stem}.out.csv"
    with pytest.raises(SystemExit) as end:
        main(["audit", "--pass-rates", str(table), *named, *VARIANT, "--out", str(out), "--format", "html"])
    assert not end.value.code
    for size in (DESKTOP, PHONE):
        window.open(out.with_suffix(".html"), size=size)
        with pytest.raises(NoAlertPresentException):
            _ = window.driver.switch_to.alert.text
        assert window.complaints() == []
        assert window.requests() == []
        assert window.run("return document.scripts.length") == 1
        assert not window.run("return document.querySelectorAll('img,iframe,object,embed,main form').length")
        cells = window.run("return [...document.querySelectorAll('td code')].map(c => c.textContent)")
        assert [cell[:150] for cell in cells[: len(names)]] == [visible(name)[:150] for name in names]
        links = "return [...document.links].every(a => a.getAttribute('href').startsWith('#'))"
        assert window.run(links)
        # A long name makes the page no wider.
        assert window.run("return document.documentElement.scrollWidth") <= size[0]
