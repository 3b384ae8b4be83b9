"""The time of the flow: when infinitely small steps are at a target, by rigorous quadrature.

``dL/dt = w(L) F(L)`` from ``L_ref`` with the drive of small steps (``rigor/sequences/small_steps.py``) and
the metric ``w = 1`` or ``w = p (1 - p)``; the time is the integral of ``1/(w F)``, enclosed cell by cell.
Where it is spent tells a plateau: beside a fold the drive is almost 0 on the way. The lemmas are those of
``checker/flow.py``.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Generic, Literal, TypeVar, get_args

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, Number, Sign, decimal_down, decimal_up, exact, make_engine
from ...model import Contrast, Parameters, Point, Range, Workbench
from ...model.contrasts import Fact
from ...model.steps import StepParameters
from ..no_truth_value import NoTruthValue

V = TypeVar("V")

Metric = Literal["1", "p(1-p)"]
METRICS: tuple[Metric, ...] = get_args(Metric)
NEEDS = (Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS)
BITS, DIGITS, END_DIGITS = 128, 12, 30
CELLS = 600
NEAR = Fraction(1, 10**5)
"""The time is known well enough when its enclosure is so narrow, relatively."""
LEEWAY = Fraction(1, 10**10)
"""For a checker that rounds otherwise."""
SHORT = Fraction(1, 5)
"""A plateau: half of the time on so much of the way, or less."""
STANDS_STILL = "the drive is not proved positive all the way: the target may never be reached"


@dataclass(frozen=True)
class FlowTime(NoTruthValue, read="time"):
    """For every parameter the flow is at ``reach`` at a time in ``time``; None: never, by the ``barrier``.

    ``plateau``, of exact parameters: a part of the way, in log-odds, of at most a fifth of its length, on
    which at least half of the time is spent; None where there is none.
    """

    contrast: Contrast
    parameters: StepParameters
    metric: Metric
    reach: Fraction
    time: Range | None
    barrier: Fraction | None
    slow: tuple[Fraction, ...]
    fast: tuple[Fraction, ...]
    plateau: Range | None
    engine: str
    bits: int


@dataclass(frozen=True)
class UndecidedFlow(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says why."""

    contrast: Contrast
    parameters: StepParameters
    metric: Metric
    reach: Fraction
    reason: str


def flow_time(
    contrast: Contrast,
    parameters: Parameters,
    reach: Number,
    metric: Metric = "1",
    *,
    engine: str = "arb",
) -> FlowTime | UndecidedFlow:
    """When the flow from ``p_ref`` is first at ``p = reach``.

    Args:
        contrast: any contrast.
        parameters: exact numbers or ranges; beta may be 0.
        reach: the target, an exact probability in (0, 1).
        metric: ``1`` or ``p(1-p)`` (the plain gradient of a single logit).
        engine: ``arb`` or ``mpmath``.

    Returns:
        The time (0 where the target is not above ``p_ref``), never, or undecided.

    Raises:
        InputError: ``reach`` not in (0, 1), or no such metric.

    Not proved: how near steps of a size are to the flow. Source: lemmas 41 and 42 of the checker.
    """
    target, box = exact(reach), StepParameters(**dict(parameters))
    if not 0 < target < 1:
        raise InputError("the probability to be reached must lie strictly between 0 and 1")
    if metric not in METRICS:
        raise InputError(f"the flow's metric is one of {', '.join(METRICS)}, not {metric!r}")
    if target <= box.p_ref[0]:
        there = (Fraction(0), Fraction(0))
        return FlowTime(contrast, box, metric, target, there, None, (), (), None, engine, BITS)
    if missing := contrast.lacks(*NEEDS):
        return UndecidedFlow(contrast, box, metric, target, missing)
    return _found(contrast, box, target, metric, engine)


@lru_cache(maxsize=64)
def _found(
    contrast: Contrast, box: StepParameters, target: Fraction, metric: Metric, engine: str
) -> FlowTime | UndecidedFlow:
    """A quadrature takes a second: what is asked again, as notebooks and pages do, is answered at once."""
    with make_engine(engine, BITS) as arithmetic:
        bench = Workbench(arithmetic, contrast)
        try:
            return _timed(bench, box, target, metric)
        except NotEnoughPrecision as error:
            return UndecidedFlow(contrast, box, metric, target, f"not enough precision: {error}")


def _timed(
    bench: Workbench[V], box: StepParameters, target: Fraction, metric: Metric
) -> FlowTime | UndecidedFlow:
    engine, contrast = bench.engine, bench.contrast
    slow, fast = (_Quadrature(bench, corner, metric) for corner in (box.highest_gap, box.lowest_gap))
    top = bench.log_odds(target)
    end = exact(decimal_up(engine.upper(top), END_DIGITS))
    within = exact(decimal_down(engine.lower(top), END_DIGITS))
    begin = exact(decimal_up(engine.upper(fast.reference), END_DIGITS))
    barrier = fast.barrier(begin, within)
    if barrier is not None:
        return FlowTime(contrast, box, metric, target, None, barrier, (), (), None, engine.name, engine.bits)
    covering = slow.cells(exact(decimal_down(engine.lower(slow.reference), END_DIGITS)), end)
    inside = fast.cells(begin, within) if begin < within else ()
    if covering is None or inside is None:
        return UndecidedFlow(contrast, box, metric, target, STANDS_STILL)
    most = sum((cell.most for cell in covering), Fraction(0)) * (1 + LEEWAY)
    least = sum((cell.least for cell in inside), Fraction(0)) * (1 - LEEWAY)
    time = exact(decimal_down(max(least, Fraction(0)), DIGITS)), exact(decimal_up(most, DIGITS))
    plateau = _plateau(inside, time[1] * (1 + LEEWAY)) if box.is_point and inside else None
    ways = _ends(covering), _ends(inside)
    proof = *ways, plateau, engine.name, engine.bits
    return FlowTime(contrast, box, metric, target, time, None, *proof)


