"""Builds valid certificates by hand: guesses by floats and mpmath, canonical bytes and digest of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from .truth import BESIDE_OTHERS, fixed_points, float_omega, mp, multiplier, number, omega, sigma, slope

Json = dict[str, Any]
ROUNDING = mp.mpf(10) ** -30  # where sigma rounds to 1


def encode(value: Any) -> bytes:
    """Canonical bytes."""
    return (json.dumps(value, indent=1, sort_keys=True, separators=(",", ": ")) + "\n").encode()


def seal(document: Json) -> bytes:
    """The bytes of a document with its digest made right."""
    body = {key: value for key, value in document.items() if key != "digest"}
    return encode({**body, "digest": "sha256:" + hashlib.sha256(encode(body)).hexdigest()})


def certificate(statement: Json, evidence: Json) -> Json:
    """A document but for its digest."""
    return {
        "format": "verified-grpo/1",
        "statement": statement,
        "evidence": evidence,
        "provenance": {"engine": "by hand", "bits": 53, "software": {"python": "3"}},
    }


def decimal(x: Any, digits: int = 12, up: bool = False) -> str:
    """A number with so many significant digits, rounded down or up, as an integer with an exponent."""
    x = mp.mpf(x)
    if x == 0:
        return "0"
    exponent = int(mp.floor(mp.log10(abs(x)))) - digits + 1
    mantissa = (mp.ceil if up else mp.floor)(x / mp.mpf(10) ** exponent)
    return f"{int(mantissa)}e{exponent}" if exponent else str(int(mantissa))


def widened(low: Any, high: Any, digits: int = 12) -> list[str]:
    """An interval of decimals around an interval."""
    return [decimal(low, digits), decimal(high, digits, up=True)]


def corners(parameters: Json) -> list[Json]:
    """The corners of a box of parameters."""
    axes = [value if isinstance(value, list) else [value] for value in parameters.values()]
    return [dict(zip(parameters, corner, strict=True)) for corner in product(*axes)]


def fixed_point_certificate(
    variant: Json, parameters: Json, width: float = 1e-9, cut: float = 0.02, step: float | None = None
) -> Json:
    """All fixed points over a box on which their number is constant; monotone cells no longer than `step`."""
    spots = [fixed_points(variant, corner) for corner in corners(parameters)]
    tracks = [(min(track), max(track)) for track in zip(*spots, strict=True)]
    points = [spot(variant, parameters, low - width, high + width) for low, high in tracks]
    statement = {
        "kind": "fixed-points",
        "variant": variant,
        "parameters": parameters,
        "count": len(points),
        "fixed_points": points,
    }
    return certificate(statement, _partition(variant, parameters, tracks, cut, step))


def spot(variant: Json, parameters: Json, low: Any, high: Any) -> Json:
    """What is true of a bracket, whether or not a fixed point is in it."""
    logit = widened(number(low), number(high), 20)
    low, high = (number(end) for end in logit)
    multipliers = [multiplier(variant, corner, end) for corner in corners(parameters) for end in (low, high)]
    slack = mp.mpf(10) ** -6 * (1 + max(map(abs, multipliers)))
    inside = all(abs(m) < 1 - slack for m in multipliers)
    outside = all(m > 1 + slack for m in multipliers) or all(m < -1 - slack for m in multipliers)
    return {
        "logit": logit,
        "p": widened(sigma(low) - ROUNDING, sigma(high)),
        "one_minus_p": widened(sigma(-high), sigma(-low) if low > -100 else 1),
        "multiplier": widened(min(multipliers) - slack, max(multipliers) + slack),
        "stability": "attracting" if inside else "repelling" if outside else "undecided",
    }


def _partition(variant: Json, parameters: Json, tracks: list[Any], cut: float, step: float | None) -> Json:
    """Monotone cells between the turning points of the gap, cells of one sign around these."""
    some = corners(parameters)
    start = min(number(c["p_ref"]) for c in some)
    start = mp.floor(mp.log(start / (1 - start)))
    end = max(
        mp.log(number(c["p_ref"]) / (1 - number(c["p_ref"])))
        + _largest_omega(variant, number(c["eps"])) / (number(c["alpha"]) * number(c["beta"]))
        for c in some
    )
    turns = _turning_points(variant, some[0])
    hidden = sum(1 for turn in turns if turn - cut <= start)
    cells: list[Json] = []
    left = start
    for i, turn in enumerate(turns[hidden:], hidden):
        rule = "increasing" if i % 2 == 0 else "decreasing"
        cells += _pieces(left, turn - cut, rule, step)
        before = sum(1 for low, _ in tracks if low < turn)
        cells.append({"end": decimal(turn + cut), "rule": "positive" if before % 2 else "negative"})
        left = turn + cut
    cells += _pieces(left, mp.ceil(end) + 1, "decreasing" if len(turns) % 2 else "increasing", step)
    return {"rule": "line-partition", "bits": 120, "start": decimal(start), "cells": cells}


def _largest_omega(variant: Json, eps: Any) -> Any:
    """In the tails; of an expression, in either of them or between."""
    places = [mp.mpf(10) ** 6]
    if variant["contrast"] in ("expression", *BESIDE_OTHERS):
        places += [-places[0], *(mp.mpf(k) / 8 for k in range(-80, 81))]
    return max(omega(variant, x, eps) for x in places)


def _pieces(left: Any, right: Any, rule: str, step: float | None) -> list[Json]:
    count = 1 if step is None else int((right - left) / step) + 1
    return [{"end": decimal(left + (right - left) * i / count), "rule": rule} for i in range(1, count + 1)]


def _turning_points(variant: Json, point: Json) -> list[Any]:
    """Where alpha beta = b, from a scan of L > 0."""
    level = number(point["alpha"]) * number(point["beta"])
    eps = number(point["eps"])
    scan, step = np.arange(32 * 40) / 32, 1e-6  # in doubles: places are found exactly below
    ahead, behind = (float_omega(variant, scan + side, float(eps)) for side in (step, -step))
    above = ahead - behind > 2 * step * float(level)
    turns = []
    for i in range(1, len(above)):
        if above[i] != above[i - 1]:
            low, high = mp.mpf(i - 1) / 32, mp.mpf(i) / 32
            for _ in range(60):
                middle = (low + high) / 2
                low, high = (
                    (low, middle) if (slope(variant, middle, eps) > level) == above[i] else (middle, high)
                )
            turns.append(low)
    return turns


def region_certificate(kind: str, variant: Json, parameters: Json, **extra: str) -> Json:
    """A property proved by its closed form."""
    statement = {"kind": kind, "variant": variant, "parameters": parameters, "verdict": "proved", **extra}
    return certificate(statement, {"rule": "closed-form", "bits": 100})


def witness_certificate(kind: str, variant: Json, parameters: Json, point: Json, brackets: list[Any]) -> Json:
    """A property refuted at one point."""
    statement = {"kind": kind, "variant": variant, "parameters": parameters, "verdict": "refuted"}
    evidence = {"rule": "witness", "bits": 120, "parameters": point, "brackets": brackets}
    return certificate(statement, evidence)


def tree_certificate(kind: str, variant: Json, parameters: Json, **extra: str) -> Json:
    """A property proved on a tree, cut where samples say that a leaf would hold with room to spare."""
    statement = {"kind": kind, "variant": variant, "parameters": parameters, "verdict": "proved", **extra}
    box = sides(parameters)
    anchors = [mp.log(p / (1 - p)) for p in box.pop("p_ref")]
    gains = [1 / (box["alpha"][i] * box["beta"][i]) for i in (1, 0)]
    least = 0 if variant["contrast"] == "expression" else omega(variant, mp.mpf(0), box["eps"][1])
    low = anchors[0] + gains[0] * least - mp.mpf("0.01")
    high = anchors[1] + gains[1] * _largest_omega(variant, box["eps"][0]) + mp.mpf("0.01")
    logit = [decimal(low, 6), decimal(high, 6, up=True)]
    box["logit"] = (number(logit[0]), number(logit[1]))
    rate, goal = number(extra.get("rate", "1")), {key: number(x) for key, x in extra.items()}

    def leaf(part: Json) -> str | None:
        alpha, beta, eps, (left, right) = (part[key] for key in ("alpha", "beta", "eps", "logit"))
        samples = [left + (right - left) * i / 8 for i in range(9)]
        values = [omega(variant, x, e) for x in samples for e in eps]
        gain = [1 / (alpha[i] * beta[i]) for i in (1, 0)]
        if (
            left - gain[1] * max(values) > anchors[1] + 0.001
            or right - gain[0] * min(values) < anchors[0] - 0.001
        ):
            return "excluded"
        if "target" in goal:
            return "holds" if sigma(left) > goal["target"] + 0.001 else None
        if "margin" in goal:
            return "holds" if max(gain[1] * min(values), left - anchors[1]) > goal["margin"] + 0.001 else None
        slopes = [slope(variant, x, e) for x in samples for e in eps]
        if kind == "uniqueness":
            return "holds" if max(slopes) * gain[1] < 0.98 else None
        most = [1 - a + s / b for a in alpha for b in beta for s in slopes]
        return "holds" if max(map(abs, most)) < 0.98 * rate else None

    nodes = grow(box, leaf)
    return certificate(statement, {"rule": "tree", "bits": 100, "logit": logit, "nodes": nodes})


def sides(parameters: Json) -> Json:
    """The ends of each parameter."""
    return {key: _ends(parameters[key]) for key in ("alpha", "beta", "eps", "p_ref")}


def _ends(value: Any) -> tuple[Any, Any]:
    ends = value if isinstance(value, list) else [value, value]
    return number(ends[0]), number(ends[1])


def grow(box: Json, leaf: Callable[[Json], str | None], depth: int = 0) -> list[list[str]]:
    """A tree in preorder, cut in the relatively widest axis until every part is a leaf."""
    kind = leaf(box)
    if kind is not None:
        return [[kind]]
    if depth > 14:
        raise ValueError("the tree does not close")
    axis = max(box, key=lambda key: (box[key][1] - box[key][0]) / (1 if key == "logit" else box[key][1]))
    low, high = box[axis]
    text = decimal((low + high) / 2, 8)
    lower, upper = {**box, axis: (low, number(text))}, {**box, axis: (number(text), high)}
    return [["split", axis, text], *grow(lower, leaf, depth + 1), *grow(upper, leaf, depth + 1)]
