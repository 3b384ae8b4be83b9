"""Where the sequence goes: a proof for ``p_0 = p_ref``, or for any other exact ``p_0``, over exact
parameters or a box.

Two arguments, both by enclosures of the orbit:

* the orbit enters the first interval of a trap (:mod:`.traps`): it tends to that fixed point or cycle, at a
  proved rate;
* from some step on the sequence is monotone: ``T`` does not decrease on an interval from ``L_s`` to an end
  that ``T`` does not carry outward. Then it tends to the fixed point nearest ``L_s`` on that side, also
  where the rate is hopeless (S4, S7).

Where neither closes, as over wide boxes, closed forms may still prove that it settles
(:mod:`.closed_limits`).

For alpha = 0 the log-odds grow by at least ``Omega(p=1/2)/beta`` a step, without end. A range of alpha from
0 upwards is divided: 0, the alphas next to it, where a closed form always holds, and the others.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, Number, decimal_down, decimal_enclosure, decimal_up, exact, make_engine
from ...model import Contrast, Fact, Parameters, Workbench
from ...model.step import Step
from ..points.fixed_points import (
    DIGITS_LIMIT,
    FARTHEST,
    TOO_FAR,
    FixedPoints,
    UndecidedFixedPoints,
    fixed_points,
)
from .approx_orbits import ApproxStep
from .closed_limits import closed_form, near_mirror
from .monotone import monotone_run
from .orbits import Enclosure, iterate, require_start
from .outcomes import (
    BasinPoint,
    ByAlpha,
    ConvergesToCycle,
    ConvergesToFixedPoint,
    Limit,
    Monotone,
    RisesToOne,
    Sequence,
    UndecidedLimit,
    probabilities,
)
from .traps import Trap, find_trap

V = TypeVar("V")

ATTEMPTS = 4
ENTRY_LIMIT = 20_000
"""Steps of the orbit within which it must have entered a trap."""
PASSAGE_LIMIT = 2 * ENTRY_LIMIT
"""Orbits that in floating point need more steps than this are not enclosed at all."""
MONOTONE_FROM = 64
"""Steps within which a monotone run must have begun."""
RATE_DIGITS = 4
LEEWAY = Fraction(1, 2**44)
"""Multipliers are stated a little more widely than known, so that a checker that rounds otherwise agrees."""
TOO_WIDE = "the box is too wide: its orbits spread before they are caught (an atlas cuts it into cells)"
NOT_NEAR = "nothing is proved for alpha next to 0: ask for 0, or for a range above it"
NEAR_BITS = 128
SETTLES_NOWHERE = "the orbit seems to settle on no cycle of period up to 64 that attracts at a rate"
TOO_SLOW = f"the orbit does not enter the trap found within {ENTRY_LIMIT} steps"
HOPELESS = (SETTLES_NOWHERE, TOO_SLOW, TOO_FAR)
"""More bits change nothing: the first is a guess in floating point, the others are true of the orbit."""


def limit(
    contrast: Contrast,
    parameters: Parameters,
    *,
    start: Number | None = None,
    digits: int = 15,
    engine: str = "arb",
    known: FixedPoints | UndecidedFixedPoints | None = None,
) -> Limit:
    """What the sequence from ``p_0`` does in the end, proved.

    Args:
        contrast: any contrast.
        parameters: exact numbers, or ranges (one verdict for the whole box, but for a range of alpha that
        begins at 0, where each part has its own).
        start: ``p_0`` in (0, 1), exact; ``p_ref`` when None.
        digits: for exact parameters, brackets are about ``10^-digits`` wide in log-odds.
        engine: ``arb`` or ``mpmath``.
        known: the fixed points where the caller has them: they are not sought again.

    Returns:
        The sharpest verdict found. A rise or fall from the first step is preferred (with its rate inside),
        then a trap, then a monotone run that begins later, then a closed form.

    Raises:
        InputError: ``p_0`` not in (0, 1); digits out of range.

    Not proved: that an undecided sequence does anything in particular. Source: S4, S5, S7, S9.
    """
    if not 1 <= digits <= DIGITS_LIMIT:
        raise InputError(f"digits must be from 1 to {DIGITS_LIMIT}, not {digits}")
    p_0 = None if start is None else exact(start)
    require_start(p_0)
    sequence = Sequence(contrast, parameters, p_0)
    missing = contrast.lacks(Fact.EVEN_RISING)
    if parameters.alpha[0] == 0 and missing:
        return UndecidedLimit(sequence, missing, 0)
    if parameters.alpha[0] == 0 < parameters.alpha[1]:
        return _by_alpha(sequence, digits, engine)
    size = parameters.beta[0].denominator // parameters.beta[0].numerator  # log-odds grow like 1/beta
    bits = -(-(72 + digits * 10 // 3 + size.bit_length()) // 16) * 16
    outcome: Limit | None = None
    for _ in range(ATTEMPTS):
        with make_engine(engine, bits) as arithmetic:
            try:
                outcome = _attempt(arithmetic, sequence, digits, known)
                if not _can_be_written(outcome):
                    outcome = UndecidedLimit(sequence, TOO_FAR, bits)
            except NotEnoughPrecision as error:
                reason = f"not enough precision: {error}" if sequence.is_single else TOO_WIDE
                outcome = UndecidedLimit(sequence, reason, bits)
        if not (isinstance(outcome, UndecidedLimit) and sequence.is_single):
            break
        if outcome.reason in HOPELESS:
            break
        bits *= 2
    assert outcome is not None
    if isinstance(outcome, UndecidedLimit):
        with make_engine(engine, bits) as arithmetic:
            settled = closed_form(arithmetic, sequence)
        return outcome if settled is None else settled
    return outcome


def _by_alpha(sequence: Sequence, digits: int, engine: str) -> ByAlpha | UndecidedLimit:
    """alpha from 0 upwards, in parts."""

    def part(low: Fraction, high: Fraction) -> Limit:
        box = replace(sequence.parameters, alpha=(low, high))
        return limit(sequence.contrast, box, start=sequence.start, digits=digits, engine=engine)

    mirror = part(Fraction(0), Fraction(0))
    with make_engine(engine, NEAR_BITS) as arithmetic:
        try:
            near = near_mirror(arithmetic, sequence)
        except NotEnoughPrecision:
            near = None
    if near is None or not isinstance(mirror, RisesToOne):
        return UndecidedLimit(sequence, NOT_NEAR, NEAR_BITS)
    end, most = near.sequence.parameters.alpha[1], sequence.parameters.alpha[1]
    return ByAlpha(sequence, mirror, near, part(end, most) if end < most else None)


def _attempt(
    engine: Engine[V], sequence: Sequence, digits: int, known: FixedPoints | UndecidedFixedPoints | None
) -> Limit:
    """One try at the engine's precision."""
    step = Step(Workbench(engine, sequence.contrast), sequence.parameters)
    if sequence.parameters.alpha[1] == 0:
        return RisesToOne(sequence, _least_gain(step), engine.name, engine.bits)
    caught = _caught(step, sequence, digits)
    if isinstance(caught, ConvergesToCycle):
        monotone = None
        if isinstance(caught, ConvergesToFixedPoint):
            monotone = monotone_run(step, sequence, [caught.point.logit], 0, digits, caught)
        return caught if monotone is None else monotone
    found = known
    if found is None:
        found = fixed_points(sequence.contrast, sequence.parameters, digits=digits, engine=engine.name)
    brackets = [point.logit for point in found.points] if isinstance(found, FixedPoints) else []
    run = monotone_run(step, sequence, brackets, MONOTONE_FROM, digits, complete=True)
    return UndecidedLimit(sequence, caught, engine.bits) if run is None else run


