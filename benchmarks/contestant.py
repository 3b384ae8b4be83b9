"""What a contestant is: a name, a solver of one triple, and what it claims about its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .cases import Triple

Bracket = tuple[Fraction, Fraction]
Solver = Callable[[Triple], Any]


@dataclass(frozen=True)
class Answer:
    """Brackets of the fixed points in log-odds; ``complete``: the solver claims that there is no other."""

    brackets: tuple[Bracket, ...]
    complete: bool


@dataclass(frozen=True)
class Contestant:
    """``solve`` is what is timed; ``answer`` turns what it returned into exact brackets, outside the timing.

    ``fresh`` is called before each timed round: it forgets results of earlier rounds, so that none is timed
    as a look-up.
    ``delivers`` says in words what the answer holds, because the contestants do not all deliver the same.
    """

    name: str
    solve: Solver
    answer: Callable[[Any], Answer]
    delivers: str
    fresh: Callable[[], None] = field(default=lambda: None)


def exact_answer(found: tuple[Sequence[tuple[float, float]], bool]) -> Answer:
    """The answer of a solver that returns (brackets in doubles, complete)."""
    brackets, complete = found
    return Answer(tuple((Fraction(low), Fraction(high)) for low, high in brackets), complete)


def optional(module: str) -> Any | None:
    """A module if it is installed: what the benchmark compares with is never a dependency."""
    try:
        return import_module(module)
    except ImportError:
        return None


def installed(package: str) -> str:
    """The version of a package, or `not installed`."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
