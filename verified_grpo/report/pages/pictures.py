"""From a claim and its evidence to a figure with a caption."""

from __future__ import annotations

import math as floats
from fractions import Fraction

from verified_grpo.model.contrast import GROUP_SIZE_LIMIT, Contrast
from verified_grpo.model.parameters import Parameters
from verified_grpo.report.certificate import Json
from verified_grpo.report.document import Block, Content, Emphasis, Figure, content
from verified_grpo.report.drawing.bands import Cell, step_band
from verified_grpo.report.drawing.log_odds import Window, window
from verified_grpo.report.drawing.recursion import Mark, Piece, recursion_picture
from verified_grpo.report.numerals import as_float
from verified_grpo.report.pages.page import math


def recursion_figure(claim: Json, evidence: Json, name: str) -> tuple[Block, ...]:
    """The map against the diagonal with its fixed points, and the partition of the line."""
    box = model_parameters(claim["parameters"])
    low, high = (floats.log(float(p) / float(1 - p)) for p in box.p_ref)
    pieces = partition(evidence)
    marks = [mark(point) for point in claim["fixed_points"]]
    ends = [x for piece in pieces for x in (piece.low, piece.high) if floats.isfinite(x)]
    view = window([low, high, *ends])
    band = curve(claim, box, view)
    svg = recursion_picture(view, band, marks, pieces, (low, high))
    caption = content(
        Emphasis("Left: "), math("T", "L"), " against the diagonal in log-odds (above, the same in ",
        math("p"), "). ",
        Emphasis("Right: "), "the same in the probability of success. ", *legend(claim),
        "The dotted line is at the reference "
        "policy. ", *strip(pieces), drawn(band),
    )  # fmt: skip
    description = (
        f"The map T of log-odds against the diagonal, in log-odds and in probability, with "
        f"{claim['count']} fixed points marked"
        + (", and the partition of the line that proves there are no others." if pieces else ".")
    )
    return (Figure(name, svg, caption, description),)


def mark(point: Json) -> Mark:
    """A fixed point on the line of log-odds."""
    low, high = map(as_float, point["logit"])
    return Mark(low, high, point["stability"], falls=as_float(point["multiplier"][1]) < 0)


def legend(claim: Json) -> Content:
    """What the marks of the fixed points mean, for the kinds that occur."""
    kinds = {point["stability"] for point in claim["fixed_points"]}
    signs = {
        "attracting": "a full circle attracts",
        "repelling": "an open circle repels",
        "undecided": "a diamond is undecided",
    }
    said = [words for kind, words in signs.items() if kind in kinds]
    return content(f"Fixed points are numbered as in the table; {', '.join(said)}. ") if said else ()


def strip(pieces: list[Piece]) -> Content:
    """What the strip at the bottom shows, if it is there."""
    if not pieces:
        return ()
    return content(
        Emphasis("Below: "), "the cells of the proof and what is proved of ", math("g"), " on each. "
    )


def drawn(band: list[Cell]) -> str:
    """How the curve was drawn, if it was."""
    return "The curve is a band of enclosures." if band else "The curve is not drawn: the group is too large."


def curve(claim: Json, box: Parameters, view: Window) -> list[Cell]:
    """The band of T; none for a group that is too large to be drawn."""
    variant = claim["variant"]
    if variant.get("group_size", 0) > GROUP_SIZE_LIMIT:
        return []
    contrast = Contrast(variant["contrast"], variant.get("group_size", 0), variant.get("ddof", 0))
    return step_band(contrast, box, view.cuts, view.axis)


def model_parameters(given: Json) -> Parameters:
    """The box of a claim as exact numbers."""
    return Parameters(**{name: ends(value) for name, value in given.items()})


def ends(value: str | list[str]) -> tuple[Fraction, Fraction]:
    """A number or a range as a pair."""
    low, high = (value, value) if isinstance(value, str) else value
    return Fraction(low), Fraction(high)


def partition(evidence: Json) -> list[Piece]:
    """The cells of the proof, with the tails; empty where the proof has none."""
    if evidence["rule"] != "line-partition":
        return []
    low = as_float(evidence["start"])
    pieces = [Piece(-floats.inf, low, "left tail")]
    for cell in evidence["cells"]:
        high = as_float(cell["end"])
        pieces.append(Piece(low, high, cell["rule"]))
        low = high
    return [*pieces, Piece(low, floats.inf, "right tail")]
