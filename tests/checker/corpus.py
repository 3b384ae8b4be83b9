"""The fixtures of the checker, and the code expected of each.

accepted/ holds valid certificates, as they are committed in tests/certificates: `python -m
tests.checker.corpus`, from the repository's root, writes them. rejected/ are certificates with a right digest
that must not pass, malformed/ is what is no certificate of this format: both are made here, from accepted
ones, while the tests run.
"""

from __future__ import annotations

import atexit
import copy
import json
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from . import (
    atlas_corpus,
    budget_corpus,
    chaos_corpus,
    classes_corpus,
    clipping_corpus,
    contours_corpus,
    curve_corpus,
    flow_corpus,
    k3_corpus,
    k3_steps_corpus,
    limit_corpus,
    passage_corpus,
    pull_steps_corpus,
    region_corpus,
    small_steps_corpus,
    trajectory_corpus,
    verifiers_corpus,
    written_corpus,
)
from .builder import (
    Json,
    certificate,
    encode,
    fixed_point_certificate,
    region_certificate,
    seal,
    spot,
    tree_certificate,
    witness_certificate,
)
from .committed import FOLDER as FOLDER
from .committed import committed
from .truth import fixed_points

accepted = committed
MEAN_VAR = {"contrast": "mean-var"}
MEAN_STD = {"contrast": "mean-std"}
MEAN = {"contrast": "mean"}
WIDE_BOX = {"beta": ["61", "100"], "eps": ["1e-5", "1e-4"], "p_ref": ["0.001", "0.9999"]}
BRACKET = ("statement", "fixed_points", 0)
LOW_BOX = {"beta": ["50", "100"], "eps": "1e-5", "p_ref": ["0.001", "0.9999"]}


