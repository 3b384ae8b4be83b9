"""Certificates of kind "contours"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil
from typing import Any

from ...builder import Json, certificate
from ...committed import committed
from ...edits import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, Bad, edited
from ...truth import mp, number, omega, slope
from ..atlas.corpus import at, drawn

GRAIN, SAMPLES = 1024, 8
LEVELS = ["0.002", "0.01", "0.1", "0.5", "0.9", "0.99"]
WINDOW = ("-1", "2"), ("-7", "3")
CLIMBS = "^^<^<u^du<^<ud<uduu<^<^<uduuuuu", "e1e1e1e1"


def contours(
    variant: Json,
    eps: str,
    rectangle: Any = WINDOW,
    levels: list[str] = LEVELS,
    parts: int = 12,
    parting: str = "u",
    proofs: str = "",
    alpha: str = "1",
) -> Json:
    """Contours over a rectangle in equal columns; strips by 60 digits, with a little room."""
    grid, edges = _grid(Fraction(rectangle[1][0]), levels), _edges(rectangle, parts)
    lines = _lines(variant, eps, grid)
    bounds = [_bounds(lines, levels, number(alpha) * mp.exp(_real(edge))) for edge in edges]
    statement = _statement(variant, eps, rectangle, levels, edges, bounds, parting, alpha)
    return certificate(
        statement, {"rule": "columns", "bits": 64, "grid": [str(x) for x in grid], "proofs": proofs}
    )


def k3_contours(
    variant: Json, eps: str, rectangle: Any = WINDOW, levels: list[str] = LEVELS, parts: int = 12
) -> Json:
    """Those under k3, each level's by its formula."""
    edges = _edges(rectangle, parts)
    bounds = [2 * [_references(variant, eps, levels, mp.exp(_real(edge)))] for edge in edges]
    statement = _statement(variant, eps, rectangle, levels, edges, bounds, "u", "1")
    return certificate({**statement, "kl": "k3"}, {"rule": "levels", "bits": 64})


def _references(variant: Json, eps: str, levels: list[str], beta: Any) -> list[Any]:
    """Of each level the log-odds of p_ref at which it is the fixed point; far below where there is none."""
    found = []
    for level in map(number, levels):
        p_ref = level - level * (1 - level) * omega(variant, mp.log(level / (1 - level)), number(eps)) / beta
        found.append(mp.log(p_ref / (1 - p_ref)) if p_ref > 0 else mp.mpf(-100))
    return found


def _edges(rectangle: Any, parts: int) -> list[Fraction]:
    left, right = (Fraction(end) for end in rectangle[0])
    edges = [left + (right - left) * k / parts for k in range(parts + 1)]
    return [Fraction(round(edge * GRAIN), GRAIN) for edge in edges]


def _statement(
    variant: Json,
    eps: str,
    rectangle: Any,
    levels: list[str],
    edges: list[Fraction],
    bounds: list[Any],
    parting: str,
    alpha: str,
) -> Json:
    base = drawn(variant, eps, rectangle, "u", "", alpha=alpha)["statement"]
    bottom, top = (Fraction(end) for end in rectangle[1])
    columns = [
        (edge, [_strip(low, high, bottom, top) for low, high in zip(before[0], after[1], strict=True)])
        for edge, (before, after) in zip(edges[1:], pairwise(bounds), strict=True)
    ]
    return {
        **{key: base[key] for key in ("variant", "parameters", "log_beta", "logit_p_ref")},
        "kind": "contours",
        "levels": levels,
        "columns": "".join(_written(edge, strips, bottom, top) for edge, strips in columns),
        "undecided": str(_share(columns, rectangle)),
        "parting": parting,
    }


