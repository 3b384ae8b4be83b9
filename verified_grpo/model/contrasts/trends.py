"""How an expression in v and eps moves with v, by its construction alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .reading import LETTERS, Tree, range_of

RISES, FALLS = 1, -1
_BOTH = frozenset({RISES, FALLS})


@dataclass(frozen=True)
class _Trend:
    """In which directions a part is known to move, not strictly, as v rises, and whether it is > 0."""

    moves: frozenset[int]
    positive: bool

    def turned(self) -> _Trend:
        return _Trend(frozenset(-move for move in self.moves), self.positive)

    def beside(self, other: _Trend) -> _Trend:
        """Of a sum, or of a product of positive parts."""
        return _Trend(self.moves & other.moves, self.positive and other.positive)


_NOTHING = _Trend(frozenset(), False)


def falls_in_v(tree: Tree) -> bool:
    """Whether an expression is known not to rise in v, for v > 0 and eps > 0; one with p or q in it is
    not."""
    return FALLS in _trend(tree).moves


def _trend(tree: Tree) -> _Trend:
    if isinstance(tree, str):
        return _leaf(tree)
    operator, first = tree[0], _trend(tree[1])
    if operator == "^":
        return _power(first, int(str(tree[2])))
    if operator == "neg":
        return _Trend(first.turned().moves, False)
    if operator == "exp":
        return _Trend(first.moves, True)
    if operator in ("sqrt", "log"):
        return _Trend(first.moves, operator == "sqrt") if first.positive else _NOTHING
    second = _trend(tree[2])
    if operator == "+":
        return first.beside(second)
    if operator == "-":
        return _Trend(first.moves & second.turned().moves, False)
    if not (first.positive and second.positive):
        return _NOTHING
    return first.beside(second if operator == "*" else second.turned())


def _leaf(word: str) -> _Trend:
    if word in LETTERS:
        return _Trend({"v": frozenset({RISES}), "eps": _BOTH}.get(word, frozenset()), True)
    least = (range_of(word) or (Fraction(word),))[0]
    return _Trend(_BOTH, least > 0)


def _power(base: _Trend, exponent: int) -> _Trend:
    if exponent == 0:
        return _Trend(_BOTH, True)
    if not base.positive:
        return _NOTHING
    return base if exponent > 0 else base.turned()
