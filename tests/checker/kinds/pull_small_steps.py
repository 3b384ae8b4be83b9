"""Kind "pull-small-steps": where small steps under the pull of another penalty rise to.

The oracle takes the pull from its definition as a penalty of outcomes, at 60 digits; zeros and the steepest
fall are looked for on grids, the sequence is followed with steps of many sizes up to the bound.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from ..builder import Json, certificate, decimal, widened
from ..committed import committed
from ..edits import GROUP_8, MEAN, MEAN_VAR, Bad, edited
from ..forms import Reader, Unread, point_in, range_in
from ..heads import ALL, head
from ..limit_builder import limit_point
from ..samples import sampled_points
from ..truth import highest, mp, number, omega, sigma, zero
from .k3_small_steps import at
from .small_steps import ANY_STEPS, SLACK, STEPS, anchor, corner

K3: Json = {"kernel": "k3"}
CLAMPED: Json = {"kernel": "k3", "clamp": "10"}
DROPPED: Json = {"kernel": "reverse", "dead_groups": 8}
WEIGHTED: Json = {"kernel": "weighted", "clamp": "10"}
BOTH: Json = {**CLAMPED, "dead_groups": 8}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "pull-k3": pull_rises(MEAN_VAR, K3, at("2", "1e-3", "0.05")),
        "pull-clamped-below-the-clamp": pull_rises(GROUP_8, CLAMPED, at("1", "1e-6", "0.3")),
        "pull-dropped-reverse": pull_rises(MEAN_VAR, DROPPED, at("1", "1e-2", "0.3"), room="1.2"),
        "pull-dropped-and-clamped": pull_rises(GROUP_8, BOTH, at("1", "1e-6", "0.3")),
        "pull-success-clamped": pull_rises(MEAN_VAR, CLAMPED, at("2", "1e-2", "1e-6"), parts=80),
        "pull-box": pull_rises(MEAN, BOTH, at(["1", "1.1"], ["1e-3", "2e-3"], ["0.3", "0.31"])),
        "pull-no-stop": pull_never_stops(GROUP_8, CLAMPED, at("0.1", "1e-6", "0.3"), "3.5", "0.5"),
        "pull-weighted": pull_rises(GROUP_8, WEIGHTED, at("1", "1e-6", "0.3"), parts=60),
        "pull-weighted-no-stop": pull_never_stops(GROUP_8, WEIGHTED, at("0.1", "1e-6", "0.3"), "3.5", "0.5"),
        "pull-no-stop-others": pull_never_stops(
            {"contrast": "group-loo", "group_size": 16},
            WEIGHTED,
            at("0.01", "1e-6", ["0.001", "0.002"]),
            "3.5",
            "0.5",
            parts=64,
        ),
        "pull-no-stop-box": pull_never_stops(
            MEAN, BOTH, at(["0.05", "0.06"], "1e-6", ["0.2", "0.3"]), "3.5", "0.05"
        ),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    names = ("k3", "clamped-below-the-clamp", "dropped-and-clamped", "success-clamped", "no-stop", "box")
    point, clamped, both, success, free, box = (committed()[f"pull-{name}"] for name in names)
    limit, step, pull = ("statement", "limit"), ("statement", "largest_step"), ("statement", "pull")
    cells, slopes, steep = (("evidence", key) for key in ("cells", "slopes", "steepest"))
    yield "pull-bracket-below", ("bracket-sign", edited(point, *limit, "logit", value=["-2.5", "-2"]))
    yield "pull-bracket-above", ("limit-not-enclosed", edited(point, *limit, "logit", value=["0.5", "0.6"]))
    yield "pull-p-beside", ("p-not-enclosed", edited(point, *limit, "p", value=["0.1", "0.11"]))
    beside = edited(point, *limit, "one_minus_p", value=["0.3", "0.4"])
    yield "pull-complement-beside", ("complement-not-enclosed", beside)
    yield "pull-too-large", ("step-not-proved", edited(point, *step, 0, value="1"))
    yield "pull-upper-bound-too-low", ("step-not-proved", edited(point, *step, 1, value="1e-3"))
    yield "pull-nothing-met", ("step-not-proved", edited(point, *steep, value=[]))
    yield "pull-met-below-p-ref", ("step-not-proved", edited(point, *steep, value=["-4"]))
    yield "pull-negative", ("outside-domain", edited(point, *step, 0, value="-1"))
    cuts = point["evidence"]["slopes"]
    yield "pull-slopes-from-above", ("step-not-proved", edited(point, *slopes, value=cuts[2:]))
    yield "pull-slopes-too-short", ("step-not-proved", edited(point, *slopes, value=cuts[:-1]))
    yield "pull-slopes-descend", ("unordered-cells", edited(point, *slopes, value=cuts[::-1]))
    yield "pull-start-above", ("left-tail", edited(point, "evidence", "start", value="-2.94"))
    yield "pull-cells-too-short", ("limit-not-enclosed", edited(point, *cells, value=_cells(point)[:-1]))
    wide = [{"end": _cells(clamped)[-1]["end"], "rule": "positive"}]
    yield "pull-cell-too-wide", ("cell-sign", edited(clamped, *cells, value=wide))
    rising = [*_cells(point)[:-1], {**_cells(point)[-1], "rule": "increasing"}]
    yield "pull-falls-not-rises", ("cell-slope", edited(point, *cells, value=rising))
    # without its clamp the pull of k3 has a stop, and with another weight of groups another one
    yield "pull-not-clamped", ("gain-not-proved", edited(free, *pull, value=K3))
    yield "pull-clamped-too-late", ("gain-not-proved", edited(free, *pull, "clamp", value="100"))
    yield "pull-ends-before-the-clamp", ("right-tail", edited(free, *cells, value=_cells(free)[:-6]))
    yield "pull-gain", ("gain-not-proved", edited(free, "statement", "gain", value="2"))
    held = edited(free, "statement", "parameters", "beta", value="0.2")
    yield "pull-held", ("gain-not-proved", held)
    yield "pull-other-groups", ("bracket-sign", edited(both, *pull, "dead_groups", value=3))
    yield "pull-groups-kept", ("cell-sign", edited(both, *pull, value=CLAMPED))
    yield "pull-other-kernel", ("bracket-sign", edited(clamped, *pull, value={"kernel": "reverse"}))
    # below the clamp of successes the pull is larger by 1 than above it
    yield "pull-success-not-clamped", ("cell-sign", edited(success, *pull, value=K3))
    yield "pull-clamp-of-the-reverse", ("outside-domain", edited(clamped, *pull, "kernel", value="reverse"))
    weighted = committed()["pull-weighted-no-stop"]
    yield (
        "pull-weighted-not-clamped",
        ("right-tail", edited(weighted, *pull, value={"kernel": "weighted"})),
    )
    yield "pull-weighted-held", ("gain-not-proved", edited(weighted, "statement", "gain", value="1.7"))
    yield "pull-clamp-zero", ("outside-domain", edited(clamped, *pull, "clamp", value="0"))
    yield "pull-groups-of-one", ("outside-domain", edited(both, *pull, "dead_groups", value=1))
    yield "pull-unknown-kernel", ("bad-value", edited(clamped, *pull, "kernel", value="k2"))
    yield "pull-unknown-key", ("unknown-key", edited(clamped, *pull, "weight", value="2"))
    yield "pull-alpha", ("unknown-key", edited(point, "statement", "parameters", "alpha", value="1"))
    yield "pull-other-rule", ("wrong-rule", edited(point, "evidence", "rule", value="no-stop"))
    yield "pull-box-wider", ("cell-sign", edited(box, "statement", "parameters", "beta", 1, value="2"))


def _cells(document: Json) -> list[Any]:
    cells: list[Any] = document["evidence"]["cells"]
    return cells


GRID, FAR = 240, mp.mpf(60)
FINE = mp.mpf(10) ** -5
TINY = mp.mpf(10) ** -20


def penalty(pull: Json, ratio: Any) -> Any:
    """Of an outcome whose probability is 1/ratio of the reference's: what its gradient is multiplied by."""
    if pull["kernel"] == "reverse":
        return -mp.log(ratio)
    estimate = ratio - 1 - mp.log(ratio)
    if "clamp" in pull and estimate > number(pull["clamp"]):
        return mp.mpf(0)
    return 1 - ratio if pull["kernel"] == "k3" else -mp.log(ratio)


