"""The page of a passage: how many updates until p is at a target."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import Passage, PassageEvidence
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

INSTEAD = (
    "Updates that are natural-gradient steps, one or some at frozen advantages, obey the same recursion with "
    "another alpha and beta: these parameters may be theirs."
)
STEP: Tree = ("rel", ("index", "L", "n"), "=", ("T", ("index", "L", ("-", "n", "1"))))
METHODS = {
    "corners": "On the way the map keeps order, so that over a box every sequence stays between those of two "
    "corners; bounds of these are carried on from one side, and do not widen (lemma 38).",
    "barrier": "The map of the fastest corner keeps order and does not carry a barrier below the target "
    "outward (lemma 38).",
}


def passage_page(claim: Passage, evidence: PassageEvidence, name: str) -> Page:
    """The page; there is no figure to name."""
    words = said(
        "For {parameters}, with {contrast}, the sequence from {p_ref} on:",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    note = content(INSTEAD)
    whole = (*result(claim), *content("."), *plateau(claim))
    return judged(
        content("Passage: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        statement=(Paragraph(words), Display(Formula(STEP)), Paragraph(whole), Paragraph(note)),
        proof=content(METHODS[evidence["rule"]] + " The lemma is the checker's."),
        limits=not_claimed(
            content("What the sequence does after it is there."),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def plateau(claim: Passage) -> Content:
    """Where it lingers, if that is claimed."""
    if claim["verdict"] == "never" or "plateau" not in claim:
        return ()
    (first, last), (low, high) = claim["plateau"]["updates"], bounds(claim["plateau"]["logit"], 8)
    n = math("index", "L", "n")
    return (
        *content(f" A plateau: for n from {first} to {last} ", n),
        *content(" lies in ", math("interval", low, high), "."),
    )


def result(claim: Passage) -> Content:
    """The count in one line."""
    target = math("rel", "p_n", ">=", bounds([claim["reach"]] * 2, 12)[0])
    if claim["verdict"] == "never":
        return content("never ", target)
    least, most = claim["steps"]
    count = f"exactly {most}" if least == most else f"{least} at least and {most} at most"
    return content(target, f" first after {count} updates")
