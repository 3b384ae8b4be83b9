"""Derivations: formulas that SymPy derives, each re-checked by Arb at random points, by two routes.

A derivative is compared with SymPy's and with the second coefficient of a power series that Arb computes from
the function itself (automatic differentiation), so that a wrong simplification or a wrong derivative is
caught. A rewriting is compared by value. These checks stand beside the certificate: they are evidence at
points, and what a statement needs of them for all values goes through identities that the checker decides.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from flint import arb, arb_series, fmpq

from verified_grpo.intervals import ArbEngine
from verified_grpo.model.compilation import compile_expressions

POINTS = 32
BITS = 256
TOLERANCE = Fraction(1, 2**100)

Domain = Mapping[sp.Symbol, tuple[str, str]]


class Series:
    """Power series of two terms with ball coefficients: a number and its derivative."""

    def exact(self, x: int | Fraction) -> Any:
        return arb_series([_ball(Fraction(x))], prec=2)

    def variable(self, x: Fraction) -> Any:
        """The independent variable at x."""
        return arb_series([_ball(x), arb(1)], prec=2)

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def sub(self, a: Any, b: Any) -> Any:
        return a - b

    def mul(self, a: Any, b: Any) -> Any:
        return a * b

    def div(self, a: Any, b: Any) -> Any:
        return a / b

    def neg(self, a: Any) -> Any:
        return -a

    def power(self, a: Any, n: int) -> Any:
        return a**n

    def sqrt(self, a: Any) -> Any:
        return a.sqrt()

    def exp(self, a: Any) -> Any:
        return a.exp()

    def log(self, a: Any) -> Any:
        return a.log()

    def sigmoid(self, a: Any) -> Any:
        return 1 / (1 + (-a).exp())


def _ball(x: Fraction) -> Any:
    return arb(fmpq(x.numerator, x.denominator))


@dataclass(frozen=True)
class Rewriting:
    """Two expressions are equal on a domain of their symbols."""

    text: str
    left: sp.Expr
    right: sp.Expr
    domain: Domain

    def fault(self) -> str:
        """Why the equality is refuted or not confirmed at some random point; empty where it is confirmed."""
        program = _program([self.left, self.right], self.domain)
        with ArbEngine(BITS) as engine:
            for point in _random_points(self.text, self.domain):
                left, right = program.bind(engine)(*(engine.exact(x) for x in point))
                if not _agree(left, right):
                    return f"{self.text}: the two sides differ at {_shown(self.domain, point)}"
        return ""


@dataclass(frozen=True)
class Derivative:
    """``claimed`` is the derivative of ``function`` with respect to ``variable`` on a domain."""

    text: str
    function: sp.Expr
    variable: sp.Symbol
    claimed: sp.Expr
    domain: Domain

    def fault(self) -> str:
        """As :meth:`Rewriting.fault`, by SymPy's derivative and by Arb's power series."""
        derived = Rewriting(self.text, sp.diff(self.function, self.variable), self.claimed, self.domain)
        return derived.fault() or self._fault_of_series()

    def _fault_of_series(self) -> str:
        program = _program([self.function], self.domain)
        claimed = _program([self.claimed], self.domain)
        series = Series()
        with ArbEngine(BITS) as engine:
            for point in _random_points(self.text, self.domain):
                values = [
                    series.variable(x) if symbol == self.variable else series.exact(x)
                    for symbol, x in zip(self.domain, point, strict=True)
                ]
                (value,) = program.bind(series)(*values)
                (expected,) = claimed.bind(engine)(*(engine.exact(x) for x in point))
                if not _agree(value.coeffs()[1] if value.length() > 1 else arb(0), expected):
                    return f"{self.text}: Arb's series disagrees at {_shown(self.domain, point)}"
        return ""


Derivation = Rewriting | Derivative


def _program(expressions: list[sp.Expr], domain: Domain) -> Any:
    return compile_expressions([e.rewrite(sp.exp) for e in map(sp.sympify, expressions)], list(domain))


def _agree(left: Any, right: Any) -> bool:
    """The enclosures meet, and both are so thin that meeting says something."""
    difference, size = left - right, 1 + abs(left) + abs(right)
    return bool(difference.contains(0) and abs(difference) < size * _ball(TOLERANCE))


def _random_points(seed: str, domain: Domain) -> list[list[Fraction]]:
    chance = random.Random(seed)
    ends = [(Fraction(low), Fraction(high)) for low, high in domain.values()]
    return [
        [low + (high - low) * Fraction(chance.randrange(1, 2**20), 2**20) for low, high in ends]
        for _ in range(POINTS)
    ]


def _shown(domain: Domain, point: list[Fraction]) -> str:
    return ", ".join(f"{symbol} = {x}" for symbol, x in zip(domain, point, strict=True))
