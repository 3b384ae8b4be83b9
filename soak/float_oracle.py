"""An oracle for intervals of doubles, over whole arrays: is a bound certainly on the right side of f(x, y)?

Sums, products, quotients and roots are decided exactly, by sums and products without error (Knuth's TwoSum;
Dekker's TwoProduct on mantissas scaled to [1/2, 1), where nothing over- or underflows). The functions are
compared with the long double of the C library, which has 11 bits more: within 64 of its last places nothing
is decided, and those cases go to Arb. Each `..._at_most(bound, x, y)` gives two masks, (right, wrong); where
neither holds the oracle does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Masks = tuple[NDArray[np.bool_], NDArray[np.bool_]]

_SPLIT = 2.0**27 + 1
_FAR = 2.0**60
LONG = np.longdouble
DOUBT = 64 * np.finfo(LONG).eps  # 64 last places of a long double
HAS_LONG_DOUBLE = np.finfo(LONG).nmant >= 63


def two_sum(x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
    """s + e = x + y exactly, s the nearest double."""
    s = x + y
    part = s - x
    return s, (x - (s - part)) + (y - part)


def two_product(x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
    """p + e = x y exactly, for factors of moderate size."""
    p = x * y
    a, b = _SPLIT * x, _SPLIT * y
    x1, y1 = a - (a - x), b - (b - y)
    x2, y2 = x - x1, y - y1
    return p, ((x1 * y1 - p) + x1 * y2 + x2 * y1) + x2 * y2


def _beside(bound: Doubles, value: Doubles, rest: Doubles) -> NDArray[np.bool_]:
    """bound <= value + rest, where value is the double nearest to that sum."""
    return np.asarray((bound < value) | ((bound == value) & (rest >= 0)))


def _scaled(bound: Doubles, exponent: NDArray[np.int64]) -> Doubles:
    """bound * 2^-exponent, kept within 2^-60 to 2^60 in size: it is compared with a number near 1."""
    mantissa, own = np.frexp(bound)
    finite = np.isfinite(bound)
    places = np.where(finite, own - exponent, 0)
    moderate = np.ldexp(np.where(finite, mantissa, np.sign(bound)), np.clip(places, -70, 62))
    return np.where(finite, np.where(places < -60, 0.0, np.clip(moderate, -_FAR, _FAR)), bound)


def sum_at_most(bound: Doubles, x: Doubles, y: Doubles) -> Masks:
    """bound <= x + y."""
    s, e = two_sum(x, y)
    largest = np.finfo(np.float64).max
    # beyond the doubles: the sum lies above the largest one (or below the least)
    over = ~np.isfinite(s)
    right = np.where(over, np.where(s > 0, bound <= largest, bound == -np.inf), _beside(bound, s, e))
    return right, ~right


def product_at_most(bound: Doubles, x: Doubles, y: Doubles) -> Masks:
    """bound <= x y."""
    (mx, ex), (my, ey) = np.frexp(x), np.frexp(y)
    p, e = two_product(mx, my)
    scaled = _scaled(bound, ex.astype(np.int64) + ey)
    right = np.where(p == 0, bound <= 0, _beside(scaled, p, e))
    return right, ~right


def quotient_at_most(bound: Doubles, x: Doubles, y: Doubles) -> Masks:
    """bound <= x/y, y not 0: with y > 0, bound y <= x."""
    (mx, ex), (my, ey) = np.frexp(x * np.sign(y)), np.frexp(np.abs(y))
    scaled = _scaled(bound, ex.astype(np.int64) - ey)
    far = np.abs(scaled) > 8
    p, e = two_product(np.where(far, 0.0, scaled), my)
    near = (p < mx) | ((p == mx) & (e <= 0))
    right = np.where(x == 0, bound <= 0, np.where(far, scaled < 0, near))
    return right, ~right


def root_at_most(bound: Doubles, x: Doubles) -> Masks:
    """bound <= sqrt(x), x >= 0."""
    m, e = np.frexp(x)
    odd = e % 2
    m, half = np.where(odd, m / 2, m), (e + odd) // 2
    scaled = _scaled(bound, half.astype(np.int64))
    far = np.abs(scaled) > 8
    p, rest = two_product(np.where(far, 0.0, scaled), np.where(far, 0.0, scaled))
    near = (scaled < 0) | (p < m) | ((p == m) & (rest <= 0))
    right = np.where(x == 0, bound <= 0, np.where(far, scaled < 0, near))
    return right, ~right


def root_at_least(bound: Doubles, x: Doubles) -> Masks:
    """bound >= sqrt(x), x >= 0."""
    m, e = np.frexp(x)
    odd = e % 2
    m, half = np.where(odd, m / 2, m), (e + odd) // 2
    scaled = _scaled(bound, half.astype(np.int64))
    far = np.abs(scaled) > 8
    p, rest = two_product(np.where(far, 0.0, scaled), np.where(far, 0.0, scaled))
    near = (scaled >= 0) & ((p > m) | ((p == m) & (rest >= 0)))
    right = np.where(x == 0, bound >= 0, np.where(far, scaled > 0, near))
    return right, ~right


@dataclass(frozen=True)
class LongDouble:
    """A function in long double, with what is known of it exactly.

    `pivot` is a point (x, f(x)) of a rising function, `ceiling` a bound that it never reaches; `short` says
    where the long double is exact.
    """

    function: Callable[[Any], Any]
    pivot: tuple[float, float] | None = None
    ceiling: float = np.inf
    short: Callable[[Doubles], Any] | None = None

    def at_most(self, bound: Doubles, x: Doubles) -> Masks:
        """bound <= f(x)."""
        below, above = self._sides(bound, x)
        return below, above & ~below

    def at_least(self, bound: Doubles, x: Doubles) -> Masks:
        """bound >= f(x)."""
        below, above = self._sides(bound, x)
        return above, below & ~above

    def _sides(self, bound: Doubles, x: Doubles) -> Masks:
        """Where bound <= f(x) is certain, and where bound >= f(x) is."""
        value, b = self.function(x.astype(LONG)), bound.astype(LONG)
        doubt = np.abs(value) * DOUBT
        below, above = b < value - doubt, b > value + doubt
        small, large = np.abs(value) < np.finfo(LONG).tiny, np.isinf(value)
        negative = np.signbit(value)
        # beyond the long doubles, and so beyond the doubles: only the sign is known
        below = np.where(small | large, np.where(negative, small & (bound < 0), large | (bound <= 0)), below)
        above = np.where(small | large, np.where(negative, large | (bound >= 0), small & (bound > 0)), above)
        below, above = below & ~(large & (bound == np.inf)), above & ~(large & (bound == -np.inf))
        if self.pivot is not None:
            place, level = self.pivot
            below = np.where(x == place, bound <= level, below | ((x > place) & (bound <= level)))
            above = np.where(x == place, bound >= level, above | ((x < place) & (bound >= level)))
        if self.short is not None:
            exact = self.short(x) & np.isfinite(value)
            below, above = np.where(exact, b <= value, below), np.where(exact, b >= value, above)
        return below, above | (bound >= self.ceiling)


def of_few_bits(bits: int) -> Callable[[Doubles], Any]:
    """Where a double has at most so many significant bits."""

    def short(x: Doubles) -> Any:
        mantissa = np.ldexp(np.frexp(x)[0], bits)
        return mantissa == np.rint(mantissa)

    return short


def by_arb(image: Callable[..., arb], bound: float, side: int, point: tuple[float, ...]) -> bool | None:
    """Whether a bound holds, the precision rising: side -1 for a lower one, 1 for an upper one."""
    if np.isinf(bound):
        return bool(np.sign(bound) == side)
    for bits in (200, 2000, 20_000):
        with ctx.workprec(bits):
            value, end = image(*(arb(x) for x in point)), arb(bound)
            if side * (value - end) <= 0:
                return True
            if side * (value - end) > 0:
                return False
    return None
