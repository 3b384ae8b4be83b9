"""From what the rigorous algorithms return to certificates: nothing is computed here, only written down."""

from __future__ import annotations

from fractions import Fraction

from ..errors import CertificateError
from ..intervals import canonical
from ..model import Contrast, Parameters, Point, Range
from ..rigor.fixed_points import FixedPoints
from ..rigor.outcomes import ClosedForm, Outcome, Proved, Refuted
from .canonical import Json, seal

CHECKER_BITS = 32
"""The checker is asked for this many bits more than the search used, so that rounding alone never makes it
reject."""


def fixed_points_certificate(found: FixedPoints) -> Json:
    """The certificate of a proved list of fixed points."""
    statement: Json = {
        "kind": "fixed-points",
        "variant": variant(found.contrast),
        "parameters": parameters(found.parameters),
        "count": found.count,
        "fixed_points": [
            {
                "logit": [canonical(x) for x in point.logit],
                "p": list(point.p),
                "one_minus_p": list(point.one_minus_p),
                "multiplier": list(point.multiplier),
                "stability": point.stability,
            }
            for point in found.points
        ],
    }
    evidence: Json = {"rule": "mirror"}
    if found.cells:
        evidence = {
            "rule": "line-partition",
            "bits": found.bits + CHECKER_BITS,
            "start": canonical(found.cells[0].low),
            "cells": [{"end": canonical(cell.high), "rule": cell.rule.value} for cell in found.cells],
        }
    return seal(statement, evidence, found.engine, found.bits)


def region_certificate(outcome: Outcome, engine: str) -> Json:
    """The certificate of a proved or refuted property of a box.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    question = outcome.question
    statement: Json = {
        "kind": question.property,
        "variant": variant(question.contrast),
        "parameters": parameters(question.parameters),
        "verdict": outcome.verdict,
    }
    if isinstance(outcome, Proved):
        if outcome.margin is not None:
            statement["margin"] = canonical(outcome.margin)
        if question.rate is not None:
            statement["rate"] = canonical(question.rate)
        return seal(statement, _proof(outcome), engine, outcome.evidence.bits)
    if isinstance(outcome, Refuted):
        evidence = {
            "rule": "witness",
            "bits": outcome.bits + CHECKER_BITS,
            "parameters": point(outcome.point),
            "brackets": [[canonical(x) for x in bracket] for bracket in outcome.brackets],
        }
        return seal(statement, evidence, engine, outcome.bits)
    raise CertificateError("an undecided question has no certificate")


def _proof(outcome: Proved) -> Json:
    evidence = outcome.evidence
    bits = evidence.bits + CHECKER_BITS
    if isinstance(evidence, ClosedForm):
        return {"rule": "closed-form", "bits": bits}
    nodes = [[canonical(x) if isinstance(x, Fraction) else x for x in node] for node in evidence.nodes]
    return {"rule": "tree", "bits": bits, "logit": [canonical(x) for x in evidence.logit], "nodes": nodes}


def variant(contrast: Contrast) -> Json:
    """The variant as the certificate names it."""
    if contrast.name == "group":
        return {"contrast": "group", "group_size": contrast.group_size, "ddof": contrast.ddof}
    return {"contrast": contrast.name}


def parameters(box: Parameters) -> Json:
    """The box as the certificate writes it: a number, or a pair of them."""
    return {name: _range(side) for name, side in box}


def point(exact_point: Point) -> Json:
    """One exact choice of parameters, four numbers."""
    return parameters(exact_point.box)


def _range(side: Range) -> str | list[str]:
    low, high = side
    return canonical(low) if low == high else [canonical(low), canonical(high)]
