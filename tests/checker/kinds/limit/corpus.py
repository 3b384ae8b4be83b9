"""Certificates of kind "limit"."""

from __future__ import annotations

from functools import cache

from ...builder import Json, decimal
from ...committed import committed
from ...edits import GROUP_8, GROUP_16, MEAN, MEAN_STD, MEAN_VAR, Bad, at, edited
from ...limit_builder import limit_point, mirror, monotone, settles, trap, trap_over_a_box
from ...truth import fixed_points, mp, number, sigma

BETA_5, BETA_100 = at("5", "1e-5", "0.001"), at("100", "1e-5", "0.001")
HORSESHOE = at("0.68", "1e-5", "0.001")
HIGH = at("5", "1e-5", "0.9")


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "limit-cycle-beta-5": trap(MEAN_VAR, BETA_5, ["0.1137", "0.2499"], "0.935", 10),
        "limit-cycle-beta-3": trap(MEAN_VAR, at("3", "1e-5", "0.001"), ["0.0963", "0.4997"], "0.706", 8),
        "limit-upper-fixed-point": trap(MEAN_VAR, at("5", "1e-5", "0.0001"), ["32"], "0.001", 3),
        "limit-beta-0.04": trap(MEAN_VAR, at("0.04", "1e-5", "0.3"), ["4096"], "1e-30", 2),
        "limit-oscillating": trap(MEAN_VAR, BETA_100, ["100"], "0.61", 0),
        "limit-box": trap_over_a_box(
            MEAN_VAR,
            at(["60", "61"], ["1e-5", "2e-5"], ["0.5", "0.6"]),
            ["-0.05", "0.55"],
            ["-7", "8"],
            "0.5",
        ),
        "limit-mean-std": trap(MEAN_STD, at("0.5", "1e-4", "0.01", "0.3"), ["1000"], "0.701", 20),
        "limit-mean": trap(MEAN, at("0.5", "1e-4", "0.01", "0.3"), ["1000"], "0.7001", 0, start="1/7"),
        "limit-group-8": trap(GROUP_8, at("0.5", "1e-4", "0.01", "0.3"), ["4"], "0.8", 30, start="0.25"),
        "limit-rises": monotone("rises", MEAN_VAR, HIGH, 0, 80),
        "limit-rises-later": monotone("rises", MEAN_VAR, at("0.5", "1e-5", "0.2"), 1, 40),
        "limit-falls-later": monotone("falls", MEAN_VAR, at("2", "1e-5", "0.3"), 1, 40),
        "limit-rises-mirror-weight": monotone(
            "rises", MEAN_STD, at("60", "0.1", "0.01", "0.3"), 0, 120, cells=4
        ),
        "limit-rises-in-cells": monotone(
            "rises", GROUP_16, at("1.2", "1e-4", "0.01", "0.3"), 0, 150, cells=16
        ),
        "limit-falls": monotone("falls", MEAN_VAR, HIGH, 0, 80, start="0.97"),
        "limit-settles-above-one-half": settles(
            "rises", MEAN_VAR, at(["0.01", "100"], ["1e-6", "1"], ["0.5", "0.999"], ["0.1", "1"]), "order"
        ),
        "limit-settles-mirror-weight": settles(
            "rises", MEAN_STD, at(["60", "90"], "0.1", ["0.001", "0.9"], "0.3"), "order"
        ),
        "limit-settles-order": settles("tends", GROUP_8, at("1", "1e-4", "0.6"), "order", "0.7"),
        "limit-settles-lift": settles(
            "tends", GROUP_8, at(["0.1", "1"], "1e-4", ["0.2", "0.9"]), "lift", "1/7"
        ),
        "limit-settles-contraction": settles(
            "tends", MEAN_VAR, at(["61", "100"], ["1e-5", "1"], ["1e-9", "0.9"]), "contraction", "0.999"
        ),
        "limit-mirror": mirror(MEAN_VAR, at(["1", "5"], "1e-5", "0.3", "0"), "0.3999"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_fields(), *_bad_traps(), *_bad_runs(), *_bad_forms()])


