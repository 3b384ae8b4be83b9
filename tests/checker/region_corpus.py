"""The corpora's certificates about regions beyond the first three properties: targets, margins by a paving
and their refutations, convergence, no cycles; `corpus` puts them beside the others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from .builder import (
    Json,
    certificate,
    decimal,
    fixed_point_certificate,
    grow,
    region_certificate,
    sides,
    tree_certificate,
    witness_certificate,
)
from .committed import committed
from .limit_corpus import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, at, edited
from .truth import mp, number, omega, slope

TREE_BOX = at(["0.35", "0.4"], ["0.1", "0.11"], ["0.005", "0.006"])
CLAIM = ("statement",)
Bad = Iterator[tuple[str, tuple[str, Json]]]


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    two = at(["41", "100"], ["1e-5", "1e-4"], ["0.001", "0.9999"], ["0.2", "0.5"])
    above = at(["0.1", "5"], "1e-4", ["0.5", "0.9"], ["0.5", "1"])
    low = at(["2", "3"], ["0.01", "0.02"], ["0.1", "0.2"])
    return {
        "amplification-target": region_certificate("amplification", MEAN_VAR, low, target="0.15"),
        "amplification-tree": tree_certificate("amplification", MEAN_STD, low, margin="0.34"),
        "amplification-tree-target": tree_certificate("amplification", GROUP_8, low, target="0.13"),
        "amplification-witness": _missed(low, margin="3"),
        "amplification-witness-target": _missed(low, target="0.9"),
        "convergence-closed-form": region_certificate("convergence", MEAN_VAR, two),
        "convergence-above-one-half": region_certificate("convergence", GROUP_8, above),
        "convergence-mean": region_certificate("convergence", MEAN, at("1", "0.1", ["1e-9", "0.9"])),
        "convergence-tree": descent_certificate("convergence", MEAN_VAR, TREE_BOX),
        "no-cycles-closed-form": region_certificate("no-cycles", MEAN_STD, {**two, "eps": ["0.1", "0.2"]}),
        "no-cycles-tree": descent_certificate("no-cycles", MEAN_VAR, TREE_BOX),
        "no-cycles-tree-group": descent_certificate("no-cycles", GROUP_8, at("0.6", "0.1", ["0.05", "0.06"])),
    }


def _missed(box: Json, **goal: str) -> Json:
    """A fixed point that stays short of the goal."""
    point = at("3", "0.02", "0.1")
    (found,) = fixed_point_certificate(MEAN_VAR, point, width=0.001)["statement"]["fixed_points"]
    document = witness_certificate("amplification", MEAN_VAR, box, point, [found["logit"]])
    return {**document, "statement": {**document["statement"], **goal}}


def descent_certificate(kind: str, variant: Json, parameters: Json) -> Json:
    """T' > -1 on a paving from below the least point of all cycles up to 0."""
    box = sides(parameters)

    def lowest(part: Json) -> Any:
        p, gain = part["p_ref"][0], 1 / (part["alpha"][1] * part["beta"][1])
        return mp.log(p / (1 - p)) + gain * omega(variant, mp.mpf(0), part["eps"][1])

    def leaf(part: Json) -> str | None:
        alpha, beta, eps, (left, right) = (part[key] for key in ("alpha", "beta", "eps", "logit"))
        if right < lowest(part) - mp.mpf("0.001"):
            return "excluded"
        samples = [left + (right - left) * i / 8 for i in range(9)]
        slopes = [slope(variant, x, e) for x in samples for e in eps]
        least = min(1 - a + b / weight for b in slopes for a in alpha for weight in beta)
        return "holds" if least > mp.mpf("-0.97") else None

    logit = [decimal(lowest(box) - mp.mpf("0.5"), 6), "0"]
    nodes = grow({**box, "logit": (number(logit[0]), mp.mpf(0))}, leaf)
    statement = {"kind": kind, "variant": variant, "parameters": parameters, "verdict": "proved"}
    return certificate(statement, {"rule": "tree", "bits": 100, "logit": logit, "nodes": nodes})


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_goals(), *_bad_descents()])


def _bad_goals() -> Bad:
    valid = committed()
    plain, tree = valid["amplification-target"], valid["amplification-tree"]
    aimed, missed = valid["amplification-tree-target"], valid["amplification-witness-target"]
    yield "target-too-high", ("margin-not-proved", edited(plain, *CLAIM, "target", value="0.3"))
    yield "target-one", ("outside-domain", edited(plain, *CLAIM, "target", value="1"))
    yield "target-zero", ("outside-domain", edited(plain, *CLAIM, "target", value="0"))
    yield "target-and-margin", ("unknown-key", edited(plain, *CLAIM, "margin", value="0.1"))
    yield "margin-too-large-for-a-tree", ("leaf-not-held", edited(tree, *CLAIM, "margin", value="1.5"))
    yield "target-too-high-for-a-tree", ("leaf-not-held", edited(aimed, *CLAIM, "target", value="0.3"))
    yield "target-reached", ("margin-not-proved", edited(missed, *CLAIM, "target", value="0.11"))
    gained = edited(valid["amplification-witness"], *CLAIM, "margin", value="0.1")
    yield "margin-reached", ("margin-not-proved", gained)
    form = edited(missed, "evidence", value={"rule": "closed-form", "bits": 64})
    yield "missed-target-by-closed-form", ("wrong-rule", form)


def _bad_descents() -> Bad:
    valid = committed()
    tree, form = valid["convergence-tree"], valid["convergence-closed-form"]
    parameters = (*CLAIM, "parameters")
    yield "descent-too-steep", ("closed-form-fails", edited(form, *parameters, "beta", value=["40", "100"]))
    cycles = edited(form, *parameters, value=at("5", "1e-5", "0.001"))
    yield "convergence-to-a-cycle", ("closed-form-fails", cycles)
    yield (
        "convergence-alpha-reaches-zero",
        (
            "alpha-reaches-zero",
            edited(form, *parameters, "alpha", value=["0", "0.5"]),
        ),
    )
    yield "convergence-refuted", ("bad-value", edited(form, *CLAIM, "verdict", value="refuted"))
    yield (
        "convergence-by-witness",
        (
            "wrong-rule",
            edited(form, "evidence", value=valid["amplification-witness"]["evidence"]),
        ),
    )
    short = edited(tree, "evidence", "logit", value=["-1", "0"])
    yield (
        "descent-from-too-high",
        (
            "logit-range-left",
            edited(short, "evidence", "nodes", value=[["holds"]]),
        ),
    )
    yield (
        "descent-not-up-to-one-half",
        (
            "logit-range-right",
            edited(tree, "evidence", "logit", 1, value="-0.01"),
        ),
    )
    yield (
        "descent-leaf-not-excluded",
        (
            "leaf-not-excluded",
            edited(tree, "evidence", "nodes", value=[["excluded"]]),
        ),
    )
    light = edited(tree, *parameters, "beta", value=["0.1", "0.35"])
    yield "descent-leaf-not-held", ("leaf-not-held", light)
    none = edited(valid["no-cycles-tree"], "evidence", "nodes", value=[["excluded"]])
    yield "no-cycles-leaf-not-excluded", ("leaf-not-excluded", none)
