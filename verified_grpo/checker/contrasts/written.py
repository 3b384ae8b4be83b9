"""A contrast that a certificate writes down itself: Omega as an expression in p, q = 1-p, v = p(1-p) and eps.

Nothing is known of it beforehand. That Omega is positive and continuously differentiable for 0 < p < 1 and a
range of eps is established before anything else.

Lemma 42 (expressions). Call a part smooth on a cell of p if it is a letter, a number, a sum, difference,
product, exponential or integer power >= 0 of smooth parts, a quotient by or a power < 0 of a smooth part that
keeps a strict sign for the p of the cell in (0, 1), or a root or logarithm of one that is > 0 there. It is
continuously differentiable in L at these p. If the whole is smooth and > 0 on closed cells that cover [0, 1],
Omega is what it has to be. If it is made of v and eps so that it does not rise in v (by its operators, or by
lemma 68), Omega is even in L and does not fall as |L| rises.
  Sums and the rest of continuously differentiable functions are so, where divisors do not vanish and what
  roots and logarithms are of is > 0. A part is > 0 there if its enclosure over the closed cell is, or because
  of its letters, which are > 0 for 0 < p < 1, and its operators. v is even in L and falls as |L| rises.

In the place of a number may stand a range lo:hi: whatever is said is said of each choice of a number in
each of them. Its enclosure is the range, so that all enclosures hold for every choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from operator import add, mul, sub, truediv
from typing import cast

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.contrasts.jets import Jet, Place, Span, constant, exactly, span
from verified_grpo.checker.contrasts.symmetric import falls_in_v
from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.expressions import Infix, Part, Program, read_expression, run, shared, value_of
from verified_grpo.checker.fuel import pay_for_reading
from verified_grpo.checker.numbers import Interval, ball, exact, precision
from verified_grpo.checker.reading import record

LETTERS = ("p", "q", "v", "eps")
EACH = "lo:hi"
OPERATORS = ("+", "*", "-", "neg", "/", "^", "sqrt", "exp", "log")
LONGEST = 2000
"""Letters, numbers and operators of an expression."""
_COARSEST, _FINEST, _BITS, _MOST_CELLS = 6, 20, 64, 2000
"""The paving's cells are 2^-6 wide, halved to 2^-20 where that decides; the working precision, and how many
cells are looked at."""
_DEAREST = 24 * _MOST_CELLS


_Setting = tuple[Interval, str, int]


class Written(Contrast):
    """Omega by its expression; the facts are those that the expression itself shows."""

    name = "expression"

    def __init__(self, program: Program) -> None:
        self.program, self.formula_itself, self._parts = program, run(program, Infix()), shared(program)
        self._fixed: tuple[_Setting | None, list[Jet | None]] = None, []
        self.ranges = {name: _range(name) for name in _range_names(program)}
        self.facts = {  # type: ignore[misc]  # of each expression its own
            Fact.BOUNDED: "Its enclosures over a paving of 0 <= p <= 1 have a largest upper end."
        }
        if falls_in_v(program):
            self.facts[Fact.EVEN_RISING] = "It is a function of v and eps and does not rise in v (lemma 42)."

    @classmethod
    def read(cls, value: object, where: str) -> Written:
        fields = record(value, where, ("contrast", "omega"))
        program = read_expression(fields["omega"], f"{where}.omega", LETTERS, OPERATORS, ":")
        for name in _range_names(program):
            low, high = _range(name)
            require(low < high, Code.EMPTY_RANGE, f"{where}.omega: {name!r}: its ends are not in order")
        require(len(program) <= LONGEST, Code.TOO_MUCH_WORK, f"{where}.omega: more than {LONGEST} parts")
        return cls(program)

    @property
    def cost(self) -> int:
        return len(self.program)

    @property
    def label(self) -> str:
        return self.formula_itself

    @property
    def formula(self) -> str:
        every = f", for each choice of numbers in the ranges {EACH}" if self.ranges else ""
        return f"Omega(L) = {self.formula_itself}, q = 1-p, v = p(1-p){every}"

    def omega(self, at: Place) -> Jet:
        algebra = _Jets({"p": at.p, "q": at.q, "v": at.v})
        values = self._without_p(at).copy()
        for k, part in enumerate(self._parts):
            if values[k] is None:
                values[k] = value_of(part, values, algebra)
        return cast(Jet, values[-1])

    def _without_p(self, at: Place) -> list[Jet | None]:
        """The parts in which p, q and v do not occur, and None for the others; kept for the next place."""
        setting = at.range_of_eps, in_force().name, in_force().bits()
        if self._fixed[0] != setting:
            algebra, values = _Jets({"eps": at.eps} | {x: _each(x) for x in self.ranges}), list[Jet | None]()
            for part, moves in zip(self._parts, _moving(self._parts), strict=True):
                values.append(None if moves else value_of(part, values, algebra))
            self._fixed = setting, values
        return self._fixed[1]

    def require_defined(self, eps: Interval) -> None:
        pay_for_reading(_DEAREST * len(self.program))
        if (cell := _surveyed(self.program, eps, in_force().name).not_positive) is not None:
            where = f"for p from {cell[0]} to {cell[1]}"
            raise Fault(Code.OMEGA_NOT_POSITIVE, f"Omega = {self.label} is not known to be > 0 {where}")

    def bound(self, eps: Interval) -> Ball:
        if (bound := _surveyed(self.program, eps, in_force().name).bound) is None:
            raise Fault(Code.MISSING_FACT, f"Omega of {self.label} is not known to {Fact.BOUNDED.value}")
        return bound


@dataclass(frozen=True)
class _Survey:
    """The first cell on which Omega is not known to be > 0, and an upper bound of it; None where there is
    none."""

    not_positive: Interval | None
    bound: Ball | None


@lru_cache(maxsize=64)
def _surveyed(program: Program, eps: Interval, name: str) -> _Survey:
    """By a paving of 0 <= p <= 1; `name`, the arithmetic in force, keys the cache."""
    bound: Ball | None = ball(0)
    with precision(_BITS):
        for cell, known in _paved(program, eps):
            if not known.positive:
                return _Survey(cell, None)
            top = known.value.upper
            bound = bound.max(top) if bound is not None and top.is_finite() else None
    return _Survey(None, bound)


def _paved(program: Program, eps: Interval) -> Iterator[tuple[Interval, _Known]]:
    """Cells that cover 0 <= p <= 1 and what is known there, halved while something is not."""
    width = Fraction(1, 1 << _COARSEST)
    waiting = [(k * width, (k + 1) * width) for k in reversed(range(1 << _COARSEST))]
    finest, names = Fraction(1, 1 << _FINEST), _range_names(program)
    for _ in range(_MOST_CELLS):
        if not waiting:
            return
        cell = waiting.pop()
        known = run(program, _Signs.over(cell, eps).with_ranges(names))
        if known.is_complete or cell[1] - cell[0] <= finest:
            yield cell, known
        else:
            middle = (cell[0] + cell[1]) / 2
            waiting += [(middle, cell[1]), (cell[0], middle)]
    for cell in waiting:  # enough work: of what is left nothing is known
        yield cell, _Known(Span(unknown := 1 / ball(0), unknown))


def _range_names(program: Program) -> list[str]:
    """Those that stand for numbers."""
    return sorted({step.name for step in program if step.operator == "variable" and ":" in step.name})


@lru_cache(maxsize=256)
def _range(name: str) -> Interval:
    """Its ends."""
    low, _, high = name.partition(":")
    return exact(low, "range"), exact(high, "range")


def _moving(parts: tuple[Part, ...]) -> list[bool]:
    """Of which parts p, q or v is one."""
    moves: list[bool] = []
    for part in parts:
        moves.append(part.step.name in ("p", "q", "v") or any(moves[k] for k in part.operands))
    return moves


def _each(name: str) -> Jet:
    """Whichever number of a range."""
    return Jet(span(*_range(name)), None)


class _Jets:
    """The algebra of values with their derivatives in L."""

    def __init__(self, letters: dict[str, Jet]) -> None:
        self.letters = letters

    def constant(self, text: str, value: Fraction) -> Jet:
        return constant(ball(value))

    def variable(self, name: str) -> Jet:
        return self.letters[name]

    def power(self, base: Jet, exponent: int) -> Jet:
        if exponent == 0:
            return constant(ball(1))
        return base**exponent if exponent > 0 else 1 / base**-exponent

    def apply(self, operator: str, operands: list[Jet]) -> Jet:
        if operator in _FOLDED:
            return reduce(_FOLDED[operator], operands)
        one = operands[0]
        return {"neg": lambda: -one, "sqrt": one.sqrt, "exp": one.exp, "log": one.log}[operator]()


_FOLDED = {"+": add, "*": mul, "-": sub, "/": truediv}


class _Known:
    """A part's values over a closed cell of p, where it is defined and smooth for 0 < p < 1, and whether it
    is > 0 or < 0 there; `value` is unknown where the ends of the cell, or what is divided by, say nothing."""

    def __init__(
        self, value: Span, positive: bool = False, smooth: bool = True, negative: bool = False
    ) -> None:
        self.value, self.smooth = value, smooth
        self.positive = smooth and (positive or bool(value.lower > 0))
        self.negative = smooth and (negative or bool(value.upper < 0))

    @property
    def is_complete(self) -> bool:
        """Whether a smaller cell would tell no more of sign and bound."""
        return self.positive and self.value.upper.is_finite()


class _Signs:
    """The algebra of what is known over a cell of 0 <= p <= 1."""

    def __init__(self, letters: dict[str, _Known]) -> None:
        self.letters = letters

    @classmethod
    def over(cls, cell: Interval, eps: Interval) -> _Signs:
        low, high = cell
        spreads = [low * (1 - low), high * (1 - high)]
        top = Fraction(1, 4) if low <= Fraction(1, 2) <= high else max(spreads)
        ends = {"p": cell, "q": (1 - high, 1 - low), "v": (min(spreads), top), "eps": eps}
        return cls({name: _Known(Span(ball(a), ball(b)), True) for name, (a, b) in ends.items()})

    def with_ranges(self, names: Iterable[str]) -> _Signs:
        """And with the ranges that stand for numbers."""
        for name in names:
            low, high = _range(name)
            self.letters[name] = _Known(Span(ball(low), ball(high)))
        return self

    def constant(self, text: str, value: Fraction) -> _Known:
        return _Known(exactly(ball(value)))

    def variable(self, name: str) -> _Known:
        return self.letters[name]

    def power(self, base: _Known, exponent: int) -> _Known:
        if exponent == 0:
            return self.constant("1", Fraction(1))
        even = exponent % 2 == 0 and base.negative
        power = _Known(base.value.power(abs(exponent)), base.positive or even, base.smooth)
        return power if exponent > 0 else self._quotient(self.constant("1", Fraction(1)), power)

    def apply(self, operator: str, operands: list[_Known]) -> _Known:
        folded = {"+": self._sum, "*": self._product, "-": self._difference, "/": self._quotient}
        if operator in folded:
            return reduce(folded[operator], operands)
        return {"neg": _negative, "sqrt": _root, "exp": _exponential, "log": _logarithm}[operator](
            operands[0]
        )

    def _sum(self, x: _Known, y: _Known) -> _Known:
        return _Known(x.value + y.value, x.positive and y.positive, x.smooth and y.smooth)

    def _difference(self, x: _Known, y: _Known) -> _Known:
        return self._sum(x, _negative(y))

    def _product(self, x: _Known, y: _Known) -> _Known:
        return _Known(x.value * y.value, x.positive and y.positive, x.smooth and y.smooth)

    def _quotient(self, x: _Known, y: _Known) -> _Known:
        smooth = x.smooth and (y.positive or y.negative)
        return _Known(x.value * y.value.inverse(), x.positive and y.positive, smooth)


def _negative(x: _Known) -> _Known:
    return _Known(-x.value, x.negative, x.smooth, x.positive)


def _root(x: _Known) -> _Known:
    return _Known(x.value.sqrt(), True, x.positive)


def _exponential(x: _Known) -> _Known:
    return _Known(x.value.exp(), True, x.smooth)


def _logarithm(x: _Known) -> _Known:
    return _Known(x.value.log(), False, x.positive)
