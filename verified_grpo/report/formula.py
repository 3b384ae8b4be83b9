"""Formulas as trees, printed for Markdown (LaTeX) and for Typst by one walk with two dialects.

A tree is a number, a name, or a tuple whose head says what it is: the heads of the certificates' expressions
(`+ * - neg / ^ sqrt exp log cosh sinh tanh sigma abs`) and a few of the report's own: a relation chain
(`rel`, tree, sign, tree, ...), an `interval`, what stands `between` two other signs, a `list`, an `index`, a
`binomial`, a `total`, and `words`. Any other head is a function's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

Tree = str | tuple["Tree", ...]

NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?|-?\d+/\d+", re.ASCII)

# How tightly a tree holds together; an operand that is looser than its place asks for is put in parentheses.
SUM, PRODUCT, POWER, ATOM = range(4)

# Names of several letters that are printed as one sign.
SYMBOLS = {
    "alpha",
    "beta",
    "delta",
    "eps",
    "eta",
    "gamma",
    "lambda",
    "mu",
    "omega",
    "pi",
    "sigma",
    "theta",
    "zeta",
    "Omega",
}

# A fraction of more leaves than this is printed with a slash, so that a long formula can break across lines.
LARGE = 24


@dataclass(frozen=True)
class Formula:
    """A formula to be printed."""

    tree: Tree


class Dialect(Protocol):
    """What a language for mathematics writes for each piece; arguments are already printed."""

    def name(self, name: str) -> str: ...
    def words(self, text: str) -> str: ...
    def relation(self, sign: str) -> str: ...
    def fraction(self, above: str, below: str) -> str: ...
    def root(self, inside: str) -> str: ...
    def power(self, base: str, exponent: str) -> str: ...
    def function(self, name: str) -> str: ...
    def parentheses(self, inside: str) -> str: ...
    def brackets(self, inside: str) -> str: ...
    def between(self, opening: str, inside: str, closing: str) -> str: ...
    def absolute(self, inside: str) -> str: ...
    def binomial(self, above: str, below: str) -> str: ...
    def index(self, name: str, below: str) -> str: ...
    def total(self, index: str, last: str, term: str) -> str: ...
    @property
    def cross(self) -> str: ...
    @property
    def times(self) -> str: ...
    @property
    def gap(self) -> str: ...
    @property
    def wide_comma(self) -> str: ...
    @property
    def slash(self) -> str: ...
    @property
    def comma(self) -> str: ...


def show(formula: Formula, dialect: Dialect) -> str:
    """The formula in a dialect."""
    return _Printer(dialect).text(formula.tree)


def size(tree: Tree) -> int:
    """The number of leaves of a tree."""
    return 1 if isinstance(tree, str) else sum(size(part) for part in tree[1:])


class _Printer:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def text(self, tree: Tree, at_least: int = SUM) -> str:
        printed, tightness = self.leaf(tree) if isinstance(tree, str) else self.node(tree)
        return printed if tightness >= at_least else self.dialect.parentheses(printed)

    def leaf(self, leaf: str) -> tuple[str, int]:
        if not NUMBER.fullmatch(leaf):
            # A mark is a superscript already, so a power of such a name needs parentheses.
            return self.dialect.name(leaf), POWER if re.search("['*]", leaf) else ATOM
        if "/" in leaf:
            above, below = leaf.lstrip("-").split("/")
            return self.signed(leaf, self.dialect.fraction(above, below), PRODUCT)
        mantissa, _, exponent = leaf.lstrip("-").partition("e")
        if not exponent:
            return self.signed(leaf, mantissa, ATOM)
        power = self.dialect.power("10", exponent)
        if mantissa == "1":
            return self.signed(leaf, power, POWER)
        return self.signed(leaf, f"{mantissa} {self.dialect.cross} {power}", PRODUCT)

    def signed(self, leaf: str, printed: str, tightness: int) -> tuple[str, int]:
        return (f"-{printed}", SUM) if leaf.startswith("-") else (printed, tightness)

    def node(self, tree: tuple[Tree, ...]) -> tuple[str, int]:
        head, *parts = tree
        show_node = {
            "+": self.sum, "-": self.sum, "neg": self.negative, "*": self.product, "/": self.quotient,
            "^": self.power, "sqrt": self.root, "abs": self.absolute, "exp": self.exponential,
            "rel": self.relation, "interval": self.interval, "list": self.listed, "words": self.words,
            "between": self.between, "binomial": self.binomial, "index": self.index, "total": self.total,
        }.get(str(head), self.function)  # fmt: skip
        return show_node(str(head), parts)

    def sum(self, head: str, parts: list[Tree]) -> tuple[str, int]:
        first, *others = parts
        printed = self.text(first)
        for part in others:
            if head == "-":
                printed += f" - {self.text(part, PRODUCT)}"
            elif isinstance(part, tuple) and part[0] == "neg":
                printed += f" - {self.text(part[1], PRODUCT)}"
            elif isinstance(part, str) and part.startswith("-"):
                printed += f" - {self.text(part[1:], PRODUCT)}"
            else:
                printed += f" + {self.text(part)}"
        return printed, SUM

    def negative(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return f"-{self.text(parts[0], PRODUCT)}", SUM

    def product(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        printed, last = self.text(parts[0], PRODUCT), parts[0]
        for part in parts[1:]:
            factor = self.text(part, PRODUCT)
            # A number after anything needs a sign between, everything else may stand side by side.
            times, gap = (
                f" {self.dialect.times} ",
                f" {self.dialect.gap} " if self.dialect.gap and _is_word(last) else " ",
            )
            printed += (times if _starts_with_number(part) else gap) + factor
            last = part
        return printed, PRODUCT

    def quotient(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        above, below = parts
        if max(size(above), size(below)) > LARGE:
            return f"{self.text(above, PRODUCT)} {self.dialect.slash} {self.text(below, POWER)}", PRODUCT
        return self.dialect.fraction(self.text(above), self.text(below)), PRODUCT

    def power(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.power(self.text(parts[0], ATOM), self.text(parts[1])), POWER

    def root(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.root(self.text(parts[0])), ATOM

    def absolute(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.absolute(self.text(parts[0])), ATOM

    def exponential(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        if size(parts[0]) <= 2:
            return self.dialect.power("e", self.text(parts[0])), POWER
        return self.function("exp", parts)

    def function(self, head: str, parts: list[Tree]) -> tuple[str, int]:
        arguments = f"{self.dialect.comma} ".join(self.text(part) for part in parts)
        return self.dialect.function(head) + self.dialect.parentheses(arguments), ATOM

    def relation(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        printed = [
            self.dialect.relation(str(part)) if k % 2 else self.text(part) for k, part in enumerate(parts)
        ]
        return " ".join(printed), SUM

    def interval(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.brackets(f"{self.dialect.comma} ".join(self.text(part) for part in parts)), ATOM

    def between(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        """Between any two of the signs `( ) [ ]`: half-open ranges, pairs."""
        opening, closing, *inside = parts
        shown = f"{self.dialect.comma} ".join(self.text(part) for part in inside)
        return self.dialect.between(str(opening), shown, str(closing)), ATOM

    def listed(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return f"{self.dialect.wide_comma} ".join(self.text(part) for part in parts), SUM

    def binomial(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.binomial(self.text(parts[0]), self.text(parts[1])), ATOM

    def index(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.index(self.text(parts[0]), self.text(parts[1])), ATOM

    def total(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        """A sum over an index from 0: `("total", "k", last, term)`."""
        index, last, term = parts
        return self.dialect.total(self.text(index), self.text(last), self.text(term, PRODUCT)), SUM

    def words(self, _: str, parts: list[Tree]) -> tuple[str, int]:
        return self.dialect.words(str(parts[0])), ATOM


def _starts_with_number(tree: Tree) -> bool:
    if isinstance(tree, str):
        return bool(NUMBER.fullmatch(tree))
    return tree[0] in ("*", "^", "/") and tree[0] != "/" and _starts_with_number(tree[1])


def _is_word(tree: Tree) -> bool:
    """A name of several letters, `odds`, after which a factor needs a space."""
    return (
        isinstance(tree, str) and bool(re.match(r"[A-Za-z]{2}", tree)) and tree.split("_")[0] not in SYMBOLS
    )
