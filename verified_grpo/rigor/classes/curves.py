"""Functions of theta >= 0 whose zeros are counted: the drive of the tilt, and the slope of correctness.

A line of cells, on each of which the function is proved to be positive, negative, increasing or decreasing,
counts its zeros, as on the line of log-odds (:mod:`..points.partition`).
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from ...errors import NotEnoughPrecision
from ...intervals import Engine, Sign
from ...model import Range
from ...model.classes import AnswerClasses
from ...model.tilt import Tilt
from ..points.partition import LineCell, Rule, Unresolved
from ..subdivision import Subdivision, halves

V = TypeVar("V")
CELL_LIMIT = 20_000
FINEST = Fraction(1, 2**48)
"""A cell so much narrower than its distance from 0 is given up."""


class Curve(Protocol[V]):
    """A smooth function of theta."""

    @property
    def engine(self) -> Engine[V]: ...

    def value(self, theta: Fraction) -> V:
        """At one theta."""

    def over(self, low: Fraction, high: Fraction) -> V:
        """Over a cell."""

    def slope(self, low: Fraction, high: Fraction) -> V:
        """Of its derivative over a cell."""

    def sign_at_zero(self) -> Sign:
        """The exact sign of the value at theta = 0."""


class Drive(Generic[V]):
    """``F(theta) = Omega(theta) - pull theta``."""

    def __init__(self, tilt: Tilt[V], pull: Fraction) -> None:
        self.tilt, self.engine, self.pull = tilt, tilt.engine, pull
        self._pull = tilt.engine.exact(pull)

    def value(self, theta: Fraction) -> V:
        return self.over(theta, theta)

    def over(self, low: Fraction, high: Fraction) -> V:
        pulled = self.engine.interval(self.pull * low, self.pull * high)
        return self.engine.sub(self.tilt.over(low, high).omega, pulled)

    def slope(self, low: Fraction, high: Fraction) -> V:
        return self.engine.sub(self.tilt.over(low, high).omega_slope, self._pull)

    def sign_at_zero(self) -> Sign:
        return Sign.POSITIVE


class Covariance(Generic[V]):
    """``P = sum q_i exp(-mu_i theta)``, mu_0 = 0 the least: a positive multiple of Cov(a, g), the slope of
    correctness, with ``q = w_c w_d (a_d - a_c)(g_d - g_c)`` for each pair of classes."""

    def __init__(self, engine: Engine[V], classes: AnswerClasses) -> None:
        self.engine, self.terms = engine, covariance_terms(classes)
        self._exact = [engine.exact(q) for _, q in self.terms]
        self._slopes = [engine.exact(-mu * q) for mu, q in self.terms]

    def value(self, theta: Fraction) -> V:
        return self._sum(self._exact, theta, theta)

    def over(self, low: Fraction, high: Fraction) -> V:
        return self._sum(self._exact, low, high)

    def slope(self, low: Fraction, high: Fraction) -> V:
        return self._sum(self._slopes, low, high)

    def sign_at_zero(self) -> Sign:
        total = sum(q for _, q in self.terms)
        return Sign.POSITIVE if total > 0 else Sign.NEGATIVE if total < 0 else Sign.ZERO

    def end(self) -> Fraction:
        """From there on the sign is that of the first term."""
        if len(self.terms) == 1:
            return Fraction(1)
        e, theta = self.engine, Fraction(1)
        while e.upper(self._rest(theta)) >= abs(self.terms[0][1]):
            theta *= 2
        return theta

    def _rest(self, theta: Fraction) -> V:
        e, total = self.engine, self.engine.exact(0)
        for mu, q in self.terms[1:]:
            total = e.add(total, e.mul(e.exact(abs(q)), e.exp(e.exact(-mu * theta))))
        return total

    def _sum(self, factors: list[V], low: Fraction, high: Fraction) -> V:
        e = self.engine
        total = e.exact(0)
        for (mu, _), factor in zip(self.terms, factors, strict=True):
            falls = e.exp(e.exact(-mu * low))
            if low != high:
                falls = e.hull(falls, e.exp(e.exact(-mu * high)))
            total = e.add(total, e.mul(factor, falls))
        return total


def covariance_terms(classes: AnswerClasses) -> list[tuple[Fraction, Fraction]]:
    """``(mu, q)`` by ascending mu, none with q = 0; none at all where every class has one share."""
    found: defaultdict[Fraction, Fraction] = defaultdict(Fraction)
    given = classes.classes
    for k, c in enumerate(given):
        for d in given[k + 1 :]:
            if c.correct is not None and d.correct is not None:
                spread = (d.correct - c.correct) * (d.reward - c.reward)
                found[c.reward + d.reward] += c.weight * d.weight * spread
    kept = sorted((total, q) for total, q in found.items() if q)
    return [(kept[-1][0] - total, q) for total, q in reversed(kept)]


def classify(curve: Curve[V], low: Fraction, high: Fraction) -> Rule | None:
    """The rule that holds on a cell, or None when none is proved: of the sign by an enclosure, or by the
    value in the middle and the slope."""
    e = curve.engine
    try:
        sign = e.sign(curve.over(low, high))
        if sign in (Sign.POSITIVE, Sign.NEGATIVE):
            return Rule.POSITIVE if sign is Sign.POSITIVE else Rule.NEGATIVE
        slope = curve.slope(low, high)
        turn = e.sign(slope)
        if turn in (Sign.POSITIVE, Sign.NEGATIVE):
            return Rule.INCREASING if turn is Sign.POSITIVE else Rule.DECREASING
        half = (high - low) / 2
        sign = e.sign(e.add(curve.value((low + high) / 2), e.mul(slope, e.interval(-half, half))))
    except NotEnoughPrecision:
        return None
    if sign in (Sign.POSITIVE, Sign.NEGATIVE):
        return Rule.POSITIVE if sign is Sign.POSITIVE else Rule.NEGATIVE
    return None


def cells_of(curve: Curve[V], end: Fraction) -> list[LineCell] | Unresolved:
    """Cells from 0 to ``end``, or the first that stays without a rule: a double zero, or none."""
    waiting = Subdivision([(Fraction(0), end)])
    cells: list[LineCell] = []
    for low, high in waiting:
        rule = classify(curve, low, high)
        if rule is not None:
            cells.append(LineCell(low, high, rule))
        elif high - low <= FINEST * max(low, end * FINEST) or len(cells) + len(waiting) > CELL_LIMIT:
            return Unresolved(low, high)
        else:
            waiting.put_back(*halves(low, high))
    return cells


def zeros(curve: Curve[V], cells: list[LineCell], digits: int) -> list[Range]:
    """A bracket of each zero above 0, ascending, in decimals; there are no others up to the last cell.

    Raises:
        NotEnoughPrecision: a sign at the end of a cell, or of a bracket, is not decided.
    """
    found = []
    for cell in cells:
        if not cell.is_monotone:
            continue
        rises = cell.rule is Rule.INCREASING
        left = curve.sign_at_zero() if cell.low == 0 else _sign(curve, cell.low)
        right = _sign(curve, cell.high)
        before, after = (Sign.NEGATIVE, Sign.POSITIVE) if rises else (Sign.POSITIVE, Sign.NEGATIVE)
        if left is before and right is after:
            found.append(_bracket(curve, cell, before, after, digits))
        elif Sign.UNDECIDED in (left, right) or Sign.ZERO in (left if cell.low else before, right):
            raise NotEnoughPrecision("the sign at the end of a cell is not decided")
    return found


def _sign(curve: Curve[V], theta: Fraction) -> Sign:
    return curve.engine.sign(curve.value(theta))


def _bracket(curve: Curve[V], cell: LineCell, before: Sign, after: Sign, digits: int) -> Range:
    """By Newton's method on enclosures, halving where that gains little; then decimals with proved signs."""
    e, low, high = curve.engine, cell.low, cell.high
    for _ in range(8 * e.bits):
        width = high - low
        if width * 10**digits * 2 <= low:
            break
        middle = _short((low + high) / 2, width)
        step = e.div(curve.value(middle), curve.slope(low, high))
        if e.is_finite(step):
            around = e.sub(e.exact(middle), step)
            low, high = max(low, e.lower(around)), min(high, e.upper(around))
        if (high - low) * 2 > width:
            middle = _short((low + high) / 2, high - low)
            sign = _sign(curve, middle)
            if sign not in (before, after):
                break
            low, high = (middle, high) if sign is before else (low, middle)
        if not low < high:
            break
    place = 0
    while low * 10**place < 10 ** (digits + 1) and place < 10 * digits + 400:
        place += 1
    unit = Fraction(1, 10**place)
    lower, upper = (low // unit - 1) * unit, (-(-high // unit) + 1) * unit
    lower, upper = max(lower, cell.low), min(upper, cell.high)
    if _sign(curve, lower) is not before or _sign(curve, upper) is not after:
        raise NotEnoughPrecision("the signs at the ends of a bracket are not decided")
    return lower, upper


def _short(x: Fraction, width: Fraction) -> Fraction:
    """About x, with few digits: off by a 2^-20th of a width at most."""
    unit = Fraction(1, 2 ** max(0, 20 - (width.numerator.bit_length() - width.denominator.bit_length())))
    return round(x / unit) * unit
