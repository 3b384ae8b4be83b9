"""mpmath's intervals made sound.

The four operations and integer powers of ``mpmath.libmp`` are integer arithmetic with a remainder,
correctly rounded (powers: directed all the way), and are used as they are, with the precision as an
argument: no context, no global state. Its `exp` and `log` are not correctly rounded, and its interval
functions trust them; here both come from :mod:`.elementary`, whose error is proved.
"""

from __future__ import annotations

from fractions import Fraction
from types import TracebackType

from ..errors import InputError
from . import elementary
from . import raw_mpf as raw
from .engine import BITS_LIMIT, Dyadic, dyadic_fraction
from .raw_mpf import DOWN, INFINITY, MINUS_INFINITY, NAN, ONE, UP, Pair
from .sign import Sign

NOTHING_KNOWN: Pair = (NAN, NAN)
"""Not the whole line: nothing is known of what is computed from it either, be it times 0 or a sigmoid."""


class MpmathEngine:
    """Intervals with mpf end points at `bits` bits; a value is a pair (lower, upper) of raw mpf tuples.

    Invariant: a value is `NOTHING_KNOWN`, or lower <= upper, neither is NaN, lower < +inf and upper > -inf.
    """

    name = "mpmath"

    def __init__(self, bits: int = 53) -> None:
        if isinstance(bits, bool) or not isinstance(bits, int) or not 2 <= bits <= BITS_LIMIT:
            raise InputError(f"precision of {bits!r} bits: allowed is an integer from 2 to {BITS_LIMIT}")
        self.bits = bits

    def __enter__(self) -> MpmathEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to restore: the precision is an argument of every call."""

    def exact(self, x: int | Fraction) -> Pair:
        p, q = x.numerator, x.denominator
        return raw.from_rational(p, q, self.bits, DOWN), raw.from_rational(p, q, self.bits, UP)

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> Pair:
        if lo > hi:
            raise InputError(f"interval from {lo} to {hi}: the lower end must not exceed the upper")
        return self.exact(lo)[0], self.exact(hi)[1]

    def hull(self, a: Pair, b: Pair) -> Pair:
        if NOTHING_KNOWN in (a, b):
            return NOTHING_KNOWN
        return a[0] if raw.at_most(a[0], b[0]) else b[0], b[1] if raw.at_most(a[1], b[1]) else a[1]

    def add(self, a: Pair, b: Pair) -> Pair:
        return NOTHING_KNOWN if NOTHING_KNOWN in (a, b) else raw.add(a, b, self.bits)

    def sub(self, a: Pair, b: Pair) -> Pair:
        return NOTHING_KNOWN if NOTHING_KNOWN in (a, b) else raw.sub(a, b, self.bits)

    def mul(self, a: Pair, b: Pair) -> Pair:
        return NOTHING_KNOWN if NOTHING_KNOWN in (a, b) else raw.mul(a, b, self.bits)

    def div(self, a: Pair, b: Pair) -> Pair:
        if NOTHING_KNOWN in (a, b) or raw.sign(b[0]) * raw.sign(b[1]) <= 0:
            return NOTHING_KNOWN
        return raw.div(a, b, self.bits)

    def neg(self, a: Pair) -> Pair:
        return NOTHING_KNOWN if a == NOTHING_KNOWN else (raw.negative(a[1]), raw.negative(a[0]))

    def power(self, a: Pair, n: int) -> Pair:
        if a == NOTHING_KNOWN:
            return NOTHING_KNOWN
        if n < 0:
            return self.div((ONE, ONE), raw.power(a, -n, self.bits + elementary.GUARD_BITS))
        return raw.power(a, n, self.bits)

    def sqrt(self, a: Pair) -> Pair:
        if a == NOTHING_KNOWN or raw.sign(a[0]) < 0:
            return NOTHING_KNOWN
        low = raw.sqrt(a[0], self.bits)
        return low if a[0] == a[1] else (low[0], raw.sqrt(a[1], self.bits)[1])

    def exp(self, a: Pair) -> Pair:
        return NOTHING_KNOWN if a == NOTHING_KNOWN else elementary.exp(a, self.bits)

    def log(self, a: Pair) -> Pair:
        return elementary.log(a, self.bits) if raw.sign(a[0]) > 0 else NOTHING_KNOWN

    def sigmoid(self, a: Pair) -> Pair:
        return NOTHING_KNOWN if a == NOTHING_KNOWN else elementary.sigmoid(a, self.bits)

    def lower_dyadic(self, a: Pair) -> Dyadic:
        return raw.dyadic(a[0])

    def upper_dyadic(self, a: Pair) -> Dyadic:
        return raw.dyadic(a[1])

    def lower(self, a: Pair) -> Fraction:
        return dyadic_fraction(raw.dyadic(a[0]))

    def upper(self, a: Pair) -> Fraction:
        return dyadic_fraction(raw.dyadic(a[1]))

    def sign(self, a: Pair) -> Sign:
        low, high = raw.sign(a[0]), raw.sign(a[1])
        if low > 0:
            return Sign.POSITIVE
        if high < 0:
            return Sign.NEGATIVE
        return Sign.ZERO if low == high == 0 and a != NOTHING_KNOWN else Sign.UNDECIDED

    def is_finite(self, a: Pair) -> bool:
        return a[0] not in (MINUS_INFINITY, NAN) and a[1] != INFINITY
