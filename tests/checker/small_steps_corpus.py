"""The corpora's certificates of kind "small-steps"; `corpus` puts them beside the others."""

from __future__ import annotations

from functools import cache

from .builder import Json
from .committed import committed
from .limit_corpus import Bad, at, edited
from .small_steps_oracle import small_steps_certificate, statement, without_pull

MEAN_VAR, MEAN_STD, MEAN = ({"contrast": name} for name in ("mean-var", "mean-std", "mean"))
GROUP_16: Json = {"contrast": "group", "group_size": 16, "ddof": 1}
OTHERS_16: Json = {"contrast": "group-loo", "group_size": 16}
CLAIM, EVIDENCE = ("statement",), ("evidence",)


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    point = small_steps_certificate(MEAN_VAR, at("5", "1e-5", "0.001"))
    steepest = edited(point, *EVIDENCE, "steepest", value=["-6"])
    return {
        "small-steps-point": point,
        "small-steps-met": edited(steepest, *CLAIM, "largest_step", 1, value="0.07"),
        "small-steps-group": small_steps_certificate(GROUP_16, at("0.6", "1e-4", "0.001"), room="1.05"),
        "small-steps-box": small_steps_certificate(
            MEAN_STD, at(["2", "2.5"], ["1e-3", "2e-3"], ["0.1", "0.12"], ["0.5", "0.6"])
        ),
        "small-steps-past-a-fold": small_steps_certificate(MEAN_VAR, at("5", "1e-5", "0.94")),
        "small-steps-mean": small_steps_certificate(MEAN, at("2", "1e-4", "0.05"), parts=1),
        "small-steps-beyond": _beyond(point),
        "small-steps-no-kl": without_pull(MEAN_VAR, at("0", ["1e-5", "1e-4"], ["0.001", "0.9"]), "1.99"),
        "small-steps-others-no-kl": without_pull(OTHERS_16, at("0", "1e-6", ["0.001", "0.999"]), "0.99"),
        "small-steps-mirror": without_pull(GROUP_16, at(["1", "2"], "1e-4", "0.1", "0"), "0.1"),
    }


def _beyond(point: Json) -> Json:
    """beta from 0 upwards."""
    claim, proof = point["statement"], point["evidence"]
    low = claim["limit"]["logit"][0]
    parameters = {**claim["parameters"], "beta": ["0", "5"]}
    slopes = [*proof["slopes"], "0"]
    verdict = {"verdict": "rises-beyond", "beyond": low, "largest_step": claim["largest_step"][0]}
    return {
        **point,
        "statement": statement(MEAN_VAR, parameters, verdict),
        "evidence": {**proof, "slopes": slopes},
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_limits(), *_bad_steps(), *_bad_rises()])


def _bad_limits() -> Bad:
    point, fold = committed()["small-steps-point"], committed()["small-steps-past-a-fold"]
    limit, cells = (*CLAIM, "limit"), (*EVIDENCE, "cells")
    yield (
        "small-steps-bracket-above",
        ("limit-not-enclosed", edited(point, *limit, "logit", value=["-4.7", "-4"])),
    )
    yield "small-steps-bracket-below", ("bracket-sign", edited(point, *limit, "logit", value=["-5", "-4.8"]))
    yield "small-steps-p-beside", ("p-not-enclosed", edited(point, *limit, "p", value=["0.009", "0.01"]))
    beside = edited(point, *limit, "one_minus_p", value=["0.99", "0.991"])
    yield "small-steps-complement-beside", ("complement-not-enclosed", beside)
    yield (
        "small-steps-of-another-p-ref",
        ("left-tail", edited(point, *CLAIM, "parameters", "p_ref", value="0.0001")),
    )
    late = edited(point, *EVIDENCE, "start", value="-4.9")
    yield (
        "small-steps-start-too-late",
        ("left-tail", edited(late, *cells, value=[{"end": "-4.8", "rule": "increasing"}])),
    )
    yield (
        "small-steps-cell-beyond-the-zero",
        ("cell-not-empty", edited(point, *cells, -1, "end", value="-4.7")),
    )
    end = fold["statement"]["limit"]["logit"][0]
    whole = edited(fold, *cells, value=[{"end": end, "rule": "negative"}])
    yield "small-steps-cell-not-negative", ("cell-sign", whole)
    yield "small-steps-cell-not-falling", ("cell-slope", edited(point, *cells, 0, "rule", value="decreasing"))
    lower = edited(fold, *CLAIM, "parameters", "p_ref", value="0.92")
    yield "small-steps-before-the-fold", ("cell-not-empty", lower)
    yield (
        "small-steps-pull-reaches-zero",
        ("alpha-reaches-zero", edited(point, *CLAIM, "parameters", "beta", value=["0", "5"])),
    )


