"""The one door to enclosures: which arithmetic is in force, and what every arithmetic gives.

Two independent ones do the same work: "arb", the balls of Arb through python-flint, and "rational", dyadic
intervals written in this package with the standard library alone. Every enclosure of the checker is made by
`ball` (in numbers.py) under the arithmetic in force, and keeps to it through its own methods. A comparison
is True only where it is certain; a value of which nothing is known compares False with everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from importlib.util import find_spec

from verified_grpo.checker.enclosure import Arithmetic, Ball

NAMES = ("arb", "rational")


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


def another_than(engine: str) -> str:
    """The arithmetic to check with what an engine found, so that what one library gets wrong another sees;
    the standard library's where Arb is not installed."""
    return "rational" if engine == "arb" or not is_installed("arb") else "arb"


def is_installed(name: str) -> bool:
    """Whether one of NAMES can be asked for: Arb comes with python-flint."""
    return name != "arb" or find_spec("flint") is not None


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
