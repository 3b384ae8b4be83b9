"""exp, log, sinh, cosh and tanh at a dyadic point, by Taylor's formula in integers and the standard library.

Each takes mantissa, exponent and bits, and gives `Fixed` (low, high, e): the value at mantissa * 2^exponent
lies in [low, high] * 2^e, narrow to about so many bits; None where the number would be too large to write
down. Inside, a number is a pair of integers, a lower and an upper bound of it in units of 2^-places; sums,
products and quotients of the pairs, all >= 0, are rounded down in the lower and up in the upper integer, so
that no error need be counted: what is cut off a series is bounded where it is cut off.
"""

from __future__ import annotations

from functools import lru_cache
from math import isqrt

Fixed = tuple[int, int, int]
Pair = tuple[int, int]

_GUARD = 16
_LARGEST = 64  # bits of a number's integer part that exp takes


def _shift(number: int, places: int) -> Pair:
    """number * 2^places, down and up."""
    if places >= 0:
        return number << places, number << places
    return number >> -places, -(-number >> -places)


def _times(x: Pair, y: Pair, places: int) -> Pair:
    return x[0] * y[0] >> places, -(-x[1] * y[1] >> places)


def _over(x: Pair, n: int) -> Pair:
    return x[0] // n, -(-x[1] // n)


@lru_cache(maxsize=64)
def _log_2(places: int) -> Pair:
    """log 2 = 2 atanh(1/3) = sum over k of 2/((2k+1) 3^(2k+1)).

    Each of the terms is cut by less than a unit; all that follow a term below a unit are less than it.
    """
    total, terms, power = 0, 0, 3
    while term := (2 << places) // ((2 * terms + 1) * power):
        total, terms, power = total + term, terms + 1, power * 9
    return total, total + terms + 2


def _exp_series(x: Pair, places: int) -> Pair:
    """exp of 0 <= x <= 1/2: after the term t_n come at most t_n x + t_n x^2 + ... <= t_n."""
    term = total = (1 << places, 1 << places)
    n = 0
    while term[1] > 1:
        n += 1
        term = _over(_times(term, x, places), n)
        total = total[0] + term[0], total[1] + term[1]
    return total[0], total[1] + term[1]


