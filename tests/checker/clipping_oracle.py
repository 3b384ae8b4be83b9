"""Whether a statement of kind "clipped-trajectory" is true: each update is maximised by brute force, from its
definition; and valid certificates by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .builder import Json, certificate
from .limit_builder import first, limit_point
from .truth import mp, number, omega, sigma

SLACK = mp.mpf(10) ** -20
FAR = 60
GOLDEN = (mp.sqrt(5) - 1) / 2
NEAREST = mp.mpf(10) ** -28  # values of 60 digits do not tell nearer places apart


def objective(variant: Json, point: Json, clip: Json, old: Any) -> Callable[[Any], Any]:
    """The clipped surrogate less the KL terms, of log-odds after ``old``: per outcome the smaller of ratio
    times advantage, clipped or not."""
    p, q = sigma(old), sigma(-old)
    drive = omega(variant, old, number(point["eps"]))
    low, high = 1 - number(clip["low"]), 1 + number(clip["high"])
    alpha, beta, p_ref = (number(point[key]) for key in ("alpha", "beta", "p_ref"))

    def value(new: Any) -> Any:
        x, y = sigma(new), sigma(-new)
        gained = mp.mpf(0)
        for share, after, advantage in ((p, x, q * drive), (q, y, -p * drive)):
            ratio = after / share
            clipped = min(max(ratio, low), high)
            gained += share * min(ratio * advantage, clipped * advantage)

        def divergence(a: Any, b: Any) -> Any:
            return x * mp.log(x / a) + y * mp.log(y / b)

        return gained - beta * (alpha * divergence(p_ref, 1 - p_ref) + (1 - alpha) * divergence(p, q))

    return value


def clipped_step(variant: Json, point: Json, clip: Json, old: Any) -> Any:
    """The log-odds of the best policy, by the golden section of an interval that holds it."""
    anchor, value = first(point, "p_ref"), objective(variant, point, clip, old)
    drive = omega(variant, old, number(point["eps"])) / number(point["beta"])
    low, high = min(anchor, old) - 1, max(anchor, old) + drive + 1
    a, b = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_a, at_b = value(a), value(b)
    while high - low > NEAREST * (1 + abs(low)):
        if at_a > at_b:
            high, b, at_b = b, a, at_a
            a = high - GOLDEN * (high - low)
            at_a = value(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + GOLDEN * (high - low)
            at_b = value(b)
    return (low + high) / 2


@lru_cache(maxsize=64)
def _terms(text: str, last: int) -> tuple[Any, ...]:
    variant, point, clip = json.loads(text)
    found = [first(point, "p_ref")]
    for _ in range(last):
        found.append(clipped_step(variant, point, clip, found[-1]))
    return tuple(found)


def terms(variant: Json, point: Json, clip: Json, last: int) -> tuple[Any, ...]:
    """L_0 to L_last."""
    return _terms(json.dumps([variant, point, clip], sort_keys=True), last)


def contradicted_clipping(statement: Json) -> str | None:
    """A reason why the statement is false, or None."""
    values = [value for value in statement["values"] if value["n"] <= FAR]
    point, clip = statement["parameters"], statement["clip"]
    found = terms(statement["variant"], point, clip, values[-1]["n"]) if values else ()
    for value in values:
        x = found[value["n"]]
        for field, y in {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x)}.items():
            low, high = (number(end) for end in value[field])
            if not low - SLACK * (1 + abs(y)) <= y <= high + SLACK * (1 + abs(y)):
                return f"{field} at n = {value['n']}"
    return None


def clipped_certificate(variant: Json, parameters: Json, clip: Json, numbers: list[int]) -> Json:
    """Followed by brute force."""
    found, width = terms(variant, parameters, clip, numbers[-1]), mp.mpf(10) ** -15
    values = [{"n": n, **limit_point(found[n] - width, found[n] + width)} for n in numbers]
    statement = {
        "kind": "clipped-trajectory",
        "variant": variant,
        "parameters": parameters,
        "clip": clip,
        "values": values,
    }
    return certificate(statement, {"rule": "orbit", "bits": 200})
