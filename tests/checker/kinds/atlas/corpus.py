"""Certificates of kind "atlas"."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...builder import Json, certificate, decimal
from ...committed import committed
from ...edits import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, Bad, edited
from ...truth import mp

WINDOW = ("-1180/512", "1179/256"), ("-2358/256", "563/256")
WIDE_CELLS = (
    "^<^<^<<fu<uu<f<uu^<<uu<uu<<uf<uu<^<f<uu<ff^<<fu<uu<<uu<uu^<^<<uu<uu<<uu^uu^<^uuf<ff<^<<uu^uf<^ufff^<<f^<"
    "<uu^uu<<fuff^^^<<fuf^<fu<furr"
)
WIDE_PROOFS = "sse1sse1e1q1.17449.14340q1.14341.11229wq1.10173.8092q1.7061.4859wwsswwswsshh"
FLIP_CELLS = (
    "^<^<^<uu<uu^<uc2<c2c2<^<uc2<c2u^<c2u<uu^<^<c2u<uu^<uu<uu<^<uu<uu^<uf<ff<^<^<uu<uu^<uu<uf<^<uu<ff^<fff^<^"
    "<fffff"
)
FLIP_PROOFS = (
    "z2.10659.10250z2.10251.9842z2.10445.10035z2.9843.9433z2.9434.9022z2.10036.9625z2.10854.10444q1.10943.10527"
    "q1.10528.10113q1.10696.10279q1.9528.9111q1.8521.8103q1.8695.8275q1.9112.8694q1.9281.8863q1.9028.8444"
    "q1.9942.9527q1.10114.9697q1.9864.9280q1.10443.9606q1.9915.8766"
)
GROUP_CELLS = (
    "^<<f^<^<f<^uu^uu<f<^uf^uu^<<^uuff<<^uuff<^<f<f^uuf^<<^uuff<<^uufff^<<f<f^<<f^fff<f<f^fff^^^<f<<<ffff"
    "^<f<<fff<f<ffrr"
)
STEPS = ("-178/256", "459/256"), ("-1591/256", "104/256")
STEPS_CELLS, STEPS_PROOFS = "^<^<ffr^<^<fff^<uu<fu<^frf^<rf^<rf^r^rr", "n6abn2acvn1bat2ban1adwwvwvwvwvvh"
GROUP_PROOFS = "sssswwwwssswwwwwssswswsswswsst1bawwsst1bawsst1bahh"


def drawn(
    variant: Json, eps: str, rectangle: Any, cells: str, proofs: str, undecided: str = "0", alpha: str = "1"
) -> Json:
    """An atlas over a rectangle of (log beta, log-odds), with ranges of beta and p_ref just inside it."""
    across, up = ([Fraction(end) for end in side] for side in rectangle)
    beta = [decimal(mp.exp(_shifted(across, k)), 12) for k in (0, 1)]
    p_ref = [decimal(1 / (1 + mp.exp(-_shifted(up, k))), 12) for k in (0, 1)]
    statement = {
        "kind": "atlas",
        "variant": variant,
        "parameters": {"alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref},
        "log_beta": [str(end) for end in across],
        "logit_p_ref": [str(end) for end in up],
        "cells": cells,
        "undecided": undecided,
    }
    return certificate(statement, {"rule": "cells", "bits": 64, "proofs": proofs})


def of_steps(document: Json, size: str, inner: int = 1) -> Json:
    """An atlas of steps of one size."""
    document = edited(document, "statement", "step_size", value=size)
    return document if inner == 1 else edited(document, "statement", "inner_steps", value=inner)


def _shifted(side: list[Fraction], which: int) -> Any:
    """An end moved a thousandth inward."""
    end = side[which] + (side[1] - side[0]) * Fraction((1, -1)[which], 1000)
    return mp.mpf(end.numerator) / end.denominator


def at(x: str, y: str, cells: str, proofs: str, variant: Json = MEAN_VAR, eps: str = "1e-5") -> Json:
    """An atlas of one small square whose lower left corner is (x, y)."""
    side = Fraction(1, 512)
    square = [[Fraction(corner), Fraction(corner) + side] for corner in (x, y)]
    return drawn(variant, eps, square, cells, proofs)


SOFT = ("177/256", "1049/256"), ("-1769/256", "563/256")
FIRM = ("1087/256", "1179/256"), ("-2358/256", "-103/256")
WHOLE = ("-1179/256", "1179/256"), ("-2358/256", "563/256")
NEAR_FLIP = ("354/256", "533/256"), ("-1946/256", "-1486/256")


def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "atlas-wide": drawn(MEAN_VAR, "1e-5", WINDOW, WIDE_CELLS, WIDE_PROOFS, "0.335938"),
        "atlas-flip": drawn(MEAN_VAR, "1e-5", NEAR_FLIP, FLIP_CELLS, FLIP_PROOFS, "0.484375"),
        "atlas-group-8": drawn(GROUP_8, "1e-4", WHOLE, GROUP_CELLS, GROUP_PROOFS, "0.0332032"),
        "atlas-mean": drawn(MEAN, "1e-4", WHOLE, "^f^f^^^furr", "ggghh", "0.03125"),
        "atlas-high-start": _high_start(),
        "atlas-mean-std": at("567/512", "-2806/512", "f", "q1.7197.7187", MEAN_STD),
        "atlas-mirror": drawn(MEAN_VAR, "1e-4", WHOLE, "^oo", "mm", alpha="0"),
        "atlas-rising": drawn(MEAN_VAR, "0.01", SOFT, "^<^<ur<urr^r^^urr", "vvvvhh", "0.1875", alpha="0.3"),
        "atlas-contraction": drawn(MEAN_VAR, "1e-5", FIRM, "f", "g"),
        "atlas-climb": at("287/1024", "-5911/1024", "<ff", "e1e1"),
        "atlas-two-turns": at("1028/1024", "-6963/1024", "c2", "d15ab"),
        "atlas-trap": at("695/1024", "-6052/1024", "c2", "t9da"),
        "atlas-four": at("927/1024", "-7139/1024", "c4", "n2ca"),
        "atlas-four-trap": at("1194/1024", "-7784/1024", "c4", "t7ca"),
        "atlas-four-two-turns": at("1324/1024", "-8131/1024", "c4", "d27ab"),
        "atlas-steps": of_steps(
            drawn(MEAN_VAR, "1e-5", STEPS, STEPS_CELLS, STEPS_PROOFS, "0.046875"), "0.15"
        ),
        "atlas-inner-steps": of_steps(at("1885/1024", "-6485/1024", "f", "d6ai"), "0.1", 4),
        "atlas-inner-steps-cycle": of_steps(at("1833/1024", "-7929/1024", "c2", "n2ag"), "0.1", 4),
        "atlas-inner-steps-climb": of_steps(at("835/1024", "-7667/1024", "f", "e1"), "0.1", 8),
        "atlas-many-inner-steps": of_steps(at("1098/1024", "-6879/1024", "c2", "t8ca"), "0.1", 100),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_shapes(), *_bad_rules(), *_bad_proofs(), *_bad_traps(), *_bad_steps()])


CELLS, PROOFS = ("statement", "cells"), ("evidence", "proofs")


def _bad_shapes() -> Bad:
    good = committed()["atlas-climb"]
    yield "atlas-branch-dropped", ("tree-unfinished", _both(good, "<f", "e1"))
    yield "atlas-branch-added", ("tree-overrun", _both(good, "<fff", "e1e1e1"))
    yield "atlas-empty", ("tree-unfinished", _both(good, "", ""))
    yield "atlas-strange-token", ("tree-node", edited(good, *CELLS, value="<fx"))
    yield "atlas-strange-proof", ("tree-node", edited(good, *PROOFS, value="e1 e1"))
    yield "atlas-proof-dropped", ("count-mismatch", edited(good, *PROOFS, value="e1"))
    yield "atlas-proof-added", ("count-mismatch", edited(good, *PROOFS, value="e1e1e1"))
    yield "atlas-period-one", ("outside-domain", _both(good, "<fc1", "e1t1aa"))
    yield "atlas-period-65", ("outside-domain", _both(good, "<fc65", "e1t1aa"))
    yield "atlas-cut-too-often", ("tree-cut", edited(good, *CELLS, value="<" * 61 + "f" + "u" * 60 + "f"))
    yield "atlas-area-understated", ("count-mismatch", _both(good, "<fu", "e1"))
    yield (
        "atlas-too-much-work",
        ("too-much-work", edited(_both(good, "f", "e9999"), "evidence", "bits", value=20_000)),
    )
    yield "atlas-number-too-long", ("huge-number", _both(good, "f", "q1.1234567890.1"))
    moved = edited(good, "statement", "log_beta", value=["9/32", "289/1024"])
    yield "atlas-rectangle-beside-its-range", ("outside-domain", moved)
    yield "atlas-far-away", ("huge-number", edited(good, "statement", "log_beta", value=["0", "1000001"]))
    yield (
        "atlas-range-of-eps",
        ("outside-domain", edited(good, "statement", "parameters", "eps", value=["1e-5", "2e-5"])),
    )


def _both(document: Json, cells: str, proofs: str) -> Json:
    return edited(edited(document, *CELLS, value=cells), *PROOFS, value=proofs)


def _bad_rules() -> Bad:
    valid = committed()
    yield "atlas-fixed-point-called-rising", ("wrong-rule", _both(valid["atlas-contraction"], "r", "g"))
    yield "atlas-cycle-called-fixed-point", ("wrong-rule", _both(valid["atlas-two-turns"], "f", "z1.2.1"))
    yield "atlas-fixed-point-called-cycle", ("wrong-rule", _both(valid["atlas-climb"], "c2", "e1"))
    yield "atlas-mirror-at-alpha-one", ("wrong-rule", _both(valid["atlas-climb"], "o", "m"))
    yield "atlas-no-mirror-at-alpha-zero", ("wrong-rule", _both(valid["atlas-mirror"], "f", "s"))
    yield (
        "atlas-schwarzian-of-a-group",
        ("missing-fact", edited(valid["atlas-mean-std"], "statement", "variant", value=GROUP_8)),
    )
    yield "atlas-below-half-from-step-0", ("wrong-rule", _both(valid["atlas-mean-std"], "f", "q0.7197.7187"))
    yield (
        "atlas-below-half-at-alpha-below-one",
        ("wrong-rule", edited(valid["atlas-mean-std"], "statement", "parameters", "alpha", value="0.5")),
    )
    yield "atlas-no-closed-form-for-groups", ("missing-fact", _both(valid["atlas-group-8"], "f", "g"))


def _bad_proofs() -> Bad:
    valid = committed()
    climb, flat = valid["atlas-climb"], valid["atlas-contraction"]
    yield "atlas-below-half-by-rule-h", ("closed-form-fails", _both(climb, "r", "h"))
    yield "atlas-not-s4", ("closed-form-fails", _both(climb, "f", "s"))
    yield "atlas-not-s3", ("closed-form-fails", _both(climb, "f", "g"))
    yield "atlas-not-s7", ("not-monotone", _both(climb, "f", "v"))
    yield "atlas-not-contracting", ("not-trapped", _both(climb, "f", "w"))
    yield "atlas-climb-too-early", ("not-monotone", _both(climb, "f", "e0"))
    yield "atlas-no-climb", ("not-monotone", _both(valid["atlas-two-turns"], "f", "e1"))
    yield "atlas-all-of-it-s4", ("closed-form-fails", _both(flat, "f", "s"))
    low = valid["atlas-mean-std"]
    yield "atlas-bracket-beside", ("bracket-sign", _both(low, "f", "q1.7190.7187"))
    yield "atlas-bracket-reversed", ("bracket-sign", _both(low, "f", "q1.7187.7197"))
    yield "atlas-repelling-called-attracting", ("rate-not-proved", _both(_steep(), "f", "q2.11155.11147"))
    yield "atlas-attracting-called-repelling", ("rate-not-proved", _both(low, "c2", "z1.7197.7187"))
    yield "atlas-not-below-half", ("not-trapped", _both(climb, "f", "q1.7197.7187"))
    yield "atlas-orbit-above-half", ("orbit-not-caught", _both(_high_start(), "f", "q1.4229.4221"))
    yield "atlas-orbit-at-the-repelling-point", ("points-not-apart", _both(_steep(), "c2", "z2.16384.11147"))


def _steep() -> Json:
    return at("3650/2048", "-16408/2048", "c2", "z2.11155.11147")


def _high_start() -> Json:
    """p_ref far below 1/2 where the first step leads above it and the second one back."""
    return at("5/16", "-35/8", "f", "q2.4229.4221")


def _bad_traps() -> Bad:
    valid = committed()
    two, four, trap = valid["atlas-two-turns"], valid["atlas-four"], valid["atlas-trap"]
    yield "atlas-cycle-of-four-called-two", ("not-trapped", _both(valid["atlas-four-trap"], "c2", "t7ca"))
    yield "atlas-cycle-of-two-called-four", ("points-not-apart", _both(two, "c4", "d15ab"))
    yield "atlas-cycle-called-settled", ("not-trapped", _both(trap, "f", "t9da"))
    yield "atlas-trap-too-early", ("not-trapped", _both(two, "c2", "d0ab"))
    yield "atlas-falling-called-order", ("not-monotone", _both(two, "c2", "n15ab"))
    yield "atlas-ends-outward", ("not-trapped", _both(four, "c4", "n2aa"))
    yield "atlas-orbit-lost", ("orbit-lost", _both(_chaotic(), "f", "t400aa"))


def _bad_steps() -> Bad:
    """The size and the number of steps are looked at, and matter."""
    steps, inner = committed()["atlas-steps"], committed()["atlas-inner-steps-cycle"]
    size, count = ("statement", "step_size"), ("statement", "inner_steps")
    yield "atlas-steps-beyond-one", ("outside-domain", edited(steps, *size, value="0.17"))
    yield "atlas-steps-of-no-size", ("outside-domain", edited(steps, *size, value="0"))
    yield "atlas-steps-larger", ("not-monotone", edited(steps, *size, value="0.165"))
    yield "atlas-inner-steps-of-no-size", ("outside-domain", _without(inner, "step_size"))
    yield "atlas-one-inner-step", ("outside-domain", edited(inner, *count, value=1))
    yield "atlas-too-many-inner-steps", ("outside-domain", edited(inner, *count, value=101))
    yield "atlas-fewer-inner-steps", ("not-trapped", edited(inner, *count, value=2))
    yield "atlas-steps-below-half", ("wrong-rule", _both(inner, "c2", "z2.11155.11147"))
    yield "atlas-steps-called-exact", ("orbit-lost", _without(steps, "step_size"))


def _without(document: Json, key: str) -> Json:
    kept = {name: value for name, value in document["statement"].items() if name != key}
    return {**document, "statement": kept}


def _chaotic() -> Json:
    """A square in the chaotic wedge."""
    return at("838/512", "-4684/512", "f", "t400aa")