def _real(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def _logit(level: str) -> Any:
    return mp.log(number(level) / (1 - number(level)))


def _grid(bottom: Fraction, levels: list[str]) -> list[Fraction]:
    near = [Fraction(int(mp.floor(_logit(level) * 2**20)) + k, 2**20) for level in levels for k in (0, 1)]
    steps = int((max(near[-1], bottom) - bottom) * 12) + 2
    return sorted({*near, *(bottom + Fraction(k, 12) for k in range(steps)), Fraction(0)})


def _lines(variant: Json, eps: str, grid: list[Fraction]) -> list[tuple[Any, Any, Any]]:
    """Of each point: L, Omega, and a bound of Omega around it from below, as in lemma 44."""
    spare = [mp.mpf(0)]
    for low, high in pairwise(map(_real, grid)):
        slopes = [slope(variant, low + (high - low) * k / SAMPLES, number(eps)) for k in range(SAMPLES + 1)]
        spare.append((max(slopes) - min(slopes)) * (high - low) / 4 * mp.mpf("1.05"))
    spare.append(mp.mpf(0))
    found = []
    for x, before, after in zip(map(_real, grid), spare, spare[1:], strict=False):
        value = omega(variant, x, number(eps))
        found.append((x, value, value - max(before, after)))
    return found


def _bounds(lines: list[tuple[Any, Any, Any]], levels: list[str], weight: Any) -> tuple[list[Any], list[Any]]:
    """At one log beta, for each level: what f reaches up to it, and what it does not exceed there."""
    reached, bounded = [], []
    for level in map(_logit, levels):
        reached.append(max((x - value / weight for x, value, _ in lines if x <= level), default=-mp.inf))
        beyond = next(k for k, line in enumerate(lines) if line[0] >= level)
        bounded.append(max(x - lowered / weight for x, _, lowered in lines[: beyond + 1]))
    return reached, bounded


def _strip(low: Any, high: Any, bottom: Fraction, top: Fraction) -> tuple[int, int]:
    least, most = int(bottom * GRAIN), int(top * GRAIN)
    below, above = int(mp.floor(max(low, -100) * GRAIN)) - 1, int(mp.ceil(high * GRAIN)) + 1
    return min(max(below, least), most), min(max(above, least), most)


def _written(edge: Fraction, strips: list[tuple[int, int]], bottom: Fraction, top: Fraction) -> str:
    least, most = int(bottom * GRAIN), int(top * GRAIN)
    below = sum(strip == (least, least) for strip in strips)
    own = [(low, high) for low, high in strips[below:] if (low, high) != (most, most)]
    return f"{int(edge * GRAIN)}:{below}{''.join(f',{low}/{high - low}' for low, high in own)};"


def _share(columns: list[tuple[Fraction, list[tuple[int, int]]]], rectangle: Any) -> Fraction:
    """The share in strips, by their union in units of a grain."""
    (left, right), (bottom, top) = ([Fraction(end) for end in side] for side in rectangle)
    area = Fraction(0)
    for edge, strips in columns:
        covered = {y for low, high in strips for y in range(low, high)}
        area += (edge - left) * Fraction(len(covered), GRAIN)
        left = edge
    share = area / ((right - Fraction(rectangle[0][0])) * (top - bottom))
    return Fraction(ceil(share * 10**6), 10**6)


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "contours": contours(MEAN_VAR, "1e-5", parting=CLIMBS[0], proofs=CLIMBS[1]),
        "contours-group-8": contours(GROUP_8, "1e-4", (("-4", "1"), ("-6", "2"))),
        "contours-mean-std": contours(MEAN_STD, "0.001", (("1/2", "3/2"), ("-3", "4")), parts=5, alpha="0.5"),
        "contours-mean": contours(MEAN, "1e-4", (("-2", "3"), ("-5", "1")), parts=7),
        "contours-k3": k3_contours(MEAN_VAR, "1e-5"),
        "contours-k3-group-8": k3_contours(GROUP_8, "1e-4", (("-8", "-2"), ("-6", "4")), parts=9),
        "contours-two-turns": _square("1028/1024", "-6963/1024", "c2", "d15ab"),
        "contours-trap": _square("695/1024", "-6052/1024", "c2", "t9da"),
        "contours-four": _square("927/1024", "-7139/1024", "c4", "n2ca"),
        "contours-repelling": _square("3650/2048", "-16408/2048", "c2", "z2.11155.11147"),
    }


def _square(x: str, y: str, node: str, proof: str) -> Json:
    """One column of one level around a cycle of the corpus of atlases."""
    base = at(x, y, node, proof)["statement"]
    return contours(
        MEAN_VAR, "1e-5", (base["log_beta"], base["logit_p_ref"]), ["0.5"], 1, parting=node, proofs=proof
    )


STRIP = re.compile(r",(-?[0-9]+)/([0-9]+)")
COLUMNS, PARTING, PROOFS = ("statement", "columns"), ("statement", "parting"), ("evidence", "proofs")


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_columns(), *_bad_grids(), *_bad_partings(), *_bad_k3()])


def _moved(document: Json, which: int, by: int, wider: int) -> Json:
    """The strip of that number, of all, moved and made wider."""
    text = document["statement"]["columns"]
    strip = list(STRIP.finditer(text))[which]
    low, width = map(int, strip.groups())
    changed = f"{text[: strip.start()]},{low + by}/{width + wider}{text[strip.end() :]}"
    return edited(document, *COLUMNS, value=changed)


