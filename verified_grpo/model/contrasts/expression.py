"""A contrast of one's own, written as an expression; what is known of it is what the expression shows.

That it is positive and smooth for 0 < p < 1 is established for each stabiliser (or range of them) before
anything is enclosed: by the construction of the expression, whose letters are positive, or by enclosures
over a paving of 0 <= p <= 1. The checker does the same by code of its own (its lemma 42).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ...errors import InputError, MissingFact
from ...intervals import Engine, Sign, make_engine
from .definition import Chosen, Definition
from .facts import Fact, Facts
from .reading import FUNCTIONS, Tree, has_ranges, infix, range_of
from .trends import falls_in_v

if TYPE_CHECKING:
    import sympy as sp

V = TypeVar("V")

COARSEST, FINEST, MOST_CELLS, BITS = 64, 2**20, 2000, 64
"""The paving's cells are 1/64 wide, halved to 2^-20 where that decides; how many cells are looked at, and the
precision."""

Range = tuple[Fraction, Fraction]


class ExpressionDefinition(Definition):
    """Omega by a tree of its own."""

    def check(self, chosen: Chosen) -> None:
        if chosen.omega is None:
            raise InputError("contrast expression needs its expression: --omega, for example '1/(p + eps)'")
        if chosen.group_size or chosen.ddof:
            raise InputError("group size and ddof belong to contrast group, not to an expression")

    def facts(self, chosen: Chosen) -> Facts:
        known: Facts = {Fact.BOUNDED: "By enclosures over a paving of 0 <= p <= 1, or nothing is proved."}
        if falls_in_v(_tree(chosen)) and not has_ranges(_tree(chosen)):
            known[Fact.EVEN_RISING] = "It is a function of v and eps that does not rise in v."
        return known

    def label(self, chosen: Chosen) -> str:
        written = infix(_tree(chosen))
        return written[1:-1] if written.startswith("(") else written

    def own(self, chosen: Chosen) -> Mapping[str, Any]:
        return {"omega": _listed(_tree(chosen))}

    def tree(self, chosen: Chosen) -> Tree:
        return _tree(chosen)

    def omega(self, chosen: Chosen) -> sp.Expr:
        from .symbols import in_sympy

        return in_sympy(_tree(chosen))

    def bound(self, chosen: Chosen, eps: Range) -> Fraction:
        """An upper bound of Omega for these eps.

        Raises:
            InputError: Omega is not known to be positive and smooth; the message says where.
            MissingFact: it is not known to be bounded.
        """
        self.require_defined(chosen, eps)
        if (bound := _surveyed(_tree(chosen), eps).bound) is None:
            raise MissingFact(f"Omega of {self.label(chosen)} is not known to {Fact.BOUNDED.value}")
        return bound

    def require_defined(self, chosen: Chosen, eps: Range) -> None:
        if (cell := _surveyed(_tree(chosen), eps).not_positive) is not None:
            where = f"for p from {cell[0]} to {cell[1]}"
            raise InputError(f"Omega = {self.label(chosen)} is not known to be > 0 {where}")


@dataclass(frozen=True)
class _Survey:
    """The first cell on which Omega is not known to be > 0, and an upper bound; None where there is none."""

    not_positive: Range | None
    bound: Fraction | None


@lru_cache(maxsize=256)
def _surveyed(tree: Tree, eps: Range) -> _Survey:
    """By intervals, whose ends are kept where a ball would lose them."""
    bound: Fraction | None = Fraction(0)
    with make_engine("mpmath", BITS) as engine:
        for cell, known in _paved(tree, engine, engine.interval(*eps)):
            if not known.positive:
                return _Survey(cell, None)
            finite = bound is not None and engine.is_finite(known.value)
            bound = max(bound or Fraction(0), engine.upper(known.value)) if finite else None
    return _Survey(None, bound)


def _tree(chosen: Chosen) -> Tree:
    assert chosen.omega is not None  # `check` refuses
    return chosen.omega


def _listed(tree: Tree) -> Any:
    return tree if isinstance(tree, str) else [_listed(part) for part in tree]


@dataclass(frozen=True)
class _Known(Generic[V]):
    """A part's values over a closed cell of p, and whether for 0 < p < 1 there it is smooth, and its sign."""

    value: V
    smooth: bool
    positive: bool
    negative: bool