def _bad_steps() -> Bad:
    good, met = committed()["small-steps-point"], committed()["small-steps-met"]
    step = (*CLAIM, "largest_step")
    yield "small-steps-too-large", ("step-not-proved", edited(good, *step, 0, value="0.0487"))
    yield "small-steps-negative", ("outside-domain", edited(good, *step, 0, value="-1"))
    yield "small-steps-upper-bound-too-low", ("step-not-proved", edited(good, *step, 1, value="0.19"))
    yield "small-steps-met-too-low", ("step-not-proved", edited(met, *step, 1, value="0.066"))
    yield "small-steps-met-below-p-ref", ("step-not-proved", edited(met, *EVIDENCE, "steepest", value=["-7"]))
    yield (
        "small-steps-met-above-the-limit",
        ("step-not-proved", edited(met, *EVIDENCE, "steepest", value=["-4"])),
    )
    slopes = good["evidence"]["slopes"]
    yield (
        "small-steps-slopes-from-above",
        ("step-not-proved", edited(good, *EVIDENCE, "slopes", value=slopes[3:])),
    )
    yield (
        "small-steps-slopes-too-short",
        ("step-not-proved", edited(good, *EVIDENCE, "slopes", value=slopes[:-3])),
    )
    yield "small-steps-no-slopes", ("step-not-proved", edited(good, *EVIDENCE, "slopes", value=[]))
    yield (
        "small-steps-slopes-descend",
        ("unordered-cells", edited(good, *EVIDENCE, "slopes", value=slopes[::-1])),
    )
    coarse = edited(committed()["small-steps-group"], *EVIDENCE, "slopes", value=["-7", "0"])
    yield "small-steps-group-slopes-too-coarse", ("step-not-proved", coarse)


def _bad_rises() -> Bad:
    free, mirror, beyond = (committed()[f"small-steps-{name}"] for name in ("no-kl", "mirror", "beyond"))
    point = committed()["small-steps-point"]
    yield "small-steps-gain-too-large", ("gain-not-proved", edited(free, *CLAIM, "gain", value="2.01"))
    yield "small-steps-gain-zero", ("outside-domain", edited(free, *CLAIM, "gain", value="0"))
    yield (
        "small-steps-rise-against-a-pull",
        ("wrong-rule", edited(mirror, *CLAIM, "parameters", "alpha", value="0.1")),
    )
    yield (
        "small-steps-limit-without-a-pull",
        ("wrong-rule", edited(point, *CLAIM, "parameters", "beta", value="0")),
    )
    yield "small-steps-no-pull-for-a-limit", ("wrong-rule", edited(point, *EVIDENCE, value=free["evidence"]))
    yield (
        "small-steps-beyond-the-limit",
        ("limit-not-enclosed", edited(beyond, *CLAIM, "beyond", value="-4.7")),
    )
    yield (
        "small-steps-beyond-too-fast",
        ("step-not-proved", edited(beyond, *CLAIM, "largest_step", value="0.05")),
    )
    yield (
        "small-steps-beta-negative",
        ("outside-domain", edited(free, *CLAIM, "parameters", "beta", value="-1")),
    )
