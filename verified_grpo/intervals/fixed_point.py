"""exp and log in fixed point, on Python integers, each with a proved bound on its error.

Why not mpmath's own: its error is not bounded by any fixed number of guard bits. ``mpf_exp`` loses more and
more of them as the precision grows (at 33,000 bits and x near 2^-45, where it takes too few extra bits for
the root ``sinh = sqrt(cosh^2 - 1)`` and the squarings after it, 25 bits are wrong); ``mpf_log(1/4 +
2^-202)`` at 53 bits is 6e-61, because it takes the argument for one next to 1; and its memo of log 2 and pi
is written in two steps, so that another thread can read a wrong constant. The integers below need no
context, keep no state that two threads can tear, and round in one known direction: **every step rounds down
and every term is positive**, so that a computed value is never too large and only its deficit has to be
bounded.

Notation: a number t is held as an integer n with t = n * 2^-w; *ulp* is 2^-w (of the w in question).
"""

from __future__ import annotations

import math
from functools import cache

TABLE_BITS = 8  # a short argument is reduced below 2^-8 by a table
SHORT_BITS = 512  # up to here table and Horner's rule are faster than halving and squaring
QUANTUM = 32  # working precisions are multiples of it, so that tables are shared
EXP_DEFICIT = 2

# (w, floor(log(2) * 2^w)), replaced as one object.
_log2_memo = (0, 0)