def pull_drive(variant: Json, pull: Json, point: Json, x: Any) -> Any:
    """Omega less beta times the penalty of a success less that of a failure, of the groups that stay."""
    p, q, p_ref = sigma(x), sigma(-x), number(point["p_ref"])
    weights = [mp.mpf(1)] * 2
    if "dead_groups" in pull:
        weights = [1 - share ** (pull["dead_groups"] - 1) for share in (p, q)]
    held = weights[0] * penalty(pull, p_ref / p) - weights[1] * penalty(pull, (1 - p_ref) / q)
    return omega(variant, x, number(point["eps"])) - number(point["beta"]) * held


def least_zero(variant: Json, pull: Json, point: Json, far: Any = FAR) -> Any:
    """The least zero above L_ref, or None if there is none on a fine grid."""

    def drive(x: Any) -> Any:
        return pull_drive(variant, pull, point, x)

    low, step = anchor(point), mp.mpf(1) / 64
    while drive(low + step) > 0:
        low += step
        if low > far:
            return None
    return zero(drive, low, low + step)


def falls(variant: Json, pull: Json, point: Json, x: Any) -> Any:
    """-F' at x."""
    ends = [pull_drive(variant, pull, point, x + h) for h in (-TINY, TINY)]
    return (ends[0] - ends[1]) / (2 * TINY)


