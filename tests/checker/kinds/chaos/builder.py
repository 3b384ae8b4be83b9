"""Certificates of cycles and chaos by hand: orbits at 60 digits, a tree of cells from sampled slopes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...builder import Json, certificate, widened
from ...limit_builder import NEAR, limit_point, orbit
from ...truth import mp, multiplier, number, omega

CUT = Fraction(31, 64)
SAMPLES = 24
LARGEST = Fraction(1, 4)


def images(variant: Json, point: Json, start: Any, steps: int) -> list[Any]:
    """T(x), ..., T^n(x)."""
    return orbit(variant, point, start, steps)[1:]


def li_yorke(variant: Json, parameters: Json, start: Json, order: str, room: str = "1e-20") -> Json:
    """Four points in order, at exact parameters."""
    p = number(start["p"]) if "p" in start else None
    x = number(start["logit"]) if p is None else mp.log(p / (1 - p))
    slack = number(room)
    boxes = [widened(y - slack, y + slack, 25) for y in images(variant, parameters, x, 3)]
    fields = {"verdict": "li-yorke", "start": start, "order": order, "images": boxes}
    return _chaos(variant, parameters, fields, {"rule": "orbit", "bits": 120})


def li_yorke_over_a_box(variant: Json, parameters: Json, x: str, boxes: list[list[str]]) -> Json:
    """Four points in order over a box, their images as given."""
    fields = {"verdict": "li-yorke", "start": {"logit": x}, "order": "falls", "images": boxes}
    return _chaos(variant, parameters, fields, {"rule": "orbit", "bits": 64})


def period_three(variant: Json, parameters: Json, guess: str) -> Json:
    """The point of period 3 near a guess."""
    x = cycle_point(variant, parameters, number(guess), 3)
    small = mp.mpf("1e-12")
    fields = {"verdict": "period-three", "logit": widened(x - small, x + small, 22)}
    return _chaos(variant, parameters, fields, {"rule": "return", "bits": 120})


def entropy(
    variant: Json,
    parameters: Json,
    turns: int,
    intervals: list[list[str]],
    bound: str,
    weights: list[str],
) -> Json:
    """Intervals, each of which T^n carries over some of them."""
    fields = {"verdict": "entropy", "turns": turns, "intervals": intervals, "entropy": bound}
    return _chaos(variant, parameters, fields, {"rule": "covering", "bits": 120, "weights": weights})


def _chaos(variant: Json, parameters: Json, fields: Json, evidence: Json) -> Json:
    head = {"kind": "chaos", "variant": variant, "parameters": parameters}
    return certificate({**head, **fields}, evidence)


def region(
    variant: Json,
    parameters: Json,
    cuts: tuple[list[str], list[str]],
    cells: list[list[int]],
    points: list[str],
    area: str,
) -> Json:
    """Cells of a grid with a witness each."""
    statement = {
        "kind": "chaos-region",
        "variant": variant,
        "parameters": parameters,
        "beta_cuts": cuts[0],
        "p_ref_cuts": cuts[1],
        "cells": cells,
        "area": area,
    }
    return certificate(statement, {"rule": "witnesses", "bits": 64, "points": points})


def cycle_point(variant: Json, parameters: Json, x: Any, period: int) -> Any:
    """The zero of T^n(L) - L near a guess, by Newton's method."""
    for _ in range(60):
        path = orbit(variant, parameters, x, period)
        slope = mp.mpf(1)
        for y in path[:-1]:
            slope *= multiplier(variant, parameters, y)
        move = (path[-1] - x) / (1 - slope)
        x += move
        if abs(move) < NEAR:
            break
    return x


def cycles(
    variant: Json, parameters: Json, period: int, guesses: list[str], smaller: list[tuple[int, str]]
) -> Json:
    """All cycles of a period, from guesses of one point of each; `smaller` are guesses with their periods."""
    listed = [
        _cycle(variant, parameters, cycle_point(variant, parameters, number(x), period), period)
        for x in guesses
    ]
    low, high = _span(variant, parameters)
    evidence = {
        "rule": "cells",
        "bits": 120,
        "logit": [str(low), str(high)],
        "tree": _tree(variant, parameters, period, Fraction(low), Fraction(high)),
        "smaller": [
            {"period": d, "logit": _bracket(cycle_point(variant, parameters, number(x), d))}
            for d, x in smaller
        ],
    }
    statement = {
        "kind": "cycles",
        "variant": variant,
        "parameters": parameters,
        "period": period,
        "count": len(listed),
        "cycles": listed,
    }
    return certificate(statement, evidence)


def _bracket(x: Any) -> list[str]:
    small = mp.mpf("1e-12")
    return widened(x - small, x + small, 22)


def _cycle(variant: Json, parameters: Json, x: Any, period: int) -> Json:
    points, product, small = [], mp.mpf(1), mp.mpf("1e-12")
    for y in orbit(variant, parameters, x, period)[:period]:
        points.append(limit_point(y - small, y + small))
        product *= multiplier(variant, parameters, y)
    slack = mp.mpf("1e-8") * (1 + abs(product))
    kind = "attracting" if abs(product) < 1 else "repelling"
    return {"points": points, "multiplier": widened(product - slack, product + slack), "stability": kind}


def _span(variant: Json, parameters: Json) -> tuple[int, int]:
    """Integers around all cycles."""
    anchor = mp.log(number(parameters["p_ref"]) / (1 - number(parameters["p_ref"])))
    weight = number(parameters["alpha"]) * number(parameters["beta"])
    top = anchor + omega(variant, mp.mpf(10) ** 6, number(parameters["eps"])) / weight
    return int(mp.floor(anchor)), int(mp.ceil(top)) + 1


def _tree(variant: Json, parameters: Json, period: int, low: Fraction, high: Fraction) -> str:
    """Cells cut until samples say, with room to spare, that a cell is empty or monotone."""
    kind = _seen(variant, parameters, period, low, high)
    if kind:
        return kind
    middle = low + (high - low) * CUT
    return "s" + "".join(
        _tree(variant, parameters, period, *ends) for ends in ((low, middle), (middle, high))
    )


def _seen(variant: Json, parameters: Json, period: int, low: Fraction, high: Fraction) -> str:
    far = low > 20  # T' is small there, and T - L as good as linear
    if high - low > LARGEST and not far:
        return ""
    values, slopes = [], []
    for k in range(SAMPLES + 1):
        x = number(str(low)) + number(str(high - low)) * k / SAMPLES
        path = orbit(variant, parameters, x, period)
        product = mp.mpf(1)
        for y in path[:-1]:
            product *= multiplier(variant, parameters, y)
        values.append(path[-1] - x)
        slopes.append(product - 1)
    swing = max(map(abs, slopes)) * number(str(high - low))
    if min(map(abs, values)) > 2 * swing:
        return "e"
    steady = min(slopes) > 0 or max(slopes) < 0
    spread = max(slopes) - min(slopes)
    return "m" if steady and spread < min(map(abs, slopes)) / 2 else ""
