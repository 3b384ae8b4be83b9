"""Straight-line programs: a SymPy expression turned into a list of operations that any engine can run.

SymPy derives, an engine evaluates: a :class:`Program` stands between them, so that no formula is typed twice
and none is evaluated by SymPy. A program is compiled once (common subexpressions shared) and *bound* to an
engine and to the values of its parameters; binding runs everything that depends on parameters only, and what
is left is a plain loop over operations.

The value of a bound program on enclosures encloses the expression's value on every choice of points in them:
each operation of an engine does, and a composition of enclosures is one. What an expression means outside
its domain is the engine's "nothing known".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

import sympy as sp

from .derivation import sigma

V = TypeVar("V")


class Arithmetic(Protocol[V]):
    """What a program runs on: an engine, or floating point for guesses. The other operations go by their
    names."""

    def exact(self, x: int | Fraction) -> V:
        """The value of a constant."""

    def power(self, a: V, n: int) -> V:
        """An integer power."""


UNARY = {sp.exp: "exp", sp.log: "log", sigma: "sigmoid"}


@dataclass(frozen=True)
class Instruction:
    """``operation`` on earlier slots; ``constant`` holds the rational of a ``const`` or the exponent of a
    ``power``."""

    operation: str
    arguments: tuple[int, ...] = ()
    constant: Fraction | int = 0


@dataclass(frozen=True)
class Program:
    """A straight-line program. Slots 0..len(inputs)-1 are the inputs, the next ones the instructions'
    results."""

    inputs: tuple[str, ...]
    instructions: tuple[Instruction, ...]
    outputs: tuple[int, ...]

    def bind(self, engine: Arithmetic[V], **known: V) -> BoundProgram[V]:
        """Fix an engine and the values of some inputs; the others are left as arguments, in the order of
        ``inputs``.

        Everything that depends on known inputs and constants only is evaluated here, once, at the engine's
        precision.

        Raises:
            KeyError: a known name that is not an input.
        """
        unknown = set(known) - set(self.inputs)
        if unknown:
            raise KeyError(f"not inputs of this program: {', '.join(sorted(unknown))}")
        slots: list[Any] = [known.get(name) for name in self.inputs]
        free = [k for k, name in enumerate(self.inputs) if name not in known]
        varying = set(free)
        code: list[tuple[Callable[..., V], int, int, int]] = []
        for target, instruction in enumerate(self.instructions, start=len(self.inputs)):
            run, first, second = _operation(engine, instruction)
            slots.append(None)
            if varying.intersection(instruction.arguments):
                varying.add(target)
                code.append((run, target, first, second))
            else:
                slots[target] = _run(run, slots, first, second)
        return BoundProgram(slots, free, code, self.outputs)


class BoundProgram(Generic[V]):
    """A program with an engine and parameters fixed: call it with the remaining inputs, get one enclosure
    per output."""

    def __init__(
        self,
        slots: list[Any],
        free: Sequence[int],
        code: Sequence[tuple[Callable[..., V], int, int, int]],
        outputs: Sequence[int],
    ) -> None:
        self._slots = slots
        self._free = free
        self._code = code
        self._outputs = outputs

    def __call__(self, *values: V) -> tuple[V, ...]:
        slots = self._slots.copy()
        if len(values) != len(self._free):
            raise TypeError(f"{len(self._free)} inputs are left, not {len(values)}")
        for k, value in zip(self._free, values):  # noqa: B905  # their number is tested; `strict` is slow here
            slots[k] = value
        for run, target, first, second in self._code:
            slots[target] = run(slots[first], slots[second]) if second >= 0 else run(slots[first])
        return tuple([slots[k] for k in self._outputs])


def _run(run: Callable[..., V], slots: list[Any], first: int, second: int) -> V:
    if first < 0:
        return run()
    return run(slots[first], slots[second]) if second >= 0 else run(slots[first])


def _operation(engine: Arithmetic[V], instruction: Instruction) -> tuple[Callable[..., V], int, int]:
    """The engine's function for one instruction and the slots it reads (-1 where it reads none)."""
    arguments = instruction.arguments
    if instruction.operation == "const":
        value = engine.exact(instruction.constant)
        return (lambda: value), -1, -1
    if instruction.operation == "power":
        exponent = int(instruction.constant)
        return (lambda base: engine.power(base, exponent)), arguments[0], -1
    run = getattr(engine, instruction.operation)
    return run, arguments[0], arguments[1] if len(arguments) == 2 else -1


