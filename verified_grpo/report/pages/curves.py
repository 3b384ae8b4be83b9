"""The page of a certificate of a curve in the plane of (beta, p_ref): folds, flips, the settling bound, a
cusp."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from verified_grpo.certificates.grammar.plane import Curve, CurveEvidence, CurveInWindow, Cusp
from verified_grpo.report.document import (
    Block,
    Content,
    Display,
    Figure,
    Paragraph,
    Row,
    Strong,
    Table,
    content,
)
from verified_grpo.report.drawing.parameter_cells import ParameterCell, cells_picture
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import as_float, bounds
from verified_grpo.report.pages.fixed_points import bracket, counted
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import Page, judged, math, not_claimed, parameters, said, titled

SHOWN = 4
NAMES = {"fold": "Fold curve", "flip": "Flip curve", "settling": "Settling bound", "cusp": "Cusp"}
MEANINGS = {
    "fold": "some log-odds {L} is a fixed point of {T} with multiplier 1, so of multiplicity two or more",
    "flip": "some log-odds {L} is a fixed point of {T} with multiplier -1",
    "settling": "{T} carries even odds to even odds; from there on upwards in {p_ref} the sequence settles",
}

OF_A_STEP = (
    "some log-odds {{L}} is a fixed point at which an update of one step of size {} has multiplier -1 (eta "
    "below is that size)"
)


def curve_page(claim: Curve, evidence: CurveEvidence, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    drawn: tuple[Block, ...] = ()
    if claim["curve"] == "cusp":
        found, stated = "a cusp in a small rectangle", cusp_statement(claim)
    else:
        found = f"its part in the window lies in {counted(len(claim['pieces']), 'rectangle')}"
        stated, drawn = statement(claim), figure(claim, name)
    return judged(
        titled(NAMES[claim["curve"]], claim),
        content(found),
        statement=stated,
        figures=drawn,
        proof=method(evidence),
        limits=not_claimed(
            content("That the number of fixed points, or what sequences do, changes at each of its points."),
            content("Anything about finite samples, inexact maximisation, or prompts that share parameters."),
        ),
    )


def statement(claim: CurveInWindow) -> tuple[Block, ...]:
    """What the curve is, and the first and last of its boxes."""
    step = claim.get("step_size")
    meaning = MEANINGS[claim["curve"]] if step is None else OF_A_STEP.format(step)
    words = said(
        "Let {parameters} and {contrast}. On the curve " + meaning + ". Every point of it in "
        "this window is in one of {count} of {weights} and {odds}; each of them has a point of the curve in "
        "it, in the window or beside it.",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
        count=Strong(counted(len(claim["pieces"]), "rectangle")),
        weights=("log", "beta"),
        odds=("logit", "p_ref"),
    )
    return (Paragraph(words), *explicit(claim), *table(claim))


def explicit(claim: CurveInWindow) -> tuple[Block, ...]:
    """The curve's equations, with its log-odds as the parameter."""
    if claim["curve"] == "settling":
        shown: Tree = ("rel", "beta", "=", ("/", ("Omega", "0"), ("neg", ("*", "alpha", "L_ref"))))
        return (Display(Formula(shown)),)
    fold, step = claim["curve"] == "fold", claim.get("step_size")
    slope: Tree = ("Omega'", "L") if fold else ("abs", ("Omega'", "L"))
    weight: Tree = "alpha" if fold else ("-", "2", "alpha")
    if step is not None:
        slope, weight = ("-", ("/", "2", "eta"), slope), "alpha"
    return (
        Display(Formula(("rel", "beta", "=", ("/", slope, weight)))),
        Display(Formula(("rel", "L_ref", "=", ("-", "L", ("/", ("Omega", "L"), ("*", "alpha", "beta")))))),
    )


def table(claim: CurveInWindow) -> tuple[Block, ...]:
    """The first and last boxes."""
    pieces = claim["pieces"]
    chosen = sorted(
        {*range(min(SHOWN // 2, len(pieces))), *range(max(len(pieces) - SHOWN // 2, 0), len(pieces))}
    )
    rows: list[Row] = []
    for k in chosen:
        sides = [
            (math("L"), "logit"),
            (math("log", "beta"), "log_beta"),
            (math("logit", "p_ref"), "logit_p_ref"),
        ]
        for i, (symbol, key) in enumerate(sides):
            number = content(math(str(k + 1))) if i == 0 else ()
            rows.append(bracket(number, symbol, bounds(pieces[k][key]), last=i == 2))
    header = (content("rectangle"), content("quantity"), content("lower bound"), content("upper bound"))
    note = content(f"The first and last of {len(pieces)} rectangles.") if len(pieces) > SHOWN else ()
    return (Table(header, tuple(rows), note, widths=(2, 4, 7, 7)),) if rows else ()


def cusp_statement(claim: Cusp) -> tuple[Block, ...]:
    """Where the cusp is."""
    words = said(
        "For some {parameters}, with {contrast}, some log-odds in the bracket is a fixed point of {T} with "
        "multiplier 1, where the multiplier has a local maximum: a cusp of the fold curve.",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    rows = [bracket((), math("L"), bounds(claim["logit"]))]
    rows += [bracket((), math(name), bounds(claim["parameters"][name], 12)) for name in ("beta", "p_ref")]
    header = (content(""), content("quantity"), content("lower bound"), content("upper bound"))
    return (Paragraph(words), Table(header, tuple(rows), widths=(1, 4, 7, 7)))


def figure(claim: CurveInWindow, name: str) -> tuple[Block, ...]:
    """The boxes in the window."""
    if not claim["pieces"]:
        return ()
    beta, p_ref = ([as_float(end) for end in claim["parameters"][axis]] for axis in ("beta", "p_ref"))
    odds = [log(p / (1 - p)) for p in p_ref]
    across, up = [log(end) for end in beta], odds
    cells = []
    for piece in claim["pieces"]:
        box = [within(piece["log_beta"], across), within(piece["logit_p_ref"], up)]
        if all(box):
            (left, right), (low, high) = box
            cells.append(ParameterCell((exp(left), exp(right)), (low, high)))
    svg = cells_picture(cells, (beta[0], beta[1]), (odds[0], odds[1]))
    caption = said(
        "The curve's rectangles: {beta} on a logarithmic scale, {p_ref} by its log-odds. What is drawn is "
        "what is proved: the curve is inside."
    )
    return (
        Figure(name, svg, caption, "The rectangles that enclose the curve in the plane of beta and p_ref."),
    )


def within(side: Sequence[str], frame: Sequence[float]) -> tuple[float, ...]:
    """The part of a box's side that is drawn; nothing where it is beside the window."""
    low, high = max(as_float(side[0]), frame[0]), min(as_float(side[1]), frame[1])
    return (low, high) if low <= high else ()


def method(evidence: CurveEvidence) -> Content:
    """What carries the claim, in words."""
    checked = f" Checked with Arb at {evidence['bits']} bits."
    if evidence["rule"] == "peak":
        return said(
            "The slope of {Omega} in log-odds is larger at a point inside the bracket than at both its "
            "ends, so it is largest somewhere between; there the fold's equations give {beta} and {p_ref}."
            + checked
        )
    outside = sum(cell["rule"] == "outside" for cell in evidence["cells"])
    return said(
        "The curve is explicit in {L}. The range in which {L} can lie is cut into {count}; on {outside} of "
        "them {beta} or {p_ref} is outside of the window, and on each other one both are enclosed." + checked,
        count=counted(len(evidence["cells"]), "cell"),
        outside=str(outside),
    )