def _can_be_written(outcome: Limit) -> bool:
    """Whether a certificate holds its log-odds."""
    points = outcome.points if isinstance(outcome, ConvergesToCycle) else ()
    ends = [end for point in points for end in point.basin]
    ends += outcome.limit.logit if isinstance(outcome, Monotone) else ()
    return all(abs(end) <= FARTHEST for end in ends)


def _least_gain(step: Step[V]) -> Fraction:
    """A short decimal below ``Omega(p = 1/2)/beta``, the least step of the mirror recursion."""
    return exact(decimal_enclosure(step.engine, step.at(Fraction(0)), RATE_DIGITS)[0])  # T(0) = Omega(0)/beta


def _caught(step: Step[V], sequence: Sequence, digits: int) -> ConvergesToCycle | str:
    """The attracting cycle whose trap the orbit enters, or why none was found."""
    enclosures = iterate(step, sequence.start)
    here, passed = next(enclosures), 0
    reason = SETTLES_NOWHERE
    middle = step.engine.lower(step.log_odds_ref) + step.engine.upper(step.log_odds_ref)
    approx = ApproxStep(sequence.contrast, sequence.parameters.midpoint, float(middle) / 2)
    while passed < ENTRY_LIMIT:
        trap = _trap_near(step, approx, here, digits)
        if trap is None:
            return reason
        if abs(trap.basins[0][1]) > FARTHEST:
            return TOO_FAR
        reason = TOO_SLOW
        expected = approx.entry(float(here.center), trap.basins[0], PASSAGE_LIMIT)
        if expected is None:
            return reason
        pause = max(2 * passed, passed + 2 * expected, 1000)  # then the orbit settles elsewhere, perhaps
        while passed < pause:
            k = trap.holding(here)
            if k is not None:
                return _describe(step, sequence, trap.turned(k), passed)
            here, passed = next(enclosures), passed + 1
            if abs(here.center) > FARTHEST:
                return TOO_FAR
            if here.radius > 1:
                if sequence.is_single:
                    raise NotEnoughPrecision(f"no digit of the orbit is left after {passed} steps")
                return TOO_WIDE
    return reason


def _trap_near(step: Step[V], approx: ApproxStep, here: Enclosure, digits: int) -> Trap | None:
    """A trap where the orbit seems to settle."""
    try:
        guess = approx.settle(float(here.center))
    except (OverflowError, ZeroDivisionError):
        return None
    return None if guess is None else find_trap(step, guess, digits)


def _describe(step: Step[V], sequence: Sequence, trap: Trap, passed: int) -> ConvergesToCycle:
    engine = step.engine
    multiplier = engine.interval(1 - LEEWAY, 1 + LEEWAY)
    for bracket in trap.brackets:
        width = bracket[1] - bracket[0]  # to either side: the checker's bounds may be a little wider
        around = step.multiplier_over(bracket[0] - width, bracket[1] + width)
        multiplier = engine.mul(multiplier, around)
    points = tuple(
        BasinPoint(*probabilities(engine, bracket), basin)
        for bracket, basin in zip(trap.brackets, trap.basins, strict=True)
    )
    kind = ConvergesToFixedPoint if trap.period == 1 else ConvergesToCycle
    return kind(
        sequence,
        points,
        decimal_enclosure(engine, multiplier, 12),
        _rounded_rate(trap.rate),
        passed,
        engine.name,
        engine.bits,
    )


def _rounded_rate(rate: Fraction) -> Fraction:
    """A short rate not below the proved one, and below 1 however near it is: the digits are those of ``1 -
    rate``."""
    if rate < Fraction(1, 2):
        return exact(decimal_up(rate, RATE_DIGITS))
    return 1 - exact(decimal_down(1 - rate, RATE_DIGITS))
