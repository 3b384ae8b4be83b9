"""Pavings by graphs: the window is covered, boxes tell the truth by Arb, the rest is thin."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx

from verified_grpo.errors import InputError
from verified_grpo.intervals import ArrayEngine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.rigor.pavings import Boxes, GraphPaving, attraction_graph, condition_graph, pave_graph
from verified_grpo.rigor.pavings.graph import Side

EPS = Fraction(1, 10**5)
ENGINE = ArrayEngine()
J2 = (-30.0, math.log(0.5)), (math.log(0.1), math.log(100))
J3 = (0.001, 1.0), (0.5, 0.999)


def steepness(x: arb, contrast: Contrast) -> arb:
    """``|b|`` at ``p = e^x``, from the definition."""
    p, eps = x.exp(), arb(1) / 10**5
    v = p * (1 - p)
    if contrast == MEAN_VAR:
        return abs(1 - 2 * p) * v / (2 * (v + eps) ** 1.5)
    return abs(1 - 2 * p) * v.sqrt() / (2 * (v.sqrt() + eps) ** 2)


def condition(beta: arb, p: arb) -> arb:
    """``beta cosh(c/beta)^2 - b(p)``."""
    c = 1 / (2 * (arb("0.25") + arb(1) / 10**5).sqrt())
    return beta * (c / beta).cosh() ** 2 - steepness(p.log(), MEAN_VAR)


def covered(paving: GraphPaving, x_side: Side, y_side: Side) -> bool:
    """Whether the areas sum to the window's and random points lie in some box."""
    parts = [paving.below, paving.boundary, paving.above]
    whole = (x_side[1] - x_side[0]) * (y_side[1] - y_side[0])
    rng = np.random.default_rng(0)
    found = all(
        any(_holds(boxes, x, y) for boxes in parts)
        for x, y in zip(_uniform(rng, x_side), _uniform(rng, y_side), strict=True)
    )
    return found and math.isclose(sum(b.approx_area for b in parts), whole, rel_tol=1e-9)


def _uniform(rng: np.random.Generator, side: Side) -> list[float]:
    return [float(x) for x in rng.uniform(side[0], side[1], 300)]


def _holds(boxes: Boxes, x: float, y: float) -> bool:
    inside = (boxes.x_low <= x) & (x <= boxes.x_high) & (boxes.y_low <= y) & (y <= boxes.y_high)
    return bool(inside.any())


def corners(boxes: Boxes, step: int) -> list[tuple[float, float]]:
    """The corners and the middle of some boxes."""
    places = []
    for k in range(0, len(boxes), step):
        xs, ys = (boxes.x_low[k], boxes.x_high[k]), (boxes.y_low[k], boxes.y_high[k])
        places += [(x, y) for x in xs for y in ys] + [(sum(xs) / 2, sum(ys) / 2)]
    return places


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD], ids=lambda c: c.label)
def test_where_a_fixed_point_attracts(contrast: Contrast) -> None:
    paving = pave_graph(attraction_graph(contrast, EPS), *J2, 0.01)
    assert covered(paving, *J2)
    assert (paving.boundary.x_high - paving.boundary.x_low <= 0.01).all()
    assert (paving.boundary.y_high - paving.boundary.y_low <= 0.01).all()
    assert 0 < paving.boundary.approx_area < 0.08
    with ctx.workprec(200):
        for boxes, above in ((paving.above, True), (paving.below, False)):
            assert len(boxes) > 1000
            for x, y in corners(boxes, 37):
                assert (arb(y).exp() > steepness(arb(x), contrast)) is above


def test_the_window_may_pass_one_half() -> None:
    window = (-3.0, -0.01), (math.log(0.01), math.log(10))
    paving = pave_graph(attraction_graph(MEAN_VAR, EPS), *window, 0.05)
    assert covered(paving, *window)
    with ctx.workprec(200):
        for x, y in corners(paving.above, 3):
            assert arb(y).exp() > steepness(arb(x), MEAN_VAR)
        for x, y in corners(paving.below, 3):
            assert arb(y).exp() < steepness(arb(x), MEAN_VAR)


def test_where_the_condition_holds() -> None:
    paving = pave_graph(condition_graph(EPS, 1.0, 0.999), *J3, 0.001)
    assert covered(paving, *J3)
    assert (paving.boundary.y_high - paving.boundary.y_low <= 0.001).all()
    assert 0 < paving.boundary.approx_area < 3e-5
    with ctx.workprec(200):
        for boxes, holds in ((paving.below, True), (paving.above, False)):
            assert len(boxes) > 1000
            for x, y in corners(boxes, 23):
                assert (condition(arb(x), arb(y)) > 0) is holds


def test_a_graph_of_which_nothing_is_known_is_all_boundary() -> None:
    def nothing(low: Any, high: Any) -> Any:
        return ENGINE.between(np.full(len(low), np.nan), np.full(len(low), np.nan))

    paving = pave_graph(nothing, (0.0, 1.0), (0.0, 1.0), 0.25)
    assert not len(paving.below)
    assert not len(paving.above)
    assert covered(paving, (0.0, 1.0), (0.0, 1.0))
    assert (paving.boundary.y_high - paving.boundary.y_low <= 0.25).all()


def test_a_jump_is_cut_across() -> None:
    def step(low: Any, high: Any) -> Any:
        return ENGINE.between(np.where(low < 1 / 3, 0.2, 0.8), np.where(high < 1 / 3, 0.2, 0.8))

    paving = pave_graph(step, (0.0, 1.0), (0.0, 1.0), 0.1)
    assert covered(paving, (0.0, 1.0), (0.0, 1.0))
    assert (paving.boundary.y_high - paving.boundary.y_low <= 0.1 * (1 + 1e-12)).all()
    assert paving.boundary.approx_area < 1e-5


@pytest.mark.parametrize(
    "ask",
    [
        lambda: attraction_graph(MEAN, EPS),
        lambda: condition_graph(EPS, 1.4, 0.9),
        lambda: condition_graph(EPS, 1.0, 0.99999),
        lambda: pave_graph(attraction_graph(MEAN_VAR, EPS), (-1.0, 0.0), (0.0, 1.0), 0.1),
        lambda: pave_graph(attraction_graph(MEAN_VAR, EPS), (-1.0, -2.0), (0.0, 1.0), 0.1),
        lambda: pave_graph(attraction_graph(MEAN_VAR, EPS), (-2.0, -1.0), (0.0, 1.0), 1e-9),
    ],
)
def test_what_no_graph_covers_is_refused(ask: Any) -> None:
    with pytest.raises(InputError):
        ask()
