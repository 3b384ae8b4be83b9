"""The page of small steps under any pull: what any steps up to a bound lead to, or that none stops."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import (
    Pull,
    PullRises,
    PullSmallSteps,
    PullStepsEvidence,
)
from verified_grpo.report.document import Block, Content, Display, Paragraph, content
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import Page, contrast_label, judged, not_claimed, parameters, said
from verified_grpo.report.pages.small_steps import INSTEAD, STEP, brackets, rise

TO = "the least zero of the drive above the reference"
DRIVE: Tree = ("rel", ("F", "L"), "=", ("-", ("Omega", "L"), ("*", "beta", ("R", "L"))))
METHODS = {
    "least-zero": "From the log-odds of {p_ref} to the limit the drive {F} is positive: cell by cell, by a "
    "strict sign, or because it is monotone on the cell and positive at the end where it is least. Where a "
    "clamp sets in it jumps upwards. A step up to the bound keeps order, so it cannot lead past the "
    "zero (lemma 46). How steeply the drive falls on the way is bounded on cells, too.",
    "no-stop": "The drive {F} is at least the gain on cells from the log-odds of {p_ref} on, and above the "
    "last one, where failures are clamped, because the pull of successes is bounded there (lemma 47).",
}


def pull_steps_page(claim: PullSmallSteps, evidence: PullStepsEvidence, name: str) -> Page:
    """The page; there is no figure to name."""
    return judged(
        content("Small steps under another pull: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        statement=statement(claim),
        proof=said(METHODS[evidence["rule"]] + " The lemmas are the checker's."),
        limits=not_claimed(
            content("That larger steps do anything else, where a bound is given: it is sufficient."),
            content("That a zero of the drive is the only one."),
            content(
                "Anything about completions of several tokens, whose KL in the loss is a sum over tokens."
            ),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def result(claim: PullSmallSteps) -> Content:
    """The verdict in one line."""
    if claim["verdict"] == "rises-to-one":
        return content("no stop: p rises, to 1, by any steps")
    step = claim["largest_step"]
    return rise(step[0] if isinstance(step, list) else step, TO)


def statement(claim: PullSmallSteps) -> tuple[Block, ...]:
    """The claim in words, with the step and the pull that it is about."""
    words = said(
        "For {parameters}, with {contrast} and the pull R below, and any positive steps, from the log-odds "
        "of {p_ref} on:",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    return (
        Paragraph(content(INSTEAD)),
        Paragraph(words),
        Display(Formula(STEP)),
        Display(Formula(DRIVE)),
        Paragraph(content(pull_sentence(claim["pull"]))),
        Paragraph((*result(claim), *content("; there if the sum of the steps diverges."))),
        *((_brackets(claim),) if claim["verdict"] == "rises" else ()),
    )


def _brackets(claim: PullRises) -> Block:
    step = claim["largest_step"]
    return brackets(claim["limit"], step if isinstance(step, list) else None)


def pull_sentence(pull: Pull) -> str:
    """The pull in words."""
    kernel = "1 - r" if pull["kernel"] == "k3" else "-log r"
    clamp = f", 0 where r - 1 - log r exceeds {pull['clamp']}" if "clamp" in pull else ""
    weights = ""
    if "dead_groups" in pull:
        power = pull["dead_groups"] - 1
        weights = (
            f", each weighted by 1 - v^{power}, v the probability of its class, since groups with one reward "
            "are dropped"
        )
    return (
        "R is the difference of k(r) on successes, r = p_ref/p, and on failures, r = (1-p_ref)/(1-p)"
        f"{weights}; k(r) = {kernel}{clamp}."
    )
