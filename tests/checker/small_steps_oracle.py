"""Whether a statement of kind "small-steps" is true at sampled parameters, by evaluation at 60 digits; and
valid certificates by hand.

The sequence is followed with steps of many sizes up to the bound; the steepest fall is looked for on a grid.
"""

from __future__ import annotations

import random
from typing import Any

from .builder import Json, certificate, decimal, fixed_point_certificate, widened
from .limit_builder import limit_point
from .truth import fixed_points, mp, number, omega, sigma, slope

SLACK = mp.mpf(10) ** -35
GRID, STEPS = 400, 120
FINE = mp.mpf(10) ** -7  # the grid's error in the steepest fall, relatively
FAR = mp.mpf(60)


def drive(variant: Json, point: Json, x: Any) -> Any:
    """F at log-odds x."""
    pull = number(point["alpha"]) * number(point["beta"])
    return omega(variant, x, number(point["eps"])) - pull * (x - anchor(point))


def anchor(point: Json) -> Any:
    p = number(point["p_ref"])
    return mp.log(p / (1 - p))


def least_fixed_point(variant: Json, point: Json) -> Any:
    """The least zero of F; None where there is no pull."""
    if number(point["alpha"]) * number(point["beta"]) == 0:
        return None
    return fixed_points(variant, point)[0]


def steepest_fall(variant: Json, point: Json, end: Any) -> Any:
    """max(0, -Omega') between L_ref and `end`, by a grid and three parts of the best cell again and again."""
    eps, low, high = number(point["eps"]), anchor(point), end

    def fall(x: Any) -> Any:
        return max(mp.mpf(0), -slope(variant, x, eps))

    points = [low + (high - low) * i / GRID for i in range(GRID + 1)]
    best = max(range(GRID + 1), key=lambda i: fall(points[i]))
    low, high = points[max(0, best - 1)], points[min(GRID, best + 1)]
    for _ in range(60):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if fall(a) > fall(b) else (a, high)
    return max(fall(points[best]), fall((low + high) / 2))


def largest_step(variant: Json, point: Json, end: Any) -> Any:
    """1/(alpha beta + s)."""
    slope_down = number(point["alpha"]) * number(point["beta"]) + steepest_fall(variant, point, end)
    return 1 / slope_down if slope_down else mp.inf


def contradicted_small_steps(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    return next((reason for reason in (_reason(statement, point) for point in points) if reason), None)


def _reason(statement: Json, point: Json) -> str | None:
    variant, verdict = statement["variant"], statement["verdict"]
    least = least_fixed_point(variant, point)
    if verdict == "rises-to-one":
        if least is not None:
            return "there is a pull"
        if "gain" not in statement:
            return None
        enough = number(statement["gain"]) <= omega(variant, mp.mpf(0), number(point["eps"])) + SLACK
        return None if enough else "the gain"
    if verdict == "rises" and least is None:
        return "there is no fixed point"
    end = FAR if least is None else least
    claimed = statement["largest_step"]
    bound = number(claimed[0] if verdict == "rises" else claimed)
    true = largest_step(variant, point, end)
    if bound > true * (1 + FINE) or (verdict == "rises" and number(claimed[1]) < true * (1 - FINE)):
        return "the largest step"
    if verdict == "rises-beyond":
        if least is not None and number(statement["beyond"]) > least + SLACK * (1 + abs(least)):
            return "the limit lies below"
    else:
        for field, value in {"logit": least, "p": sigma(least), "one_minus_p": sigma(-least)}.items():
            low, high = (number(text) for text in statement["limit"][field])
            if not low - SLACK * abs(value) <= value <= high + SLACK * abs(value):
                return field
    return _turns_back(variant, point, bound, mp.inf if least is None else least)


def _turns_back(variant: Json, point: Json, bound: Any, end: Any) -> str | None:
    """Steps up to the bound, of a size of their own each."""
    source, here = random.Random(7), anchor(point)
    for _ in range(STEPS):
        following = here + bound * mp.mpf(source.choice((1, 1, 3, 5, 9))) / 9 * drive(variant, point, here)
        if following < here - SLACK or following - end > SLACK * (1 + abs(following)):
            return "a step falls, or leads beyond"
        here = following
    return None


def small_steps_certificate(variant: Json, parameters: Json, *, parts: int = 64, room: str = "1.01") -> Json:
    """A rise to the least fixed point, over exact parameters or a box whose corners are `low` and `high`; the
    bound of the steps with so much room."""
    low, high = corner(parameters, 1), corner(parameters, 0)
    x, y = (fixed_points(variant, point)[0] for point in (low, high))
    width = mp.mpf(10) ** -12
    limit = limit_point(x - width, y + width)
    start, cells = _cells(variant, low, limit["logit"][0])
    reference = number(low["p_ref"])
    end, is_named = number(limit["logit"][1]), variant["contrast"] != "expression"
    reach = min(mp.mpf(0), end) if is_named else end
    slopes = _cuts(anchor(low), reach, parts) if reference < 0.5 or not is_named else []
    weakest = number(high["alpha"]) * number(high["beta"])
    steep = number(low["alpha"]) * number(low["beta"]) + steepest_fall(
        variant, {**low, "eps": high["eps"]}, y
    )
    step = [decimal(1 / (steep * number(room)), 8), decimal(1 / weakest, 8, up=True)]
    claim = {"verdict": "rises", "limit": limit, "largest_step": step}
    proof = {"start": start, "cells": cells, "slopes": slopes, "steepest": []}
    return certificate(statement(variant, parameters, claim), {"rule": "least-zero", "bits": 120, **proof})


def without_pull(variant: Json, parameters: Json, gain: str | None) -> Json:
    claim = {"verdict": "rises-to-one", **({} if gain is None else {"gain": gain})}
    return certificate(statement(variant, parameters, claim), {"rule": "no-pull", "bits": 64})


def statement(variant: Json, parameters: Json, claim: Json) -> Json:
    return {"kind": "small-steps", "variant": variant, "parameters": parameters, **claim}


def corner(parameters: Json, side: int) -> Json:
    """Where the gap is lowest (0) or highest (1)."""
    ends = {key: value if isinstance(value, list) else [value, value] for key, value in parameters.items()}
    return {key: pair[1 - side if key == "p_ref" else side] for key, pair in ends.items()}


def _cells(variant: Json, point: Json, end: str) -> tuple[str, list[Json]]:
    """Those of the whole line, up to the limit."""
    evidence = fixed_point_certificate(variant, point, step=0.25)["evidence"]
    cells: list[Json] = []
    for cell in evidence["cells"]:
        cells.append(cell)
        if number(cell["end"]) >= number(end):
            cells[-1] = {**cell, "end": end}
            break
    return evidence["start"], cells


def _cuts(low: Any, high: Any, parts: int) -> list[str]:
    first, last = widened(low, high, 20)
    inner = [decimal(low + (high - low) * i / parts, 10) for i in range(1, parts)]
    return [first, *inner, last if high else "0"]
