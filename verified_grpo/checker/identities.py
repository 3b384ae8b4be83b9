"""Kind "identity": two rational expressions with rational coefficients are equal, by exact values on a grid
(lemma 7).

Both sides are brought to numerator over denominator without cancelling, by the same rules twice: once over
bounds, which gives the degree of each polynomial in each variable, and once over the integers at each point
of the grid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Generic, TypeVar

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.expressions import (
    RATIONAL,
    Infix,
    Program,
    powers_said,
    read_expression,
    read_name,
    run,
)
from verified_grpo.checker.fuel import pay_for_operations
from verified_grpo.checker.limits import MAX_INTEGER_BITS, MAX_VARIABLES
from verified_grpo.checker.reading import items, record, tag

_FIRST_POINT = 2  # 0 and 1 are where denominators like to vanish
_POINT_BITS = 32  # more points than that in one variable are too much work
_STEP_COST = 8  # operations


@dataclass(frozen=True)
class Bound:
    """Bounds for one polynomial: its degree in each variable, and last the bits of its values on the
    grid."""

    sizes: tuple[int, ...]

    def __mul__(self, other: Bound) -> Bound:
        return Bound(tuple(a + b for a, b in zip(self.sizes, other.sizes, strict=True)))

    def __add__(self, other: Bound) -> Bound:
        most = tuple(max(a, b) for a, b in zip(self.sizes, other.sizes, strict=True))
        return Bound((*most[:-1], most[-1] + 1))

    def __neg__(self) -> Bound:
        return self

    def __pow__(self, exponent: int) -> Bound:
        return Bound(tuple(size * exponent for size in self.sizes))


R = TypeVar("R", int, Bound)
Ratio = tuple[R, R]


class Quotients(Generic[R]):
    """Numerators over denominators in a ring; where none of `divisors` vanishes, a value is defined."""

    def __init__(self, variables: dict[str, R], lift: Callable[[int], R]) -> None:
        self.variables: dict[str, R] = variables
        self.lift: Callable[[int], R] = lift
        self.divisors: list[R] = []

    def constant(self, text: str, value: Fraction) -> Ratio[R]:
        return self.lift(value.numerator), self.lift(value.denominator)

    def variable(self, name: str) -> Ratio[R]:
        return self.variables[name], self.lift(1)

    def power(self, base: Ratio[R], exponent: int) -> Ratio[R]:
        top, bottom = base if exponent >= 0 else self._inverse(base)
        return top ** abs(exponent), bottom ** abs(exponent)

    def apply(self, operator: str, operands: list[Ratio[R]]) -> Ratio[R]:
        top, bottom = operands[0]
        if operator == "neg":
            return -top, bottom
        for other in operands[1:]:
            over, under = self._inverse(other) if operator == "/" else other
            if operator in ("*", "/"):
                top, bottom = top * over, bottom * under
            else:
                top = top * under + (-over if operator == "-" else over) * bottom
                bottom = bottom * under
        return top, bottom

    def _inverse(self, value: Ratio[R]) -> Ratio[R]:
        self.divisors.append(value[0])
        return value[1], value[0]


@dataclass(frozen=True)
class Identity:
    """The two sides are the same rational function: equal wherever both are defined."""

    variables: tuple[str, ...]
    left: Program
    right: Program
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Identity:
        """The statement; every variable is declared, once."""
        fields = record(statement, "statement", ("kind", "variables", "left", "right"))
        names = [
            read_name(name, "statement.variables")
            for name in items(fields["variables"], "statement.variables")
        ]
        few = len(names) <= MAX_VARIABLES  # the grid has two values of each, at least
        require(few, Code.TOO_MUCH_WORK, f"statement.variables: more than {MAX_VARIABLES}")
        require(
            len(set(names)) == len(names), Code.BAD_EXPRESSION, "statement.variables: a name is there twice"
        )
        declared = frozenset(names)
        left = read_expression(fields["left"], "statement.left", declared, RATIONAL)
        right = read_expression(fields["right"], "statement.right", declared, RATIONAL)
        quantifier = (
            f"For all rational (and all real) {', '.join(names)} where both sides are defined:"
            if names
            else ""
        )
        words = f"{quantifier}\n  {run(left, Infix())}\n  = {run(right, Infix())}{powers_said(left, right)}"
        return cls(tuple(names), left, right, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("grid",))
        record(evidence, "evidence", ("rule",))
        axes = [range(_FIRST_POINT, _FIRST_POINT + degree + 1) for degree in self._degrees()]
        defined = False
        for point in product(*axes):
            ring: Quotients[int] = Quotients(dict(zip(self.variables, point, strict=True)), int)
            left, right = run(self.left, ring), run(self.right, ring)
            same = left[0] * right[1] == right[0] * left[1]
            require(same, Code.NOT_IDENTICAL, f"the sides differ at ({', '.join(self.variables)}) = {point}")
            defined = defined or all(ring.divisors)
        require(defined, Code.NOWHERE_DEFINED, "at no point of the grid both sides are defined")

    def _degrees(self) -> tuple[int, ...]:
        """The degree in each variable of the cross-multiplied difference, if its values are within
        bounds."""
        count, steps = len(self.variables), len(self.left) + len(self.right)
        ring: Quotients[Bound] = Quotients(
            {
                name: Bound((*(int(i == j) for j in range(count)), _POINT_BITS))
                for i, name in enumerate(self.variables)
            },
            lambda n: Bound((*[0] * count, n.bit_length())),
        )
        left, right = run(self.left, ring), run(self.right, ring)
        sizes = (left[0] * right[1] + right[0] * left[1]).sizes
        require(
            sizes[-1] <= MAX_INTEGER_BITS,
            Code.TOO_MUCH_WORK,
            f"values of more than {MAX_INTEGER_BITS} bits would occur",
        )
        points = prod(degree + 1 for degree in sizes[:-1])
        pay_for_operations(points * _STEP_COST * steps, sizes[-1])
        return sizes[:-1]
