"""mpmath's intervals made sound.

mpmath's interval functions round ``exp``, ``log`` and fractional powers in the wrong direction now and then (its ``exp`` and
``log`` round an approximation, not the value). The four operations, integer powers and ``sqrt`` are correctly rounded integer
arithmetic and are used as they are, through ``mpmath.libmp`` with an explicit precision: no context, no global state.

**The margin of exp.** ``mpf_exp(x, w)`` works with w + 14 bits or more: it reduces ``x = n log 2 + t`` with log 2 to enough
bits that the reduction errs by at most 2 units of 2^-(w+14), sums about sqrt(w) truncated terms of the series of a halved
argument and squares about sqrt(w) times, for which it adds as many bits; or it powers e, computed with as many extra bits as
the exponent can amplify. The error is at most about 8 sqrt(w) + 16 units of 2^-(w+14), relatively, plus the last rounding:
below 2^4 units of 2^-w for every w up to 2^26. Here w = bits + 24 and the result is widened by 2^-(bits+16) = 2^8 units of
2^-w to each side, sixteen times more, before it is rounded outward.

**log is proved by exp.** ``y = mpf_log(x)`` is only a guess (for x just above 1/4 it may even be far off). The enclosure
``[y - d, y + d]`` is returned when the sound ``exp`` proves ``exp(y - d) <= x <= exp(y + d)``; otherwise d grows, and in
the end nothing is known.
"""

from __future__ import annotations

from fractions import Fraction
from types import TracebackType

from mpmath import libmp
from mpmath.libmp import libmpi

from ..errors import InputError, NotEnoughPrecision
from .engine import Dyadic, dyadic_fraction
from .sign import Sign

Mpf = tuple[int, int, int, int]
Pair = tuple[Mpf, Mpf]

ZERO: Mpf = libmp.fzero
ONE: Mpf = libmp.fone
INFINITY: Mpf = libmp.finf
MINUS_INFINITY: Mpf = libmp.fninf
NOTHING_KNOWN: Pair = (MINUS_INFINITY, INFINITY)

GUARD_BITS = 24
MARGIN_BITS = 16
EXPONENT_LIMIT = 256  # |x| beyond 2^256: exp(x) is only known to be above (below) 1


