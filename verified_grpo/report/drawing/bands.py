"""Curves as bands of enclosures: what is drawn contains the exact curve.

A curve over a range is covered by cells; over each cell the model's programs are evaluated by Arb, on the
whole cell and the whole box of parameters, so the band holds every point of the curve for every choice of
parameters. Cells are halved until the band is about as thin as a line, or as narrow as one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import arb

from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.intervals import ArbEngine
from verified_grpo.model import Contrast, Parameters, Profile, Range, formulas
from verified_grpo.rigor.subdivision import Subdivision

BITS = 64

# Shares of an axis: a cell is halved while its band is thicker than THIN, unless it is narrower than NARROW.
THIN = 0.003
NARROW = 0.002

Enclose = Callable[[Fraction, Fraction], arb]


@dataclass(frozen=True)
class BandCell:
    """The curve over [left, right] lies in [lower, upper]."""

    left: float
    right: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Axis:
    """How far apart two numbers look on an axis of length 1: the difference of their places."""

    place: Callable[[float], float]

    def distance(self, low: float, high: float) -> float:
        """From 0 to 1 for numbers on the axis."""
        return self.place(high) - self.place(low)


def step_band(contrast: Contrast, box: Parameters, cuts: Sequence[float], axis: Axis) -> list[BandCell]:
    """T over the cells between the cuts, for all parameters of the box; both axes have the same scale.

    Raises:
        NotEnoughPrecision: the shape of a group's contrast is not proved at the precision of drawings.
    """
    engine = ArbEngine(BITS)
    with engine:
        return _refined(engine, _step(engine, contrast, box), cuts, axis, axis)


def orbit_enclosures(
    contrast: Contrast, box: Parameters, start: Range, steps: int, widest: float
) -> list[tuple[float, float]]:
    """Enclosures of L_0, L_1, ... from a range of probabilities, for all parameters of the box.

    The list ends after so many steps, or before an enclosure becomes wider than `widest`.

    Raises:
        NotEnoughPrecision: the shape of a group's contrast is not proved at the precision of drawings.
    """
    engine = ArbEngine(BITS)
    found: list[tuple[float, float]] = []
    with engine:
        image = _step(engine, contrast, box)
        here = _log_odds(engine, start)
        for _ in range(steps + 1):
            low, high = engine.lower(here), engine.upper(here)
            if high - low > widest:
                break
            found.append((float(low), float(high)))
            here = image(low, high)
    return found


def _step(engine: ArbEngine, contrast: Contrast, box: Parameters) -> Enclose:
    """T over a range of log-odds and the whole box."""
    # Where Omega decreases in eps, the two ends of its range give the range of Omega; else each profile does.
    profiles = [Profile(engine, contrast, eps, box.eps) for eps in sorted(set(box.eps))]
    program = formulas.step_program().bind(
        engine,
        L_ref=_log_odds(engine, box.p_ref),
        alpha=engine.interval(*box.alpha),
        beta=engine.interval(*box.beta),
    )

    def enclose(left: Fraction, right: Fraction) -> arb:
        over = [profile.omega_over(left, right) for profile in profiles]
        return program(engine.interval(left, right), engine.hull(over[0], over[-1]))[0]

    return enclose


def _log_odds(engine: ArbEngine, probabilities: Range) -> arb:
    program = formulas.log_odds_program().bind(engine)
    return engine.hull(*(program(engine.exact(p))[0] for p in probabilities))


def margin_band(
    contrast: Contrast, eps: Fraction, cuts: Sequence[float], across: Axis, up: Axis
) -> list[BandCell]:
    """Omega_min/(alpha*beta), the least amplification, over cells of the weight alpha*beta."""
    engine = ArbEngine(BITS)
    with engine:
        least = Profile(engine, contrast, eps).omega_min
        return _refined(engine, lambda a, b: engine.div(least, engine.interval(a, b)), cuts, across, up)


def bound_band(contrast: Contrast, cuts: Sequence[float], across: Axis, up: Axis) -> list[BandCell]:
    """Bmax(eps), the steepest slope of a contrast over all prompts, over cells of eps > 0."""
    engine = ArbEngine(BITS)
    with engine:
        program = formulas.peak_program(contrast).bind(engine)
        return _refined(engine, lambda a, b: program(engine.interval(a, b))[1], cuts, across, up)


def steepest(contrast: Contrast, eps: Fraction) -> tuple[float, float]:
    """Bmax(eps) at one eps."""
    engine = ArbEngine(BITS)
    with engine:
        peak = formulas.peak_program(contrast).bind(engine)(engine.exact(eps))[1]
        return float(engine.lower(peak)), float(engine.upper(peak))


def _refined(
    engine: ArbEngine, enclose: Enclose, cuts: Sequence[float], across: Axis, up: Axis
) -> list[BandCell]:
    cells: list[BandCell] = []
    parts = Subdivision(pairwise(cuts))
    for left, right in parts:
        cell = _cell(engine, enclose, left, right)
        thick = cell is None or up.distance(cell.lower, cell.upper) > THIN
        if thick and across.distance(left, right) > NARROW:
            middle = (left + right) / 2
            parts.put_back((left, middle), (middle, right))
        elif cell is not None:
            cells.append(cell)
    return cells


def _cell(engine: ArbEngine, enclose: Enclose, left: float, right: float) -> BandCell | None:
    """One cell; None where nothing is known."""
    value = enclose(Fraction(left), Fraction(right))
    try:
        lower, upper = engine.lower(value), engine.upper(value)
    except NotEnoughPrecision:
        return None
    return BandCell(
        left, right, math.nextafter(float(lower), -math.inf), math.nextafter(float(upper), math.inf)
    )
