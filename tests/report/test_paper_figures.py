"""The paper's figures come from certificates: what they draw is what the formal parts say, or nothing."""

from __future__ import annotations

import copy
import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.certificates.curves import (
    CONDITION,
    LOG_BARRIER,
    LOG_WEIGHT,
    Line,
    any_strip,
    strip,
    strip_of,
)
from verified_grpo.certificates.grammar.formulas import Grid, Identity, Inequality
from verified_grpo.certificates.grammar.paper import PaperStatement, Part
from verified_grpo.model import MEAN_VAR
from verified_grpo.report.document import Figure, Table
from verified_grpo.report.drawing.bands import steepest
from verified_grpo.report.drawing.strips import band
from verified_grpo.report.pages.paper_curves import slabs_of, strips_of
from verified_grpo.report.pages.paper_figures import FIGURES, paper_figure
from verified_grpo.report.pages.paper_parts import runs, table_of
from verified_grpo.report.pages.paper_sequences import grid

CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"
CLAIMS: dict[str, Any] = {
    item: json.loads((CERTIFICATES / f"{item}.json").read_text())["statement"] for item in sorted(FIGURES)
}

GRID: Grid = {"rule": "grid"}


def parts(item: str) -> list[Any]:
    found: list[Any] = copy.deepcopy(CLAIMS[item]["parts"])
    return found


@pytest.mark.parametrize("item", sorted(FIGURES))
def test_every_figure_of_the_paper_is_drawn(item: str) -> None:
    (figure,) = paper_figure(CLAIMS[item], "c1")
    assert isinstance(figure, Figure)
    assert figure.svg.startswith(b"<?xml")
    text = "".join(getattr(part, "text", "") for part in figure.caption)
    assert f"Figure {item[-1]}, certified." in text
    assert "What differs:" in text


@pytest.mark.parametrize("item", sorted(FIGURES))
def test_a_statement_of_that_name_with_other_parts_has_no_figure(item: str) -> None:
    identity: Identity = {
        "kind": "identity",
        "variables": ["x"],
        "left": ["+", "x", "x"],
        "right": ["*", "2", "x"],
    }
    part: Part = {"role": "supports", "text": "", "claim": identity}
    claim: PaperStatement = CLAIMS[item]
    assert paper_figure({**claim, "parts": [part] * 3}, "c1") == ()
    assert paper_figure({**claim, "item": "another"}, "c1") == ()


def weight(logit: mpmath.mpf) -> mpmath.mpf:
    p = 1 / (1 + mpmath.exp(-logit))
    return p / mpmath.sqrt(p * (1 - p) + mpmath.mpf("1e-5"))


def barrier(logit: mpmath.mpf) -> mpmath.mpf:
    p = 1 / (1 + mpmath.exp(-logit))
    v = p * (1 - p)
    return v * (2 * p - 1) / (2 * (v + mpmath.mpf("1e-5")) ** 1.5)


CURVES = [("figure-1", LOG_WEIGHT, weight), ("figure-4", LOG_BARRIER, barrier)]


@pytest.mark.parametrize(("item", "curve", "exact"), CURVES)
@given(share=st.floats(0, 1))
def test_the_strips_hold_the_papers_own_curve(item: str, curve: Any, exact: Any, share: float) -> None:
    """By the definition in p, not by the formula of the certificate."""
    strips = strips_of(CLAIMS[item]["parts"], curve)
    logit = strips[0].left + share * (strips[-1].right - strips[0].left)
    with mpmath.workdps(40):
        value = float(mpmath.log(exact(mpmath.mpf(logit))))
    holding = [s for s in strips if s.left <= logit <= s.right]
    assert holding
    assert all(abs(value - s.intercept - s.slope * logit) < s.half for s in holding)


def test_a_band_is_what_the_strips_allow() -> None:
    strips = strips_of(CLAIMS["figure-1"]["parts"], LOG_WEIGHT)
    across, lower, upper = band(strips)
    assert (across[0], across[-1]) == (-16.0, 16.0)
    for low, high in zip(lower, upper, strict=True):
        assert math.log(high / low) == pytest.approx(2 * strips[0].half)


def test_strips_with_a_gap_or_another_curve_are_not_drawn() -> None:
    whole = parts("figure-1")
    first = next(k for k, part in enumerate(whole) if any_strip(part["claim"]))
    assert strips_of(whole[: first + 1] + whole[first + 2 :], LOG_WEIGHT) == []
    assert strips_of(whole, LOG_BARRIER) == []
    other = parts("figure-1")
    other[first]["claim"]["box"]["eps"] = "1e-4"
    assert len(strips_of(other, LOG_WEIGHT)) == len(strips_of(whole, LOG_WEIGHT)) - 1