def exp(mantissa: int, exponent: int, bits: int) -> Fixed | None:
    """exp(x) = 2^k exp(r/2^j)^(2^j) with x = k log 2 + r, r >= 0."""
    top = mantissa.bit_length() + exponent
    if mantissa and top > _LARGEST:  # |x| >= 2^64; below -2^64, 0 < exp(x) < 2^-(2^64)
        return None if mantissa > 0 else (0, 1, -(1 << _LARGEST))
    if mantissa == 0:
        return 1, 1, 0
    halvings = 4 + isqrt(bits) // 2
    places = bits + halvings + _GUARD
    fine = places + max(0, top)
    low, high = _shift(mantissa, exponent + fine)
    unit = _log_2(fine)
    if low >= 0:
        k = low // unit[1]
        rest = low - k * unit[1], high - k * unit[0]
    else:
        k = -(-low // unit[0]) - 1
        rest = low - k * unit[0], high - k * unit[1]
    down = places - fine - halvings
    value = _exp_series((_shift(rest[0], down)[0], _shift(rest[1], down)[1]), places)
    for _ in range(halvings):
        value = _times(value, value, places)
    return value[0], value[1], k - places


def log(mantissa: int, exponent: int, bits: int) -> Fixed:
    """log(2^k f) = k log 2 + 2 atanh z with z = (f-1)/(f+1), 3/4 < f <= 3/2, so |z| <= 1/5; mantissa > 0.

    Of atanh z = z + z^3/3 + ..., what follows z^n/n is less than z^n z^2/(1-z^2) < z^n.
    """
    length = mantissa.bit_length()
    one = 1 << (length if 4 * mantissa > 3 << length else length - 1)
    k = exponent + one.bit_length() - 1
    difference, total = mantissa - one, mantissa + one
    # as many leading zeros as f - 1 has are added where log 2 will not cover them
    places = bits + _GUARD + (0 if k else total.bit_length() - difference.bit_length())
    z = _over((abs(difference) << places, abs(difference) << places), total)
    square, power, sum_, n = _times(z, z, places), z, z, 1
    while power[1] > 1:
        n += 2
        power = _times(power, square, places)
        term = _over(power, n)
        sum_ = sum_[0] + term[0], sum_[1] + term[1]
    low, high = 2 * sum_[0], 2 * (sum_[1] + power[1])
    if difference == 0:
        low = high = 0
    elif difference < 0:
        low, high = -high, -low
    if k == 0:
        return low, high, -places
    fine = abs(k).bit_length()
    unit = _log_2(places + fine)
    ends = (k * unit[0], k * unit[1])
    return (low << fine) + min(ends), (high << fine) + max(ends), -places - fine


def sinh(mantissa: int, exponent: int, bits: int) -> Fixed | None:
    """(E - 1/E)/2 with E = exp(|x|), or x (1 + x^2/3! + x^4/5! + ...) where |x| < 1."""
    if mantissa.bit_length() + exponent <= 0:
        low, high, e = _sinh_over(mantissa, exponent, bits)
        ends = mantissa * low, mantissa * high
        return min(ends), max(ends), exponent + e
    both = _exponentials(abs(mantissa), exponent, bits)
    if both is None:
        return None
    (low, high), (less, more), e = both
    return _signed(low - more, high - less, e - 1, mantissa)


def _sinh_over(mantissa: int, exponent: int, bits: int) -> Fixed:
    """sinh(x)/x for |x| < 1: what follows a term t is less than t/6 + t/6^2 + ... < t."""
    places = bits + _GUARD
    square = _shift(mantissa * mantissa, 2 * exponent + places)
    term = total = (1 << places, 1 << places)
    n = 1
    while term[1] > 1:
        n += 2
        term = _over(_times(term, square, places), n * (n - 1))
        total = total[0] + term[0], total[1] + term[1]
    return total[0], total[1] + term[1], -places


def cosh(mantissa: int, exponent: int, bits: int) -> Fixed | None:
    """(E + 1/E)/2 with E = exp(|x|)."""
    both = _exponentials(abs(mantissa), exponent, bits)
    if both is None:
        return None
    (low, high), (less, more), e = both
    return low + less, high + more, e - 1


def tanh(mantissa: int, exponent: int, bits: int) -> Fixed | None:
    """(1 - t)/(1 + t) with t = exp(-2|x|), or sinh(x)/cosh(x) where |x| < 1."""
    if mantissa.bit_length() + exponent <= 0:
        (a, b, e), over = _sinh_over(mantissa, exponent, bits), cosh(mantissa, exponent, bits)
        assert over is not None
        low, high = _quotient((a, b), (over[0], over[1]), bits)
        ends = mantissa * low, mantissa * high
        return min(ends), max(ends), exponent + e - over[2] - bits - _GUARD
    value = exp(-abs(mantissa), exponent + 1, bits)
    assert value is not None
    places = bits + _GUARD
    less, more = _shift(value[0], value[2] + places)[0], _shift(value[1], value[2] + places)[1]
    one = 1 << places
    low, high = _quotient((one - more, one - less), (one + less, one + more), bits)
    return _signed(low, high, -bits - _GUARD, mantissa)


def _exponentials(mantissa: int, exponent: int, bits: int) -> tuple[Pair, Pair, int] | None:
    """exp(x) and exp(-x) in one unit, for x >= 0."""
    value = exp(mantissa, exponent, bits)
    if value is None:
        return None
    low, high, e = value
    # 1/(high 2^e) in units of 2^e is 2^(-2e)/high
    if 2 * e > 0:
        return (low, high), (0, 1), e
    return (low, high), ((1 << -2 * e) // high, -(-(1 << -2 * e) // low)), e


def _quotient(x: Pair, y: Pair, bits: int) -> Pair:
    """x/y in units of 2^-(bits + guard)."""
    places = bits + _GUARD
    return (x[0] << places) // y[1], -(-(x[1] << places) // y[0])


def _signed(low: int, high: int, e: int, sign: int) -> Fixed:
    return (low, high, e) if sign > 0 else (-high, -low, e)
