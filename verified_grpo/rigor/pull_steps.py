"""Where small steps lead under any pull: to the least zero of the drive above ``L_ref``, or, where a clamp
ends the pull and none lies above, to 1.

``F = Omega - beta R`` with the pulls of :mod:`..model.pulls`; the lemmas with their proofs are in
``checker/pull_steps.py``. The search walks up from ``L_ref``: F is positive on cells, or monotone and
positive at the end where it is least, until it falls through 0 or failures are clamped for good. Only
enclosures are used, no shape of R; KL(pi || pi_ref) and k3 without clamps and dropped groups have theorems of
their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from ..errors import InputError, NotEnoughPrecision
from ..intervals import decimal_down, decimal_up, exact, make_engine
from ..model import Contrast, Fact, Parameters, Range, Workbench
from ..model.pulls import Kernel, Pull, PullOver
from .k3 import NEEDS, require_reference_only
from .k3_steps import K3Rises, K3StepsUndecided, k3_small_steps
from .no_truth_value import NoTruthValue
from .points.partition import LineCell, Rule
from .sequences.outcomes import LimitPoint, probabilities
from .sequences.small_steps import (
    BITS,
    REACH_DIGITS,
    STEP_DIGITS,
    ZERO,
    SlopeBound,
    SmallSteps,
    refined,
    small_steps,
)

V = TypeVar("V")

CELL_LIMIT = 1000
WIDE = 1 + Fraction(1, 2**20)
"""Leeway where enclosures are wide: their radii have few digits."""
NARROWEST = Fraction(1, 2**40)
FARTHEST = 10**6
"""Log-odds beyond which no zero is looked for."""
UNKNOWN = Fraction(2**200)
"""Stands for a bound of which nothing is known: such a cell is halved."""
DIGITS_LIMIT = 30
BOX_DIGITS = 15
BEGIN = 64
"""The first cell begins at a multiple of its inverse."""


@dataclass(frozen=True)
class PullRises(NoTruthValue, read="limit"):
    """For every parameter of the box and any steps up to ``largest_step[0]`` the sequence from p_ref rises to
    the least zero of the drive above ``L_ref``, in ``limit``; ``largest_step`` encloses ``1/sup max(0, -F')``
    between, its upper end being None where none is proved."""

    contrast: Contrast
    parameters: Parameters
    pull: Pull
    limit: LimitPoint
    largest_step: tuple[Fraction, Fraction | None]
    start: Fraction
    cells: tuple[LineCell, ...]
    slopes: SlopeBound
    engine: str
    bits: int


@dataclass(frozen=True)
class PullRisesToOne(NoTruthValue, read="gain"):
    """No stop: the drive has no zero above ``L_ref``; each step eta > 0, of any size, adds ``eta gain`` or
    more to the log-odds, and p rises to 1."""

    contrast: Contrast
    parameters: Parameters
    pull: Pull
    gain: Fraction
    start: Fraction
    cells: tuple[LineCell, ...]
    engine: str
    bits: int


@dataclass(frozen=True)
class PullUndecided(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says where it stopped."""

    contrast: Contrast
    parameters: Parameters
    pull: Pull
    reason: str


PullSteps = PullRises | PullRisesToOne | PullUndecided


def small_steps_under(
    contrast: Contrast, parameters: Parameters, pull: Pull, *, digits: int = 15, engine: str = "arb"
) -> PullSteps | SmallSteps | K3Rises | K3StepsUndecided:
    """Where any small steps lead from ``p_ref`` under any pull, by the theorem that says most: those of
    KL(pi || pi_ref), of k3, or the one of any pull.

    Args:
        contrast: any contrast.
        parameters: exact numbers or ranges; beta may be 0 with :class:`StepParameters`, and then p rises to
            1 whatever the pull; alpha = 1 but for KL(pi || pi_ref).
        pull: what holds the policy.
        digits: for exact parameters the bracket is about ``10^-digits`` wide in log-odds.
        engine: ``arb`` or ``mpmath``.

    Raises:
        InputError: alpha other than 1 under another pull than KL(pi || pi_ref), or digits out of range.

    Not proved: that larger steps do anything else. Source: lemmas 36, 37, 39, 46 and 47 of the checker.
    """
    if pull == Pull() or parameters.beta[1] == 0:
        return small_steps(contrast, parameters, digits=digits, engine=engine)
    if pull == Pull(Kernel.K3) and not contrast.lacks(*NEEDS):
        return k3_small_steps(contrast, parameters, digits=digits, engine=engine)
    return pull_small_steps(contrast, parameters, pull, digits=digits, engine=engine)


def pull_small_steps(
    contrast: Contrast, parameters: Parameters, pull: Pull, *, digits: int = 15, engine: str = "arb"
) -> PullSteps:
    """Where any small steps lead from ``p_ref`` under any pull, without a fact of its shape.

    Args and errors as of :func:`small_steps_under`; beta > 0.

    Returns:
        The least zero of the drive and the bound of the steps; or that there is none; or undecided.

    Not proved: that larger steps do anything else; that a zero is the only one. Source: lemmas 46 and 47.
    """
    require_reference_only(parameters)
    if not 1 <= digits <= DIGITS_LIMIT:
        raise InputError(f"digits must be from 1 to {DIGITS_LIMIT}, not {digits}")
    if parameters.beta[0] == 0:
        return PullUndecided(contrast, parameters, pull, "beta reaches 0: ask about 0 and the rest apart")
    if parameters.eps[0] != parameters.eps[1] and (missing := contrast.lacks(Fact.FALLS_IN_EPS)):
        return PullUndecided(contrast, parameters, pull, missing)
    try:
        with make_engine(engine, BITS) as arithmetic:
            return _Walk(Workbench(arithmetic, contrast), parameters, pull, digits).answer()
    except (NotEnoughPrecision, _StoppedError) as error:
        return PullUndecided(contrast, parameters, pull, str(error))


class _StoppedError(Exception):
    """The walk cannot go on; it says where."""


class _Drive(Generic[V]):
    """F for all parameters of a box."""

    def __init__(self, bench: Workbench[V], box: Parameters, pull: Pull) -> None:
        self.engine, self.box, self.contrast = bench.engine, box, bench.contrast
        self.pull = PullOver(bench.engine, pull, box.p_ref)
        self._high, self._low = (bench.profile(eps, box.eps) for eps in box.eps)
        self._beta = bench.engine.interval(*box.beta)
        self._floor = bench.contrast.floor(box.eps)
        self._leeway = bench.engine.interval(1 / WIDE, WIDE)

    def least(self, low: Fraction, high: Fraction) -> Fraction:
        """A lower bound over a cell."""
        omega = self._low.least_omega_over(low, high)
        least = self.engine.sub(omega, self._held(low, high))
        return self.engine.lower(least) if self.engine.is_finite(least) else -UNKNOWN

    def most_at(self, x: Fraction) -> Fraction:
        """An upper bound at a point."""
        omega = self._high.largest_omega_over(x, x)
        return self.engine.upper(self.engine.sub(omega, self._held(x, x)))

    def slope(self, low: Fraction, high: Fraction) -> Range:
        """Bounds of F' over a cell, wherever no clamp sets in."""
        engine = self.engine
        rise = self._high.slope_over(low, high)
        if self._low is not self._high:
            rise = engine.hull(rise, self._low.slope_over(low, high))
        slope = engine.sub(rise, engine.mul(self._beta, self.pull.slope_over(low, high)))
        if not engine.is_finite(slope):
            return -UNKNOWN, UNKNOWN
        return engine.lower(slope), engine.upper(slope)

    def least_beyond(self, start: Fraction) -> Fraction | None:
        """A lower bound at and above a point, if failures are clamped from there on."""
        most, engine = self.pull.ceiling(start), self.engine
        if most is None:
            return None
        if self._floor is not None:
            least = engine.exact(self._floor)
        elif self.contrast.knows(Fact.EVEN_RISING):
            nearest = max(start, ZERO)
            least = self._low.least_omega_over(nearest, nearest)
        else:
            return None
        return engine.lower(engine.sub(least, engine.mul(engine.exact(self.box.beta[1]), most)))

    def _held(self, low: Fraction, high: Fraction) -> V:
        """``beta R``; where it is wide, widened for a checker that rounds wide enclosures otherwise."""
        engine = self.engine
        held = engine.mul(self._beta, self.pull.over(low, high))
        if low == high and self.box.is_point:
            return held
        return engine.mul(held, self._leeway)


class _Walk(Generic[V]):
    """From ``L_ref`` upwards."""

    def __init__(self, bench: Workbench[V], box: Parameters, pull: Pull, digits: int) -> None:
        self.bench, self.box, self.pull = bench, box, pull
        self.engine, self.width = bench.engine, Fraction(1, 10**digits)
        self.drive = _Drive(bench, box, pull)
        self.anchors = [bench.log_odds(p) for p in box.p_ref]
        self.start = Fraction(math.floor(bench.engine.lower(self.anchors[0]) * BEGIN), BEGIN)

    def answer(self) -> PullSteps:
        """A limit, or that there is none."""
        cells, gains, low = self._climb(self.drive)
        proof = self.start, tuple(cells)
        engine = self.engine.name, self.engine.bits
        head = self.bench.contrast, self.box, self.pull
        if low is None:
            gain = exact(decimal_down(min(gains) / WIDE, STEP_DIGITS))
            return PullRisesToOne(*head, gain, *proof, *engine)
        high = self._upper_end(low)
        slopes = self._slopes(low, high)
        limit = LimitPoint(*probabilities(self.engine, (low, high)))
        return PullRises(*head, limit, _largest_step(slopes), *proof, slopes, *engine)

    def _climb(self, drive: _Drive[V]) -> tuple[list[LineCell], list[Fraction], Fraction | None]:
        """Cells on which F > 0, each with a bound, up to the last point before it falls through 0; without
        one, up to where failures are clamped."""
        cells: list[LineCell] = []
        gains: list[Fraction] = []
        at, width = self.start, Fraction(1)
        while len(cells) < CELL_LIMIT and abs(at) < FARTHEST:
            tail = drive.least_beyond(at)
            if tail is not None and tail > 0:
                return cells, [*gains, tail], None
            end = at + width
            rule, gain = _rule(drive, at, end)
            if rule is not None and gain > 0:
                cells.append(LineCell(at, end, rule))
                gains.append(gain)
                at, width = end, 2 * width
            elif rule is Rule.DECREASING and drive.least(at, at) > 0:
                low = self._last_positive(drive, at, end)
                return [*cells, LineCell(at, low, rule)] if low > at else cells, gains, low
            elif width < NARROWEST:
                raise _StoppedError(f"the drive is not decided near L = {float(at):.6g}")
            else:
                width /= 2
        raise _StoppedError("no zero of the drive was found")

    def _last_positive(self, drive: _Drive[V], low: Fraction, high: Fraction) -> Fraction:
        """By halving, where F falls."""
        while high - low > self.width / 2:
            middle = (low + high) / 2
            if drive.least(middle, middle) > 0:
                low = middle
            else:
                high = middle
        return low

    def _upper_end(self, low: Fraction) -> Fraction:
        """A point above at which F < 0 for the whole box: just above the zero of the corner where F is
        largest."""
        box = self.box
        if not box.is_point:
            best = Parameters(box.alpha, (box.beta[0],) * 2, (box.eps[0],) * 2, (box.p_ref[1],) * 2)
            walk = _Walk(self.bench, best, self.pull, BOX_DIGITS)
            found = walk._climb(walk.drive)[2]
            if found is None:
                raise _StoppedError("a stop is neither proved nor excluded for all of these parameters")
            low = max(low, found)
        step = self.width / 2
        for _ in range(64):
            if self.drive.most_at(low + step) < 0:
                return low + step
            step *= 2
        raise _StoppedError(f"the drive is not proved negative above L = {float(low):.6g}")

    def _slopes(self, low: Fraction, high: Fraction) -> SlopeBound:
        engine = self.engine
        start = exact(decimal_down(engine.lower(self.anchors[0]), REACH_DIGITS))
        first = exact(decimal_up(engine.upper(self.anchors[1]), REACH_DIGITS))

        def fall(a: Fraction, b: Fraction) -> Fraction:
            return max(ZERO, -self.drive.slope(a, b)[0])

        def fall_at(x: Fraction) -> Fraction:
            return -self.drive.slope(x, x)[1] if self.drive.pull.is_smooth_over(x, x) else ZERO

        return refined(fall, fall_at, (start, high), (first, low))


def _rule(drive: _Drive[V], low: Fraction, high: Fraction) -> tuple[Rule | None, Fraction]:
    """What holds on a cell, and the lower bound that it gives."""
    least = drive.least(low, high)
    if least > 0:
        return Rule.POSITIVE, least
    if drive.pull.is_smooth_over(low, high):
        slope = drive.slope(low, high)
        if slope[1] < slope[0] * (WIDE - 1):
            return Rule.DECREASING, drive.least(high, high)
        if slope[0] > slope[1] * (WIDE - 1):
            return Rule.INCREASING, drive.least(low, low)
    return None, least


def _largest_step(slopes: SlopeBound) -> tuple[Fraction, Fraction | None]:
    """``1/s``, rounded outward."""
    if not 0 < slopes.steepest < UNKNOWN:
        raise _StoppedError("how steeply the drive falls is not bounded, or it is not proved to fall")
    shortest = exact(decimal_down(1 / (slopes.steepest * WIDE), STEP_DIGITS))
    return shortest, exact(decimal_up(WIDE / slopes.least, STEP_DIGITS)) if slopes.least else None