def steepest(variant: Json, pull: Json, point: Json, end: Any) -> Any:
    """The supremum of -F' from L_ref to `end`, jumps upwards aside."""

    def fall(x: Any) -> Any:
        return falls(variant, pull, point, x)

    return highest(fall, anchor(point) + TINY, end - TINY, GRID)


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    points = sampled_points(statement["parameters"])
    return next((reason for reason in (_reason(statement, point) for point in points) if reason), None)


def _reason(statement: Json, point: Json) -> str | None:
    variant, pull = statement["variant"], statement["pull"]
    if statement["verdict"] == "rises-to-one":
        least = -highest(lambda x: -pull_drive(variant, pull, point, x), anchor(point), FAR, GRID)
        return "the gain" if number(statement["gain"]) > least + SLACK else None
    far = number(statement["limit"]["logit"][1]) + 2  # no need to look further
    limit = least_zero(variant, pull, point, far)
    if limit is None:
        return "there is no zero"
    for field, value in {"logit": limit, "p": sigma(limit), "one_minus_p": sigma(-limit)}.items():
        low, high = (number(text) for text in statement["limit"][field])
        if not low - SLACK * (1 + abs(value)) <= value <= high + SLACK * (1 + abs(value)):
            return field
    claimed = statement["largest_step"]
    low, high = map(number, claimed) if isinstance(claimed, list) else (number(claimed), mp.inf)
    true = 1 / steepest(variant, pull, point, limit)
    if low > true * (1 + FINE) or high < true * (1 - FINE):
        return "the largest step"
    return _turns_back(statement, point, low, limit)


def _turns_back(statement: Json, point: Json, bound: Any, end: Any) -> str | None:
    """Steps up to the bound, of a size of their own each."""
    source, here = random.Random(7), anchor(point)
    for _ in range(STEPS):
        size = bound * mp.mpf(source.choice((1, 1, 3, 5, 9))) / 9
        following = here + size * pull_drive(statement["variant"], statement["pull"], point, here)
        if following < here - SLACK or following - end > SLACK * (1 + abs(following)):
            return "a step falls, or leads beyond"
        here = following
    return None


