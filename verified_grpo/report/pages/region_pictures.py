"""The figures of properties over boxes, one for each rule of evidence."""

from __future__ import annotations

import math as floats

from verified_grpo.model.contrast import Contrast
from verified_grpo.report.certificate import Json
from verified_grpo.report.document import Block, Content, Figure, content
from verified_grpo.report.drawing.bands import bound_band, margin_band
from verified_grpo.report.drawing.log_odds import window
from verified_grpo.report.drawing.paving import axes_to_draw, leaves, paving_picture
from verified_grpo.report.drawing.recursion import Mark, recursion_picture
from verified_grpo.report.drawing.region import Box, Plane, around, even_cuts, margin_picture, region_picture
from verified_grpo.report.numerals import as_float
from verified_grpo.report.pages.page import math
from verified_grpo.report.pages.pictures import curve, ends, model_parameters

# Only these have a closed form for the steepest slope.
WITH_BOUND = ("mean-var", "mean-std")
AXES = {"logit": "$L$", "alpha": r"$\alpha$", "beta": r"$\beta$", "eps": r"$\varepsilon$"}


def region_figures(claim: Json, evidence: Json, name: str) -> tuple[Block, ...]:
    """The figures that fit the rule."""
    if evidence["rule"] == "tree":
        return paving_figure(claim, evidence, name)
    if claim["kind"] == "amplification":
        return margin_figure(claim, name)
    drawn = bound_figure(claim, evidence, name) if claim["variant"]["contrast"] in WITH_BOUND else ()
    return (*witness_figure(claim, evidence, name), *drawn) if evidence["rule"] == "witness" else drawn


def contrast_of(claim: Json) -> Contrast:
    """The model's contrast of a claim."""
    variant = claim["variant"]
    return Contrast(variant["contrast"], variant.get("group_size", 0), variant.get("ddof", 0))


def plane_box(parameters: Json) -> Box:
    """The ranges of eps and of alpha*beta."""
    sides = {name: tuple(map(float, ends(value))) for name, value in parameters.items()}
    (a, b), (low, high) = sides["alpha"], sides["beta"]
    return Box((sides["eps"][0], sides["eps"][1]), (a * low, b * high))


def bound_figure(claim: Json, evidence: Json, name: str) -> tuple[Block, ...]:
    """The box in the plane of eps and alpha*beta, against Bmax."""
    box = plane_box(claim["parameters"])
    point = plane_box(evidence["parameters"]) if evidence["rule"] == "witness" else None
    whole = around(box, [])
    # The curve in view at the box's own eps decides how far up and down the window reaches.
    reach = bound_band(
        contrast_of(claim),
        list(box.eps) if box.eps[0] < box.eps[1] else [box.eps[0], box.eps[1] * 1.001],
        whole.across,
        whole.up,
    )
    plane = around(box, [reach[0].lower, reach[-1].upper])
    band = bound_band(contrast_of(claim), even_cuts(*plane.eps), plane.across, plane.up)
    svg = region_picture(plane, band, box, (point.eps[0], point.weight[0]) if point else None)
    caption = content(
        "The box of parameters in the plane of ", math("eps"), " and ", math("*", "alpha", "beta"),
        ". In the shaded region, above the curve ",
        math("rel", ("*", "alpha", "beta"), "=", ("B_max", "eps")), ", every fixed point of every prompt "
        "contracts; ",
        "below it, some prompt has a fixed point that does not." if point is None else "the witness lies "
        "below it.",
        " The curve is a band of enclosures.",
    )  # fmt: skip
    words = "The box of parameters against the curve alpha*beta = Bmax(eps): "
    return (
        Figure(
            f"{name}-region",
            svg,
            caption,
            words
            + ("the box lies above the curve." if point is None else "the witness lies below the curve."),
        ),
    )


def margin_figure(claim: Json, name: str) -> tuple[Block, ...]:
    """The least amplification over the range of weights, and the margin."""
    box = plane_box(claim["parameters"])
    low, high = box.weight[0] / 3, box.weight[1] * 3
    plane = Plane(box.eps, (low, high))
    margin = as_float(claim["margin"])
    up = Plane((1.0, 2.0), (margin / 10, margin * 10 * high / low)).up
    band = margin_band(
        contrast_of(claim), ends(claim["parameters"]["eps"])[1], even_cuts(low, high), plane.up, up
    )
    svg = margin_picture(plane, band, box, margin)
    caption = content(
        "The least amplification ", math("/", ("Omega", "0"), ("*", "alpha", "beta")), " at the largest ",
        math("eps"),
        " of the box, against ", math("*", "alpha", "beta"), "; shaded, the box. The margin claimed lies "
        "below the curve in all of it. "
        "The curve is a band of enclosures.",
    )  # fmt: skip
    return (
        Figure(
            f"{name}-margin",
            svg,
            caption,
            "The least amplification against alpha*beta, above the claimed margin in the whole box.",
        ),
    )


def witness_figure(claim: Json, evidence: Json, name: str) -> tuple[Block, ...]:
    """The map at the witness, with its brackets."""
    box = model_parameters(evidence["parameters"])
    logit = floats.log(float(box.p_ref[0]) / float(1 - box.p_ref[0]))
    marks = [Mark(as_float(low), as_float(high), "witness") for low, high in evidence["brackets"]]
    view = window([logit, *(x for mark in marks for x in (mark.low, mark.high))])
    svg = recursion_picture(view, curve(claim, box, view), marks, [], (logit, logit))
    caption = content(
        "The map at the witness against the diagonal, in log-odds and in the probability of success; a "
        "cross marks a bracket of the witness. "
        "Other fixed points, if there are any, are not marked."
    )
    return (
        Figure(
            f"{name}-map",
            svg,
            caption,
            "The map T at the witness against the diagonal, with the witness's brackets marked.",
        ),
    )


def paving_figure(claim: Json, evidence: Json, name: str) -> tuple[Block, ...]:
    """The leaves of the tree."""
    low, high = (ends(end)[0] for end in evidence["logit"])
    root = {"logit": (low, high)} | {
        axis: ends(claim["parameters"][axis]) for axis in ("alpha", "beta", "eps")
    }
    found = leaves(evidence["nodes"], root)
    drawn = axes_to_draw(found, root)
    if not drawn:
        return ()
    svg = paving_picture(found, root, drawn, AXES)
    caption = content(
        f"The {len(found)} boxes of the proof in the plane of ", *shown(drawn),
        ", at the middle of the other ranges: ",
        "in the grey ones there is no fixed point, in the green ones the property holds.",
    )  # fmt: skip
    return (Figure(f"{name}-paving", svg, caption, "The boxes of the proof by covering."),)


def shown(drawn: list[str]) -> Content:
    """The names of the axes."""
    names = [math("L" if axis == "logit" else axis) for axis in drawn]
    return content(*names[:1], *(" and ", names[1]) if len(names) == 2 else ())