def compile_expressions(expressions: Sequence[sp.Expr], inputs: Sequence[sp.Symbol]) -> Program:
    """Compile SymPy expressions in the given symbols to one program with one output each.

    Understood: rationals, sums, products, integer and half-integer powers, ``exp``, ``log`` and ``sigma``.
    The order of operations is SymPy's canonical one: the value is an enclosure in any order.

    Raises:
        TypeError: an expression with anything else in it (a programming error, never the user's).
    """
    shared, reduced = sp.cse(list(expressions))
    compiler = _Compiler(inputs)
    for symbol, expression in shared:
        compiler.slots[symbol] = compiler.slot(expression)
        compiler.meaning[symbol] = expression.xreplace(compiler.meaning)
    outputs = tuple(compiler.slot(expression) for expression in reduced)
    return Program(tuple(str(s) for s in inputs), tuple(compiler.instructions), outputs)


class _Compiler:
    def __init__(self, inputs: Sequence[sp.Symbol]) -> None:
        self.instructions: list[Instruction] = []
        self.offset = len(inputs)
        self.slots: dict[sp.Expr, int] = {symbol: k for k, symbol in enumerate(inputs)}
        self.meaning: dict[sp.Symbol, sp.Expr] = {}  # of the symbols that stand for shared subexpressions

    def slot(self, expression: sp.Expr) -> int:
        """The slot that holds the expression's value, compiling it first if no earlier instruction did."""
        if expression not in self.slots:
            self.slots[expression] = self._compile(expression)
        return self.slots[expression]

    def _compile(self, e: sp.Expr) -> int:
        if e.is_Rational:
            return self._emit("const", constant=Fraction(int(e.p), int(e.q)))
        if e.is_Add:
            return self._sum(e.args)
        if e.is_Mul:
            return self._product(e)
        if e.is_Pow:
            return self._power(e.base, e.exp)
        if e.func in UNARY:
            return self._emit(UNARY[e.func], self.slot(e.args[0]))
        raise TypeError(f"no operation for {e.func}")

    def _emit(self, operation: str, *arguments: int, constant: Fraction | int = 0) -> int:
        self.instructions.append(Instruction(operation, arguments, constant))
        return self.offset + len(self.instructions) - 1

    def _sum(self, terms: Sequence[sp.Expr]) -> int:
        """Positive terms first, then each negated term subtracted."""
        added = [t for t in terms if not t.could_extract_minus_sign()]
        taken = [-t for t in terms if t.could_extract_minus_sign()]
        total = self.slot(added[0]) if added else self._emit("neg", self.slot(taken.pop(0)))
        for term in added[1:]:
            total = self._emit("add", total, self.slot(term))
        for term in taken:
            total = self._emit("sub", total, self.slot(term))
        return total

    def _product(self, e: sp.Expr) -> int:
        numerator, denominator = sp.fraction(e)
        if denominator != 1:
            return self._emit("div", self.slot(numerator), self.slot(denominator))
        factors = list(e.args)
        if factors[0] == -1:
            difference = next((f for f in factors[1:] if f.is_Add and len(f.args) == 2), None)
            if difference is None:
                return self._emit("neg", self.slot(sp.Mul(*factors[1:])))
            factors = [-difference if f is difference else f for f in factors[1:]]
        total = self.slot(factors[0])
        for factor in factors[1:]:
            total = self._emit("mul", total, self.slot(factor))
        return total

    def _integer_power(self, base: sp.Expr, exponent: int) -> int:
        """Square and cube of a positive base as products: as sharp, and no engine has to look for zero."""
        slot = self.slot(base)
        if not (exponent in (2, 3) and base.xreplace(self.meaning).is_positive):
            return self._emit("power", slot, constant=exponent)
        return self._emit("mul", slot if exponent == 2 else self.slot(base**2), slot)

    def _power(self, base: sp.Expr, exponent: sp.Expr) -> int:
        if exponent.is_Rational and exponent < 0:
            return self._emit("div", self.slot(sp.Integer(1)), self.slot(base**-exponent))
        if exponent.is_Integer:
            return self._integer_power(base, int(exponent))
        if exponent == sp.Rational(1, 2):
            return self._emit("sqrt", self.slot(base))
        if exponent == sp.Rational(3, 2):
            return self._emit("mul", self.slot(base), self.slot(sp.sqrt(base)))
        if (2 * exponent).is_Integer:
            return self._integer_power(sp.sqrt(base), int(2 * exponent))
        raise TypeError(f"no operation for the power {exponent}")
