"""A contrast as a person types it: an expression in p, q = 1 - p, v = p q, eps and exact numbers.

The text is read by Python's own grammar into a tree, of which nothing is ever executed, and everything that
is no sum, difference, product, quotient, integer power, root, exponential or logarithm is refused by name.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NoReturn

from ...errors import InputError
from ...intervals import canonical, exact

Tree = str | tuple["Tree", ...]
"""A letter, an exact number or a range LO:HI of them, or an operator before its operands: as certificates
write expressions."""

LETTERS = ("p", "q", "v", "eps")
FUNCTIONS = ("sqrt", "exp", "log")
LONGEST_TEXT = 2000
LONGEST = 400
"""Letters, numbers and operators of what is typed; the checker reads more, for what is made out of it."""
LARGEST_POWER = 64

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_ALLOWED = f"allowed are numbers, {', '.join(LETTERS)}, + - * / ^ and {', '.join(FUNCTIONS)}"


def read_omega(text: str) -> Tree:
    """The tree of an expression.

    >>> read_omega("1/(p + eps)")
    ('/', '1', ('+', 'p', 'eps'))

    Raises:
        InputError: anything else than such an expression, or a longer one; the message says what and where.
    """
    if len(text) > LONGEST_TEXT or not text.isascii():
        raise InputError(f"an expression has at most {LONGEST_TEXT} plain characters")
    source = text.strip().replace("^", "**")
    try:
        tree = _Reader(source).tree(ast.parse(source, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(f"{text!r} is not an expression: {_ALLOWED}") from None
    if parts(tree) > LONGEST:
        raise InputError(f"an expression of more than {LONGEST} letters, numbers and operators")
    return tree


def tree_of(written: Any) -> Tree:
    """The tree of an expression as a certificate writes it, in lists."""
    return written if isinstance(written, str) else tuple(tree_of(part) for part in written)


def range_of(leaf: str) -> tuple[Fraction, Fraction] | None:
    """The ends of a range LO:HI that stands for a number; None of any other leaf."""
    if ":" not in leaf:
        return None
    low, _, high = leaf.partition(":")
    return Fraction(low), Fraction(high)


def has_ranges(tree: Tree) -> bool:
    """Whether some number is a range: the expression stands for all that have numbers there."""
    return ":" in tree if isinstance(tree, str) else any(has_ranges(part) for part in tree[1:])


def at_middles(tree: Tree) -> Tree:
    """The expression with the middle of each range: for guesses."""
    if isinstance(tree, str):
        ends = range_of(tree)
        return tree if ends is None else canonical((ends[0] + ends[1]) / 2)
    return (tree[0], *(at_middles(part) for part in tree[1:]))


def substituted(tree: Tree, letters: Mapping[str, Tree]) -> Tree:
    """The expression with these parts for its letters."""
    if isinstance(tree, str):
        return letters.get(tree, tree)
    return (tree[0], *(substituted(part, letters) for part in tree[1:]))


def parts(tree: Tree) -> int:
    """How many letters, numbers and operators a tree has."""
    return 1 if isinstance(tree, str) else 1 + sum(parts(operand) for operand in tree[1:])


def infix(tree: Tree) -> str:
    """The expression as a person types it, fully bracketed."""
    if isinstance(tree, str):
        return f"({tree})" if tree.startswith("-") or "/" in tree else tree
    operator, operands = tree[0], [infix(operand) for operand in tree[1:]]
    if operator == "neg":
        return f"(-{operands[0]})"
    if operator in FUNCTIONS:
        return f"{operator}({operands[0]})"
    return f"({f' {operator} '.join(operands)})"


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source

    def tree(self, node: ast.expr) -> Tree:
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            return node.id if node.id in LETTERS else self._refuse(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            operand = self.tree(node.operand)
            return ("neg", operand) if isinstance(node.op, ast.USub) else operand
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        return self._refuse(node)

    def _call(self, node: ast.Call) -> Tree:
        function = node.func
        known = isinstance(function, ast.Name) and function.id in FUNCTIONS
        if not (known and len(node.args) == 1 and not node.keywords):
            self._refuse(node)
        return (self._text(function), self.tree(node.args[0]))

    def _binary(self, node: ast.BinOp) -> Tree:
        if isinstance(node.op, ast.Pow):
            return self._power(node)
        operator = _BINARY.get(type(node.op)) or self._refuse(node)
        return (operator, self.tree(node.left), self.tree(node.right))

    def _power(self, node: ast.BinOp) -> Tree:
        exponent = self._text(node.right).strip("() ")
        if exponent.removeprefix("-").isdecimal() and abs(int(exponent)) <= LARGEST_POWER:
            return ("^", self.tree(node.left), str(int(exponent)))
        raise InputError(
            f"the power {self._text(node)!r}: an exponent is an integer up to {LARGEST_POWER}; a root is sqrt"
        )

    def _number(self, node: ast.Constant) -> Tree:
        return canonical(exact(self._text(node)))

    def _text(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.source, node) or ""

    def _refuse(self, node: ast.expr) -> NoReturn:
        raise InputError(f"{self._text(node)!r} in an expression: {_ALLOWED}")
