"""From what the rigorous algorithms return to certificates: nothing is computed here, only written down."""

from __future__ import annotations

from ..intervals import canonical
from ..model import Contrast, Parameters, Point, Range
from ..rigor.points.fixed_points import FixedPoints
from .canonical import Json, seal

CHECKER_BITS = 32
"""The checker is asked for this many bits more than the search used, so that rounding alone never makes it
reject."""


def fixed_points_certificate(found: FixedPoints) -> Json:
    """The certificate of a proved list of fixed points."""
    statement: Json = {
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
    evidence: Json = {"rule": "mirror"}
    if found.cells:
        evidence = {
            "rule": "line-partition",
            "bits": found.bits + CHECKER_BITS,
            "start": canonical(found.cells[0].low),
            "cells": [{"end": canonical(cell.high), "rule": cell.rule.value} for cell in found.cells],
        }
    return seal(statement, evidence, found.engine, found.bits)


def variant(contrast: Contrast) -> Json:
    """The variant as the certificate names it."""
    return {"contrast": contrast.name, **contrast.own}


def parameters(box: Parameters) -> Json:
    """The box as the certificate writes it: a number, or a pair of them."""
    return {name: _range(side) for name, side in box}


def point(exact_point: Point) -> Json:
    """One exact choice of parameters, four numbers."""
    return parameters(exact_point.box)


def _range(side: Range) -> str | list[str]:
    low, high = side
    return canonical(low) if low == high else [canonical(low), canonical(high)]
