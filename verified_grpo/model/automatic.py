"""A written contrast as a program for ``Omega`` and its slope: the rules of differentiation, part by part.

The order of operations is that of the expression, and so is the checker's: what is decided here over a cell
is decided there, too. Nothing is simplified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .contrasts.reading import Tree, range_of
from .program import Instruction, Program


def differentiated(tree: Tree) -> Program:
    """``(L, eps) -> (Omega, b)`` of an expression in p, q, v and eps."""
    tape = _Tape()
    value = tape.dual(tree)
    slope = value.slope if value.slope is not None else tape.constant(Fraction(0))
    return Program(("L", "eps"), tuple(tape.instructions), (value.value, slope))


OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "sqrt": "sqrt"}


def expression_of(program: Program, letters: Mapping[str, Tree]) -> Tree:
    """The way back: a program's first output as an expression, with these parts for its inputs.

    Raises:
        TypeError: an operation that contrasts are not made of.
    """
    found = [letters[name] for name in program.inputs]
    for instruction in program.instructions:
        found.append(_operation(instruction, [found[k] for k in instruction.arguments]))
    return found[program.outputs[0]]


def _operation(instruction: Instruction, parts: list[Tree]) -> Tree:
    if instruction.operation == "const":
        return str(instruction.constant)
    if instruction.operation == "power":
        return ("^", parts[0], str(instruction.constant))
    if instruction.operation in OPERATORS:
        return (OPERATORS[instruction.operation], *parts)
    raise TypeError(f"no expression for {instruction.operation}")


@dataclass(frozen=True)
class _Dual:
    """The slots of a part's value and of its derivative in L; None where that is 0."""

    value: int
    slope: int | None


class _Tape:
    """Instructions in order, each of them once."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self._known: dict[Instruction, int] = {}
        log_odds, stabiliser = 0, 1
        p, q = self.emit("sigmoid", log_odds), self.emit("sigmoid", self.emit("neg", log_odds))
        v = self.emit("mul", p, q)
        self.letters = {
            "p": _Dual(p, v),
            "q": _Dual(q, self.emit("neg", v)),
            "v": _Dual(v, self.emit("mul", v, self.emit("sub", q, p))),
            "eps": _Dual(stabiliser, None),
        }

    def emit(self, operation: str, *arguments: int, constant: Fraction | int = 0) -> int:
        """The slot of an instruction's result."""
        instruction = Instruction(operation, arguments, constant)
        if instruction not in self._known:
            self.instructions.append(instruction)
            self._known[instruction] = 1 + len(self.instructions)
        return self._known[instruction]

    def constant(self, number: Fraction) -> int:
        """The slot of an exact number."""
        return self.emit("const", constant=number)

    def dual(self, tree: Tree) -> _Dual:
        """A part of the expression, after all that it is made of."""
        if isinstance(tree, str):
            if (ends := range_of(tree)) is not None:
                low, high = (self.constant(end) for end in ends)
                return _Dual(self.emit("hull", low, high), None)
            return self.letters.get(tree) or _Dual(self.constant(Fraction(tree)), None)
        operator, first = str(tree[0]), self.dual(tree[1])
        if operator == "^":
            return self._power(first, int(str(tree[2])))
        if len(tree) == 2:
            return self._unary(operator, first)
        second = self.dual(tree[2])
        if operator == "*":
            return self._product(first, second)
        if operator == "/":
            return self._product(first, self._inverse(second))
        if operator == "-":
            second = self._unary("neg", second)
        return _Dual(self.emit("add", first.value, second.value), self._total(first.slope, second.slope))

    def _unary(self, operator: str, x: _Dual) -> _Dual:
        value = self.emit(operator, x.value)
        if operator == "neg":
            return _Dual(value, None if x.slope is None else self.emit("neg", x.slope))
        if operator == "exp":
            return _Dual(value, self._times(x.slope, value))
        one = self.constant(Fraction(1))
        below = self.emit("add", value, value) if operator == "sqrt" else x.value
        return _Dual(value, self._times(x.slope, self.emit("div", one, below)))

    def _product(self, x: _Dual, y: _Dual) -> _Dual:
        slope = self._total(self._times(x.slope, y.value), self._times(y.slope, x.value))
        return _Dual(self.emit("mul", x.value, y.value), slope)

    def _inverse(self, x: _Dual) -> _Dual:
        value = self.emit("div", self.constant(Fraction(1)), x.value)
        slope = self._times(x.slope, self.emit("mul", value, value))
        return _Dual(value, None if slope is None else self.emit("neg", slope))

    def _power(self, x: _Dual, exponent: int) -> _Dual:
        if exponent == 0:
            return _Dual(self.constant(Fraction(1)), None)
        if exponent < 0:
            return self._inverse(self._power(x, -exponent))
        if exponent == 1:
            return x
        below = x.value if exponent == 2 else self.emit("power", x.value, constant=exponent - 1)
        slope = self._times(x.slope, self.emit("mul", self.constant(Fraction(exponent)), below))
        return _Dual(self.emit("power", x.value, constant=exponent), slope)

    def _times(self, slope: int | None, factor: int) -> int | None:
        return None if slope is None else self.emit("mul", slope, factor)

    def _total(self, first: int | None, second: int | None) -> int | None:
        if first is None or second is None:
            return second if first is None else first
        return self.emit("add", first, second)
