"""Whether a statement of kind "pull-small-steps" is true at sampled parameters, by evaluation at 60 digits;
and valid certificates by hand.

The pull is taken from its definition as a penalty of outcomes; zeros and the steepest fall are looked for on
grids, the sequence is followed with steps of many sizes up to the bound.
"""

from __future__ import annotations

import random
from typing import Any

from .builder import Json, certificate, decimal, widened
from .limit_builder import limit_point
from .small_steps_oracle import SLACK, STEPS, anchor, corner
from .truth import mp, number, omega, sigma, zero

GRID, FAR = 240, mp.mpf(60)
FINE = mp.mpf(10) ** -5
TINY = mp.mpf(10) ** -20


def penalty(pull: Json, ratio: Any) -> Any:
    """Of an outcome whose probability is 1/ratio of the reference's: what its gradient is multiplied by."""
    if pull["kernel"] == "reverse":
        return -mp.log(ratio)
    estimate = ratio - 1 - mp.log(ratio)
    if "clamp" in pull and estimate > number(pull["clamp"]):
        return mp.mpf(0)
    return 1 - ratio if pull["kernel"] == "k3" else -mp.log(ratio)


def pull_drive(variant: Json, pull: Json, point: Json, x: Any) -> Any:
    """Omega less beta times the penalty of a success less that of a failure, of the groups that stay."""
    p, q, p_ref = sigma(x), sigma(-x), number(point["p_ref"])
    weights = [mp.mpf(1)] * 2
    if "dead_groups" in pull:
        weights = [1 - share ** (pull["dead_groups"] - 1) for share in (p, q)]
    held = weights[0] * penalty(pull, p_ref / p) - weights[1] * penalty(pull, (1 - p_ref) / q)
    return omega(variant, x, number(point["eps"])) - number(point["beta"]) * held


def least_zero(variant: Json, pull: Json, point: Json, far: Any = FAR) -> Any:
    """The least zero above L_ref, or None if there is none on a fine grid."""

    def drive(x: Any) -> Any:
        return pull_drive(variant, pull, point, x)

    low, step = anchor(point), mp.mpf(1) / 64
    while drive(low + step) > 0:
        low += step
        if low > far:
            return None
    return zero(drive, low, low + step)


def falls(variant: Json, pull: Json, point: Json, x: Any) -> Any:
    """-F' at x."""
    ends = [pull_drive(variant, pull, point, x + h) for h in (-TINY, TINY)]
    return (ends[0] - ends[1]) / (2 * TINY)


def steepest(variant: Json, pull: Json, point: Json, end: Any) -> Any:
    """The supremum of -F' from L_ref to `end`, jumps upwards aside."""

    def fall(x: Any) -> Any:
        return falls(variant, pull, point, x)

    low, high = anchor(point), end
    points = [low + TINY + (high - low) * i / GRID for i in range(GRID)] + [high - TINY]
    best = max(range(GRID + 1), key=lambda i: fall(points[i]))
    low, high = points[max(0, best - 1)], points[min(GRID, best + 1)]
    for _ in range(50):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if fall(a) > fall(b) else (a, high)
    return max(fall(points[best]), fall((low + high) / 2))


