"""The suite's protocol over arrays: every value is an array of intervals with float64 end points.

Arithmetic and elementary functions are crival's (module ``ival``): each result is the tightest pair of
doubles around the exact one. What this file adds is the protocol's meaning: crival follows IEEE 1788, where
a function is applied to the part of its argument that lies in its domain, and the suite says "nothing known"
as soon as the argument leaves the domain. Where crival has no wheel, :mod:`.arb_arrays` stands in for it.

A value has two arrays `lo` and `hi` of one shape (two floats for a single interval); single intervals and
arrays mix as NumPy broadcasts. At a place where nothing is known both ends are NaN (crival's empty set):
every operation keeps that, and no comparison with it is true. An end that is merely unbounded is infinite.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from fractions import Fraction
from threading import local
from types import TracebackType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, NotEnoughPrecision
from .array_signs import BoolArray, Signs
from .engine import Dyadic
from .environment import in_sound_floats, sound_floats
from .sign import Sign

try:
    import ival as kernel
except (ImportError, OSError):  # pragma: no cover -- no wheel of it here, or a wheel without its library
    from . import arb_arrays as kernel

BITS = 53
LARGEST = float(np.finfo(np.float64).max)
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
        """Sets this thread's floating-point environment right until the block ends; each operation by itself
        does so too, wherever it is called.
        """
        guard = sound_floats()
        guard.__enter__()
        _guards().append(guard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _guards().pop().__exit__(kind, error, trace)

    # --- values from exact numbers

    def exact(self, x: int | Fraction) -> Intervals:
        """One interval around the number: the two doubles next to it, or itself."""
        return self._made(x, x)

    @in_sound_floats
    def exacts(self, ratios: Iterable[tuple[int, int]]) -> Intervals:
        """One interval around each ratio of integers, the second > 0, as :meth:`exact` makes it: one after
        the other that takes long."""
        near = np.array([_nearest(*ratio) for ratio in ratios], dtype=np.float64).reshape(-1, 2)
        value, side = near[:, 0], near[:, 1]
        with np.errstate(over="ignore", under="ignore"):
            lo = np.where(side < 0, np.nextafter(value, -np.inf), value)
            hi = np.where(side > 0, np.nextafter(value, np.inf), value)
        return self.between(lo, hi)

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> Intervals:
        if lo > hi:
            raise InputError(f"interval from {lo} to {hi}: the lower end must not exceed the upper")
        return self._made(lo, hi)

    def points(self, x: FloatArray | float) -> Intervals:
        """The doubles themselves, each a point: for places that a search has chosen, never for a user's
        numbers.
        """
        return self.between(x, x)

    @in_sound_floats
    def between(self, lo: FloatArray | float, hi: FloatArray | float) -> Intervals:
        """[lo, hi] with ends that are doubles; a NaN, or ends the wrong way round, is nothing known."""
        with np.errstate(invalid="ignore"):
            known = np.asarray(lo) <= np.asarray(hi)
        if not known.all():
            lo, hi = np.where(known, lo, np.nan), np.where(known, hi, np.nan)
        made: Intervals = self._kernel.Interval(lo, hi)
        return made

    @in_sound_floats
    def ratios(self, numerators: NDArray[np.int64], denominators: NDArray[np.int64]) -> Intervals:
        """Encloses the quotients of integers, place by place; nothing is known where a denominator is 0."""
        interval = self._kernel.Interval
        return self.div(interval(numerators), interval(denominators))

    @in_sound_floats
    def _made(self, lo: int | Fraction, hi: int | Fraction) -> Intervals:
        made: Intervals = self._kernel.Interval(lo, hi)
        return made

    # --- operations

    @in_sound_floats
    def hull(self, a: Any, b: Any) -> Intervals:
        return self._unless(np.isnan(a.lo) | np.isnan(b.lo), a | b)

    @in_sound_floats
    def intersect(self, a: Intervals, b: Intervals) -> Intervals:
        """What both say, for two enclosures of the same numbers; nothing known where one of them says so, or
        where they have no point in common, which no two enclosures of the same numbers do.
        """
        return self.between(np.maximum(a.lo, b.lo), np.minimum(a.hi, b.hi))

    @in_sound_floats
    def add(self, a: Any, b: Any) -> Intervals:
        total: Intervals = a + b
        return total

    @in_sound_floats
    def sub(self, a: Any, b: Any) -> Intervals:
        difference: Intervals = a - b
        return difference

    @in_sound_floats
    def mul(self, a: Any, b: Any) -> Intervals:
        product: Intervals = a * b
        return product

    @in_sound_floats
    def neg(self, a: Any) -> Intervals:
        negative: Intervals = -a
        return negative

    @in_sound_floats
    def div(self, a: Any, b: Any) -> Intervals:
        return self._unless((b.lo <= 0) & (b.hi >= 0), a / b)

    @in_sound_floats
    def power(self, a: Intervals, n: int) -> Intervals:
        value: Intervals = self._kernel.pown(a, n)
        return value if n >= 0 else self._unless((a.lo <= 0) & (a.hi >= 0), value)

    @in_sound_floats
    def sqrt(self, a: Intervals) -> Intervals:
        return self._unless(a.lo < 0, self._kernel.sqrt(a))

    @in_sound_floats
    def exp(self, a: Intervals) -> Intervals:
        value: Intervals = self._kernel.exp(a)
        return value

    @in_sound_floats
    def log(self, a: Intervals) -> Intervals:
        return self._unless(a.lo <= 0, self._kernel.log(a))

    @in_sound_floats
    def sigmoid(self, a: Intervals) -> Intervals:
        """`1/(1 + exp(-a))` by end points: `a` stands there once and each step is monotone, so both ends are
        within a few roundings of the exact ones, relatively, in both tails (to e^-708 below).
        """
        return self.div(self._one, self.add(self._one, self.exp(self.neg(a))))

    def _unless(self, outside: Any, value: Any) -> Intervals:
        """The value; nothing known at the places where the argument leaves the domain."""
        if np.any(outside):
            return self.between(
                np.where(outside, np.nan, value.lo) + 0.0, np.where(outside, np.nan, value.hi) + 0.0
            )
        kept: Intervals = value
        return kept

    # --- what a value proves, place by place

    @in_sound_floats
    def signs(self, a: Intervals) -> Signs:
        """The sign of every number inside that is proved."""
        lo, hi = np.asarray(a.lo), np.asarray(a.hi)
        return Signs(lo > 0, hi < 0, (lo == 0) & (hi == 0))

    @in_sound_floats
    def finite(self, a: Intervals) -> BoolArray:
        """Where the value is bounded on both sides."""
        return np.asarray(np.isfinite(a.lo) & np.isfinite(a.hi))

    # --- the protocol's questions about a single interval

    @in_sound_floats
    def sign(self, a: Intervals) -> Sign:
        if a.lo > 0:
            return Sign.POSITIVE
        if a.hi < 0:
            return Sign.NEGATIVE
        return Sign.ZERO if a.lo == 0 and a.hi == 0 else Sign.UNDECIDED

    @in_sound_floats
    def is_finite(self, a: Intervals) -> bool:
        return bool(np.isfinite(a.lo) and np.isfinite(a.hi))

    @in_sound_floats
    def lower(self, a: Intervals) -> Fraction:
        return Fraction(_finite(a.lo))

    @in_sound_floats
    def upper(self, a: Intervals) -> Fraction:
        return Fraction(_finite(a.hi))

    @in_sound_floats
    def lower_dyadic(self, a: Intervals) -> Dyadic:
        return _dyadic(a.lo)

    @in_sound_floats
    def upper_dyadic(self, a: Intervals) -> Dyadic:
        return _dyadic(a.hi)


_entered = local()


def _guards() -> list[AbstractContextManager[None]]:
    """The blocks that this thread has entered and not left: engines are shared, environments are not."""
    if not hasattr(_entered, "guards"):
        _entered.guards = []
    guards: list[AbstractContextManager[None]] = _entered.guards
    return guards


def _nearest(numerator: int, denominator: int) -> tuple[float, int]:
    """The double nearest to a ratio, and on which side of it the ratio lies; beyond all doubles, the last."""
    try:
        value = numerator / denominator  # Python rounds the quotient of integers correctly
    except OverflowError:
        side = 1 if numerator > 0 else -1
        return side * LARGEST, side
    above, below = value.as_integer_ratio()
    left, right = above * denominator, numerator * below
    return value, (left < right) - (left > right)


def _finite(end: float) -> float:
    if not np.isfinite(end):
        raise NotEnoughPrecision("nothing is known about this value: its end is not finite")
    return float(end)


def _dyadic(end: float) -> Dyadic:
    m, below = _finite(end).as_integer_ratio()
    return m, 1 - below.bit_length()
