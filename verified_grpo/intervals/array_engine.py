"""The suite's protocol over arrays: every value is an array of intervals with float64 end points.

Arithmetic and elementary functions are crival's (module ``ival``): each result is the tightest pair of
doubles around the exact one. What this file adds is the protocol's meaning: crival follows IEEE 1788, where
a function is applied to the part of its argument that lies in its domain, and the suite says "nothing known"
(the whole line) as soon as the argument leaves the domain. Where crival has no wheel, :mod:`.arb_arrays`
stands in for it.

A value has two arrays `lo` and `hi` of one shape (two floats for a single interval); single intervals and
arrays mix as NumPy broadcasts. No value is empty and no end is NaN.
"""

from __future__ import annotations

from fractions import Fraction
from types import TracebackType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, NotEnoughPrecision
from .array_signs import BoolArray, Signs
from .engine import Dyadic
from .sign import Sign

try:
    import ival as kernel
except (ImportError, OSError):  # pragma: no cover -- no wheel of it here, or a wheel without its library
    from . import arb_arrays as kernel

BITS = 53
FloatArray = NDArray[np.float64]


class Intervals(Protocol):
    """An array of closed intervals [lo, hi]; ends may be infinite. Made by an :class:`ArrayEngine` only."""

    lo: Any
    hi: Any

    def __getitem__(self, place: Any) -> Any: ...


class ArrayEngine:
    """Interval arithmetic over arrays of doubles, rounded outward; the precision is 53 bits and no other."""

    name = "array"
    bits = BITS

    def __init__(self, bits: int = BITS, arithmetic: Any = kernel) -> None:
        if bits != BITS:
            raise InputError(f"engine array has {BITS} bits, not {bits!r}: choose mpmath or arb here")
        self._kernel = arithmetic
        self._one: Intervals = arithmetic.Interval(1.0)

    def __enter__(self) -> ArrayEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to restore: crival keeps the rounding mode of the rest of the program as it was."""

    # --- values from exact numbers

    def exact(self, x: int | Fraction) -> Intervals:
        """One interval around the number: the two doubles next to it, or itself."""
        return self._made(x, x)

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> Intervals:
        if lo > hi:
            raise InputError(f"interval from {lo} to {hi}: the lower end must not exceed the upper")
        return self._made(lo, hi)

    def points(self, x: FloatArray | float) -> Intervals:
        """The doubles themselves, each a point: for places that a search has chosen, never for a user's
        numbers.
        """
        return self.between(x, x)

    def between(self, lo: FloatArray | float, hi: FloatArray | float) -> Intervals:
        """[lo, hi] with ends that are doubles; a NaN, or ends the wrong way round, is nothing known."""
        with np.errstate(invalid="ignore"):
            unknown = ~(np.asarray(lo) <= np.asarray(hi))
        if unknown.any():
            lo, hi = np.where(unknown, -np.inf, lo), np.where(unknown, np.inf, hi)
        made: Intervals = self._kernel.Interval(lo, hi)
        return made

    def ratios(self, numerators: NDArray[np.int64], denominators: NDArray[np.int64]) -> Intervals:
        """Encloses the quotients of integers, place by place; nothing is known where a denominator is 0."""
        interval = self._kernel.Interval
        return self.div(interval(numerators), interval(denominators))

    def _made(self, lo: int | Fraction, hi: int | Fraction) -> Intervals:
        made: Intervals = self._kernel.Interval(lo, hi)
        return made

    # --- operations

    def hull(self, a: Any, b: Any) -> Intervals:
        hull: Intervals = a | b
        return hull

    def intersect(self, a: Intervals, b: Intervals) -> Intervals:
        """What both say, for two enclosures of the same numbers; nothing known where they have no point in
        common, which no two enclosures of the same numbers do.
        """
        return self.between(np.maximum(a.lo, b.lo), np.minimum(a.hi, b.hi))

    def add(self, a: Any, b: Any) -> Intervals:
        total: Intervals = a + b
        return total

    def sub(self, a: Any, b: Any) -> Intervals:
        difference: Intervals = a - b
        return difference

    def mul(self, a: Any, b: Any) -> Intervals:
        product: Intervals = a * b
        return product

    def neg(self, a: Any) -> Intervals:
        negative: Intervals = -a
        return negative

    def div(self, a: Any, b: Any) -> Intervals:
        return self._unless((b.lo <= 0) & (b.hi >= 0), a / b)

    def power(self, a: Intervals, n: int) -> Intervals:
        value: Intervals = self._kernel.pown(a, n)
        return value if n >= 0 else self._unless((a.lo <= 0) & (a.hi >= 0), value)

    def sqrt(self, a: Intervals) -> Intervals:
        return self._unless(a.lo < 0, self._kernel.sqrt(a))

    def exp(self, a: Intervals) -> Intervals:
        value: Intervals = self._kernel.exp(a)
        return value

    def log(self, a: Intervals) -> Intervals:
        return self._unless(a.lo <= 0, self._kernel.log(a))

    def sigmoid(self, a: Intervals) -> Intervals:
        """`1/(1 + exp(-a))` by end points: `a` stands there once and each step is monotone, so both ends are
        within a few roundings of the exact ones, relatively, in both tails (to e^-708 below).
        """
        return self.div(self._one, self.add(self._one, self.exp(self.neg(a))))

    def _unless(self, outside: Any, value: Any) -> Intervals:
        """The value; nothing known at the places where the argument leaves the domain."""
        if np.any(outside):
            return self.between(
                np.where(outside, -np.inf, value.lo) + 0.0, np.where(outside, np.inf, value.hi) + 0.0
            )
        kept: Intervals = value
        return kept

    # --- what a value proves, place by place

    def signs(self, a: Intervals) -> Signs:
        """The sign of every number inside that is proved."""
        lo, hi = np.asarray(a.lo), np.asarray(a.hi)
        return Signs(lo > 0, hi < 0, (lo == 0) & (hi == 0))

    def finite(self, a: Intervals) -> BoolArray:
        """Where the value is bounded on both sides."""
        return np.asarray(np.isfinite(a.lo) & np.isfinite(a.hi))

    # --- the protocol's questions about a single interval

    def sign(self, a: Intervals) -> Sign:
        if a.lo > 0:
            return Sign.POSITIVE
        if a.hi < 0:
            return Sign.NEGATIVE
        return Sign.ZERO if a.lo == 0 and a.hi == 0 else Sign.UNDECIDED

    def is_finite(self, a: Intervals) -> bool:
        return bool(np.isfinite(a.lo) and np.isfinite(a.hi))

    def lower(self, a: Intervals) -> Fraction:
        return Fraction(_finite(a.lo))

    def upper(self, a: Intervals) -> Fraction:
        return Fraction(_finite(a.hi))

    def lower_dyadic(self, a: Intervals) -> Dyadic:
        return _dyadic(a.lo)

    def upper_dyadic(self, a: Intervals) -> Dyadic:
        return _dyadic(a.hi)


def _finite(end: float) -> float:
    if not np.isfinite(end):
        raise NotEnoughPrecision("nothing is known about this value: its end is not finite")
    return float(end)


def _dyadic(end: float) -> Dyadic:
    m, below = _finite(end).as_integer_ratio()
    return m, 1 - below.bit_length()
