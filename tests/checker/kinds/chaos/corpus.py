"""Certificates of kinds "chaos", "chaos-region" and "cycles"."""

from __future__ import annotations

from functools import cache

from ...builder import Json
from ...committed import committed
from ...edits import GROUP_8, MEAN_STD, MEAN_VAR, Bad, at, edited
from ...limit_builder import limit_point
from ...truth import number
from ..limit.corpus import BETA_5, HORSESHOE
from .builder import cycles, entropy, li_yorke, li_yorke_over_a_box, period_three, region

SECOND = at("1.7128", "0.001", "0.0001")
WIDE = at(["0.67", "0.69"], "1e-5", ["0.00099", "0.00101"])
IMAGES = [["-0.2", "0.04"], ["-4.04", "-3.88"], ["3.4", "4.52"]]
SHIFT = [["-3.965", "-0.02"], ["0.02", "3.9645"]]
WINDOW = at(["0.64", "0.7"], "1e-5", ["0.0009", "0.0011"])
CUTS = ["0.64", "0.655", "0.67", "0.685", "0.7"], ["0.0009", "0.00095", "0.001", "0.00105", "0.0011"]
CELLS = [[0, 0], [1, 1], [2, 2]]


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    falling = {"p": "0.9492"}
    return {
        "chaos-li-yorke": li_yorke(MEAN_VAR, HORSESHOE, falling, "falls"),
        "chaos-li-yorke-logit": li_yorke(MEAN_VAR, SECOND, {"logit": "5.647"}, "falls", "1e-3"),
        "chaos-li-yorke-mean-std": li_yorke(MEAN_STD, HORSESHOE, {"logit": "2.93"}, "falls"),
        "chaos-li-yorke-box": li_yorke_over_a_box(MEAN_VAR, WIDE, "2.9691", IMAGES),
        "chaos-period-three": period_three(MEAN_VAR, SECOND, "-7.73962"),
        "chaos-entropy-full-shift": entropy(MEAN_VAR, HORSESHOE, 1, SHIFT, "0.693147", ["1", "1"]),
        "chaos-entropy-two-turns": entropy(
            MEAN_VAR,
            HORSESHOE,
            2,
            [["-3.96427", "-3.0069"], ["-2.9857", "-0.0498"], ["0.0498", "2.9858"], ["3.0069", "3.96403"]],
            "0.6931",
            ["1", "1", "1", "1"],
        ),
        "chaos-region": region(MEAN_VAR, WINDOW, CUTS, CELLS, ["2.89", "2.93", "2.97"], "0.003"),
        "cycles-two": cycles(MEAN_VAR, HORSESHOE, 2, ["-2.9964"], [(1, "-2.1"), (1, "3.963"), (1, "458.13")]),
        "cycles-none": cycles(GROUP_8, at("2", "0.01", "0.3"), 2, [], [(1, "-0.05")]),
        "cycles-mirror": cycles_mirror(),
    }


def cycles_mirror() -> Json:
    """alpha = 0: none."""
    none = {"kind": "cycles", "variant": MEAN_VAR, "parameters": at("5", "1e-5", "0.3", "0")}
    document = li_yorke(MEAN_VAR, HORSESHOE, {"logit": "2.93"}, "falls")
    statement = {**none, "period": 3, "count": 0, "cycles": []}
    return {**document, "statement": statement, "evidence": {"rule": "mirror"}}


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_orders(), *_bad_coverings(), *_bad_regions(), *_bad_cycles()])


