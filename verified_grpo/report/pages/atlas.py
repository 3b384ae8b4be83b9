"""The page of an atlas: its picture, what its regions are, how much is proved and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verified_grpo.certificates.atlas_cells import RULES, Cell, cells_of
from verified_grpo.certificates.grammar.plane import Atlas, AtlasCells, Contours
from verified_grpo.model.contrasts import Fact
from verified_grpo.report.document import (
    Block,
    CellExplorer,
    Content,
    Curve,
    Figure,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)
from verified_grpo.report.drawing.atlas import LOOKS, atlas_picture, look_of
from verified_grpo.report.numerals import percent
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import (
    Page,
    contrast_label,
    not_claimed,
    parameters,
    said,
    section,
    titled,
)
from verified_grpo.report.pages.pictures import contrast_of
from verified_grpo.rigor.points.curves import CurvePiece, flip_curve, fold_curve, settling_bound

FINENESS = "0.01"
CLOSED = {RULES[letter] for letter in "hsvgwm"}
"""Rules that look at the cell's corners alone."""


def atlas_page(claim: Atlas, evidence: AtlasCells, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    found = list(cells_of(claim, evidence))
    return Page(
        titled(heading(claim), claim),
        Tone.PROVED,
        "proved",
        result(claim, found),
        (
            *section("Statement", Paragraph(statement(claim))),
            picture(claim, evidence, found, name),
            table(found),
            *section("Proof", Paragraph(method(claim, evidence, found)), rules_table(found)),
            *not_claimed(
                content("Anything about undecided cells: their sequences may settle or not."),
                content("Which fixed point a cell's sequences tend to, except where they rise to the least."),
                content("Where sequences from other starts than the reference policy go."),
            ),
        ),
    )


def result(claim: Atlas, found: Sequence[Cell]) -> Content:
    """The verdict in one line."""
    decided = len(found) - sum(cell.verdict == "undecided" for cell in found)
    share = percent(Fraction(claim["undecided"]))
    return content(f"{decided} cells with a verdict, {share} of the area undecided in the whole rectangle")


def heading(claim: Atlas) -> str:
    """What the map is of."""
    return f"Atlas of {steps_words(claim)}" if "step_size" in claim else "Atlas"


def steps_words(claim: Atlas) -> str:
    """Of which updates an atlas of steps is."""
    inner = claim.get("inner_steps", 1)
    return f"steps of size {claim['step_size']}" + (f", {inner} to an update" if inner > 1 else "")


def statement(claim: Atlas) -> Content:
    """The claim in words."""
    of_steps = f" Updates are {steps_words(claim)}." if "step_size" in claim else ""
    return said(
        "For {parameters}, with {contrast}: in each cell of the map all sequences from {p_ref} do what the "
        "cell's colour says. The axes are the logarithm of {beta} and the log-odds of {p_ref}; areas are "
        "measured in them." + of_steps,
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )


def picture(claim: Atlas, evidence: AtlasCells, found: Sequence[Cell], name: str) -> Block:
    """The map; of exact updates to be explored, where pages can move: of steps its orbits are others."""
    made = explorer(claim, evidence, found, name)
    return made.figure if "step_size" in claim else made


def explorer(claim: Atlas, evidence: AtlasCells, found: Sequence[Cell], name: str) -> CellExplorer:
    """The map; to be explored where pages can move."""
    curves = map_curves(claim)
    caption = said(
        "The atlas for {parameters}. Each rectangle is a cell, its verdict proved unless undecided; smaller "
        "cells lie where verdicts meet. Curves, for orientation: at a {fold} a fixed point has the "
        "multiplier 1, at a {flip} -1, and above the {bound} every sequence settles (S4)."
        + (" The flip of steps is not drawn." if "step_size" in claim else ""),
        parameters=parameters(claim),
        fold="fold",
        flip="flip",
        bound="settling bound",
    )
    words = "The plane of beta and p_ref, coloured by what the sequence from p_ref does."
    figure = Figure(f"{name}-atlas", atlas_picture(found, curves), caption, words)
    return CellExplorer(
        figure=figure,
        nodes=claim["cells"],
        proofs=evidence["proofs"],
        rules=RULES,
        curves=tuple(curves),
        **plane_of(claim),
    )


def plane_of(claim: Atlas | Contours) -> dict[str, Any]:
    """What a map is about, as its explorer has it."""
    across, up = (
        (float(Fraction(a)), float(Fraction(b))) for a, b in (claim["log_beta"], claim["logit_p_ref"])
    )
    given = claim["parameters"]
    return {
        "log_beta": across,
        "logit_p_ref": up,
        "contrast": contrast_label(claim) if "scale" in claim["variant"] else claim["variant"]["contrast"],
        "alpha": given["alpha"],
        "eps": given["eps"],
        "group": group_of(claim),
    }


def group_of(claim: Atlas | Contours) -> tuple[int, int] | None:
    """G and ddof, for groups."""
    variant = claim["variant"]
    return (variant["group_size"], variant["ddof"]) if variant["contrast"] == "group" else None


def map_curves(claim: Atlas | Contours) -> list[Curve]:
    """Fold, flip and settling curves inside the rectangle, for drawing, where they are known."""
    given, contrast = claim["parameters"], contrast_of(claim)
    if Fraction(given["alpha"]) == 0 or not contrast.knows(Fact.EVEN_RISING, Fact.BOUNDED):
        return []
    beta, p_ref = given["beta"], given["p_ref"]
    if isinstance(beta, str) or isinstance(p_ref, str):
        return []
    window = {"beta": ":".join(beta), "p_ref": ":".join(p_ref)}
    of_steps = claim["kind"] == "atlas" and "step_size" in claim  # then a flip is another curve
    names = {"fold": fold_curve, "flip": flip_curve, "settling bound": settling_bound}
    traced = [
        (name, trace(contrast, given["eps"], given["alpha"], **window, tolerance=FINENESS).pieces)
        for name, trace in names.items()
        if not (of_steps and name == "flip")
    ]
    return [Curve(name, _through(pieces)) for name, pieces in traced]


def _through(pieces: Sequence[CurvePiece]) -> tuple[tuple[float, float], ...]:
    """The middles of the boxes that enclose a curve; a gap where the curve leaves the window."""
    points: list[tuple[float, float]] = []
    last: CurvePiece | None = None
    for piece in pieces:
        if last is not None and last.logit[1] != piece.logit[0]:
            points.append((float("nan"), float("nan")))
        x, y = (float(sum(side) / 2) for side in (piece.log_beta, piece.log_odds_ref))
        points.append((x, y))
        last = piece
    return tuple(points)


def table(found: Sequence[Cell]) -> Table:
    """Cells and shares of the area by verdict."""
    whole = sum((area(cell) for cell in found), Fraction(0))
    rows = []
    for look, (_, _, words) in LOOKS.items():
        chosen = [cell for cell in found if look_of(cell) == look]
        if chosen:
            share = sum((area(cell) for cell in chosen), Fraction(0)) / whole
            rows.append(Row((content(words), content(str(len(chosen))), content(percent(share)))))
    return Table((content("the sequence"), content("cells"), content("share of the rectangle")), tuple(rows))


def rules_table(found: Sequence[Cell]) -> Table:
    """Cells by the rule that decides them."""
    counts = Counter(cell.rule for cell in found if cell.rule)
    rows = [Row((content(rule), content(str(count)))) for rule, count in counts.most_common()]
    return Table((content("rule"), content("cells")), tuple(rows))


def method(claim: Atlas, evidence: AtlasCells, found: Sequence[Cell]) -> Content:
    """What carries the claim, in words."""
    return said(
        "The rectangle is halved, now across one axis, now across the other, into {count} cells. Closed "
        "forms decide {closed} of its area. Elsewhere the sequence is enclosed for all parameters of a cell "
        "at once, and is shown to climb above even odds, to enter an interval that a turn of {T} maps into "
        "itself, or to stay below even odds, where the multiplier of one fixed point decides. Checked with "
        "Arb at {bits} bits.",
        count=str(len(found)),
        closed=percent(closed_share(found)),
        bits=str(evidence["bits"]),
    )


def closed_share(found: Sequence[Cell]) -> Fraction:
    """The share of the rectangle's area in cells that need no orbit."""
    closed = sum((area(cell) for cell in found if cell.rule in CLOSED), Fraction(0))
    return closed / sum(map(area, found), Fraction(0))


def area(cell: Cell) -> Fraction:
    """In log beta times log-odds."""
    (left, right), (low, high) = cell.log_beta, cell.logit_p_ref
    return (right - left) * (high - low)
