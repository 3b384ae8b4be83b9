"""A written contrast as a program for ``Omega`` and its derivatives, by the rules for each of its parts.

The order of operations is that of the expression, and so is the checker's: what is decided here over a cell
is decided there, too. Nothing is simplified.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .contrasts.reading import Tree, range_of
from .program import Instruction, Program


def differentiated(tree: Tree) -> Program:
    """``(L, eps) -> (Omega, b)`` of an expression in p, q, v and eps."""
    tape = _Tape("L", "eps")
    log_odds, stabiliser = 0, 1
    p, q = tape.emit("sigmoid", log_odds), tape.emit("sigmoid", tape.emit("neg", log_odds))
    tape.differentiate(p, q, tape.emit("mul", p, q), stabiliser)
    return tape.program(tree)


def from_letters(tree: Tree, *, turns: bool = False) -> Program:
    """``(p, q, v, eps) -> (Omega, b)``, or ``(Omega, b, b')``; the inputs as sharp as the caller has them."""
    tape = _Tape("p", "q", "v", "eps")
    tape.differentiate(*range(4), turns=turns)
    return tape.program(tree)


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
    """The slots of a part's value, of its derivative in L, and of the second one where it is asked for; None
    where they are 0."""

    value: int
    slope: int | None
    turn: int | None = None


class _Tape:
    """Instructions in order, each of them once."""

    def __init__(self, *inputs: str) -> None:
        self.inputs = inputs
        self.instructions: list[Instruction] = []
        self._known: dict[Instruction, int] = {}
        self.letters: dict[str, _Dual] = {}
        self._turns = False

    def differentiate(self, p: int, q: int, v: int, stabiliser: int, *, turns: bool = False) -> None:
        """The letters of expressions at these slots, with their derivatives: dp/dL = v, dv/dL = v (q - p),
        d^2v/dL^2 = v (1 - 6 v)."""
        bend = self.emit("mul", v, self.emit("sub", q, p))
        self.letters = {
            "p": _Dual(p, v),
            "q": _Dual(q, self.emit("neg", v)),
            "v": _Dual(v, bend),
            "eps": _Dual(stabiliser, None),
        }
        if turns:
            self._turns = True
            six = self.emit("mul", self.constant(Fraction(6)), v)
            turn = self.emit("mul", v, self.emit("sub", self.constant(Fraction(1)), six))
            bends = {"p": bend, "q": self.emit("neg", bend), "v": turn}
            self.letters |= {name: replace(self.letters[name], turn=slot) for name, slot in bends.items()}

    def program(self, tree: Tree) -> Program:
        """``Omega`` and as many derivatives as were asked for."""
        found = self.dual(tree)
        slots = (found.value, found.slope, found.turn)[: 3 if self._turns else 2]
        outputs = tuple(self.constant(Fraction(0)) if slot is None else slot for slot in slots)
        return Program(self.inputs, tuple(self.instructions), outputs).pruned()

    def emit(self, operation: str, *arguments: int, constant: Fraction | int = 0) -> int:
        """The slot of an instruction's result."""
        instruction = Instruction(operation, arguments, constant)
        if instruction not in self._known:
            self.instructions.append(instruction)
            self._known[instruction] = len(self.inputs) + len(self.instructions) - 1
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
        slope, turn = self._total(first.slope, second.slope), self._total(first.turn, second.turn)
        return _Dual(self.emit("add", first.value, second.value), slope, turn)

    def _unary(self, operator: str, x: _Dual) -> _Dual:
        value = self.emit(operator, x.value)
        if operator == "neg":
            slope, turn = (None if y is None else self.emit("neg", y) for y in (x.slope, x.turn))
            return _Dual(value, slope, turn)
        if operator == "exp":
            return self._through(x, value, value, lambda: value)
        one = self.constant(Fraction(1))
        if operator == "sqrt":
            twice = self.emit("add", value, value)
            slope = self.emit("div", one, twice)

            def bend() -> int:
                below = self.emit("mul", twice, self.emit("add", x.value, x.value))
                return self.emit("neg", self.emit("div", one, below))

            return self._through(x, value, slope, bend)
        slope = self.emit("div", one, x.value)
        return self._through(x, value, slope, lambda: self.emit("neg", self._square(slope)))

    def _product(self, x: _Dual, y: _Dual) -> _Dual:
        slope = self._total(self._times(x.slope, y.value), self._times(y.slope, x.value))
        turn = self._total(self._times(x.turn, y.value), self._times(y.turn, x.value))
        if x.turn is not None and y.turn is not None and y.slope is not None:
            cross = self._times(x.slope, y.slope)
            turn = self._total(turn, self._total(cross, cross))
        return _Dual(self.emit("mul", x.value, y.value), slope, turn)

    def _inverse(self, x: _Dual) -> _Dual:
        value = self.emit("div", self.constant(Fraction(1)), x.value)
        if x.slope is None:
            return _Dual(value, None)

        def bend() -> int:
            cube = self.emit("power", value, constant=3)
            return self.emit("add", cube, cube)

        return self._through(x, value, self.emit("neg", self._square(value)), bend)

    def _power(self, x: _Dual, exponent: int) -> _Dual:
        if exponent == 0:
            return _Dual(self.constant(Fraction(1)), None)
        if exponent < 0:
            return self._inverse(self._power(x, -exponent))
        if exponent == 1:
            return x

        def multiple(factor: int, power: int) -> int:
            if power == 0:
                return self.constant(Fraction(factor))
            below = x.value if power == 1 else self.emit("power", x.value, constant=power)
            return self.emit("mul", self.constant(Fraction(factor)), below)

        value, slope = self.emit("power", x.value, constant=exponent), multiple(exponent, exponent - 1)
        return self._through(x, value, slope, lambda: multiple(exponent * (exponent - 1), exponent - 2))

    def _through(self, x: _Dual, value: int, first: int, second: Callable[[], int]) -> _Dual:
        """f of a part, with its derivatives there: f(x)' = f' x', f(x)'' = f'' x'^2 + f' x''."""
        slope, turn = self._times(x.slope, first), self._times(x.turn, first)
        if x.turn is not None and x.slope is not None:
            turn = self._total(turn, self._times(second(), self._square(x.slope)))
        return _Dual(value, slope, turn)

    def _square(self, x: int) -> int:
        return self.emit("power", x, constant=2)

    def _times(self, slope: int | None, factor: int | None) -> int | None:
        return None if slope is None or factor is None else self.emit("mul", slope, factor)

    def _total(self, first: int | None, second: int | None) -> int | None:
        if first is None or second is None:
            return second if first is None else first
        return self.emit("add", first, second)
