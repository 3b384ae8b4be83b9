"""Answers under the k3 regulariser written down as certificates: kinds ``k3-fixed-point``,
``k3-amplification`` and ``k3-convergence``."""

from __future__ import annotations

from fractions import Fraction

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor.k3 import NESTED_STEPS, K3Amplification, K3Converges, K3FixedPoint, K3Repels, K3Undecided
from .builders import CHECKER_BITS, parameters, point, variant
from .canonical import Json, seal

K3Outcome = K3FixedPoint | K3Amplification | K3Converges | K3Repels | K3Undecided


def k3_certificate(outcome: K3Outcome) -> Json:
    """The certificate of a proved or refuted answer.

    Raises:
        CertificateError: the answer is undecided, which certifies nothing.
    """
    if isinstance(outcome, K3Undecided):
        raise CertificateError("an undecided question has no certificate")
    evidence: Json = {"bits": outcome.bits + CHECKER_BITS}
    statement: Json = {
        "variant": variant(outcome.contrast),
        "parameters": without_alpha(parameters(outcome.parameters)),
    }
    if isinstance(outcome, K3FixedPoint):
        statement |= {"kind": "k3-fixed-point", "fixed_point": fixed_point(outcome)}
        evidence["rule"] = "concave"
    elif isinstance(outcome, K3Amplification):
        statement |= {"kind": "k3-amplification", "margin": canonical(outcome.margin)}
        evidence["rule"] = "closed-form"
    else:
        statement |= {"kind": "k3-convergence", "verdict": outcome.verdict}
        evidence |= _argument(outcome)
    return seal(statement, evidence, outcome.engine, outcome.bits)


def fixed_point(found: K3FixedPoint) -> Json:
    """The fixed point as the certificate writes it."""
    return {
        "logit": [canonical(x) for x in found.logit],
        "p": list(found.p),
        "one_minus_p": list(found.one_minus_p),
        "multiplier": list(found.multiplier),
        "stability": found.stability,
    }


def without_alpha(written: Json) -> Json:
    """Parameters of a regulariser that knows no previous policy."""
    return {name: value for name, value in written.items() if name != "alpha"}


def _argument(outcome: K3Converges | K3Repels) -> Json:
    if isinstance(outcome, K3Repels):
        bracket = [canonical(x) for x in outcome.bracket]
        return {"rule": "witness", "parameters": without_alpha(point(outcome.point)), "bracket": bracket}
    if not outcome.nodes:
        return {"rule": "half"}
    nodes = [[canonical(x) if isinstance(x, Fraction) else x for x in node] for node in outcome.nodes]
    return {"rule": "tree", "steps": NESTED_STEPS, "nodes": nodes}
