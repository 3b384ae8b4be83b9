"""Kinds ``curve``, ``atlas`` and ``contours``: the plane of (beta, p_ref)."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from ...rigor.verdicts import CurveName
from .values import Bits, Count, Form, Number, OnPlane, Range


class CurvePiece(TypedDict):
    """A part of a curve by its log-odds, and the box that holds it."""

    logit: Range
    log_beta: Range
    logit_p_ref: Range


class TracedCurve(OnPlane):
    """A curve in its window; a flip is of the exact iteration or of a step of ``step_size``."""

    curve: CurveName
    step_size: NotRequired[Number]
    pieces: list[CurvePiece]


class LocatedCusp(OnPlane):
    """A point where the fixed point is threefold."""

    curve: Literal["cusp"]
    logit: Range


class CurveInWindow(TracedCurve):
    """As a claim."""

    kind: Literal["curve"]


class Cusp(LocatedCusp):
    """As a claim."""

    kind: Literal["curve"]


Curve = CurveInWindow | Cusp


class CurveCell(TypedDict):
    """A cell up to its right end: a piece, or no part of the window."""

    end: Number
    rule: Literal["piece", "outside"]


class CurveCells(Bits):
    """The log-odds cut into cells."""

    rule: Literal["cells"]
    start: Number
    cells: list[CurveCell]


class Peak(Bits):
    """A point at which the slope of Omega is larger than at both ends."""

    rule: Literal["peak"]
    middle: Number


CurveEvidence = CurveCells | Peak


class Atlas(OnPlane):
    """What the sequence from p_ref does, over a rectangle of log beta and log-odds of p_ref: of updates
    solved exactly, or of ``inner_steps`` (1 where none are named) steps of ``step_size``."""

    kind: Literal["atlas"]
    step_size: NotRequired[Number]
    inner_steps: NotRequired[Count]
    log_beta: Range
    logit_p_ref: Range
    cells: Annotated[str, Form(pattern="^([<^rfou]|c[1-9][0-9]?)+$")]
    undecided: Number


class AtlasCells(Bits):
    """A proof for each cell with a verdict."""

    rule: Literal["cells"]
    proofs: str


class Contours(OnPlane):
    """Where small steps lead, by contours of the least fixed point, and where the exact iteration does not
    end there, over such a rectangle; or under k3, of the only fixed point."""

    kind: Literal["contours"]
    kl: NotRequired[Literal["k3"]]
    log_beta: Range
    logit_p_ref: Range
    levels: list[Number]
    columns: Annotated[str, Form(pattern="^(-?[0-9]+:[0-9]+(,-?[0-9]+/[0-9]+)*;)+$")]
    undecided: Number
    parting: Annotated[str, Form(pattern="^([<^du]|c[1-9][0-9]?)+$")]


class ContourLevels(Bits):
    """Of the contours under k3: Omega is evaluated at the levels themselves."""

    rule: Literal["levels"]


class ContourColumns(Bits):
    """Log-odds at which Omega is evaluated, and a proof for each cell in which the views part."""

    rule: Literal["columns"]
    grid: list[Number]
    proofs: str


ContourEvidence = ContourColumns | ContourLevels
