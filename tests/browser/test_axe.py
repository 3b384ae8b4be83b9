"""Pages for those who hear them or type: axe-core finds nothing serious."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import atlases
from tests.browser.axe import serious
from tests.browser.page import Window
from tests.report.samples import CORPUS
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.html import html

REPORTED = ("fixed-points-beta-5", "amplification", "batch-small-steps")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_serious_in_a_report(window: Window, tmp_path: Path, dark: bool) -> None:
    page = tmp_path / "report.html"
    certificates = [read_certificate(CORPUS / "accepted" / f"{name}.json") for name in REPORTED]
    page.write_text(html(report_document(certificates, "A report")))
    window.open(page, dark=dark)
    assert serious(window) == []


def test_nothing_serious_in_an_atlas(window: Window, tmp_path: Path) -> None:
    page = tmp_path / "atlas.html"
    page.write_text(atlases.page(atlases.atlas(300)))
    window.open(page)
    window.wait_for("document.querySelector('.atlas')?.dataset.ready === 'yes'")
    assert serious(window) == []


def test_what_is_serious_is_found(window: Window, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    pale = '<p style="color: #ccc; background: #fff">hard to read</p>'
    page.write_text(f'<!doctype html><html lang="en"><title>x</title><main><input>{pale}</main>')
    window.open(page)
    assert [line.partition(":")[0] for line in serious(window)] == ["color-contrast", "label"]