def _bad_orders() -> Bad:
    valid = committed()
    good, claim = valid["chaos-li-yorke"], ("statement",)
    yield "chaos-rises", ("order-not-proved", edited(good, *claim, "order", value="rises"))
    beside = edited(good, *claim, "images", 2, value=["3.9", "4"])
    yield "chaos-image-beside", ("image-not-enclosed", beside)
    wide = edited(good, *claim, "images", 1, value=["-4", "0"])
    yield "chaos-images-too-wide", ("order-not-proved", wide)
    yield "chaos-two-images", ("count-mismatch", edited(good, *claim, "images", value=IMAGES[:2]))
    yield "chaos-start-one", ("outside-domain", edited(good, *claim, "start", value={"p": "1"}))
    yield "chaos-start-without-kind", ("missing-key", edited(good, *claim, "start", value={}))
    yield "chaos-unknown-verdict", ("bad-value", edited(good, *claim, "verdict", value="ergodic"))
    yield "chaos-by-the-wrong-rule", ("wrong-rule", edited(good, "evidence", "rule", value="return"))
    calm = edited(good, *claim, "parameters", value=BETA_5)
    yield "chaos-at-other-parameters", ("image-not-enclosed", calm)
    point = valid["chaos-period-three"]
    yield "chaos-no-return", ("bracket-sign", edited(point, *claim, "logit", value=["-7.7", "-7.6"]))
    fixed = edited(point, *claim, "logit", value=["-4.303761", "-4.30376"])
    yield "chaos-fixed-point-called-period-three", ("points-not-apart", fixed)


def _bad_coverings() -> Bad:
    valid = committed()
    good, claim = valid["chaos-entropy-full-shift"], ("statement",)
    yield "chaos-entropy-too-large", ("entropy-not-proved", edited(good, *claim, "entropy", value="0.693148"))
    yield "chaos-entropy-zero", ("outside-domain", edited(good, *claim, "entropy", value="0"))
    yield "chaos-turns-zero", ("outside-domain", edited(good, *claim, "turns", value=0))
    yield "chaos-one-turn-called-two", ("entropy-not-proved", edited(good, *claim, "turns", value=2))
    overlapping = [["-3.965", "0.03"], SHIFT[1]]
    yield (
        "chaos-intervals-overlap",
        ("points-not-apart", edited(good, *claim, "intervals", value=overlapping)),
    )
    touching = [["-3.965", "0.02"], SHIFT[1]]
    yield "chaos-intervals-touch", ("points-not-apart", edited(good, *claim, "intervals", value=touching))
    short = [["-3.965", "-0.1"], SHIFT[1]]
    yield "chaos-not-covered", ("entropy-not-proved", edited(good, *claim, "intervals", value=short))
    yield "chaos-no-intervals", ("bad-value", edited(good, *claim, "intervals", value=[]))
    yield "chaos-weights-zero", ("count-mismatch", edited(good, "evidence", "weights", value=["0", "0"]))
    yield "chaos-weight-negative", ("count-mismatch", edited(good, "evidence", "weights", value=["2", "-1"]))
    yield (
        "chaos-weights-uneven",
        ("entropy-not-proved", edited(good, "evidence", "weights", value=["1", "2"])),
    )


def _bad_regions() -> Bad:
    good, claim = committed()["chaos-region"], ("statement",)
    yield "chaos-area-too-large", ("area-not-proved", edited(good, *claim, "area", value="0.02"))
    yield "chaos-cell-repeated", ("unordered-cells", edited(good, *claim, "cells", 1, value=[0, 0]))
    yield "chaos-cell-outside", ("outside-domain", edited(good, *claim, "cells", 2, value=[4, 0]))
    yield "chaos-cuts-short", ("outside-domain", edited(good, *claim, "beta_cuts", value=["0.6", "0.64"]))
    yield (
        "chaos-cuts-unordered",
        (
            "unordered-cells",
            edited(good, *claim, "beta_cuts", value=["0.6", "0.66", "0.64", "0.68", "0.7"]),
        ),
    )
    yield "chaos-point-missing", ("count-mismatch", edited(good, "evidence", "points", value=["2.9"]))
    yield "chaos-point-beside", ("order-not-proved", edited(good, "evidence", "points", 1, value="1"))