def working_precision(bits: int) -> int:
    """The least multiple of 32 that is at least `bits` and 64."""
    return max(2 * QUANTUM, -(-bits // QUANTUM) * QUANTUM)


def exp_below(t: int, w: int) -> int:
    """E with ``E <= exp(t/2^w) * 2^w < E + 2``, for ``0 <= t < 2^w`` and w >= 64."""
    return _exp_short(t, w) if w <= SHORT_BITS else _exp_long(t, w)


def _exp_short(t: int, w: int) -> int:
    """By ``exp(i/256) * exp(y)``, y < 2^-8, the second factor by Horner's rule.

    The deficit, in ulps of P = w + 8: in Horner's rule a coefficient and a shift lose less than 1 each, and
    what is lost is multiplied by y in the next step, so that all of it is below 1 + y (2 + 2y + ...) < 1.1
    (the last coefficient is exact); the terms left out are together below 1.1 (see `_horner_coefficients`):
    3 in total. The table's entry loses less than 2, the product of the two less than 2 exp(y) + 3 e + 1 <
    12. That is 12/256 ulp of w, and the last shift loses less than 1: below 2.
    """
    p = w + 8
    index = t >> (w - TABLE_BITS)
    y = (t - (index << (w - TABLE_BITS))) << 8
    total = 0
    for coefficient in _horner_coefficients(p):
        total = (total * y >> p) + coefficient
    return (total * _exp_table(index, p)) >> (p + 8)


@cache
def _horner_coefficients(p: int) -> tuple[int, ...]:
    """``floor(2^p / k!)``, highest k first, down to k = 0.

    It ends where ``2^p/k! * 2^-8k`` is at most 1, so that all the terms left out, for y < 2^-8, are below
    ``1 + 2^-8 + ... < 1.1`` ulps.
    """
    coefficients, k = [1 << p], 1
    while (term := coefficients[-1] // k) >> (TABLE_BITS * k):
        coefficients.append(term)
        k += 1
    return tuple(reversed(coefficients))


@cache
def _exp_table(index: int, p: int) -> int:
    return _exp_long(index << (p - TABLE_BITS), p)


def _exp_long(t: int, w: int) -> int:
    """By ``exp(y)^(2^r)``, ``y = t/2^r < 2^-r``, r >= 4; the series of exp(y) in u >= 2 columns, one power
    of y each.

    The deficit, in ulps of p. y is exact (p >= w + r), and a power of y is short by less than 1.2, as y +
    1.2 y + 1 < 1.2 for y < 1/16. A term is the one before it, divided (by 2 or more) and rounded, or
    multiplied by y^u and rounded: if that one was short by less than 3, it is short by less than 3/2 + 1 or
    1.2 + 3/256 + 1, again less than 3. A column of J terms is short by less than 3J, and 4 more for what
    comes after the loop, whose first term was found to be below 3. Column j is multiplied by y^j and
    rounded: all the columns together lose less than (3J + 4) 16/15 + 1.2 e + u < 4J + u + 8 =: c. Squaring
    doubles the relative deficit and adds one ulp at most (the value is at least 1): after r squarings it is
    at most 2^r (c + 1) ulps, which is 1/16 ulp of w, for p = w + r + 4 + bits(c + 1). The value is below e,
    hence at most 0.2 ulp of w, and the last shift loses less than 1: below 2 in total. The last turn of the
    loop begins with 0 < y^(u(J-1)), so J <= p/(u r) + 1: c is known beforehand.
    """
    r, u = _long_plan(w)
    turns = (w + r + 64) // (u * r) + 1
    p = w + r + 4 + (4 * turns + u + 9).bit_length()
    powers = [1 << p, t << (p - w - r)]
    for _ in range(u - 1):
        powers.append(powers[-1] * powers[1] >> p)
    columns = [0] * u
    term, k = 1 << p, 0
    while term:
        for j in range(u):
            term //= k or 1
            columns[j] += term
            k += 1
        term = term * powers[u] >> p
    total = sum(column * power >> p for column, power in zip(columns, powers, strict=False))
    for _ in range(r):
        total = total * total >> p
    return total >> (p - w)


def _long_plan(w: int) -> tuple[int, int]:
    """How often to halve, and how many columns; only speed depends on it."""
    r = max(4, round(1.4 * w ** (1 / 3)))
    return r, max(2, round(math.sqrt(w / r) / 2))


def log2_below(w: int) -> int:
    """L with ``L <= log(2) * 2^w < L + 2``.

    By ``log 2 = 18 acoth 26 - 2 acoth 4801 + 8 acoth 8749``, each ``acoth n = sum 1/((2k+1) n^(2k+1))``.
    With g = 32 + bits(w) more bits a term is short by less than 3 (the power by less than 2, the division
    by 1), and there are fewer than w + g + 1 of them with what is left out below 2: all three series by
    less than (18 + 8)(3 (w + g + 1) + 2) below and 2 (3 (w + g + 1) + 2) above, less than 2^(g-1) either
    way. So L - 1/2 and the shift lose less than 2.
    """
    global _log2_memo
    bits, value = _log2_memo
    if bits < w:
        bits = w + w // 8 + 64
        guard = 32 + bits.bit_length()
        p = bits + guard
        total = 18 * _acoth_below(26, p) - 2 * _acoth_below(4801, p) + 8 * _acoth_below(8749, p)
        value = (total - (1 << (guard - 1))) >> guard
        _log2_memo = bits, value
    return value >> (bits - w)


def _acoth_below(n: int, p: int) -> int:
    power = (1 << p) // n
    total, k, square = power, 3, n * n
    while power:
        power //= square
        total += power // k
        k += 2
    return total


def log_between(m: int, w: int) -> tuple[int, int]:
    """Integers lo, hi with ``lo <= log(m/2^w) * 2^w <= hi``, for ``3/4 <= m/2^w < 3/2`` and w >= 64, a few
    ulps apart.

    log m = y + log(m exp(-y)) for any y: a guess y, which nothing is assumed of, makes d = m exp(-y) - 1
    small, and exp and the series of log(1 + d) are proved. Close to 1 the guess is 0 and d is exact.
    """
    y = 0 if abs(m - (1 << w)) >> (w - 32) == 0 else _log_guess(m, w)
    if y == 0:
        low = high = m
    elif y > 0:
        e = exp_below(y, w)
        low, high = (m << w) // (e + EXP_DEFICIT), -((-m << w) // e)
    else:
        e = exp_below(-y, w)
        low, high = m * e >> w, (m * (e + EXP_DEFICIT) >> w) + 1
    below, above = _log1p_between(low - (1 << w), high - (1 << w), w)
    return y + below, y + above


def _log_guess(m: int, w: int) -> int:
    """About log(m/2^w): by a float, or at twice the precision of a shorter one."""
    if w <= 640:
        return int(math.log((m >> (w - 64)) / 2.0**64) * 2.0**60) << (w - 60)
    half = working_precision(w // 2 + QUANTUM)
    return log_between(m >> (w - half), half)[0] << (w - half)


def _log1p_between(low: int, high: int, w: int) -> tuple[int, int]:
    """Around log(1 + d) for every d in [low, high], ``|d| < 1/2``.

    The alternating series at d = low. Its powers are short by less than 2 ulps (1 + 2 |d|), its terms by
    less than 2/k + 1, the first is exact: K terms by at most 2K - 2, either way. What is left out is below
    2 |d|^(K+1), less than one ulp for |d| < 2^-s and K >= w/s. From low to high the logarithm rises by at
    most 2 (high - low).
    """
    if low == high == 0:
        return 0, 0
    s = w - max(abs(low), abs(high)).bit_length()
    if s < 1:
        raise ArithmeticError("the guess of a logarithm is not close to it")
    terms = w // s + 1
    total = power = low
    for k in range(2, terms + 1):
        power = power * low >> w
        total += power // k if k & 1 else -(power // k)
    return total - 2 * terms, total + 2 * terms + 2 * (high - low)
