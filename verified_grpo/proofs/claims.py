"""Formal claims: what a part of a statement says, and how it is proved.

``prove`` gives a :class:`Proof` (the formal statement with its evidence, which the checker then judges) or
:class:`Open`, the honest word for evidence that did not close.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import sympy as sp

from verified_grpo.certificates import fixed_points_certificate, region_certificate, seal
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.expressions import to_expression, variables_of
from verified_grpo.certificates.grammar import formulas as grammar
from verified_grpo.certificates.grammar.paper import FormalClaim, FormalEvidence
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.certificates.limit_builders import limit_certificate
from verified_grpo.checker import check_bytes
from verified_grpo.checker.diagnostics import Verdict
from verified_grpo.intervals import Exact, canonical, decimal_down, decimal_up, exact_range
from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, Undecided, certify, fixed_points
from verified_grpo.rigor.properties.inequalities import (
    LEAF_LIMIT,
    Expression,
    ProvedInequality,
    RefutedInequality,
    prove_inequality,
)
from verified_grpo.rigor.sequences.limits import limit
from verified_grpo.rigor.sequences.outcomes import Monotone, UndecidedLimit

ENGINE = "mpmath"
BITS = 80

CHECKER_BITS = 32
"""The checker works with so many bits more than the search."""


@dataclass(frozen=True)
class Proof:
    """A formal statement and its evidence."""

    statement: FormalClaim
    evidence: FormalEvidence

    def judged(self) -> Verdict:
        """The independent checker's word on it."""
        return check_bytes(canonical_bytes(seal(self.statement, self.evidence, ENGINE, BITS)))


@dataclass(frozen=True)
class Open:
    """Nothing was proved, and why."""

    reason: str


class Claim(Protocol):
    """A formal claim of one of the certificate's kinds."""

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        """Search with this engine, ``mpmath`` or ``arb``; the checker has arithmetic of its own."""


@dataclass(frozen=True)
class Identity:
    """Two rational expressions are equal, wherever both are defined: decided by the checker's exact grid."""

    left: sp.Expr
    right: sp.Expr

    def __post_init__(self) -> None:
        if sp.sympify(self.left) == sp.sympify(self.right):
            raise ValueError(f"both sides are written alike, which shows nothing: {self.left}")

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        left, right = sp.sympify(self.left), sp.sympify(self.right)
        statement: grammar.Identity = {
            "kind": "identity",
            "variables": variables_of(left, right),
            "left": to_expression(left),
            "right": to_expression(right),
        }
        return Proof(statement, {"rule": "grid"})


@dataclass(frozen=True)
class Inequality:
    """An expression keeps its sign on a closed box; ``box`` gives each variable a number or a range.

    The expression is SymPy's, or stands in the certificates' language already.
    """

    expression: sp.Expr | Sequence[Expression]
    relation: grammar.Relation
    box: Mapping[sp.Symbol, Exact] = field(default_factory=dict)
    bits: int = BITS
    leaves: int = LEAF_LIMIT

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = {str(symbol): exact_range(side) for symbol, side in self.box.items()}
        given = self.expression
        expression = to_expression(given) if isinstance(given, sp.Basic) else given
        outcome = prove_inequality(
            expression, box, self.relation, engine=engine, bits=self.bits, leaves=self.leaves
        )
        if isinstance(outcome, RefutedInequality):
            where = ", ".join(f"{name} = {canonical(x)}" for name, x in outcome.point.items())
            return Open(f"the inequality is false at {where or 'the only point'}")
        if not isinstance(outcome, ProvedInequality):
            return _left_over(outcome.reason, [box.items() for box in outcome.boxes])
        nodes = [[x if isinstance(x, str) else canonical(x) for x in node] for node in outcome.nodes]
        return Proof(self.formal(), {"rule": "tree", "bits": outcome.bits + CHECKER_BITS, "nodes": nodes})

    def formal(self) -> grammar.Inequality:
        """The claim as a certificate states it, proved or not."""
        sides = {str(symbol): exact_range(side) for symbol, side in self.box.items()}
        given = self.expression
        return {
            "kind": "inequality",
            "box": {
                name: canonical(low) if low == high else [canonical(low), canonical(high)]
                for name, (low, high) in sides.items()
            },
            "expression": to_expression(given) if isinstance(given, sp.Basic) else given,
            "relation": self.relation,
        }


@dataclass(frozen=True)
class AllFixedPoints:
    """The map has exactly ``count`` fixed points, each in a bracket."""

    count: int
    beta: Exact
    eps: Exact
    p_ref: Exact
    alpha: Exact = 1
    contrast: Contrast = MEAN_VAR

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref, alpha=self.alpha)
        found = fixed_points(self.contrast, box, engine=engine)
        if not isinstance(found, FixedPoints):
            return _left_over(found.reason, [[("L", found.bracket)]] if found.bracket else [])
        if found.count != self.count:
            return Open(f"{found.count} fixed points were found, not {self.count}")
        return _taken_from(fixed_points_certificate(found))


@dataclass(frozen=True)
class Region:
    """A property of every fixed point over a box is proved, or refuted by a witness."""

    property: str
    verdict: str
    beta: Exact
    eps: Exact
    p_ref: Exact
    alpha: Exact = 1
    contrast: Contrast = MEAN_VAR

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref, alpha=self.alpha)
        outcome = certify(self.property, self.contrast, box, engine=engine)
        if isinstance(outcome, Undecided):
            return _left_over(outcome.reason, [[(n, (a, b)) for n, a, b in box] for box in outcome.boxes])
        if outcome.verdict != self.verdict:
            return Open(f"{self.property} is {outcome.verdict}, not {self.verdict}")
        return _taken_from(region_certificate(outcome, engine))


@dataclass(frozen=True)
class LimitOf:
    """Where the sequence from ``start`` (p_ref where None) goes: the verdict of a limit certificate."""

    verdict: str
    beta: Exact
    eps: Exact
    p_ref: Exact
    alpha: Exact = 1
    contrast: Contrast = MEAN_VAR
    start: str | None = None

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref, alpha=self.alpha)
        outcome = limit(self.contrast, box, start=self.start, engine=engine)
        if isinstance(outcome, UndecidedLimit):
            return Open(outcome.reason)
        if self.verdict == "fixed-point" and isinstance(outcome, Monotone):
            # a rise or fall whose rate is proved too
            outcome = outcome if outcome.attraction is None else outcome.attraction
        certificate = limit_certificate(outcome)
        found = certificate["statement"]["verdict"]
        return (
            _taken_from(certificate)
            if found == self.verdict
            else Open(f"the limit is {found}, not {self.verdict}")
        )


def _taken_from(certificate: AnyCertificate) -> Proof:
    return Proof(certificate["statement"], certificate["evidence"])


Sides = Iterable[tuple[str, tuple[Fraction, Fraction]]]


def _left_over(reason: str, boxes: Sequence[Sides]) -> Open:
    """The reason, with the first few of the boxes that the search left over."""
    shown = "; ".join(
        ", ".join(f"{name} in [{decimal_down(low, 9)}, {decimal_up(high, 9)}]" for name, (low, high) in box)
        for box in boxes[:3]
    )
    return Open(f"{reason}, such as {shown}" if shown else reason)
