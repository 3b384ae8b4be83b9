"""Passage: how many steps until p reaches a target, counted by the slowest and the fastest corner of a box.

Where the map keeps order up to the target (small enough steps do), the sequence rises, and over a box it
stays between the sequences of two corners. Bounds of these are carried on from one side, so enclosures never
widen. The lemma is that of ``checker/passage.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, Number, Sign, decimal_down, decimal_up, exact, make_engine
from ...model import Contrast, GapOverBox, Parameters, Range, Workbench, corner_box
from ...model.contrasts import Fact
from ...model.step import Step
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import FixedPoints, fixed_points

V = TypeVar("V")

ZERO = Fraction(0)
BITS = 128
STEP_LIMIT = 1_000_000
CELLS = (1, 16, 256)
REACH_DIGITS = 30
PLATEAU_DIGITS = 12
MARKS = 512
"""Of a count so many places are kept, to tell a plateau by."""
LONG = 16
"""Updates of which a plateau may be told."""
SHORT = Fraction(1, 5)
"""A plateau: half of the updates on so much of the way, or less."""
NOT_IN_ORDER = (
    "such steps may overshoot on the way, which leaves no order to count by: ask about smaller ones"
)
TOO_MANY = f"not every sequence of the box is there within {STEP_LIMIT} steps"
NOT_ALL = "some parameters of the box may never get there"


@dataclass(frozen=True)
class Plateau:
    """From one update to another, at least half of all, every sequence is at log-odds in ``logit``, a fifth
    of the way or less."""

    updates: tuple[int, int]
    logit: Range


@dataclass(frozen=True)
class Passage(NoTruthValue, read="steps"):
    """For every parameter the first n with ``p_n >= reach`` lies in ``steps``; None: there is none, since no
    sequence passes the log-odds ``barrier``. On the cells between ``cuts`` the map keeps order."""

    contrast: Contrast
    parameters: Parameters
    reach: Fraction
    steps: tuple[int, int] | None
    barrier: Fraction | None
    cuts: tuple[Fraction, ...]
    engine: str
    bits: int
    plateau: Plateau | None = None


@dataclass(frozen=True)
class UndecidedPassage(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says why."""

    contrast: Contrast
    parameters: Parameters
    reach: Fraction
    reason: str


def passage(
    contrast: Contrast, parameters: Parameters, reach: Number, *, engine: str = "arb"
) -> Passage | UndecidedPassage:
    """The least and the most number of steps from ``p_ref`` until ``p_n >= reach``.

    Args:
        contrast: any contrast.
        parameters: of the recursion, exact numbers or ranges; for steps of a size
            :meth:`~verified_grpo.model.steps.Update.recursion` gives them.
        reach: the target, an exact probability in (0, 1).
        engine: ``arb`` or ``mpmath``.

    Returns:
        The counts (0 where the target is not above ``p_ref``), never, or undecided where steps may overshoot
        or are more than 1,000,000.

    Raises:
        InputError: ``reach`` not in (0, 1).
    """
    target = exact(reach)
    if not 0 < target < 1:
        raise InputError("the probability to be reached must lie strictly between 0 and 1")
    if target <= parameters.p_ref[0]:
        return Passage(contrast, parameters, target, (0, 0), None, (), engine, BITS)
    if missing := contrast.lacks(Fact.BOUNDED):
        return UndecidedPassage(contrast, parameters, target, missing)
    with make_engine(engine, BITS) as arithmetic:
        bench = Workbench(arithmetic, contrast)
        try:
            return _counted(bench, parameters, target)
        except NotEnoughPrecision as error:
            return UndecidedPassage(contrast, parameters, target, f"not enough precision: {error}")


