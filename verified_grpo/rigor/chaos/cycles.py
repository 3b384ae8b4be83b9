"""All cycles of a period: every zero of ``T^n(L) - L``, bracketed, sorted into orbits, those of smaller
period left out.

For alpha > 0 every point of a cycle lies where fixed points can lie, between ``L_ref + Omega_min/(alpha
beta)`` and ``L_ref + Omega_max/(alpha beta)``: the largest point of a cycle is ``T`` of one not larger, so
it is at most ``(1 - alpha) L + alpha L_ref + Omega_max/beta`` of itself; the least likewise. That range is
halved until on each cell ``T^n(L) - L`` has a sign or is strictly monotone; then its zeros are counted by
signs at ends, and none is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Sign, decimal_enclosure, make_engine
from ...model import Contrast, Fact, GapOverBox, Parameters, Range, Workbench
from ...model.step import Step
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import TOO_FAR, reaches_too_far, stability
from ..sequences.orbits import Enclosure, image
from ..sequences.outcomes import LimitPoint, probabilities
from ..sequences.traps import refine
from ..subdivision import Subdivision, nearly_halves
from ..verdicts import Stability

V = TypeVar("V")

PERIOD_LIMIT = 64
CELL_LIMIT = 400_000
ATTEMPTS = 4
LETTERS = {None: "s", "signed": "e", "monotone": "m"}
FIRST_HALVINGS = 6
"""Halvings of a cell before Newton's method is first tried."""


@dataclass(frozen=True)
class Cycle:
    """One cycle: its points in order from the least, its multiplier ``(T^n)'`` and what that proves."""

    points: tuple[LimitPoint, ...]
    multiplier: tuple[str, str]
    stability: Stability


@dataclass(frozen=True)
class Cycles(NoTruthValue, read="cycles"):
    """All cycles of exactly this period, by their least points.

    ``tree`` tells how the range ``domain`` was cut to see that there is no other: in preorder, ``s`` for a
    cell that is cut at 31/64 of its width, ``e`` for one without a zero of ``T^n(L) - L``, ``m`` where that
    is strictly monotone. ``smaller`` are brackets of the points whose period is a proper divisor.
    """

    contrast: Contrast
    parameters: Parameters
    period: int
    cycles: tuple[Cycle, ...]
    domain: Range | None
    tree: str
    smaller: tuple[tuple[int, Range], ...]
    engine: str
    bits: int

    @property
    def cells(self) -> int:
        """Into how many cells the range was cut."""
        return len(self.tree) - self.tree.count("s")


@dataclass(frozen=True)
class UndecidedCycles(NoTruthValue, read="reason"):
    """No complete list was proved; ``bracket`` is where it stopped."""

    contrast: Contrast
    parameters: Parameters
    period: int
    reason: str
    bracket: Range | None
    bits: int


@dataclass(frozen=True)
class _Zero:
    """The one zero of ``T^n(L) - L`` in a monotone cell."""

    bracket: Range
    cell: Range


class _Unresolved(Exception):
    """A cell stayed without a sign and without a slope."""


class _Return(Generic[V]):
    """``T^n(L) - L``."""

    def __init__(self, step: Step[V], period: int) -> None:
        self.step, self.period = step, period

    def sign_at(self, x: Fraction) -> Sign:
        """Its sign at a point."""
        here = Enclosure(x, Fraction(0))
        for _ in range(self.period):
            here = image(self.step, here)
        return Sign.POSITIVE if here.low > x else Sign.NEGATIVE if here.high < x else Sign.UNDECIDED

    def classify(self, low: Fraction, high: Fraction) -> str | None:
        """``signed`` where it has no zero on the cell, ``monotone`` where it is strictly monotone there."""
        engine, middle, radius = self.step.engine, (low + high) / 2, (high - low) / 2
        here, thin = Enclosure(middle, radius), Enclosure(middle, Fraction(0))
        slope = engine.exact(1)
        try:
            for _ in range(self.period):
                slope = engine.mul(slope, self.step.multiplier_over(here.low, here.high))
                here, thin = image(self.step, here), image(self.step, thin)
            slope = engine.sub(slope, engine.exact(1))
            least, most = engine.lower(slope), engine.upper(slope)
        except NotEnoughPrecision:  # too wide a cell, not too few bits
            return None
        swing = radius * max(abs(least), abs(most))  # the mean value form of T^n(L) - L
        if here.low > high or here.high < low or thin.low - middle > swing or thin.high - middle < -swing:
            return "signed"
        return "monotone" if least > 0 or most < 0 else None


