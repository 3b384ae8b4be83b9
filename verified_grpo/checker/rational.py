"""Dyadic intervals in integers of the standard library: the arithmetic for whoever does not trust Arb.

A `Span` is the closed interval [low, high] * 2^exponent of exact rational numbers. Every operation is done
in integers and rounded outward to the working precision: Python's `>>` and `//` round down, and `_up` turns
them round. The functions stand in elementary.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from math import isqrt

from verified_grpo.checker import elementary
from verified_grpo.checker.enclosure import FINEST, Ball

_DEFAULT_BITS = 53
_bits: ContextVar[int] = ContextVar("bits", default=_DEFAULT_BITS)


class Span:
    """[low, high] * 2^exponent with integers low <= high; only UNKNOWN is no such interval."""

    __slots__ = ("exponent", "high", "low")

    def __init__(self, low: int, high: int, exponent: int) -> None:
        self.low, self.high, self.exponent = low, high, exponent

    def is_finite(self) -> bool:
        return self is not UNKNOWN

    def __neg__(self) -> Span:
        return self if self is UNKNOWN else Span(-self.high, -self.low, self.exponent)

    def __abs__(self) -> Span:
        if self is UNKNOWN or self.low >= 0:
            return self
        return -self if self.high <= 0 else Span(0, max(-self.low, self.high), self.exponent)

    def __add__(self, other: Ball | int) -> Span:
        other = _span(other)
        if _unknown(self, other):
            return UNKNOWN
        (a, b), (c, d), exponent = _aligned(self, other)
        return rounded(a + c, b + d, exponent)

    def __mul__(self, other: Ball | int) -> Span:
        other = _span(other)
        if _unknown(self, other):
            return UNKNOWN
        a, b, c, d = self.low, self.high, other.low, other.high
        corners = (a * c, a * d, b * c, b * d)
        return rounded(min(corners), max(corners), self.exponent + other.exponent)

    def __truediv__(self, other: Ball | int) -> Span:
        other = _span(other)
        if _unknown(self, other) or other.low <= 0 <= other.high:
            return UNKNOWN
        shift = max(0, _bits.get() + _length(other) - _length(self) + 1)
        tops, bottoms = (self.low << shift, self.high << shift), (other.low, other.high)
        low = min(top // bottom for top in tops for bottom in bottoms)
        high = max(-(-top // bottom) for top in tops for bottom in bottoms)
        return rounded(low, high, self.exponent - other.exponent - shift)

    def __pow__(self, exponent: int) -> Span:
        result, square = Span(1, 1, 0), self if exponent >= 0 else 1 / self
        for bit in reversed(f"{abs(exponent):b}"):
            result = result * square if bit == "1" else result
            square = square * square
        return UNKNOWN if self is UNKNOWN else result

    def __sub__(self, other: Ball | int) -> Span:
        return self + -_span(other)

    def __rsub__(self, other: int) -> Span:
        return _span(other) + -self

    def __rtruediv__(self, other: int) -> Span:
        return _span(other) / self

    __radd__ = __add__
    __rmul__ = __mul__

    def __lt__(self, other: Ball | int) -> bool:
        return _order(self, _span(other)) < 0

    def __gt__(self, other: Ball | int) -> bool:
        return _order(_span(other), self) < 0

    def __le__(self, other: Ball | int) -> bool:
        return _order(self, _span(other)) <= 0

    def __ge__(self, other: Ball | int) -> bool:
        return _order(_span(other), self) <= 0

    def min(self, other: Ball) -> Span:
        return -(-self).max(-_span(other))

    def max(self, other: Ball) -> Span:
        other = _span(other)
        if _unknown(self, other):
            return UNKNOWN
        if self <= other or other <= self:
            return other if self <= other else self
        (a, b), (c, d), exponent = _aligned(self, other)
        return rounded(max(a, c), max(b, d), exponent)

    def union(self, other: Ball) -> Span:
        other = _span(other)
        if _unknown(self, other):
            return UNKNOWN
        (a, b), (c, d), exponent = _aligned(self, other)
        return rounded(min(a, c), max(b, d), exponent)

    def sqrt(self) -> Span:
        if self is UNKNOWN or self.low < 0:
            return UNKNOWN
        shift = max(0, 2 * _bits.get() - _length(self))
        shift += (self.exponent - shift) % 2
        low, high = isqrt(self.low << shift), self.high << shift
        root = isqrt(high)
        return rounded(low, root + (root * root < high), (self.exponent - shift) // 2)

    def exp(self) -> Span:
        return self._rising(elementary.exp)

    def log(self) -> Span:
        return UNKNOWN if self is UNKNOWN or self.low <= 0 else self._rising(elementary.log)

    def sinh(self) -> Span:
        return self._rising(elementary.sinh)

    def tanh(self) -> Span:
        return self._rising(elementary.tanh)

    def cosh(self) -> Span:
        return abs(self)._rising(elementary.cosh)

    def _rising(self, function: Callable[[int, int, int], elementary.Fixed | None]) -> Span:
        """The image under a rising function, which encloses its value at mantissa * 2^exponent."""
        if self is UNKNOWN:
            return UNKNOWN
        first = function(self.low, self.exponent, _bits.get())
        last = first if self.low == self.high else function(self.high, self.exponent, _bits.get())
        if first is None or last is None:
            return UNKNOWN
        return rounded(*first) if last is first else rounded(*first).union(rounded(*last))


UNKNOWN = Span(0, 0, 0)


def rounded(low: int, high: int, exponent: int) -> Span:
    """The interval with ends of at most the working precision, outward."""
    excess = max(low.bit_length(), high.bit_length()) - _bits.get()
    if excess > 0:
        return Span(low >> excess, _up(high, excess), exponent + excess)
    return Span(low, high, exponent)


def _up(number: int, places: int) -> int:
    """number / 2^places, rounded up."""
    return -(-number >> places)


def _span(value: Ball | int) -> Span:
    if isinstance(value, Span):
        return value
    if isinstance(value, int):
        return Span(value, value, 0)
    raise TypeError(f"{type(value).__name__} is of another arithmetic")


def _unknown(x: Span, y: Span) -> bool:
    return x is UNKNOWN or y is UNKNOWN


def _length(value: Span) -> int:
    return max(value.low.bit_length(), value.high.bit_length())


def _aligned(x: Span, y: Span) -> tuple[tuple[int, int], tuple[int, int], int]:
    """Both intervals at one exponent, outward: exactly where the larger one's length allows it."""
    x = x if _length(x) else Span(0, 0, y.exponent)
    y = y if _length(y) else Span(0, 0, x.exponent)
    top = max(_length(x) + x.exponent, _length(y) + y.exponent)
    exponent = max(min(x.exponent, y.exponent), top - _bits.get() - 2)
    return _at(x, exponent), _at(y, exponent), exponent


