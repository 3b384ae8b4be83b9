"""The corpora's certificates of kind "flow-time"; `corpus` writes them beside the others."""

from __future__ import annotations

from functools import cache

from .builder import Json
from .committed import committed
from .flow_oracle import flow_certificate, never_reached
from .limit_corpus import Bad, at, edited
from .passage_corpus import GROUP_8, MEAN_VAR

POINT = at("5", "1e-5", "0.001")
MEAN_STD: Json = {"contrast": "mean-std"}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    at_once = flow_certificate(MEAN_VAR, POINT, "0.001", "1", parts=0)
    return {
        "flow": flow_certificate(MEAN_VAR, POINT, "0.007", "1"),
        "flow-plain": flow_certificate(MEAN_VAR, POINT, "0.007", "p(1-p)"),
        "flow-no-kl": flow_certificate(MEAN_VAR, at("0", "1e-3", "0.01"), "0.9", "p(1-p)", 256),
        "flow-box": flow_certificate(
            MEAN_STD, at(["2", "2.5"], ["1e-3", "2e-3"], ["0.1", "0.12"], ["0.5", "0.6"]), "0.2", "1"
        ),
        "flow-group": flow_certificate(GROUP_8, at("0.3", "1e-4", "0.05"), "0.15", "1"),
        "flow-plateau": edited(
            flow_certificate(MEAN_VAR, at("1", "1e-5", "0.26"), "0.95", "1", 256),
            "statement",
            "plateau",
            value=["1.5", "2"],
        ),
        "flow-at-once": at_once,
        "flow-never": never_reached(MEAN_VAR, POINT, "0.009", "1", "-4.72"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good, plain, never = (committed()[name] for name in ("flow", "flow-plain", "flow-never"))
    time, slow, fast = ("statement", "time"), ("evidence", "slow"), ("evidence", "fast")
    low, high = good["statement"]["time"]
    code = "passage-not-proved"
    lingers = committed()["flow-plateau"]
    yield "flow-plateau-too-short", (code, edited(lingers, "statement", "plateau", value=["1.7", "2"]))
    box = committed()["flow-box"]
    told = edited(box, "statement", "plateau", value=["-3", "3"])
    yield "flow-plateau-of-a-box", ("outside-domain", told)
    yield (
        "flow-plateau-turned-round",
        ("empty-range", edited(lingers, "statement", "plateau", value=["2", "1"])),
    )
    yield "flow-too-early", (code, edited(good, *time, 1, value=low))
    yield "flow-too-late", (code, edited(good, *time, 0, value=high))
    yield "flow-in-the-other-metric", (code, edited(good, "statement", "metric", value="p(1-p)"))
    yield "flow-in-an-unknown-metric", ("bad-value", edited(good, "statement", "metric", value="p"))
    yield "flow-plain-in-the-other", (code, edited(plain, "statement", "metric", value="1"))
    yield "flow-farther", (code, edited(good, "statement", "reach", value="0.0071"))
    yield "flow-less-far", (code, edited(good, "statement", "reach", value="0.0069"))
    yield "flow-of-a-harder-prompt", (code, edited(good, "statement", "parameters", "p_ref", value="0.0009"))
    yield "flow-of-an-easier-prompt", (code, edited(good, "statement", "parameters", "p_ref", value="0.0011"))
    cuts = good["evidence"]["slow"]
    yield "flow-slow-cells-too-short", (code, edited(good, *slow, value=cuts[:-2]))
    yield "flow-slow-cells-too-late", (code, edited(good, *slow, value=cuts[1:]))
    yield "flow-no-slow-cells", (code, edited(good, *slow, value=[]))
    yield "flow-fast-cells-outside", (code, edited(good, *fast, value=cuts))
    yield "flow-cells-descend", ("unordered-cells", edited(good, *slow, value=cuts[::-1]))
    yield "flow-past-the-limit", (code, edited(good, "statement", "parameters", "beta", value="7"))
    yield "flow-reach-one", ("outside-domain", edited(good, "statement", "reach", value="1"))
    yield "flow-other-rule", ("bad-value", edited(good, "evidence", "rule", value="barrier"))
    yield "flow-barrier-too-low", (code, edited(never, "evidence", "barrier", value="-4.8"))
    yield "flow-never-below-the-limit", (code, edited(never, "statement", "reach", value="0.008"))
    yield "flow-barrier-below-p-ref", (code, edited(never, "evidence", "barrier", value="-7"))
