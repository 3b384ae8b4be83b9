"""Whether a statement of kind "trajectory" is true at sampled parameters, by iterating at 60 digits; and
valid certificates by hand."""

from __future__ import annotations

from typing import Any

from .builder import Json, certificate
from .limit_builder import first, limit_point, step
from .passage_oracle import cuts
from .small_steps_oracle import corner
from .truth import mp, number, sigma

SLACK = mp.mpf(10) ** -35
FAR = 600


def terms(variant: Json, point: Json, numbers: list[int]) -> list[Any]:
    """L_n at these n."""
    here, found = first(point, "p_ref"), []
    for n in range(numbers[-1] + 1):
        if n in numbers:
            found.append(here)
        here = step(variant, point, here)
    return found


def contradicted_trajectory(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    values = [value for value in statement["values"] if value["n"] <= FAR]
    numbers = [value["n"] for value in values]
    for point in points:
        found = terms(statement["variant"], point, numbers) if numbers else []
        for value, x in zip(values, found, strict=True):
            for field, y in {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x)}.items():
                low, high = (number(end) for end in value[field])
                if not low - SLACK * (1 + abs(y)) <= y <= high + SLACK * (1 + abs(y)):
                    return f"{field} at n = {value['n']}, {point}"
    return None


def trajectory_certificate(variant: Json, parameters: Json, numbers: list[int], parts: int = 4) -> Json:
    """Followed at the corners of the box."""
    lower, upper = (terms(variant, corner(parameters, k), numbers) for k in (1, 0))
    width = mp.mpf(10) ** -15
    values = [
        {"n": n, **limit_point(low - width, high + width)}
        for n, low, high in zip(numbers, lower, upper, strict=True)
    ]
    statement = {"kind": "trajectory", "variant": variant, "parameters": parameters, "values": values}
    end = upper[-1] + width
    return certificate(statement, {"rule": "corners", "bits": 120, "cuts": cuts(parameters, end, parts)})
