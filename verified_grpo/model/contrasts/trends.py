"""How an expression moves with v: by its construction, and where p and q are in it, by its rational parts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce

from .reading import LETTERS, Tree, range_of
from .symmetric import Ratio, leaf, made, powered

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


@dataclass(frozen=True)
class _Shape:
    """What is known of a part: its trend, and which ratio of polynomials it is, if it is one."""

    trend: _Trend
    ratio: Ratio | None

    @classmethod
    def seen(cls, trend: _Trend, ratio: Ratio | None) -> _Shape:
        """With what the ratio tells."""
        if ratio is None:
            return cls(trend, None)
        moves, positive = ratio.moves()
        return cls(_Trend(trend.moves | moves, trend.positive or positive), ratio)


@lru_cache(maxsize=256)
def falls_in_v(tree: Tree) -> bool:
    """Whether an expression is known to be a function of v and eps that does not rise in v, for 0 < p < 1 and
    eps > 0."""
    return FALLS in _shape(tree).trend.moves


def _shape(tree: Tree) -> _Shape:
    if isinstance(tree, str):
        return _Shape.seen(_leaf(tree), None if range_of(tree) else leaf(tree))
    operator = str(tree[0])
    if operator == "^":
        base, exponent = _shape(tree[1]), int(str(tree[2]))
        return _Shape.seen(_power(base.trend, exponent), powered(base.ratio, exponent))
    operands = [_shape(part) for part in tree[1:]]
    trends, ratios = [x.trend for x in operands], [x.ratio for x in operands]
    if operator in _JOINED:
        return _Shape.seen(reduce(_JOINED[operator], trends), made(operator, ratios))
    if operator == "neg":
        return _Shape.seen(_Trend(trends[0].turned().moves, False), made(operator, ratios))
    return _Shape(_of_function(operator, trends[0]), None)


def _of_function(name: str, trend: _Trend) -> _Trend:
    if name == "exp":
        return _Trend(trend.moves, True)
    return _Trend(trend.moves, name == "sqrt") if trend.positive else _NOTHING


def _difference(x: _Trend, y: _Trend) -> _Trend:
    return _Trend(x.moves & y.turned().moves, False)


def _product(x: _Trend, y: _Trend) -> _Trend:
    return x.beside(y) if x.positive and y.positive else _NOTHING


def _quotient(x: _Trend, y: _Trend) -> _Trend:
    return _product(x, y.turned())


_JOINED = {"+": _Trend.beside, "-": _difference, "*": _product, "/": _quotient}


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
