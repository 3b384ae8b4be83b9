"""Inequalities over boxes, by branch and bisect: an expression keeps its sign on a closed box.

The expression is given in the certificates' expression language (nested lists of text). What is found is a
binary tree over the box, in preorder, on each leaf of which one enclosure decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar, Union

from ...errors import NotEnoughPrecision
from ...intervals import Engine, Sign, exact, make_engine
from ..no_truth_value import NoTruthValue
from ..subdivision import Subdivision

V = TypeVar("V")

Expression = Union[str, Sequence["Expression"]]  # noqa: UP007 -- a recursive alias needs the old form
Box = Mapping[str, tuple[Fraction, Fraction]]
Node = tuple[str, str, Fraction] | tuple[str]

RELATIONS = (">", "<", ">=", "<=")
LEAF_LIMIT = 20_000
LEFT_OVER_LIMIT = 16
SMALLEST = Fraction(1, 2**40)


@dataclass(frozen=True)
class ProvedInequality(NoTruthValue, read="nodes"):
    """The relation holds on the whole closed box: ``("split", axis, at)`` and ``("leaf",)`` in preorder."""

    nodes: tuple[Node, ...]
    bits: int


@dataclass(frozen=True)
class RefutedInequality(NoTruthValue, read="point"):
    """The relation fails at this point of the box."""

    point: dict[str, Fraction]


@dataclass(frozen=True)
class UndecidedInequality(NoTruthValue, read="reason"):
    """Neither proved nor refuted; ``boxes`` are some of those left over."""

    reason: str
    boxes: tuple[Box, ...]


InequalityOutcome = ProvedInequality | RefutedInequality | UndecidedInequality


def prove_inequality(
    expression: Expression,
    box: Box,
    relation: str,
    *,
    engine: str = "mpmath",
    bits: int = 80,
    leaves: int = LEAF_LIMIT,
) -> InequalityOutcome:
    """Prove or refute ``expression relation 0`` everywhere on a closed box.

    Args:
        expression: nested lists; its variables are the box's names.
        box: exact ends for each variable, equal for a point.
        relation: one of ``> < >= <=``.
        engine, bits: arithmetic of the search.
        leaves: how many leaves the tree may have before the search gives up.

    Not proved: anything where the search ends undecided; an equality inside the box always does so.
    """
    with make_engine(engine, bits) as arithmetic:
        return _search(_Question(arithmetic, expression, relation), dict(box), leaves)


class _Question(Generic[V]):
    """One expression and relation on one engine."""

    def __init__(self, engine: Engine[V], expression: Expression, relation: str) -> None:
        self.engine = engine
        self.relation = relation
        self._value = _compile(engine, expression)

    def sign(self, box: Box) -> Sign:
        """The sign of the expression over a box, where one enclosure decides it."""
        try:
            return self.engine.sign(self._value({n: self.engine.interval(*side) for n, side in box.items()}))
        except NotEnoughPrecision:
            return Sign.UNDECIDED

    def holds(self, box: Box) -> bool:
        """Whether the relation is certain on the box."""
        sign = self.sign(box)
        wanted = Sign.POSITIVE if self.relation.startswith(">") else Sign.NEGATIVE
        return sign is wanted or (sign is Sign.ZERO and self.relation.endswith("="))

    def fails_at(self, point: Mapping[str, Fraction]) -> bool:
        """Whether the relation is certainly false at a point."""
        box = {name: (x, x) for name, x in point.items()}
        return self.sign(box) is not Sign.UNDECIDED and not self.holds(box)


def _search(
    question: _Question[V], root: dict[str, tuple[Fraction, Fraction]], leaves: int
) -> InequalityOutcome:
    """Depth first, so that the nodes come out in preorder; the side that is longest beside the root's is
    halved."""
    widths = {name: high - low for name, (low, high) in root.items() if low < high}
    boxes, left = Subdivision([root]), list[Box]()
    nodes: list[Node] = []
    while boxes and len(left) < LEFT_OVER_LIMIT:
        box = boxes.take()
        if question.holds(box):
            nodes.append(("leaf",))
            continue
        middle = {name: (low + high) / 2 for name, (low, high) in box.items()}
        if question.fails_at(middle):
            return RefutedInequality(middle)
        shares = {name: (box[name][1] - box[name][0]) / width for name, width in widths.items()}
        axis = max(shares, key=lambda name: shares[name], default="")
        if not axis or shares[axis] < SMALLEST or len(nodes) > 2 * leaves:
            left.append(box)
            continue
        nodes.append(("split", axis, middle[axis]))
        low, high = box[axis]
        boxes.put_back({**box, axis: (low, middle[axis])}, {**box, axis: (middle[axis], high)})
    if left:
        return UndecidedInequality(f"{len(left)} boxes are left without a decision", tuple(left))
    return ProvedInequality(tuple(nodes), question.engine.bits)


Evaluation = Callable[[Mapping[str, V]], V]


def _compile(engine: Engine[V], expression: Expression) -> Evaluation[V]:
    """The expression as a function of its variables' enclosures."""
    if isinstance(expression, str):
        if expression[0].isalpha():
            return lambda values: values[expression]
        constant = engine.exact(exact(expression))
        return lambda _: constant
    operator = str(expression[0])
    if operator == "^":
        base, exponent = _compile(engine, expression[1]), int(str(expression[2]))
        return lambda values: engine.power(base(values), exponent)
    operands = [_compile(engine, operand) for operand in expression[1:]]
    first, rest = operands[0], operands[1:]
    if operator in ("+", "*", "-", "/"):
        combine = {"+": engine.add, "*": engine.mul, "-": engine.sub, "/": engine.div}[operator]

        def folded(values: Mapping[str, V]) -> V:
            total = first(values)
            for operand in rest:
                total = combine(total, operand(values))
            return total

        return folded
    function = _functions(engine)[operator]
    return lambda values: function(first(values))


def _functions(engine: Engine[V]) -> dict[str, Callable[[V], V]]:
    """The functions of the language; those the engine lacks are monotone and taken by their end points."""
    one, two = engine.exact(1), engine.exact(2)

    def by_ends(function: Callable[[V], V], a: V) -> V:
        low, high = engine.exact(engine.lower(a)), engine.exact(engine.upper(a))
        return engine.hull(function(low), function(high))

    def magnitude(a: V) -> V:
        low, high = engine.lower(a), engine.upper(a)
        if low >= 0 or high <= 0:
            return a if low >= 0 else engine.neg(a)
        return engine.interval(0, max(-low, high))

    def cosh_at(a: V) -> V:
        return engine.div(engine.add(engine.exp(a), engine.exp(engine.neg(a))), two)

    def sinh_at(a: V) -> V:
        return engine.div(engine.sub(engine.exp(a), engine.exp(engine.neg(a))), two)

    def tanh_at(a: V) -> V:
        return engine.sub(engine.mul(two, engine.sigmoid(engine.mul(two, a))), one)

    return {
        "neg": engine.neg,
        "sqrt": engine.sqrt,
        "exp": engine.exp,
        "log": engine.log,
        "sigma": engine.sigmoid,
        "abs": magnitude,
        "cosh": lambda a: by_ends(cosh_at, magnitude(a)),
        "sinh": lambda a: by_ends(sinh_at, a),
        "tanh": lambda a: by_ends(tanh_at, a),
    }
