"""The corpora's certificates of kind "clipped-trajectory"; `corpus` writes them beside the others."""

from __future__ import annotations

from functools import cache

from .builder import Json
from .clipping_oracle import clipped_certificate
from .committed import committed
from .limit_corpus import GROUP_8, MEAN, MEAN_VAR, Bad, at, edited

USUAL, WIDER = {"low": "0.2", "high": "0.2"}, {"low": "0.2", "high": "0.28"}
LOW = at("5", "1e-5", "0.001")


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "clipped": clipped_certificate(MEAN_VAR, LOW, USUAL, [0, 1, 2, 5, 12, 20]),
        "clipped-two-weights": clipped_certificate(MEAN_VAR, at("1", "1e-2", "0.3", "0.5"), WIDER, [1, 4, 8]),
        "clipped-to-the-top": clipped_certificate(MEAN, at("0.1", "1e-4", "0.4"), USUAL, [0, 3, 9]),
        "clipped-group": clipped_certificate(GROUP_8, at("0.5", "1e-4", "0.05"), USUAL, [6]),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good = committed()["clipped"]
    values, clip = ("statement", "values"), ("statement", "clip")
    before = good["statement"]["values"][3]["logit"]
    yield "clipped-a-step-late", ("image-not-enclosed", edited(good, *values, 4, "logit", value=before))
    yield "clipped-p-beside", ("p-not-enclosed", edited(good, *values, 4, "p", value=["0.1", "0.2"]))
    beside = edited(good, *values, 4, "one_minus_p", value=["0.1", "0.2"])
    yield "clipped-complement-beside", ("complement-not-enclosed", beside)
    yield "clipped-elsewhere", ("image-not-enclosed", edited(good, *clip, "high", value="0.3"))
    failures = edited(committed()["clipped-to-the-top"], *clip, "low", value="0.3")
    yield "clipped-below-elsewhere", ("image-not-enclosed", failures)
    yield (
        "clipped-without-mirror",
        (
            "image-not-enclosed",
            edited(committed()["clipped-two-weights"], "statement", "parameters", "alpha", value="1"),
        ),
    )
    yield "clipped-below-by-all", ("outside-domain", edited(good, *clip, "low", value="1"))
    yield "clipped-by-nothing", ("outside-domain", edited(good, *clip, "high", value="0"))
    yield "clipped-not-ascending", ("unordered-cells", edited(good, *values, 1, "n", value=7))
    yield "clipped-empty", ("unordered-cells", edited(good, *values, value=[]))
    box = edited(good, "statement", "parameters", "beta", value=["5", "6"])
    yield "clipped-box", ("outside-domain", box)
    yield "clipped-other-rule", ("bad-value", edited(good, "evidence", "rule", value="corners"))
