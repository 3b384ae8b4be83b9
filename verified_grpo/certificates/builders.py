"""From what the rigorous algorithms return to certificates: nothing is computed here, only written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from ..intervals import canonical
from ..model import Contrast, Parameters, Point, Range
from ..rigor.points.fixed_points import FixedPoints
from ..rigor.points.partition import LineCell
from .canonical import seal
from .grammar import points as grammar
from .grammar.values import Box, Certificate, Exactly, PlaneBox, Side, Variant

CHECKER_BITS = 32
"""The checker is asked for this many bits more than the search used, so that rounding alone never makes it
reject."""


def fixed_points_certificate(
    found: FixedPoints,
) -> Certificate[grammar.FixedPoints, grammar.FixedPointsEvidence]:
    """The certificate of a proved list of fixed points."""
    statement: grammar.FixedPoints = {
        "kind": "fixed-points",
        "variant": variant(found.contrast),
        "parameters": parameters(found.parameters),
        "count": found.count,
        "fixed_points": [
            {
                "logit": [canonical(x) for x in point.logit],
                "p": list(point.p),
                "one_minus_p": list(point.one_minus_p),
                "multiplier": list(point.multiplier),
                "stability": point.stability,
            }
            for point in found.points
        ],
    }
    evidence: grammar.FixedPointsEvidence = {"rule": "mirror"}
    if found.cells:
        evidence = {
            "rule": "line-partition",
            "bits": found.bits + CHECKER_BITS,
            "start": canonical(found.cells[0].low),
            "cells": line_cells(found.cells),
        }
    return seal(statement, evidence, found.engine, found.bits)


def line_cells(cells: Iterable[LineCell]) -> list[grammar.LineCell]:
    """Cells of the line by their right ends, and what the gap does on each."""
    return [cast(grammar.LineCell, {"end": canonical(x.high), "rule": x.rule.value}) for x in cells]


def variant(contrast: Contrast) -> Variant:
    """The variant as the certificate names it."""
    return cast(Variant, {"contrast": contrast.name, **contrast.own})


def parameters(box: Parameters) -> Box:
    """The box as the certificate writes it: a number, or a pair of them."""
    return cast(Box, {name: _range(side) for name, side in box})


def plane_box(box: Parameters) -> PlaneBox:
    """A window of beta and p_ref at exact alpha and eps."""
    alpha, eps = canonical(box.alpha[0]), canonical(box.eps[0])
    return {"alpha": alpha, "beta": _range(box.beta), "eps": eps, "p_ref": _range(box.p_ref)}


def point(exact_point: Point) -> Exactly:
    """One exact choice of parameters, four numbers."""
    return cast(Exactly, parameters(exact_point.box))


def _range(side: Range) -> Side:
    low, high = side
    return canonical(low) if low == high else [canonical(low), canonical(high)]