def cycles(
    contrast: Contrast, parameters: Parameters, period: int, *, digits: int = 15, engine: str = "arb"
) -> Cycles | UndecidedCycles:
    """All cycles of ``T`` of exactly this period.

    Args:
        contrast: any contrast.
        parameters: exact numbers.
        period: 1 to 64; the work grows like the number of monotone pieces of ``T^n``, up to ``2^n``.
        digits: brackets are some ``10^-digits`` wide in log-odds.
        engine: ``arb`` or ``mpmath``.

    Returns:
        The complete list, or undecided: near a fold of ``T^n``, or when there are too many cells.

    Raises:
        InputError: a range among the parameters, or a period or digits outside their domain.

    Not proved: which orbits tend to which cycle (that is :func:`..sequences.limits.limit`).
    """
    if not 1 <= period <= PERIOD_LIMIT:
        raise InputError(f"the period must be from 1 to {PERIOD_LIMIT}, not {period}")
    if not 1 <= digits <= 1000:
        raise InputError(f"digits must be from 1 to 1000, not {digits}")
    if not parameters.is_point:
        raise InputError("cycles are listed for exact parameters: give numbers, not ranges")
    if parameters.alpha[0] == 0:  # T(L) > L everywhere
        return Cycles(contrast, parameters, period, (), None, "", (), engine, 0)
    if missing := contrast.lacks(Fact.BOUNDED):
        return UndecidedCycles(contrast, parameters, period, missing, None, 0)
    bits = 128 + digits * 10 // 3
    outcome: Cycles | UndecidedCycles | None = None
    for _ in range(ATTEMPTS):
        with make_engine(engine, bits) as arithmetic:
            bench = Workbench(arithmetic, contrast)
            step = Step(bench, parameters)
            try:
                domain = GapOverBox(bench, parameters).domain()
                if reaches_too_far(domain):
                    return UndecidedCycles(contrast, parameters, period, TOO_FAR, None, bits)
                found, tree, smaller = _sorted_out(step, period, domain, digits)
                return Cycles(contrast, parameters, period, tuple(found), domain, tree, smaller, engine, bits)
            except _Unresolved as stop:
                reason, bracket = str(stop.args[0]), stop.args[1]
            except NotEnoughPrecision as error:
                reason, bracket = f"not enough precision: {error}", None
        outcome = UndecidedCycles(contrast, parameters, period, reason, bracket, bits)
        bits *= 2
    assert outcome is not None
    return outcome


def _sorted_out(
    step: Step[V], period: int, domain: Range, digits: int
) -> tuple[list[Cycle], str, tuple[tuple[int, Range], ...]]:
    """The cycles of exactly this period, the tree of cells, and the points of smaller period."""
    (zeros, tree), left_out = _zeros(step, period, domain, digits), []
    for divisor in (d for d in range(1, period) if period % d == 0):
        for smaller in _zeros(step, divisor, domain, digits)[0]:
            known = _same_zero(zeros, smaller.bracket)
            if known is not None:
                zeros.remove(known)
                left_out.append((divisor, smaller.bracket))
    return [_describe(step, cycle) for cycle in _orbits(step, zeros, period)], tree, tuple(left_out)


def _same_zero(zeros: Sequence[_Zero], bracket: Range) -> _Zero | None:
    """The zero of ``T^n - L`` whose monotone cell holds this bracket of a zero of ``T^d - L``: the same
    point.

    None where it was taken before, by a smaller divisor.
    """
    return next((z for z in zeros if z.cell[0] <= bracket[0] and bracket[1] <= z.cell[1]), None)


def _zeros(step: Step[V], period: int, domain: Range, digits: int) -> tuple[list[_Zero], str]:
    """All zeros of ``T^n(L) - L``, ascending, and the tree of cells."""
    back = _Return(step, period)
    smallest = Fraction(1, 2 ** (step.engine.bits // 3))
    cells, zeros, tree = Subdivision([domain]), [], []
    for low, high in cells:
        rule = back.classify(low, high)
        tree.append(LETTERS[rule])
        if rule is None:
            if high - low <= smallest or len(tree) > CELL_LIMIT:
                raise _Unresolved("a double zero of T^n(L) - L or none in this bracket", (low, high))
            cells.put_back(*nearly_halves(low, high))
        elif rule == "monotone" and (bracket := _bracket(back, (low, high), digits)):
            zeros.append(_Zero(bracket, (low, high)))
    return zeros, "".join(tree)


def _bracket(back: _Return[V], cell: Range, digits: int) -> Range | None:
    """The bracket of the zero in a monotone cell, None where there is none."""
    (low, high), rounds = cell, FIRST_HALVINGS
    left, right = back.sign_at(low), back.sign_at(high)
    if Sign.UNDECIDED in (left, right):
        raise NotEnoughPrecision("the sign of T^n(L) - L at the end of a cell is not decided")
    if left is right:
        return None
    width = Fraction(1, 10**digits)
    while True:
        for _ in range(rounds):
            middle = (low + high) / 2
            sign = back.sign_at(middle)
            if sign is Sign.UNDECIDED:
                break
            low, high = (middle, high) if sign is left else (low, middle)
        guess = refine(back.step, [(low + high) / 2] * back.period)[0]
        scaled = (guess * 10**digits).__floor__()
        around = max(cell[0], (scaled - 1) * width), min(cell[1], (scaled + 2) * width)
        if around[0] < around[1] and back.sign_at(around[0]) is left and back.sign_at(around[1]) is right:
            return around
        if sign is Sign.UNDECIDED or high - low < width:
            raise NotEnoughPrecision("a zero of T^n(L) - L is not bracketed closely enough")
        rounds = 8


def _orbits(step: Step[V], zeros: Sequence[_Zero], period: int) -> list[list[_Zero]]:
    """The zeros sorted into cycles, each from its least point."""
    left, found = list(zeros), []
    while left:
        cycle = [left.pop(0)]
        while len(cycle) < period:
            low, high = cycle[-1].bracket
            there = image(step, Enclosure((low + high) / 2, (high - low) / 2))
            near = [z for z in left if there.low <= z.bracket[1] and z.bracket[0] <= there.high]
            if len(near) != 1:
                raise NotEnoughPrecision("the image of a point of a cycle is not told from other points")
            left.remove(near[0])
            cycle.append(near[0])
        found.append(cycle)
    return found


def _describe(step: Step[V], cycle: Sequence[_Zero]) -> Cycle:
    engine, multiplier = step.engine, step.engine.exact(1)
    for zero in cycle:
        multiplier = engine.mul(multiplier, step.multiplier_over(*zero.bracket))
    points = tuple(LimitPoint(*probabilities(engine, zero.bracket)) for zero in cycle)
    return Cycle(points, decimal_enclosure(engine, multiplier, 12), stability(engine, multiplier))
