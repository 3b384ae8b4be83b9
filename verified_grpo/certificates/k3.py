"""Answers under the k3 regulariser written down as certificates: kinds ``k3-fixed-point``,
``k3-amplification`` and ``k3-convergence``."""

from __future__ import annotations

from fractions import Fraction

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor import verdicts as words
from ..rigor.k3 import NESTED_STEPS, K3Amplification, K3Converges, K3FixedPoint, K3Repels, K3Undecided
from .builders import CHECKER_BITS, parameters, point, variant
from .canonical import seal
from .grammar import points as grammar
from .grammar.values import Box, Certificate, ExactlyWithoutAlpha, OnK3, WithoutAlpha

Decided = K3FixedPoint | K3Amplification | K3Converges | K3Repels
K3Outcome = Decided | K3Undecided


def k3_certificate(outcome: K3Outcome) -> Certificate[grammar.K3Claim, grammar.K3Evidence]:
    """The certificate of a proved or refuted answer.

    Raises:
        CertificateError: the answer is undecided, which certifies nothing.
    """
    if isinstance(outcome, K3Undecided):
        raise CertificateError("an undecided question has no certificate")
    return seal(_statement(outcome), _evidence(outcome), outcome.engine, outcome.bits)


def _statement(outcome: Decided) -> grammar.K3Claim:
    head: OnK3 = {
        "variant": variant(outcome.contrast),
        "parameters": without_alpha(parameters(outcome.parameters)),
    }
    if isinstance(outcome, K3FixedPoint):
        return {**head, "kind": "k3-fixed-point", "fixed_point": fixed_point(outcome)}
    if isinstance(outcome, K3Amplification):
        return {**head, "kind": "k3-amplification", "margin": canonical(outcome.margin)}
    verdict: words.Decided = "refuted" if isinstance(outcome, K3Repels) else "proved"
    return {**head, "kind": "k3-convergence", "verdict": verdict}


def _evidence(outcome: Decided) -> grammar.K3Evidence:
    bits = outcome.bits + CHECKER_BITS
    if isinstance(outcome, K3FixedPoint):
        return {"rule": "concave", "bits": bits}
    if isinstance(outcome, K3Amplification):
        return {"rule": "closed-form", "bits": bits}
    return _argument(outcome, bits)


def fixed_point(found: K3FixedPoint) -> grammar.FixedPoint:
    """The fixed point as the certificate writes it."""
    return {
        "logit": [canonical(x) for x in found.logit],
        "p": list(found.p),
        "one_minus_p": list(found.one_minus_p),
        "multiplier": list(found.multiplier),
        "stability": found.stability,
    }


def without_alpha(written: Box) -> WithoutAlpha:
    """Parameters of a regulariser that knows no previous policy."""
    return {"beta": written["beta"], "eps": written["eps"], "p_ref": written["p_ref"]}


def _argument(outcome: K3Converges | K3Repels, bits: int) -> grammar.K3ConvergenceEvidence:
    if isinstance(outcome, K3Repels):
        at = point(outcome.point)
        given: ExactlyWithoutAlpha = {"beta": at["beta"], "eps": at["eps"], "p_ref": at["p_ref"]}
        bracket = [canonical(x) for x in outcome.bracket]
        return {"rule": "witness", "bits": bits, "parameters": given, "bracket": bracket}
    if not outcome.nodes:
        return {"rule": "half", "bits": bits}
    nodes = [[canonical(x) if isinstance(x, Fraction) else x for x in node] for node in outcome.nodes]
    return {"rule": "tree", "bits": bits, "steps": NESTED_STEPS, "nodes": nodes}
