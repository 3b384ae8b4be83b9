"""Whether a statement of kinds "convergence" or "no-cycles" is true at sampled parameters, by plain orbits
and scans in floating point.

A continuous map of the line with a cycle has one of two points, so T(T(L)) = L is looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from .builder import Json
from .truth import float_omega, number

STEPS, NEAR, APART = 3000, 1e-9, 1e-3
FINE = np.arange(-60, 60, 1 / 512)


def contradicted_descent(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    for point in points:
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
