"""The letters in which contrasts are written, and what they are put together with. Whoever imports this
imports SymPy: a contrast's file does it where its expression is asked for."""

from __future__ import annotations

import sympy as sp

from ...errors import InputError
from .reading import Tree, range_of

p, q, v, eps = sp.symbols("p q v eps", positive=True)
sqrt, whole = sp.sqrt, sp.Integer
LETTERS = {"p": p, "q": q, "v": v, "eps": eps}
FUNCTIONS = {"sqrt": sp.sqrt, "exp": sp.exp, "log": sp.log, "neg": lambda x: -x}


def in_sympy(tree: Tree) -> sp.Expr:
    """An expression that a user wrote."""
    if isinstance(tree, str):
        if range_of(tree) is not None:
            raise InputError(f"{tree} stands for all numbers of a range: no single formula")
        return LETTERS.get(tree) or sp.Rational(tree)
    operator, operands = str(tree[0]), tree[1:]
    if operator == "^":
        return in_sympy(operands[0]) ** sp.Integer(operands[1])
    values = [in_sympy(operand) for operand in operands]
    if operator in FUNCTIONS:
        return FUNCTIONS[operator](values[0])
    first, second = values
    made = {"+": first + second, "-": first - second, "*": first * second, "/": first / second}
    return made[operator]
