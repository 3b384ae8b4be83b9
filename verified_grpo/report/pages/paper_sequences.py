"""Figures 2 and 5 of the paper: maps with all their fixed points, sequences with what they tend to.

Fixed points and limits are those of the certificate's formal parts. The curves and the terms between are
computed for the drawing, as enclosures, from the exact parameters of the same parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from verified_grpo.certificates.grammar.paper import PaperStatement
from verified_grpo.certificates.grammar.points import FixedPoints
from verified_grpo.certificates.grammar.sequences import Limit
from verified_grpo.certificates.grammar.values import OnBox
from verified_grpo.report.document import Block, Emphasis, Figure
from verified_grpo.report.drawing.bands import Axis, orbit_enclosures
from verified_grpo.report.drawing.gallery import COLOURS, MapCurve, Orbit, maps_picture, orbits_picture
from verified_grpo.report.drawing.log_odds import window
from verified_grpo.report.drawing.recursion import sigma
from verified_grpo.report.numerals import as_float, as_floats
from verified_grpo.report.pages.limit import limit_points
from verified_grpo.report.pages.page import said
from verified_grpo.report.pages.pictures import contrast_of, curve, mark, model_parameters

Claim = TypeVar("Claim", bound=OnBox)

# A panel is half as wide as a figure of one map, and its bands may be as much thicker; they are thin both in
# log-odds and in p.
PANEL = 2
TERMS = 20
WIDEST = 3.0


def maps_figure(claim: PaperStatement, name: str) -> tuple[Block, ...]:
    """Figure 2: one panel for each p_ref, one curve for each beta."""
    said_of = [part["claim"] for part in claim["parts"]]
    panels = grid([found for found in said_of if found["kind"] == "fixed-points"])
    if not panels:
        return ()
    claims = [found for _, row in panels for _, found in row]
    view = window([as_float(x) for found in claims for p in found["fixed_points"] for x in p["logit"]])

    both = Axis(lambda logit: (view.axis.place(logit) + sigma(logit)) / PANEL)

    def drawn(beta: str, found: FixedPoints) -> MapCurve:
        cells = curve(found, model_parameters(found["parameters"]), view, both)
        return MapCurve(beta, cells, [mark(point) for point in found["fixed_points"]])

    svg = maps_picture(view, [(p_ref, [drawn(*named) for named in row]) for p_ref, row in panels])
    caption = said(
        "{figure} The map at {eps} for {count} pairs of {beta} and {p_ref}, in the probability of success "
        "above and in log-odds below. For each pair a formal part says how many fixed points there are and "
        "encloses them all: full circles attract, open circles repel. The curves are bands computed for the "
        "drawing, by ball arithmetic, from the exact parameters. {differs} In {p} the upper fixed points "
        "lie on the corner, and the paper takes them for {one}; in log-odds each is a point below 1 like "
        "any other.",
        figure=Emphasis("Figure 2, certified."),
        eps=("rel", "eps", "=", "1e-5"),
        count=str(len(claims)),
        differs=Emphasis("What differs:"),
        one=("rel", "p*", "=", "1"),
    )
    words = "The map against the diagonal for several weights and references, with all fixed points."
    return (Figure(f"{name}-maps", svg, caption, words),)


def orbits_figure(claim: PaperStatement, name: str) -> tuple[Block, ...]:
    """Figure 5: one panel for each p_ref, one sequence for each beta."""
    said_of = [part["claim"] for part in claim["parts"]]
    panels = grid([found for found in said_of if found["kind"] == "limit" and found["start"] == "p_ref"])
    if not panels:
        return ()
    shown = [(p_ref, [orbit(*named) for named in row]) for p_ref, row in panels]
    drawn = [o for _, row in shown for o in row]
    view = window([x for o in drawn for bracket in (*o.terms, *o.limits) for x in bracket])
    svg = orbits_picture(view, shown, TERMS)
    cycles = sum(found["verdict"] == "cycle" for _, row in panels for _, found in row)
    caption = said(
        "{figure} The first {terms} terms of the sequence from {p_ref} at {eps}, in log-odds, named by the "
        "probabilities that they are. Terms are enclosures computed for the drawing from the exact "
        "parameters; at the right edge of a panel, from a formal part for every curve, what the sequence "
        "tends to: one bracket, or the points of a cycle. {differs} Of {count} curves {cycles} have no "
        "limit: each tends to two points in turn, as the one that the paper calls divergent ({divergent}). "
        "No limit is 1.",
        figure=Emphasis("Figure 5, certified."),
        terms=str(TERMS + 1),
        eps=("rel", "eps", "=", "1e-5"),
        differs=Emphasis("What differs:"),
        count=str(len(drawn)),
        cycles=str(cycles),
        divergent=("list", ("rel", "beta", "=", "5"), ("rel", "p_ref", "=", "0.001")),
    )
    words = "Sequences from the reference for several weights and references, each with its limit."
    return (Figure(f"{name}-orbits", svg, caption, words),)


def orbit(beta: str, claim: Limit) -> Orbit:
    """The terms of a sequence, and the brackets of what it tends to."""
    box = model_parameters(claim["parameters"])
    terms = orbit_enclosures(contrast_of(claim), box, box.p_ref, TERMS, WIDEST)
    limits = [as_floats(point["logit"]) for point in limit_points(claim)]
    return Orbit(beta, terms, limits)


def grid(claims: Sequence[Claim]) -> list[tuple[str, list[tuple[str, Claim]]]]:
    """The claims by p_ref, and for each p_ref by the betas that all have in common, at the paper's contrast,
    alpha = 1 and eps = 1e-5; empty where there are none."""
    rows: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        beta, p_ref = claim["parameters"]["beta"], claim["parameters"]["p_ref"]
        if usual(claim) and isinstance(beta, str) and isinstance(p_ref, str):
            rows.setdefault(p_ref, {})[beta] = claim
    shared = set.intersection(*(set(row) for row in rows.values())) if rows else set()
    betas = sorted(shared, key=Fraction)[: len(COLOURS)]
    panels = [(p_ref, [(beta, rows[p_ref][beta]) for beta in betas]) for p_ref in sorted(rows, key=Fraction)]
    return panels if betas else []


def usual(claim: OnBox) -> bool:
    """The paper's contrast, alpha = 1 and eps = 1e-5."""
    given = claim["parameters"]
    return claim["variant"] == {"contrast": "mean-var"} and (given["alpha"], given["eps"]) == ("1", "1e-5")
