"""A function of L over a cell, with its derivative: what is known of a contrast of which nothing is known but
its definition.

A `Span` encloses a set of numbers by a lower and an upper bound, each an enclosed number; sums, products,
quotients and roots are those of intervals. A `Jet` is the span of a function's values, that of its derivative
in L, and where it is asked for that of its second one, over a cell of L and a range of eps, by the rules of
differentiation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import least, most
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball


@dataclass(frozen=True)
class Span:
    """All numbers from a lower to an upper bound."""

    lower: Ball
    upper: Ball

    def __add__(self, other: Span) -> Span:
        if self.is_number and other.is_number:
            return exactly(self.lower + other.lower)
        return Span(self.lower + other.lower, self.upper + other.upper)

    def __neg__(self) -> Span:
        if self.is_number:
            return exactly(-self.lower)
        return Span(-self.upper, -self.lower)

    def __mul__(self, other: Span) -> Span:
        """By the signs, where they are known; else by all four corners."""
        if self.is_number and other.is_number:
            return exactly(self.lower * other.lower)
        if self.lower >= 0:
            return other._times_positive(self)
        if other.lower >= 0:
            return self._times_positive(other)
        if self.upper <= 0:
            return -(other._times_positive(-self))
        if other.upper <= 0:
            return -(self._times_positive(-other))
        corners = [x * y for x in (self.lower, self.upper) for y in (other.lower, other.upper)]
        return Span(least(*corners), most(*corners))

    def _times_positive(self, factor: Span) -> Span:
        """The product with what is >= 0."""
        low, high = factor.lower, factor.upper
        if self.lower >= 0:
            return Span(self.lower * low, self.upper * high)
        if self.upper <= 0:
            return Span(self.lower * high, self.upper * low)
        return Span((self.lower * low).min(self.lower * high), (self.upper * low).max(self.upper * high))

    @property
    def is_number(self) -> bool:
        """Whether both bounds are one enclosed number."""
        return self.lower is self.upper

    def is_finite(self) -> bool:
        """Whether anything is known."""
        return self.lower.is_finite() and self.upper.is_finite()

    def inverse(self) -> Span:
        """1/x; nothing is known of it where x may be 0."""
        if self.is_number:
            return exactly(1 / self.lower)
        if self.lower > 0 or self.upper < 0:
            return Span(1 / self.upper, 1 / self.lower)
        unknown = 1 / self.lower.union(self.upper)
        return Span(unknown, unknown)

    def sqrt(self) -> Span:
        return self._rising(lambda x: x.sqrt())

    def exp(self) -> Span:
        return self._rising(lambda x: x.exp())

    def log(self) -> Span:
        return self._rising(lambda x: x.log())

    def _rising(self, function: Callable[[Ball], Ball]) -> Span:
        if self.is_number:
            return exactly(function(self.lower))
        return Span(function(self.lower), function(self.upper))

    def power(self, exponent: int) -> Span:
        """For exponents >= 1; even powers are of the magnitude."""
        if self.is_number:
            return exactly(self.lower**exponent)
        if exponent % 2 or self.lower >= 0:
            return Span(self.lower**exponent, self.upper**exponent)
        if self.upper <= 0:
            return Span(self.upper**exponent, self.lower**exponent)
        return Span(ball(0), (-self.lower).max(self.upper) ** exponent)


def exactly(number: Ball) -> Span:
    """One enclosed number."""
    return Span(number, number)


@dataclass(frozen=True)
class Jet:
    """All values, all derivatives in L, and all second ones; None, of what does not depend on L, is 0. The
    second ones are known if they are of what the jet is made of."""

    value: Span
    slope: Span | None
    turn: Span | None = None

    @property
    def derivative(self) -> Span:
        """All derivatives, where 0 is one as well."""
        return exactly(ball(0)) if self.slope is None else self.slope

    def __add__(self, other: Jet | int) -> Jet:
        right = _jet(other)
        return Jet(self.value + right.value, _sum(self.slope, right.slope), _sum(self.turn, right.turn))

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet(-self.value, self.slope and -self.slope, self.turn and -self.turn)

    def __sub__(self, other: Jet | int) -> Jet:
        return self + -_jet(other)

    def __rsub__(self, other: int) -> Jet:
        return -self + other

    def __mul__(self, other: Jet | int) -> Jet:
        """(xy)' = x'y + xy', (xy)'' = x''y + 2x'y' + xy''."""
        right = _jet(other)
        slope = _sum(_times(self.slope, right.value), _times(right.slope, self.value))
        turn = _sum(_times(self.turn, right.value), _times(right.turn, self.value))
        if self.turn is not None and right.turn is not None:
            cross = _times(self.slope, right.slope)
            turn = _sum(turn, _sum(cross, cross))
        return Jet(self.value * right.value, slope, turn)

    __rmul__ = __mul__

    def __truediv__(self, other: Jet | int) -> Jet:
        right = _jet(other)
        inverse = right.value.inverse()
        return self * right._through(inverse, lambda: -inverse.power(2), lambda: _twice(inverse.power(3)))

    def __rtruediv__(self, other: int) -> Jet:
        return _jet(other) / self

    def __pow__(self, exponent: int) -> Jet:
        """For exponents >= 1."""
        if exponent == 1:
            return self
        x, one = self.value, exactly(ball(1))
        return self._through(
            x.power(exponent),
            lambda: exactly(ball(exponent)) * x.power(exponent - 1),
            lambda: (
                exactly(ball(exponent * (exponent - 1))) * (x.power(exponent - 2) if exponent > 2 else one)
            ),
        )

    def sqrt(self) -> Jet:
        root, x = self.value.sqrt(), self.value
        return self._through(
            root, lambda: _twice(root).inverse(), lambda: -(_twice(root) * _twice(x)).inverse()
        )

    def exp(self) -> Jet:
        power = self.value.exp()
        return self._through(power, lambda: power, lambda: power)

    def log(self) -> Jet:
        inverse = self.value.inverse
        return self._through(self.value.log(), inverse, lambda: -inverse().power(2))

    def _through(self, value: Span, first: Callable[[], Span], second: Callable[[], Span]) -> Jet:
        """f of this, with its derivatives f' and f'' there: f(x)' = f' x', f(x)'' = f'' x'^2 + f' x''."""
        if self.slope is None:
            return Jet(value, None)
        slope = (derivative := first()) * self.slope
        if self.turn is None:
            return Jet(value, slope)
        return Jet(value, slope, second() * self.slope.power(2) + derivative * self.turn)


