"""Whether a statement of kinds "chaos", "chaos-region" or "cycles" is true, by plain orbits at 60 digits and
scans in floating point."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from ...builder import Json
from ...limit_builder import orbit
from ...samples import sampled_points
from ...truth import mp, multiplier, number, omega, sigma

SLACK = mp.mpf(10) ** -35
SCAN = 40_001


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None."""
    check = {"chaos": _false_chaos, "chaos-region": _false_region, "cycles": _false_cycles}
    return check[statement["kind"]](statement)


def _false_chaos(statement: Json) -> str | None:
    """Where some sampled parameters have no such orbit."""
    check = {"li-yorke": _order, "period-three": _return, "entropy": _entropy}[statement["verdict"]]
    points = sampled_points(statement["parameters"])
    return next((reason for point in points if (reason := check(statement, point))), None)


def _order(statement: Json, point: Json) -> str | None:
    start = statement["start"]
    x = number(start["logit"]) if "logit" in start else mp.log(number(start["p"]) / (1 - number(start["p"])))
    first, second, third = path = orbit(statement["variant"], point, x, 3)[1:]
    sign = 1 if statement["order"] == "falls" else -1
    if not all(sign * (a - b) > -SLACK for a, b in ((third, x), (x, first), (first, second))):
        return "the order"
    for y, image in zip(path, statement["images"], strict=True):
        if not number(image[0]) - SLACK <= y <= number(image[1]) + SLACK:
            return "an image"
    return None


def _return(statement: Json, point: Json) -> str | None:
    """Some zero of T^3(L) - L in the bracket is seen, and it is no fixed point."""
    low, high = (number(end) for end in statement["logit"])

    def back(x: Any) -> Any:
        return orbit(statement["variant"], point, x, 3)[3] - x

    signs = [mp.sign(back(low + (high - low) * k / 64)) for k in range(65)]
    for k, (one, other) in enumerate(pairwise(signs)):
        if one * other <= 0:
            x, y = low + (high - low) * k / 64, low + (high - low) * (k + 1) / 64
            for _ in range(150):
                middle = (x + y) / 2
                x, y = (middle, y) if mp.sign(back(middle)) == one else (x, middle)
            if abs(orbit(statement["variant"], point, x, 1)[1] - x) > mp.mpf(10) ** -15:
                return None
    return "no point of period 3 is seen in the bracket"


def _entropy(statement: Json, point: Json) -> str | None:
    """The spectral radius of what plain orbits of the ends cover."""
    intervals, turns = statement["intervals"], statement["turns"]
    ends = [[number(end) for end in interval] for interval in intervals]
    if any(a[1] >= b[0] for a, b in pairwise(ends)):
        return "the intervals meet"
    images = [sorted(orbit(statement["variant"], point, x, turns)[turns] for x in pair) for pair in ends]
    rows = [[low <= j[0] + SLACK and j[1] <= high + SLACK for j in ends] for low, high in images]
    radius = max(abs(np.linalg.eigvals(np.array(rows, dtype=float))))
    known = math.log(radius) / turns if radius > 0 else -math.inf
    return None if float(number(statement["entropy"])) <= known + 1e-9 else "the entropy"


def _false_region(statement: Json) -> str | None:
    """Each cell's middle and corners have a witness; the area is right."""
    beta, p_ref = ([number(x) for x in statement[key]] for key in ("beta_cuts", "p_ref_cuts"))
    area = mp.mpf(0)
    for column, row in statement["cells"]:
        sides, heights = beta[column : column + 2], p_ref[row : row + 2]
        odds = [mp.log(p / (1 - p)) for p in heights]
        area += (mp.log(sides[1]) - mp.log(sides[0])) * (odds[1] - odds[0])
        for share in (0.0, 0.5, 1.0):
            weight = float(sides[0] + (sides[1] - sides[0]) * share)
            reference = float(odds[0] + (odds[1] - odds[0]) * share)
            if not _witnessed(statement, weight, reference):
                return f"no witness is seen in the cell {column}, {row}"
    return None if number(statement["area"]) <= area + SLACK else "the area"


