"""Whether a statement of kind "curve" is true, as far as plain evaluation at sampled points can tell."""

from __future__ import annotations

import random
from typing import Any

from ...builder import Json
from ...truth import mp, number, slope
from .corpus import place

SLACK = mp.mpf(10) ** -30
SAMPLES = 60
LONGEST = 45  # log-odds beyond which no window of the corpora has a fixed point


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None."""
    if statement["curve"] == "cusp":
        return _cusp(statement)
    name, variant, parameters = (statement[key] for key in ("curve", "variant", "parameters"))
    source, step = random.Random(str(statement)), statement.get("step_size")
    held = [[[number(end) for end in piece[key]] for key in piece] for piece in statement["pieces"]]
    axes = [list(piece) for piece in statement["pieces"]]
    boxes = [dict(zip(keys, sides, strict=True)) for keys, sides in zip(axes, held, strict=True)]
    for box in boxes:
        low, high = box["logit"]
        for share in (0, source.random(), 1):
            x = low + (high - low) * share
            if not _right_side(name, x) or not _inside(*place(name, variant, parameters, x, step), box):
                return f"at L = {mp.nstr(x, 8)} the curve is not in its box"
    side = 1 if name == "fold" else -1
    for _ in range(SAMPLES):
        x = side * mp.mpf(source.random()) ** 2 * LONGEST
        beta, reference = place(name, variant, parameters, x, step)
        found = any(box["logit"][0] <= x <= box["logit"][1] for box in boxes)
        if _in_window(parameters, beta, reference) and not found:
            return f"at L = {mp.nstr(x, 8)} the curve is in the window and in no piece"
    return None


def _right_side(name: str, x: Any) -> bool:
    return bool(x > 0 if name == "fold" else x < 0)


def _inside(beta: Any, reference: Any, box: Json) -> bool:
    across, up = box["log_beta"], box["logit_p_ref"]
    if not beta > 0:
        return False
    x = mp.log(beta)
    return bool(across[0] - SLACK <= x <= across[1] + SLACK and up[0] - SLACK <= reference <= up[1] + SLACK)


def _in_window(parameters: Json, beta: Any, reference: Any) -> bool:
    low, high = (mp.log(number(p) / (1 - number(p))) for p in parameters["p_ref"])
    inside = number(parameters["beta"][0]) <= beta <= number(parameters["beta"][1])
    return bool(inside and low <= reference <= high)


def _cusp(statement: Json) -> str | None:
    """By thirds: the slope has one peak at most for the contrasts of the corpora."""
    variant, parameters = statement["variant"], statement["parameters"]
    eps = number(parameters["eps"])
    first, last = low, high = [number(end) for end in statement["logit"]]
    for _ in range(120):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        before = slope(variant, left, eps) < slope(variant, right, eps)
        low, high = (left, high) if before else (low, right)
    if min(low - first, last - low) < (last - first) / 10**9:
        return "the slope is largest at an end of the interval"
    beta, reference = place("fold", variant, parameters, low)
    return None if _in_window(parameters, beta, reference) else "the cusp is not in the ranges"
