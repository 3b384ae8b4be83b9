"""The one door to enclosures: which arithmetic is in force, and what every arithmetic gives.

Two independent ones do the same work: "arb", the balls of Arb through python-flint, and "rational", dyadic
intervals written in this package with the standard library alone. Every enclosure of the checker is made by
`ball` (in numbers.py) under the arithmetic in force, and keeps to it through its own methods. A comparison
is True only where it is certain; a value of which nothing is known compares False with everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import reduce
from typing import Protocol

NAMES = ("arb", "rational")


class Ball(Protocol):
    """A closed set of reals that contains the exact value; every operation contains the exact image."""

    def __add__(self, other: Ball | int, /) -> Ball: ...
    def __radd__(self, other: int, /) -> Ball: ...
    def __sub__(self, other: Ball | int, /) -> Ball: ...
    def __rsub__(self, other: int, /) -> Ball: ...
    def __mul__(self, other: Ball | int, /) -> Ball: ...
    def __rmul__(self, other: int, /) -> Ball: ...
    def __truediv__(self, other: Ball | int, /) -> Ball: ...
    def __rtruediv__(self, other: int, /) -> Ball: ...
    def __pow__(self, exponent: int, /) -> Ball: ...
    def __neg__(self) -> Ball: ...
    def __abs__(self) -> Ball: ...
    def __lt__(self, other: Ball | int, /) -> bool: ...
    def __le__(self, other: Ball | int, /) -> bool: ...
    def __gt__(self, other: Ball | int, /) -> bool: ...
    def __ge__(self, other: Ball | int, /) -> bool: ...
    def sqrt(self) -> Ball: ...
    def exp(self) -> Ball: ...
    def log(self) -> Ball: ...
    def sinh(self) -> Ball: ...
    def cosh(self) -> Ball: ...
    def tanh(self) -> Ball: ...
    def min(self, other: Ball, /) -> Ball: ...
    def max(self, other: Ball, /) -> Ball: ...

    def union(self, other: Ball, /) -> Ball:
        """An interval that contains both."""
        ...

    def is_finite(self) -> bool:
        """Whether anything is known of the value."""
        ...


class Arithmetic(Protocol):
    """A way to enclose real numbers."""

    @property
    def name(self) -> str: ...

    def enclose(self, number: Fraction) -> Ball:
        """An enclosure of an exact number at the precision in force."""
        ...

    def ends(self, value: Ball) -> tuple[Fraction, Fraction]:
        """The exact ends of a finite enclosure, or a little outside of them."""
        ...

    def precision(self, bits: int) -> AbstractContextManager[object]:
        """The working precision for a block, and what it was before afterwards."""
        ...

    def bits(self) -> int:
        """The working precision in force."""
        ...


_chosen: ContextVar[Arithmetic | None] = ContextVar("arithmetic", default=None)


def in_force() -> Arithmetic:
    """The arithmetic chosen for this thread or task; Arb's where none is."""
    return _chosen.get() or _named("arb")


@contextmanager
def using(name: str) -> Iterator[None]:
    """A block in which one of NAMES is in force."""
    before = _chosen.set(_named(name))
    try:
        yield
    finally:
        _chosen.reset(before)


def _named(name: str) -> Arithmetic:
    """Imported only when asked for: with "rational", flint is never loaded."""
    if name == "rational":
        from verified_grpo.checker.rational import RATIONAL

        return RATIONAL
    from verified_grpo.checker.balls import ARB

    return ARB


def least(*values: Ball) -> Ball:
    """The minimum of some enclosed numbers."""
    return reduce(lambda x, y: x.min(y), values)


def most(*values: Ball) -> Ball:
    """The maximum of some enclosed numbers."""
    return reduce(lambda x, y: x.max(y), values)


def sigma(logit: Ball) -> Ball:
    """1/(1 + exp(-L)), the probability of a log-odds."""
    return 1 / (1 + (-logit).exp())
