"""The report of a table of pass rates: the answer first, then the picture, then the numbers."""

from __future__ import annotations

from verified_grpo.audit.pass_rates import Audited
from verified_grpo.audit.pass_rates.sentences import answered, asked_of, counted, means, read_from
from verified_grpo.audit.pass_rates.tally import SHOWN
from verified_grpo.characters import shortened
from verified_grpo.report.audits.pass_rates_picture import before_and_after
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Document,
    Facts,
    Figure,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)

SHORT = 200
"""Characters of a prompt that are shown: enough to tell which it is, and no page of its own."""
QUESTION = (
    "Each prompt is solved by the reference policy with some probability p_ref. If GRPO is iterated with "
    "these settings, every step being optimised to the end, where does the prompt's success rate go? Each "
    "answer is a proof, not a simulation; a prompt for which none was found is called undecided."
)
SHORT_LEFT_OUT = "one network learning all prompts at once, steps cut short, clipping, and how long it takes."
CAPTION = (
    "Prompts by their measured pass rate (left) and by the certified limit of the success rate (right), in "
    "twentieths; prompts at risk are hatched. An interval stands where its middle lies."
)


def pass_rates_document(audited: Audited, out: str) -> Document:
    """The report of an audited table; `out` is the name of the table with the certified columns."""
    tally = audited.tally
    tone = Tone.REFUTED if tally.verdicts["cycle"] else Tone.DECLINED if tally.at_risk else Tone.PROVED
    word = {Tone.REFUTED: "some swing", Tone.DECLINED: "some at risk", Tone.PROVED: "all settle"}[tone]
    front: list[Block] = [
        Banner(tone, word, content(answered(audited))),
        Paragraph(content(QUESTION), "What was asked."),
        Paragraph(content(means(audited)), "How far."),
        Paragraph(content(_short_assumption(audited)), "It assumes"),
        Paragraph(content(SHORT_LEFT_OUT), "It does not cover"),
        Figure("before-and-after", before_and_after(tally), content(CAPTION), _described(audited)),
        _counts(audited),
        Facts(
            (
                ("Variant", content(asked_of(audited))),
                ("Read", content(read_from(audited))),
                ("All rows", content(Code(out), ": the table with the certified columns")),
            )
        ),
    ]
    body = (*_grounds(audited), *_risky(audited), *_columns(audited))
    return Document("Audit of a table of pass rates", "Certified dynamics of GRPO", tuple(front), body)


def _short_assumption(audited: Audited) -> str:
    if audited.question.confidence:
        rate = "its true success rate lies in the interval of confidence around the measured one"
    else:
        rate = "its measured rate is its true one"
    return f"that each prompt follows GRPO's exact recursion by itself, and that {rate} (details below)."


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
    assumed = [
        "The success rate follows GRPO's exact recursion: each step maximises its objective over all "
        "policies of the prompt, and the next step starts from there.",
        "Prompts do not influence each other.",
    ]
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
        "What one network does to many prompts at once, learning rates, steps cut short, clipping, batches.",
        "How many training steps it takes: a step of the recursion is a whole optimisation.",
        "A prompt without any success (k = 0), or without any failure (k = n), gives no advantage within "
        "its group. Taken exactly, its rate never changes; whether it truly is 0 or 1 no sample can say.",
    ]
    return (
        Heading(1, content("What this rests on"), "assumptions"),
        Items(tuple(content(line) for line in assumed)),
        Heading(2, content("Not covered"), "not-covered"),
        Items(tuple(content(line) for line in left_out)),
    )


def _risky(audited: Audited) -> tuple[Block, ...]:
    tally = audited.tally
    if not tally.at_risk:
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
        Heading(2, content("Prompts at risk"), "risk"),
        Paragraph(
            content(
                f"For each reason the first {SHOWN} in the order of the table; the column ",
                Code("certified_note"),
                f" marks all {tally.at_risk:,}.",
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
    meanings = (
        first,
        ("fixed_points", "how many fixed points there are; empty where that is not one proved number"),
        ("logit_low, logit_high", "the limit in log-odds; of a cycle, the range of its points"),
        ("p_low, p_high", "the limit as a success rate"),
        ("one_minus_p_low, one_minus_p_high", "its complement, with digits of its own"),
        ("gain_low, gain_high", "limit minus p_ref"),
        ("verdict", "rises, falls, fixed-point, cycle, absorbing, depends or undecided"),
        ("period", "1, or the number of points of the cycle"),
        ("rate", "in the long run a step multiplies the distance to the limit by at most this"),
        ("note", "why the prompt is at risk, or special"),
    )
    rows = tuple(Row((content(Code(name)), content(words))) for name, words in meanings)
    return (
        Heading(2, content("The columns"), "columns"),
        Paragraph(
            content(
                "Every name begins with ",
                Code("certified_"),
                ". Ends are doubles rounded outward: the exact value lies between them. An empty "
                "place claims nothing.",
            )
        ),
        Table((content("column"), content("what it holds")), rows, widths=(6, 10)),
    )


def _described(audited: Audited) -> str:
    tally = audited.tally
    return (
        f"Two histograms of {tally.prompts:,} prompts: pass rates as measured, of which {tally.at_risk:,} at "
        f"risk, and limits, of which {tally.settled:,} are proved."
    )
