"""Kind "trajectory": where the sequence is after so many updates; the oracle iterates at 60 digits."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..builder import Json, certificate
from ..committed import committed
from ..edits import GROUP_8, MEAN_VAR, Bad, at, edited
from ..forms import Reader, Unread, point_in
from ..heads import ALL, MAP_LAW, head
from ..limit_builder import first, limit_point, step
from ..samples import sampled_points
from ..truth import mp, number, sigma
from .passage import BOX, SLOW, cuts
from .small_steps import corner


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "trajectory": trajectory_certificate(MEAN_VAR, SLOW, [0, 1, 2, 5, 20]),
        "trajectory-box": trajectory_certificate(MEAN_VAR, BOX, [1, 3, 9]),
        "trajectory-group": trajectory_certificate(GROUP_8, at("6", "1e-4", "0.01", "0.05"), [0, 10]),
        "trajectory-no-kl": trajectory_certificate(MEAN_VAR, at("100", "1e-5", "0.001", "0"), [0, 30, 300]),
        "trajectory-first": trajectory_certificate(MEAN_VAR, SLOW, [0, 1]),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good, box = committed()["trajectory"], committed()["trajectory-box"]
    values, cuts = ("statement", "values"), ("evidence", "cuts")

    def moved(document: Json, k: int, low: str, high: str) -> Json:
        return edited(document, *values, k, "logit", value=[low, high])

    low, high = good["statement"]["values"][4]["logit"]
    yield "trajectory-from-above", ("image-not-enclosed", moved(good, 4, high, "-4"))
    yield "trajectory-from-below", ("image-not-enclosed", moved(good, 4, "-5", low))
    before = good["statement"]["values"][2]["logit"]
    yield "trajectory-a-step-late", ("image-not-enclosed", moved(good, 1, *before))
    side = box["statement"]["values"][2]["logit"]
    yield "trajectory-box-too-narrow", ("image-not-enclosed", moved(box, 2, side[0], "-4.7"))
    yield "trajectory-p-beside", ("p-not-enclosed", edited(good, *values, 4, "p", value=["0.1", "0.2"]))
    beside = edited(good, *values, 4, "one_minus_p", value=["0.1", "0.2"])
    yield "trajectory-complement-beside", ("complement-not-enclosed", beside)
    yield "trajectory-not-ascending", ("unordered-cells", edited(good, *values, 1, "n", value=7))
    yield "trajectory-empty", ("unordered-cells", edited(good, *values, value=[]))
    short = good["evidence"]["cuts"]
    yield "trajectory-cuts-too-short", ("not-monotone", edited(good, *cuts, value=short[:-2]))
    yield "trajectory-cuts-too-late", ("not-monotone", edited(good, *cuts, value=short[1:]))
    yield "trajectory-cuts-descend", ("unordered-cells", edited(good, *cuts, value=short[::-1]))
    whole = edited(good, "statement", "parameters", value=at("5", "1e-5", "0.001"))
    yield "trajectory-of-whole-steps", ("not-monotone", whole)
    yield "trajectory-other-rule", ("bad-value", edited(good, "evidence", "rule", value="barrier"))


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


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    values = [value for value in statement["values"] if value["n"] <= FAR]
    numbers = [value["n"] for value in values]
    for point in sampled_points(statement["parameters"]):
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


def sentences(reader: Reader) -> Json:
    return {**head(reader, MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    said = reader.take(
        f"{ALL}L_n = T(L_{{n-1}}) from L_0 = log(p_ref/(1-p_ref)) lies in the brackets listed, for <count:n> "
        "numbers n from <first:n> to <last:n>; at the last: <at:p>."
    )
    return brackets(reader, said)


def brackets(reader: Reader, said: re.Match[str]) -> Json:
    values = reader.named("All brackets, as listed, have the", reader.given["values"])
    numbers = [value["n"] for value in values]
    last = {key: value for key, value in values[-1].items() if key != "n"}
    if (len(values), numbers[0], numbers[-1]) != tuple(int(said[key]) for key in ("count", "first", "last")):
        raise Unread(said[0])
    if last != point_in(said, "at"):
        raise Unread(said[0])
    return {"values": values}
