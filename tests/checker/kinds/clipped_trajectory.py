"""Kind "clipped-trajectory": where clipped updates lead; the oracle maximises each by brute force, from its
definition.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from ..builder import Json, certificate
from ..committed import committed
from ..edits import GROUP_8, MEAN, MEAN_VAR, Bad, at, edited
from ..forms import Reader
from ..heads import head
from ..limit_builder import first, limit_point
from ..truth import mp, number, omega, sigma
from .trajectory import brackets

USUAL, WIDER = {"low": "0.2", "high": "0.2"}, {"low": "0.2", "high": "0.28"}
LOW = at("5", "1e-5", "0.001")


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "clipped": clipped_certificate(MEAN_VAR, LOW, USUAL, [0, 1, 2, 5, 12, 20]),
        "clipped-two-weights": clipped_certificate(MEAN_VAR, at("1", "1e-2", "0.3", "0.5"), WIDER, [1, 4, 8]),
        "clipped-to-the-top": clipped_certificate(MEAN, at("0.1", "1e-4", "0.4"), USUAL, [0, 3, 9]),
        "clipped-group": clipped_certificate(GROUP_8, at("0.5", "1e-4", "0.05"), USUAL, [6]),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good = committed()["clipped"]
    values, clip = ("statement", "values"), ("statement", "clip")
    before = good["statement"]["values"][3]["logit"]
    yield "clipped-a-step-late", ("image-not-enclosed", edited(good, *values, 4, "logit", value=before))
    yield "clipped-p-beside", ("p-not-enclosed", edited(good, *values, 4, "p", value=["0.1", "0.2"]))
    beside = edited(good, *values, 4, "one_minus_p", value=["0.1", "0.2"])
    yield "clipped-complement-beside", ("complement-not-enclosed", beside)
    yield "clipped-elsewhere", ("image-not-enclosed", edited(good, *clip, "high", value="0.3"))
    failures = edited(committed()["clipped-to-the-top"], *clip, "low", value="0.3")
    yield "clipped-below-elsewhere", ("image-not-enclosed", failures)
    yield (
        "clipped-without-mirror",
        (
            "image-not-enclosed",
            edited(committed()["clipped-two-weights"], "statement", "parameters", "alpha", value="1"),
        ),
    )
    yield "clipped-below-by-all", ("outside-domain", edited(good, *clip, "low", value="1"))
    yield "clipped-by-nothing", ("outside-domain", edited(good, *clip, "high", value="0"))
    yield "clipped-not-ascending", ("unordered-cells", edited(good, *values, 1, "n", value=7))
    yield "clipped-empty", ("unordered-cells", edited(good, *values, value=[]))
    box = edited(good, "statement", "parameters", "beta", value=["5", "6"])
    yield "clipped-box", ("outside-domain", box)
    yield "clipped-other-rule", ("bad-value", edited(good, "evidence", "rule", value="corners"))


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


def contradicted(statement: Json) -> str | None:
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


LAW = (
    "Clipped updates: p_n maximises over x in (0, 1) q Omega min(x, (1 + HIGH) p) - p Omega max(1-x, (1 - "
    "LOW) q) - beta (alpha KL(x, p_ref) + (1-alpha) KL(x, p)), KL(x, y) = x log(x/y) + (1-x) "
    "log((1-x)/(1-y)), p = p_{n-1}, q = 1-p, Omega(L) = <omega:x>, L = log(p/(1-p))."
)


def sentences(reader: Reader) -> Json:
    clip = reader.given["clip"]
    made = head(reader, LAW.replace("HIGH", clip["high"]).replace("LOW", clip["low"]))
    said = reader.take(
        "L_n = log(p_n/(1-p_n)) from p_0 = p_ref lies in the brackets listed, for <count:n> numbers n from "
        "<first:n> to <last:n>; at the last: <at:p>."
    )
    return {**made, "clip": clip, **brackets(reader, said)}  # the clip was read with the law