class MpmathEngine:
    """Intervals with mpf end points at ``bits`` bits; a value is a pair (lower, upper) of raw mpf tuples."""

    name = "mpmath"

    def __init__(self, bits: int = 53) -> None:
        if isinstance(bits, bool) or not isinstance(bits, int) or not 2 <= bits <= 2**24:
            raise InputError(f"precision of {bits!r} bits: allowed is an integer from 2 to {2**24}")
        self.bits = bits
        self._narrow = _margins(bits)

    def __enter__(self) -> MpmathEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to restore: the precision is an argument of every call."""

    def exact(self, x: int | Fraction) -> Pair:
        p, q = x.numerator, x.denominator
        return (
            libmp.from_rational(p, q, self.bits, "f"),
            libmp.from_rational(p, q, self.bits, "c"),
        )

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> Pair:
        if lo > hi:
            raise InputError(f"interval from {lo} to {hi}: the lower end must not exceed the upper")
        return self.exact(lo)[0], self.exact(hi)[1]

    def hull(self, a: Pair, b: Pair) -> Pair:
        return (
            a[0] if libmp.mpf_le(a[0], b[0]) else b[0],
            a[1] if libmp.mpf_ge(a[1], b[1]) else b[1],
        )

    def add(self, a: Pair, b: Pair) -> Pair:
        return _known(libmpi.mpi_add(a, b, self.bits))

    def sub(self, a: Pair, b: Pair) -> Pair:
        return _known(libmpi.mpi_sub(a, b, self.bits))

    def mul(self, a: Pair, b: Pair) -> Pair:
        return _known(libmpi.mpi_mul(a, b, self.bits))

    def div(self, a: Pair, b: Pair) -> Pair:
        if libmp.mpf_sign(b[0]) * libmp.mpf_sign(b[1]) <= 0:
            return NOTHING_KNOWN
        return _known(libmpi.mpi_div(a, b, self.bits))

    def neg(self, a: Pair) -> Pair:
        return libmp.mpf_neg(a[1]), libmp.mpf_neg(a[0])

    def power(self, a: Pair, n: int) -> Pair:
        if n < 0:
            return self.div((ONE, ONE), self.power(a, -n))
        return _known(libmpi.mpi_pow_int(a, n, self.bits))

    def sqrt(self, a: Pair) -> Pair:
        if libmp.mpf_sign(a[0]) < 0:
            return NOTHING_KNOWN
        return libmp.mpf_sqrt(a[0], self.bits, "f"), libmp.mpf_sqrt(a[1], self.bits, "c")

    def exp(self, a: Pair) -> Pair:
        return self._exp_end(a[0], 0), self._exp_end(a[1], 1)

    def log(self, a: Pair) -> Pair:
        if libmp.mpf_sign(a[0]) <= 0:
            return NOTHING_KNOWN
        low = self._log_end(a[0])
        high = low if a[1] == a[0] else self._log_end(a[1])
        return low[0], high[1]

    def sigmoid(self, a: Pair) -> Pair:
        low = self.exp((libmp.mpf_neg(a[0]),) * 2)
        high = low if a[1] == a[0] else self.exp((libmp.mpf_neg(a[1]),) * 2)
        below = libmp.mpf_add(ONE, low[1], self.bits, "c")
        above = libmp.mpf_add(ONE, high[0], self.bits, "f")
        return libmp.mpf_div(ONE, below, self.bits, "f"), libmp.mpf_div(ONE, above, self.bits, "c")

    def lower_dyadic(self, a: Pair) -> Dyadic:
        return _dyadic(a[0])

    def upper_dyadic(self, a: Pair) -> Dyadic:
        return _dyadic(a[1])

    def lower(self, a: Pair) -> Fraction:
        return dyadic_fraction(_dyadic(a[0]))

    def upper(self, a: Pair) -> Fraction:
        return dyadic_fraction(_dyadic(a[1]))

    def sign(self, a: Pair) -> Sign:
        low, high = libmp.mpf_sign(a[0]), libmp.mpf_sign(a[1])
        if low > 0:
            return Sign.POSITIVE
        if high < 0:
            return Sign.NEGATIVE
        return Sign.ZERO if low == high == 0 else Sign.UNDECIDED

    def is_finite(self, a: Pair) -> bool:
        return a[0] != MINUS_INFINITY and a[1] != INFINITY

    def _exp_end(self, x: Mpf, side: int) -> Mpf:
        """``exp(x)`` rounded down (side 0) or up (side 1)."""
        if not x[1]:  # zero or an infinity
            return ONE if x == ZERO else (ZERO if x == MINUS_INFINITY else INFINITY)
        if x[2] + x[3] > EXPONENT_LIMIT:
            bounds = (ZERO, ONE) if x[0] else (ONE, INFINITY)
            return bounds[side]
        return _widened(libmp.mpf_exp(x, self.bits + GUARD_BITS, "n"), self._narrow, self.bits, side)

    def _log_end(self, x: Mpf) -> Pair:
        """An enclosure of ``log(x)``, x > 0, proved by ``exp``."""
        if x == ONE:
            return ZERO, ZERO
        if x == INFINITY:
            return NOTHING_KNOWN
        guess = _guess_log(x, self.bits + GUARD_BITS)
        finer = MpmathEngine(self.bits + GUARD_BITS + max(0, -(guess[2] + guess[3])))
        for extra in (GUARD_BITS - 6, GUARD_BITS // 2, 0):
            radius = libmp.mpf_shift(libmp.mpf_abs(guess), -self.bits - extra)
            low, high = libmp.mpf_sub(guess, radius), libmp.mpf_add(guess, radius)
            if libmp.mpf_le(finer._exp_end(low, 1), x) and libmp.mpf_le(x, finer._exp_end(high, 0)):
                return libmp.mpf_pos(low, self.bits, "f"), libmp.mpf_pos(high, self.bits, "c")
        return NOTHING_KNOWN


def _guess_log(x: Mpf, bits: int) -> Mpf:
    """``log(x)``, not rigorous: the exponent is taken off first, where mpmath's own reduction fails just above 1/4."""
    sign, man, exp, bc = x
    exponent = exp + bc
    if -1 < exponent < 2:
        return libmp.mpf_log(x, bits, "n")
    log2 = libmp.mpf_mul(libmp.from_int(exponent), libmp.mpf_ln2(bits + 10), bits, "n")
    return libmp.mpf_add(libmp.mpf_log((sign, man, -bc, bc), bits, "n"), log2, bits, "n")


def _margins(bits: int) -> Pair:
    """``1 - 2^-(bits+16)`` and ``1 + 2^-(bits+16)``, exactly."""
    unit = 1 << (bits + MARGIN_BITS)
    return (
        libmp.from_man_exp(unit - 1, -bits - MARGIN_BITS),
        libmp.from_man_exp(unit + 1, -bits - MARGIN_BITS),
    )


def _widened(positive: Mpf, margins: Pair, bits: int, side: int) -> Mpf:
    return libmp.mpf_mul(positive, margins[side], bits, "fc"[side])


def _known(a: Pair) -> Pair:
    """An end point that is not a number bounds nothing."""
    low, high = a
    if low == libmp.fnan or high == libmp.fnan:
        return NOTHING_KNOWN
    return a


def _dyadic(x: Mpf) -> Dyadic:
    sign, man, exp, _ = x
    if not man and exp:
        raise NotEnoughPrecision("nothing is known about this value: an end point is infinite")
    return int(-man if sign else man), int(exp)