def _paved(tree: Tree, engine: Engine[V], stabiliser: V) -> Iterator[tuple[Range, _Known[V]]]:
    """Cells that cover 0 <= p <= 1, halved while sign or bound are open; at the limit of the work what is
    left, as it is."""
    waiting = [(Fraction(k, COARSEST), Fraction(k + 1, COARSEST)) for k in reversed(range(COARSEST))]
    looked = 0
    while waiting:
        cell = low, high = waiting.pop()
        known, looked = _Cell(engine, cell, stabiliser).known(tree), looked + 1
        done = known.positive and engine.is_finite(known.value)
        if done or looked >= MOST_CELLS or high - low <= Fraction(1, FINEST):
            yield cell, known
        else:
            middle = (low + high) / 2
            waiting += [(middle, high), (low, middle)]


class _Cell(Generic[V]):
    """What is known of expressions over one cell."""

    def __init__(self, engine: Engine[V], cell: Range, stabiliser: V) -> None:
        low, high = cell
        spreads = sorted((low * (1 - low), high * (1 - high)))
        top = Fraction(1, 4) if low <= Fraction(1, 2) <= high else spreads[1]
        self.engine = engine
        self.letters = {
            "p": engine.interval(low, high),
            "q": engine.interval(1 - high, 1 - low),
            "v": engine.interval(spreads[0], top),
            "eps": stabiliser,
        }

    def known(self, tree: Tree) -> _Known[V]:
        """Of a part and all that it is made of."""
        if isinstance(tree, str):
            if tree in self.letters:
                return self._made(self.letters[tree], True, positive=True)
            if (ends := range_of(tree)) is not None:
                return self._made(self.engine.interval(*ends), True)
            return self._made(self.engine.exact(Fraction(tree)), True)
        if tree[0] == "^":
            return self._power(self.known(tree[1]), int(str(tree[2])))
        operands = [self.known(operand) for operand in tree[1:]]
        if tree[0] in ("neg", *FUNCTIONS):
            return self._unary(str(tree[0]), operands[0])
        return reduce(
            {"+": self._sum, "-": self._sub, "*": self._mul, "/": self._div}[str(tree[0])], operands
        )

    def _made(self, value: V, smooth: bool, *, positive: bool = False, negative: bool = False) -> _Known[V]:
        sign = self.engine.sign(value) if self.engine.is_finite(value) else Sign.UNDECIDED
        above, below = positive or sign is Sign.POSITIVE, negative or sign is Sign.NEGATIVE
        return _Known(value, smooth, smooth and above, smooth and below)

    def _unary(self, operator: str, x: _Known[V]) -> _Known[V]:
        engine = self.engine
        if operator == "neg":
            return self._made(engine.neg(x.value), x.smooth, positive=x.negative, negative=x.positive)
        if operator == "exp":
            return self._made(engine.exp(x.value), x.smooth, positive=True)
        if operator == "sqrt":
            return self._made(engine.sqrt(x.value), x.positive, positive=True)
        return self._made(engine.log(x.value), x.positive)

    def _sum(self, x: _Known[V], y: _Known[V]) -> _Known[V]:
        value = self.engine.add(x.value, y.value)
        return self._made(value, x.smooth and y.smooth, positive=x.positive and y.positive)

    def _sub(self, x: _Known[V], y: _Known[V]) -> _Known[V]:
        value = self.engine.sub(x.value, y.value)
        return self._made(value, x.smooth and y.smooth, positive=x.positive and y.negative)

    def _mul(self, x: _Known[V], y: _Known[V]) -> _Known[V]:
        value = self.engine.mul(x.value, y.value)
        return self._made(value, x.smooth and y.smooth, positive=x.positive and y.positive)

    def _div(self, x: _Known[V], y: _Known[V]) -> _Known[V]:
        smooth = x.smooth and (y.positive or y.negative)
        value = self.engine.div(x.value, y.value)
        return self._made(value, smooth, positive=x.positive and y.positive)

    def _power(self, x: _Known[V], exponent: int) -> _Known[V]:
        one = self._made(self.engine.exact(1), True)
        if exponent == 0:
            return one
        even = exponent % 2 == 0 and x.negative
        value = self.engine.power(x.value, abs(exponent))
        power = self._made(value, x.smooth, positive=x.positive or even)
        return power if exponent > 0 else self._div(one, power)


def omega() -> sp.Expr:
    """In general; each expression is its own."""
    import sympy as sp

    return sp.Symbol("Omega")


DEFINITION = ExpressionDefinition(
    name="expression",
    words="whatever expression the statement itself holds",
    expression=omega,
)
