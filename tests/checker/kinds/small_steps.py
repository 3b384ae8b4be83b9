"""Kind "small-steps": where small steps rise to, and how large they may be.

The oracle follows the sequence with steps of many sizes up to the bound, at 60 digits; the steepest fall is
looked for on a grid.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from ..builder import Json, certificate, decimal, fixed_point_certificate, widened
from ..committed import committed
from ..edits import GROUP_16, MEAN, MEAN_STD, MEAN_VAR, Bad, at, edited
from ..forms import Reader, Unread, point_in, range_in
from ..heads import ALL, head
from ..limit_builder import limit_point
from ..samples import sampled_points
from ..truth import fixed_points, highest, mp, number, omega, sigma, slope

OTHERS_16: Json = {"contrast": "group-loo", "group_size": 16}
CLAIM, EVIDENCE = ("statement",), ("evidence",)


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    point = small_steps_certificate(MEAN_VAR, at("5", "1e-5", "0.001"))
    steepest = edited(point, *EVIDENCE, "steepest", value=["-6"])
    return {
        "small-steps-point": point,
        "small-steps-met": edited(steepest, *CLAIM, "largest_step", 1, value="0.07"),
        "small-steps-group": small_steps_certificate(GROUP_16, at("0.6", "1e-4", "0.001"), room="1.05"),
        "small-steps-box": small_steps_certificate(
            MEAN_STD, at(["2", "2.5"], ["1e-3", "2e-3"], ["0.1", "0.12"], ["0.5", "0.6"])
        ),
        "small-steps-past-a-fold": small_steps_certificate(MEAN_VAR, at("5", "1e-5", "0.94")),
        "small-steps-mean": small_steps_certificate(MEAN, at("2", "1e-4", "0.05"), parts=1),
        "small-steps-beyond": _beyond(point),
        "small-steps-no-kl": without_pull(MEAN_VAR, at("0", ["1e-5", "1e-4"], ["0.001", "0.9"]), "1.99"),
        "small-steps-others-no-kl": without_pull(OTHERS_16, at("0", "1e-6", ["0.001", "0.999"]), "0.99"),
        "small-steps-mirror": without_pull(GROUP_16, at(["1", "2"], "1e-4", "0.1", "0"), "0.1"),
    }


def _beyond(point: Json) -> Json:
    """beta from 0 upwards."""
    claim, proof = point["statement"], point["evidence"]
    low = claim["limit"]["logit"][0]
    parameters = {**claim["parameters"], "beta": ["0", "5"]}
    slopes = [*proof["slopes"], "0"]
    verdict = {"verdict": "rises-beyond", "beyond": low, "largest_step": claim["largest_step"][0]}
    return {
        **point,
        "statement": statement(MEAN_VAR, parameters, verdict),
        "evidence": {**proof, "slopes": slopes},
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_limits(), *_bad_steps(), *_bad_rises()])


def _bad_limits() -> Bad:
    point, fold = committed()["small-steps-point"], committed()["small-steps-past-a-fold"]
    limit, cells = (*CLAIM, "limit"), (*EVIDENCE, "cells")
    yield (
        "small-steps-bracket-above",
        ("limit-not-enclosed", edited(point, *limit, "logit", value=["-4.7", "-4"])),
    )
    yield "small-steps-bracket-below", ("bracket-sign", edited(point, *limit, "logit", value=["-5", "-4.8"]))
    yield "small-steps-p-beside", ("p-not-enclosed", edited(point, *limit, "p", value=["0.009", "0.01"]))
    beside = edited(point, *limit, "one_minus_p", value=["0.99", "0.991"])
    yield "small-steps-complement-beside", ("complement-not-enclosed", beside)
    yield (
        "small-steps-of-another-p-ref",
        ("left-tail", edited(point, *CLAIM, "parameters", "p_ref", value="0.0001")),
    )
    late = edited(point, *EVIDENCE, "start", value="-4.9")
    yield (
        "small-steps-start-too-late",
        ("left-tail", edited(late, *cells, value=[{"end": "-4.8", "rule": "increasing"}])),
    )
    yield (
        "small-steps-cell-beyond-the-zero",
        ("cell-not-empty", edited(point, *cells, -1, "end", value="-4.7")),
    )
    end = fold["statement"]["limit"]["logit"][0]
    whole = edited(fold, *cells, value=[{"end": end, "rule": "negative"}])
    yield "small-steps-cell-not-negative", ("cell-sign", whole)
    yield "small-steps-cell-not-falling", ("cell-slope", edited(point, *cells, 0, "rule", value="decreasing"))
    lower = edited(fold, *CLAIM, "parameters", "p_ref", value="0.92")
    yield "small-steps-before-the-fold", ("cell-not-empty", lower)
    yield (
        "small-steps-pull-reaches-zero",
        ("alpha-reaches-zero", edited(point, *CLAIM, "parameters", "beta", value=["0", "5"])),
    )


def _bad_steps() -> Bad:
    good, met = committed()["small-steps-point"], committed()["small-steps-met"]
    step = (*CLAIM, "largest_step")
    yield "small-steps-too-large", ("step-not-proved", edited(good, *step, 0, value="0.0487"))
    yield "small-steps-negative", ("outside-domain", edited(good, *step, 0, value="-1"))
    yield "small-steps-upper-bound-too-low", ("step-not-proved", edited(good, *step, 1, value="0.19"))
    yield "small-steps-met-too-low", ("step-not-proved", edited(met, *step, 1, value="0.066"))
    yield "small-steps-met-below-p-ref", ("step-not-proved", edited(met, *EVIDENCE, "steepest", value=["-7"]))
    yield (
        "small-steps-met-above-the-limit",
        ("step-not-proved", edited(met, *EVIDENCE, "steepest", value=["-4"])),
    )
    slopes = good["evidence"]["slopes"]
    yield (
        "small-steps-slopes-from-above",
        ("step-not-proved", edited(good, *EVIDENCE, "slopes", value=slopes[3:])),
    )
    yield (
        "small-steps-slopes-too-short",
        ("step-not-proved", edited(good, *EVIDENCE, "slopes", value=slopes[:-3])),
    )
    yield "small-steps-no-slopes", ("step-not-proved", edited(good, *EVIDENCE, "slopes", value=[]))
    yield (
        "small-steps-slopes-descend",
        ("unordered-cells", edited(good, *EVIDENCE, "slopes", value=slopes[::-1])),
    )
    coarse = edited(committed()["small-steps-group"], *EVIDENCE, "slopes", value=["-7", "0"])
    yield "small-steps-group-slopes-too-coarse", ("step-not-proved", coarse)


def _bad_rises() -> Bad:
    free, mirror, beyond = (committed()[f"small-steps-{name}"] for name in ("no-kl", "mirror", "beyond"))
    point = committed()["small-steps-point"]
    yield "small-steps-gain-too-large", ("gain-not-proved", edited(free, *CLAIM, "gain", value="2.01"))
    yield "small-steps-gain-zero", ("outside-domain", edited(free, *CLAIM, "gain", value="0"))
    yield (
        "small-steps-rise-against-a-pull",
        ("wrong-rule", edited(mirror, *CLAIM, "parameters", "alpha", value="0.1")),
    )
    yield (
        "small-steps-limit-without-a-pull",
        ("wrong-rule", edited(point, *CLAIM, "parameters", "beta", value="0")),
    )
    yield "small-steps-no-pull-for-a-limit", ("wrong-rule", edited(point, *EVIDENCE, value=free["evidence"]))
    yield (
        "small-steps-beyond-the-limit",
        ("limit-not-enclosed", edited(beyond, *CLAIM, "beyond", value="-4.7")),
    )
    yield (
        "small-steps-beyond-too-fast",
        ("step-not-proved", edited(beyond, *CLAIM, "largest_step", value="0.05")),
    )
    yield (
        "small-steps-beta-negative",
        ("outside-domain", edited(free, *CLAIM, "parameters", "beta", value="-1")),
    )


SLACK = mp.mpf(10) ** -35
GRID, STEPS = 400, 120
FINE = mp.mpf(10) ** -7  # the grid's error in the steepest fall, relatively
FAR = mp.mpf(60)


def drive(variant: Json, point: Json, x: Any) -> Any:
    """F at log-odds x."""
    pull = number(point["alpha"]) * number(point["beta"])
    return omega(variant, x, number(point["eps"])) - pull * (x - anchor(point))


def anchor(point: Json) -> Any:
    p = number(point["p_ref"])
    return mp.log(p / (1 - p))


def least_fixed_point(variant: Json, point: Json) -> Any:
    """The least zero of F; None where there is no pull."""
    if number(point["alpha"]) * number(point["beta"]) == 0:
        return None
    return fixed_points(variant, point)[0]


def steepest_fall(variant: Json, point: Json, end: Any) -> Any:
    """max(0, -Omega') between L_ref and `end`."""
    eps = number(point["eps"])

    def fall(x: Any) -> Any:
        return max(mp.mpf(0), -slope(variant, x, eps))

    return highest(fall, anchor(point), end, GRID)


def largest_step(variant: Json, point: Json, end: Any) -> Any:
    """1/(alpha beta + s)."""
    slope_down = number(point["alpha"]) * number(point["beta"]) + steepest_fall(variant, point, end)
    return 1 / slope_down if slope_down else mp.inf


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    points = sampled_points(statement["parameters"])
    return next((reason for reason in (_reason(statement, point) for point in points) if reason), None)


def _reason(statement: Json, point: Json) -> str | None:
    variant, verdict = statement["variant"], statement["verdict"]
    least = least_fixed_point(variant, point)
    if verdict == "rises-to-one":
        if least is not None:
            return "there is a pull"
        if "gain" not in statement:
            return None
        enough = number(statement["gain"]) <= omega(variant, mp.mpf(0), number(point["eps"])) + SLACK
        return None if enough else "the gain"
    if verdict == "rises" and least is None:
        return "there is no fixed point"
    end = FAR if least is None else least
    claimed = statement["largest_step"]
    bound = number(claimed[0] if verdict == "rises" else claimed)
    true = largest_step(variant, point, end)
    if bound > true * (1 + FINE) or (verdict == "rises" and number(claimed[1]) < true * (1 - FINE)):
        return "the largest step"
    if verdict == "rises-beyond":
        if least is not None and number(statement["beyond"]) > least + SLACK * (1 + abs(least)):
            return "the limit lies below"
    else:
        for field, value in {"logit": least, "p": sigma(least), "one_minus_p": sigma(-least)}.items():
            low, high = (number(text) for text in statement["limit"][field])
            if not low - SLACK * abs(value) <= value <= high + SLACK * abs(value):
                return field
    return _turns_back(variant, point, bound, mp.inf if least is None else least)


def _turns_back(variant: Json, point: Json, bound: Any, end: Any) -> str | None:
    """Steps up to the bound, of a size of their own each."""
    source, here = random.Random(7), anchor(point)
    for _ in range(STEPS):
        following = here + bound * mp.mpf(source.choice((1, 1, 3, 5, 9))) / 9 * drive(variant, point, here)
        if following < here - SLACK or following - end > SLACK * (1 + abs(following)):
            return "a step falls, or leads beyond"
        here = following
    return None


def small_steps_certificate(variant: Json, parameters: Json, *, parts: int = 64, room: str = "1.01") -> Json:
    """A rise to the least fixed point, over exact parameters or a box whose corners are `low` and `high`; the
    bound of the steps with so much room."""
    low, high = corner(parameters, 1), corner(parameters, 0)
    x, y = (fixed_points(variant, point)[0] for point in (low, high))
    width = mp.mpf(10) ** -12
    limit = limit_point(x - width, y + width)
    start, cells = _cells(variant, low, limit["logit"][0])
    reference = number(low["p_ref"])
    end, is_named = number(limit["logit"][1]), variant["contrast"] != "expression"
    reach = min(mp.mpf(0), end) if is_named else end
    slopes = _cuts(anchor(low), reach, parts) if reference < 0.5 or not is_named else []
    weakest = number(high["alpha"]) * number(high["beta"])
    steep = number(low["alpha"]) * number(low["beta"]) + steepest_fall(
        variant, {**low, "eps": high["eps"]}, y
    )
    step = [decimal(1 / (steep * number(room)), 8), decimal(1 / weakest, 8, up=True)]
    claim = {"verdict": "rises", "limit": limit, "largest_step": step}
    proof = {"start": start, "cells": cells, "slopes": slopes, "steepest": []}
    return certificate(statement(variant, parameters, claim), {"rule": "least-zero", "bits": 120, **proof})


def without_pull(variant: Json, parameters: Json, gain: str | None) -> Json:
    claim = {"verdict": "rises-to-one", **({} if gain is None else {"gain": gain})}
    return certificate(statement(variant, parameters, claim), {"rule": "no-pull", "bits": 64})


def statement(variant: Json, parameters: Json, claim: Json) -> Json:
    return {"kind": "small-steps", "variant": variant, "parameters": parameters, **claim}


def corner(parameters: Json, side: int) -> Json:
    """Where the gap is lowest (0) or highest (1)."""
    ends = {key: value if isinstance(value, list) else [value, value] for key, value in parameters.items()}
    return {key: pair[1 - side if key == "p_ref" else side] for key, pair in ends.items()}


def _cells(variant: Json, point: Json, end: str) -> tuple[str, list[Json]]:
    """Those of the whole line, up to the limit."""
    evidence = fixed_point_certificate(variant, point, step=0.25)["evidence"]
    cells: list[Json] = []
    for cell in evidence["cells"]:
        cells.append(cell)
        if number(cell["end"]) >= number(end):
            cells[-1] = {**cell, "end": end}
            break
    return evidence["start"], cells


def _cuts(low: Any, high: Any, parts: int) -> list[str]:
    first, last = widened(low, high, 20)
    inner = [decimal(low + (high - low) * i / parts, 10) for i in range(1, parts)]
    return [first, *inner, last if high else "0"]


LAW = (
    "Steps: L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L, F(L) = "
    "Omega(L) - alpha beta (L - L_0), Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
ANY_STEPS = (
    "For all these parameters and any steps 0 < eta_n <= <step> the sequence L_n never falls and never "
    "exceeds the least fixed point, and tends to it if the sum of the steps diverges"
)


def sentences(reader: Reader) -> Json:
    return {**head(reader, LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    bound = "1/(alpha beta + max(0, -Omega') from L_0 to the limit) in <largest:r>"
    said, verdict = reader.take_one(
        {
            f"{ALL}any step eta_n > 0 adds <gain> eta_n or more to L; p_n rises, and tends to 1 if the sum "
            "of the steps diverges.": "rises-to-one",
            f"{ALL}with any steps eta_n > 0 p_n rises, and tends to 1 if the sum of the steps "
            "diverges.": "to-one",
            f"{ANY_STEPS}: <limit:p>; {bound}": "rises",
            f"{ANY_STEPS} (to p = 1 where there is none): the limit has L >= <beyond>": "rises-beyond",
        }
    )
    if verdict == "to-one":
        return {"verdict": "rises-to-one"}
    if verdict == "rises-to-one":
        return {"verdict": verdict, "gain": said["gain"]}
    if verdict == "rises-beyond":
        return {"verdict": verdict, "beyond": said["beyond"], "largest_step": said["step"]}
    largest = range_in(said, "largest")
    if largest[0] != said["step"]:
        raise Unread(said[0])
    return {"verdict": verdict, "limit": point_in(said, "limit"), "largest_step": largest}
