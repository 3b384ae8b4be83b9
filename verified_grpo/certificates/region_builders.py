"""The certificate of a property of a box: one of its own kind, or that of the outcome which carries it."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor.chaos.cycles import Cycles
from ..rigor.points.fixed_points import FixedPoints
from ..rigor.properties.outcomes import (
    Argued,
    Carrier,
    ClosedForm,
    Outcome,
    PropertyQuestion,
    Proved,
    Refuted,
    Tree,
    Undecided,
)
from .builders import CHECKER_BITS, fixed_points_certificate, parameters, point, variant
from .canonical import seal
from .chaos_builders import cycles_certificate
from .grammar.regions import RegionClaim, RegionEvidence
from .grammar.values import AnyCertificate
from .limit_builders import limit_certificate


def no_certificate(outcome: Outcome) -> str | None:
    """Why there is no certificate; None where there is one."""
    if isinstance(outcome, Undecided):
        return "an undecided question certifies nothing"
    if outcome.carrier is not None:
        return None
    if isinstance(outcome, Proved) and isinstance(outcome.evidence, Argued):
        return f"no kind of certificate carries this proof ({outcome.evidence.method})"
    return None


def carried_by(outcome: Outcome) -> str | None:
    """The kind of the certificate, None where there is none."""
    if isinstance(outcome, Undecided) or no_certificate(outcome) is not None:
        return None
    if outcome.carrier is None:
        return outcome.question.property
    return {FixedPoints: "fixed-points", Cycles: "cycles"}.get(type(outcome.carrier), "limit")


def region_certificate(outcome: Outcome, engine: str) -> AnyCertificate:
    """The certificate of a proved or refuted property of a box.

    Raises:
        CertificateError: nothing carries it; the message says why.
    """
    reason = no_certificate(outcome)
    if isinstance(outcome, Undecided) or reason is not None:
        raise CertificateError(reason or "")
    if outcome.carrier is not None:
        return _carried(outcome.carrier)
    evidence: RegionEvidence = _proof(outcome) if isinstance(outcome, Proved) else _witness(outcome)
    bits = outcome.evidence.bits if isinstance(outcome, Proved) else outcome.bits
    return seal(_statement(outcome), evidence, engine, bits)


def _statement(outcome: Proved | Refuted) -> RegionClaim:
    question = outcome.question
    statement = {
        "kind": question.property,
        "variant": variant(question.contrast),
        "parameters": parameters(question.parameters),
        "verdict": outcome.verdict,
    }
    goal = {name: canonical(value) for name, value in goals(question, outcome.margin).items()}
    return cast(RegionClaim, statement | goal)


def goals(question: PropertyQuestion, margin: Fraction | None = None) -> dict[str, Fraction]:
    """What a statement says besides the property, as far as it is given: margin, target, rate."""
    said = {"margin": margin, "target": question.target, "rate": question.rate}
    return {name: value for name, value in said.items() if value is not None}


def _proof(outcome: Proved) -> RegionEvidence:
    evidence = outcome.evidence
    bits = evidence.bits + CHECKER_BITS
    if isinstance(evidence, ClosedForm):
        return {"rule": "closed-form", "bits": bits}
    assert isinstance(evidence, Tree)
    nodes = [[canonical(x) if isinstance(x, Fraction) else x for x in node] for node in evidence.nodes]
    return {"rule": "tree", "bits": bits, "logit": [canonical(x) for x in evidence.logit], "nodes": nodes}


def _witness(outcome: Refuted) -> RegionEvidence:
    return {
        "rule": "witness",
        "bits": outcome.bits + CHECKER_BITS,
        "parameters": point(outcome.point),
        "brackets": [[canonical(x) for x in bracket] for bracket in outcome.brackets],
    }


def _carried(carrier: Carrier) -> AnyCertificate:
    if isinstance(carrier, FixedPoints):
        return fixed_points_certificate(carrier)
    return cycles_certificate(carrier) if isinstance(carrier, Cycles) else limit_certificate(carrier)
