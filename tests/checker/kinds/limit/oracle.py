"""Whether a statement of kind "limit" is true at sampled parameters, by iterating at 60 digits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ...builder import Json
from ...limit_builder import first, orbit, settled
from ...samples import sampled_points
from ...truth import mp, multiplier, number, omega, sigma

SLACK = mp.mpf(10) ** -35
TURNS = 12
MONOTONE_STEPS = 400


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    check = {"rises-to-one": _mirror, "rises": _run, "falls": _run, "settles": _settles}.get(
        statement["verdict"], _trap
    )
    for point in sampled_points(statement["parameters"]):
        reason = check(statement, point, first(point, statement["start"]))
        if reason is not None:
            return f"{reason} at {point}"
    return None


def _mirror(statement: Json, point: Json, start: Any) -> str | None:
    if number(point["alpha"]) != 0:
        return "alpha is not 0"
    least = omega(statement["variant"], mp.mpf(0), number(point["eps"])) / number(point["beta"])
    return None if number(statement["gain"]) <= least + SLACK else "the gain"


def _run(statement: Json, point: Json, start: Any) -> str | None:
    sign = 1 if statement["verdict"] == "rises" else -1
    path = orbit(statement["variant"], point, start, MONOTONE_STEPS)[statement["step"] :]
    if any(sign * (y - x) < -SLACK for x, y in pairwise(path)):
        return "the sequence turns back"
    end = settled(statement["variant"], point, start, 0, 1)
    return "no limit" if end is None else _enclosed(end[0], statement["limit"])


def _settles(statement: Json, point: Json, start: Any) -> str | None:
    """The last steps of a long orbit hardly move; where it is said to rise, no step falls."""
    path = orbit(statement["variant"], point, start, MONOTONE_STEPS)
    if number(point["alpha"]) == 0:
        return "alpha is 0"
    if statement["manner"] == "rises" and any(y - x < -SLACK for x, y in pairwise(path)):
        return "the sequence turns back"
    last, before = (abs(path[k] - path[k - 1]) for k in (-1, -MONOTONE_STEPS // 2))
    return None if last <= before or last < SLACK else "the sequence does not settle"


def _trap(statement: Json, point: Json, start: Any) -> str | None:
    variant, step, period = statement["variant"], statement["step"], statement["period"]
    ends = settled(variant, point, start, step, period)
    if ends is None or len(ends) != len(statement["points"]):
        return "no such limit"
    product = mp.mpf(1)
    for x, claim in zip(ends, statement["points"], strict=True):
        product *= multiplier(variant, point, x)
        if reason := _enclosed(x, claim):
            return reason
    if any(abs(x - y) < mp.mpf(10) ** -20 for i, x in enumerate(ends) for y in ends[:i]):
        return "the period is smaller"
    low, high = (number(end) for end in statement["multiplier"])
    if not low - mp.mpf(10) ** -20 <= product <= high + mp.mpf(10) ** -20:
        return "the multiplier"
    rate, basin = number(statement["rate"]), [number(end) for end in statement["points"][0]["basin"]]
    starts = [(orbit(variant, point, start, step)[step])]
    starts += [basin[0] + (basin[1] - basin[0]) * share / 7 for share in range(8)]
    for x in starts:
        path = orbit(variant, point, x, TURNS * period)
        for m in range(len(path) - period):
            limit = ends[m % period]
            if abs(path[m + period] - limit) > rate * abs(path[m] - limit) + SLACK:
                return "the rate"
    return None


def _enclosed(x: Any, claim: Json) -> str | None:
    for field, value in {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x)}.items():
        low, high = (number(end) for end in claim[field])
        if not low - SLACK * abs(value) <= value <= high + SLACK * abs(value):
            return f"{field} of {mp.nstr(x, 20)}"
    return None
