"""The page of small steps under k3: what any steps up to a bound lead to."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import K3Falls, K3SmallSteps
from verified_grpo.report.document import Block, Display, Paragraph, content
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import Page, contrast_label, judged, not_claimed, parameters, said
from verified_grpo.report.pages.small_steps import INSTEAD, STEP, brackets, rise

PULL: Tree = ("/", ("-", "p", "p_ref"), ("*", "p", ("-", "1", "p")))
DRIVE: Tree = ("rel", ("F", "L"), "=", ("-", ("Omega", "L"), ("*", "beta", PULL)))
TO = "the only zero of the drive"
METHOD = (
    "For every contrast the function {p(1-p)Omega} is concave in {p}, so that the drive {F} has one zero and "
    "is positive before it (lemma 26). A step up to the bound keeps order there, so it cannot lead past the "
    "zero (lemma 39): the pull is steepest at an end; how steeply the contrast falls is bounded on cells. "
    "The lemmas are the checker's."
)


def k3_steps_page(claim: K3SmallSteps, evidence: K3Falls, name: str) -> Page:
    """The page; there is no figure to name."""
    concave = ("*", "p", ("-", "1", "p"), ("Omega", "p"))
    return judged(
        content("Small steps under k3: ", parameters(claim), f" ({contrast_label(claim)})"),
        rise(claim["largest_step"][0], TO),
        statement=statement(claim),
        proof=said(METHOD, **{"p(1-p)Omega": concave}),
        limits=not_claimed(
            content("That larger steps do anything else: the bound is sufficient, not sharp."),
            content("Anything about the regulariser KL(pi || pi_ref), which other kinds are about."),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def statement(claim: K3SmallSteps) -> tuple[Block, ...]:
    """The claim in words, with the step that it is about."""
    words = said(
        "For {parameters}, with {contrast} under KL(pi_ref || pi), and any positive steps, from the log-odds "
        "of {p_ref} on:",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    whole = (*rise(claim["largest_step"][0], TO), *content("; there if the sum of the steps diverges."))
    return (
        Paragraph(content(INSTEAD)),
        Paragraph(words),
        Display(Formula(STEP)),
        Display(Formula(DRIVE)),
        Paragraph(whole),
        brackets(claim["limit"], claim["largest_step"]),
    )
