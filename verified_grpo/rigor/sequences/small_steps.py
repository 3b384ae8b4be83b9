"""Where small steps lead: to the least fixed point, for any steps below a bound.

``L_n = L_{n-1} + eta_n F(L_{n-1})`` with the drive ``F(L) = Omega(L) - alpha beta (L - L_ref)`` rises and
never exceeds the least zero of F above ``L_ref`` as long as ``eta_n <= 1/(alpha beta + s)``, s the steepest
fall of ``Omega`` between ``L_ref`` and that zero (the lemma with its proof is in ``checker/small_steps.py``).
Over a box F falls in beta and eps and rises in p_ref, so the least zero lies between those of two corners.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ...errors import NotEnoughPrecision
from ...intervals import Engine, decimal_down, decimal_up, exact, make_engine
from ...model import Contrast, Parameters, Range, Workbench, corner_box, formulas
from ...model.contrasts import Fact
from ...model.steps import StepParameters
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import (
    FixedPoints,
    UndecidedFixedPoints,
    fixed_points,
    fixed_points_from_below,
)
from ..points.partition import LineCell
from .outcomes import LimitPoint, probabilities

V = TypeVar("V")

ZERO = Fraction(0)
STEP_DIGITS = 12
REACH_DIGITS = 30
"""Significant digits of the point below ``L_ref`` from which slopes are bounded."""
SLOPE_CELLS = 256
NEAR = Fraction(1, 2**24)
"""The bound of the slope is refined until it is so near to a slope that is met, relatively."""
LEEWAY = 1 + Fraction(1, 2**30)
"""For a checker that rounds otherwise."""
BITS = 128
FROM_NO_PULL = (Fact.BOUNDED, Fact.EVEN_RISING)
"""Where the pull reaches 0 no limit is bracketed, and falls of Omega are looked for below 0."""


@dataclass(frozen=True)
class SlopeBound:
    """``steepest`` bounds ``max(0, -Omega')`` over the cells between consecutive ``cuts``, for every
    parameter; at the point ``met``, between ``L_ref`` and the limit, the fall is at least ``least``."""

    cuts: tuple[Fraction, ...]
    steepest: Fraction
    met: tuple[Fraction, ...]
    least: Fraction


@dataclass(frozen=True)
class RisesBySteps(NoTruthValue, read="limit"):
    """For every parameter of the box and any steps up to ``largest_step[0]`` the sequence from p_ref rises to
    the least fixed point.

    ``limit`` brackets it; where ``alpha beta`` reaches 0, so that there may be none (then p tends to 1), it
    is None, and ``beyond`` is a bound in log-odds that the limit is not below. ``largest_step`` encloses
    ``1/(alpha beta + s)``; without a bracket only its lower bound is known to the certificate.
    """

    contrast: Contrast
    parameters: StepParameters
    limit: LimitPoint | None
    beyond: Fraction
    largest_step: Range
    start: Fraction
    cells: tuple[LineCell, ...]
    slopes: SlopeBound
    engine: str
    bits: int

    @property
    def largest_share(self) -> Range:
        """The same as a share of the way to the maximiser, at most 1: with a share up to the lower end every
        step keeps below the bound."""
        low, high = (beta * step for beta, step in zip(self.parameters.beta, self.largest_step, strict=True))
        return min(low, Fraction(1)), min(high, Fraction(1))


@dataclass(frozen=True)
class RisesToOneBySteps(NoTruthValue, read="gain"):
    """No pull (``alpha beta = 0``): p rises to 1; each step eta adds ``eta gain`` or more to the log-odds
    (None: the least Omega is not known)."""

    contrast: Contrast
    parameters: StepParameters
    gain: Fraction | None
    engine: str
    bits: int


@dataclass(frozen=True)
class UndecidedBySteps(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says where it stopped."""

    contrast: Contrast
    parameters: StepParameters
    reason: str


SmallSteps = RisesBySteps | RisesToOneBySteps | UndecidedBySteps


def small_steps(
    contrast: Contrast,
    parameters: Parameters,
    *,
    digits: int = 15,
    engine: str = "arb",
    known: FixedPoints | UndecidedFixedPoints | None = None,
) -> SmallSteps:
    """Where any small steps lead from ``p_ref``.

    Args:
        contrast: any contrast.
        parameters: exact numbers or ranges; with :class:`StepParameters` beta may be 0.
        digits: for exact parameters the bracket is about ``10^-digits`` wide in log-odds.
        engine: ``arb`` or ``mpmath``.
        known: of exact parameters, their fixed points where the caller has them: they are not sought again.

    Returns:
        The least fixed point and the bound of the steps, proved; undecided where the fixed points are.

    Not proved: that larger steps do anything else (the bound is sufficient); anything about steps that are
    not along the natural gradient of one prompt. Source: lemmas 36, 37 and 64 of the checker.
    """
    box = StepParameters(**dict(parameters))
    if box.pull[1] == 0:
        return _without_pull(contrast, box, engine)
    bounded, single = box.pull[0] > 0, box.is_point and contrast.is_single
    if not bounded and (missing := contrast.lacks(*FROM_NO_PULL)):
        return UndecidedBySteps(contrast, box, missing)
    search = fixed_points if contrast.knows(Fact.BOUNDED) else fixed_points_from_below
    if known is None or not single or search is not fixed_points:
        highest = corner_box(contrast, box, box.highest_gap)
        known = search(contrast, highest, digits=digits, engine=engine)
    upper = lower = known
    if bounded and not single:
        upper = search(contrast, corner_box(contrast, box, box.lowest_gap), digits=digits, engine=engine)
    for found in (lower, upper):
        if isinstance(found, UndecidedFixedPoints):
            return UndecidedBySteps(contrast, box, found.reason)
    assert isinstance(lower, FixedPoints)
    assert isinstance(upper, FixedPoints)
    bracket = lower.points[0].logit[0], upper.points[0].logit[1]
    with make_engine(engine, max(lower.bits, upper.bits, BITS)) as arithmetic:
        try:
            return _described(arithmetic, contrast, box, bracket, lower, bounded=bounded)
        except NotEnoughPrecision as error:
            return UndecidedBySteps(contrast, box, f"not enough precision: {error}")


def _without_pull(contrast: Contrast, box: StepParameters, engine: str) -> RisesToOneBySteps:
    contrast.definition.require_defined(contrast, box.eps)
    least = _least_on_line(contrast, box, engine)
    gain = None if least is None else exact(decimal_down(least, STEP_DIGITS))
    return RisesToOneBySteps(contrast, box, gain, engine, BITS)


def _least_on_line(contrast: Contrast, box: StepParameters, engine: str) -> Fraction | None:
    """A lower bound of Omega for all L; None where none is known."""
    floor = contrast.floor(box.eps)
    if floor is not None or contrast.lacks(Fact.EVEN_RISING):
        return floor
    with make_engine(engine, BITS) as arithmetic:
        return arithmetic.lower(Workbench(arithmetic, contrast).profile(box.eps[1], box.eps).omega_min)


def _described(
    engine: Engine[V],
    contrast: Contrast,
    box: StepParameters,
    bracket: Range,
    lower: FixedPoints,
    *,
    bounded: bool,
) -> RisesBySteps:
    low, high = bracket
    reach = high if bounded else ZERO
    if contrast.knows(Fact.EVEN_RISING):
        reach = min(ZERO, reach)
    slopes = slope_bound(Workbench(engine, contrast), box, reach, low)
    limit = LimitPoint(*probabilities(engine, bracket)) if bounded else None
    cells = _up_to(lower, low)
    proof = lower.cells[0].low, cells, slopes, engine.name, engine.bits
    return RisesBySteps(contrast, box, limit, low, _largest_step(box.pull, slopes), *proof)


def _largest_step(pull: Range, slopes: SlopeBound) -> Range:
    """``1/(alpha beta + s)``, rounded outward; exact where Omega does not fall. Without a pull and a fall
    that is met there is no upper bound, and the lower one stands for it."""
    step = 1 / (pull[1] + slopes.steepest * LEEWAY)
    weakest = pull[0] + slopes.least / LEEWAY
    if not slopes.steepest:
        return step, 1 / weakest if weakest else step
    step = exact(decimal_down(step, STEP_DIGITS))
    return step, exact(decimal_up(1 / weakest, STEP_DIGITS)) if weakest else step


def _up_to(found: FixedPoints, end: Fraction) -> tuple[LineCell, ...]:
    """The cells of a partition that lie below an end, the last one cut off there: the gap is negative."""
    below = [cell for cell in found.cells if cell.low < end]
    return tuple(LineCell(cell.low, min(cell.high, end), cell.rule) for cell in below)


def slope_bound(bench: Workbench[V], box: Parameters, end: Fraction, low: Fraction) -> SlopeBound:
    """How steeply ``Omega`` falls at most between ``L_ref`` and ``end``, for every parameter of the box; by
    halving the cell with the largest bound. ``low``: up to there points lie below the limit.

    Where it is even and rises, ``Omega`` falls below L = 0 only; its slope is smaller in size the larger eps
    is, but for groups, whose profiles hold all of its range.
    """
    engine = bench.engine
    start = exact(decimal_down(engine.lower(bench.log_odds(box.p_ref[0])), REACH_DIGITS))
    if start >= end or (box.p_ref[0] >= Fraction(1, 2) and bench.contrast.knows(Fact.EVEN_RISING)):
        return SlopeBound((), ZERO, (), ZERO)
    first = exact(decimal_up(engine.upper(bench.log_odds(box.p_ref[1])), REACH_DIGITS))
    steep, flat = (bench.profile(eps, box.eps) for eps in box.eps)

    is_written = bench.contrast.tree is not None  # then its slope over cells is what the checker has
    if not is_written:
        curvature = formulas.curvature_program(bench.contrast).bind(engine, eps=engine.interval(*box.eps))

    def fall(a: Fraction, b: Fraction) -> Fraction:
        """By the slope over the cell, and where that is plain interval arithmetic also by the slopes at its
        ends and the curvature over it (mean value theorem)."""
        least = engine.lower(steep.slope_over(a, b))
        if not (steep.has_one_peak or is_written):
            turn = curvature(engine.interval(a, b))[0]
            from_left = engine.lower(steep.at(a)[1]) + min(ZERO, engine.lower(turn)) * (b - a)
            from_right = engine.lower(steep.at(b)[1]) - max(ZERO, engine.upper(turn)) * (b - a)
            least = max(least, from_left, from_right)
        return max(ZERO, -least)

    return refined(fall, lambda x: -engine.upper(flat.at(x)[1]), (start, end), (first, low))


def refined(
    fall: Callable[[Fraction, Fraction], Fraction],
    fall_at: Callable[[Fraction], Fraction],
    line: Range,
    between: Range,
) -> SlopeBound:
    """A bound of how steeply something falls on a line, by halving the cell with the largest bound.

    ``fall`` bounds the fall over a cell from above, ``fall_at`` at a point from below; ``between`` are the
    points that lie on the way for every parameter.
    """
    (start, end), (first, low) = line, between
    met: tuple[Fraction, Fraction] | None = None

    def meet(x: Fraction) -> None:
        nonlocal met
        value = max(ZERO, fall_at(x))
        if first <= x <= low and (met is None or value > met[0]):
            met = value, x

    heap = [(-fall(start, end), start, end)]
    for x in (first, min(low, end)):
        meet(x)
    while len(heap) < SLOPE_CELLS:
        bound, a, b = heap[0]
        if -bound <= (met[0] if met else ZERO) * (1 + NEAR) or b - a < NEAR:
            break
        heapq.heappop(heap)
        middle = (a + b) / 2
        meet(middle)
        heapq.heappush(heap, (-fall(a, middle), a, middle))
        heapq.heappush(heap, (-fall(middle, b), middle, b))
    cuts = (start, *sorted(b for _, _, b in heap))
    points = () if met is None or not met[0] else (met[1],)
    return SlopeBound(cuts, -heap[0][0], points, met[0] if met else ZERO)
