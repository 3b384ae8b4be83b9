"""The report of a table of pass rates: the answer first, then the picture, then the numbers."""

from __future__ import annotations

from verified_grpo.audit.pass_rates import Audited
from verified_grpo.audit.pass_rates.question import Question
from verified_grpo.audit.pass_rates.sentences import (
    answered,
    asked_of,
    beside,
    counted,
    means,
    read_from,
    steps_of,
    target_of,
)
from verified_grpo.audit.pass_rates.tally import SHOWN
from verified_grpo.characters import shortened
from verified_grpo.report.audits.frame import SHORT, assumptions, columns, facts
from verified_grpo.report.audits.pass_rates_picture import before_and_after
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Document,
    Figure,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)

SHORT_LEFT_OUT = (
    "one network learning all prompts at once, noise, clipping, Adam, and which step size a learning rate "
    "makes. A limit is a ceiling, not a forecast."
)
CAPTION = (
    "Prompts by their measured pass rate (left) and by the certified limit of the success rate (right), in "
    "twentieths; prompts that are behind or at risk are hatched. An interval stands where its middle lies."
)


def pass_rates_document(audited: Audited, out: str) -> Document:
    """The report of an audited table; `out` is the name of the table with the certified columns."""
    tally = audited.tally
    tone = Tone.REFUTED if tally.verdicts["cycle"] else Tone.DECLINED if tally.at_risk else Tone.PROVED
    if tone is Tone.PROVED and tally.held_back:
        tone = Tone.DECLINED
    risk = "some at risk" if tally.at_risk else "some behind"
    word = {Tone.REFUTED: "some swing", Tone.DECLINED: risk, Tone.PROVED: "all get there"}[tone]
    front: list[Block] = [
        Banner(tone, word, content(answered(audited))),
        Paragraph(content(_question(audited.question)), "What was asked."),
        Paragraph(content(means(audited)), "How far."),
        Paragraph(content(beside(audited)), _beside_lead(audited.question)),
        Paragraph(content(_short_assumption(audited)), "It assumes"),
        Paragraph(content(SHORT_LEFT_OUT), "It does not cover"),
        Figure("before-and-after", before_and_after(tally), content(CAPTION), _described(audited)),
        _counts(audited),
        facts(asked_of(audited), read_from(audited), out),
    ]
    body = (*_grounds(audited), *_risky(audited), *_columns(audited))
    return Document("Audit of a table of pass rates", "Certified dynamics of GRPO", tuple(front), body)


def _short_assumption(audited: Audited) -> str:
    if audited.question.confidence:
        rate = "its true success rate lies in the interval of confidence around the measured one"
    else:
        rate = "its measured rate is its true one"
    return f"that each prompt learns by itself, by steps along its own exact gradient, and that {rate}."


def _question(question: Question) -> str:
    return (
        "Each prompt is solved by the reference policy with some probability p_ref. If GRPO trains it with "
        f"these settings, by {steps_of(question)}, where does its success rate go? Each answer is a proof, "
        "not a simulation; a prompt for which none was found is called undecided."
    )


def _beside_lead(question: Question) -> str:
    if question.update is not None:
        return "How many steps."
    return "And the paper's iteration?" if question.beta else "How long."


def _counts(audited: Audited) -> Table:
    rows = tuple(
        Row((content(f"{count:,}"), content(_share(count, audited.tally.prompts)), content(words)))
        for words, count in counted(audited)
    )
    return Table((content("prompts"), content("share"), content("which")), rows, widths=(2, 2, 12))


def _share(count: int, total: int) -> str:
    """A share to a tenth of a percent: as it is, or between two tenths; 0 and 100 mean none and all."""
    tenths, rest = divmod(1000 * count, total)
    low, high = (f"{tenth // 10}.{tenth % 10}" for tenth in (tenths, tenths + 1))
    return f"{low} to {high} %" if rest else f"{low} %"


