"""The protocol that every scalar interval engine follows.

**The meaning of an enclosure.** A value `V` of an engine stands for a set of real numbers, an interval or a
ball. Every operation `f` of an engine keeps the inclusion principle: for all reals `x` in `a` (and `y` in
`b`) at which the exact function is defined, `f(x)` (or `f(x, y)`) lies in the value that the operation
returns. When the function is not defined on all of `a`, or the result cannot be bounded, the value returned
is "nothing known" (all the reals or more: `is_finite` is false); an operation never raises for that reason
and never returns a wrong enclosure. Widths are as small as the precision allows, but nothing is promised
about them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import TracebackType
from typing import Protocol, TypeVar

from ..errors import NotEnoughPrecision
from .sign import Sign

V = TypeVar("V")

# A dyadic number m * 2**e as the pair (m, e).
Dyadic = tuple[int, int]

# The precision of an engine, at most.
BITS_LIMIT = 2**24

# An end point m * 2**e with |e| beyond this is not written out as a Fraction.
FRACTION_EXPONENT_LIMIT = 2**22


class Engine(Protocol[V]):
    """Sound arithmetic on opaque enclosures `V`, at about `bits` bits.

    Used as a context manager an engine puts its precision in force and takes it back on exit; outside
    `with` the operations are as sound, and possibly less accurate.
    """

    @property
    def name(self) -> str:
        """`mpmath` or `arb`."""

    @property
    def bits(self) -> int:
        """Working precision in bits."""

    def __enter__(self) -> Engine[V]: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def exact(self, x: int | Fraction) -> V:
        """Encloses the number `x`."""

    def interval(self, lo: int | Fraction, hi: int | Fraction) -> V:
        """Contains the closed interval [lo, hi]; lo <= hi, else `InputError`."""

    def hull(self, a: V, b: V) -> V:
        """Contains `a`, `b` and all between."""

    # The operations are described as callables, so that an engine may bind a library's own function.
    @property
    def add(self) -> Callable[[V, V], V]: ...

    @property
    def sub(self) -> Callable[[V, V], V]: ...

    @property
    def mul(self) -> Callable[[V, V], V]: ...

    @property
    def div(self) -> Callable[[V, V], V]:
        """Quotient; not finite when the divisor reaches zero."""

    @property
    def neg(self) -> Callable[[V], V]: ...

    def power(self, a: V, n: int) -> V:
        """`a**n` for any integer n; `a**0` is 1; even powers are never negative beyond rounding."""

    @property
    def sqrt(self) -> Callable[[V], V]:
        """Square root; not finite when `a` reaches below zero."""

    @property
    def exp(self) -> Callable[[V], V]: ...

    @property
    def log(self) -> Callable[[V], V]:
        """Natural logarithm; not finite when `a` reaches zero or below."""

    def sigmoid(self, a: V) -> V:
        """`1/(1 + exp(-a))`, by end points, relatively accurate in both tails; `1 - sigmoid(a)` is
        `sigmoid(-a)`.
        """

    def lower(self, a: V) -> Fraction:
        """A lower bound of `a`: its exact dyadic end point. Raises `NotEnoughPrecision` when there is
        none.
        """

    def upper(self, a: V) -> Fraction:
        """An upper bound of `a`: its exact dyadic end point. Raises `NotEnoughPrecision` when there is
        none.
        """

    def lower_dyadic(self, a: V) -> Dyadic:
        """`lower(a)` as (m, e), the number m * 2**e, whatever the size of e."""

    def upper_dyadic(self, a: V) -> Dyadic:
        """`upper(a)` as (m, e), the number m * 2**e, whatever the size of e."""

    def sign(self, a: V) -> Sign:
        """What `a` proves about the sign of the number inside."""

    def is_finite(self, a: V) -> bool:
        """Whether `a` is bounded on both sides."""


def dyadic_fraction(number: Dyadic) -> Fraction:
    """The Fraction m * 2**e; `NotEnoughPrecision` when e is too large for it to be written out."""
    m, e = number
    if abs(e) > FRACTION_EXPONENT_LIMIT:
        raise NotEnoughPrecision(f"an end point has the binary exponent {e}: too large for a fraction")
    return Fraction(m << e) if e >= 0 else Fraction(m, 1 << -e)
