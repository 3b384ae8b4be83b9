"""Pages and figures of cycles and chaos: what they show is what the certificate says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.report.samples import CORPUS
from verified_grpo.report.document import Figure, Table
from verified_grpo.report.pages.chaos import chaos_page, chaos_region_page
from verified_grpo.report.pages.cycles import cycles_page

CHAOS = sorted(
    path.stem for path in (CORPUS / "accepted").glob("chaos-*.json") if path.stem != "chaos-region"
)


def certificate(name: str) -> tuple[Any, Any]:
    content = json.loads((CORPUS / "accepted" / f"{name}.json").read_text())
    return content["statement"], content["evidence"]


@pytest.mark.parametrize("name", CHAOS)
def test_each_kind_of_chaos_has_a_figure_and_says_what_is_not_claimed(name: str) -> None:
    page = chaos_page(*certificate(name), "figure")
    (figure,) = (block for block in page.blocks if isinstance(block, Figure))
    assert b"<svg" in figure.svg
    assert "numerical only" in repr(page.blocks)
    cited = "The theorem is cited" in repr(page.blocks)
    assert cited == ("entropy" not in name)


def test_many_intervals_are_cut_short() -> None:
    claim, evidence = certificate("chaos-entropy-two-turns")
    claim["intervals"] = [[str(k), f"{k}.5"] for k in range(1, 40)]
    page = chaos_page(claim, evidence, "figure")
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    assert "The first 12 of 39." in repr(table)


def test_the_region_shows_as_many_cells_as_it_claims() -> None:
    claim, evidence = certificate("chaos-region")
    page = chaos_region_page(claim, evidence, "figure")
    (figure,) = (block for block in page.blocks if isinstance(block, Figure))
    wider: Any = {**claim, "cells": [*claim["cells"], [3, 3]]}
    more = chaos_region_page(wider, evidence, "figure")
    (other,) = (block for block in more.blocks if isinstance(block, Figure))
    assert figure.svg != other.svg
    assert "three cells" in repr(page.blocks)


def test_cycles_are_listed_in_full_or_said_to_be_cut() -> None:
    claim, evidence = certificate("cycles-two")
    page = cycles_page(claim, evidence, "figure")
    assert "exactly one cycle of period 2" in repr(page.result)
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    assert len(table.rows) == 5
    many: Any = {**claim, "cycles": claim["cycles"] * 9, "count": 9}
    (table,) = (block for block in cycles_page(many, evidence, "figure").blocks if isinstance(block, Table))
    assert "The first 8 of 9 cycles." in repr(table)
    none = cycles_page(*certificate("cycles-mirror"), "figure")
    assert not [block for block in none.blocks if isinstance(block, Figure | Table)]
