"""What is proved of a verifier that errs, written down: as certificates."""

from __future__ import annotations

from ..intervals import canonical
from ..rigor.verifiers import BITS, Ceiling, Effect
from .budget import ends, side
from .builders import CHECKER_BITS, parameters, variant
from .canonical import seal
from .grammar import verifiers as grammar
from .grammar.values import Certificate


def effect_certificate(found: Effect) -> Certificate[grammar.ErringVerifier, grammar.BySignOfGain]:
    """The certificate of what independent errors do."""
    statement: grammar.ErringVerifier = {
        "kind": "erring-verifier",
        "variant": variant(found.contrast),
        "parameters": parameters(found.parameters),
        "true_positive": side(found.verifier.true_positive),
        "false_positive": side(found.verifier.false_positive),
        "effect": found.effect,
    }
    if found.apart:
        statement["apart"] = canonical(found.apart)
    if found.margin is not None:
        statement["margin"] = canonical(found.margin)
    if found.threshold is not None:
        statement["threshold"] = canonical(found.threshold)
    evidence: grammar.BySignOfGain = {"rule": "sign", "bits": found.bits + CHECKER_BITS}
    return seal(statement, evidence, found.engine, found.bits)


def ceiling_certificate(found: Ceiling) -> Certificate[grammar.VerifierCeiling, grammar.Shares]:
    """The certificate of the bound that systematic errors set."""
    return seal(_ceiling(found), {"rule": "shares"}, "exact", BITS)


def _ceiling(found: Ceiling) -> grammar.VerifierCeiling:
    p_ref, t, f = (
        side(given) for given in (found.p_ref, found.verifier.true_positive, found.verifier.false_positive)
    )
    rates: list[grammar.RatesBeside] = [
        {"passed": ends(passed), "right": ends(right)} for passed, right in found.rates
    ]
    if found.side == "at" or found.bound is None:
        return {
            "kind": "verifier-ceiling",
            "p_ref": p_ref,
            "true_positive": t,
            "false_positive": f,
            "side": "at",
            "rates": rates,
        }
    return {
        "kind": "verifier-ceiling",
        "p_ref": p_ref,
        "true_positive": t,
        "false_positive": f,
        "side": found.side,
        "bound": canonical(found.bound),
        "rates": rates,
    }