def _counted(bench: Workbench[V], box: Parameters, target: Fraction) -> Passage | UndecidedPassage:
    engine, contrast = bench.engine, bench.contrast
    slowest, fastest = (corner_box(contrast, box, at) for at in (box.highest_gap, box.lowest_gap))
    slow, fast = (Step(bench, corner) for corner in (slowest, fastest))
    low, end = (bound(bench.log_odds(target)) for bound in (engine.lower, engine.upper))
    barrier = _barrier(bench, fastest, low)
    start = engine.lower(slow.log_odds_ref)
    cuts = (
        cuts_between((slow, fast), start, end) if barrier is None else cuts_between((fast,), start, barrier)
    )
    if cuts is None:
        return UndecidedPassage(contrast, box, target, NOT_IN_ORDER)
    if barrier is not None:
        return Passage(contrast, box, target, None, barrier, cuts, engine.name, engine.bits)
    if _barrier(bench, slowest, low) is not None:
        return UndecidedPassage(contrast, box, target, NOT_ALL)
    least = _first(fast, engine.upper(fast.log_odds_ref), low, up=True)
    most = _first(slow, start, end, up=False)
    if least is None or most is None:
        return UndecidedPassage(contrast, box, target, TOO_MANY)
    counts, plateau = (least.steps, most.steps), _plateau(most, least, end - start)
    return Passage(contrast, box, target, counts, None, cuts, engine.name, engine.bits, plateau)


def cuts_between(steps: tuple[Step[V], ...], start: Fraction, end: Fraction) -> tuple[Fraction, ...] | None:
    """Cells from the least ``L_ref`` to an end, on which no map falls; to 0, from where an even contrast
    rises. None: not found."""
    low, high = exact(decimal_down(start, REACH_DIGITS)), end
    if steps[0].bench.contrast.knows(Fact.EVEN_RISING):
        high = min(end, ZERO)
    if low >= high:
        return (low, low + 1)
    for count in CELLS:
        cuts = [low + (high - low) * k / count for k in range(count + 1)]
        if all(step.rises_over(a, b) for step in steps for a, b in pairwise(cuts)):
            return tuple(cuts)
    return None


def _barrier(bench: Workbench[V], corner: Parameters, target: Fraction) -> Fraction | None:
    """The upper end of a corner's least fixed point, if it is below the target; None too where unknown."""
    if corner.alpha[0] == 0:
        return None
    found = fixed_points(bench.contrast, corner, engine=bench.engine.name)
    if not isinstance(found, FixedPoints):
        return None
    end = found.points[0].logit[1]
    held = end < target and GapOverBox(bench, corner).sign_at(end) is Sign.POSITIVE
    return end if held else None


@dataclass(frozen=True)
class _Count:
    """The first n at which a bound of a sequence is not below the target, and the bound at every
    ``stride``-th n before."""

    steps: int
    stride: int
    marks: list[Fraction]

    def at(self, n: int) -> Fraction:
        """The bound at a multiple of the stride."""
        return self.marks[n // self.stride]


def _first(step: Step[V], here: Fraction, target: Fraction, *, up: bool) -> _Count | None:
    """By carrying the bound on from one side."""
    bound = _upper if up else _lower
    stride, marks = 1, list[Fraction]()
    for n in range(STEP_LIMIT + 1):
        if here >= target:
            return _Count(n, stride, marks)
        if n % stride == 0:
            if len(marks) == MARKS:
                stride, marks = 2 * stride, marks[::2]
            if n % stride == 0:
                marks.append(here)
        here = bound(step.engine, step.once(here))
    return None


def _plateau(low: _Count, high: _Count, way: Fraction) -> Plateau | None:
    """The shortest part of the way on which every sequence is for at least half of the most steps, if it is
    short."""
    stride, half = max(low.stride, high.stride), (low.steps + 1) // 2
    many = -(-half // stride) * stride
    starts = range(0, high.steps - many, stride) if high.steps >= LONG else range(0)
    found = min(starts, key=lambda n: high.at(n + many) - low.at(n), default=None)
    if found is None or high.at(found + many) - low.at(found) > SHORT * way:
        return None
    ends = decimal_down(low.at(found), PLATEAU_DIGITS), decimal_up(high.at(found + many), PLATEAU_DIGITS)
    return Plateau((found, found + many), (exact(ends[0]), exact(ends[1])))


def _upper(engine: Engine[V], value: V) -> Fraction:
    return engine.upper(value)


def _lower(engine: Engine[V], value: V) -> Fraction:
    return engine.lower(value)
