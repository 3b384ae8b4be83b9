"""Arrays of float64 intervals by Arb, one element at a time: for machines without a wheel of crival.

The names are those of crival's module ``ival`` that :mod:`.array_engine` uses, so that one can stand for the
other. Slow, and as sound: every end point comes from Arb at 128 bits and is rounded outward to a double.
NaN ends are kept by every operation; where an operand of anything but a sum reaches infinity the result is
the whole line (crival often knows one end).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from .arb_engine import ArbEngine
from .engine import Dyadic

_ARB = ArbEngine(128)
_LARGEST = sys.float_info.max
_SMALLEST = math.nextafter(0.0, 1.0)


class Interval:
    """[lo, hi], or an array of them: `lo` and `hi` are two floats or two float64 arrays of one shape."""

    __slots__ = ("hi", "lo")
    __array_priority__ = 1000

    def __init__(self, lo: Any, hi: Any = None) -> None:
        below, above = np.broadcast_arrays(_ends(lo, up=False), _ends(lo if hi is None else hi, up=True))
        # A zero has no sign here, and an interval without points stands for nothing known nowhere: NaN.
        empty = ~(below <= above) | (below == np.inf) | (above == -np.inf)
        self.lo: Any = _scalar(np.where(empty, np.nan, below) + 0.0)
        self.hi: Any = _scalar(np.where(empty, np.nan, above) + 0.0)

    def __getitem__(self, place: Any) -> Interval:
        return Interval(self.lo[place], self.hi[place])

    def __len__(self) -> int:
        return len(self.lo)

    def __add__(self, other: Any) -> Interval:
        other = other if isinstance(other, Interval) else Interval(other)
        if all(np.isfinite(end).all() for x in (self, other) for end in (x.lo, x.hi)):
            return _binary(_ARB.add, self, other)
        return Interval(_end_sum(self.lo, other.lo, up=False), _end_sum(self.hi, other.hi, up=True))

    def __sub__(self, other: Any) -> Interval:
        return self + -(other if isinstance(other, Interval) else Interval(other))

    def __mul__(self, other: Any) -> Interval:
        return _binary(_ARB.mul, self, other)

    def __truediv__(self, other: Any) -> Interval:
        return _binary(_ARB.div, self, other)

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __or__(self, other: Interval) -> Interval:
        return Interval(np.minimum(self.lo, other.lo), np.maximum(self.hi, other.hi))


def exp(x: Interval) -> Interval:
    """Encloses the exponential, which is positive even where its size is beyond doubles."""
    value = _monotone(_ARB.exp, x)
    return Interval(np.maximum(value.lo, 0.0), value.hi)


def log(x: Interval) -> Interval:
    """Encloses the logarithm; NaN ends where nothing is known."""
    return _monotone(_ARB.log, x)


def sqrt(x: Interval) -> Interval:
    """Encloses the square root; NaN ends where nothing is known."""
    return _monotone(_ARB.sqrt, x)


def pown(x: Interval, n: int) -> Interval:
    """Encloses ``x**n``, n an integer."""
    return _each(lambda low, high: _power(low, high, n), x)


def _power(low: arb, high: arb, n: int) -> list[arb]:
    """``x**n`` at the ends, and 0 where an even power passes it; nothing known where a negative one has its
    pole.
    """
    images = [_ARB.power(low, n), _ARB.power(high, n)]
    if n < 0 and low <= 0 <= high:
        return [arb("nan")]
    return [*images, arb(0)] if n > 0 and n % 2 == 0 and low < 0 < high else images


def _binary(operation: Callable[[arb, arb], arb], a: Interval, b: Any) -> Interval:
    """An operation that is monotone in each operand wherever it is defined: its extremes are at the ends."""

    def corners(low: arb, high: arb, below: arb, above: arb) -> list[arb]:
        if operation is _ARB.div and below <= 0 <= above:
            return [arb("nan")]
        return [operation(x, y) for x in (low, high) for y in (below, above)]

    return _each(corners, a, b if isinstance(b, Interval) else Interval(b))


def _end_sum(x: Any, y: Any, *, up: bool) -> Any:
    """The sum of two lower or of two upper ends, outward: as infinite as one of them, NaN where one is."""
    finite = np.isfinite(x) & np.isfinite(y)
    total = _binary(_ARB.add, Interval(np.where(finite, x, 0.0)), Interval(np.where(finite, y, 0.0)))
    unknown = np.isnan(x) | np.isnan(y)
    beyond = np.where(unknown, np.nan, np.inf if up else -np.inf)
    return np.where(finite, total.hi if up else total.lo, beyond)


def _monotone(function: Callable[[arb], arb], x: Interval) -> Interval:
    return _each(lambda low, high: [function(low), function(high)], x)


def _each(extremes: Callable[..., list[arb]], *operands: Interval) -> Interval:
    """The image of each tuple of operands: the hull of thin balls around its extremes."""
    ends = np.broadcast_arrays(*(end for x in operands for end in (x.lo, x.hi)))
    shape = ends[0].shape
    low, high = np.full(ends[0].size, -np.inf), np.full(ends[0].size, np.inf)
    with _ARB:
        for k, row in enumerate(zip(*(end.ravel().tolist() for end in ends), strict=True)):
            if any(map(math.isnan, row)):
                low[k] = high[k] = math.nan
            elif all(map(math.isfinite, row)):
                values = extremes(*map(arb, row))
                if all(value.is_finite() for value in values):
                    low[k] = min(_float(_ARB.lower_dyadic(value), up=False) for value in values)
                    high[k] = max(_float(_ARB.upper_dyadic(value), up=True) for value in values)
    return Interval(low.reshape(shape), high.reshape(shape))


def _float(number: Dyadic, *, up: bool) -> float:
    """The double next to m * 2^e on the side asked for, infinity beyond the largest."""
    m, e = number
    size = m.bit_length() + e
    if size < -1080 or size > 1030:
        nearest = (_SMALLEST if up else 0.0) if size < 0 else (math.inf if up else _LARGEST)
        opposite = (0.0 if up else -_SMALLEST) if size < 0 else (-_LARGEST if up else -math.inf)
        return nearest if m > 0 else opposite if m < 0 else 0.0
    return _rounded(Fraction(m) * Fraction(2) ** e, up=up)


def _rounded(x: Fraction | int, *, up: bool) -> float:
    try:
        nearest = float(x)
    except OverflowError:
        nearest = math.inf if x > 0 else -math.inf
    if nearest == x or (nearest > x) == up:
        return nearest
    return math.nextafter(nearest, math.inf if up else -math.inf)


def _ends(x: Any, *, up: bool) -> Any:
    """Doubles as they are; other exact numbers rounded to the side asked for."""
    if isinstance(x, Fraction | int) and not isinstance(x, bool):
        return np.float64(_rounded(x, up=up))
    array = np.asarray(x)
    if array.dtype == np.float64 or array.dtype.kind == "f":
        return array.astype(np.float64)
    if array.dtype.kind not in "iuO":
        raise TypeError(f"an end of an interval is a number, not {array.dtype}")
    return np.array(
        [_rounded(int(v) if array.dtype.kind in "iu" else v, up=up) for v in array.ravel()]
    ).reshape(array.shape)


def _scalar(x: Any) -> Any:
    return float(x) if np.ndim(x) == 0 else x
