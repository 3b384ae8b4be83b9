"""From a claim and its evidence to a figure with a caption."""

from __future__ import annotations

import math as floats
from fractions import Fraction
from typing import TYPE_CHECKING

from verified_grpo.certificates.grammar.points import FixedPoint, FixedPoints, FixedPointsEvidence
from verified_grpo.certificates.grammar.values import AnyBox, OnVariant, sides
from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.model.approximate import approx_log_odds
from verified_grpo.model.contrasts import GROUP_SIZE_LIMIT, PEAKED, Contrast
from verified_grpo.model.parameters import Parameters
from verified_grpo.report.document import Block, Content, Emphasis, Figure
from verified_grpo.report.drawing.bands import Axis, BandCell, step_band
from verified_grpo.report.drawing.log_odds import Window, window
from verified_grpo.report.drawing.recursion import (
    Mark,
    ProofCell,
    draw_in_probability,
    recursion_picture,
)
from verified_grpo.report.numerals import as_float
from verified_grpo.report.pages.page import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def recursion_figure(claim: FixedPoints, evidence: FixedPointsEvidence, name: str) -> tuple[Block, ...]:
    """The map against the diagonal with its fixed points, and the partition of the line."""
    box = model_parameters(claim["parameters"])
    low, high = (approx_log_odds(p) for p in box.p_ref)
    pieces = partition(evidence)
    marks = [mark(point) for point in claim["fixed_points"]]
    ends = [x for piece in pieces for x in (piece.low, piece.high) if floats.isfinite(x)]
    view = window([low, high, *ends])
    band = curve(claim, box, view)
    svg = recursion_picture(view, band, marks, pieces, (low, high))
    caption = said(
        "{left}: {T} against the diagonal in log-odds (above, the same in {p}). {right}: the same in the "
        "probability of success. {marks}{reference} {below}{drawn}",
        left=Emphasis("Left"),
        right=Emphasis("Right"),
        marks=legend(claim),
        reference=f"The dotted line{' is' if low == high else 's are'} at the reference policy.",
        below=said("{where}: the cells of the proof. ", where=Emphasis("Below")) if pieces else "",
        drawn="The curve is a band of enclosures." if band else "The curve is not drawn.",
    )
    return (Figure(name, svg, caption, described(claim)),)


def draw_map(axes: Axes, claim: FixedPoints) -> Axes:
    """The map of p against the diagonal alone, with its fixed points, on axes that are there."""
    box = model_parameters(claim["parameters"])
    low, high = (approx_log_odds(p) for p in box.p_ref)
    marks = [mark(point) for point in claim["fixed_points"]]
    view = window([low, high, *(end for one in marks for end in (one.low, one.high))])
    draw_in_probability(axes, curve(claim, box, view), marks, (low, high))
    return axes


def described(claim: FixedPoints) -> str:
    """The figure in words."""
    count = claim["count"]
    return (
        "The map T of log-odds against the diagonal, in log-odds and in probability, with "
        f"{count or 'no'} fixed point{'' if count <= 1 else 's'}" + (" marked." if count else ".")
    )


def legend(claim: FixedPoints) -> Content:
    """What the marks of the fixed points mean, for the kinds that occur."""
    kinds = {point["stability"] for point in claim["fixed_points"]}
    signs = {
        "attracting": "a full circle attracts",
        "repelling": "an open circle repels",
        "undecided": "a diamond is undecided",
    }
    words = [words for kind, words in signs.items() if kind in kinds]
    return said(f"Fixed points are numbered as in the table; {', '.join(words)}. ") if words else ()


def mark(point: FixedPoint) -> Mark:
    """A fixed point on the line of log-odds."""
    low, high = map(as_float, point["logit"])
    return Mark(low, high, point["stability"], falls=as_float(point["multiplier"][1]) < 0)


def curve(claim: OnVariant, box: Parameters, view: Window, axis: Axis | None = None) -> list[BandCell]:
    """The band of T, as thin as looks right on an axis (the window's own unless another is given); none for a
    group that is too large to be drawn."""
    if not is_drawn(claim):
        return []
    try:
        return step_band(contrast_of(claim), box, view.cuts, axis or view.axis)
    except NotEnoughPrecision:
        return []


def has_peak(claim: OnVariant) -> bool:
    """Whether Bmax, the height of the slope's one peak, can be drawn: of a contrast that is."""
    return is_drawn(claim) and contrast_of(claim).knows(*PEAKED)


def is_drawn(claim: OnVariant) -> bool:
    """Whether the model has the contrast: certificates may speak of larger groups."""
    return bool(claim["variant"].get("group_size", 0) <= GROUP_SIZE_LIMIT)


def contrast_of(claim: OnVariant) -> Contrast:
    """The model's contrast of a claim."""
    return Contrast.read(claim["variant"])


def model_parameters(given: AnyBox) -> Parameters:
    """The box of a claim as exact numbers."""
    return Parameters(**{name: ends(value) for name, value in sides(given).items()})


def ends(value: str | list[str]) -> tuple[Fraction, Fraction]:
    """A number or a range as a pair."""
    low, high = (value, value) if isinstance(value, str) else value
    return Fraction(low), Fraction(high)


def partition(evidence: FixedPointsEvidence) -> list[ProofCell]:
    """The cells of the proof, with the tails; empty where the proof has none."""
    if evidence["rule"] != "line-partition":
        return []
    low = as_float(evidence["start"])
    pieces = [ProofCell(-floats.inf, low, "left tail")]
    for cell in evidence["cells"]:
        high = as_float(cell["end"])
        pieces.append(ProofCell(low, high, cell["rule"]))
        low = high
    return [*pieces, ProofCell(low, floats.inf, "right tail")]
