"""How an expression in v and eps moves with v, by its construction alone.

Sums move as their terms, products and quotients of positive parts as their factors, powers, roots,
exponentials and logarithms as what they are of; of whatever else, and of p and q, nothing is known by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from verified_grpo.checker.numbers import exact

_CONSTANT = {-1, 1}


@dataclass(frozen=True)
class Trend:
    """The directions, 1 not to fall and -1 not to rise, in which a part is known to move with v, and whether
    it is known to be > 0."""

    directions: frozenset[int]
    positive: bool

    def turned(self) -> Trend:
        return Trend(frozenset(-direction for direction in self.directions), self.positive)

    def with_positive(self, other: Trend) -> Trend:
        """Of a sum, or of a product of positive parts."""
        return Trend(self.directions & other.directions, self.positive and other.positive)


_UNKNOWN = Trend(frozenset(), False)


class Trends:
    """The algebra of trends."""

    def constant(self, text: str, value: Fraction) -> Trend:
        return Trend(frozenset(_CONSTANT), value > 0)

    def variable(self, name: str) -> Trend:
        if ":" in name:  # a range that stands for a number
            return Trend(frozenset(_CONSTANT), exact(name.partition(":")[0], "range") > 0)
        moves: dict[str, set[int]] = {"v": {1}, "eps": _CONSTANT}
        return Trend(frozenset(moves.get(name, ())), True)

    def power(self, base: Trend, exponent: int) -> Trend:
        if exponent == 0:
            return self.constant("1", Fraction(1))
        if not base.positive:
            return _UNKNOWN
        return base if exponent > 0 else base.turned()

    def apply(self, operator: str, operands: list[Trend]) -> Trend:
        first, last = operands[0], operands[-1]
        if operator == "+":
            return reduce(Trend.with_positive, operands)
        if operator == "*":
            return reduce(Trend.with_positive, operands) if all(x.positive for x in operands) else _UNKNOWN
        if operator == "/":
            return first.with_positive(last.turned()) if first.positive and last.positive else _UNKNOWN
        if operator in ("-", "neg"):
            minus = Trend(last.turned().directions, False)
            return minus if operator == "neg" else Trend(first.directions & minus.directions, False)
        if operator == "exp":
            return Trend(first.directions, True)
        if not first.positive:
            return _UNKNOWN
        return first if operator == "sqrt" else Trend(first.directions, False)
