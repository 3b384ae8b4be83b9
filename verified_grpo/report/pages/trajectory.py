"""The page of a trajectory: between which bounds the sequence is after so many updates."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import ClippedTrajectory, Corners, Orbit, Trajectory
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
CLIPPED = (
    "The maximiser of the clipped surrogate is written down (lemma 48): the whole step where it is within "
    "both caps, else a cap, or what is left of the drive between them, and never less than the KL alone asks "
    "for. The sequence is followed by enclosures. The lemma is the checker's."
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


def clipped_trajectory_page(claim: ClippedTrajectory, evidence: Orbit, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    words = said(
        "For {parameters}, with {contrast}, from {p_ref} on, each update solved exactly with the ratio of "
        f"policies clipped from 1 - {claim['clip']['low']} to 1 + {claim['clip']['high']}:",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    return judged(
        content("Clipped trajectory: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        statement=(Paragraph(words), Paragraph((*result(claim), *content(".")))),
        figures=(Figure(name, picture(claim), said(CAPTION), "The sequence after so many updates."),),
        proof=content(CLIPPED),
        limits=not_claimed(
            content("What the sequence does after its last update here."),
            content("Anything about advantages whose mean is not 0, as with leave-one-out."),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def result(claim: Trajectory | ClippedTrajectory) -> Content:
    """Where it is in the end, in one line."""
    last = claim["values"][-1]
    low, high = bounds(last["p"], 12)
    return content(f"after {last['n']} updates ", math("rel", "p_n", "in", ("interval", low, high)))


def picture(claim: Trajectory | ClippedTrajectory) -> bytes:
    """The enclosures of all updates listed."""
    values = claim["values"]
    p = [(as_float(value["p"][0]), as_float(value["p"][1])) for value in values]
    logit = [(as_float(value["logit"][0]), as_float(value["logit"][1])) for value in values]
    return trajectory_picture([value["n"] for value in values], p, logit)
