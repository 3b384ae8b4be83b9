"""The page of the time of a flow: when infinitely small steps are at a target."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import FlowEvidence, FlowTime
from verified_grpo.report.document import Content, Display, Paragraph, content
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds
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
from verified_grpo.report.pages.small_steps import DRIVE

METHODS = {
    "cells": "The time is the integral of one over the speed (lemma 41), enclosed cell by cell from the "
    "speed in the middle and the slope over the cell (lemma 43); over a box at the two corners where the "
    "drive is least and largest. The lemmas are the checker's.",
    "barrier": "The drive is not positive at a point below the target, which the flow cannot pass (lemma 41 "
    "of the checker).",
}


def flow_page(claim: FlowTime, evidence: FlowEvidence, name: str) -> Page:
    """The page; there is no figure to name."""
    speed: Tree = ("F", "L") if claim["metric"] == "1" else ("*", "p", ("-", "1", "p"), ("F", "L"))
    words = said(
        "For {parameters}, with {contrast}, let the log-odds flow from those of {p_ref} on with the speed",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    drive: Tree = ("rel", ("F", "L"), "=", DRIVE)
    whole = (*result(claim), *content("."), *plateau(claim))
    return judged(
        content("Time of the flow: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        statement=(
            Paragraph(words),
            Display(Formula(speed)),
            Display(Formula(drive)),
            Paragraph(whole),
        ),
        proof=content(METHODS[evidence["rule"]]),
        limits=not_claimed(
            content("How near steps of a size are to the flow."),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def plateau(claim: FlowTime) -> Content:
    """Where it lingers, if that is claimed."""
    if claim["verdict"] == "never" or "plateau" not in claim:
        return ()
    low, high = bounds(claim["plateau"], 8)
    return content(
        " A plateau: at least half of this time ", math("L"), " lies in ", math("interval", low, high), "."
    )


def result(claim: FlowTime) -> Content:
    """The time in one line."""
    target = math("rel", "p", ">=", bounds([claim["reach"]] * 2, 12)[0])
    if claim["verdict"] == "never":
        return content("never ", target)
    low, high = bounds(claim["time"], 8)
    return content(target, " first at a time in ", math("interval", low, high))
