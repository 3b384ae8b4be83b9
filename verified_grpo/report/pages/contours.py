"""The page of a map of small steps: its picture, how much of it lies in which band, and how it is proved."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verified_grpo.certificates.contours import Band, bands, parting_cells
from verified_grpo.certificates.grammar.plane import ContourColumns, ContourEvidence, Contours
from verified_grpo.report.document import (
    Block,
    Content,
    ContourExplorer,
    Curve,
    Figure,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)
from verified_grpo.report.drawing.contours import band_colours, contours_picture
from verified_grpo.report.numerals import percent
from verified_grpo.report.pages.atlas import map_curves, plane_of
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import Page, not_claimed, parameters, said, section, titled
from verified_grpo.report.pages.small_steps import INSTEAD


def contours_page(claim: Contours, evidence: ContourEvidence, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    found = list(bands({"statement": claim, "evidence": evidence}))
    k3 = "kl" in claim
    if evidence["rule"] == "levels":
        proof, alike = said(K3_METHOD, bits=str(evidence["bits"])), "What updates solved exactly do."
    else:
        proof, alike = (
            method(evidence, found),
            "That both views end at the same point where the map is not hatched.",
        )
    return Page(
        titled(f"Small steps{' under k3' * k3}, a map", claim),
        Tone.PROVED,
        "proved",
        result(claim),
        (
            *section("Statement", Paragraph(content(INSTEAD)), Paragraph(statement(claim))),
            figure_of_k3(claim, found, name) if k3 else explorer(claim, found, name),
            table(claim, found),
            *section("Proof", Paragraph(proof)),
            *not_claimed(
                content("On which side of a contour a point of its black strip lies."),
                content(alike),
                content("What steps beyond the bound do: it is sufficient, not sharp."),
                content("Anything about finite samples, or prompts that share parameters."),
            ),
        ),
    )


def result(claim: Contours) -> Content:
    """The verdict in one line."""
    count, share = len(claim["levels"]), percent(Fraction(claim["undecided"]))
    return content(
        f"contours of {count} levels of p*, in strips that are {share} of the area of the whole rectangle"
    )


def statement(claim: Contours) -> Content:
    """The claim in words."""
    if "kl" in claim:
        return said(K3_STATEMENT, parameters=parameters(claim), contrast=contrast_words(claim))
    return said(
        "For {parameters}, with {contrast}: small steps from {p_ref} rise to {p*}, the least fixed "
        "point, and {p*} lies between the two levels of the point's colour. Small are steps up to 1 over"
        " {pull} plus the steepest fall of {Omega} on the way (lemma 36). Where the map is hatched, the "
        "iteration that solves each update exactly ends elsewhere: in a cycle, or at a higher fixed "
        "point.",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
        pull=("*", "alpha", "beta"),
    )


K3_STATEMENT = (
    "For {parameters}, with {contrast} under KL(pi_ref || pi), the estimator k3 in the loss: small steps "
    "from {p_ref} rise to {p*}, the only fixed point, and {p*} lies between the two levels of the point's "
    "colour. Small are steps up to the bound of lemma 39."
)
K3_METHOD = (
    "For every contrast of this map {p} (1-{p}) {Omega} is concave in {p}, so that there is one fixed point: "
    "it is at most a level exactly where {p_ref} is at most an explicit number, which rises in {beta} (lemma "
    "55). Its values at the sides of the columns enclose each contour. Checked at {bits} bits."
)


def figure_of_k3(claim: Contours, found: Sequence[Band], name: str) -> Block:
    """The map, which a page does not follow sequences in."""
    caption = said(
        "Where small steps lead under k3, for {parameters}. Black strips enclose the contours of {p*}.",
        parameters=parameters(claim),
    )
    words = "The plane of beta and p_ref, in bands of the success rate that small steps lead to under k3."
    return Figure(f"{name}-contours", contours_picture(found, claim["levels"], [], []), caption, words)


def explorer(claim: Contours, found: Sequence[Band], name: str) -> Block:
    """The map; to be explored where pages can move."""
    curves = drawn_curves(claim)
    caption = said(
        "Where small steps lead, for {parameters}. Black strips enclose the contours of {p*}; where "
        "several lie on one another {p*} jumps, at a {fold}: a prompt below it is held back. Hatched: "
        "solved exactly, the iteration is proved to end elsewhere.",
        parameters=parameters(claim),
        fold="fold",
    )
    words = "The plane of beta and p_ref, in bands of the success rate that small steps lead to."
    picture = contours_picture(found, claim["levels"], elsewhere(claim), curves)
    return ContourExplorer(
        figure=Figure(f"{name}-contours", picture, caption, words),
        levels=tuple(claim["levels"]),
        columns=claim["columns"],
        parting=claim["parting"],
        colours=tuple(band_colours(len(claim["levels"]) + 1)),
        curves=tuple(curves),
        **plane_of(claim),
    )


def drawn_curves(claim: Contours) -> list[Curve]:
    """The folds, at which p* may jump; under k3 there are none."""
    if "kl" in claim:
        return []
    return [curve for curve in map_curves(claim) if curve.name == "fold"]


def elsewhere(claim: Contours) -> list[tuple[float, float, float, float]]:
    """The cells in which the views part, for drawing."""
    cells = parting_cells({"statement": claim})
    return [(float(a), float(b), float(c), float(d)) for (a, b), (c, d) in cells]


def table(claim: Contours, found: Sequence[Band]) -> Table:
    """Shares of the area by band."""
    ends, whole = ["0", *claim["levels"], "1"], sum(map(area, found), Fraction(0))
    rows = []
    for n in range(len(ends) - 1):
        share = sum((area(band) for band in found if band.low == band.high == n), Fraction(0)) / whole
        if share:
            rows.append(Row((content(f"{ends[n]} to {ends[n + 1]}"), content(percent(share)))))
    strips = sum((area(band) for band in found if band.low != band.high), Fraction(0)) / whole
    rows.append(Row((content("in the strip of a contour"), content(percent(strips)))))
    return Table((content("p*"), content("share of the rectangle")), tuple(rows))


def method(evidence: ContourColumns, found: Sequence[Band]) -> Content:
    """What carries the claim, in words."""
    columns = len({band.log_beta for band in found})
    return said(
        "The least fixed point is at most a level exactly where the log-odds of {p_ref} are at most the "
        "greatest value, up to the level, of an explicit function of log-odds, which rises in {beta} "
        "(lemma 44). Bounds of it at {points} points, at the sides of {count} columns, enclose each "
        "contour in each column. In hatched cells the exact iteration is caught by a cycle, or climbs "
        "above even odds while the least fixed point lies below (lemma 45). Checked at {bits} bits.",
        points=str(len(evidence["grid"])),
        count=str(columns),
        bits=str(evidence["bits"]),
    )


def area(band: Band) -> Fraction:
    """In log beta times log-odds."""
    (left, right), (low, high) = band.log_beta, band.logit_p_ref
    return (right - left) * (high - low)
