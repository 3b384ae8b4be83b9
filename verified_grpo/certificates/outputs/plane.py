"""What ``curves`` and ``atlas`` print."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ..grammar.plane import LocatedCusp, TracedCurve
from ..grammar.values import Count, Number, OnPlane, Range
from .steps import Update


class CurvesAnswer(TypedDict):
    """Of ``curves``."""

    verdict: Literal["proved"]
    curves: list[TracedCurve]
    cusps: list[LocatedCusp]


class AtlasAnswer(OnPlane):
    """Of ``atlas``: ``undecided`` is a share of the ranges asked about, ``verdicts`` are counts of cells;
    ``update`` is of steps of one size."""

    update: NotRequired[Update]
    log_beta: Range
    logit_p_ref: Range
    undecided: Number
    cells: Count
    verdicts: dict[str, Count]


class ContoursAnswer(OnPlane):
    """Of ``atlas --view small-steps``: ``undecided`` is the share in strips of the ranges asked about."""

    view: Literal["small-steps"]
    kl: NotRequired[Literal["k3"]]
    log_beta: Range
    logit_p_ref: Range
    undecided: Number
    levels: list[Number]
    parting_cells: Count
