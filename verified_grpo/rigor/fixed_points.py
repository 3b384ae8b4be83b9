"""All fixed points: how many, each in a bracket, over exact parameters or a box of them.

Guesses (:mod:`.guesses`) propose where to cut the line and where the zeros are; enclosures decide
(:mod:`.partition`), and precision rises until they do. What comes back holds the whole evidence, so that a
certificate can be written from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ..errors import InputError, NotEnoughPrecision
from ..intervals import Engine, Sign, decimal_enclosure, make_engine
from ..model import Contrast, Gap, GapOverBox, Parameters, Workbench
from .guesses import ApproxGap, cut_points
from .partition import Cell, Rule, Unresolved, partition

V = TypeVar("V")

DIGITS_LIMIT = 10_000
ATTEMPTS = 5


@dataclass(frozen=True)
class FixedPoint:
    """One fixed point, or over a box of parameters the hull of one branch of them.

    Attributes:
        logit: bracket in log-odds, exact decimals; the gap has strict opposite signs at its ends.
        p, one_minus_p, multiplier: decimal text, rounded outward.
        stability: ``attracting`` (``|T'| < 1`` proved), ``repelling`` (``|T'| > 1`` proved) or ``undecided``.
    """

    logit: tuple[Fraction, Fraction]
    p: tuple[str, str]
    one_minus_p: tuple[str, str]
    multiplier: tuple[str, str]
    stability: str


@dataclass(frozen=True)
class FixedPoints:
    """The proved list of all fixed points, ascending, with the cells that prove it complete.

    ``cells`` is empty when alpha = 0: then ``T(L) - L = Omega/beta > 0`` and there is no fixed point.
    """

    contrast: Contrast
    parameters: Parameters
    points: tuple[FixedPoint, ...]
    cells: tuple[Cell, ...]
    engine: str
    bits: int

    @property
    def count(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class UndecidedFixedPoints:
    """No count was proved; ``bracket`` is where the proof stopped and ``reason`` says why."""

    contrast: Contrast
    parameters: Parameters
    reason: str
    bracket: tuple[Fraction, Fraction] | None
    bits: int


def fixed_points(
    contrast: Contrast, parameters: Parameters, *, digits: int = 15, engine: str = "mpmath"
) -> FixedPoints | UndecidedFixedPoints:
    """All fixed points of ``T`` on the whole line of log-odds.

    Args:
        contrast: any contrast.
        parameters: exact numbers or ranges. alpha is 0, or a range above 0.
        digits: for exact parameters each bracket is at most ``10^-digits`` wide, relatively in L and
            absolutely when ``|L| > 1``, so that L, p and 1 - p all have that many digits; 1 to 10,000. Over
            a box, hulls are as wide as the branch.
        engine: ``mpmath`` or ``arb``.

    Returns:
        The proved list, or undecided: near a fold (a double zero), or over a box on which the count changes.

    Raises:
        InputError: digits out of range; a range of alpha that reaches 0 without being 0.

    Not proved: anything about where the sequence from ``p_ref`` goes. Source: Mroueh, Proposition 1 and
    Figure 2; S1, S2.
    """
    if not 1 <= digits <= DIGITS_LIMIT:
        raise InputError(f"digits must be from 1 to {DIGITS_LIMIT}, not {digits}")
    if parameters.alpha[0] == 0:
        if parameters.alpha[1] > 0:
            raise InputError(
                "alpha from 0 upwards holds both no fixed point and some: ask for 0, or for a range above it"
            )
        return FixedPoints(contrast, parameters, (), (), engine, 0)
    size = parameters.beta[0].denominator // parameters.beta[0].numerator  # log-odds grow like 1/beta
    wanted = 56 + digits * 10 // 3 + size.bit_length()
    bits = -(-wanted // 16) * 16  # few different precisions, so that profiles are shared
    outcome: FixedPoints | UndecidedFixedPoints | None = None
    for _ in range(ATTEMPTS):
        outcome = _attempt(make_engine(engine, bits), contrast, parameters, digits)
        if isinstance(outcome, FixedPoints):
            return outcome
        bits *= 2
    assert outcome is not None
    return outcome


def _attempt(
    engine: Engine[V], contrast: Contrast, parameters: Parameters, digits: int
) -> FixedPoints | UndecidedFixedPoints:
    """One try at the engine's precision."""
    with engine:
        try:
            gap = GapOverBox(Workbench(engine, contrast), parameters)
            ends = cut_points(contrast, parameters.lowest_gap, parameters.highest_gap, *gap.domain())
            finest = max(40, engine.bits // 2) if parameters.is_point else 16
            cells = partition(gap, ends, Fraction(1, 2**finest))
            if isinstance(cells, Unresolved):
                return UndecidedFixedPoints(
                    contrast,
                    parameters,
                    "a double zero or none in this bracket, or the count changes over the box",
                    (cells.low, cells.high),
                    engine.bits,
                )
            brackets = [b for cell in cells if (b := _bracket(gap, cell, digits)) is not None]
            points = tuple(_describe(gap, bracket, digits) for bracket in brackets)
        except NotEnoughPrecision as error:
            return UndecidedFixedPoints(
                contrast, parameters, f"not enough precision: {error}", None, engine.bits
            )
    return FixedPoints(contrast, parameters, points, tuple(cells), engine.name, engine.bits)


def _bracket(gap: GapOverBox[V], cell: Cell, digits: int) -> tuple[Fraction, Fraction] | None:
    """The bracket of the one zero in a monotone cell, None when there is none; signs at the cell's ends must
    be decided."""
    if not cell.is_monotone:
        return None
    left, right = gap.sign_at(cell.low), gap.sign_at(cell.high)
    rising = cell.rule is Rule.INCREASING
    if (right if rising else left) is Sign.NEGATIVE or (left if rising else right) is Sign.POSITIVE:
        return None
    if Sign.UNDECIDED in (left, right):
        raise NotEnoughPrecision("the sign of the gap at the end of a cell is not decided")
    first, second = (gap.highest, gap.lowest) if rising else (gap.lowest, gap.highest)
    lower, upper = _enclose_zero(first, cell, digits)
    if second is not first:
        _, upper = _enclose_zero(second, cell, digits)
    below, above = (Sign.NEGATIVE, Sign.POSITIVE) if rising else (Sign.POSITIVE, Sign.NEGATIVE)
    ordered = cell.low <= lower < upper <= cell.high
    if not ordered or gap.sign_at(lower) is not below or gap.sign_at(upper) is not above:
        raise NotEnoughPrecision("the signs of the gap at the ends of a bracket are not decided")
    return lower, upper


def _enclose_zero(gap: Gap[V], cell: Cell, digits: int) -> tuple[Fraction, Fraction]:
    """Two decimals around the zero of one corner's gap in the cell, as close as asked; their signs are
    tested by the caller."""
    guess = Fraction(ApproxGap(gap.profile.contrast, gap.point).zero(float(cell.low), float(cell.high)))
    zero = _newton(gap, min(max(guess, cell.low), cell.high), digits)
    if not cell.low <= zero <= cell.high:
        zero = _bisection(gap, cell)
    places = digits + 1
    size = abs(zero)
    while size and size < 1:
        size *= 10
        places += 1
    scaled = (zero * 10**places).__floor__()
    lower, upper = Fraction(scaled - 1, 10**places), Fraction(scaled + 2, 10**places)
    return max(lower, cell.low), min(upper, cell.high)


def _newton(gap: Gap[V], x: Fraction, digits: int) -> Fraction:
    """Newton's method on midpoints, with precision doubling towards the gap's own; a guess, checked by signs
    afterwards."""
    full = gap.engine.bits
    ladder = [full]
    while ladder[-1] > 120:
        ladder.append(ladder[-1] // 2 + 16)
    for bits in reversed(ladder):
        if bits == full:
            rung = gap
        else:
            rung = Gap(Workbench(make_engine(gap.engine.name, bits), gap.profile.contrast), gap.point)
        with rung.engine:
            value, slope = rung.at(x), rung.slope_at(x)
            step = _middle(rung.engine, rung.engine.div(value, slope))
        x = x - step
        x = Fraction(round(x * 2**bits), 2**bits)
    return x


def _bisection(gap: Gap[V], cell: Cell) -> Fraction:
    """The zero of a monotone cell by signs alone, for where Newton's method leaves the cell: close to a
    fold."""
    low, high = cell.low, cell.high
    below = Sign.NEGATIVE if cell.rule is Rule.INCREASING else Sign.POSITIVE
    for _ in range(gap.engine.bits):
        middle = (low + high) / 2
        sign = gap.sign_at(middle)
        if sign is Sign.UNDECIDED:
            break
        low, high = (middle, high) if sign is below else (low, middle)
    return (low + high) / 2


def _middle(engine: Engine[V], value: V) -> Fraction:
    return (engine.lower(value) + engine.upper(value)) / 2


def _describe(gap: GapOverBox[V], bracket: tuple[Fraction, Fraction], digits: int) -> FixedPoint:
    """Probability, its complement, multiplier and stability of the zero in a bracket."""
    engine = gap.engine
    hull = engine.interval(*bracket)
    multiplier = gap.multiplier_over(*bracket)
    return FixedPoint(
        logit=bracket,
        p=probability(engine, hull, digits + 2),
        one_minus_p=probability(engine, engine.neg(hull), digits + 2),
        multiplier=decimal_enclosure(engine, multiplier, digits + 2),
        stability=stability(engine, multiplier),
    )


def probability(engine: Engine[V], logit: V, digits: int) -> tuple[str, str]:
    """Decimal text around ``sigma(logit)``, which is below 1 whatever the rounding says."""
    lower, upper = decimal_enclosure(engine, engine.sigmoid(logit), digits)
    return lower, "1" if upper.startswith("1.") and "e" not in upper else upper


def stability(engine: Engine[V], multiplier: V) -> str:
    """``attracting``, ``repelling`` or ``undecided``, from an enclosure of the multiplier."""
    one = engine.exact(1)
    below, above = engine.sign(engine.sub(one, multiplier)), engine.sign(engine.add(one, multiplier))
    if below is Sign.POSITIVE and above is Sign.POSITIVE:
        return "attracting"
    return "repelling" if Sign.NEGATIVE in (below, above) else "undecided"
