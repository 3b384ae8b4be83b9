"""Curves in the plane of (beta, p_ref) written down: folds, flips, settling bounds, cusps."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ..intervals import canonical, decimal_down, decimal_up, make_engine
from ..model import Range
from ..rigor.points.curves import CurvePiece, Cusp, PlaneCurve
from ..rigor.points.fixed_points import probability
from .builders import variant
from .canonical import seal
from .grammar import plane as grammar
from .grammar.values import Certificate

BITS = 96
"""The checker's bits; boxes are rounded outward to far fewer digits."""
DIGITS = 9
PROBABILITY_DIGITS = 30
MARGIN = Fraction(1, 32)
"""Boxes are widened by this share of their sides: the checker may bound slopes a little less sharply."""


def curve_certificate(curve: PlaneCurve) -> Certificate[grammar.CurveInWindow, grammar.CurveCells]:
    """The certificate of a curve in its window."""
    statement: grammar.CurveInWindow = {"kind": "curve", **curve_payload(curve)}
    pieces: list[tuple[Range, Literal["piece", "outside"]]] = [
        (piece.logit, "piece") for piece in curve.pieces
    ]
    ordered = sorted([*pieces, *((gap, "outside") for gap in curve.gaps)])
    evidence: grammar.CurveCells = {
        "rule": "cells",
        "bits": BITS,
        "start": canonical(ordered[0][0][0]) if ordered else "0",
        "cells": [{"end": canonical(cell[1]), "rule": rule} for cell, rule in ordered],
    }
    return seal(statement, evidence, curve.engine, curve.bits)


def curve_payload(curve: PlaneCurve) -> grammar.TracedCurve:
    """The curve, its window and its boxes, in the words of the certificate."""
    traced: grammar.TracedCurve = {
        "curve": curve.name,
        "variant": variant(curve.contrast),
        "parameters": {
            "alpha": canonical(curve.alpha),
            "beta": _pair(curve.beta),
            "eps": canonical(curve.eps),
            "p_ref": _pair(curve.p_ref),
        },
        "pieces": [_piece(piece) for piece in curve.pieces],
    }
    if curve.step_size is not None:
        traced["step_size"] = canonical(curve.step_size)
    return traced


def cusp_certificate(cusp: Cusp) -> Certificate[grammar.Cusp, grammar.Peak]:
    """The certificate of a cusp: the ranges of beta and p_ref are those of its box."""
    evidence: grammar.Peak = {"rule": "peak", "bits": cusp.bits, "middle": canonical(cusp.middle)}
    statement: grammar.Cusp = {"kind": "curve", **cusp_payload(cusp)}
    return seal(statement, evidence, cusp.engine, cusp.bits)


def cusp_payload(cusp: Cusp) -> grammar.LocatedCusp:
    """The cusp in the words of the certificate."""
    return {
        "curve": "cusp",
        "variant": variant(cusp.contrast),
        "parameters": {
            "alpha": canonical(cusp.alpha),
            "beta": _outward(cusp.beta),
            "eps": canonical(cusp.eps),
            "p_ref": _probabilities(cusp.log_odds_ref),
        },
        "logit": _pair(cusp.logit),
    }


def _piece(piece: CurvePiece) -> grammar.CurvePiece:
    return {
        "logit": _pair(piece.logit),
        "log_beta": _widened(piece.log_beta),
        "logit_p_ref": _widened(piece.log_odds_ref),
    }


def _widened(side: Range) -> list[str]:
    margin = (side[1] - side[0]) * MARGIN
    return _outward((side[0] - margin, side[1] + margin))


def _outward(side: Range) -> list[str]:
    return [decimal_down(side[0], DIGITS), decimal_up(side[1], DIGITS)]


def _probabilities(log_odds: Range) -> list[str]:
    """Decimals around the probabilities of a range of log-odds."""
    with make_engine("arb", BITS) as engine:
        return list(probability(engine, engine.interval(*log_odds), PROBABILITY_DIGITS))


def _pair(side: Range) -> list[str]:
    return [canonical(end) for end in side]