def _bad_fields() -> Bad:
    valid = committed()
    good, claim = valid["limit-cycle-beta-5"], ("statement",)
    points = good["statement"]["points"]
    yield "limit-unknown-verdict", ("bad-value", edited(good, *claim, "verdict", value="chaotic"))
    yield "limit-start-zero", ("outside-domain", edited(good, *claim, "start", value="0"))
    yield "limit-rate-one", ("outside-domain", edited(good, *claim, "rate", value="1"))
    yield (
        "limit-period-of-a-fixed-point",
        (
            "outside-domain",
            edited(edited(good, *claim, "period", value=1), *claim, "points", value=points[:1]),
        ),
    )
    yield "limit-period-65", ("outside-domain", edited(good, *claim, "period", value=65))
    yield "limit-point-dropped", ("count-mismatch", edited(good, *claim, "points", value=points[:1]))
    yield "limit-basin-missing", ("missing-key", edited(good, *claim, "points", 0, value=limit_point(-7, -6)))
    yield "limit-by-the-wrong-rule", ("wrong-rule", edited(good, "evidence", "rule", value="mirror"))
    yield (
        "limit-mirror-at-alpha-one",
        (
            "wrong-rule",
            edited(valid["limit-mirror"], *claim, "parameters", "alpha", value="1"),
        ),
    )
    yield "limit-gain-zero", ("outside-domain", edited(valid["limit-mirror"], *claim, "gain", value="0"))
    yield (
        "limit-gain-too-large",
        (
            "gain-not-proved",
            edited(valid["limit-mirror"], *claim, "gain", value="0.4"),
        ),
    )
    run = valid["limit-rises-later"]
    yield "limit-steps-before-the-run", ("bad-value", edited(run, "evidence", "steps", value=0))
    yield "limit-no-cells", ("bad-value", edited(run, "evidence", "cells", value=0))
    yield "limit-endless", ("too-much-work", edited(run, "evidence", "steps", value=999_999_999))


def _bad_traps() -> Bad:
    valid = committed()
    good, points = valid["limit-cycle-beta-5"], ("statement", "points")
    cycle = good["statement"]["points"]
    yield "limit-out-of-phase", ("orbit-not-caught", edited(good, *points, value=cycle[::-1]))
    yield "limit-one-step-late", ("orbit-not-caught", edited(good, "statement", "step", value=11))
    yield "limit-caught-too-early", ("orbit-not-caught", edited(good, "statement", "step", value=2))
    yield "limit-basin-too-wide", ("not-trapped", edited(good, *points, 0, "basin", value=["-7", "-5"]))
    yield "limit-rate-too-small", ("rate-not-proved", edited(good, "statement", "rate", value="0.75"))
    middle = (number(cycle[0]["logit"][0]) + number(cycle[0]["logit"][1])) / 2
    shift = mp.mpf("1e-8")
    beside = limit_point(middle + shift, middle + 2 * shift, cycle[0]["basin"])
    yield "limit-bracket-beside-the-cycle", ("not-trapped", edited(good, *points, 0, value=beside))
    outside = edited(good, *points, 0, "basin", value=["-6.05", "-5.94"])
    yield "limit-bracket-outside-its-basin", ("limit-not-enclosed", outside)
    yield "limit-p-beside", ("p-not-enclosed", edited(good, *points, 0, "p", value=["0.001", "0.002"]))
    yield (
        "limit-complement-beside",
        (
            "complement-not-enclosed",
            edited(good, *points, 1, "one_minus_p", value=["0.9", "0.91"]),
        ),
    )
    yield (
        "limit-multiplier-beside",
        (
            "multiplier-not-enclosed",
            edited(good, "statement", "multiplier", value=["0.7", "0.76"]),
        ),
    )
    yield (
        "limit-multiplier-reversed",
        (
            "multiplier-not-enclosed",
            edited(good, "statement", "multiplier", value=["1", "0"]),
        ),
    )
    yield "limit-fixed-point-counted-twice", ("points-not-apart", _twice(valid["limit-oscillating"]))
    one = edited(valid["limit-upper-fixed-point"], "statement", "parameters", "p_ref", value="0.001")
    yield "limit-of-another-p-ref", ("not-trapped", one)
    stray = trap(MEAN_VAR, HORSESHOE, ["300"], "1e-20", 60)
    border = decimal(
        sigma(fixed_points(MEAN_VAR, HORSESHOE)[1]), 50
    )  # a repelling fixed point, but for 1e-50
    stray = edited(edited(stray, "statement", "start", value=border), "statement", "step", value=300)
    yield "limit-orbit-without-digits", ("orbit-lost", edited(stray, "evidence", "bits", value=16))


def _twice(document: Json) -> Json:
    """A fixed point called a cycle of two: its square multiplier and rate are right, its period is not."""
    claim = document["statement"]
    for path, value in {
        ("verdict",): "cycle",
        ("period",): 2,
        ("points",): claim["points"] * 2,
        ("multiplier",): ["0", "0.1"],
    }.items():
        document = edited(document, "statement", *path, value=value)
    return document


