"""Kind "fixed-points": how many fixed points there are, where, and which attract."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..builder import Json, certificate, fixed_point_certificate, spot
from ..committed import committed
from ..edits import MEAN, MEAN_STD, MEAN_VAR, Bad, at, edited, group, without
from ..forms import Reader, Unread, listed, point_in, range_in
from ..heads import ALL, MAP_LAW, head
from ..samples import SLACK, sampled_points, truth_at
from ..truth import fixed_points, mp, number, sigma

BRACKET = ("statement", "fixed_points", 0)


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "fixed-points-beta-5": fixed_point_certificate(MEAN_VAR, at("5", "1e-5", "0.3")),
        "fixed-points-beta-3-low-p-ref": fixed_point_certificate(MEAN_VAR, at("3", "1e-5", "0.001")),
        "fixed-points-beta-0.04": fixed_point_certificate(MEAN_VAR, at("0.04", "1e-5", "0.3")),
        "fixed-points-beta-100": fixed_point_certificate(MEAN_VAR, at("100", "1e-5", "9/10")),
        "fixed-points-mean-std": fixed_point_certificate(MEAN_STD, at("2", "1e-4", "0.05", "1/2")),
        "fixed-points-mean": fixed_point_certificate(MEAN, at("2", "1e-4", "0.05", "0.3")),
        "fixed-points-group-8": fixed_point_certificate(
            group(8, 1), at("0.3", "1e-4", "0.1"), cut=0.1, step=0.02
        ),
        "fixed-points-box-of-three": fixed_point_certificate(
            MEAN_VAR, at(["5", "5.5"], ["1e-5", "1.1e-5"], ["0.3", "0.32"]), cut=1
        ),
        "fixed-points-box-mean-std": fixed_point_certificate(
            MEAN_STD, at(["9", "10"], ["0.1", "0.2"], ["0.5", "0.6"], ["0.5", "1"])
        ),
        "fixed-points-mirror": mirror(),
        "fixed-points-mean-exact": _exact_mean(),
        "fixed-points-group-2": fixed_point_certificate(group(2, 0), at("0.3", "1e-4", "0.1")),
        "fixed-points-near-a-fold": fixed_point_certificate(MEAN_VAR, at("5", "1e-5", "0.929")),
        "fixed-points-box-near-a-fold": fixed_point_certificate(
            MEAN_VAR, at(["5", "5.001"], "1e-5", ["0.9285", "0.9286"])
        ),
        "fixed-points-near-the-other-fold": fixed_point_certificate(MEAN_VAR, at("5", "1e-5", "2.9e-21")),
        "fixed-points-brackets-are-cells": _brackets_are_cells(),
        "fixed-points-undecided": edited(
            fixed_point_certificate(MEAN_VAR, at("100", "1e-5", "0.3")),
            *BRACKET,
            "stability",
            value="undecided",
        ),
    }


def _exact_mean() -> Json:
    """With alpha = 1 the mean contrast's multiplier is 0, and any probability lies between 0 and 1."""
    document = fixed_point_certificate(MEAN, at("2", "1e-4", "0.05"))
    document = edited(document, *BRACKET, "multiplier", value=["0", "0"])
    document = edited(document, *BRACKET, "p", value=["0", "1"])
    return edited(document, *BRACKET, "one_minus_p", value=["-1", "1.5"])


def _brackets_are_cells() -> Json:
    """The bracket is a cell of its own, its neighbours are empty."""
    document = fixed_point_certificate(MEAN_VAR, at("100", "1e-5", "0.9"))
    ends = [*document["statement"]["fixed_points"][0]["logit"], document["evidence"]["cells"][-1]["end"]]
    cells = [{"end": end, "rule": "increasing"} for end in ends]
    return edited(document, "evidence", "cells", value=cells)


def mirror() -> Json:
    """No fixed point at alpha = 0."""
    statement = {
        "kind": "fixed-points",
        "variant": MEAN_VAR,
        "parameters": at(["1", "2"], "1e-5", "0.3", "0"),
        "count": 0,
        "fixed_points": [],
    }
    return certificate(statement, {"rule": "mirror"})


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad_lines(committed()))


