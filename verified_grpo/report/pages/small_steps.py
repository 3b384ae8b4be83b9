"""The page of a theorem of small steps: what any steps up to a bound lead to."""

from __future__ import annotations

from verified_grpo.certificates.grammar.sequences import SmallSteps, SmallStepsEvidence
from verified_grpo.certificates.grammar.values import Place, Range
from verified_grpo.report.document import Block, Content, Display, Paragraph, Row, Table, content
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

BEFORE: Tree = ("index", "L", ("-", "n", "1"))
STEP: Tree = ("rel", ("index", "L", "n"), "=", ("+", BEFORE, ("*", ("index", "eta", "n"), ("F", BEFORE))))
DRIVE: Tree = ("-", ("Omega", "L"), ("*", "alpha", "beta", ("-", "L", "L_ref")))
INSTEAD = (
    "Here an update is a natural-gradient step at frozen advantages, and not the exact maximiser of the "
    "hypotheses above."
)
METHODS = {
    "least-zero": "From the log-odds of {p_ref} to the limit the drive {F} is positive: cell by cell, at the "
    "corner of the box where it is least. A step up to the bound keeps order there, so it cannot lead past a "
    "fixed point (lemma 36). How steeply the contrast falls on the way is bounded on cells, too.",
    "no-pull": "Without a pull towards the reference the drive {F} is the contrast, which is positive "
    "(lemmas 37 and 64).",
}


def small_steps_page(claim: SmallSteps, evidence: SmallStepsEvidence, name: str) -> Page:
    """The page; there is no figure to name."""
    return judged(
        content("Small steps: ", parameters(claim), f" ({contrast_label(claim)})"),
        result(claim),
        statement=statement(claim),
        proof=said(METHODS[evidence["rule"]] + " The lemmas are the checker's."),
        limits=not_claimed(
            content("That larger steps do anything else: the bound is sufficient, not sharp."),
            content("Anything about finite samples, or prompts that share parameters."),
        ),
    )


def result(claim: SmallSteps) -> Content:
    """The verdict in one line."""
    if claim["verdict"] == "rises-to-one":
        return content("any steps: p rises, to 1")
    step = claim["largest_step"]
    return rise(step[0] if isinstance(step, list) else step, "the least fixed point")


def rise(step: str, to: str) -> Content:
    """Up to which steps it rises, and where to."""
    return content("any steps up to ", math(bounds([step] * 2, 8)[0]), f": rises to {to}, never beyond it")


def statement(claim: SmallSteps) -> tuple[Block, ...]:
    """The claim in words, with the step that it is about."""
    words = said(
        "For {parameters}, with {contrast}, and any positive steps, from the log-odds of {p_ref} on:",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
    )
    return (
        Paragraph(content(INSTEAD)),
        Paragraph(words),
        Display(Formula(STEP)),
        Display(Formula(("rel", ("F", "L"), "=", DRIVE))),
        Paragraph((*result(claim), *content("; there if the sum of the steps diverges."))),
        *((brackets(claim["limit"], claim["largest_step"]),) if claim["verdict"] == "rises" else ()),
    )


def brackets(limit: Place, step: Range | None) -> Table:
    """Those of the limit, and of the bound of the steps where it has one."""
    rows: tuple[Row, ...] = (
        bracket((), math("L*"), bounds(limit["logit"])),
        bracket((), math("p*"), bounds(limit["p"])),
        bracket((), math("-", "1", "p*"), bounds(limit["one_minus_p"]), last=step is None),
    )
    if step is not None:
        rows += (bracket((), math("words", "largest step"), bounds(step), last=True),)
    header = (content(""), content("quantity"), content("lower bound"), content("upper bound"))
    return Table(header, rows, widths=(1, 4, 7, 7))
