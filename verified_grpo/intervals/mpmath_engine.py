"""mpmath's intervals made sound.

The four operations, `sqrt` and integer powers of ``mpmath.libmp`` are integer arithmetic with a remainder,
correctly rounded (powers: directed all the way), and are used as they are, with the precision as an
argument: no context, no global state. Its `exp` and `log` are not correctly rounded, and its interval
functions trust them; here both come from :mod:`.fixed_point`, whose error is proved, and are rounded
outward from there. The price of the margin is some 2^-8 of the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import TracebackType

from mpmath import libmp
from mpmath.libmp import libmpi

from ..errors import InputError, NotEnoughPrecision
from .engine import BITS_LIMIT, Dyadic, dyadic_fraction
from .fixed_point import EXP_DEFICIT, exp_below, log2_below, log_between, working_precision
from .sign import Sign

Mpf = tuple[int, int, int, int]
"""A raw number of mpmath: sign, odd mantissa, exponent, number of bits of the mantissa."""

Pair = tuple[Mpf, Mpf]

# The typed boundary to mpmath, which ships no types.
_from_man_exp: Callable[[int, int, int, str], Mpf] = libmp.from_man_exp
_from_rational: Callable[[int, int, int, str], Mpf] = libmp.from_rational
_round: Callable[[Mpf, int, str], Mpf] = libmp.mpf_pos
_le: Callable[[Mpf, Mpf], bool] = libmp.mpf_le
_neg: Callable[[Mpf], Mpf] = libmp.mpf_neg
_sqrt: Callable[[Mpf, int, str], Mpf] = libmp.mpf_sqrt
_add: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_add
_sub: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_sub
_mul: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_mul
_div: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_div
_power: Callable[[Pair, int, int], Pair] = libmpi.mpi_pow_int
_sign: Callable[[Mpf], int] = libmp.mpf_sign

ZERO: Mpf = libmp.fzero
ONE: Mpf = libmp.fone
INFINITY: Mpf = libmp.finf
MINUS_INFINITY: Mpf = libmp.fninf
NOTHING_KNOWN: Pair = (MINUS_INFINITY, INFINITY)

DOWN, UP = "f", "c"

# exp and log are computed with so many bits more than asked for, before they are rounded outward.
GUARD_BITS = 12

# Beyond |x| = 2^256 only exp(x) > 2^(2^256), or exp(x) < 2^-(2^256), is said.
MAGNITUDE_LIMIT = 256
_HUGE: Mpf = (0, 1, 1 << MAGNITUDE_LIMIT, 1)
_TINY: Mpf = (0, 1, -(1 << MAGNITUDE_LIMIT), 1)


class MpmathEngine:
    """Intervals with mpf end points at `bits` bits; a value is a pair (lower, upper) of raw mpf tuples.

    Invariant: lower <= upper, neither is NaN, lower < +inf and upper > -inf.
    """

    name = "mpmath"

    def __init__(self, bits: int = 53) -> None:
        if isinstance(bits, bool) or not isinstance(bits, int) or not 2 <= bits <= BITS_LIMIT:
            raise InputError(f"precision of {bits!r} bits: allowed is an integer from 2 to {BITS_LIMIT}")
        self.bits = bits
        self._exp_bits = working_precision(bits + GUARD_BITS)
        self._below_one: Mpf = _from_man_exp((1 << bits) - 1, -bits, bits, DOWN)

    def __enter__(self) -> MpmathEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to restore: the precision is an argument of every call."""

    def exact(self, x: int | Fraction) -> Pair:
        p, q = x.numerator, x.denominator
        return _from_rational(p, q, self.bits, DOWN), _from_rational(p, q, self.bits, UP)

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> Pair:
        if lo > hi:
            raise InputError(f"interval from {lo} to {hi}: the lower end must not exceed the upper")
        return self.exact(lo)[0], self.exact(hi)[1]

    def hull(self, a: Pair, b: Pair) -> Pair:
        return a[0] if _le(a[0], b[0]) else b[0], b[1] if _le(a[1], b[1]) else a[1]

    def add(self, a: Pair, b: Pair) -> Pair:
        return _add(a, b, self.bits)

    def sub(self, a: Pair, b: Pair) -> Pair:
        return _sub(a, b, self.bits)

    def mul(self, a: Pair, b: Pair) -> Pair:
        return _mul(a, b, self.bits)

    def div(self, a: Pair, b: Pair) -> Pair:
        if _sign(b[0]) * _sign(b[1]) <= 0:
            return NOTHING_KNOWN
        return _div(a, b, self.bits)

    def neg(self, a: Pair) -> Pair:
        return _neg(a[1]), _neg(a[0])

    def power(self, a: Pair, n: int) -> Pair:
        if n < 0:
            return self.div((ONE, ONE), _power(a, -n, self.bits + GUARD_BITS))
        return _power(a, n, self.bits)

    def sqrt(self, a: Pair) -> Pair:
        if _sign(a[0]) < 0:
            return NOTHING_KNOWN
        return _sqrt(a[0], self.bits, DOWN), _sqrt(a[1], self.bits, UP)

    def exp(self, a: Pair) -> Pair:
        low = self._exp_point(a[0])
        return low if a[0] == a[1] else (low[0], self._exp_point(a[1])[1])

    def log(self, a: Pair) -> Pair:
        if _sign(a[0]) <= 0:
            return NOTHING_KNOWN
        low = self._log_point(a[0])
        return low if a[0] == a[1] else (low[0], self._log_point(a[1])[1])

    def sigmoid(self, a: Pair) -> Pair:
        low = self._sigmoid_point(a[0])
        return low if a[0] == a[1] else (low[0], self._sigmoid_point(a[1])[1])

    def lower_dyadic(self, a: Pair) -> Dyadic:
        return _dyadic(a[0])

    def upper_dyadic(self, a: Pair) -> Dyadic:
        return _dyadic(a[1])

    def lower(self, a: Pair) -> Fraction:
        return dyadic_fraction(_dyadic(a[0]))

    def upper(self, a: Pair) -> Fraction:
        return dyadic_fraction(_dyadic(a[1]))

    def sign(self, a: Pair) -> Sign:
        low, high = _sign(a[0]), _sign(a[1])
        if low > 0:
            return Sign.POSITIVE
        if high < 0:
            return Sign.NEGATIVE
        return Sign.ZERO if low == high == 0 else Sign.UNDECIDED

    def is_finite(self, a: Pair) -> bool:
        return a[0] != MINUS_INFINITY and a[1] != INFINITY

    def _exp_point(self, x: Mpf) -> Pair:
        """Around exp(x) for one mpf."""
        if not x[1]:
            return {ZERO: (ONE, ONE), MINUS_INFINITY: (ZERO, ZERO), INFINITY: (_HUGE, INFINITY)}[x]
        if x[2] + x[3] > MAGNITUDE_LIMIT:
            return (ZERO, _TINY) if x[0] else (_HUGE, INFINITY)
        below, above, exponent = _exp_scaled(x, self._exp_bits)
        return _from_man_exp(below, exponent, self.bits, DOWN), _from_man_exp(above, exponent, self.bits, UP)

    def _sigmoid_point(self, x: Mpf) -> Pair:
        """Around sigmoid(x) for one mpf: with u = exp(-|x|), 1/(1 + u) for x >= 0 and u/(1 + u) for x < 0."""
        negative, mantissa, exponent, size = x
        if not mantissa or exponent + size > MAGNITUDE_LIMIT:
            if x == ZERO:
                return libmp.fhalf, libmp.fhalf
            return (ZERO, _TINY) if x[0] or x == MINUS_INFINITY else (self._below_one, ONE)
        w = self._exp_bits
        below, above, scale = _exp_scaled((1, mantissa, exponent, size), w)
        if scale < -3 * w:
            # u < 2^(1 - 2w), so that 1/(1 + u) > 1 - u > 1 - 2^-bits, and u/(1 + u) > u - u^2 > (below - 1)
            # 2^scale.
            if not negative:
                return self._below_one, ONE
            low, high, place = below - 1, above, scale
        elif negative:
            one, place = 1 << -scale, scale - 1
            low, high = (below << -place) // (one + below), -((-above << -place) // (one + above))
        else:
            one, place = 1 << -scale, -w
            low, high = (one << w) // (one + above), -((-one << w) // (one + below))
        return _from_man_exp(low, place, self.bits, DOWN), _from_man_exp(high, place, self.bits, UP)

    def _log_point(self, x: Mpf) -> Pair:
        """Around log(x) for one mpf, x > 0: n log 2 + log m, 3/4 <= m < 3/2."""
        if x == INFINITY:
            return ZERO, INFINITY
        if x[3] > self.bits:
            # An operand of more bits than are in force: by its two neighbours, log being monotone.
            lower, upper = (self._log_point(_round(x, self.bits, side)) for side in (DOWN, UP))
            return lower[0], upper[1]
        _, mantissa, exponent, size = x
        n, point = exponent + size, size
        if mantissa >> max(size - 2, 0) < 3:  # the leading bits are 10: m >= 1
            n, point = n - 1, size - 1
        distance = abs(mantissa - (1 << point))
        if not distance:
            below = above = 0
            w = self._exp_bits
        else:
            # log x is about m - 1 when n = 0, and above 1/4 otherwise.
            w = working_precision(self.bits + GUARD_BITS + (0 if n else point - distance.bit_length()))
            below, above = log_between(mantissa << (w - point), w)
        if n:
            below, above = _plus_log2_multiple(n, below, above, w)
        return _from_man_exp(below, -w, self.bits, DOWN), _from_man_exp(above, -w, self.bits, UP)