@dataclass(frozen=True, order=True)
class _Cell:
    """A part of the way, and bounds of the time that it takes; the one known worst comes first."""

    worst: Fraction
    low: Fraction
    high: Fraction
    least: Fraction
    most: Fraction
    sure: bool


class _Quadrature(Generic[V]):
    """The time at one corner of a box."""

    def __init__(self, bench: Workbench[V], corner: Point, metric: str) -> None:
        self.engine: Engine[V] = bench.engine
        self.profile = bench.profile(corner.eps, (corner.eps, corner.eps))
        self.reference = bench.log_odds(corner.p_ref)
        self._pull = self.engine.exact(corner.alpha * corner.beta)
        self._is_flat = metric == "1"

    def cells(self, low: Fraction, high: Fraction) -> tuple[_Cell, ...] | None:
        """The way in cells, the worst halved again and again; None where F > 0 is not proved on one."""
        heap = [self._cell(low, high)]
        while len(heap) < CELLS:
            if heap[0].sure:
                most = sum(cell.most for cell in heap)
                if sum(cell.most - cell.least for cell in heap) <= NEAR * most:
                    break
            for _ in range(max(1, len(heap) // 4)):
                worst = heapq.heappop(heap)
                middle = (worst.low + worst.high) / 2
                heapq.heappush(heap, self._cell(worst.low, middle))
                heapq.heappush(heap, self._cell(middle, worst.high))
        if not all(cell.sure for cell in heap):
            return None
        return tuple(sorted(heap, key=lambda cell: cell.low))

    def barrier(self, low: Fraction, high: Fraction) -> Fraction | None:
        """A point between at which the drive is not positive, near its least zero; None: not found."""
        if low >= high:
            return None
        points = [low + (high - low) * k / 64 for k in range(65)]
        for before, point in pairwise(points):
            if self._sign(point) is Sign.NEGATIVE:
                return self._nearest(before, point) if point == points[-1] else point
        return None

    def _nearest(self, low: Fraction, high: Fraction) -> Fraction | None:
        """By halving, below the end."""
        for _ in range(60):
            middle = (low + high) / 2
            if self._sign(middle) is Sign.NEGATIVE:
                return middle
            low = middle
        return None

    def _sign(self, point: Fraction) -> Sign:
        return self.engine.sign(self._drive(point))

    def _drive(self, point: Fraction) -> V:
        engine = self.engine
        away = engine.sub(engine.exact(point), self.reference)
        return engine.sub(self.profile.at(point)[0], engine.mul(self._pull, away))

    def _cell(self, low: Fraction, high: Fraction) -> _Cell:
        engine, width = self.engine, high - low
        middle = (low + high) / 2
        falls = engine.sub(self.profile.slope_over(low, high), self._pull)
        here = self._drive(middle)
        drive = engine.add(here, engine.mul(falls, engine.interval(-width / 2, width / 2)))
        metric, bends = self._metric(low, high)
        speed = engine.mul(metric, drive)
        if engine.sign(speed) is not Sign.POSITIVE:
            return _Cell(-(Fraction(10) ** 60) * width, low, high, Fraction(0), Fraction(0), sure=False)
        once = engine.div(engine.exact(width), engine.mul(self._metric(middle, middle)[0], here))
        turn = engine.add(engine.mul(bends, drive), engine.mul(metric, falls))
        slope = engine.div(turn, engine.power(speed, 2))
        swing = (engine.upper(slope) - engine.lower(slope)) * width**2 / 8
        least, most = engine.lower(once) - swing, engine.upper(once) + swing
        return _Cell(least - most, low, high, least, most, sure=True)

    def _metric(self, low: Fraction, high: Fraction) -> tuple[V, V]:
        """w and w' over a cell."""
        engine = self.engine
        if self._is_flat:
            return engine.exact(1), engine.exact(0)
        p = engine.hull(*(engine.sigmoid(engine.exact(end)) for end in (low, high)))
        ends = [self._spread(end) for end in (low, high)]
        metric = engine.hull(*ends)
        if low < 0 < high:
            metric = engine.hull(metric, engine.exact(Fraction(1, 4)))
        tilt = engine.sub(engine.mul(engine.exact(2), p), engine.exact(1))
        return metric, engine.neg(engine.mul(metric, tilt))

    def _spread(self, point: Fraction) -> V:
        engine = self.engine
        return engine.mul(engine.sigmoid(engine.exact(point)), engine.sigmoid(engine.exact(-point)))


def _ends(cells: tuple[_Cell, ...]) -> tuple[Fraction, ...]:
    return (cells[0].low, *(cell.high for cell in cells)) if cells else ()


def _plateau(cells: tuple[_Cell, ...], total: Fraction) -> Range | None:
    """The shortest run of cells that certainly takes half of all the time, if it is a short part."""
    best: Range | None = None
    first, spent = 0, Fraction(0)
    for cell in cells:
        spent += cell.least
        while spent - cells[first].least >= total / 2:
            spent -= cells[first].least
            first += 1
        if spent >= total / 2:
            found = cells[first].low, cell.high
            if best is None or found[1] - found[0] < best[1] - best[0]:
                best = found
    way = cells[-1].high - cells[0].low
    return best if best is not None and best[1] - best[0] <= SHORT * way else None