def at(beta: Any, eps: Any, p_ref: Any, alpha: Any = "1") -> Json:
    return {"alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}


# one fixed point near L = -2 with a multiplier below -1: unique, but no contraction
FLIPPED = at(["0.2", "0.201"], "0.1", ["2e-6", "2.1e-6"])


def group(size: int, ddof: int) -> Json:
    return {"contrast": "group", "group_size": size, "ddof": ddof}


def identity(variables: list[str], left: Any, right: Any) -> Json:
    statement = {"kind": "identity", "variables": variables, "left": left, "right": right}
    return certificate(statement, {"rule": "grid"})


def inequality(box: Json, expression: Any, relation: str, nodes: list[list[str]]) -> Json:
    statement = {"kind": "inequality", "box": box, "expression": expression, "relation": relation}
    return certificate(statement, {"rule": "tree", "bits": 64, "nodes": nodes})


NOT_CARRIED = "formal part established; verdict not carried"


def paper(verdict: str, parts: list[tuple[str, str, Json]], **fields: Any) -> Json:
    """A statement under the name of one of the paper's, that nobody has read."""
    numbers = list(range(1, len(parts) + 1))
    statement = {
        "kind": "paper-statement",
        "item": "theorem-3-case-1",
        "title": "success amplification",
        "paper": "p* > p_ref",
        "suite": "every fixed point exceeds p_ref, by a margin",
        "not_proved": "that the sequence converges",
        "verdict": verdict,
        "given": [],
        "parts": [{"role": role, "text": text, "claim": part["statement"]} for role, text, part in parts],
        "steps": [
            {
                "text": "the first part is the theorem on a box",
                "parts": numbers,
                "because": {"rule": "restates"},
            }
        ],
        "conclusions": [{"of": "claim", "range": "numbers", "text": "the theorem on a box", "steps": [1]}],
        **fields,
    }
    return certificate(statement, {"rule": "parts", "parts": [part["evidence"] for _, _, part in parts]})


def of_the_paper(name: str) -> Json:
    """A committed certificate of one of the paper's statements, without its digest."""
    document: Json = json.loads((FOLDER.parents[1] / "reports" / "certificates" / f"{name}.json").read_text())
    del document["digest"]
    return document


def lemma_3_mean_var() -> Json:
    """The derivative of the slope, as in the checker's lemma 3."""
    one_minus_s = ["-", "1", "s"]
    w = ["+", one_minus_s, ["*", "4", "eps"]]
    left = ["+", ["*", one_minus_s, w], ["*", "-2", "s", w], ["*", "3", "s", one_minus_s]]
    right = ["-", ["+", "1", ["*", "4", "eps"]], ["*", ["+", "1", ["*", "12", "eps"]], "s"]]
    return identity(["s", "eps"], left, right)


def lemma_3_mean_std() -> Json:
    """The same for the standard deviation outside the root."""
    s2 = ["^", "s", "2"]
    d2 = ["-", "1", ["*", "4", s2]]
    w = ["+", "s", "eps"]
    left = ["+", ["*", "-4", s2, w], ["*", d2, w], ["*", "-2", "s", d2]]
    return identity(["s", "eps"], left, ["-", "eps", ["+", "s", ["*", "8", "eps", s2]]])


def bmax_identity() -> Json:
    """B(s)^2 at its peak is 1/(27 eps (1+4 eps)^2)."""
    s = ["/", ["+", "1", ["*", "4", "eps"]], ["+", "1", ["*", "12", "eps"]]]
    left = ["/", ["*", s, ["^", ["-", "1", s], "2"]], ["^", ["+", ["-", "1", s], ["*", "4", "eps"]], "3"]]
    right = ["*", "1/27", ["^", "eps", "-1"], ["^", ["+", "1", ["*", "4", "eps"]], "-2"]]
    return identity(["eps"], left, right)


@cache
def drawn_up() -> dict[str, Json]:
    """Valid certificates by name, from the definitions."""
    amplification = region_certificate(
        "amplification", MEAN_VAR, at(["0.001", "100"], ["1e-6", "1"], ["0.001", "0.999"]), margin="0.008"
    )
    unique_witness = _uniqueness_witness(at(["4", "60"], "1e-5", ["0.2", "0.4"]), at("5", "1e-5", "0.3"))
    contraction_witness = _contraction_witness(at(**LOW_BOX))
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
        "amplification": amplification,
        "amplification-group": region_certificate(
            "amplification",
            group(4, 0),
            at(["0.1", "1"], ["1e-4", "0.1"], ["0.1", "0.9"], ["0.5", "1"]),
            margin="1",
        ),
        "amplification-two-weights": region_certificate(
            "amplification", MEAN, at(["1", "2"], "1e-4", ["0.1", "0.9"], ["0.5", "0.8"]), margin="5/8"
        ),
        "contraction-closed-form": region_certificate("contraction", MEAN_VAR, at(**WIDE_BOX)),
        "contraction-closed-form-rate": region_certificate(
            "contraction", MEAN_VAR, at(**WIDE_BOX), rate="0.999"
        ),
        "contraction-mean": region_certificate(
            "contraction", MEAN, at(**WIDE_BOX, alpha=["0.2", "0.5"]), rate="0.8"
        ),
        "contraction-tree": tree_certificate(
            "contraction", MEAN_STD, at(["0.5", "0.6"], ["0.01", "0.02"], ["0.9", "0.95"]), rate="0.9"
        ),
        "contraction-tree-group": tree_certificate(
            "contraction",
            group(16, 1),
            at(["0.15", "0.152"], ["0.01", "0.02"], ["1e-5", "2e-5"], ["0.9", "1"]),
        ),
        "contraction-witness": contraction_witness,
        "uniqueness-closed-form": region_certificate("uniqueness", MEAN_VAR, at(**WIDE_BOX)),
        "uniqueness-closed-form-mean-std": region_certificate(
            "uniqueness", MEAN_STD, at(["1.227", "2"], ["0.1", "1"], ["0.1", "0.9"])
        ),
        "uniqueness-tree": tree_certificate(
            "uniqueness", MEAN_VAR, at(["0.5", "0.6"], ["0.001", "0.002"], ["0.5", "0.55"])
        ),
        "uniqueness-tree-below-one-half": tree_certificate("uniqueness", MEAN_VAR, FLIPPED),
        "uniqueness-witness": unique_witness,
        "identity-lemma-3-mean-var": lemma_3_mean_var(),
        "identity-lemma-3-mean-std": lemma_3_mean_std(),
        "identity-bmax": bmax_identity(),
        "inequality-box": inequality(
            {"x": ["0", "1"], "y": ["1", "2"]},
            ["+", ["*", "x", ["-", "x", "1"]], ["log", ["+", "y", ["exp", "x"]]]],
            ">",
            [["split", "x", "0.5"], ["leaf"], ["split", "y", "3/2"], ["leaf"], ["leaf"]],
        ),
        "inequality-point": inequality({"x": "1/2"}, ["-", ["cosh", "x"], ["sqrt", "2"]], "<", [["leaf"]]),
        "paper-statement": of_the_paper("abstract-amplification"),
        "paper-statement-fails": of_the_paper("abstract-convergence"),
        "paper-statement-assumes": of_the_paper("v7-absorbing"),
        "paper-statement-misprint": of_the_paper("lemma-4"),
        "paper-statement-not-carried": paper(
            NOT_CARRIED,
            [
                ("supports", "the margin", amplification),
                ("supports", "the slope has one peak", lemma_3_mean_var()),
            ],
        ),
        **limit_corpus.accepted(),
        **atlas_corpus.accepted(),
        **contours_corpus.accepted(),
        **chaos_corpus.accepted(),
        **curve_corpus.accepted(),
        **region_corpus.accepted(),
        **k3_corpus.accepted(),
        **small_steps_corpus.accepted(),
        **passage_corpus.accepted(),
        **written_corpus.accepted(),
        **k3_steps_corpus.accepted(),
        **pull_steps_corpus.accepted(),
        **clipping_corpus.accepted(),
        **trajectory_corpus.accepted(),
        **flow_corpus.accepted(),
        **budget_corpus.accepted(),
        **classes_corpus.accepted(),
        **verifiers_corpus.accepted(),
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


def _uniqueness_witness(box: Json, point: Json) -> Json:
    found = fixed_point_certificate(MEAN_VAR, point)["statement"]["fixed_points"]
    return witness_certificate("uniqueness", MEAN_VAR, box, point, [found[0]["logit"], found[2]["logit"]])


def _contraction_witness(box: Json) -> Json:
    """At eps 1e-5 the slope is largest at L = 10.82; p_ref makes that very nearly a fixed point."""
    witness = at("50", "1e-5", "0.99923", "1")
    found = fixed_point_certificate(MEAN_VAR, witness, width=0.001)["statement"]["fixed_points"]
    steep = [point["logit"] for point in found if point["stability"] == "repelling"]
    return witness_certificate("contraction", MEAN_VAR, box, witness, steep[:1])


def edited(document: Json, *path: Any, value: Any) -> Json:
    """A copy with the value at a path replaced."""
    document = copy.deepcopy(document)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return document


def without(document: Json, *path: Any) -> Json:
    """A copy with the value at a path left out."""
    document = copy.deepcopy(document)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return document


@cache
def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates with a right digest that must not be accepted: name -> (code, document)."""
    valid = committed()
    return {
        **dict(_bad_fields(valid)),
        **dict(_bad_lines(valid)),
        **dict(_bad_trees(valid)),
        **dict(_bad_regions(valid)),
        **dict(_bad_expressions(valid)),
        **dict(_bad_papers(valid)),
        **limit_corpus.rejected(),
        **atlas_corpus.rejected(),
        **contours_corpus.rejected(),
        **chaos_corpus.rejected(),
        **curve_corpus.rejected(),
        **region_corpus.rejected(),
        **k3_corpus.rejected(),
        **small_steps_corpus.rejected(),
        **passage_corpus.rejected(),
        **written_corpus.rejected(),
        **k3_steps_corpus.rejected(),
        **pull_steps_corpus.rejected(),
        **clipping_corpus.rejected(),
        **trajectory_corpus.rejected(),
        **flow_corpus.rejected(),
        **budget_corpus.rejected(),
        **classes_corpus.rejected(),
        **verifiers_corpus.rejected(),
    }


Bad = Iterator[tuple[str, tuple[str, Json]]]


def _bad_fields(valid: dict[str, Json]) -> Bad:
    good, box = valid["fixed-points-beta-5"], ("statement", "parameters")
    group_8 = valid["fixed-points-group-8"]
    yield "missing-key", ("missing-key", without(good, "statement", "count"))
    yield "missing-kind", ("missing-key", without(good, "statement", "kind"))
    yield "missing-rule", ("missing-key", without(good, "evidence", "rule"))
    yield "unknown-key", ("unknown-key", edited(good, "statement", "note", value="x"))
    yield "unknown-key-provenance", ("unknown-key", edited(good, "provenance", "claim", value="x"))
    yield "unknown-top-key", ("unknown-key", edited(good, "comment", value="x"))
    yield "null", ("wrong-type", edited(good, *box, "beta", value=None))
    yield "boolean-count", ("wrong-type", edited(good, "statement", "count", value=True))
    yield "bare-integer-parameter", ("wrong-type", edited(good, *box, "beta", value=5))
    yield "pair-of-three", ("wrong-type", edited(good, *BRACKET, "p", value=["0", "1", "2"]))
    yield "statement-list", ("wrong-type", edited(good, "statement", value=[]))
    yield "kind-number", ("wrong-type", edited(good, "statement", "kind", value=3))
    yield "unknown-contrast", ("bad-value", edited(good, "statement", "variant", "contrast", value="median"))
    yield "unknown-stability", ("bad-value", edited(good, *BRACKET, "stability", value="neutral"))
    yield "few-bits", ("bad-value", edited(good, "evidence", "bits", value=8))
    yield "no-cells", ("bad-value", edited(good, "evidence", "cells", value=[]))
    yield "unit-fraction", ("bad-number", edited(good, *box, "beta", value="10/2"))
    yield "fraction-over-one", ("bad-number", edited(good, *box, "beta", value="5/1"))
    yield "leading-zero", ("bad-number", edited(good, *box, "beta", value="05"))
    yield "trailing-zero", ("bad-number", edited(good, *box, "beta", value="5.0"))
    yield "minus-zero", ("bad-number", edited(good, *box, "beta", value="-0"))
    yield "plus-sign", ("bad-number", edited(good, *box, "beta", value="+5"))
    yield "not-a-number", ("bad-number", edited(good, *box, "beta", value="nan"))
    yield "infinite", ("bad-number", edited(good, *box, "beta", value="inf"))
    yield "empty-number", ("bad-number", edited(good, *box, "beta", value=""))
    yield "line-break", ("bad-number", edited(good, *box, "beta", value="5\n"))
    yield "foreign-digits", ("bad-number", edited(good, *box, "beta", value="\u0665"))
    yield "huge-exponent", ("huge-number", edited(good, *box, "beta", value="5e20001"))
    yield "huge-exponent-of-p", ("huge-number", edited(good, *BRACKET, "p", value=["1e-1000000000001", "1"]))
    yield "long-number", ("huge-number", edited(good, *box, "beta", value="5" * 30_001))
    yield "huge-log-odds", ("huge-number", edited(good, "evidence", "start", value="-1e13"))
    yield "huge-bracket", ("huge-number", edited(good, *BRACKET, "logit", value=["0", "1e13"]))
    yield "empty-range", ("empty-range", edited(good, *box, "beta", value=["5", "5"]))
    yield "range-reversed", ("empty-range", edited(good, *box, "beta", value=["6", "5"]))
    yield "bracket-of-one-point", ("empty-range", edited(good, *BRACKET, "logit", value=["0.4", "0.4"]))
    for name, axis, value in (
        ("p-ref-zero", "p_ref", "0"),
        ("p-ref-one", "p_ref", "1"),
        ("beta-zero", "beta", "0"),
        ("beta-negative", "beta", "-5"),
        ("eps-zero", "eps", ["0", "1"]),
        ("alpha-above-one", "alpha", "1.5"),
        ("alpha-negative", "alpha", ["-0.5", "1"]),
    ):
        yield name, ("outside-domain", edited(good, *box, axis, value=value))
    for name, axis, value in (
        ("beta-from-zero", "beta", ["0", "5"]),
        ("alpha-beyond-one", "alpha", ["0.5", "1.5"]),
        ("p-ref-from-zero", "p_ref", ["0", "0.5"]),
        ("p-ref-to-one", "p_ref", ["0.5", "1"]),
    ):
        yield name, ("outside-domain", edited(good, *box, axis, value=value))
    yield "variant-with-more", ("unknown-key", edited(good, "statement", "variant", "ddof", value=0))
    yield "mirror-with-more", ("unknown-key", edited(mirror(), "evidence", "bits", value=64))
    yield "group-of-one", ("outside-domain", edited(group_8, "statement", "variant", "group_size", value=1))
    yield "ddof-two", ("outside-domain", edited(group_8, "statement", "variant", "ddof", value=2))
    yield "alpha-reaches-zero", ("alpha-reaches-zero", edited(good, *box, "alpha", value=["0", "1"]))
    for name in ("amplification", "contraction-tree", "uniqueness-closed-form"):
        reaching = edited(valid[name], "statement", "parameters", "alpha", value=["0", "1"])
        yield f"alpha-reaches-zero-{name}", ("alpha-reaches-zero", reaching)
    yield "alpha-zero", ("alpha-reaches-zero", edited(good, *box, "alpha", value="0"))


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


def _bad_trees(valid: dict[str, Json]) -> Bad:
    good, nodes = valid["inequality-box"], ("evidence", "nodes")
    yield "node-empty", ("tree-node", edited(good, *nodes, 1, value=[]))
    yield "node-unknown", ("tree-node", edited(good, *nodes, 1, value=["holds"]))
    yield "leaf-with-more", ("tree-node", edited(good, *nodes, 1, value=["leaf", "x"]))
    yield "split-short", ("tree-node", edited(good, *nodes, 0, value=["split", "x"]))
    yield "split-unknown-axis", ("tree-axis", edited(good, *nodes, 0, value=["split", "z", "0.5"]))
    yield "split-at-the-end", ("tree-cut", edited(good, *nodes, 0, value=["split", "x", "1"]))
    yield "split-at-the-start", ("tree-cut", edited(good, *nodes, 0, value=["split", "x", "0"]))
    yield "split-outside", ("tree-cut", edited(good, *nodes, 0, value=["split", "x", "2"]))
    yield (
        "leaf-too-many",
        ("tree-overrun", edited(good, *nodes, value=[*good["evidence"]["nodes"], ["leaf"]])),
    )
    yield "leaf-missing", ("tree-unfinished", without(good, *nodes, -1))
    yield "no-nodes", ("tree-unfinished", edited(good, *nodes, value=[]))
    yield "leaf-too-coarse", ("leaf-not-proved", edited(good, *nodes, value=[["leaf"]]))
    point = valid["contraction-tree"]
    yield (
        "split-of-a-point",
        ("tree-cut", edited(point, *nodes, value=[["split", "alpha", "0.5"], ["holds"], ["holds"]])),
    )
    yield (
        "split-of-p-ref",
        ("tree-axis", edited(point, *nodes, value=[["split", "p_ref", "0.92"], ["holds"], ["holds"]])),
    )


def _bad_regions(valid: dict[str, Json]) -> Bad:
    good, margin = valid["contraction-closed-form"], valid["amplification"]
    yield "amplification-refuted", ("wrong-rule", edited(margin, "statement", "verdict", value="refuted"))
    yield "margin-too-large", ("margin-not-proved", edited(margin, "statement", "margin", value="0.009"))
    yield "margin-zero", ("outside-domain", edited(margin, "statement", "margin", value="0"))
    yield "rate-one", ("outside-domain", edited(valid["contraction-tree"], "statement", "rate", value="1"))
    yield (
        "rate-of-uniqueness",
        ("unknown-key", edited(valid["uniqueness-tree"], "statement", "rate", value="0.9")),
    )
    yield (
        "beta-below-bmax",
        ("closed-form-fails", edited(good, "statement", "parameters", "beta", value=["60", "100"])),
    )
    yield (
        "eps-too-small",
        ("closed-form-fails", edited(good, "statement", "parameters", "eps", value=["9e-6", "1e-4"])),
    )
    yield (
        "alpha-too-small",
        ("closed-form-fails", edited(good, "statement", "parameters", "alpha", value=["0.9", "1"])),
    )
    rate = valid["contraction-closed-form-rate"]
    yield "rate-too-small", ("closed-form-fails", edited(rate, "statement", "rate", value="0.9"))
    yield "closed-form-of-groups", ("missing-fact", edited(good, "statement", "variant", value=group(8, 0)))
    yield "verdict-swapped", ("wrong-rule", edited(good, "statement", "verdict", value="refuted"))
    yield (
        "witness-as-proof",
        ("wrong-rule", edited(valid["contraction-witness"], "statement", "verdict", value="proved")),
    )
    tree = valid["contraction-tree"]
    low, high = tree["evidence"]["logit"]
    yield "logit-range-too-high", ("logit-range-left", edited(tree, "evidence", "logit", value=["9", high]))
    yield "logit-range-too-low", ("logit-range-right", edited(tree, "evidence", "logit", value=[low, "20"]))
    nowhere = edited(tree, "evidence", "nodes", value=[["excluded"]])
    yield (
        "logit-range-far-above",
        ("logit-range-left", edited(nowhere, "evidence", "logit", value=["1000", "1001"])),
    )
    yield (
        "logit-range-far-below",
        ("logit-range-right", edited(nowhere, "evidence", "logit", value=["-1001", "-1000"])),
    )
    groups = edited(valid["contraction-tree-group"], "evidence", "nodes", value=[["holds"]])
    yield "leaf-of-groups-too-coarse", ("leaf-not-held", groups)
    std = valid["uniqueness-closed-form-mean-std"]
    below = edited(std, "statement", "parameters", "beta", value=["1.226", "2"])
    yield "beta-below-bmax-of-mean-std", ("closed-form-fails", below)
    leaves = [i for i, node in enumerate(tree["evidence"]["nodes"]) if node == ["holds"]]
    yield (
        "leaf-excluded",
        ("leaf-not-excluded", edited(tree, "evidence", "nodes", leaves[0], value=["excluded"])),
    )
    yield "leaves-of-a-smaller-rate", ("leaf-not-held", edited(tree, "statement", "rate", value="1e-9"))
    flipped = edited(valid["uniqueness-tree-below-one-half"], "statement", "kind", value="contraction")
    yield "leaf-with-a-multiplier-below-minus-one", ("leaf-not-held", flipped)
    two_weights = edited(valid["amplification-two-weights"], "statement", "margin", value="0.626")
    yield "margin-too-large-for-two-weights", ("margin-not-proved", two_weights)
    mean = edited(valid["contraction-mean"], "statement", "rate", value="0.799")
    yield "rate-below-one-minus-alpha", ("closed-form-fails", mean)
    other = edited(valid["uniqueness-tree"], "statement", "parameters", "beta", value="0.1")
    yield (
        "tree-of-another-beta",
        (
            "leaf-not-held",
            edited(
                edited(other, "evidence", "logit", value=["0", "1000"]),
                "evidence",
                "nodes",
                value=[["holds"]],
            ),
        ),
    )
    witness = valid["contraction-witness"]
    point, (bracket,) = ("evidence", "parameters"), witness["evidence"]["brackets"]
    yield "witness-outside", ("witness-outside-box", edited(witness, *point, "beta", value="49"))
    narrower = edited(witness, "statement", "parameters", "beta", value=["51", "100"])
    yield "witness-below-the-box", ("witness-outside-box", narrower)
    lower = edited(witness, "statement", "parameters", "beta", value=["40", "49"])
    yield "witness-above-the-box", ("witness-outside-box", lower)
    steep = edited(witness, "evidence", "brackets", value=[["10.83", "10.84"]])
    yield "witness-steep-but-without-a-zero", ("witness-sign", steep)
    yield "witness-of-a-range", ("witness-outside-box", edited(witness, *point, "beta", value=["50", "51"]))
    yield (
        "witness-without-a-zero",
        ("witness-sign", edited(witness, "evidence", "brackets", value=[["20", "21"]])),
    )
    attracting = _uniqueness_witness(at("5", "1e-5", "0.3"), at("5", "1e-5", "0.3"))["evidence"]["brackets"][
        :1
    ]
    tame = witness_certificate(
        "contraction", MEAN_VAR, at("5", "1e-5", "0.3"), at("5", "1e-5", "0.3"), attracting
    )
    yield (
        "witness-attracting",
        ("witness-multiplier", edited(tame, "evidence", "parameters", "p_ref", value="0.3")),
    )
    yield (
        "witness-with-two-brackets",
        (
            "witness-brackets",
            edited(witness, "evidence", "brackets", value=[bracket, ["12", "13"]]),
        ),
    )
    pair = valid["uniqueness-witness"]
    same = pair["evidence"]["brackets"][0]
    yield (
        "witness-twice-the-same",
        ("witness-brackets", edited(pair, "evidence", "brackets", value=[same, same])),
    )
    nothing = edited(witness, "statement", "parameters", "alpha", value=["0", "1"])
    yield "witness-at-alpha-zero", ("alpha-reaches-zero", edited(nothing, *point, "alpha", value="0"))


def _bad_expressions(valid: dict[str, Json]) -> Bad:
    good, left = valid["identity-bmax"], ("statement", "left")
    yield "operator-unknown", ("bad-expression", edited(good, *left, value=["sin", "eps"]))
    yield "function-in-identity", ("bad-expression", edited(good, *left, value=["sqrt", "eps"]))
    yield "sum-of-one", ("bad-expression", edited(good, *left, value=["+", "eps"]))
    yield "difference-of-three", ("bad-expression", edited(good, *left, value=["-", "eps", "eps", "eps"]))
    yield "expression-empty", ("bad-expression", edited(good, *left, value=[]))
    yield "power-large", ("bad-expression", edited(good, *left, value=["^", "eps", "65"]))
    yield "power-of-a-variable", ("bad-expression", edited(good, *left, value=["^", "eps", "eps"]))
    yield "power-short", ("bad-expression", edited(good, *left, value=["^", "eps"]))
    yield "variable-twice", ("bad-expression", edited(good, "statement", "variables", value=["eps", "eps"]))
    yield (
        "variable-badly-named",
        ("bad-expression", edited(good, "statement", "variables", value=["eps", "X"])),
    )
    yield "variable-undeclared", ("undeclared-variable", edited(good, "statement", "variables", value=["s"]))
    yield "identity-false", ("not-identical", edited(good, "statement", "right", 1, value="1/28"))
    on_grid = ["*", *(["-", "eps", str(n)] for n in range(2, 9))]
    yield "identity-true-at-small-integers", ("not-identical", identity(["eps"], on_grid, "0"))
    nothing = ["/", "1", ["-", "eps", "eps"]]
    yield "identity-of-nothing", ("nowhere-defined", identity(["eps"], nothing, nothing))
    yield "identity-of-hidden-nothing", ("nowhere-defined", identity(["eps"], ["/", "0", nothing], "0"))
    yield (
        "identity-too-large",
        (
            "too-much-work",
            identity(
                ["x", "y"],
                ["^", ["^", ["+", "x", "y"], "64"], "64"],
                ["^", ["^", ["+", "y", "x"], "64"], "64"],
            ),
        ),
    )
    tower: Any = "2"
    for _ in range(6):
        tower = ["^", tower, "64"]
    work = {"rule": "line-partition", "bits": 200_000, "start": "0"}
    work["cells"] = [{"end": str(i + 1), "rule": "increasing"} for i in range(10)]
    large = edited(valid["fixed-points-group-8"], "statement", "variant", value=group(1024, 0))
    yield "line-too-large", ("too-much-work", edited(large, "evidence", value=work))
    large = edited(valid["contraction-tree-group"], "statement", "variant", value=group(1024, 0))
    large = edited(large, "evidence", "bits", value=200_000)
    yield "tree-too-large", ("too-much-work", edited(large, "evidence", "nodes", value=[["holds"]] * 10))
    long = inequality({"x": ["0", "1"]}, ["+", *["x"] * 100], ">", [["leaf"]] * 100)
    yield "inequality-too-large", ("too-much-work", edited(long, "evidence", "bits", value=200_000))
    yield "identity-of-towers", ("too-much-work", identity([], tower, tower))
    point = valid["inequality-point"]
    yield "inequality-false", ("leaf-not-proved", edited(point, "statement", "relation", value=">"))
    undefined = {"x": ["-1", "1"]}
    for name, expression in {
        "abs-of-a-logarithm": ["+", "1", ["abs", ["log", "x"]]],
        "square-of-a-root": ["+", "1", ["^", ["sqrt", "x"], "2"]],
        "pole-inside": ["+", "1", ["abs", ["/", "1", "x"]]],
        "zero-times-a-pole": ["+", "1", ["*", "0", ["/", "1", "x"]]],
        "power-zero-of-a-logarithm": ["^", ["log", ["-", "x", "5"]], "0"],
        "exponential-tower": ["exp", ["exp", ["exp", ["exp", ["+", "x", "100"]]]]],
    }.items():
        yield f"inequality-{name}", ("leaf-not-proved", inequality(undefined, expression, ">", [["leaf"]]))
    yield (
        "inequality-undecided-equality",
        (
            "leaf-not-proved",
            inequality({"x": "1/3"}, ["-", ["exp", "x"], ["exp", "x"]], ">=", [["leaf"]]),
        ),
    )


def _bad_papers(valid: dict[str, Json]) -> Bad:
    good, fails = valid["paper-statement"], valid["paper-statement-fails"]
    assumes, unread = valid["paper-statement-assumes"], valid["paper-statement-not-carried"]
    yield "paper-without-parts", ("parts-mismatch", paper("formal part established; verdict not carried", []))
    short = good["evidence"]["parts"][:1]
    yield "paper-with-less-evidence", ("parts-mismatch", edited(good, "evidence", "parts", value=short))
    swapped = good["evidence"]["parts"][::-1]
    yield "paper-with-evidence-swapped", ("bad-value", edited(good, "evidence", "parts", value=swapped))
    false = edited(unread, "statement", "parts", 0, "claim", "margin", value="0.009")
    yield "paper-with-a-false-part", ("margin-not-proved", false)
    nested = edited(good, "statement", "parts", 0, "claim", value=fails["statement"])
    yield "paper-in-paper", ("unknown-kind", nested)
    yield from _asserted_verdicts(good, fails, assumes, unread)
    yield from _bad_steps(good, assumes, valid["paper-statement-misprint"])


def _asserted_verdicts(good: Json, fails: Json, assumes: Json, unread: Json) -> Bad:
    """What says more than follows."""

    def wrong(name: str, document: Json, *path: Any, value: Any) -> tuple[str, tuple[str, Json]]:
        return name, ("verdict-mismatch", edited(document, "statement", *path, value=value))

    one = inequality({}, "1", ">", [["leaf"]])
    yield (
        "paper-unrelated",
        (
            "verdict-mismatch",
            paper(
                "holds",
                [("supports", "the whole theorem", one)],
                item="theorem-5",
                title="PROVED: for every beta > 0, every eps > 0 and every p_ref the sequence converges to 1",
            ),
        ),
    )
    yield wrong("paper-with-an-unrelated-part", good, "parts", 0, "claim", value=one["statement"])
    yield wrong("paper-retitled", good, "title", value="every sequence converges to 1")
    yield wrong("paper-reworded", good, "suite", value="every sequence converges to 1")
    yield wrong("paper-under-another-name", good, "item", value="theorem-5")
    yield wrong("paper-holds-unread", unread, "verdict", value="holds")
    yield wrong("paper-fails-without-refutation", good, "verdict", value="fails")
    yield wrong("paper-holds-despite-refutation", fails, "verdict", value="holds")
    yield wrong("paper-sharper-than-shown", good, "verdict", value="holds, sharper")
    yield wrong("paper-assumes-in-silence", assumes, "given", value=[])
    yield wrong("paper-claims-everywhere", fails, "conclusions", 0, "range", value="all")
    yield wrong("paper-refutes-nothing-named", fails, "conclusions", value=[])


def _bad_steps(good: Json, assumes: Json, misprint: Json) -> Bad:
    """Steps that their class does not carry."""

    def wrong(code: str, document: Json, step: int, **because: Any) -> tuple[str, Json]:
        return code, edited(document, "statement", "steps", step, "because", value=because)

    given = good["statement"]["steps"][0]["because"]["theorems"][0]
    other = [{**given, "sha256": "0" * 64}]
    yield "paper-with-another-theorem", wrong("wrong-theorem", good, 0, theorems=other)
    yield (
        "paper-with-no-such-theorem",
        wrong("unknown-theorem", good, 0, theorems=[{**given, "name": "all_is_well"}]),
    )
    yield "paper-without-theorems", wrong("bad-value", good, 0, theorems=[])
    yield "paper-assumes-anything", wrong("unknown-assumption", good, 0, assumptions=["A99"])
    yield "paper-assumes-nothing", wrong("bad-value", good, 0, assumptions=[])
    yield "paper-given-anything", ("unknown-assumption", edited(good, "statement", "given", value=["A99"]))
    yield "paper-step-without-class", wrong("missing-key", good, 0)
    yield "paper-step-of-two-classes", wrong("unknown-key", good, 0, theorems=[given], assumptions=["A1"])
    yield "paper-rule-without-part", wrong("parts-mismatch", good, 1, rule="restates")
    yield "paper-rule-of-no-name", wrong("bad-value", good, 0, rule="trust me")
    signed = assumes["statement"]["steps"][2]["because"]
    less = {**signed, "positive": signed["positive"][1:]}
    yield "paper-sign-without-hypothesis", wrong("sign-not-proved", assumes, 2, **less)
    yield "paper-sign-turned", wrong("sign-not-proved", assumes, 2, **{**signed, "relation": "<"})
    yield "paper-sign-of-a-box", wrong("wrong-rule", misprint, 4, **signed)
    refuted = misprint["statement"]["steps"][4]["because"]["claim"]
    wider = {**refuted, "box": {"p_ref": ["0.7", "0.99"]}}
    yield (
        "paper-refutes-what-holds",
        wrong("not-contrary", misprint, 4, rule="counterexample", claim={**refuted, "relation": ">"}),
    )
    yield (
        "paper-refutes-less-than-it-proves",
        wrong("not-contrary", misprint, 4, rule="counterexample", claim=wider),
    )
    filled = misprint["statement"]["steps"][0]["because"]
    yield (
        "paper-fills-a-stranger",
        wrong("undeclared-variable", misprint, 0, **{**filled, "where": {"zz": "1"}}),
    )


def malformed() -> dict[str, tuple[str, bytes]]:
    """Files that are no certificates of this format: name -> (code, bytes)."""
    good = committed()["amplification"]
    sealed = seal(good)
    deep: Any = "1"
    for _ in range(250):
        deep = ["neg", deep]
    wide = edited(good, "statement", "variant", value={"contrast": "group", "group_size": 2000, "ddof": 0})
    return {
        "empty": ("not-json", b""),
        "truncated": ("not-json", sealed[: len(sealed) // 2]),
        "not-utf-8": ("not-json", b'{"a": "\xff"}'),
        "byte-order-mark": ("not-json", b"\xef\xbb\xbf" + sealed),
        "list": ("wrong-type", b"[]\n"),
        "duplicate-key": ("duplicate-key", sealed.replace(b' "digest"', b' "digest": "x",\n "digest"', 1)),
        "float": ("not-exact", sealed.replace(b'"1e-6"', b"1e-6")),
        "nan": ("not-exact", sealed.replace(b'"1e-6"', b"NaN")),
        "negative-integer": ("not-exact", sealed.replace(b'"1e-6"', b"-1")),
        "large-integer": ("not-exact", sealed.replace(b'"1e-6"', b"1" * 5000)),
        "no-final-line-break": ("not-canonical", sealed[:-1]),
        "trailing-blank": ("not-canonical", sealed + b"\n"),
        "compact": ("not-canonical", json.dumps(json.loads(sealed), sort_keys=True).encode()),
        "keys-unsorted": (
            "not-canonical",
            json.dumps(dict(reversed(json.loads(sealed).items())), indent=1).encode(),
        ),
        "escaped": ("not-canonical", sealed.replace(b"closed-form", b"closed\\u002dform")),
        "no-digest": ("missing-key", encode(good)),
        "altered": ("wrong-digest", sealed.replace(b'"0.008"', b'"0.007"')),
        "digest-upper-case": ("wrong-digest", sealed.replace(b"sha256:", b"SHA256:")),
        "other-format": ("unknown-format", seal({**good, "format": "verified-grpo/2"})),
        "format-number": ("unknown-format", seal({**good, "format": 1})),
        "other-kind": ("unknown-kind", seal(edited(good, "statement", "kind", value="orbit"))),
        "deep": ("too-deep", seal(identity([], deep, "1"))),
        "brackets-only": ("too-deep", b"[" * 100_000),
        "too-many-bits": ("too-much-work", seal(edited(good, "evidence", "bits", value=200_001))),
        "group-too-large": ("too-much-work", seal(wide)),
    }


@cache
def files() -> dict[str, tuple[str, bytes]]:
    """Every fixture by its name, folder first: the code expected of it, and its bytes."""
    held = sorted(FOLDER.glob("accepted/*.json"))
    return {
        **{f"accepted/{file.name}": ("accepted", file.read_bytes()) for file in held},
        **{f"rejected/{name}.json": (code, seal(document)) for name, (code, document) in rejected().items()},
        **{f"malformed/{name}.json": entry for name, entry in malformed().items()},
    }


def codes() -> dict[str, str]:
    """The code expected of each fixture."""
    return {name: code for name, (code, _) in files().items()}


def fixture(name: str) -> Path:
    """A fixture as a file; one that is not committed is written for as long as this process runs."""
    if name.startswith("accepted/"):
        return FOLDER / name
    file = _folder() / name
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(files()[name][1])
    return file


@cache
def _folder() -> Path:
    folder, owner = Path(mkdtemp(prefix="fixtures-")), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # and no child that a test has forked and that ends before
            shutil.rmtree(folder)

    atexit.register(remove)
    return folder


def main() -> None:
    """Write the accepted certificates."""
    for name, document in drawn_up().items():
        (FOLDER / "accepted" / f"{name}.json").write_bytes(seal(document))


if __name__ == "__main__":
    main()
