"""Kinds "convergence" and "no-cycles": maps that descend no faster than at slope -1; the oracle goes by plain
orbits and scans in floating point.

A continuous map of the line with a cycle has one of two points, so T(T(L)) = L is looked at.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from ..builder import Json, certificate, decimal, grow, region_certificate, sides
from ..committed import committed
from ..edits import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, Bad, at, edited
from ..samples import sampled_points
from ..truth import float_omega, mp, number, omega, slope
from .regions.sentences import sentences as sentences

CLAIM = ("statement",)
TREE_BOX = at(["0.35", "0.4"], ["0.1", "0.11"], ["0.005", "0.006"])


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    two = at(["41", "100"], ["1e-5", "1e-4"], ["0.001", "0.9999"], ["0.2", "0.5"])
    above = at(["0.1", "5"], "1e-4", ["0.5", "0.9"], ["0.5", "1"])
    return {
        "convergence-closed-form": region_certificate("convergence", MEAN_VAR, two),
        "convergence-above-one-half": region_certificate("convergence", GROUP_8, above),
        "convergence-mean": region_certificate("convergence", MEAN, at("1", "0.1", ["1e-9", "0.9"])),
        "convergence-tree": descent_certificate("convergence", MEAN_VAR, TREE_BOX),
        "no-cycles-closed-form": region_certificate("no-cycles", MEAN_STD, {**two, "eps": ["0.1", "0.2"]}),
        "no-cycles-tree": descent_certificate("no-cycles", MEAN_VAR, TREE_BOX),
        "no-cycles-tree-group": descent_certificate("no-cycles", GROUP_8, at("0.6", "0.1", ["0.05", "0.06"])),
    }


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
    return dict(_bad())


def _bad() -> Bad:
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


STEPS, NEAR, APART = 3000, 1e-9, 1e-3
FINE = np.arange(-60, 60, 1 / 512)


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    for point in sampled_points(statement["parameters"]):
        if number(point["alpha"]) == 0:
            return "alpha is 0"
        seen = _wanders if statement["kind"] == "convergence" else _has_a_cycle
        if seen(statement["variant"], point):
            return f"{statement['kind']} at {point}"
    return None


def _step(variant: Json, point: Json, x: Any) -> Any:
    alpha, beta, eps, p_ref = (float(number(point[key])) for key in ("alpha", "beta", "eps", "p_ref"))
    anchor = np.log(p_ref / (1 - p_ref))
    return (1 - alpha) * x + alpha * anchor + float_omega(variant, x, eps) / beta


def _wanders(variant: Json, point: Json) -> bool:
    """Whether the sequence from p_ref still moves by much after many steps."""
    p_ref = float(number(point["p_ref"]))
    x = np.array([np.log(p_ref / (1 - p_ref))])
    for _ in range(STEPS):
        before, x = x, _step(variant, point, x)
        if abs(x - before)[0] < NEAR:
            return False
    return bool(abs(x - before)[0] > APART)


def _has_a_cycle(variant: Json, point: Json) -> bool:
    """Whether T^2(L) - L changes sign where T(L) - L does not."""
    once = _step(variant, point, FINE)
    moves, returns = np.sign(once - FINE), np.sign(_step(variant, point, once) - FINE)
    changes = zip(pairwise(moves), pairwise(returns), strict=True)
    return any(a == b and c * d < 0 for (a, b), (c, d) in changes)
