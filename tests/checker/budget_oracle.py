"""Whether a statement of kind "kl-budget" is true at sampled parameters, by bisection at 60 digits."""

from __future__ import annotations

from typing import Any

from .builder import Json
from .truth import mp, number

SLACK = mp.mpf(10) ** -35


def binary_kl(p: Any, q: Any) -> Any:
    """The divergence of two coins, 0 log 0 = 0; infinite where q rules p out."""
    total = mp.mpf(0)
    for share, of in ((p, q), (1 - p, 1 - q)):
        if share > 0:
            total += share * mp.log(share / of) if of > 0 else mp.inf
    return total


def bought(q: Any, kl: Any) -> Any:
    """The largest p within a budget."""
    if kl >= -mp.log(q):
        return mp.mpf(1)
    if kl == 0:
        return q
    low, high = q, mp.mpf(1)
    for _ in range(220):
        middle = (low + high) / 2
        low, high = (middle, high) if binary_kl(middle, q) < kl else (low, middle)
    return low


def contradicted_budget(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    for point in points:
        q = number(point["p_ref"])
        if statement["asks"] == "largest-p":
            value, claimed = bought(q, number(point["kl"])), statement["p"]
        else:
            value, claimed = binary_kl(number(point["p"]), q), statement["kl"]
        low, high = (claimed, None) if isinstance(claimed, str) else claimed
        if value < number(low) - SLACK or (high is not None and value > number(high) + SLACK):
            return f"{mp.nstr(value, 20)} at {point}"
    return None


def parameters(statement: Json) -> Json:
    """What such a statement is quantified over."""
    return {"p_ref": statement["p_ref"], **_other(statement)}


def _other(statement: Json) -> Json:
    name = "kl" if statement["asks"] == "largest-p" else "p"
    return {name: statement[name]}
