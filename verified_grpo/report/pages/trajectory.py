"""The page of a trajectory: between which bounds the sequence is after so many updates."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import Corners, Trajectory
from verified_grpo.report.document import Content, Display, Figure, Paragraph, content
from verified_grpo.report.drawing.trajectory import trajectory_picture
from verified_grpo.report.formula import Formula
from verified_grpo.report.numerals import as_float, bounds
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import (
    Page,
    contrast_label,
    judged,
    math,
    not_claimed,
    parameters,
    said,
)
from verified_grpo.report.pages.passage import INSTEAD, STEP

METHOD = (
    "On the way the map keeps order, so that over a box every sequence stays between those of two corners; "
    "bounds of these are carried on from one side, and do not widen (lemma 40). The lemma is the checker's."
)
CAPTION = "The sequence after so many updates, in {p} and in log-odds: the enclosures of the certificate."


def trajectory_page(claim: Trajectory, evidence: Corners, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    words = said(
        "For {parameters}, with {contrast}, the sequence from {p_ref} on:",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    whole, note = (*result(claim), *content(".")), content(INSTEAD)
    return judged(
        content("Trajectory: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        statement=(Paragraph(words), Display(Formula(STEP)), Paragraph(whole), Paragraph(note)),
        figures=(Figure(name, picture(claim), said(CAPTION), "The sequence after so many updates."),),
        proof=content(METHOD),
        limits=not_claimed(
            content("What the sequence does after its last update here."),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def result(claim: Trajectory) -> Content:
    """Where it is in the end, in one line."""
    last = claim["values"][-1]
    low, high = bounds(last["p"], 12)
    return content(f"after {last['n']} updates ", math("rel", "p_n", "in", ("interval", low, high)))


def picture(claim: Trajectory) -> bytes:
    """The enclosures of all updates listed."""
    values = claim["values"]
    p = [(as_float(value["p"][0]), as_float(value["p"][1])) for value in values]
    logit = [(as_float(value["logit"][0]), as_float(value["logit"][1])) for value in values]
    return trajectory_picture([value["n"] for value in values], p, logit)
