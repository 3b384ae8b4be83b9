"""The corpora's certificates of kind "pull-small-steps"; `corpus` writes them beside the others."""

from __future__ import annotations

from functools import cache
from typing import Any

from .builder import Json
from .committed import committed
from .limit_corpus import Bad, edited
from .pull_steps_oracle import pull_never_stops, pull_rises

MEAN_VAR, MEAN = ({"contrast": name} for name in ("mean-var", "mean"))
GROUP_8: Json = {"contrast": "group", "group_size": 8, "ddof": 1}
K3: Json = {"kernel": "k3"}
CLAMPED: Json = {"kernel": "k3", "clamp": "10"}
DROPPED: Json = {"kernel": "reverse", "dead_groups": 8}
WEIGHTED: Json = {"kernel": "weighted", "clamp": "10"}
BOTH: Json = {**CLAMPED, "dead_groups": 8}


def at(beta: Any, eps: Any, p_ref: Any) -> Json:
    return {"beta": beta, "eps": eps, "p_ref": p_ref}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "pull-k3": pull_rises(MEAN_VAR, K3, at("2", "1e-3", "0.05")),
        "pull-clamped-below-the-clamp": pull_rises(GROUP_8, CLAMPED, at("1", "1e-6", "0.3")),
        "pull-dropped-reverse": pull_rises(MEAN_VAR, DROPPED, at("1", "1e-2", "0.3"), room="1.2"),
        "pull-dropped-and-clamped": pull_rises(GROUP_8, BOTH, at("1", "1e-6", "0.3")),
        "pull-success-clamped": pull_rises(MEAN_VAR, CLAMPED, at("2", "1e-2", "1e-6"), parts=80),
        "pull-box": pull_rises(MEAN, BOTH, at(["1", "1.1"], ["1e-3", "2e-3"], ["0.3", "0.31"])),
        "pull-no-stop": pull_never_stops(GROUP_8, CLAMPED, at("0.1", "1e-6", "0.3"), "3.5", "0.5"),
        "pull-weighted": pull_rises(GROUP_8, WEIGHTED, at("1", "1e-6", "0.3"), parts=60),
        "pull-weighted-no-stop": pull_never_stops(GROUP_8, WEIGHTED, at("0.1", "1e-6", "0.3"), "3.5", "0.5"),
        "pull-no-stop-others": pull_never_stops(
            {"contrast": "group-loo", "group_size": 16},
            WEIGHTED,
            at("0.01", "1e-6", ["0.001", "0.002"]),
            "3.5",
            "0.5",
            parts=64,
        ),
        "pull-no-stop-box": pull_never_stops(
            MEAN, BOTH, at(["0.05", "0.06"], "1e-6", ["0.2", "0.3"]), "3.5", "0.05"
        ),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    names = ("k3", "clamped-below-the-clamp", "dropped-and-clamped", "success-clamped", "no-stop", "box")
    point, clamped, both, success, free, box = (committed()[f"pull-{name}"] for name in names)
    limit, step, pull = ("statement", "limit"), ("statement", "largest_step"), ("statement", "pull")
    cells, slopes, steep = (("evidence", key) for key in ("cells", "slopes", "steepest"))
    yield "pull-bracket-below", ("bracket-sign", edited(point, *limit, "logit", value=["-2.5", "-2"]))
    yield "pull-bracket-above", ("limit-not-enclosed", edited(point, *limit, "logit", value=["0.5", "0.6"]))
    yield "pull-p-beside", ("p-not-enclosed", edited(point, *limit, "p", value=["0.1", "0.11"]))
    beside = edited(point, *limit, "one_minus_p", value=["0.3", "0.4"])
    yield "pull-complement-beside", ("complement-not-enclosed", beside)
    yield "pull-too-large", ("step-not-proved", edited(point, *step, 0, value="1"))
    yield "pull-upper-bound-too-low", ("step-not-proved", edited(point, *step, 1, value="1e-3"))
    yield "pull-nothing-met", ("step-not-proved", edited(point, *steep, value=[]))
    yield "pull-met-below-p-ref", ("step-not-proved", edited(point, *steep, value=["-4"]))
    yield "pull-negative", ("outside-domain", edited(point, *step, 0, value="-1"))
    cuts = point["evidence"]["slopes"]
    yield "pull-slopes-from-above", ("step-not-proved", edited(point, *slopes, value=cuts[2:]))
    yield "pull-slopes-too-short", ("step-not-proved", edited(point, *slopes, value=cuts[:-1]))
    yield "pull-slopes-descend", ("unordered-cells", edited(point, *slopes, value=cuts[::-1]))
    yield "pull-start-above", ("left-tail", edited(point, "evidence", "start", value="-2.94"))
    yield "pull-cells-too-short", ("limit-not-enclosed", edited(point, *cells, value=_cells(point)[:-1]))
    wide = [{"end": _cells(clamped)[-1]["end"], "rule": "positive"}]
    yield "pull-cell-too-wide", ("cell-sign", edited(clamped, *cells, value=wide))
    rising = [*_cells(point)[:-1], {**_cells(point)[-1], "rule": "increasing"}]
    yield "pull-falls-not-rises", ("cell-slope", edited(point, *cells, value=rising))
    # without its clamp the pull of k3 has a stop, and with another weight of groups another one
    yield "pull-not-clamped", ("gain-not-proved", edited(free, *pull, value=K3))
    yield "pull-clamped-too-late", ("gain-not-proved", edited(free, *pull, "clamp", value="100"))
    yield "pull-ends-before-the-clamp", ("right-tail", edited(free, *cells, value=_cells(free)[:-6]))
    yield "pull-gain", ("gain-not-proved", edited(free, "statement", "gain", value="2"))
    held = edited(free, "statement", "parameters", "beta", value="0.2")
    yield "pull-held", ("gain-not-proved", held)
    yield "pull-other-groups", ("bracket-sign", edited(both, *pull, "dead_groups", value=3))
    yield "pull-groups-kept", ("cell-sign", edited(both, *pull, value=CLAMPED))
    yield "pull-other-kernel", ("bracket-sign", edited(clamped, *pull, value={"kernel": "reverse"}))
    # below the clamp of successes the pull is larger by 1 than above it
    yield "pull-success-not-clamped", ("cell-sign", edited(success, *pull, value=K3))
    yield "pull-clamp-of-the-reverse", ("outside-domain", edited(clamped, *pull, "kernel", value="reverse"))
    weighted = committed()["pull-weighted-no-stop"]
    yield (
        "pull-weighted-not-clamped",
        ("right-tail", edited(weighted, *pull, value={"kernel": "weighted"})),
    )
    yield "pull-weighted-held", ("gain-not-proved", edited(weighted, "statement", "gain", value="1.7"))
    yield "pull-clamp-zero", ("outside-domain", edited(clamped, *pull, "clamp", value="0"))
    yield "pull-groups-of-one", ("outside-domain", edited(both, *pull, "dead_groups", value=1))
    yield "pull-unknown-kernel", ("bad-value", edited(clamped, *pull, "kernel", value="k2"))
    yield "pull-unknown-key", ("unknown-key", edited(clamped, *pull, "weight", value="2"))
    yield "pull-alpha", ("unknown-key", edited(point, "statement", "parameters", "alpha", value="1"))
    yield "pull-other-rule", ("wrong-rule", edited(point, "evidence", "rule", value="no-stop"))
    yield "pull-box-wider", ("cell-sign", edited(box, "statement", "parameters", "beta", 1, value="2"))


def _cells(document: Json) -> list[Any]:
    cells: list[Any] = document["evidence"]["cells"]
    return cells
