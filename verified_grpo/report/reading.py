"""Formulas in prose: what stands between two backquotes, read as mathematics where it can be nothing else.

The language is how one writes a formula in plain text: `h(p) >= p_ref`, `B(p*)/beta`, `2 c t tanh(c t)`. Side
by side means times, a name right before a parenthesis is a function where it is called like one, a star or a
prime right after a name belongs to it. Whatever does not fit, or fits in two ways, is left as it stands:
None is an answer, a guess is not.
"""

from __future__ import annotations

import re

from verified_grpo.report.dialects import ELEMENTARY, GREEK
from verified_grpo.report.formula import Tree

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9]*['*]?(?:_[A-Za-z0-9]+)?)"
    r"|(?P<sign><=|>=|!=|[-+/^()<>=,|_{}\[\]]))"
)
_RELATIONS = ("<=", ">=", "!=", "<", ">", "=")
_FUNCTIONS = {
    "sqrt",
    "logit",
    "sigma",
    "Omega",
    "T",
    "h",
    "f",
    "g",
    "B",
    "B_max",
    "min",
    "max",
    "clip",
    *ELEMENTARY,
}
# Longer words that name a number; any other word makes the whole thing text.
_WORDS = {*GREEK, *_FUNCTIONS, "eps", "odds", "bound", "ell", "gap", "root", "width"}
# The weights omega+ and omega- are names that end in a sign.
_SIGNED_NAME = re.compile(r"omega[-+]")
_STARRED = re.compile(r"([A-Za-z]\w*\*)(.?)")


class _NotAFormula(Exception):
    """The text is left as it stands."""


def read_formula(text: str) -> Tree | None:
    """The formula as a tree, or None where the text is not one, or not certainly.

    >>> read_formula("B(p*)/beta <= 1")
    ('rel', ('/', ('B', 'p*'), 'beta'), '<=', '1')
    >>> read_formula("beta 0.04") is None
    True
    """
    try:
        return _Reader(text).whole()
    except _NotAFormula:
        return None


