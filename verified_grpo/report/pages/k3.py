"""The pages of certificates under the second regulariser, KL(pi_ref || pi), which the estimator k3 has."""

from __future__ import annotations

from verified_grpo.certificates.grammar.points import K3Claim, K3Evidence
from verified_grpo.report.document import Block, Content, Display, Paragraph, Strong, Table, content
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages.fixed_points import bracket
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

STEP: Tree = (
    "rel",
    ("/", ("-", "p_n", "p_ref"), ("*", "p_n", ("-", "1", "p_n"))),
    "=",
    ("/", ("Omega", ("index", "L", ("-", "n", "1"))), "beta"),
)
TITLES = {
    "k3-fixed-point": "Fixed point",
    "k3-amplification": "Amplification",
    "k3-convergence": "Convergence",
}
METHODS = {
    "concave": "For every contrast the function {p(1-p)Omega} is concave in {p}, so that there is one fixed "
    "point (lemma 26); signs at the bracket's ends, and the formula of the multiplier (27), do the rest.",
    "closed-form": "The lift is least at a corner of the box, where it is enclosed (lemma 28).",
    "half": "Every step ends at even odds or above, where the step rises: from the first step on the "
    "sequence is monotone and bounded (lemma 29).",
    "tree": "The box is cut into parts; on each, intervals that hold the sequence and the fixed point are "
    "nested until the step contracts on the last (lemma 30).",
    "witness": "At the exact parameters in the evidence the fixed point is bracketed, and its multiplier is "
    "beyond one in size on the whole bracket.",
}


def k3_page(claim: K3Claim, evidence: K3Evidence, name: str) -> Page:
    """The page; there is no figure to name."""
    return judged(
        content(f"{TITLES[claim['kind']]} under k3: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        verdict=claim["verdict"] if claim["kind"] == "k3-convergence" else "proved",
        statement=statement(claim),
        proof=method(evidence),
        limits=not_claimed(
            content("Anything about the regulariser KL(pi || pi_ref), which the other kinds are about."),
            content("Anything about finite samples, inexact maximisation, or prompts that share parameters."),
        ),
    )


def result(claim: K3Claim) -> Content:
    """The verdict in one line."""
    if claim["kind"] == "k3-fixed-point":
        return content(
            f"exactly one fixed point for all parameters of the box: {claim['fixed_point']['stability']}"
        )
    if claim["kind"] == "k3-amplification":
        lift = ("-", ("logit", "p*"), ("logit", "p_ref"))
        return content(math("rel", lift, ">=", bounds([claim["margin"]] * 2)[0]), " at the only fixed point")
    if claim["verdict"] == "refuted":
        return content("for some of these parameters the only fixed point repels")
    return said("the sequence from {p_ref} tends to the only fixed point, which attracts")


def statement(claim: K3Claim) -> tuple[Block, ...]:
    """The claim in words, with the recursion that it is about."""
    words = said(
        "For {parameters}, with {contrast} and the exact update under KL(pi_ref || pi):",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    return (
        Paragraph(words),
        Display(Formula(STEP)),
        Paragraph((*result(claim), *content("."))),
        *table(claim),
    )


def table(claim: K3Claim) -> tuple[Block, ...]:
    """The brackets of the fixed point."""
    if claim["kind"] != "k3-fixed-point":
        return ()
    point = claim["fixed_point"]
    rows = (
        bracket(content(Strong(point["stability"])), math("L*"), bounds(point["logit"])),
        bracket((), math("p*"), bounds(point["p"])),
        bracket((), math("-", "1", "p*"), bounds(point["one_minus_p"])),
        bracket((), math("words", "multiplier"), bounds(point["multiplier"]), last=True),
    )
    header = (content("kind"), content("quantity"), content("lower bound"), content("upper bound"))
    return (Table(header, rows, widths=(3, 4, 7, 7)),)


def method(evidence: K3Evidence) -> Content:
    """What carries the claim, in words."""
    words = METHODS[evidence["rule"]] + " The lemmas are the checker's; checked with Arb at {bits} bits."
    concave = ("*", "p", ("-", "1", "p"), ("Omega", "p"))
    return said(words, bits=str(evidence["bits"]), **{"p(1-p)Omega": concave})
