"""The theorem of small steps under k3 written down: as a certificate, and as the JSON of the command line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical, decimal_down, decimal_up
from ..rigor.k3_steps import K3Rises, K3StepsUndecided
from .builders import CHECKER_BITS, parameters, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import Certificate
from .k3 import without_alpha
from .limit_builders import place
from .outputs.views import K3StepsRise, UndecidedSteps
from .small_steps import DIGITS


def k3_steps_certificate(
    outcome: K3Rises | K3StepsUndecided,
) -> Certificate[grammar.K3SmallSteps, grammar.K3Falls]:
    """The certificate of a proved limit of small steps under k3.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, K3StepsUndecided):
        raise CertificateError("an undecided limit has no certificate")
    statement: grammar.K3SmallSteps = {
        "kind": "k3-small-steps",
        "variant": variant(outcome.contrast),
        "parameters": without_alpha(parameters(outcome.parameters)),
        "limit": place(outcome.limit),
        "largest_step": [canonical(x) for x in outcome.largest_step],
    }
    evidence: grammar.K3Falls = {
        "rule": "concave",
        "bits": outcome.bits + CHECKER_BITS,
        "slopes": [canonical(x) for x in outcome.slopes.cuts],
        "steepest": [canonical(x) for x in outcome.slopes.met],
    }
    return seal(statement, evidence, outcome.engine, outcome.bits)


def k3_steps_payload(outcome: K3Rises | K3StepsUndecided) -> UndecidedSteps | K3StepsRise:
    """The view of small steps: ``verdict``, ``limit`` and ``largest_step``; ``largest_share`` is null, since
    under k3 steps go no share of the way."""
    if isinstance(outcome, K3StepsUndecided):
        return {
            "verdict": "undecided",
            "limit": None,
            "largest_step": None,
            "largest_share": None,
            "reason": outcome.reason,
        }
    low, high = outcome.largest_step
    step = [decimal_down(low, DIGITS), decimal_up(high, DIGITS)]
    return {"verdict": "rises", "limit": place(outcome.limit), "largest_step": step, "largest_share": None}