def _bad_lines(valid: dict[str, Json]) -> Bad:
    good, cells = valid["fixed-points-beta-5"], ("evidence", "cells")
    points, spans = good["statement"]["fixed_points"], good["evidence"]["cells"]
    yield "count", ("count-mismatch", edited(good, "statement", "count", value=2))
    with_point = edited(mirror(), "statement", "fixed_points", value=points[:1])
    yield "mirror-with-a-point", ("count-mismatch", edited(with_point, "statement", "count", value=1))
    yield "mirror-at-alpha-one", ("wrong-rule", edited(good, "evidence", value={"rule": "mirror"}))
    yield "cells-unordered", ("unordered-cells", edited(good, *cells, 1, "end", value="0"))
    yield "cell-of-one-point", ("unordered-cells", edited(good, *cells, 1, "end", value=spans[0]["end"]))
    yield "start-too-late", ("left-tail", edited(good, "evidence", "start", value="0.1"))
    yield "end-too-early", ("right-tail", edited(good, *cells, -1, "end", value="62.39"))
    yield "last-cell-dropped", ("right-tail", without(good, *cells, -1))
    yield "cell-sign-swapped", ("cell-sign", edited(good, *cells, 1, "rule", value="negative"))
    last_sign = edited(good, *cells, -1, "rule", value="positive")
    two = edited(last_sign, "statement", "fixed_points", value=points[:2])
    yield "cell-with-a-zero-called-positive", ("cell-sign", edited(two, "statement", "count", value=2))
    one = edited(good, *cells, 0, "rule", value="negative")
    one = edited(one, "statement", "fixed_points", value=points[1:])
    yield "cell-with-a-zero-called-negative", ("cell-sign", edited(one, "statement", "count", value=2))
    yield "cell-slope-swapped", ("cell-slope", edited(good, *cells, 2, "rule", value="increasing"))
    yield "cell-slope-swapped-back", ("cell-slope", edited(good, *cells, 0, "rule", value="decreasing"))
    yield (
        "turning-cell-called-increasing",
        ("cell-slope", edited(good, *cells, 1, "rule", value="increasing")),
    )
    merged = without(good, *cells, 0)
    yield "cells-merged", ("bracket-outside-cells", merged)
    dropped = edited(good, "statement", "fixed_points", value=points[:2])
    yield "fixed-point-dropped", ("cell-not-empty", edited(dropped, "statement", "count", value=2))
    doubled = edited(good, "statement", "fixed_points", value=[points[0], *points])
    yield "fixed-point-doubled", ("bracket-outside-cells", edited(doubled, "statement", "count", value=4))
    yield (
        "fixed-points-swapped",
        ("bracket-outside-cells", edited(good, "statement", "fixed_points", value=points[::-1])),
    )
    yield "bracket-outside", ("bracket-outside-cells", edited(good, *BRACKET, "logit", value=["-5", "0"]))
    yield "bracket-beside-the-zero", ("bracket-sign", edited(good, *BRACKET, "logit", value=["-0.4", "-0.3"]))
    yield "p-beside", ("p-not-enclosed", edited(good, *BRACKET, "p", value=["0.39", "0.392"]))
    yield "p-reversed", ("p-not-enclosed", edited(good, *BRACKET, "p", value=["1", "0"]))
    third = ("statement", "fixed_points", 2)
    yield (
        "complement-beside",
        ("complement-not-enclosed", edited(good, *third, "one_minus_p", value=["0", "1e-30"])),
    )
    yield (
        "multiplier-beside",
        ("multiplier-not-enclosed", edited(good, *BRACKET, "multiplier", value=["0", "1"])),
    )
    yield (
        "repelling-called-attracting",
        (
            "stability-not-proved",
            edited(good, "statement", "fixed_points", 1, "stability", value="attracting"),
        ),
    )
    yield (
        "attracting-called-repelling",
        ("stability-not-proved", edited(good, *BRACKET, "stability", value="repelling")),
    )
    yield from _isolated_lines(valid)
    yield (
        "other-contrast",
        (
            "bracket-sign",
            edited(valid["fixed-points-beta-100"], "statement", "variant", value={"contrast": "mean"}),
        ),
    )