def test_a_strip_is_recognised_as_it_was_built_and_nothing_else_is() -> None:
    line = Line("-1/2", "0.25", "0.01")
    claim = {"kind": "inequality", "relation": ">", "expression": strip(LOG_WEIGHT, "l", line)}
    assert strip_of(claim, LOG_WEIGHT, "l") == line
    assert strip_of(claim, LOG_BARRIER, "l") is None
    assert strip_of(claim, LOG_WEIGHT, "p") is None
    assert any_strip({**claim, "relation": "<"}) is None
    assert any_strip({**claim, "expression": strip(LOG_WEIGHT, "l", Line("eps", "1", "1"))}) is None
    assert any_strip({"kind": "identity"}) is None


def test_the_slabs_agree_with_the_condition_in_floating_point() -> None:
    slabs = slabs_of(CLAIMS["figure-3"]["parts"])
    assert (slabs[0].low, slabs[-1].high) == (0.0, 0.5)

    def holds(beta: float, q: float) -> bool:
        centre, v = 1 / math.sqrt(1 + 4e-5), q * (1 - q)
        right = v * (1 - 2 * q) / (2 * (v + 1e-5) * math.sqrt(v + 1e-5))
        return beta * math.cosh(centre / beta) ** 2 >= right

    for slab in slabs:
        for share in (0.0, 0.3, 1.0):
            q = slab.low + share * (slab.high - slab.low)
            below, above = slab.outer
            assert all(holds(beta, q) for beta in (below / 2, below, above, 2 * above))
            if slab.inner:
                middle = math.sqrt(slab.inner[0] * slab.inner[1])
                assert not any(holds(beta, q) for beta in (*slab.inner, middle))


def test_a_missing_slab_or_number_leaves_no_paving() -> None:
    whole = parts("figure-3")
    first = next(k for k, part in enumerate(whole) if part["claim"].get("expression") == CONDITION)
    assert slabs_of(whole[:first] + whole[first + 1 :]) == []
    last = [part for part in whole if part["claim"].get("expression") == CONDITION][-1]
    assert len(slabs_of([part for part in whole if part is not last])) == len(slabs_of(whole)) - 1


def test_the_panels_have_the_same_weights_and_only_usual_parameters() -> None:
    panels = grid([part["claim"] for part in CLAIMS["figure-5"]["parts"] if part["claim"]["kind"] == "limit"])
    assert [p_ref for p_ref, _ in panels] == ["0.0001", "0.001", "0.01", "0.1", "0.3", "0.9"]
    assert {tuple(beta for beta, _ in row) for _, row in panels} == {("0.5", "1", "3", "5", "10", "100")}
    other = [part["claim"] for part in parts("figure-5")]
    for claim in other:
        claim["parameters"]["alpha"] = "1/2"
    assert grid(other) == []


def test_the_steepest_slope_is_bracketed() -> None:
    low, high = steepest(MEAN_VAR, Fraction(1, 100_000))
    assert 60.855 < low <= high < 60.856


@pytest.mark.parametrize("item", sorted(FIGURES))
def test_runs_of_parts_keep_every_part_and_its_number(item: str) -> None:
    claim = CLAIMS[item]
    found = runs([(part, GRID) for part in claim["parts"]])
    assert [number for run in found for number, _, _ in run] == list(range(1, len(claim["parts"]) + 1))
    long = [run for run in found if len(run) > 1]
    assert long
    for run in long:
        *_, table = table_of([(number, part["claim"]) for number, part, _ in run])
        assert isinstance(table, Table)
        assert all(len(row.cells) == len(table.header) for row in table.rows)


def test_parts_of_different_roles_or_formulas_do_not_share_a_table() -> None:
    positive: Inequality = {"kind": "inequality", "relation": ">", "expression": "x", "box": {"x": "1"}}
    point: Part = {"role": "supports", "text": "", "claim": positive}
    against: Part = {**point, "role": "refutes"}
    doubled: Inequality = {**positive, "expression": ["+", "x", "x"]}
    other: Part = {**point, "claim": doubled}
    found = runs([(part, GRID) for part in (point, point, against, against, other, other)])
    assert [len(run) for run in found] == [1] * 6
    assert [len(run) for run in runs([(point, GRID)] * 4)] == [4]
