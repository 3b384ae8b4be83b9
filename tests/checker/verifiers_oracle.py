"""Whether statements on a verifier that errs are true at sampled parameters, by the definitions, at 60
digits: of independent errors the update itself at many log-odds, of systematic ones four kinds of answers,
weighed."""

from __future__ import annotations

from itertools import product
from typing import Any

from .builder import Json
from .truth import mp, number, omega, sigma

PLACES = [mp.mpf(k) / 2 for k in range(-16, 17)]
TILTS = [mp.mpf(k) for k in (-30, -3, -1, 0, 1, 3, 30)]
SLACK, STEP, ROUND = mp.mpf(10) ** -35, mp.mpf(10) ** -15, mp.mpf(10) ** -12
SIGNS = {"amplifies": 1, "harms": -1, "stands-still": 0}


def rates_of(statement: Json, point: Json) -> Json:
    """What is sampled: the parameters with the rates."""
    return {**point, "t": statement["true_positive"], "f": statement["false_positive"]}


def contradicted_effect(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    sign = SIGNS[statement["effect"]]
    for point in points:
        t, f = number(point["t"]), number(point["f"])
        if "apart" in statement and sign * (t - f) < number(statement["apart"]):
            continue
        if mp.sign(t - f) != sign:
            return f"t - f = {mp.nstr(t - f, 9)} at {point}"
        for logit in PLACES if sign else []:
            reason = _at(statement, point, t, f, logit)
            if reason:
                return reason
    return None


def _at(statement: Json, point: Json, t: Any, f: Any, logit: Any) -> str | None:
    """At a fixed point of some reference, |L* - L_ref| is the size of the push over alpha beta; its slope."""
    alpha, beta = number(point["alpha"]), number(point["beta"])
    push = _push(statement, point, t, f, logit)
    if "margin" in statement and abs(push) < alpha * beta * (number(statement["margin"]) - SLACK):
        return f"a fixed point at {mp.nstr(logit, 9)} is nearer, at {point}"
    if "threshold" in statement:
        slope = (
            _push(statement, point, t, f, logit + STEP) - _push(statement, point, t, f, logit - STEP)
        ) / (2 * STEP)
        if abs(slope) > number(statement["threshold"]) + ROUND:
            return f"the slope is {mp.nstr(slope, 12)} at {mp.nstr(logit, 9)}, {point}"
    return None


def _push(statement: Json, point: Json, t: Any, f: Any, logit: Any) -> Any:
    m = f + (t - f) * sigma(logit)
    return (t - f) * omega(statement["variant"], mp.log(m / (1 - m)), number(point["eps"]))


def contradicted_ceiling(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    for point, tilt in product(points, TILTS):
        p, t, f = (number(point[key]) for key in ("p_ref", "t", "f"))
        weights = [p * t * mp.exp(tilt), p * (1 - t), (1 - p) * f * mp.exp(tilt), (1 - p) * (1 - f)]
        total = sum(weights)
        right = (weights[0] + weights[1]) / total
        bound = number(statement.get("bound", point["p_ref"]))
        off = {"below": right - bound, "above": bound - right, "at": abs(right - bound)}[statement["side"]]
        if off > SLACK:
            return f"p = {mp.nstr(right, 12)} at {point}, theta = {tilt}"
        for pair in statement["rates"]:
            reason = _beside(pair, p, t, f)
            if reason:
                return f"{reason} at {point}"
    return None


def _beside(pair: Json, p: Any, t: Any, f: Any) -> str | None:
    """The tilt that passes so many, found by its odds."""
    reference = p * t + (1 - p) * f
    for end in pair["passed"]:
        m = number(end)
        right = p * t / reference * m + p * (1 - t) / (1 - reference) * (1 - m)
        if not number(pair["right"][0]) - SLACK <= right <= number(pair["right"][1]) + SLACK:
            return f"p = {mp.nstr(right, 12)} where {end} pass"
    return None
