"""How steeply Omega falls at most, and at least, between L_ref and a limit below which steps are counted: the
number s = max(0, -b) there (small_steps.py, k3_steps.py).

Where Omega is known to be even and to rise in |L|, b >= 0 for L >= 0 (lemma 2), so it is looked for below 0.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball, logit
from verified_grpo.checker.reading import items
from verified_grpo.checker.recursion import Recursion


def read_points(value: object, where: str) -> list[Fraction]:
    """Ascending points of the line."""
    points = [logit(item, where) for item in items(value, where)]
    ascending = all(x < y for x, y in pairwise(points))
    require(ascending, Code.UNORDERED_CELLS, f"{where}: the points do not ascend")
    return points


def reaches_limit(recursion: Recursion, slopes: list[Fraction], limit: Fraction | None) -> bool:
    """Whether the slopes' cells reach from L_ref to the limit; if not, Omega must not fall above 0."""
    begun = bool(slopes) and bool(ball(slopes[0]) <= recursion.anchor(0))
    reach = begun and limit is not None and slopes[-1] >= limit
    if not reach:
        recursion.require(Fact.EVEN_RISING)
    return reach


def steepest_fall(recursion: Recursion, slopes: list[Fraction], *, reach_limit: bool) -> Ball:
    """An upper bound of s over the box, by bounds of -b over cells from L_ref to the limit, or to 0."""
    if not reach_limit and recursion.box.p_ref[0] < Fraction(1, 2):
        covered = bool(slopes) and slopes[-1] >= 0 and bool(ball(slopes[0]) <= recursion.anchor(0))
        require(covered, Code.STEP_NOT_PROVED, "the slopes' cells do not reach from L_ref to the limit")
    steepest = ball(0)
    for cell in pairwise(slopes):
        steepest = steepest.max(-recursion.slope(cell)[0])
    return steepest


def least_fall(recursion: Recursion, points: list[Fraction], limit: Fraction) -> Ball:
    """A lower bound of s for every parameter: -b at points between L_ref and a lower bound of the limit."""
    steepest = ball(0)
    for point in points:
        inside = recursion.anchor(1) <= ball(point) and point <= limit
        require(bool(inside), Code.STEP_NOT_PROVED, "a steep point may lie outside of [L_ref, L*]")
        steepest = steepest.max(-recursion.slope((point, point))[1])
    return steepest
