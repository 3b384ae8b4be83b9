"""Certificates of kind "answer-classes"."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from verified_grpo.answers.classes import answer_classes
from verified_grpo.certificates.classes import classes_certificate
from verified_grpo.intervals import exact
from verified_grpo.rigor.classes.outcomes import Tilted
from verified_grpo.rigor.classes.passage import passing

from ...builder import Json, certificate
from ...committed import committed
from ...edits import Bad, edited

GOODHART = [("0.8", 0, 0), ("0.19", 1, 0), ("0.01", 1, 1)]
PARTS = [("0.9", 0, 0), ("0.09", "0.5", "0.8"), ("0.01", 1, "0.1")]
RARE = [("0.998", 0, 0), ("0.001", "0.9", 0), ("0.001", 1, 1)]
POINT = ("statement", "fixed_points", 0)


def written(rows: list[Any], passage: tuple[Any, str] | None = None, **given: Any) -> Json:
    """What the search writes down, found by nobody in particular."""
    found = answer_classes(rows, **given)
    assert isinstance(found, Tilted)
    if passage is not None:
        found = passing(found, passage[0], exact(passage[1]))
    document = classes_certificate(found)
    statement: Any = document["statement"]
    evidence: Any = document["evidence"]
    return certificate(copy.deepcopy(statement), copy.deepcopy(evidence))


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "classes-shortcut": written(GOODHART, beta=5, eps="1e-2"),
        "classes-turn": written(PARTS, beta="0.1", eps="1e-5", contrast="mean"),
        "classes-three-points": written(PARTS, beta=1, eps="1e-3"),
        "classes-std-caught": written(PARTS, beta="0.5", eps="1e-2", contrast="mean-std"),
        "classes-two-weights": written(PARTS, beta=2, eps="1e-2", alpha="1/2"),
        "classes-no-kl": written(PARTS, beta=0, eps="1e-5"),
        "classes-mirror": written(PARTS, beta=2, eps="1e-3", alpha=0, contrast="mean-std"),
        "classes-noisy": written(
            [("0.5", -1, "0.3", 2), ("0.3", 1, "0.3", 1), ("0.2", "1.5", "0.3", 4)], beta=2, eps="1e-3"
        ),
        "classes-passage": written(PARTS, ("mean_reward", "0.5"), beta=2, eps="1e-2", alpha="1/20"),
        "classes-passage-of-correctness": written(
            PARTS, ("correct", "0.2"), beta=2, eps="1e-5", alpha="1/20", contrast="mean"
        ),
        "classes-never": written(PARTS, ("correct", "0.5"), beta=1, eps="1e-5", contrast="mean"),
        "classes-never-by-a-trap": written(GOODHART, ("mean_reward", "0.9"), beta=1, eps="1e-3"),
        "classes-cycle": written(RARE, beta=3, eps="1e-5"),
        "classes-cycle-mirror": written(RARE, beta=3, eps="1e-5", alpha="0.97"),
        "classes-cycle-unknown": written([("0.999", 0), ("0.001", 1)], beta=5, eps="1e-5"),
        "classes-unknown": written([("2/3", "0.1"), ("1/3", "1.1")], beta=2, eps="1e-2"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad(), *_bad_cycles(), *_bad_passages()])


def _bad() -> Bad:
    good = committed()
    three, turn, caught = (good[f"classes-{name}"] for name in ("three-points", "turn", "std-caught"))
    none, unknown, shortcut = (good[f"classes-{name}"] for name in ("no-kl", "unknown", "shortcut"))
    points = three["statement"]["fixed_points"]
    yield (
        "classes-a-point-dropped",
        (
            "cell-not-empty",
            edited(
                edited(three, "statement", "fixed_points", value=points[:2]), "statement", "count", value=2
            ),
        ),
    )
    yield "classes-other-count", ("count-mismatch", edited(three, "statement", "count", value=2))
    yield (
        "classes-a-point-twice",
        (
            "unordered-cells",
            edited(
                edited(three, "statement", "fixed_points", value=[points[0], *points]),
                "statement",
                "count",
                value=4,
            ),
        ),
    )
    for key, code in (("mean_reward", "value-not-enclosed"), ("correct", "value-not-enclosed")):
        low, high = points[0][key]
        yield f"classes-{key}-too-high", (code, edited(three, *POINT, key, value=[high, f"{high}9"]))
        yield f"classes-{key}-too-low", (code, edited(three, *POINT, key, value=[low[:-3], low]))
    low, high = points[0]["theta"]
    yield "classes-theta-beside", ("bracket-sign", edited(three, *POINT, "theta", value=[high, f"{high}9"]))
    for axis, value in (("beta", "1.01"), ("eps", "1.1e-3"), ("alpha", "0.99")):
        yield (
            f"classes-other-{axis}",
            ("bracket-sign", edited(three, "statement", "parameters", axis, value=value)),
        )
    yield "classes-other-contrast", ("right-tail", edited(three, "statement", "contrast", value="mean-std"))
    yield "classes-group", ("bad-value", edited(three, "statement", "contrast", value="group"))
    yield (
        "classes-weights-not-one",
        (
            "outside-domain",
            edited(three, "statement", "classes", 0, "weight", value="0.91"),
        ),
    )
    yield "classes-other-weights", (
        "bracket-sign",
        edited(edited(three, "statement", "classes", 0, "weight", value="0.89"), "statement", "classes", 1,
               "weight", value="0.1"),
    )  # fmt: skip
    yield (
        "classes-square-below",
        (
            "outside-domain",
            edited(three, "statement", "classes", 1, "reward_squared", value="0.24"),
        ),
    )
    yield (
        "classes-noise",
        ("bracket-sign", edited(three, "statement", "classes", 1, "reward_squared", value="0.26")),
    )
    yield (
        "classes-one-reward-twice",
        (
            "outside-domain",
            edited(three, "statement", "classes", 1, "reward", value="0"),
        ),
    )
    yield (
        "classes-step-too-large",
        (
            "step-not-proved",
            edited(three, "statement", "small_steps", "largest_step", value="0.9"),
        ),
    )
    yield (
        "classes-slopes-too-short",
        (
            "step-not-proved",
            edited(three, "evidence", "slopes", value=three["evidence"]["slopes"][:-1]),
        ),
    )
    cells = three["evidence"]["cells"]
    yield "classes-cells-too-short", ("right-tail", edited(three, "evidence", "cells", value=cells[:-1]))
    yield (
        "classes-other-rule",
        ("cell-slope", edited(three, "evidence", "cells", 0, "rule", value="increasing")),
    )
    yield (
        "classes-caught-elsewhere",
        (
            "orbit-not-caught",
            edited(
                edited(caught, "statement", "maximiser", "point", value=1),
                "evidence",
                "orbit",
                "radius",
                value="0.125",
            ),
        ),
    )
    yield (
        "classes-caught-too-early",
        ("orbit-not-caught", edited(caught, "evidence", "orbit", "steps", value=1)),
    )
    yield "classes-trap-too-wide", ("not-trapped", edited(caught, "evidence", "orbit", "radius", value="190"))
    yield (
        "classes-no-such-point",
        (
            "outside-domain",
            edited(three, "statement", "maximiser", value={"point": 4}),
        ),
    )
    course = ("statement", "correctness")
    yield "classes-begins-the-other-way", ("sign-not-proved", edited(turn, *course, "begins", value="falls"))
    yield (
        "classes-turn-dropped",
        (
            "cell-not-empty",
            edited(edited(turn, *course, "turns", value=[]), *course, "within", value=0),
        ),
    )
    yield "classes-turn-not-within", ("count-mismatch", edited(turn, *course, "within", value=0))
    low, high = turn["statement"]["correctness"]["supremum"]
    yield (
        "classes-supremum-too-low",
        ("value-not-enclosed", edited(turn, *course, "supremum", value=["0", low])),
    )
    yield (
        "classes-supremum-at-the-end",
        (
            "value-not-enclosed",
            edited(turn, *course, "supremum", value=turn["statement"]["fixed_points"][0]["correct"]),
        ),
    )
    yield "classes-stays", ("count-mismatch", _stays(turn))
    yield (
        "classes-other-correct",
        (
            "value-not-enclosed",
            edited(shortcut, "statement", "classes", 1, "correct", value="0.06"),
        ),
    )
    yield "classes-gain", ("gain-not-proved", edited(none, "statement", "small_steps", "gain", value="2.1"))
    yield (
        "classes-course-unknown",
        (
            "unknown-key",
            edited(unknown, *course, value=turn["statement"]["correctness"]),
        ),
    )


def _stays(document: Json) -> Json:
    course = {"begins": "stays", "turns": [], "within": 0, "supremum": ["0", "1"]}
    made = edited(document, "statement", "correctness", value=course)
    del made["evidence"]["turning"]
    return made


def _bad_cycles() -> Bad:
    good = committed()
    swings, three = good["classes-cycle"], good["classes-three-points"]
    end, orbit = ("statement", "maximiser", "cycle"), ("evidence", "orbit")
    first, second = swings["statement"]["maximiser"]["cycle"]
    yield "classes-cycle-of-one", ("outside-domain", edited(swings, *end, value=[first]))
    yield "classes-cycle-of-none", ("outside-domain", edited(swings, *end, value=[]))
    twice = edited(swings, *end, value=[first, second, first, second])
    yield "classes-cycle-twice-around", ("unordered-cells", twice)
    both = edited(swings, "statement", "maximiser", value={"cycle": [first, second], "point": 1})
    yield "classes-cycle-and-a-point", ("bad-value", both)
    low, high = first["theta"]
    yield "classes-cycle-beside", ("not-trapped", edited(swings, *end, 0, "theta", value=[high, f"{high}9"]))
    narrow = [second["theta"][0], second["theta"][0] + "1"]
    yield "classes-cycle-too-narrow", ("not-trapped", edited(swings, *end, 1, "theta", value=narrow))
    for key in ("mean_reward", "correct"):
        low, high = second[key]
        below = edited(swings, *end, 1, key, value=["0", low])
        yield f"classes-cycle-{key}-too-low", ("value-not-enclosed", below)
        above = edited(swings, *end, 1, key, value=[high, "1"])
        yield f"classes-cycle-{key}-too-high", ("value-not-enclosed", above)
    yield "classes-cycle-too-early", ("orbit-not-caught", edited(swings, *orbit, "steps", value=0))
    yield "classes-cycle-trap-too-wide", ("not-trapped", edited(swings, *orbit, "radius", value="0.75"))
    yield "classes-cycle-trap-below-zero", ("outside-domain", edited(swings, *orbit, "radius", value="9"))
    points = three["statement"]["fixed_points"]
    none = [{**points[k], "theta": [x, f"{x}9"]} for k, x in enumerate(("2.5", "3.5"))]
    elsewhere = edited(three, "statement", "maximiser", value={"cycle": none})
    yield "classes-cycle-though-it-settles", ("not-trapped", elsewhere)
    yield (
        "classes-settles-though-it-swings",
        ("not-trapped", edited(swings, "statement", "maximiser", value={"point": 1})),
    )


def _bad_passages() -> Bad:
    good = committed()
    passed, never, unknown = (good[f"classes-{name}"] for name in ("passage", "never", "unknown"))
    claim = ("statement", "passage")
    steps = passed["statement"]["passage"]["steps"]
    for name, count in (("early", steps - 1), ("late", steps + 1)):
        moved = edited(passed, *claim, "steps", value=count)
        yield f"classes-passage-too-{name}", ("passage-not-proved", moved)
    yield "classes-never-though-it-is", ("passage-not-proved", edited(passed, *claim, "steps", value=None))
    trapped = good["classes-never-by-a-trap"]
    free = {
        **trapped,
        "statement": {key: x for key, x in trapped["statement"].items() if key != "maximiser"},
        "evidence": {key: x for key, x in trapped["evidence"].items() if key != "orbit"},
    }
    yield "classes-never-with-leaps", ("step-not-proved", free)
    limit = trapped["statement"]["fixed_points"][0]["mean_reward"][0]
    inside = edited(trapped, *claim, "reach", value=limit)
    yield "classes-never-of-a-level-in-the-trap", ("passage-not-proved", inside)
    low = edited(never, *claim, "reach", value="0.1")
    yield "classes-never-of-a-level-on-the-way", ("passage-not-proved", low)
    hidden = edited(unknown, *claim, value={"of": "correct", "reach": "0.5", "steps": None})
    yield "classes-passage-of-the-unknown", ("bad-value", hidden)
    free = edited(good["classes-no-kl"], *claim, value={"of": "correct", "reach": "0.5", "steps": 1})
    yield "classes-passage-without-kl", ("outside-domain", free)
    long = edited(passed, *claim, "steps", value=10**6)
    yield "classes-passage-too-long", ("too-much-work", long)
