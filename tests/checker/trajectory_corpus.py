"""The corpora's certificates of kind "trajectory"; `corpus` writes them beside the others."""

from __future__ import annotations

from functools import cache

from .builder import Json
from .committed import committed
from .limit_corpus import Bad, at, edited
from .passage_corpus import BOX, GROUP_8, MEAN_VAR, SLOW
from .trajectory_oracle import trajectory_certificate


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "trajectory": trajectory_certificate(MEAN_VAR, SLOW, [0, 1, 2, 5, 20]),
        "trajectory-box": trajectory_certificate(MEAN_VAR, BOX, [1, 3, 9]),
        "trajectory-group": trajectory_certificate(GROUP_8, at("6", "1e-4", "0.01", "0.05"), [0, 10]),
        "trajectory-no-kl": trajectory_certificate(MEAN_VAR, at("100", "1e-5", "0.001", "0"), [0, 30, 300]),
        "trajectory-first": trajectory_certificate(MEAN_VAR, SLOW, [0, 1]),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good, box = committed()["trajectory"], committed()["trajectory-box"]
    values, cuts = ("statement", "values"), ("evidence", "cuts")

    def moved(document: Json, k: int, low: str, high: str) -> Json:
        return edited(document, *values, k, "logit", value=[low, high])

    low, high = good["statement"]["values"][4]["logit"]
    yield "trajectory-from-above", ("image-not-enclosed", moved(good, 4, high, "-4"))
    yield "trajectory-from-below", ("image-not-enclosed", moved(good, 4, "-5", low))
    before = good["statement"]["values"][2]["logit"]
    yield "trajectory-a-step-late", ("image-not-enclosed", moved(good, 1, *before))
    side = box["statement"]["values"][2]["logit"]
    yield "trajectory-box-too-narrow", ("image-not-enclosed", moved(box, 2, side[0], "-4.7"))
    yield "trajectory-p-beside", ("p-not-enclosed", edited(good, *values, 4, "p", value=["0.1", "0.2"]))
    beside = edited(good, *values, 4, "one_minus_p", value=["0.1", "0.2"])
    yield "trajectory-complement-beside", ("complement-not-enclosed", beside)
    yield "trajectory-not-ascending", ("unordered-cells", edited(good, *values, 1, "n", value=7))
    yield "trajectory-empty", ("unordered-cells", edited(good, *values, value=[]))
    short = good["evidence"]["cuts"]
    yield "trajectory-cuts-too-short", ("not-monotone", edited(good, *cuts, value=short[:-2]))
    yield "trajectory-cuts-too-late", ("not-monotone", edited(good, *cuts, value=short[1:]))
    yield "trajectory-cuts-descend", ("unordered-cells", edited(good, *cuts, value=short[::-1]))
    whole = edited(good, "statement", "parameters", value=at("5", "1e-5", "0.001"))
    yield "trajectory-of-whole-steps", ("not-monotone", whole)
    yield "trajectory-other-rule", ("bad-value", edited(good, "evidence", "rule", value="barrier"))
