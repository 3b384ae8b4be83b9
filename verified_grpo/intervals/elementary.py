"""exp, log and sigmoid of raw mpf intervals, rounded outward: argument reduction around :mod:`.fixed_point`.

All three increase, so an interval's image is that of its end points; the two ends of a thin interval share
one evaluation. Results of `bits` bits are some 2^-8 of their last place wider than the best possible.
"""

from __future__ import annotations

from .fixed_point import EXP_DEFICIT, exp_below, log2_below, log_between, working_precision
from .raw_mpf import (
    DOWN,
    INFINITY,
    MINUS_INFINITY,
    ONE,
    UP,
    ZERO,
    Mpf,
    Pair,
    down,
    negative,
    rounded,
    sign,
    up,
)

GUARD_BITS = 11

# Beyond |x| = 2^256 only exp(x) > 2^(2^256), or exp(x) < 2^-(2^256), is said.
MAGNITUDE_LIMIT = 256
HUGE: Mpf = (0, 1, 1 << MAGNITUDE_LIMIT, 1)
TINY: Mpf = (0, 1, -(1 << MAGNITUDE_LIMIT), 1)

Scaled = tuple[int, int, int, int]
"""(below, above, e, f): the bounds below * 2^e and above * 2^f."""


def exp(a: Pair, bits: int) -> Pair:
    """Contains exp(x) for every x in a."""
    if not _moderate(a[0]) or not _moderate(a[1]):
        return _exp_extreme(a[0], bits)[0], _exp_extreme(a[1], bits)[1]
    below, above, e, f = _exp_scaled(a[0], a[1], working_precision(bits + GUARD_BITS))
    return down(below, e, bits), up(above, f, bits)


def _moderate(x: Mpf) -> bool:
    """Whether x is finite and at most 2^256 in size."""
    return x[2] + x[3] <= MAGNITUDE_LIMIT if x[1] else not x[2]


def _exp_extreme(x: Mpf, bits: int) -> Pair:
    if _moderate(x):
        return exp((x, x), bits)
    if sign(x) > 0:
        return HUGE, INFINITY
    return ZERO, ZERO if x == MINUS_INFINITY else TINY