def _float_omega(statement: Json, x: Any) -> Any:
    v = 1 / (2 + 2 * np.cosh(np.minimum(np.abs(x), 700)))
    eps = float(number(statement["parameters"]["eps"]))
    match statement["variant"]["contrast"]:
        case "mean-var":
            return 1 / np.sqrt(v + eps)
        case "mean-std":
            return 1 / (np.sqrt(v) + eps)
    return np.ones_like(x)


def _witnessed(statement: Json, beta: float, reference: float) -> bool:
    """Whether some of many points is in order, either way round; eps and alpha are exact."""
    alpha = float(number(statement["parameters"]["alpha"]))
    path = [np.linspace(-15, 45, 3001)]
    for _ in range(3):
        path.append((1 - alpha) * path[-1] + alpha * reference + _float_omega(statement, path[-1]) / beta)
    x, first, second, third = path
    falls = (third >= x) & (x > first) & (first > second)
    rises = (third <= x) & (x < first) & (first < second)
    return bool((falls | rises).any())


def _false_cycles(statement: Json) -> str | None:
    """As many cycles as a scan sees, each bracket with a point that returns after the period, not before."""
    variant, point, period = (statement[key] for key in ("variant", "parameters", "period"))
    if number(point["alpha"]) == 0:
        return "alpha is 0" if statement["cycles"] else None
    for cycle in statement["cycles"]:
        reason = _cycle(variant, point, cycle, period)
        if reason:
            return reason
    seen = _count(variant, point, period)
    return None if seen == len(statement["cycles"]) else f"{seen} cycles are seen"


def _cycle(variant: Json, point: Json, cycle: Json, period: int) -> str | None:
    low, high = (number(end) for end in cycle["points"][0]["logit"])
    x = _root(variant, point, (low + high) / 2, period)
    path = orbit(variant, point, x, period)
    product = mp.mpf(1)
    for y, claim in zip(path[:-1], cycle["points"], strict=True):
        product *= multiplier(variant, point, y)
        for field, value in {"logit": y, "p": sigma(y), "one_minus_p": sigma(-y)}.items():
            first, last = (number(end) for end in claim[field])
            if not first - mp.mpf(10) ** -25 <= value <= last + mp.mpf(10) ** -25:
                return field
    if any(abs(y - path[0]) < mp.mpf(10) ** -20 for y in path[1:-1]):
        return "the period is smaller"
    first, last = (number(end) for end in cycle["multiplier"])
    if not first - mp.mpf(10) ** -15 <= product <= last + mp.mpf(10) ** -15:
        return "the multiplier"
    wrong = {"attracting": abs(product) >= 1, "repelling": abs(product) <= 1}
    return "the stability" if wrong.get(cycle["stability"]) else None


def _root(variant: Json, point: Json, x: Any, period: int) -> Any:
    for _ in range(30):
        path = orbit(variant, point, x, period)
        slope = mp.mpf(1)
        for y in path[:-1]:
            slope *= multiplier(variant, point, y)
        x += (path[-1] - x) / (1 - slope)
    return x


def _count(variant: Json, point: Json, period: int) -> int:
    """Points of exact period n by sign changes on a grid, in 60 digits where they are few."""
    anchor = mp.log(number(point["p_ref"]) / (1 - number(point["p_ref"])))
    weight = number(point["alpha"]) * number(point["beta"])
    top = anchor + omega(variant, mp.mpf(10) ** 6, number(point["eps"])) / weight
    grid = [anchor + (min(top, anchor + 40) - anchor) * k / 500 for k in range(501)]
    grid += [grid[-1] + (top + 1 - grid[-1]) * k / 100 for k in range(1, 101)]
    totals: dict[int, Any] = {}
    for d in (d for d in range(1, period + 1) if period % d == 0):
        signs = [mp.sign(orbit(variant, point, x, d)[d] - x) for x in grid]
        zeros = sum(a * b < 0 for a, b in pairwise(signs))
        totals[d] = zeros - sum(totals[e] for e in totals if d % e == 0)
    return int(totals[period] // period)
