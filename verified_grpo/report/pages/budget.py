"""The page of a budget: what a divergence from the reference buys, or what a change has cost at least."""

from __future__ import annotations

from collections.abc import Sequence

from verified_grpo.certificates.grammar.budget import Budget, Ends
from verified_grpo.report.document import Content, Math, Paragraph, content
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages.page import Page, judged, math, not_claimed, parameter, said

METHOD = (
    "By the convexity of t log t a policy with the probability of success p has no less KL to the reference "
    "than two coins with p and {p_ref}, and the tilt of the reference to p has as much (lemma 60). That KL "
    "rises away from {p_ref} (lemma 59), so that the ends of the ranges decide. The lemmas are the checker's."
)
ABOUT = (
    "For any policy and any reference on finitely many answers to one prompt, the policy 0 where the "
    "reference is; KL in nats, of whole answers."
)


def budget_page(claim: Budget, evidence: Ends, name: str) -> Page:
    """The page; there is no figure to name."""
    return judged(
        (*content("KL as a budget: "), _given(claim)),
        _result(claim),
        statement=(
            Paragraph(content(ABOUT)),
            Paragraph((*content("With "), _given(claim), *content(": "), *_result(claim), *content("."))),
        ),
        proof=said(METHOD),
        limits=not_claimed(
            content("That training comes near the bound: it may pay more."),
            content("Anything about a logged mean over tokens, which is another number."),
            content("How certain it is that p and p_ref lie in these ranges, where they were measured."),
        ),
    )


def _given(claim: Budget) -> Math:
    other = parameter("K", claim["kl"]) if claim["asks"] == "largest-p" else parameter("p", claim["p"])
    return math("list", parameter("p_ref", claim["p_ref"]), other)


def _result(claim: Budget) -> Content:
    """What is bounded, in one line."""
    if claim["asks"] == "largest-p":
        return content("the largest p within the KL lies in ", _interval(claim["p"]))
    if claim["asks"] == "least-kl":
        return content("the least KL lies in ", _interval(claim["kl"]))
    return content("the KL is at least ", math(bounds([claim["kl"], claim["kl"]], 12)[0]))


def _interval(ends: Sequence[str]) -> Math:
    return math("interval", *bounds(ends, 12))