def _isolated_lines(valid: dict[str, Json]) -> Bad:
    """False statements that one single check keeps out."""
    good, cells = valid["fixed-points-beta-5"], ("evidence", "cells")
    points, spans = good["statement"]["fixed_points"], good["evidence"]["cells"]

    def listing(some: list[Json], document: Json) -> Json:
        return edited(
            edited(document, "statement", "fixed_points", value=some), "statement", "count", value=len(some)
        )

    yield (
        "first-fixed-point-left-of-the-cells",
        (
            "left-tail",
            listing(points[1:], edited(good, "evidence", "start", value="1")),
        ),
    )
    yield (
        "last-fixed-point-right-of-the-cells",
        (
            "right-tail",
            listing(points[:2], edited(good, *cells, -1, "end", value="62")),
        ),
    )
    yield "last-fixed-point-doubled", ("bracket-outside-cells", listing([*points, points[-1]], good))
    box = valid["fixed-points-box-mean-std"]
    low, high = box["statement"]["fixed_points"][0]["multiplier"]
    yield (
        "multiplier-of-the-largest-alpha",
        (
            "multiplier-not-enclosed",
            edited(box, *BRACKET, "multiplier", value=[low, "0.4"]),
        ),
    )
    yield (
        "multiplier-of-the-smallest-alpha",
        (
            "multiplier-not-enclosed",
            edited(box, *BRACKET, "multiplier", value=["0.1", high]),
        ),
    )
    fold = valid["fixed-points-box-near-a-fold"]
    yield "fold-called-negative", ("cell-sign", edited(fold, *cells, 1, "rule", value="negative"))
    beside = spot(MEAN_VAR, good["statement"]["parameters"], "-0.43", "-0.42")
    yield "fixed-point-beside-the-zero", ("bracket-sign", edited(good, *BRACKET, value=beside))
    around = edited(good, *cells, 1, "end", value="8")
    before = edited(good, *cells, value=[{"end": "10", "rule": "negative"}, *spans[3:]])
    yield "zeros-in-a-negative-cell", ("cell-sign", listing(points[2:], before))
    yield (
        "decreasing-cell-too-wide",
        (
            "cell-slope",
            edited(good, *cells, value=[{"end": "3", "rule": "increasing"}, *spans[2:]]),
        ),
    )
    up_to_one = edited(mirror(), "statement", "parameters", "alpha", value=["0", "1"])
    yield "mirror-up-to-one", ("wrong-rule", up_to_one)
    yield "zero-in-a-positive-cell", ("cell-sign", listing([points[0], points[2]], around))
    for axis, ends in {"beta": ["5", "5.5"], "p_ref": ["0.3", "0.32"], "eps": ["1e-5", "2e-5"]}.items():
        middle = {"beta": "5.25", "p_ref": "0.31", "eps": "1.5e-5"}[axis]
        box = fixed_point_certificate(
            MEAN_VAR, edited(good["statement"]["parameters"], axis, value=ends), cut=1.5
        )
        inner = fixed_points(MEAN_VAR, edited(good["statement"]["parameters"], axis, value=middle))
        low = box["statement"]["fixed_points"][0]["logit"][0]
        narrow = spot(MEAN_VAR, box["statement"]["parameters"], low, inner[0] + 1e-9)
        yield (
            f"bracket-too-narrow-for-many-{axis.replace('_', '-')}",
            ("bracket-sign", edited(box, *BRACKET, value=narrow)),
        )


def contradicted(statement: Json) -> str | None:
    for point in sampled_points(statement["parameters"]):
        truth = truth_at(statement, point)
        if not len(truth) == statement["count"] == len(statement["fixed_points"]):
            return f"{len(truth)} fixed points at {point}"
        for (x, m), claim in zip(truth, statement["fixed_points"], strict=True):
            right = {
                "logit": _inside(x, claim["logit"]),
                "p": _inside(sigma(x), claim["p"]),
                "one_minus_p": _inside(sigma(-x), claim["one_minus_p"]),
                "multiplier": _inside(m, claim["multiplier"]),
                "stability": {"attracting": abs(m) < 1, "repelling": abs(m) > 1}.get(
                    claim["stability"], True
                ),
            }
            for field, holds in right.items():
                if not holds:
                    return f"{field} of {mp.nstr(x, 20)} at {point}"
    return None


def _inside(value: Any, interval: list[str]) -> bool:
    low, high = (number(end) for end in interval)
    return bool(low - SLACK * abs(value) <= value <= high + SLACK * abs(value))


MEANS = {"attracting": "|T'| < 1", "repelling": "|T'| > 1", "undecided": "no claim on |T'| and 1"}


def sentences(reader: Reader) -> Json:
    return {**head(reader, MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    head = f"{ALL}T has exactly <count:n> fixed point(s)."
    none, some = {head: False}, {f"{head} <points:x>": True}
    match, listing = reader.take_one(none | some)
    points = []
    for said in listed(match["points"], "<at:p>, T'(L) in <m:r>; <kind:x>: <mean:x>") if listing else []:
        if MEANS.get(said["kind"]) != said["mean"]:
            raise Unread(said[0])
        points.append({**point_in(said, "at"), "multiplier": range_in(said, "m"), "stability": said["kind"]})
    return {"count": int(match["count"]), "fixed_points": points}