def _bad_cycles() -> Bad:
    valid = committed()
    good, claim, proof = valid["cycles-two"], ("statement",), ("evidence",)
    none = edited(edited(good, *claim, "count", value=0), *claim, "cycles", value=[])
    yield "cycles-one-left-out", ("cell-not-empty", none)
    yield "cycles-count", ("count-mismatch", edited(good, *claim, "count", value=2))
    yield "cycles-period-four", ("count-mismatch", edited(good, *claim, "period", value=4))
    yield "cycles-period-zero", ("outside-domain", edited(good, *claim, "period", value=0))
    yield (
        "cycles-over-a-box",
        (
            "outside-domain",
            edited(good, *claim, "parameters", "beta", value=["0.68", "0.681"]),
        ),
    )
    fixed = period_one(1) * 2
    yield (
        "cycles-fixed-point-twice",
        (
            "bracket-outside-cells",
            edited(edited(good, *claim, "cycles", 0, "points", value=fixed), *proof, "smaller", value=[]),
        ),
    )
    yield "cycles-two-fixed-points", ("cycle-not-closed", _two_fixed_points(good))
    yield (
        "cycles-stability",
        ("stability-not-proved", edited(good, *claim, "cycles", 0, "stability", value="attracting")),
    )
    yield (
        "cycles-multiplier",
        (
            "multiplier-not-enclosed",
            edited(good, *claim, "cycles", 0, "multiplier", value=["0", "1"]),
        ),
    )
    tree = good["evidence"]["tree"]
    yield "cycles-tree-unfinished", ("tree-unfinished", edited(good, *proof, "tree", value=tree[:-1]))
    yield "cycles-tree-overrun", ("tree-overrun", edited(good, *proof, "tree", value=tree + "e"))
    yield "cycles-tree-letter", ("tree-node", edited(good, *proof, "tree", value=tree[:-1] + "x"))
    yield "cycles-cell-not-empty", ("cell-sign", edited(good, *proof, "tree", value="e"))
    yield "cycles-cell-not-monotone", ("cell-slope", edited(good, *proof, "tree", value="m"))
    yield "cycles-range-left", ("logit-range-left", edited(good, *proof, "logit", value=["-3", "459"]))
    yield "cycles-range-right", ("logit-range-right", edited(good, *proof, "logit", value=["-7", "9"]))
    smaller = good["evidence"]["smaller"]
    yield "cycles-smaller-left-out", ("cell-not-empty", edited(good, *proof, "smaller", value=smaller[1:]))
    yield (
        "cycles-smaller-twice",
        ("bracket-outside-cells", edited(good, *proof, "smaller", value=[smaller[0]] * 2)),
    )
    yield "cycles-smaller-period", ("outside-domain", edited(good, *proof, "smaller", 0, "period", value=2))
    wrong = edited(good, *proof, "smaller", 0, "logit", value=["-2.05", "-2.04"])
    yield "cycles-smaller-beside", ("bracket-sign", wrong)
    yield "cycles-mirror-at-alpha-one", ("wrong-rule", edited(good, "evidence", value={"rule": "mirror"}))
    some = edited(
        edited(valid["cycles-mirror"], *claim, "cycles", value=good["statement"]["cycles"]),
        *claim,
        "count",
        value=1,
    )
    yield "cycles-mirror-with-a-cycle", ("count-mismatch", edited(some, *claim, "period", value=2))


def period_one(period: int) -> list[Json]:
    """The points of smaller period, as if they were points of a cycle."""
    smaller = committed()["cycles-two"]["evidence"]["smaller"]
    return [limit_point(*(number(end) for end in item["logit"])) for item in smaller[:period]]


def _two_fixed_points(document: Json) -> Json:
    """Two fixed points listed as a second cycle of period 2."""
    cycle, others = document["statement"]["cycles"][0], document["evidence"]["smaller"][2:]
    false = {**cycle, "points": period_one(2)}
    document = edited(document, "statement", "cycles", value=[cycle, false])
    return edited(edited(document, "statement", "count", value=2), "evidence", "smaller", value=others)
