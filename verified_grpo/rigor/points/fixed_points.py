"""All fixed points: how many, each in a bracket, over exact parameters or a box of them.

Guesses (:mod:`.guesses`) propose where to cut the line and where the zeros are; enclosures decide
(:mod:`.partition`), and precision rises until they do. What comes back holds the whole evidence, so that a
certificate can be written from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Dyadic, Engine, Sign, decimal_enclosure, make_engine
from ...model import Contrast, Fact, Gap, GapOverBox, Parameters, Range, Workbench
from ..no_truth_value import NoTruthValue
from ..verdicts import Stability
from .guesses import ApproxGap, Guess
from .partition import LineCell, Rule, Unresolved, partition

V = TypeVar("V")

DIGITS_LIMIT = 10_000
ATTEMPTS = 5
QUARTERS = 400
HULL_PARTS = 2**24
"""A hull over a box without corners is found to so many parts of its cell."""
SPARE_BITS = 56
"""The working precision is so much above the digits asked for."""
START_BITS = 29
"""What :meth:`ApproxGap.zero` finds in floats is about so accurate."""
FARTHEST = 10**12
"""Certificates hold log-odds up to this; what is beyond is not searched."""
TOO_FAR = "fixed points may have log-odds beyond 1e12, which no certificate holds: alpha beta or eps is tiny"
COUNT_CHANGES = (
    "no fixed point at alpha = 0, at least one at every alpha above it: ask for 0, or for a range above"
)


@dataclass(frozen=True)
class Setting:
    """What a search was about and how precisely it was done; from it a fixed point's numbers are enclosed
    again."""

    contrast: Contrast
    parameters: Parameters
    digits: int
    engine: str
    bits: int


@dataclass(frozen=True)
class FixedPoint:
    """One fixed point, or over a box of parameters the hull of one branch of them.

    Attributes:
        logit: bracket in log-odds, exact decimals; the gap has strict opposite signs at its ends.
        stability: ``attracting`` (``|T'| < 1`` proved), ``repelling`` (``|T'| > 1`` proved) or ``undecided``.
        p, one_minus_p, multiplier: decimal text around what the bracket gives, rounded outward; made when
            first read.
    """

    logit: tuple[Fraction, Fraction]
    stability: Stability
    setting: Setting = field(repr=False)

    @cached_property
    def p(self) -> tuple[str, str]:
        return self._probability(self.logit)

    @cached_property
    def one_minus_p(self) -> tuple[str, str]:
        return self._probability((-self.logit[1], -self.logit[0]))

    @cached_property
    def multiplier(self) -> tuple[str, str]:
        made = self.setting
        with make_engine(made.engine, made.bits) as engine:
            gap = GapOverBox(Workbench(engine, made.contrast), made.parameters)
            return decimal_enclosure(engine, gap.multiplier_over(*self.logit), made.digits + 2)

    def _probability(self, logit: Range) -> tuple[str, str]:
        made = self.setting
        with make_engine(made.engine, made.bits) as engine:
            return probability(engine, engine.interval(*logit), made.digits + 2)


@dataclass(frozen=True)
class FixedPoints(NoTruthValue, read="count"):
    """The proved list of all fixed points, ascending, with the cells that prove it complete.

    ``cells`` is empty when alpha = 0: then ``T(L) - L = Omega/beta > 0`` and there is no fixed point.
    """

    contrast: Contrast
    parameters: Parameters
    points: tuple[FixedPoint, ...]
    cells: tuple[LineCell, ...]
    engine: str
    bits: int

    @property
    def count(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class UndecidedFixedPoints(NoTruthValue, read="reason"):
    """No count was proved; ``bracket`` is where the proof stopped and ``reason`` says why."""

    contrast: Contrast
    parameters: Parameters
    reason: str
    bracket: tuple[Fraction, Fraction] | None
    bits: int


def fixed_points(
    contrast: Contrast, parameters: Parameters, *, digits: int = 15, engine: str = "arb"
) -> FixedPoints | UndecidedFixedPoints:
    """All fixed points of ``T`` on the whole line of log-odds.

    Args:
        contrast: any contrast.
        parameters: exact numbers or ranges.
        digits: for exact parameters each bracket is at most ``10^-digits`` wide, relatively in L and
            absolutely when ``|L| > 1``, so that L, p and 1 - p all have that many digits; 1 to 10,000. Over
            a box, hulls are as wide as the branch.
        engine: ``mpmath`` or ``arb``.

    Returns:
        The proved list, or undecided: near a fold (a double zero), over a box on which the count changes, as
        it does on any with alpha from 0 upwards, or where the contrast is not known to be bounded.

    Raises:
        InputError: digits out of range.

    Not proved: anything about where the sequence from ``p_ref`` goes. Source: Mroueh, Proposition 1 and
    Figure 2; S1, S2.
    """
    if not 1 <= digits <= DIGITS_LIMIT:
        raise InputError(f"digits must be from 1 to {DIGITS_LIMIT}, not {digits}")
    if parameters.alpha[0] == 0:
        if parameters.alpha[1] > 0:
            return UndecidedFixedPoints(contrast, parameters, COUNT_CHANGES, None, 0)
        return FixedPoints(contrast, parameters, (), (), engine, 0)
    if missing := contrast.lacks(Fact.BOUNDED):
        return UndecidedFixedPoints(contrast, parameters, missing, None, 0)
    size = parameters.beta[0].denominator // parameters.beta[0].numerator  # log-odds grow like 1/beta
    wanted = SPARE_BITS + digits * 10 // 3 + size.bit_length()
    bits = -(-wanted // 16) * 16  # few different precisions, so that profiles are shared
    outcome: FixedPoints | UndecidedFixedPoints | None = None
    for _ in range(ATTEMPTS):
        outcome = _attempt(make_engine(engine, bits), contrast, parameters, digits)
        if isinstance(outcome, FixedPoints) or outcome.reason == TOO_FAR:
            return outcome
        bits *= 2
    assert outcome is not None
    return outcome


def fixed_points_from_below(
    contrast: Contrast, parameters: Parameters, *, digits: int = 15, engine: str = "arb"
) -> FixedPoints | UndecidedFixedPoints:
    """The fixed points up to a place above ``L_ref`` where the gap is positive, for exact parameters; there
    may be more above it, where Omega is not known to be bounded. One at least, so the first is the least.

    Not proved: that there are no others.
    """
    for bits in (SPARE_BITS + digits * 10 // 3, 2 * (SPARE_BITS + digits * 10 // 3)):
        outcome = _attempt(make_engine(engine, bits), contrast, parameters, digits, _first_fall)
        if isinstance(outcome, FixedPoints):
            break
    return outcome


def _first_fall(gap: GapOverBox[V]) -> Range:
    """An integer below ``L_ref``, and the first quarter above it at which the drive is proved to fall.

    Raises:
        NotEnoughPrecision: none near by.
    """
    first, _ = gap.anchor()
    for quarters in range(1, QUARTERS):
        last = first + Fraction(quarters, 4)
        if gap.sign_at(last) is Sign.POSITIVE:
            return first, last
    raise NotEnoughPrecision("no place above p_ref was found where the drive falls")


def reaches_too_far(domain: Range) -> bool:
    """Whether a domain of integers holds log-odds beyond those that certificates hold."""
    return domain[0].numerator < -FARTHEST or domain[1].numerator > FARTHEST


def _attempt(
    engine: Engine[V],
    contrast: Contrast,
    parameters: Parameters,
    digits: int,
    found_in: Callable[[GapOverBox[V]], Range] = GapOverBox.domain,
) -> FixedPoints | UndecidedFixedPoints:
    """One try at the engine's precision."""
    with engine:
        try:
            gap = GapOverBox(Workbench(engine, contrast), parameters)
            domain = found_in(gap)
            if reaches_too_far(domain):
                return UndecidedFixedPoints(contrast, parameters, TOO_FAR, None, engine.bits)
            guess = Guess.beside(gap)
            single = parameters.is_point and contrast.is_single
            finest = max(40, engine.bits // 2) if single else 16
            cells = partition(gap, guess.cut_points(*domain), finest)
            if isinstance(cells, Unresolved):
                return UndecidedFixedPoints(
                    contrast,
                    parameters,
                    "a double zero or none in this bracket, or the count changes over the box",
                    (cells.low, cells.high),
                    engine.bits,
                )
            setting = Setting(contrast, parameters, digits, engine.name, engine.bits)
            points = tuple(
                FixedPoint(bracket, _stability(gap, cell, bracket), setting)
                for cell in cells
                if (bracket := _bracket(gap, guess, cell, digits)) is not None
            )
        except NotEnoughPrecision as error:
            return UndecidedFixedPoints(
                contrast, parameters, f"not enough precision: {error}", None, engine.bits
            )
    return FixedPoints(contrast, parameters, points, tuple(cells), engine.name, engine.bits)


def _bracket(gap: GapOverBox[V], guess: Guess, cell: LineCell, digits: int) -> Range | None:
    """The bracket of the one zero in a monotone cell, None when there is none; signs at the cell's ends must
    be decided. A corner's sign on its own side of its zero is the sign of the whole box."""
    if not cell.is_monotone:
        return None
    left, right = gap.sign_at(cell.low), gap.sign_at(cell.high)
    rising = cell.rule is Rule.INCREASING
    if (right if rising else left) is Sign.NEGATIVE or (left if rising else right) is Sign.POSITIVE:
        return None
    if Sign.UNDECIDED in (left, right):
        raise NotEnoughPrecision("the sign of the gap at the end of a cell is not decided")
    if not gap.has_corners:
        return _hull(gap, cell, left)
    lowest, highest = (gap.lowest, guess.lowest), (gap.highest, guess.highest)
    first, second = (highest, lowest) if rising else (lowest, highest)
    lower, upper = _enclose_zero(*first, cell, digits)
    if gap.highest is not gap.lowest:
        _, upper = _enclose_zero(*second, cell, digits)
    return lower, upper


def _hull(gap: GapOverBox[V], cell: LineCell, left: Sign) -> Range:
    """Around the zeros of all parameters, where no corner's zero is the farthest: between the last place with
    the sign of the left end and the first with that of the right one, both proved for the whole box."""

    def edge(start: Fraction, end: Fraction, sign: Sign) -> Fraction:
        width = abs(end - start) / HULL_PARTS
        while abs(end - start) > width:
            middle = (start + end) / 2
            start, end = (middle, end) if gap.sign_at(middle) is sign else (start, middle)
        return start

    right = Sign.POSITIVE if left is Sign.NEGATIVE else Sign.NEGATIVE
    return edge(cell.low, cell.high, left), edge(cell.high, cell.low, right)


def _enclose_zero(gap: Gap[V], guess: ApproxGap, cell: LineCell, digits: int) -> Range:
    """Two decimals around the zero of one corner's gap in the cell, as close as asked and with signs proved:
    by Newton's method, or by bisection where that misses it, close to a fold."""
    rising = cell.rule is Rule.INCREASING
    below, above = (Sign.NEGATIVE, Sign.POSITIVE) if rising else (Sign.POSITIVE, Sign.NEGATIVE)

    def proved(lower: Fraction, upper: Fraction) -> bool:
        return gap.sign_once(lower) is below and gap.sign_once(upper) is above

    start = guess.zero(float(cell.low), float(cell.high), rising)
    lower, upper = _decimals_around(*_newton(gap, start), digits)
    if not (cell.low <= lower and upper <= cell.high and proved(lower, upper)):
        lower, upper = _decimals_around(*_bisection(gap, cell), digits)
        lower, upper = max(lower, cell.low), min(upper, cell.high)
        if not proved(lower, upper):
            raise NotEnoughPrecision("the signs of the gap at the ends of a bracket are not decided")
    return lower, upper


def _decimals_around(m: int, e: int, digits: int) -> Range:
    """Decimals about ``2 * 10^-digits`` apart, relatively below 1 and absolutely above, around m * 2^e."""
    places = digits + 1
    if -e > m.bit_length():  # |m * 2^e| < 1
        leading = max(0, -(m.bit_length() + e) * 3 // 10 - 1)
        while m and not abs(m) * 10**leading >> -e:
            leading += 1
        places += leading
    scaled = m * 10**places
    scaled = scaled >> -e if e < 0 else scaled << e
    return Fraction(scaled - 1, 10**places), Fraction(scaled + 2, 10**places)


def _newton(gap: Gap[V], start: float) -> Dyadic:
    """Newton's method on enclosures, with precision doubling towards the gap's own; a guess, checked by signs
    afterwards. There are so many steps that what the start is known to, doubled in each, reaches the digits
    that were asked for."""
    full = gap.engine.bits
    ladder = [full]
    while ladder[-1] > 120 or START_BITS << len(ladder) < full - SPARE_BITS:
        ladder.append(ladder[-1] // 2 + 16)
    x = Fraction(*start.as_integer_ratio())
    for bits in reversed(ladder[1:]):
        rung = Gap(Workbench(make_engine(gap.engine.name, bits), gap.profile.contrast), gap.point)
        with rung.engine:
            m, e = rung.engine.lower_dyadic(rung.newton_step(x))
        x = Fraction(m >> max(0, -e - bits), 1 << min(-e, bits)) if e < 0 else Fraction(m << e)
    return gap.engine.lower_dyadic(gap.newton_step(x))


def _bisection(gap: Gap[V], cell: LineCell) -> Dyadic:
    """The zero of a monotone cell, by signs alone."""
    low, high = cell.low, cell.high
    below = Sign.NEGATIVE if cell.rule is Rule.INCREASING else Sign.POSITIVE
    for _ in range(gap.engine.bits):
        middle = (low + high) / 2
        sign = gap.sign_once(middle)
        if sign is Sign.UNDECIDED:
            break
        low, high = (middle, high) if sign is below else (low, middle)
    bits = gap.engine.bits
    return round((low + high) / 2 * 2**bits), -bits


def _stability(gap: GapOverBox[V], cell: LineCell, bracket: Range) -> Stability:
    """By the rule of the cell, since ``T' = 1 - alpha g'`` and ``T' >= 0`` where L >= 0; else by an
    enclosure."""
    if cell.rule is Rule.DECREASING:
        return "repelling"
    if bracket[0].numerator >= 0 and gap.contrast.knows(Fact.EVEN_RISING):
        return "attracting"
    return stability(gap.engine, gap.multiplier_over(*bracket))


def probability(engine: Engine[V], logit: V, digits: int) -> tuple[str, str]:
    """Decimal text around ``sigma(logit)``, which is below 1 whatever the rounding says."""
    lower, upper = decimal_enclosure(engine, engine.sigmoid(logit), digits)
    return lower, "1" if upper.startswith("1.") and "e" not in upper else upper


def stability(engine: Engine[V], multiplier: V) -> Stability:
    """``attracting``, ``repelling`` or ``undecided``, from an enclosure of the multiplier."""
    one = engine.exact(1)
    below, above = engine.sign(engine.sub(one, multiplier)), engine.sign(engine.add(one, multiplier))
    if below is Sign.POSITIVE and above is Sign.POSITIVE:
        return "attracting"
    return "repelling" if Sign.NEGATIVE in (below, above) else "undecided"
