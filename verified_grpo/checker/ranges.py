"""Interval arithmetic for expressions: ends that are balls, so that wide intervals lose nothing at their
ends.

A range stands for a closed interval [a, b] with a in the ball `lower` and b in the ball `upper`. Each
operation gives a range that contains the image of its operands. Where an image is unknown or undefined
anywhere it raises `Unknown`, so that no NaN can pass through a maximum or an absolute value unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from verified_grpo.checker.arithmetic import least, most, sigma
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball


class Unknown(Exception):
    """Nothing is known of a value: it may be undefined, or the balls are too wide."""


@dataclass(frozen=True)
class Range:
    """A closed, bounded interval with balls for ends."""

    lower: Ball
    upper: Ball

    def __post_init__(self) -> None:
        if not (self.lower.is_finite() and self.upper.is_finite()):
            raise Unknown


def _rising(function: Callable[[Ball], Ball]) -> Callable[[Range], Range]:
    return lambda x: Range(function(x.lower), function(x.upper))


def _negated(x: Range) -> Range:
    return Range(-x.upper, -x.lower)


def _magnitude(x: Range) -> Range:
    if x.lower >= 0:
        return x
    if x.upper <= 0:
        return _negated(x)
    return Range(ball(0), (-x.lower).max(x.upper))


def _sum(x: Range, y: Range) -> Range:
    return Range(x.lower + y.lower, x.upper + y.upper)


def _product(x: Range, y: Range) -> Range:
    corners = [x.lower * y.lower, x.lower * y.upper, x.upper * y.lower, x.upper * y.upper]
    return Range(least(*corners), most(*corners))


def _reciprocal(x: Range) -> Range:
    if not (x.lower > 0 or x.upper < 0):
        raise Unknown
    return Range(1 / x.upper, 1 / x.lower)


def _power(x: Range, exponent: int) -> Range:
    if exponent < 0:
        return _reciprocal(_power(x, -exponent))
    base = _magnitude(x) if exponent % 2 == 0 else x
    return Range(base.lower**exponent, base.upper**exponent)


def _logarithm(x: Range) -> Range:
    if not x.lower > 0:
        raise Unknown
    return Range(x.lower.log(), x.upper.log())


_UNARY: dict[str, Callable[[Range], Range]] = {
    "neg": _negated,
    "abs": _magnitude,
    "sqrt": _rising(lambda x: x.sqrt()),
    "exp": _rising(lambda x: x.exp()),
    "log": _logarithm,
    "sinh": _rising(lambda x: x.sinh()),
    "tanh": _rising(lambda x: x.tanh()),
    "sigma": _rising(sigma),
    "cosh": lambda x: _rising(lambda end: end.cosh())(_magnitude(x)),
}
_BINARY: dict[str, Callable[[Range, Range], Range]] = {
    "+": _sum,
    "*": _product,
    "-": lambda x, y: _sum(x, _negated(y)),
    "/": lambda x, y: _product(x, _reciprocal(y)),
}


@dataclass(frozen=True)
class Ranges:
    """The algebra of ranges over a box of the variables."""

    variables: dict[str, Range]

    def constant(self, text: str, value: Fraction) -> Range:
        point = ball(value)
        return Range(point, point)

    def variable(self, name: str) -> Range:
        return self.variables[name]

    def power(self, base: Range, exponent: int) -> Range:
        return _power(base, exponent)

    def apply(self, operator: str, operands: list[Range]) -> Range:
        if operator in _UNARY:
            return _UNARY[operator](operands[0])
        return reduce(_BINARY[operator], operands)