def _exp_scaled(x: Mpf, w: int) -> tuple[int, int, int]:
    """(below, above, e) with ``below * 2^e <= exp(x) <= above * 2^e``, relatively some 2^(3-w) apart; x != 0.

    x is reduced to n log 2 + t at W = w + 4 + max(0, mag) bits, |x| < 2^mag. In ulps of W, x is known to 1
    from below and log 2 to 2, while |n| < 1.45 * 2^mag + 1 for mag >= 0 and |n| <= 1 for mag < 0, so that
    the t of this reduction, cut to w bits, is at most 3/8 ulp (of w) above the true one and less than 3/2
    below it. As exp(t) < 2, that is less than 1 and less than 4 in the result, beside the kernel's own
    deficit. Rounding never takes the result to the other side of 1."""
    negative, mantissa, exponent, size = x
    wide = w + 4 + max(0, exponent + size)
    shift = exponent + wide
    scaled = -mantissa if negative else mantissa
    n, t = divmod(scaled << shift if shift >= 0 else scaled >> -shift, log2_below(wide))
    value = exp_below(int(t) >> (wide - w), w)
    below, above = value - 1, value + EXP_DEFICIT + 4
    if negative:
        above = min(above, 1 << (w + 1)) if n == -1 else above
    elif n == 0:
        below = max(below, 1 << w)
    return below, above, int(n) - w


def _plus_log2_multiple(n: int, below: int, above: int, w: int) -> tuple[int, int]:
    """Adds n log 2 to both bounds, in ulps of w."""
    extra = abs(n).bit_length()
    log2 = log2_below(w + extra)
    ends = n * log2, n * (log2 + 2)
    return below + (min(ends) >> extra), above - (-max(ends) >> extra)


def _dyadic(x: Mpf) -> Dyadic:
    sign, mantissa, exponent, _ = x
    if not mantissa and exponent:
        raise NotEnoughPrecision("nothing is known about this value: an end point is infinite")
    return int(-mantissa if sign else mantissa), int(exponent)
