"""No statement passes when it is made false: a sign, a constant, an exponent or a hypothesis changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
import sympy as sp

from tests.proofs.mutants import CONSTANT, EXPONENT, HYPOTHESIS, SIGN, claim_mutants
from verified_grpo.checker import Outcome
from verified_grpo.proofs import all_statements, names
from verified_grpo.proofs.claims import (
    ENGINE,
    AllFixedPoints,
    Claim,
    Identity,
    Inequality,
    LimitOf,
    Open,
    Proof,
    Region,
)
from verified_grpo.proofs.dynamics_claims import ChaoticArea
from verified_grpo.proofs.framework import FAILS, HOLDS, PaperStatement, Part, Undecided, certify

BOXES = 8  # of each paving; the soak takes all of them
# What is asked of one statement stands together: its parts are proved once.
STATEMENTS = pytest.mark.parametrize("statement", all_statements(), ids=names(), scope="module")


@dataclass(frozen=True)
class Known:
    """A claim with its proof at hand."""

    proof: Proof | Open

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        assert engine == ENGINE
        return self.proof


@cache
def proved(item: str) -> PaperStatement:
    """The statement, its parts proved once for all that is changed about the rest of it."""
    statement = all_statements()[names().index(item)]
    parts = (replace(part, claim=Known(part.claim.prove())) for part in statement.parts)
    return replace(statement, parts=tuple(parts))


def refused(claim: Claim, engine: str) -> bool:
    """Whether the prover leaves it open or the checker does not accept it."""
    proof = claim.prove(engine)
    return isinstance(proof, Open) or proof.judged().outcome is not Outcome.ACCEPTED


def chosen(parts: Sequence[Part], boxes: int) -> Iterator[Part]:
    """The parts, and of those that state one formula on box after box so many, evenly spread; cells of chaos
    are paved for seconds, one eps after another, so that of them there is one where others are left out."""
    pavings: dict[str, list[Part]] = {}
    for part in parts:
        formula = part.claim.expression if isinstance(part.claim, Inequality) else part.name
        if isinstance(part.claim, ChaoticArea) and boxes == BOXES:
            formula = ChaoticArea.__name__
            if formula in pavings:
                continue
        pavings.setdefault(str(formula), []).append(part)
    for paving in pavings.values():
        yield from paving[:: -(-len(paving) // boxes)]


@pytest.mark.parametrize(
    ("boxes", "engine"),
    [(BOXES, "arb"), pytest.param(10**6, ENGINE, marks=pytest.mark.soak)],
    ids=["", "all"],
)
@STATEMENTS
def test_every_false_mutant_of_every_part_is_refused(
    statement: PaperStatement, boxes: int, engine: str
) -> None:
    """And there are some of every kind that the formal parts have a place for. What an engine finds is
    believed by nobody, so that the faster one asks the same of the checker; the soak takes the statements'
    own."""
    seen = set()
    for part in chosen(statement.parts, boxes):
        mutants = list(claim_mutants(part.claim))
        assert mutants, f"{part.name}: nothing about it can be made false"
        for kind, mutant in mutants:
            assert refused(mutant, engine), f"{part.name}: a false mutant ({kind}) passes: {mutant}"
            seen.add(kind)
    formulas = [part.claim for part in statement.parts if isinstance(part.claim, Identity | Inequality)]
    powers = any(has_a_power(claim) for claim in formulas)
    assert {SIGN, CONSTANT} | ({HYPOTHESIS} if formulas else set()) | (
        {EXPONENT} if powers else set()
    ) <= seen


def has_a_power(claim: Identity | Inequality) -> bool:
    """Whether some letter of it is raised to a power."""
    sides = (claim.left, claim.right) if isinstance(claim, Identity) else (claim.expression,)
    return any(
        node.is_Pow and node.free_symbols and node.exp.is_Integer
        for side in sides
        if isinstance(side, sp.Basic)
        for node in sp.preorder_traversal(side)
    )


@STATEMENTS
def test_a_false_part_leaves_the_statement_undecided(statement: PaperStatement) -> None:
    _, first = next(claim_mutants(statement.parts[0].claim))
    parts = (replace(statement.parts[0], claim=first), *proved(statement.item).parts[1:])
    assert isinstance(certify(replace(statement, parts=parts)), Undecided)


@STATEMENTS
def test_every_mutant_of_a_derivation_is_caught(statement: PaperStatement) -> None:
    for derivation in statement.derivations:
        assert derivation.fault() == ""
        name = "claimed" if hasattr(derivation, "claimed") else "right"
        formula = getattr(derivation, name)
        for wrong in (-formula, 2 * formula, formula + 1, formula**2):
            assert replace(derivation, **{name: wrong}).fault()


@STATEMENTS
def test_the_other_verdict_is_not_accepted(statement: PaperStatement) -> None:
    wrong = FAILS if statement.verdict != FAILS else HOLDS
    outcome = certify(replace(proved(statement.item), verdict=wrong))
    assert isinstance(outcome, Undecided)
    assert (outcome.where, repr(wrong) in outcome.reason) == ("verdict", True)


@STATEMENTS
def test_without_its_last_conclusion_it_is_another_statement(statement: PaperStatement) -> None:
    outcome = certify(replace(proved(statement.item), conclusions=statement.conclusions[:-1]))
    assert isinstance(outcome, Undecided)


def altered(proof: Proof, **fields: Any) -> Outcome:
    """The checker's word on a proof whose statement was altered."""
    statement: Any = {**proof.statement, **fields}
    return Proof(statement, proof.evidence).judged().outcome


@pytest.mark.parametrize(
    ("claim", "fields"),
    [
        (Region("amplification", "proved", "0.1:10", "1e-5:1", "0.01:0.9"), {"margin": "1"}),
        (Region("contraction", "proved", "61:100", "1e-5:1e-4", "0.1:0.9"), {"verdict": "refuted"}),
        (
            Region("contraction", "proved", "61:100", "1e-5:1e-4", "0.1:0.9"),
            {"variant": {"contrast": "mean-std"}},
        ),
        (AllFixedPoints(3, 5, "1e-5", "0.3"), {"count": 2}),
        (LimitOf("cycle", 5, "1e-5", "0.001"), {"period": 3}),
        (LimitOf("cycle", 5, "1e-5", "0.001"), {"rate": "0.01"}),
        (LimitOf("cycle", 5, "1e-5", "0.001"), {"step": 0}),
        (LimitOf("rises-to-one", 5, "1e-5", "0.001", 0), {"gain": "1"}),
    ],
)
def test_altered_statements_are_rejected(claim: Claim, fields: dict[str, Any]) -> None:
    proof = claim.prove()
    assert isinstance(proof, Proof)
    assert proof.judged().outcome is Outcome.ACCEPTED
    assert altered(proof, **fields) is Outcome.REJECTED
