"""Whether a statement of kind "k3-small-steps" is true at sampled parameters, by evaluation at 60 digits; and
valid certificates by hand.

The sequence is followed with steps of many sizes up to the bound.
"""

from __future__ import annotations

import random
from typing import Any

from .builder import Json, certificate, decimal, widened
from .k3_oracle import fixed_point
from .limit_builder import limit_point
from .small_steps_oracle import FINE, SLACK, STEPS, anchor, corner, steepest_fall
from .truth import mp, number, omega, sigma


def k3_drive(variant: Json, point: Json, x: Any) -> Any:
    """Omega - beta (p - p_ref)/(p q)."""
    p, reference = sigma(x), number(point["p_ref"])
    return omega(variant, x, number(point["eps"])) - number(point["beta"]) * (p - reference) / (p * sigma(-x))


def k3_largest_step(variant: Json, point: Json, end: Any) -> Any:
    """1/(s + beta M)."""
    p = number(point["p_ref"])
    stiffest = max(mp.mpf(1), (1 - p) * mp.exp(end) + p * mp.exp(-end))
    return 1 / (steepest_fall(variant, point, end) + number(point["beta"]) * stiffest)


def contradicted_k3_steps(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    return next((reason for reason in (_reason(statement, point) for point in points) if reason), None)


def _reason(statement: Json, point: Json) -> str | None:
    variant = statement["variant"]
    limit, _ = fixed_point(variant, point)
    for field, value in {"logit": limit, "p": sigma(limit), "one_minus_p": sigma(-limit)}.items():
        low, high = (number(text) for text in statement["limit"][field])
        if not low - SLACK * (1 + abs(value)) <= value <= high + SLACK * (1 + abs(value)):
            return field
    low, high = (number(text) for text in statement["largest_step"])
    true = k3_largest_step(variant, point, limit)
    if low > true * (1 + FINE) or high < true * (1 - FINE):
        return "the largest step"
    return _turns_back(variant, point, low, limit)


def _turns_back(variant: Json, point: Json, bound: Any, end: Any) -> str | None:
    """Steps up to the bound, of a size of their own each."""
    source, here = random.Random(7), anchor(point)
    for _ in range(STEPS):
        following = here + bound * mp.mpf(source.choice((1, 1, 3, 5, 9))) / 9 * k3_drive(variant, point, here)
        if following < here - SLACK or following - end > SLACK * (1 + abs(following)):
            return "a step falls, or leads beyond"
        here = following
    return None


def k3_steps_certificate(variant: Json, parameters: Json, *, parts: int = 64, room: str = "1.05") -> Json:
    """A rise to the only zero, over exact parameters or a box; the bound of the steps with so much room."""
    low, high = ({"alpha": "1", **corner(parameters, k)} for k in (1, 0))
    x, y = (fixed_point(variant, point)[0] for point in (low, high))
    width = mp.mpf(10) ** -12
    limit = limit_point(x - width, y + width)
    widest = {**low, "eps": high["eps"]}  # where Omega falls most steeply
    p = [number(end) for end in (low["p_ref"], high["p_ref"])]
    stiffest = max(mp.mpf(1), *((1 - q) * mp.exp(z) + q * mp.exp(-z) for q in p for z in (x, y)))
    steep = steepest_fall(variant, widest, y) + number(low["beta"]) * stiffest
    weakest = number(high["beta"])
    step = [decimal(1 / (steep * number(room)), 8), decimal(1 / weakest, 8, up=True)]
    statement = {
        "kind": "k3-small-steps",
        "variant": variant,
        "parameters": parameters,
        "limit": limit,
        "largest_step": step,
    }
    cuts = _cuts(anchor(low), min(mp.mpf(0), number(limit["logit"][1])), parts) if p[0] < 0.5 else []
    return certificate(statement, {"rule": "concave", "bits": 120, "slopes": cuts, "steepest": []})


def _cuts(low: Any, high: Any, parts: int) -> list[str]:
    ends = [low + (high - low) * k / parts for k in range(parts + 1)]
    inner = [widened(z, z, 12)[0] for z in ends[1:-1]]
    return [widened(low, low, 25)[0], *inner, widened(high, high, 25)[1]]
