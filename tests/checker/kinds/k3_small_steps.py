"""Kind "k3-small-steps": where small steps under KL(pi_ref || pi) rise to, and how large they may be.

The oracle follows the sequence with steps of many sizes up to the bound, at 60 digits.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from ..builder import Json, certificate, decimal, widened
from ..committed import committed
from ..edits import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, Bad, edited
from ..forms import Reader, Unread, point_in, range_in
from ..heads import head
from ..k3_oracle import fixed_point
from ..limit_builder import limit_point
from ..samples import sampled_points
from ..truth import mp, number, omega, sigma
from .small_steps import FINE, SLACK, STEPS, anchor, corner, steepest_fall


def at(beta: Any, eps: Any, p_ref: Any) -> Json:
    return {"beta": beta, "eps": eps, "p_ref": p_ref}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    point = k3_steps_certificate(MEAN_VAR, at("2", "1e-5", "0.001"))
    steepest = edited(point, "evidence", "steepest", value=["-6"])
    return {
        "k3-steps-point": point,
        "k3-steps-met": edited(steepest, "statement", "largest_step", 1, value="0.1"),
        "k3-steps-box": k3_steps_certificate(MEAN_STD, at(["2", "2.5"], ["1e-3", "2e-3"], ["0.1", "0.12"])),
        "k3-steps-group": k3_steps_certificate(GROUP_8, at("0.6", "1e-4", "0.05")),
        "k3-steps-near-one": k3_steps_certificate(MEAN_VAR, at("0.04", "1e-4", "0.6")),
        "k3-steps-mean": k3_steps_certificate(MEAN, at("2", "1e-4", "0.05"), parts=1),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    point, met, near = (committed()[f"k3-steps-{name}"] for name in ("point", "met", "near-one"))
    limit, step, slopes = ("statement", "limit"), ("statement", "largest_step"), ("evidence", "slopes")
    yield "k3-steps-bracket-above", ("bracket-sign", edited(point, *limit, "logit", value=["-1.3", "-1"]))
    yield "k3-steps-bracket-below", ("bracket-sign", edited(point, *limit, "logit", value=["-2", "-1.5"]))
    yield "k3-steps-p-beside", ("p-not-enclosed", edited(point, *limit, "p", value=["0.3", "0.4"]))
    beside = edited(point, *limit, "one_minus_p", value=["0.7", "0.71"])
    yield "k3-steps-complement-beside", ("complement-not-enclosed", beside)
    yield "k3-steps-too-large", ("step-not-proved", edited(point, *step, 0, value="0.0571"))
    yield "k3-steps-negative", ("outside-domain", edited(point, *step, 0, value="-1"))
    # the bound of the other KL, 1/(beta + s), is no bound here: s is 0, and the pull is steep near 1
    yield "k3-steps-other-bound", ("step-not-proved", edited(near, *step, 0, value="24"))
    yield "k3-steps-upper-bound-too-low", ("step-not-proved", edited(near, *step, 1, value="0.02"))
    yield "k3-steps-met-too-low", ("step-not-proved", edited(met, *step, 1, value="0.05"))
    yield "k3-steps-met-below-p-ref", ("step-not-proved", edited(met, "evidence", "steepest", value=["-7"]))
    above = edited(met, "evidence", "steepest", value=["-1"])
    yield "k3-steps-met-above-the-limit", ("step-not-proved", above)
    cuts = point["evidence"]["slopes"]
    yield "k3-steps-slopes-from-above", ("step-not-proved", edited(point, *slopes, value=cuts[3:]))
    yield "k3-steps-slopes-too-short", ("step-not-proved", edited(point, *slopes, value=cuts[:-3]))
    yield "k3-steps-slopes-descend", ("unordered-cells", edited(point, *slopes, value=cuts[::-1]))
    yield (
        "k3-steps-two-weights",
        ("unknown-key", edited(point, "statement", "parameters", "alpha", value="1")),
    )
    yield (
        "k3-steps-beta-zero",
        ("outside-domain", edited(point, "statement", "parameters", "beta", value="0")),
    )
    yield "k3-steps-other-rule", ("bad-value", edited(point, "evidence", "rule", value="half"))


def k3_drive(variant: Json, point: Json, x: Any) -> Any:
    """Omega - beta (p - p_ref)/(p q)."""
    p, reference = sigma(x), number(point["p_ref"])
    return omega(variant, x, number(point["eps"])) - number(point["beta"]) * (p - reference) / (p * sigma(-x))


def k3_largest_step(variant: Json, point: Json, end: Any) -> Any:
    """1/(s + beta M)."""
    p = number(point["p_ref"])
    stiffest = max(mp.mpf(1), (1 - p) * mp.exp(end) + p * mp.exp(-end))
    return 1 / (steepest_fall(variant, point, end) + number(point["beta"]) * stiffest)


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    points = sampled_points(statement["parameters"])
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


LAW = (
    "Steps under KL(pi_ref || pi): L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line "
    "of log-odds L, F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)), p = 1/(1+exp(-L)), Omega(L) = <omega:x>."
)
TO_THE_ZERO = (
    "For all these parameters and any steps 0 < eta_n <= <step> the sequence L_n never falls and never "
    "exceeds the only zero of F, and tends to it if the sum of the steps diverges"
)


def sentences(reader: Reader) -> Json:
    return {**head(reader, LAW, alpha=False), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    bound = (
        "1/(max(0, -Omega') from L_0 to the limit + beta max(1, slope of the pull at the limit)) in "
        "<largest:r>"
    )
    said = reader.take(f"{TO_THE_ZERO}: <limit:p>; {bound}")
    largest = range_in(said, "largest")
    if largest[0] != said["step"]:
        raise Unread(said[0])
    return {"limit": point_in(said, "limit"), "largest_step": largest}
