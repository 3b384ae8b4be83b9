"""The pages of curves, and of limits by closed forms."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.checker.corpus import FOLDER
from verified_grpo.report.document import Figure, Table
from verified_grpo.report.pages.curves import curve_page
from verified_grpo.report.pages.limit import limit_page


def certificate(name: str) -> tuple[Any, Any]:
    document = json.loads((FOLDER / "accepted" / f"{name}.json").read_bytes())
    return document["statement"], document["evidence"]


@pytest.mark.parametrize("name", ["curve-fold", "curve-flip", "curve-settling", "curve-cusp"])
def test_a_curve_has_a_page(name: str) -> None:
    claim, evidence = certificate(name)
    page = curve_page(claim, evidence, "figure")
    figures = [block for block in page.blocks if isinstance(block, Figure)]
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    assert len(figures) == (name != "curve-cusp")
    assert len(table.rows) == 3 * (min(len(claim.get("pieces", [0])), 4) or 1)


def test_a_window_without_the_curve_has_no_figure() -> None:
    page = curve_page(*certificate("curve-flip-above-one-half"), "figure")
    assert not [block for block in page.blocks if isinstance(block, Figure | Table)]
    assert "no rectangle" in str(page.result)


@pytest.mark.parametrize("name", ["above-one-half", "mirror-weight", "order", "lift", "contraction"])
def test_a_limit_by_a_closed_form_has_a_page(name: str) -> None:
    claim, evidence = certificate(f"limit-settles-{name}")
    page = limit_page(claim, evidence, "figure")
    assert ("least" in str(page.result)) == (claim["manner"] == "rises")
