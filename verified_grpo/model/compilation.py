"""SymPy expressions compiled to straight-line programs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from .derivation import sigma
from .program import Instruction, Program

UNARY = {sp.exp: "exp", sp.log: "log", sigma: "sigmoid"}


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
