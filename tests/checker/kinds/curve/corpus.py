"""Certificates of kind "curve", built from the definitions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from ...builder import Json, certificate, decimal
from ...committed import committed
from ...edits import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, Bad, edited
from ...truth import mp, number, omega, slope

SAMPLES = 8
SLACK = mp.mpf("0.01")
BITS = 64


def window(eps: str, beta: list[str], p_ref: list[str], alpha: str = "1") -> Json:
    """The parameters of a curve."""
    return {"alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}


def place(name: str, variant: Json, parameters: Json, x: Any, step: str | None = None) -> tuple[Any, Any]:
    """(beta, L_ref) of a curve at L = x, from the definitions: T(x) = x and T' = 1 or -1 there, or T(0) = 0
    at L_ref = x; of a step, 1 + step (slope - alpha beta) = -1."""
    alpha, eps = number(parameters["alpha"]), number(parameters["eps"])
    if name == "settling":
        return omega(variant, mp.mpf(0), eps) / (-alpha * x), x
    beta = slope(variant, x, eps) / (-(2 - alpha) if name == "flip" else alpha)
    if step is not None:
        beta = (2 / number(step) + slope(variant, x, eps)) / alpha
    return beta, x - omega(variant, x, eps) / (alpha * beta) if beta else -mp.inf


def curve(name: str, variant: Json, parameters: Json, cuts: list[Fraction], step: str | None = None) -> Json:
    """Cells between the cuts; those whose box may meet the window are pieces."""
    sides = (
        [mp.log(number(end)) for end in parameters["beta"]],
        [mp.log(number(end) / (1 - number(end))) for end in parameters["p_ref"]],
    )
    cells, pieces = [], []
    for cell in pairwise(cuts):
        box = _box(name, variant, parameters, cell, step)
        meets = all(low <= side[1] and high >= side[0] for (low, high), side in zip(box, sides, strict=True))
        cells.append({"end": str(cell[1]), "rule": "piece" if meets else "outside"})
        if meets:
            across, up = ([decimal(low), decimal(high, up=True)] for low, high in box)
            pieces.append({"logit": [str(end) for end in cell], "log_beta": across, "logit_p_ref": up})
    statement = {"kind": "curve", "curve": name, "variant": variant, "parameters": parameters}
    evidence = {"rule": "cells", "bits": BITS, "start": str(cuts[0]), "cells": cells}
    size = {} if step is None else {"step_size": step}
    return certificate({**statement, **size, "pieces": pieces}, evidence)


def _box(
    name: str, variant: Json, parameters: Json, cell: tuple[Fraction, Fraction], step: str | None
) -> Any:
    """Bounds of log beta and L_ref as the checker finds them, a little wider."""
    alpha, eps = number(parameters["alpha"]), number(parameters["eps"])
    low, high = (number(str(end)) for end in cell)
    points = [low + (high - low) * k / SAMPLES for k in range(SAMPLES + 1)]
    betas = [
        mp.inf if name == "settling" and not x else place(name, variant, parameters, x, step)[0]
        for x in points
    ]
    least, most = min(betas) * (1 - SLACK), max(betas) * (1 + SLACK)
    across = (mp.log(least) if least > 0 else -mp.inf, mp.log(most) if most > 0 else -mp.inf)
    if name == "settling":
        return across, (low, high)
    omegas = [omega(variant, x, eps) for x in points]
    lower = low - max(omegas) / (alpha * least) if least > 0 else -mp.inf
    return across, (lower, high - min(omegas) / (alpha * most) if most > 0 else -mp.inf)


def cusp(variant: Json, parameters: Json, near: str, radius: str = "1e-6") -> Json:
    """The cusp at the largest slope, found by thirds."""
    low, high, eps = number(near) - 1, number(near) + 1, number(parameters["eps"])
    for _ in range(200):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        first = slope(variant, left, eps) < slope(variant, right, eps)
        low, high = (left, high) if first else (low, right)
    beta, reference = place("fold", variant, parameters, low)
    margin = number(radius)
    ends = decimal(low - margin), decimal(low + margin, up=True)
    wide = {
        "beta": [decimal(beta * (1 - 10 * margin)), decimal(beta * (1 + 10 * margin), up=True)],
        "p_ref": [
            decimal(1 / (1 + mp.exp(-(reference + sign * 100 * margin))), up=sign > 0) for sign in (-1, 1)
        ],
    }
    statement = {"kind": "curve", "curve": "cusp", "variant": variant, "parameters": {**parameters, **wide}}
    evidence = {"rule": "peak", "bits": BITS, "middle": decimal(low)}
    return certificate({**statement, "logit": list(ends)}, evidence)


def steps(start: str, end: str, step: str) -> list[Fraction]:
    """Cuts at equal distances."""
    low, high, width = Fraction(start), Fraction(end), Fraction(step)
    return [low + k * width for k in range(int((high - low) / width) + 1)]


HIGH = window("1e-3", ["1", "8"], ["0.1", "0.9"])
LOW = window("1e-3", ["1", "8"], ["0.001", "0.1"])
MIDDLE = window("1e-3", ["0.5", "4"], ["0.3", "0.7"])
UPPER = window("1e-3", ["1", "8"], ["0.6", "0.9"])
MIRRORED = window("1e-3", ["1", "8"], ["0.001", "0.1"], "0.9")
STEPPED = window("1e-3", ["1", "4"], ["1e-4", "0.1"], "0.9")
GROUPS = window("1e-4", ["0.15", "0.5"], ["1e-4", "0.1"])
GROUPS_MIRRORED = {**GROUPS, "alpha": "0.9"}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "curve-fold": curve("fold", MEAN_VAR, HIGH, [*steps("0", "14", "1/4"), Fraction(34)]),
        "curve-fold-mean": curve("fold", MEAN, HIGH, [Fraction(0), Fraction(34)]),
        "curve-fold-group": curve("fold", GROUP_8, GROUPS, [*steps("0", "4", "1/8"), Fraction(30)]),
        "curve-flip": curve("flip", MEAN_VAR, LOW, steps("-7", "0", "1/4")),
        "curve-flip-two-weights": curve("flip", MEAN_STD, MIRRORED, steps("-7", "0", "1/4")),
        "curve-flip-above-one-half": curve("flip", MEAN_VAR, UPPER, [Fraction(0)]),
        "curve-flip-of-a-step": curve("flip", MEAN_VAR, STEPPED, steps("-10", "0", "1/8"), "1/4"),
        "curve-settling": curve("settling", MEAN_VAR, MIDDLE, steps("-1", "0", "1/8")),
        "curve-settling-two-weights": curve("settling", GROUP_8, GROUPS_MIRRORED, steps("-10", "-2", "1/2")),
        "curve-cusp": cusp(MEAN_VAR, HIGH, "6.2"),
        "curve-cusp-group": cusp(GROUP_8, GROUPS, "1.47"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_cells(), *_bad_boxes(), *_bad_statements(), *_bad_cusps()])


PIECES, CELLS = ("statement", "pieces"), ("evidence", "cells")


def _bad_cells() -> Bad:
    fold, flip = committed()["curve-fold"], committed()["curve-flip"]
    pieces, cells = fold["statement"]["pieces"], fold["evidence"]["cells"]
    last = max(i for i, cell in enumerate(cells) if cell["rule"] == "piece")
    yield "curve-piece-dropped", ("count-mismatch", edited(fold, *PIECES, value=pieces[:-1]))
    without = edited(edited(fold, *PIECES, value=pieces[:-1]), *CELLS, last, "rule", value="outside")
    yield "curve-part-called-outside", ("cell-not-empty", without)
    yield "curve-cells-end-early", ("logit-range-right", edited(fold, *CELLS, value=cells[:-1]))
    yield "curve-cells-start-late", ("logit-range-left", edited(fold, "evidence", "start", value="1/8"))
    later = flip["evidence"]["cells"][2:]
    cut = edited(edited(flip, *CELLS, value=later), "evidence", "start", value="-13/2")
    yield "curve-flip-cells-start-late", ("logit-range-left", cut)
    cut = edited(flip, *CELLS, value=flip["evidence"]["cells"][:-1])
    yield "curve-flip-cells-end-early", ("logit-range-right", cut)
    yield "curve-cells-unordered", ("unordered-cells", edited(fold, *CELLS, 3, "end", value="1/2"))
    yield (
        "curve-flip-beyond-one-half",
        (
            "outside-domain",
            edited(flip, *CELLS, value=[*flip["evidence"]["cells"], {"end": "1", "rule": "outside"}]),
        ),
    )
    yield "curve-fold-below-one-half", ("outside-domain", edited(fold, "evidence", "start", value="-1"))


def _bad_boxes() -> Bad:
    fold, settling = committed()["curve-fold"], committed()["curve-settling"]
    box = fold["statement"]["pieces"][4]
    for axis in ("log_beta", "logit_p_ref"):
        low, high = (Fraction(end) for end in box[axis])
        shift = (high - low) / 8
        for word, ends in (("below", (low - shift, high - shift)), ("above", (low + shift, high + shift))):
            moved = edited(fold, *PIECES, 4, axis, value=[str(end) for end in ends])
            yield f"curve-box-{word}-in-{axis.replace('_', '-')}", ("curve-not-enclosed", moved)
    narrow = edited(settling, *PIECES, 0, "logit_p_ref", value=["-15/16", "-7/8"])
    yield "curve-settling-box-beside", ("curve-not-enclosed", narrow)
    first = {"logit": ["0", "1/4"], "log_beta": ["-9", "9"], "logit_p_ref": ["-1000000", "9"]}
    reaching = edited(fold, *PIECES, value=[first, *fold["statement"]["pieces"]])
    yield (
        "curve-box-of-slopes-down-to-zero",
        (
            "curve-not-enclosed",
            edited(reaching, *CELLS, 0, "rule", value="piece"),
        ),
    )


def _bad_statements() -> Bad:
    fold, flip = committed()["curve-fold"], committed()["curve-flip"]
    pieces, parameters = fold["statement"]["pieces"], ("statement", "parameters")
    swapped = edited(fold, *PIECES, value=[pieces[1], pieces[0], *pieces[2:]])
    yield "curve-pieces-unordered", ("unordered-cells", swapped)
    stepped, size = committed()["curve-flip-of-a-step"], ("statement", "step_size")
    yield "curve-flip-of-another-step", ("curve-not-enclosed", edited(stepped, *size, value="1/5"))
    yield "curve-flip-of-a-long-step", ("outside-domain", edited(stepped, *size, value="1"))
    yield "curve-flip-of-no-step", ("outside-domain", edited(stepped, *size, value="0"))
    yield "curve-fold-of-a-step", ("unknown-key", edited(fold, *size, value="1/8"))
    whole = {key: value for key, value in stepped["statement"].items() if key != "step_size"}
    yield "curve-flip-not-of-a-step", ("cell-not-empty", {**stepped, "statement": whole})
    yield "curve-fold-called-flip", ("outside-domain", edited(fold, "statement", "curve", value="flip"))
    yield (
        "curve-flip-called-settling",
        (
            "curve-not-enclosed",
            edited(flip, "statement", "curve", value="settling"),
        ),
    )
    yield "curve-of-another-eps", ("cell-not-empty", edited(fold, *parameters, "eps", value="1e-2"))
    yield (
        "curve-in-a-wider-window",
        ("cell-not-empty", edited(fold, *parameters, "p_ref", value=["0.001", "0.9"])),
    )
    yield "curve-range-of-eps", ("outside-domain", edited(fold, *parameters, "eps", value=["1e-3", "2e-3"]))
    yield "curve-alpha-zero", ("alpha-reaches-zero", edited(fold, *parameters, "alpha", value="0"))


def _bad_cusps() -> Bad:
    good = committed()["curve-cusp"]
    middle = Fraction(good["evidence"]["middle"])
    radius = Fraction(1, 10**6)
    for word, centre in (("before", middle - 2 * radius), ("behind", middle + 2 * radius)):
        ends = [str(centre - radius), str(centre + radius)]
        beside = edited(
            edited(good, "statement", "logit", value=ends), "evidence", "middle", value=str(centre)
        )
        yield f"cusp-{word}", ("cusp-not-proved", beside)
    outside = edited(good, "evidence", "middle", value=str(middle + 9 * radius))
    yield "cusp-middle-outside", ("outside-domain", outside)
    for axis, ends in (
        ("beta", ["5.9", "6"]),
        ("beta", ["6.1", "6.2"]),
        ("p_ref", ["0.5", "0.6"]),
        ("p_ref", ["0.99", "0.999"]),
    ):
        beside = edited(good, "statement", "parameters", axis, value=ends)
        yield f"cusp-{axis.replace('_', '-')}-beside-{ends[0]}", ("curve-not-enclosed", beside)
