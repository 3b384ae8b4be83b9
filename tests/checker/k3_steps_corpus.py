"""The corpora's certificates of kind "k3-small-steps"; `corpus` writes them beside the others."""

from __future__ import annotations

from functools import cache
from typing import Any

from .builder import Json
from .committed import committed
from .k3_steps_oracle import k3_steps_certificate
from .limit_corpus import Bad, edited

MEAN_VAR, MEAN_STD, MEAN = ({"contrast": name} for name in ("mean-var", "mean-std", "mean"))
GROUP_8: Json = {"contrast": "group", "group_size": 8, "ddof": 1}


def at(beta: Any, eps: Any, p_ref: Any) -> Json:
    return {"beta": beta, "eps": eps, "p_ref": p_ref}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    point = k3_steps_certificate(MEAN_VAR, at("2", "1e-5", "0.001"))
    steepest = edited(point, "evidence", "steepest", value=["-6"])
    return {
        "k3-steps-point": point,
        "k3-steps-met": edited(steepest, "statement", "largest_step", 1, value="0.1"),
        "k3-steps-box": k3_steps_certificate(MEAN_STD, at(["2", "2.5"], ["1e-3", "2e-3"], ["0.1", "0.12"])),
        "k3-steps-group": k3_steps_certificate(GROUP_8, at("0.6", "1e-4", "0.05")),
        "k3-steps-near-one": k3_steps_certificate(MEAN_VAR, at("0.04", "1e-4", "0.6")),
        "k3-steps-mean": k3_steps_certificate(MEAN, at("2", "1e-4", "0.05"), parts=1),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    point, met, near = (committed()[f"k3-steps-{name}"] for name in ("point", "met", "near-one"))
    limit, step, slopes = ("statement", "limit"), ("statement", "largest_step"), ("evidence", "slopes")
    yield "k3-steps-bracket-above", ("bracket-sign", edited(point, *limit, "logit", value=["-1.3", "-1"]))
    yield "k3-steps-bracket-below", ("bracket-sign", edited(point, *limit, "logit", value=["-2", "-1.5"]))
    yield "k3-steps-p-beside", ("p-not-enclosed", edited(point, *limit, "p", value=["0.3", "0.4"]))
    beside = edited(point, *limit, "one_minus_p", value=["0.7", "0.71"])
    yield "k3-steps-complement-beside", ("complement-not-enclosed", beside)
    yield "k3-steps-too-large", ("step-not-proved", edited(point, *step, 0, value="0.0571"))
    yield "k3-steps-negative", ("outside-domain", edited(point, *step, 0, value="-1"))
    # the bound of the other KL, 1/(beta + s), is no bound here: s is 0, and the pull is steep near 1
    yield "k3-steps-other-bound", ("step-not-proved", edited(near, *step, 0, value="24"))
    yield "k3-steps-upper-bound-too-low", ("step-not-proved", edited(near, *step, 1, value="0.02"))
    yield "k3-steps-met-too-low", ("step-not-proved", edited(met, *step, 1, value="0.05"))
    yield "k3-steps-met-below-p-ref", ("step-not-proved", edited(met, "evidence", "steepest", value=["-7"]))
    above = edited(met, "evidence", "steepest", value=["-1"])
    yield "k3-steps-met-above-the-limit", ("step-not-proved", above)
    cuts = point["evidence"]["slopes"]
    yield "k3-steps-slopes-from-above", ("step-not-proved", edited(point, *slopes, value=cuts[3:]))
    yield "k3-steps-slopes-too-short", ("step-not-proved", edited(point, *slopes, value=cuts[:-3]))
    yield "k3-steps-slopes-descend", ("unordered-cells", edited(point, *slopes, value=cuts[::-1]))
    yield (
        "k3-steps-two-weights",
        ("unknown-key", edited(point, "statement", "parameters", "alpha", value="1")),
    )
    yield (
        "k3-steps-beta-zero",
        ("outside-domain", edited(point, "statement", "parameters", "beta", value="0")),
    )
    yield "k3-steps-other-rule", ("bad-value", edited(point, "evidence", "rule", value="half"))
