"""Whether a statement of kind "passage" is true at sampled parameters, by iterating at 60 digits; and valid
certificates by hand."""

from __future__ import annotations

from typing import Any

from .builder import Json, certificate, widened
from .limit_builder import first, step
from .small_steps_oracle import corner
from .truth import mp, number

FAR = 600


def reached(variant: Json, point: Json, reach: str, most: int) -> int | None:
    """The first n <= most with p_n >= P."""
    p = number(reach)
    if number(point["p_ref"]) >= p:
        return 0
    if p >= 1:
        return None  # no p_n is 1
    target, here = mp.log(p / (1 - p)), first(point, "p_ref")
    for n in range(1, most + 1):
        here = step(variant, point, here)
        if here >= target:
            return n
    return None


def contradicted_passage(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    never = statement["verdict"] == "never"
    least, most = (0, FAR) if never else statement["steps"]
    for point in points:
        n = reached(statement["variant"], point, statement["reach"], min(most, FAR))
        if never != (n is None) or (n is not None and n < least):
            return f"step {n} at {point}"
        if "plateau" in statement and _leaves(statement["variant"], point, **statement["plateau"]):
            return f"not on the plateau at {point}"
    return None


def _leaves(variant: Json, point: Json, updates: list[int], logit: list[str]) -> bool:
    """Whether a sequence is outside of a plateau at one of its updates."""
    here, (low, high) = first(point, "p_ref"), (number(end) for end in logit)
    for n in range(updates[1] + 1):
        if n >= updates[0] and not low <= here <= high:
            return True
        here = step(variant, point, here)
    return False


def passage_certificate(variant: Json, parameters: Json, reach: str, parts: int = 4) -> Json:
    """Reached: counted at the corners."""
    counts = [reached(variant, corner(parameters, k), reach, FAR) for k in (0, 1)]
    claim = {"verdict": "reached", "steps": counts}
    evidence = {"rule": "corners", "bits": 120, "cuts": _cuts(parameters, reach, parts)}
    return certificate(_statement(variant, parameters, reach, claim), evidence)


def never_certificate(variant: Json, parameters: Json, reach: str, barrier: str) -> Json:
    """Never reached: no sequence passes the barrier."""
    cuts = _cuts(parameters, reach, 4)
    evidence = {"rule": "barrier", "bits": 120, "cuts": cuts, "barrier": barrier}
    return certificate(_statement(variant, parameters, reach, {"verdict": "never"}), evidence)


def _statement(variant: Json, parameters: Json, reach: str, claim: Json) -> Json:
    return {"kind": "passage", "variant": variant, "parameters": parameters, "reach": reach, **claim}


def _cuts(parameters: Json, reach: str, parts: int) -> list[str]:
    """From below the least L_ref to the target, or to 0; none for no parts."""
    p = number(reach)
    return cuts(parameters, mp.log(p / (1 - p)), parts) if parts else []


def cuts(parameters: Json, end: Any, parts: int) -> list[str]:
    """From below the least L_ref to an end, or to 0."""
    low, high = first(corner(parameters, 1), "p_ref"), min(end, mp.mpf(0))
    ends = [low + (high - low) * k / parts for k in range(parts + 1)]
    inner = [widened(x, x, 12)[0] for x in ends[1:-1]]
    return [widened(low, low, 25)[0], *inner, widened(high, high, 25)[1]]
