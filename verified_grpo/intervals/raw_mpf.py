"""mpmath's raw numbers: the one typed door to ``mpmath.libmp``, which ships no types.

A raw number is a tuple (sign, mantissa, exponent, size) with an odd mantissa of `size` bits, or one of the
special tuples below. Functions take the precision and the direction of rounding as arguments; no context is
involved.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from mpmath import libmp
from mpmath.libmp import libmpi

from ..errors import NotEnoughPrecision
from .engine import Dyadic

Mpf = tuple[int, int, int, int]
Pair = tuple[Mpf, Mpf]

ZERO: Mpf = libmp.fzero
HALF: Mpf = libmp.fhalf
ONE: Mpf = libmp.fone
INFINITY: Mpf = libmp.finf
MINUS_INFINITY: Mpf = libmp.fninf
NAN: Mpf = libmp.fnan

DOWN, UP = "f", "c"

from_rational: Callable[[int, int, int, str], Mpf] = libmp.from_rational
rounded: Callable[[Mpf, int, str], Mpf] = libmp.mpf_pos
at_most: Callable[[Mpf, Mpf], bool] = libmp.mpf_le
negative: Callable[[Mpf], Mpf] = libmp.mpf_neg
sign: Callable[[Mpf], int] = libmp.mpf_sign

_add: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_add
_sub: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_sub

# Interval operations that round outward correctly; what is not a number comes back as an infinite end.
mul: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_mul
div: Callable[[Pair, Pair, int], Pair] = libmpi.mpi_div
power: Callable[[Pair, int, int], Pair] = libmpi.mpi_pow_int


def add(a: Pair, b: Pair, bits: int) -> Pair:
    """Contains x + y for every x in a and y in b."""
    if _long(a, b, bits):
        a, b = _shortened(a, bits), _shortened(b, bits)
    return _add(a, b, bits)


def sub(a: Pair, b: Pair, bits: int) -> Pair:
    """Contains x - y for every x in a and y in b."""
    if _long(a, b, bits):
        a, b = _shortened(a, bits), _shortened(b, bits)
    return _sub(a, b, bits)


def _long(a: Pair, b: Pair, bits: int) -> bool:
    """Whether an end has more bits than the precision.

    mpmath's sum keeps but the sign of an operand that is smaller by more than the precision. That rounds
    correctly while the larger one has no more bits than the result; the digits of a longer one may reach
    down to the operand dropped, and then the sum is rounded to the wrong side.
    """
    return a[0][3] > bits or a[1][3] > bits or b[0][3] > bits or b[1][3] > bits


def _shortened(a: Pair, bits: int) -> Pair:
    """An interval around `a` whose ends have at most so many bits."""
    return rounded(a[0], bits, DOWN), rounded(a[1], bits, UP)


def down(mantissa: int, exponent: int, bits: int) -> Mpf:
    """``mantissa * 2^exponent`` rounded towards minus infinity."""
    return _from_signed(mantissa, exponent, bits, mantissa.bit_length() - bits)


def up(mantissa: int, exponent: int, bits: int) -> Mpf:
    """``mantissa * 2^exponent`` rounded towards plus infinity."""
    excess = mantissa.bit_length() - bits
    if excess > 0:
        mantissa, exponent, excess = -(-mantissa >> excess), exponent + excess, 0
    return _from_signed(mantissa, exponent, bits, excess)


def _from_signed(mantissa: int, exponent: int, bits: int, excess: int) -> Mpf:
    if excess > 0:
        mantissa >>= excess
        exponent += excess
    if not mantissa:
        return ZERO
    zeros = (mantissa & -mantissa).bit_length() - 1
    mantissa >>= zeros
    if mantissa > 0:
        return 0, mantissa, exponent + zeros, mantissa.bit_length()
    return 1, -mantissa, exponent + zeros, mantissa.bit_length()


def sqrt(x: Mpf, bits: int) -> Pair:
    """The square root of x >= 0, rounded down and up."""
    _, mantissa, exponent, size = x
    if not mantissa:
        return x, x
    shift = max(0, 2 * bits + 4 - size)
    shift += (exponent - shift) & 1
    scaled = int(mantissa) << shift
    root = math.isqrt(scaled)
    half = (exponent - shift) >> 1
    return down(root, half, bits), up(root + (root * root != scaled), half, bits)


def dyadic(x: Mpf) -> Dyadic:
    """x as (m, e), the number m * 2^e; `NotEnoughPrecision` for an infinity or NaN."""
    is_negative, mantissa, exponent, _ = x
    if not mantissa and exponent:
        raise NotEnoughPrecision("nothing is known about this value: an end point is not finite")
    return int(-mantissa if is_negative else mantissa), int(exponent)
