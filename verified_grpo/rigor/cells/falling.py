"""Orbits that stay below p = 1/2, where T falls (alpha = 1): there only one fixed point x* and its multiplier
matter.

All values from L_1 on are >= A = y + w Omega(0). Where y + w Omega(A) < 0, T maps J = [A, 0] into itself and
falls on it; so T^2 rises on J, and an orbit that reaches J ends in a fixed point of T^2.

* |T'(x*)| > 1: x* repels, and an orbit that is not at x* never hits it, for T is one to one on J: it tends
  to a cycle of two points.
* |T'(x*)| <= 1, and the Schwarzian derivative of T, which is that of Omega, is known to be negative: T^2 has
  no other fixed point, so the orbit tends to x*. (Between two others, around x*, the slope of T^2 would have
  a positive local minimum, which a negative Schwarzian forbids.)
"""

from __future__ import annotations

import numpy as np

from ...intervals.array_bounds import SPARE, TIGHT, Array, Counts, Flags, Interval, between, points
from ...intervals.steady_arrays import approx_exp
from ...model import Fact, formulas
from .flow import Flow
from .patches import Law, Patches
from .terms import Terms
from .tokens import UNDECIDED, Verdicts

LATEST = 12
"""Steps within which the orbit must have come below p = 1/2."""
FINENESS = 2**11
"""Brackets of x* are stated in units of 1/FINENESS."""
HALVINGS = 50


def below_half(law: Law, cells: Patches) -> Verdicts:
    """Verdicts ``f`` and ``c2`` by the fixed point's multiplier; alpha = 1."""
    verdicts: Verdicts = [UNDECIDED] * len(cells)
    if law.contrast.knows(Fact.CONSTANT):
        return verdicts
    chosen = np.flatnonzero(_invariant(law, cells))
    if not len(chosen):
        return verdicts
    part = cells.take(chosen)
    brackets = _brackets(law, part)
    low, high = (points(-end / FINENESS) for end in brackets)
    inside = _bracketed(law, part, low, high)
    multiplier = Terms(law, part).weight * law.shape.over(between(low.lo, high.hi))[1]
    settles = inside & (multiplier.lo >= -TIGHT) & law.contrast.knows(Fact.NEGATIVE_SCHWARZIAN)
    turns = inside & (multiplier.hi <= -1 / TIGHT)
    flow = Flow.from_reference(law, part)
    for step in range(1, LATEST + 1):
        flow = flow.step()
        below = flow.reach.hi <= -SPARE
        apart = (flow.reach.hi <= low.lo - SPARE) | (flow.reach.lo >= high.hi + SPARE)
        for token, letter, holds in (("f", "q", settles & below), ("c2", "z", turns & below & apart)):
            for k in np.flatnonzero(holds):
                if verdicts[chosen[k]] == UNDECIDED:
                    ends = ".".join(str(int(end[k])) for end in brackets)
                    verdicts[chosen[k]] = token, f"{letter}{step}.{ends}"
    return verdicts


def _invariant(law: Law, cells: Patches) -> Flags:
    """Whether ``y + w Omega(A) < 0`` with ``A = y + w Omega(0)``, for all of the cell."""
    weight = Terms(law, cells).weight
    floor = (between(cells.y0, cells.y0) + between(*[weight.lo] * 2) * law.shape.least).lo
    top = points(cells.y1) + between(*[weight.hi] * 2) * law.shape.omega(points(np.minimum(floor, 0.0)))
    return np.asarray((floor < 0) & (top.hi <= -SPARE))


def _brackets(law: Law, cells: Patches) -> tuple[Counts, Counts]:
    """Guesses of whole numbers i, j with -i/FINENESS < x* < -j/FINENESS, by halving at two corners."""
    profile = formulas.approx_profile_over_arrays(law.contrast)
    ends: list[Array] = []
    for y, x in ((cells.y0, cells.x1), (cells.y1, cells.x0)):
        low, high = y.copy(), np.zeros_like(y)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            above = y + approx_exp(-x) * profile(approx_exp(middle), float(law.eps))[0] > middle
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        ends.append(low)
    return (
        np.floor(1 - ends[0] * FINENESS).astype(np.int64),
        np.maximum(np.ceil(-1 - ends[1] * FINENESS), 0).astype(np.int64),
    )


def _bracketed(law: Law, cells: Patches, low: Interval, high: Interval) -> Flags:
    """Whether ``T(L) - L`` is > 0 at low and < 0 at high, for all of the cell: corners decide."""
    weight = Terms(law, cells).weight
    lightest, heaviest = (between(w, w) for w in (weight.lo, weight.hi))
    rises = points(cells.y0) - low + lightest * law.shape.omega(low)
    falls = points(cells.y1) - high + heaviest * law.shape.omega(high)
    return np.asarray((rises.lo >= SPARE) & (falls.hi <= -SPARE))