def _bad_columns() -> Bad:
    good = committed()["contours"]
    text = good["statement"]["columns"]
    first = text.index(";") + 1
    yield "contours-strip-too-high", ("contour-not-proved", _moved(good, -4, 40, -40))
    yield "contours-strip-too-low", ("contour-not-proved", _moved(good, -4, 0, -40))
    yield (
        "contours-column-dropped",
        ("tree-unfinished", edited(good, *COLUMNS, value=text[:-1].rpartition(";")[0] + ";")),
    )
    yield "contours-column-twice", ("count-mismatch", edited(good, *COLUMNS, value=text[:first] + text))
    yield "contours-no-columns", ("tree-unfinished", edited(good, *COLUMNS, value=""))
    yield "contours-strange-text", ("tree-node", edited(good, *COLUMNS, value="x" + text))
    yield "contours-strips-out-of-order", ("unordered-cells", _moved(good, -4, -4000, 0))
    yield "contours-more-strips-than-levels", (
        "count-mismatch", edited(good, *COLUMNS, value=text.replace(":", ":9", 1))
    )  # fmt: skip
    yield (
        "contours-area-understated",
        ("count-mismatch", edited(good, "statement", "undecided", value="0.01")),
    )
    yield "contours-level-of-one", ("outside-domain", edited(good, "statement", "levels", 5, value="1"))
    yield "contours-levels-descend", ("outside-domain", edited(good, "statement", "levels", 5, value="0.8"))
    yield "contours-range-of-eps", (
        "outside-domain", edited(good, "statement", "parameters", "eps", value=["1e-5", "2e-5"])
    )  # fmt: skip
    yield (
        "contours-alpha-zero",
        ("alpha-reaches-zero", edited(good, "statement", "parameters", "alpha", value="0")),
    )
    yield "contours-beside-their-range", (
        "outside-domain", edited(good, "statement", "parameters", "beta", value=["0.1", "2"])
    )  # fmt: skip
    yield "contours-of-a-smaller-eps", (
        "contour-not-proved", edited(good, "statement", "parameters", "eps", value="1e-3")
    )  # fmt: skip


def _bad_k3() -> Bad:
    """Another KL is another map, and says nothing of the exact iteration."""
    good, plain = committed()["contours-k3"], committed()["contours"]
    yield "contours-k3-strip-too-high", ("contour-not-proved", _moved(good, -4, 40, -40))
    yield "contours-k3-strip-too-low", ("contour-not-proved", _moved(good, -4, 0, -40))
    yield "contours-k3-called-plain", ("bad-value", _of_kl(good, None))
    yield "contours-called-k3", ("outside-domain", _of_kl(plain, "k3"))
    yield "contours-of-another-kl", ("bad-value", _of_kl(good, "k2"))
    yield "contours-k3-alpha", (
        "outside-domain", edited(good, "statement", "parameters", "alpha", value="0.5")
    )  # fmt: skip
    yield "contours-k3-parting", ("outside-domain", edited(good, *PARTING, value="d"))
    yield "contours-k3-by-columns", ("bad-value", edited(good, "evidence", "rule", value="columns"))
    yield "contours-k3-not-concave", (
        "missing-fact", edited(good, "statement", "variant", value={"contrast": "group-loo", "group_size": 5})
    )  # fmt: skip


def _of_kl(document: Json, kl: str | None) -> Json:
    statement = {key: value for key, value in document["statement"].items() if key != "kl"}
    return {**document, "statement": statement if kl is None else {**statement, "kl": kl}}


def _bad_grids() -> Bad:
    good = committed()["contours-mean"]
    grid = good["evidence"]["grid"]
    yield "contours-grid-begins-late", ("left-tail", edited(good, "evidence", "grid", value=grid[3:]))
    yield (
        "contours-grid-ends-early",
        ("limit-not-enclosed", edited(good, "evidence", "grid", value=grid[:-4])),
    )
    yield "contours-grid-descends", ("unordered-cells", edited(good, "evidence", "grid", value=grid[::-1]))
    coarse = committed()["contours"]
    few = [x for k, x in enumerate(coarse["evidence"]["grid"]) if k % 9 == 0 or k > 110]
    yield "contours-grid-too-coarse", ("contour-not-proved", edited(coarse, "evidence", "grid", value=few))


def _bad_partings() -> Bad:
    valid = committed()
    good, trap = valid["contours"], valid["contours-trap"]
    yield (
        "contours-climb-called-cycle",
        ("wrong-rule", edited(good, *PARTING, value=CLIMBS[0].replace("d", "c2"))),
    )
    yield "contours-cycle-called-climb", ("wrong-rule", edited(trap, *PARTING, value="d"))
    yield "contours-parting-proof-dropped", ("count-mismatch", edited(good, *PROOFS, value=CLIMBS[1][:-2]))
    yield "contours-parting-strange-token", ("tree-node", edited(good, *PARTING, value="f"))
    yield "contours-parting-period-one", ("outside-domain", edited(trap, *PARTING, value="c1"))
    yield (
        "contours-parting-unfinished",
        ("tree-unfinished", edited(valid["contours-mean"], *PARTING, value="<u")),
    )
    yield "contours-cycle-of-three", ("points-not-apart", edited(trap, *PARTING, value="c4"))
    above = contours(MEAN_VAR, "1e-5", (("-3", "-5/2"), ("-1", "-1/2")), ["0.5"], 1, parting="d", proofs="e1")
    yield "contours-no-overshoot", ("contour-not-proved", above)
    group = contours(GROUP_8, "1e-4", (("0", "1"), ("-2", "-1")), ["0.5"], 1, parting="d", proofs="e1")
    yield "contours-no-climb", ("not-monotone", group)