def _exp_scaled(low: Mpf, high: Mpf, w: int) -> Scaled:
    """Around exp on [low, high], at a relative distance of some 2^(3-w) from the best bounds.

    x is reduced to n log 2 + t at W = w + 4 + max(0, mag) bits, |x| < 2^mag. In ulps of W, x is known to 1
    from below and log 2 to 2, while |n| < 1.45 * 2^mag + 1 for mag >= 0 and |n| <= 1 for mag < 0. So the t
    of this reduction, cut to w bits, is at most 3/8 ulp (of w) above the true one and less than 3/2 below
    it. As exp(t) < 2, the result is off by less than 1 and less than 4, beside the kernel's own deficit.

    When the interval is thin, d = high - low <= 2^(-w/2), the upper end is had from the lower one's value, by
    exp d <= 1 + d + d^2 <= 1 + d + 2^-w.
    """
    wide = w + 4 + max(0, low[2] + low[3], high[2] + high[3])
    lower, upper = _fixed(low, wide), _fixed(high, wide)
    log2 = log2_below(wide)
    n, t = divmod(lower, log2)
    value = exp_below(t >> (wide - w), w)
    below, above, k = value - 1, value + EXP_DEFICIT + 4, n
    distance = (upper + 1 - lower) >> (wide - w)
    if distance >> (w // 2):
        k, t = divmod(upper, log2)
        above = exp_below(t >> (wide - w), w) + EXP_DEFICIT + 4
    elif low != high:
        above += (above * (distance + 2) >> w) + 1
    # Rounding never takes the result to the other side of 1.
    if n == 0 and not low[0]:
        below = max(below, 1 << w)
    if k >= -1 and (high[0] or not high[1]):
        above = min(above, 1 << (w - k))
    return below, above, n - w, k - w


def _fixed(x: Mpf, w: int) -> int:
    """``floor(x * 2^w)``."""
    mantissa, shift = int(-x[1] if x[0] else x[1]), x[2] + w
    return mantissa << shift if shift >= 0 else mantissa >> -shift


def sigmoid(a: Pair, bits: int) -> Pair:
    """Contains 1/(1 + exp(-x)) for every x in a, relatively accurate in both tails."""
    low, high = a
    if not _moderate(low) or not _moderate(high):
        return _sigmoid_extreme(low, bits)[0], _sigmoid_extreme(high, bits)[1]
    w = working_precision(bits + GUARD_BITS)
    if high[0]:
        below, above, e, f = _exp_scaled(low, high, w)
        return _odds_share(below, e, w, bits)[0], _odds_share(above, f, w, bits)[1]
    if low[0]:
        return sigmoid((low, low), bits)[0], sigmoid((high, high), bits)[1]
    below, above, e, f = _exp_scaled(negative(high), negative(low), w)
    return _complement_share(above, f, w, bits)[0], _complement_share(below, e, w, bits)[1]


def _sigmoid_extreme(x: Mpf, bits: int) -> Pair:
    if _moderate(x):
        return sigmoid((x, x), bits)
    if sign(x) > 0:
        return _just_below_one(bits), ONE
    return ZERO, TINY


def _odds_share(odds: int, e: int, w: int, bits: int) -> Pair:
    """Around o/(1 + o) for the odds o = odds * 2^e <= 1."""
    if e < -3 * w:  # o < 2^(1-2w), and o > o/(1 + o) > o - o^2 > (odds - 1) 2^e
        return down(odds - 1, e, bits), up(odds, e, bits)
    quotient, rest = divmod(odds << (1 - e), (1 << -e) + odds)
    return down(quotient, e - 1, bits), up(quotient + (rest != 0), e - 1, bits)


def _complement_share(odds: int, e: int, w: int, bits: int) -> Pair:
    """Around 1/(1 + o) for the odds o = odds * 2^e <= 1."""
    if e < -3 * w:  # o < 2^(1-2w), and 1 > 1/(1 + o) > 1 - o
        return _just_below_one(bits), ONE
    one = 1 << -e
    quotient, rest = divmod(one << w, one + odds)
    return down(quotient, -w, bits), up(quotient + (rest != 0), -w, bits)


def _just_below_one(bits: int) -> Mpf:
    return 0, (1 << bits) - 1, -bits, bits


def log(a: Pair, bits: int) -> Pair:
    """Contains log(x) for every x in a, which is positive."""
    low = _log_point(a[0], bits)
    return low if a[0] == a[1] else (low[0], _log_point(a[1], bits)[1])


def _log_point(x: Mpf, bits: int) -> Pair:
    """Around log x = n log 2 + log m, 3/4 <= m < 3/2."""
    if x == INFINITY:
        return ZERO, INFINITY
    if x[3] > bits:  # more bits than are in force: by the two neighbours, as log increases
        lower, upper = (_log_point(rounded(x, bits, side), bits) for side in (DOWN, UP))
        return lower[0], upper[1]
    mantissa, n, point = int(x[1]), x[2] + x[3], x[3]
    if mantissa >> max(point - 2, 0) < 3:  # the leading bits are 10: m >= 1
        n, point = n - 1, point - 1
    distance = abs(mantissa - (1 << point))
    # log x is about m - 1 when n = 0, else above 1/4: to be relatively accurate takes more bits near 1.
    w = working_precision(bits + GUARD_BITS + (point - distance.bit_length() if n == 0 else 0))
    below, above = log_between(mantissa << (w - point), w)
    if n:
        extra = abs(n).bit_length()
        log2 = log2_below(w + extra)
        ends = sorted((n * log2, n * (log2 + 2)))
        below, above = below + (ends[0] >> extra), above - (-ends[1] >> extra)
    return down(below, -w, bits), up(above, -w, bits)