def pull_rises(
    variant: Json, pull: Json, parameters: Json, *, parts: int = 40, last: str = "0.5", room: str = "1.05"
) -> Json:
    """A rise to the least zero, over exact parameters or a box: positive on equal cells up to `last` below
    the limit, then falling."""
    low, high = corner({"alpha": "1", **parameters}, 1), corner({"alpha": "1", **parameters}, 0)
    x, y = (least_zero(variant, pull, point) for point in (low, high))
    width = mp.mpf(10) ** -12
    limit = limit_point(x - width, y + width)
    start, end = number(decimal(anchor(low), 25)), number(decimal(x - number(last), 6))
    cuts = [decimal(start + (end - start) * k / parts, 12) for k in range(1, parts)] + [decimal(end, 12)]
    cells = [{"end": cut, "rule": "positive"} for cut in cuts]
    cells.append({"end": limit["logit"][0], "rule": "decreasing"})
    steep = max(steepest(variant, pull, point, y) for point in (low, high))
    met = falls(variant, pull, low, number(limit["logit"][0]))
    known = parameters["p_ref"] if isinstance(parameters["p_ref"], str) else None
    upper = [] if known is None else [decimal(number(room) / met, 8, up=True)]
    step = decimal(1 / (steep * number(room)), 8)
    statement = {
        "kind": "pull-small-steps",
        "variant": variant,
        "parameters": parameters,
        "pull": pull,
        "verdict": "rises",
        "limit": limit,
        "largest_step": [step, *upper] if upper else step,
    }
    first, top = decimal(start, 25), number(limit["logit"][1])
    slopes = [widened(start + (top - start) * k / parts, start, 12)[0] for k in range(1, parts)]
    return certificate(
        statement,
        {
            "rule": "least-zero",
            "bits": 120,
            "start": first,
            "cells": cells,
            "slopes": [first, *slopes, limit["logit"][1]],
            "steepest": [limit["logit"][0]] if upper else [],
        },
    )


def pull_never_stops(
    variant: Json, pull: Json, parameters: Json, end: str, gain: str, *, parts: int = 16
) -> Json:
    """A rise to 1: positive on equal cells up to where failures are clamped."""
    start = number(decimal(anchor(corner({"alpha": "1", **parameters}, 1)), 25))
    cuts = [decimal(start + (number(end) - start) * k / parts, 12) for k in range(1, parts)]
    cells = [{"end": cut, "rule": "positive"} for cut in (*cuts, end)]
    statement = {
        "kind": "pull-small-steps",
        "variant": variant,
        "parameters": parameters,
        "pull": pull,
        "verdict": "rises-to-one",
        "gain": gain,
    }
    evidence = {"rule": "no-stop", "bits": 120, "start": decimal(start, 25), "cells": cells}
    return certificate(statement, evidence)


LAW = (
    "Steps: L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L, F(L) = "
    "Omega(L) - beta R(L), p = 1/(1+exp(-L)), R(L) = PULL, Omega(L) = <omega:x>."
)


def sentences(reader: Reader) -> Json:
    law = LAW.replace("PULL", _pull_formula(reader.given["pull"]))
    return {**head(reader, law, alpha=False), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    to_zero = ANY_STEPS.replace("least fixed point", "least zero of F above L_0")
    said, verdict = reader.take_one(
        {
            f"{ALL}F has no zero above L_0: any step eta_n > 0 adds <gain> eta_n or more to L; p_n rises, "
            "and tends to 1 if the sum of the steps diverges.": "rises-to-one",
            f"{to_zero}: <limit:p>; 1/(max(0, -F') from L_0 to the limit) in <largest:r>": "enclosed",
            f"{to_zero}: <limit:p>": "rises",
        }
    )
    pull = {"pull": reader.given["pull"]}  # its formula was read
    if verdict == "rises-to-one":
        return {**pull, "verdict": verdict, "gain": said["gain"]}
    largest = range_in(said, "largest") if verdict == "enclosed" else said["step"]
    if verdict == "enclosed" and largest[0] != said["step"]:
        raise Unread(said[0])
    return {**pull, "verdict": "rises", "limit": point_in(said, "limit"), "largest_step": largest}


def _pull_formula(pull: Json) -> str:
    """What is to be read of a pull, so that words of another one are unread."""
    kernel = {"reverse": "-log r", "k3": "1 - r", "weighted": "-log r"}[pull["kernel"]]
    if "clamp" in pull:
        kernel += f" where r - 1 - log r <= {pull['clamp']}, else 0"
    parts, weights = ["k(p_ref/p)", "k((1-p_ref)/(1-p))"], ""
    if "dead_groups" in pull:
        parts = [f"w({share}) {part}" for share, part in zip(("p", "1-p"), parts, strict=True)]
        weights = f", w(v) = 1 - v^{pull['dead_groups'] - 1}"
    return f"{' - '.join(parts)}{weights}, k(r) = {kernel}"
