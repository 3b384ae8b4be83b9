"""Certificates of limits by hand: the orbit at 60 digits says where it goes, radii and rates are given."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from .builder import Json, certificate, widened
from .truth import mp, multiplier, number, omega, sigma

TURNS = 1200
NEAR = mp.mpf(10) ** -48


def first(point: Json, start: str) -> Any:
    """L_0."""
    p = number(point["p_ref"] if start == "p_ref" else start)
    return mp.log(p / (1 - p))


def step(variant: Json, point: Json, x: Any) -> Any:
    """T(L)."""
    alpha, beta, eps = (number(point[key]) for key in ("alpha", "beta", "eps"))
    return (1 - alpha) * x + alpha * first(point, "p_ref") + omega(variant, x, eps) / beta


@lru_cache(maxsize=512)
def _orbit(variant: str, point: str, start: Any, steps: int) -> list[Any]:
    contrast, parameters = json.loads(variant), json.loads(point)
    alpha, beta, eps = (number(parameters[key]) for key in ("alpha", "beta", "eps"))
    share, pull, found = 1 - alpha, alpha * first(parameters, "p_ref"), [start]
    for _ in range(steps):
        here = found[-1]
        found.append(share * here + pull + omega(contrast, here, eps) / beta)
    return found


def orbit(variant: Json, point: Json, start: Any, steps: int) -> list[Any]:
    """L_0, ..., L_n from log-odds `start`."""
    return _orbit(json.dumps(variant, sort_keys=True), json.dumps(point, sort_keys=True), start, steps)


def settled(variant: Json, point: Json, start: Any, phase: int, period: int) -> list[Any] | None:
    """Where L_phase, L_(phase+1), ... L_(phase+period-1) tend to along the period; None where they do not."""
    last = phase + period * (TURNS // period)
    path = orbit(variant, point, start, last + 2 * period)
    points = path[last : last + period]
    again = path[last + period : last + 2 * period]
    return points if all(abs(x - y) < NEAR for x, y in zip(points, again, strict=True)) else None


def limit_point(low: Any, high: Any, basin: list[str] | None = None) -> Json:
    """A limit with its bracket, p and 1 - p; `low` and `high` in log-odds."""
    logit = widened(low, high, 22)
    low, high = (number(end) for end in logit)
    fields = {
        "logit": logit,
        "p": widened(sigma(low) - NEAR, sigma(high) + NEAR),
        "one_minus_p": widened(sigma(-high), sigma(-low)),
    }
    return fields if basin is None else {**fields, "basin": basin}


def statement(variant: Json, parameters: Json, start: str, verdict: str, **fields: Any) -> Json:
    """A statement of the kind."""
    head = {"kind": "limit", "variant": variant, "parameters": parameters, "start": start}
    return {**head, "verdict": verdict, **fields}


def trap(
    variant: Json,
    parameters: Json,
    radii: list[str],
    rate: str,
    begin: int,
    start: str = "p_ref",
    width: str = "1e-9",
) -> Json:
    """A fixed point or cycle at exact parameters, caught at step `begin`; brackets are basins times width."""
    points = settled(variant, parameters, first(parameters, start), begin, len(radii))
    assert points is not None
    listed, product = [], mp.mpf(1)
    for x, radius in zip(points, radii, strict=True):
        basin = widened(x - number(radius), x + number(radius), 8)
        small = number(radius) * number(width)
        listed.append(limit_point(x - small, x + small, basin))
        product *= multiplier(variant, parameters, x)
    verdict = "fixed-point" if len(radii) == 1 else "cycle"
    fields = {"step": begin, "period": len(radii), "points": listed, "rate": rate}
    slack = mp.mpf("1e-5")
    fields["multiplier"] = widened(product - slack, product + slack)
    return certificate(
        statement(variant, parameters, start, verdict, **fields), {"rule": "trap", "bits": 120}
    )


def trap_over_a_box(variant: Json, parameters: Json, bracket: list[str], basin: list[str], rate: str) -> Json:
    """A fixed point over a box, caught at once; the multiplier is bounded by the rate."""
    low, high = (number(end) for end in bracket)
    fields = {"step": 0, "period": 1, "points": [limit_point(low, high, basin)], "rate": rate}
    fields["multiplier"] = ["-" + rate, rate]
    return certificate(
        statement(variant, parameters, "p_ref", "fixed-point", **fields), {"rule": "trap", "bits": 120}
    )


def monotone(
    verdict: str,
    variant: Json,
    parameters: Json,
    begin: int,
    steps: int,
    start: str = "p_ref",
    cells: int = 1,
) -> Json:
    """A rise or fall from step `begin` on at exact parameters, its bracket reached after so many steps."""
    x = (settled(variant, parameters, first(parameters, start), 0, 1) or [None])[0]
    assert x is not None
    small = mp.mpf("1e-9")
    fields = {"step": begin, "limit": limit_point(x - small, x + small)}
    evidence = {"rule": "monotone", "bits": 120, "steps": steps, "cells": cells}
    return certificate(statement(variant, parameters, start, verdict, **fields), evidence)


def mirror(variant: Json, parameters: Json, gain: str) -> Json:
    """The rise without end at alpha = 0."""
    claim = statement(variant, parameters, "p_ref", "rises-to-one", gain=gain)
    return certificate(claim, {"rule": "mirror", "bits": 64})


def settles(manner: str, variant: Json, parameters: Json, form: str, start: str = "p_ref") -> Json:
    """A limit by a closed form."""
    claim = statement(variant, parameters, start, "settles", manner=manner)
    return certificate(claim, {"rule": "closed-form", "bits": 64, "form": form})