class _Reader:
    """Recursive descent over the tokens; `glued` says that no space stands before a token."""

    def __init__(self, text: str) -> None:
        if _SIGNED_NAME.search(text):
            raise _NotAFormula
        self.tokens: list[tuple[str, str, bool]] = []
        at = 0
        while at < len(text.rstrip()):
            if not (found := _TOKEN.match(text, at)):
                raise _NotAFormula
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind], found.start(kind) == at))
            at = found.end()
        self.at = 0
        _refuse_doubtful_stars(text)

    def whole(self) -> Tree:
        pair = self.pair()
        tree = pair or self.relation()
        if self.at < len(self.tokens) or not self.tokens:
            raise _NotAFormula
        return tree

    def pair(self) -> Tree | None:
        """A range or a pair that is the whole text: `[0, 1/2)`."""
        if len(self.tokens) < 5 or self.tokens[0][1] not in "([" or self.tokens[-1][1] not in ")]":
            return None
        opening, closing = self.tokens[0][1], self.tokens[-1][1]
        start, self.at = self.at, 1
        try:
            parts = [self.sum()]
            while self.take(","):
                parts.append(self.sum())
        except _NotAFormula:
            parts = []
        if len(parts) != 2 or self.at != len(self.tokens) - 1:
            self.at = start
            return None
        self.at += 1
        return (
            ("interval", *parts)
            if (opening, closing) == ("[", "]")
            else ("between", opening, closing, *parts)
        )

    def relation(self) -> Tree:
        parts: list[Tree] = [self.sum()]
        while (sign := self.peek()) in _RELATIONS:
            self.at += 1
            parts += [sign, self.sum()]
        return ("rel", *parts) if len(parts) > 1 else parts[0]

    def sum(self) -> Tree:
        tree: Tree = ("neg", self.product()) if self.take("-") else self.product()
        while (sign := self.peek()) in ("+", "-"):
            self.at += 1
            tree = (sign, tree, self.product())
        return tree

    def product(self) -> Tree:
        tree = self.power()
        while True:
            if self.take("/"):
                tree = ("/", tree, self.power())
            elif self.peek() == "(" or self.kind() == "name":
                applied = self.applied()
                factor = self.power()
                if applied and not (isinstance(factor, tuple) and factor[0] in ("+", "-", "^")):
                    raise _NotAFormula  # "J(p)" is no product
                factors = tree[1:] if isinstance(tree, tuple) and tree[0] == "*" else (tree,)
                tree = ("*", *factors, factor)
            elif self.kind() == "number":
                raise _NotAFormula  # "beta 5" is no product
            else:
                return tree

    def applied(self) -> bool:
        """Whether a parenthesis stands right behind a name, as that of a function would."""
        _, before, _ = self.tokens[self.at - 1]
        return self.peek() == "(" and self.tokens[self.at][2] and (before[0].isalpha() or before == "}")

    def power(self) -> Tree:
        kind, word, _ = self.next()
        if kind == "name":
            return self.named(word)
        if kind == "number":
            return self.raised(word)
        if word == "(":
            inside = self.relation()
            self.expect(")")
            if isinstance(inside, tuple) and inside[0] == "rel":
                raise _NotAFormula
            return self.raised(inside)
        if word == "|":
            inside = self.sum()
            self.expect("|")
            return self.raised(("abs", inside))
        raise _NotAFormula

    def named(self, word: str) -> Tree:
        name = _name(word)
        if self.take("_"):  # L_{n-1}
            self.expect("{")
            below = self.sum()
            self.expect("}")
            return self.raised(("index", name, below))
        if name.rstrip("'") not in _FUNCTIONS:
            return self.raised(name)
        exponent = self.exponent()  # cosh^2(x)
        if self.peek() == "(" and self.tokens[self.at][2]:
            self.at += 1
            arguments = [self.sum()]
            while self.take(","):
                arguments.append(self.sum())
            self.expect(")")
            applied: Tree = (name, *arguments)
            return self.raised(applied) if exponent is None else ("^", applied, exponent)
        return name if exponent is None else ("^", name, exponent)

    def raised(self, base: Tree) -> Tree:
        exponent = self.exponent()
        return base if exponent is None else ("^", base, exponent)

    def exponent(self) -> Tree | None:
        if not self.take("^"):
            return None
        negative = self.take("-")
        kind, word, _ = self.next()
        if word == "(":
            tree = self.sum()
            self.expect(")")
        elif kind in ("name", "number"):
            tree = _name(word) if kind == "name" else word
        else:
            raise _NotAFormula
        return ("neg", tree) if negative else tree

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def next(self) -> tuple[str, str, bool]:
        if self.at == len(self.tokens):
            raise _NotAFormula
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, sign: str) -> bool:
        found = self.peek() == sign
        self.at += found
        return found

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise _NotAFormula


def _name(word: str) -> str:
    """The name as formulas spell it.

    Raises:
        _NotAFormula: a word that is no name of a number here.
    """
    base = re.split(r"[_'*]", word)[0]
    if word == "Bmax":
        return "B_max"
    if len(base) > 1 and base not in _WORDS and not re.fullmatch(r"[A-Za-z]\d", base):
        raise _NotAFormula
    return word


def _refuse_doubtful_stars(text: str) -> None:
    """`p*(1-p*)` is p* times a parenthesis, since p* stands alone in it; `p*(1-p)` might be p times one.

    Raises:
        _NotAFormula: a star that might mean times.
    """
    followed: dict[str, set[str]] = {}
    for name, after in _STARRED.findall(text):
        followed.setdefault(name, set()).add(after)
    for after in followed.values():
        if any(re.match(r"\w", a) for a in after) or after == {"("}:
            raise _NotAFormula