def _grounds(audited: Audited) -> tuple[Block, ...]:
    """What the answer rests on and what it leaves out."""
    question = audited.question
    assumed = [*_updates(question), "Prompts do not influence each other."]
    if question.confidence:
        assumed.append(
            "p_ref may be anywhere in the prompt's Clopper-Pearson interval, whose ends are proved. The "
            "confidence is each prompt's own: in many prompts some true rates lie outside. With k = 0 the "
            "interval reaches down to 0, with k = n up to 1; the other end keeps its half of the error."
        )
    else:
        assumed.append(
            "The measured rate is the prompt's p_ref, exactly: the error of sampling is not carried."
        )
    left_out = [
        "What one network does to many prompts at once, noise, clipping, batches, optimisers such as Adam.",
        "Which size of a step along the natural gradient a learning rate makes.",
        "A prompt without any success (k = 0), or without any failure (k = n), gives no advantage within "
        "its group. Taken exactly, its rate never changes; whether it truly is 0 or 1 no sample can say.",
    ]
    return (
        *assumptions(assumed),
        Heading(2, content("Not covered"), "not-covered"),
        Items(tuple(content(line) for line in left_out)),
    )


def _updates(question: Question) -> tuple[str, ...]:
    """What an update is taken for."""
    along = (
        "along the natural gradient of the prompt's own objective, without noise; the next one samples anew"
    )
    if question.update is not None:
        return (f"An update goes {steps_of(question)}, {along}.",)
    if not question.beta:
        return (f"An update goes a step of any size {along}. There is no KL: any steps lead to 1.",)
    return (
        f"An update goes a step of at most certified_largest_step {along}. Any such steps lead to the least "
        "fixed point.",
        "Solved exactly at every step, as in the paper, an update is the maximiser of that objective: "
        "certified_exact says where that ends elsewhere.",
    )


def _risky(audited: Audited) -> tuple[Block, ...]:
    tally = audited.tally
    if not tally.at_risk and not tally.held_back:
        return ()
    rows = tuple(
        Row(
            (
                content(Code(shortened(one.prompt, SHORT))),
                content(one.p_ref),
                content(one.p),
                content(one.note),
            )
        )
        for one in tally.listed
    )
    header = (content("prompt"), content("p_ref"), content("limit"), content("why"))
    return (
        Heading(2, content("Prompts behind and at risk"), "risk"),
        Paragraph(
            content(
                f"For each reason the first {SHOWN} in the order of the table; the column ",
                Code("certified_note"),
                f" marks all: {tally.held_back:,} behind, {tally.at_risk:,} at risk. Behind: the limit lies, "
                f"or may lie, below {target_of(audited.question)} (held back: though a fixed point there "
                "exists). At risk: no limit above p_ref is proved.",
            )
        ),
        Table(header, rows, widths=(5, 4, 5, 5)),
    )


def _columns(audited: Audited) -> tuple[Block, ...]:
    first = (
        ("p_ref_low, p_ref_high", "the interval of the rate")
        if audited.question.confidence
        else ("p_ref", "the rate, as an exact fraction")
    )
    last: tuple[tuple[str, str], ...] = (
        ("steps_low, steps_high", "the first update at which p is at the target, where known"),
    )
    if audited.question.update is None:
        last = (
            ("largest_step", "any steps up to this size lead to the limit (sufficient, rounded down)"),
            (
                "exact",
                "where solving every step exactly ends: same, another fixed point, cycle, depends, undecided",
            ),
            ("exact_p_low, exact_p_high", "that place, where it is another; of a cycle, its range"),
        )
    meanings = (
        first,
        ("fixed_points", "how many fixed points there are; empty where that is not one proved number"),
        ("logit_low, logit_high", "the limit in log-odds; of a cycle, the range of its points"),
        ("p_low, p_high", "the limit as a success rate"),
        ("one_minus_p_low, one_minus_p_high", "its complement, with digits of its own"),
        ("gain_low, gain_high", "limit minus p_ref"),
        ("verdict", "rises, falls, fixed-point, cycle, absorbing, depends or undecided"),
        ("period", "1, or the number of points of the cycle"),
        ("rate", "of one step size: in the long run it multiplies the distance to the limit by at most this"),
        *last,
        ("note", "why the prompt is behind, at risk, or special"),
    )
    return columns(meanings, ends="doubles")


def _described(audited: Audited) -> str:
    tally = audited.tally
    return (
        f"Two histograms of {tally.prompts:,} prompts: pass rates as measured, of which "
        f"{tally.at_risk + tally.held_back:,} behind or at risk, and limits, of which {tally.settled:,} are "
        "proved."
    )