def _bad_runs() -> Bad:
    valid = committed()
    good, place = valid["limit-rises"], ("statement", "limit")
    yield "limit-rise-called-a-fall", ("not-monotone", edited(good, "statement", "verdict", value="falls"))
    yield (
        "limit-fall-called-a-rise",
        (
            "not-monotone",
            edited(valid["limit-falls"], "statement", "verdict", value="rises"),
        ),
    )
    x = sum(number(end) for end in good["statement"]["limit"]["logit"]) / 2
    unit = mp.mpf("1e-9")
    yield (
        "limit-bracket-above",
        ("limit-not-enclosed", edited(good, *place, value=limit_point(x + unit, x + 2 * unit))),
    )
    yield (
        "limit-bracket-below",
        ("not-monotone", edited(good, *place, value=limit_point(x - 2 * unit, x - unit))),
    )
    yield (
        "limit-end-carried-outward",
        ("not-monotone", edited(good, *place, value=limit_point(x - unit, mp.mpf(20)))),
    )
    yield "limit-not-reached-yet", ("limit-not-enclosed", edited(good, "evidence", "steps", value=5))
    yield "limit-oscillation-called-a-rise", ("not-monotone", _run(valid["limit-oscillating"]))
    yield (
        "limit-rises-a-step-early",
        (
            "not-monotone",
            edited(valid["limit-rises-later"], "statement", "step", value=0),
        ),
    )
    yield (
        "limit-cells-too-few",
        (
            "not-monotone",
            edited(valid["limit-rises-in-cells"], "evidence", "cells", value=4),
        ),
    )


def _run(document: Json) -> Json:
    """The convergence of a trap retold as a rise from the first step."""
    claim = document["statement"]
    point = {key: claim["points"][0][key] for key in ("logit", "p", "one_minus_p")}
    kept = {key: claim[key] for key in ("kind", "variant", "parameters", "start")}
    evidence = {"rule": "monotone", "bits": 120, "steps": 80, "cells": 1}
    return {
        **document,
        "statement": {**kept, "verdict": "rises", "step": 0, "limit": point},
        "evidence": evidence,
    }


def _bad_forms() -> Bad:
    valid = committed()
    lift, order = valid["limit-settles-lift"], valid["limit-settles-mirror-weight"]
    flat, form, claim = valid["limit-settles-contraction"], ("evidence", "form"), ("statement",)
    yield "limit-settles-somehow", ("bad-value", edited(lift, *claim, "manner", value="falls"))
    yield "limit-settles-by-no-form", ("bad-value", edited(lift, *form, value="monotone"))
    yield "limit-settles-by-a-trap", ("bad-value", edited(lift, "evidence", "rule", value="trap"))
    yield (
        "limit-cycle-by-a-closed-form",
        (
            "bad-value",
            edited(valid["limit-cycle-beta-5"], "evidence", value=lift["evidence"]),
        ),
    )
    yield "limit-rises-by-lift", ("wrong-rule", edited(lift, *claim, "manner", value="rises"))
    elsewhere = edited(valid["limit-settles-order"], *claim, "manner", value="rises")
    yield "limit-rises-from-elsewhere", ("wrong-rule", elsewhere)
    yield "limit-no-lift", ("closed-form-fails", edited(flat, *form, value="lift"))
    yield "limit-no-order", ("closed-form-fails", edited(flat, *form, value="order"))
    lower = edited(valid["limit-settles-above-one-half"], *claim, "start", value="0.01")
    yield (
        "limit-no-order-from-below",
        (
            "closed-form-fails",
            edited(lower, *claim, "manner", value="tends"),
        ),
    )
    lighter = edited(order, *claim, "parameters", "beta", value=["1", "90"])
    yield "limit-no-order-at-a-light-weight", ("closed-form-fails", lighter)
    heavier = edited(lift, *claim, "parameters", "beta", value=["0.1", "3"])
    yield "limit-no-lift-at-a-heavy-weight", ("closed-form-fails", heavier)
    steep = edited(flat, *claim, "parameters", "beta", value=["60", "100"])
    yield "limit-no-contraction-below-bmax", ("closed-form-fails", steep)
    group = edited(flat, *claim, "variant", value=GROUP_8)
    yield "limit-no-contraction-of-groups", ("missing-fact", group)
    reaching = edited(lift, *claim, "parameters", "alpha", value=["0", "1"])
    yield "limit-settles-alpha-reaches-zero", ("alpha-reaches-zero", reaching)
