"""Balls of Arb (through python-flint) behind the suite's protocol.

Arb's own operations keep the inclusion principle; what this file adds is the precision, set only inside
`with` (python-flint's precision is one global number, shared by all threads), and the few operations for
which a wide ball needs its end points. A ball has one radius of 30 bits, so a wide ball loses relative
accuracy at its lower end.
"""

from __future__ import annotations

import operator
import threading
from fractions import Fraction
from types import TracebackType

import flint
from flint import arb, ctx, fmpq

from ..errors import InputError, NotEnoughPrecision
from .engine import BITS_LIMIT, Dyadic, dyadic_fraction
from .sign import Sign

# python-flint's precision is global to the process: whoever sets it holds this lock until it is restored. It
# is kept with the library, where the checker, which shares no code with this room, finds the same one.
_PRECISION_LOCK: threading.RLock = vars(flint).setdefault("precision_lock", threading.RLock())

_ZERO = arb(0)
_ONE = arb(1)

# A ball of smaller radius than this is taken as a whole by `sigmoid`, without its end points; one that is
# known to so many bits by `power`.
_THIN = arb((1, -16))
_THIN_BITS = 16

# The end points of a ball are exact while mid and rad are not more than so many bits apart.
_GAP = 2**10


class ArbEngine:
    """Ball arithmetic at `bits` bits; a value is a `flint.arb`, and NaN means "nothing known"."""

    name = "arb"

    def __init__(self, bits: int = 53) -> None:
        if isinstance(bits, bool) or not isinstance(bits, int) or not 2 <= bits <= BITS_LIMIT:
            raise InputError(f"precision of {bits!r} bits: allowed is an integer from 2 to {BITS_LIMIT}")
        self.bits = bits
        self._outer: list[int] = []  # precisions to restore; written only under the lock

    def __enter__(self) -> ArbEngine:
        _PRECISION_LOCK.acquire()
        self._outer.append(ctx.prec)
        ctx.prec = self.bits
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ctx.prec = self._outer.pop()
        _PRECISION_LOCK.release()

    def exact(self, x: int | Fraction) -> arb:
        return arb(x) if isinstance(x, int) else arb(fmpq(*x.as_integer_ratio()))

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> arb:
        if lo > hi:
            raise InputError(f"interval from {lo} to {hi}: the lower end must not exceed the upper")
        return self.exact(lo).union(self.exact(hi))

    # Plain calls of Arb: nothing is added to their cost.
    hull = staticmethod(arb.union)
    add = staticmethod(operator.add)
    sub = staticmethod(operator.sub)
    mul = staticmethod(operator.mul)
    div = staticmethod(operator.truediv)
    neg = staticmethod(operator.neg)
    sqrt = staticmethod(arb.sqrt)
    exp = staticmethod(arb.exp)
    log = staticmethod(arb.log)
    is_finite = staticmethod(arb.is_finite)

    def power(self, a: arb, n: int) -> arb:
        """Of a thin ball by products; of a wide one, and of one around 0, by its ends, as the power is
        monotone on both sides of 0: a product forgets that its factors are the same number.
        """
        if a.is_nan():
            return a
        if n < 0:
            return _ONE / self.power(a, -n)
        if n < 2 or a.rel_accuracy_bits() >= _THIN_BITS:
            return _product_power(a, n)
        if n & 1:
            return _product_power(a.lower(), n).union(_product_power(a.upper(), n))
        return _product_power(a.abs_lower(), n).union(_product_power(a.abs_upper(), n))

    def sigmoid(self, a: arb) -> arb:
        if a.rad() < _THIN:
            return _ONE / (_ONE + (-a).exp())
        low, high = a.lower(), a.upper()
        return (_ONE / (_ONE + (-low).exp())).union(_ONE / (_ONE + (-high).exp()))

    def lower_dyadic(self, a: arb) -> Dyadic:
        return _end_point(a, -1)

    def upper_dyadic(self, a: arb) -> Dyadic:
        return _end_point(a, +1)

    def lower(self, a: arb) -> Fraction:
        return dyadic_fraction(_end_point(a, -1))

    def upper(self, a: arb) -> Fraction:
        return dyadic_fraction(_end_point(a, +1))

    def sign(self, a: arb) -> Sign:
        if a > 0:
            return Sign.POSITIVE
        if a < 0:
            return Sign.NEGATIVE
        return Sign.ZERO if a.is_zero() else Sign.UNDECIDED


def _product_power(a: arb, n: int) -> arb:
    """`a**n`, n >= 0, by squaring and multiplying."""
    result = None
    while n:
        if n & 1:
            result = a if result is None else result * a
        n >>= 1
        if n:
            a = a * a
    return _ONE if result is None else result


def _end_point(a: arb, side: int) -> Dyadic:
    """`mid + side * rad`; mid and rad are read as they are, without the precision in force.

    Exact, unless the two are so far apart in size that writing out their sum would take more than 2^10
    bits: then it is rounded outward.
    """
    if not a.is_finite():
        raise NotEnoughPrecision("nothing is known about this value: its ball is not finite")
    man, exp = a.mid().man_exp()
    m, e = int(man), int(exp)
    man, exp = a.rad().man_exp()
    r, f = int(man), int(exp)
    if r == 0:
        return m, e
    if m == 0:
        return side * r, f
    if m.bit_length() + e <= f - _GAP:  # |mid| < 2^(f - gap)
        return side * ((r << _GAP) + 1), f - _GAP
    if r.bit_length() + f <= e - _GAP:  # rad < 2^(e - gap)
        return (m << _GAP) + side, e - _GAP
    low = min(e, f)
    return (m << (e - low)) + side * (r << (f - low)), low
