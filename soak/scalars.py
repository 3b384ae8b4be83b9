"""Containment for the engines of single numbers and for the checker's rationals, by Arb at many more bits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from flint import arb, ctx
from mpmath import libmp

from tests.intervals.points import Mpf, Pair, number, oracle_precision, random_interval, settle
from verified_grpo.checker.rational import RATIONAL, UNKNOWN, Span
from verified_grpo.intervals import make_engine

from .tally import Tally

CHUNK = 1000
SUBJECTS = ("mpmath", "arb", "rational")
BITS = (24, 53, 53, 53, 64, 64, 80, 80, 113, 113, 200)
EXPONENTS = (-9, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 15, 64)

BINARY = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
}
# image, sizes up to 2^±reach
UNARY: dict[str, tuple[Callable[[arb], arb], int]] = {
    "sqrt": (arb.sqrt, 10**6),
    "exp": (arb.exp, 40),
    "log": (arb.log, 10**6),
    "sigmoid": (lambda x: 1 / (1 + (-x).exp()), 40),
    "sinh": (arb.sinh, 40),
    "cosh": (arb.cosh, 40),
    "tanh": (arb.tanh, 9),
}
POSITIVE = ("sqrt", "log")
OPERATIONS = {
    "mpmath": (*BINARY, "power", "sqrt", "exp", "log", "sigmoid"),
    "arb": (*BINARY, "power", "sqrt", "exp", "log", "sigmoid"),
    "rational": (*BINARY, "power", "sqrt", "exp", "log", "sinh", "cosh", "tanh"),
}


class Subject(Protocol):
    """An arithmetic under test."""

    def make(self, pair: Pair) -> Any: ...

    def apply(self, name: str, operands: list[Any]) -> Any: ...

    def bounds(self, value: Any) -> tuple[arb, arb] | None:
        """Exact ends, None where nothing is known."""
        ...


class EngineSubject:
    """An engine of the suite."""

    def __init__(self, name: str, bits: int) -> None:
        self.name, self.engine = name, make_engine(name, bits)

    def make(self, pair: Pair) -> Any:
        if self.name == "mpmath":
            return pair
        low, high = number(pair[0]), number(pair[1])
        return low if pair[0] == pair[1] else self.engine.hull(low, high)

    def apply(self, name: str, operands: list[Any]) -> Any:
        return getattr(self.engine, name)(*operands)

    def bounds(self, value: Any) -> tuple[arb, arb] | None:
        if not self.engine.is_finite(value):
            return None
        return arb(self.engine.lower_dyadic(value)), arb(self.engine.upper_dyadic(value))


class RationalSubject:
    """The checker's second arithmetic."""

    def make(self, pair: Pair) -> Any:
        low, high = (_span(end) for end in pair)
        return low if pair[0] == pair[1] else low.union(high)

    def apply(self, name: str, operands: list[Any]) -> Any:
        if name in BINARY:
            return BINARY[name](*operands)
        return operands[0] ** operands[1] if name == "power" else getattr(operands[0], name)()

    def bounds(self, value: Any) -> tuple[arb, arb] | None:
        if value is UNKNOWN:
            return None
        return arb((value.low, value.exponent)), arb((value.high, value.exponent))


def _span(end: Mpf) -> Span:
    mantissa = -int(end[1]) if end[0] else int(end[1])
    return Span(mantissa, mantissa, int(end[2]))


def chunk(subject: str, name: str, seed: str) -> Tally:
    """So many random cases of one operation, held against Arb at the images of the operands' ends."""
    rng = random.Random(seed)
    bits = rng.choice(BITS)
    tested: Subject = RationalSubject() if subject == "rational" else EngineSubject(subject, bits)
    cases = [_case(rng, name, bits) for _ in range(CHUNK)]
    with _precision(subject, bits):
        results = [tested.apply(name, [_made(tested, x) for x in operands]) for operands in cases]
    tally = Tally(cases=CHUNK)
    with ctx.workprec(oracle_precision(bits)):
        for operands, result in zip(cases, results, strict=True):
            _judge(tally, name, operands, tested.bounds(result))
    return tally


@contextmanager
def _precision(subject: str, bits: int) -> Iterator[None]:
    with RATIONAL.precision(bits) if subject == "rational" else make_engine(subject, bits):
        yield


def _made(tested: Subject, operand: Any) -> Any:
    return operand if isinstance(operand, int) else tested.make(operand)


def _case(rng: random.Random, name: str, bits: int) -> list[Any]:
    """Operands as pairs of raw numbers; one in sixteen may leave the function's domain."""
    if name in UNARY:
        signed = name not in POSITIVE or rng.randrange(16) == 0
        return [random_interval(rng, bits, UNARY[name][1], signed=signed)]
    first = random_interval(rng, bits, 3000, signed=True)
    if name == "power":
        return [first, rng.choice(EXPONENTS)]
    return [first, random_interval(rng, bits, 3000, signed=True)]


def _judge(tally: Tally, name: str, operands: list[Any], bounds: tuple[arb, arb] | None) -> None:
    defined = _is_defined(name, operands)
    if bounds is None or not defined:
        # where the function is not defined on all of the operand, nothing may be claimed
        if bounds is not None:
            tally.violations += 1
            tally.examples.append(f"{name} claimed outside its domain: {operands}")
        return
    low, high = bounds
    for point in _points(operands):
        value = _image(name)(*point)
        if low <= value and value <= high:
            continue
        inside = settle(low, high, _image(name), point)
        tally.undecided += inside is None
        if inside is False:
            tally.violations += 1
            tally.examples.append(f"{name} {operands}")


def _image(name: str) -> Callable[..., arb]:
    if name == "power":
        return lambda x, n: x**n
    return BINARY[name] if name in BINARY else UNARY[name][0]


def _points(operands: list[Any]) -> list[tuple[Any, ...]]:
    ends = [[x] if isinstance(x, int) else [number(x[0]), number(x[1])] for x in operands]
    if len(ends) == 1:
        return [(x,) for x in ends[0]]
    return [(x, y) for x in ends[0] for y in ends[1]]


def _is_defined(name: str, operands: list[Any]) -> bool:
    sign = libmp.mpf_sign
    if name in POSITIVE:
        least = sign(operands[0][0])
        return bool(least > 0 or (least == 0 and name == "sqrt"))
    if name == "div" or (name == "power" and operands[1] < 0):
        low, high = operands[1] if name == "div" else operands[0]
        return bool(sign(low) * sign(high) > 0)
    return True
