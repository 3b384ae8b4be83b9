"""The advice as an object, as the command line prints it with ``--json``."""

from __future__ import annotations

from pathlib import Path

from ...certificates import builders
from ...certificates.outputs.advice import AdviseAnswer, AdvisedRate, AdvisedWeight
from ...intervals import canonical, decimal_down, decimal_up
from ..assumed import ASSUMED
from .advising import Advice, OfRate, UpTo
from .sentences import sentence


def advise_json(found: Advice, config: Path | None) -> AdviseAnswer:
    """The answer of ``advise``."""
    configuration = found.configuration
    assert configuration.contrast is not None
    return {
        "verdict": found.verdict,
        "answer": sentence(found),
        "file": found.prompts.path.name,
        "configuration": None if config is None else config.name,
        "framework": configuration.framework or None,
        "framework_version": configuration.version or None,
        "variant": builders.variant(configuration.contrast),
        "weight": canonical(configuration.beta),
        "eps": canonical(configuration.eps),
        "regulariser": configuration.regulariser,
        "target": canonical(found.target),
        "confidence": canonical(found.confidence),
        "prompts": found.prompts.total,
        "rates": [_rate(one) for one in found.rates],
        "largest_beta": [_weight(weight) for weight in found.weights],
        "no_largest_beta": found.no_weight,
        "groups": [
            {
                "size": one.size,
                "without_signal": [decimal_down(one.share, 12), decimal_up(one.share, 12)],
                "largest_beta": None if one.beta is None else canonical(one.beta),
            }
            for one in found.sizes
        ],
        "without_success": [
            {"n": one.n, "prompts": one.prompts, "p_at_most": decimal_up(one.most, 12)}
            for one in found.unseen
        ],
        "samples": [{"p": canonical(p), "n": size} for p, size in found.samples],
        "assumed": list(ASSUMED),
        "assumptions": list(configuration.assumptions),
        "not_covered": list(configuration.not_covered),
        "unknown": list(configuration.unknown),
    }


def _rate(one: OfRate) -> AdvisedRate:
    at = one.at
    return {
        "k": one.rate[0],
        "n": one.rate[1],
        "prompts": one.prompts,
        "outcome": one.outcome,
        "small_steps": None if at is None or at.stepping is None else at.stepping.json,
        "reason": "" if at is None else at.reason,
    }


def _weight(weight: UpTo) -> AdvisedWeight:
    return {
        "share": canonical(weight.share),
        "p_ref": canonical(weight.p_ref),
        "beta": canonical(weight.beta) if weight.is_shown else None,
        "idle_from": canonical(weight.idle_from),
    }