def _jet(number: Jet | int) -> Jet:
    return number if isinstance(number, Jet) else constant(ball(number))


def _sum(x: Span | None, y: Span | None) -> Span | None:
    if x is None or y is None:
        return y if x is None else x
    return x + y


def _times(x: Span | None, y: Span | None) -> Span | None:
    return None if x is None or y is None else x * y


def _twice(x: Span) -> Span:
    return x + x


def constant(value: Ball) -> Jet:
    """What does not depend on L."""
    return Jet(exactly(value), None)


@dataclass(frozen=True)
class Place:
    """The letters of a contrast's definition over a cell of L and a range of eps: p, q = 1-p, v = pq, eps."""

    p: Jet
    q: Jet
    v: Jet
    eps: Jet
    range_of_eps: Interval

    @classmethod
    def over(cls, cell: Interval, eps: Interval, *, turns: bool = False) -> Place:
        """p rises and q falls in L; v is largest, 1/4, at L = 0; dp/dL = v, dv/dL = v (q - p), and if they
        are asked for d^2p/dL^2 = v (q - p), d^2v/dL^2 = v (1 - 6v), by (q - p)^2 = 1 - 4v."""
        p, q, v = _letters(cell)
        bend = v * (q + -p)
        stabiliser = Jet(span(*eps), None)
        if not turns:
            return cls(Jet(p, v), Jet(q, -v), Jet(v, bend), stabiliser, eps)
        turn = v * (exactly(ball(1)) + -(exactly(ball(6)) * v))
        return cls(Jet(p, v, bend), Jet(q, -v, -bend), Jet(v, bend, turn), stabiliser, eps)


def _letters(cell: Interval) -> tuple[Span, Span, Span]:
    """p, q and v over a cell of L."""
    first = _probabilities(cell[0])
    if cell[0] == cell[1]:
        return exactly(first[0]), exactly(first[1]), exactly(first[2])
    last = _probabilities(cell[1])
    top = ball(Fraction(1, 4)) if cell[0] < 0 < cell[1] else first[2].max(last[2])
    return Span(first[0], last[0]), Span(last[1], first[1]), Span(first[2].min(last[2]), top)


def span(low: Fraction, high: Fraction) -> Span:
    """All numbers between two exact ones."""
    return exactly(ball(low)) if low == high else Span(ball(low), ball(high))


def _probabilities(logit: Fraction) -> tuple[Ball, Ball, Ball]:
    """p, q and v at one L, by the exponential that does not grow."""
    odds = (-ball(abs(logit))).exp()
    large, small = 1 / (1 + odds), odds / (1 + odds)
    return (large, small, large * small) if logit >= 0 else (small, large, large * small)