def contradicted_pull_steps(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    return next((reason for reason in (_reason(statement, point) for point in points) if reason), None)


def _reason(statement: Json, point: Json) -> str | None:
    variant, pull = statement["variant"], statement["pull"]
    if statement["verdict"] == "rises-to-one":
        low = anchor(point)
        drives = [pull_drive(variant, pull, point, low + (FAR - low) * i / 2000) for i in range(2001)]
        return "the gain" if number(statement["gain"]) > min(drives) + SLACK else None
    far = number(statement["limit"]["logit"][1]) + 2  # no need to look further
    limit = least_zero(variant, pull, point, far)
    if limit is None:
        return "there is no zero"
    for field, value in {"logit": limit, "p": sigma(limit), "one_minus_p": sigma(-limit)}.items():
        low, high = (number(text) for text in statement["limit"][field])
        if not low - SLACK * (1 + abs(value)) <= value <= high + SLACK * (1 + abs(value)):
            return field
    claimed = statement["largest_step"]
    low, high = map(number, claimed) if isinstance(claimed, list) else (number(claimed), mp.inf)
    true = 1 / steepest(variant, pull, point, limit)
    if low > true * (1 + FINE) or high < true * (1 - FINE):
        return "the largest step"
    return _turns_back(statement, point, low, limit)


def _turns_back(statement: Json, point: Json, bound: Any, end: Any) -> str | None:
    """Steps up to the bound, of a size of their own each."""
    source, here = random.Random(7), anchor(point)
    for _ in range(STEPS):
        size = bound * mp.mpf(source.choice((1, 1, 3, 5, 9))) / 9
        following = here + size * pull_drive(statement["variant"], statement["pull"], point, here)
        if following < here - SLACK or following - end > SLACK * (1 + abs(following)):
            return "a step falls, or leads beyond"
        here = following
    return None


def pull_rises(
    variant: Json, pull: Json, parameters: Json, *, parts: int = 40, last: str = "0.5", room: str = "1.05"
) -> Json:
    """A rise to the least zero, over exact parameters or a box: positive on equal cells up to `last` below
    the limit, then falling."""
    low, high = corner({"alpha": "1", **parameters}, 1), corner({"alpha": "1", **parameters}, 0)
    x, y = (least_zero(variant, pull, point) for point in (low, high))
    width = mp.mpf(10) ** -12
    limit = limit_point(x - width, y + width)
    start, end = number(decimal(anchor(low), 25)), number(decimal(x - number(last), 6))
    cuts = [decimal(start + (end - start) * k / parts, 12) for k in range(1, parts)] + [decimal(end, 12)]
    cells = [{"end": cut, "rule": "positive"} for cut in cuts]
    cells.append({"end": limit["logit"][0], "rule": "decreasing"})
    steep = max(steepest(variant, pull, point, y) for point in (low, high))
    met = falls(variant, pull, low, number(limit["logit"][0]))
    known = parameters["p_ref"] if isinstance(parameters["p_ref"], str) else None
    upper = [] if known is None else [decimal(number(room) / met, 8, up=True)]
    step = decimal(1 / (steep * number(room)), 8)
    statement = {
        "kind": "pull-small-steps",
        "variant": variant,
        "parameters": parameters,
        "pull": pull,
        "verdict": "rises",
        "limit": limit,
        "largest_step": [step, *upper] if upper else step,
    }
    first, top = decimal(start, 25), number(limit["logit"][1])
    slopes = [widened(start + (top - start) * k / parts, start, 12)[0] for k in range(1, parts)]
    return certificate(
        statement,
        {
            "rule": "least-zero",
            "bits": 120,
            "start": first,
            "cells": cells,
            "slopes": [first, *slopes, limit["logit"][1]],
            "steepest": [limit["logit"][0]] if upper else [],
        },
    )


def pull_never_stops(
    variant: Json, pull: Json, parameters: Json, end: str, gain: str, *, parts: int = 16
) -> Json:
    """A rise to 1: positive on equal cells up to where failures are clamped."""
    start = number(decimal(anchor(corner({"alpha": "1", **parameters}, 1)), 25))
    cuts = [decimal(start + (number(end) - start) * k / parts, 12) for k in range(1, parts)]
    cells = [{"end": cut, "rule": "positive"} for cut in (*cuts, end)]
    statement = {
        "kind": "pull-small-steps",
        "variant": variant,
        "parameters": parameters,
        "pull": pull,
        "verdict": "rises-to-one",
        "gain": gain,
    }
    evidence = {"rule": "no-stop", "bits": 120, "start": decimal(start, 25), "cells": cells}
    return certificate(statement, evidence)
