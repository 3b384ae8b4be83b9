"""The figures of properties over boxes, one for each rule of evidence."""

from __future__ import annotations

from verified_grpo.certificates.grammar.regions import (
    AmplificationByMargin,
    Paving,
    RegionClaim,
    RegionEvidence,
    Witness,
)
from verified_grpo.certificates.grammar.values import AnyBox, OnBox, OnVariant, sides
from verified_grpo.model.approximate import approx_log_odds
from verified_grpo.report.document import Block, Content, Figure, content
from verified_grpo.report.drawing.bands import bound_band, margin_band
from verified_grpo.report.drawing.log_odds import window
from verified_grpo.report.drawing.paving import axes_to_draw, leaves, paving_picture
from verified_grpo.report.drawing.recursion import Mark, recursion_picture
from verified_grpo.report.drawing.region import (
    Box,
    Plane,
    around,
    even_cuts,
    margin_picture,
    region_picture,
)
from verified_grpo.report.formula import Tree
from verified_grpo.report.numerals import as_float
from verified_grpo.report.pages.page import math, said
from verified_grpo.report.pages.pictures import contrast_of, curve, ends, has_peak, model_parameters

AXES = {
    "logit": "$L$",
    "alpha": r"$\alpha$",
    "beta": r"$\beta$",
    "eps": r"$\varepsilon$",
    "p_ref": r"$p_{\mathrm{ref}}$",
}
WEIGHT: Tree = ("*", "alpha", "beta")


def region_figures(claim: RegionClaim, evidence: RegionEvidence, name: str) -> tuple[Block, ...]:
    """The figures that fit the rule."""
    if evidence["rule"] == "tree":
        return paving_figure(claim, evidence, name)
    if claim["kind"] in ("convergence", "no-cycles"):
        return ()
    drawn = witness_figure(claim, evidence, name) if evidence["rule"] == "witness" else ()
    if claim["kind"] == "amplification":
        return drawn or (margin_figure(claim, name) if "margin" in claim else ())
    if has_peak(claim):
        return (*drawn, *bound_figure(claim, evidence, name))
    return drawn


def plane_box(parameters: AnyBox) -> Box:
    """The ranges of eps and of alpha*beta."""
    box = model_parameters(parameters)
    (a, b), (low, high), (least, most) = box.alpha, box.beta, box.eps
    return Box((float(least), float(most)), (float(a * low), float(b * high)))


def bound_figure(claim: OnBox, evidence: RegionEvidence, name: str) -> tuple[Block, ...]:
    """The box in the plane of eps and alpha*beta, against Bmax."""
    box = plane_box(claim["parameters"])
    point = plane_box(evidence["parameters"]) if evidence["rule"] == "witness" else None
    contrast, rough = contrast_of(claim), around(box, [])
    # How far up and down the window reaches is decided by the curve over the box's own eps.
    reach = bound_band(contrast, [box.eps[0], box.eps[1] * 1.001], rough.across, rough.up)
    plane = around(box, [min(cell.lower for cell in reach), max(cell.upper for cell in reach)])
    band = bound_band(contrast, even_cuts(*plane.eps), plane.across, plane.up)
    svg = region_picture(plane, band, box, (point.eps[0], point.weight[0]) if point else None)
    where = "the witness lies below it" if point else "the box lies in this region"
    caption = said(
        "The box of parameters in the plane of {eps} and {weight}. In the shaded region, above the curve "
        "{curve}, there is one fixed point for every prompt, and it contracts; {where}. The curve is a "
        "band of enclosures.",
        weight=WEIGHT,
        curve=("rel", WEIGHT, "=", ("B_max", "eps")),
        where=where,
    )
    words = "The box of parameters and the curve alpha*beta = Bmax(eps), above which all contract: "
    return (Figure(f"{name}-region", svg, caption, f"{words}{where}."),)


def margin_figure(claim: AmplificationByMargin, name: str) -> tuple[Block, ...]:
    """The least amplification over the range of weights, and the margin."""
    box = plane_box(claim["parameters"])
    low, high = box.weight[0] / 3, box.weight[1] * 3
    margin = as_float(claim["margin"])
    across, up = Plane(box.eps, (low, high)).up, Plane(box.eps, (margin / 10, margin * 10 * high / low)).up
    largest_eps = ends(claim["parameters"]["eps"])[1]
    band = margin_band(contrast_of(claim), largest_eps, even_cuts(low, high), across, up)
    caption = said(
        "The least amplification {least} at the largest {eps} of the box, against {weight}; shaded, the "
        "box. The margin claimed lies below the curve in all of it. The curve is a band of enclosures.",
        least=("/", ("Omega", "0"), WEIGHT),
        weight=WEIGHT,
    )
    words = "The least amplification against alpha*beta: above the claimed margin in the whole box."
    return (Figure(f"{name}-margin", margin_picture((low, high), band, box, margin), caption, words),)


def witness_figure(claim: OnVariant, evidence: Witness, name: str) -> tuple[Block, ...]:
    """The map at the witness, with its brackets."""
    box = model_parameters(evidence["parameters"])
    logit = approx_log_odds(box.p_ref[0])
    marks = [Mark(as_float(low), as_float(high), "witness") for low, high in evidence["brackets"]]
    view = window([logit, *(x for mark in marks for x in (mark.low, mark.high))])
    svg = recursion_picture(view, curve(claim, box, view), marks, [], (logit, logit))
    caption = content(
        "The map at the witness against the diagonal, in log-odds and in the probability of success; a "
        "cross marks a bracket of the witness. Other fixed points, if there are any, are not marked."
    )
    words = "The map T at the witness against the diagonal, with the witness's brackets marked."
    return (Figure(f"{name}-map", svg, caption, words),)


def paving_figure(claim: OnBox, evidence: Paving, name: str) -> tuple[Block, ...]:
    """The leaves of the tree."""
    low, high = (ends(end)[0] for end in evidence["logit"])
    root = {"logit": (low, high)} | {
        str(axis): ends(side) for axis, side in sides(claim["parameters"]).items()
    }
    found = leaves(evidence["nodes"], root)
    drawn = axes_to_draw(found, root)
    if not drawn:
        return ()
    svg = paving_picture(found, root, drawn, AXES)
    caption = said(
        "The {count} boxes of the proof{plane}, at the middle of the other ranges: in the grey ones there "
        "is none of the points in question, in the green ones the property holds.",
        count=str(len(found)),
        plane=shown(drawn),
    )
    return (Figure(f"{name}-paving", svg, caption, "The boxes of the proof by covering."),)


def shown(drawn: list[str]) -> Content:
    """The names of the axes."""
    names = [math("L" if axis == "logit" else axis) for axis in drawn]
    if len(names) == 1:
        return content(" along ", names[0])
    return content(" in the plane of ", names[0], " and ", names[1])
