"""A function of L over a cell, with its derivative: what is known of a contrast of which nothing is known but
its definition.

A `Span` encloses a set of numbers by a lower and an upper bound, each an enclosed number; sums, products,
quotients and roots are those of intervals. A `Jet` is the span of a function's values and that of its
derivative in L, over a cell of L and a range of eps, by the rules of differentiation.
"""

from __future__ import annotations

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
        return Span(self.lower + other.lower, self.upper + other.upper)

    def __neg__(self) -> Span:
        return Span(-self.upper, -self.lower)

    def __mul__(self, other: Span) -> Span:
        corners = [x * y for x in (self.lower, self.upper) for y in (other.lower, other.upper)]
        return Span(least(*corners), most(*corners))

    def inverse(self) -> Span:
        """1/x; nothing is known of it where x may be 0."""
        if self.lower > 0 or self.upper < 0:
            return Span(1 / self.upper, 1 / self.lower)
        unknown = 1 / self.lower.union(self.upper)
        return Span(unknown, unknown)

    def sqrt(self) -> Span:
        return Span(self.lower.sqrt(), self.upper.sqrt())

    def exp(self) -> Span:
        return Span(self.lower.exp(), self.upper.exp())

    def log(self) -> Span:
        return Span(self.lower.log(), self.upper.log())

    def power(self, exponent: int) -> Span:
        """For exponents >= 1; even powers are of the magnitude."""
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
    """All values, and all derivatives in L."""

    value: Span
    slope: Span

    def __add__(self, other: Jet | int) -> Jet:
        right = _jet(other)
        return Jet(self.value + right.value, self.slope + right.slope)

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet(-self.value, -self.slope)

    def __sub__(self, other: Jet | int) -> Jet:
        return self + -_jet(other)

    def __rsub__(self, other: int) -> Jet:
        return -self + other

    def __mul__(self, other: Jet | int) -> Jet:
        right = _jet(other)
        return Jet(self.value * right.value, self.slope * right.value + self.value * right.slope)

    __rmul__ = __mul__

    def __truediv__(self, other: Jet | int) -> Jet:
        right = _jet(other)
        inverse = right.value.inverse()
        return self * Jet(inverse, -(right.slope * (inverse * inverse)))

    def __rtruediv__(self, other: int) -> Jet:
        return _jet(other) / self

    def __pow__(self, exponent: int) -> Jet:
        """For exponents >= 1."""
        if exponent == 1:
            return self
        below = exactly(ball(exponent)) * self.value.power(exponent - 1)
        return Jet(self.value.power(exponent), self.slope * below)

    def sqrt(self) -> Jet:
        root = self.value.sqrt()
        return Jet(root, self.slope * (root + root).inverse())

    def exp(self) -> Jet:
        power = self.value.exp()
        return Jet(power, self.slope * power)

    def log(self) -> Jet:
        return Jet(self.value.log(), self.slope * self.value.inverse())


def _jet(number: Jet | int) -> Jet:
    return number if isinstance(number, Jet) else constant(ball(number))


def constant(value: Ball) -> Jet:
    """What does not depend on L."""
    return Jet(exactly(value), exactly(ball(0)))


@dataclass(frozen=True)
class Place:
    """The letters of a contrast's definition over a cell of L and a range of eps: p, q = 1-p, v = pq, eps."""

    p: Jet
    q: Jet
    v: Jet
    eps: Jet

    @classmethod
    def over(cls, cell: Interval, eps: Interval) -> Place:
        """p rises and q falls in L; v is largest, 1/4, at L = 0; dp/dL = v, dv/dL = v (q - p)."""
        first, last = (_probabilities(end) for end in cell)
        p, q = Span(first[0], last[0]), Span(last[1], first[1])
        top = ball(Fraction(1, 4)) if cell[0] < 0 < cell[1] else first[2].max(last[2])
        v = Span(first[2].min(last[2]), top)
        stabiliser = Jet(Span(ball(eps[0]), ball(eps[1])), exactly(ball(0)))
        return cls(Jet(p, v), Jet(q, -v), Jet(v, v * (q + -p)), stabiliser)


def _probabilities(logit: Fraction) -> tuple[Ball, Ball, Ball]:
    """p, q and v at one L, by the exponential that does not grow."""
    odds = (-ball(abs(logit))).exp()
    large, small = 1 / (1 + odds), odds / (1 + odds)
    return (large, small, large * small) if logit >= 0 else (small, large, large * small)