def _at(x: Span, exponent: int) -> tuple[int, int]:
    shift = x.exponent - exponent
    if shift >= 0:
        return x.low << shift, x.high << shift
    return x.low >> -shift, _up(x.high, -shift)


def _order(x: Span, y: Span) -> int:
    """Exactly, of the upper end of x and the lower end of y: -1 below, 0 equal, 1 above or unknown."""
    if _unknown(x, y):
        return 1
    a, b, shift = x.high, y.low, x.exponent - y.exponent
    sign = (a > 0) - (a < 0)
    if a == 0 or b == 0 or sign != (b > 0) - (b < 0):
        return (sign > (b > 0) - (b < 0)) - (sign < (b > 0) - (b < 0))
    longer = a.bit_length() - b.bit_length() + shift
    if longer:
        return sign if longer > 0 else -sign
    # ends of one length: the shift is no longer than they are
    a, b = (a << shift, b) if shift >= 0 else (a, b << -shift)
    return (a > b) - (a < b)


class Rational:
    """Spans, rounded to the working precision of the thread or task."""

    name = "rational"

    def enclose(self, number: Fraction) -> Span:
        top, bottom = number.numerator, number.denominator
        shift = max(0, _bits.get() + bottom.bit_length() - top.bit_length() + 1)
        return rounded((top << shift) // bottom, -((-top << shift) // bottom), -shift)

    def ends(self, value: Ball) -> tuple[Fraction, Fraction]:
        span = _span(value)
        exponent = max(span.exponent, FINEST)
        unit = Fraction(2) ** exponent
        low, high = _at(span, exponent)
        return low * unit, high * unit

    @contextmanager
    def precision(self, bits: int) -> Iterator[None]:
        before = _bits.set(bits)
        try:
            yield
        finally:
            _bits.reset(before)

    def bits(self) -> int:
        return _bits.get()


RATIONAL = Rational()
