"""The report of a table of a verifier's rates: the answer first, what it rests on, then the numbers."""

from __future__ import annotations

from verified_grpo.audit.judged_rates import AuditedJudged
from verified_grpo.audit.judged_rates.auditing import LISTED
from verified_grpo.audit.judged_rates.columns import MEANINGS
from verified_grpo.audit.judged_rates.sentences import answered, asked_of, counted, means, read_from
from verified_grpo.characters import shortened
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)

SHORT = 200
QUESTION = (
    "A verifier that errs passed so many of each prompt's answers. If the policy is trained on it by small "
    "steps, where does the rate of right answers go? Each answer is a proof, not a simulation; a prompt for "
    "which none was found is called undecided."
)
ASSUMED = (
    "A measured rate is that at which the verifier passes answers, and the rate of right ones follows from "
    "it: p = (m - f)/(t - f). Where that is no probability the prompt is called impossible: its sample is "
    "too small, or the verifier has other rates on it.",
    "The verifier passes right answers, and wrong ones, at the same rates on every prompt.",
    "An update goes a step of at most certified_largest_step along the natural gradient of the prompt's own "
    "objective, without noise. Any such steps lead to the least fixed point.",
    "Prompts do not influence each other.",
)


def judged_rates_document(audited: AuditedJudged, out: str) -> Document:
    """The report of an audited table; `out` is the name of the table with the certified columns."""
    tone = Tone.PROVED if audited.decided else Tone.DECLINED
    front: list[Block] = [
        Banner(tone, "proved" if audited.decided else "some undecided", content(answered(audited))),
        Paragraph(content(QUESTION), "What was asked."),
        Paragraph(content(means(audited)), "How far."),
        Table(
            (content("prompts"), content("which")),
            tuple(Row((content(f"{count:,}"), content(words))) for words, count in counted(audited)),
            widths=(2, 12),
        ),
        Facts(
            (
                ("Variant", content(asked_of(audited))),
                ("Read", content(read_from(audited))),
                ("All prompts", content(Code(out), ": the table with the certified columns")),
            )
        ),
    ]
    body = (
        Heading(1, content("What this rests on"), "assumptions"),
        Items(tuple(content(line) for line in ASSUMED)),
        *_listed(audited),
        *_columns(),
    )
    return Document("Audit of a verifier's rates", "Certified dynamics of GRPO", tuple(front), body)


def _listed(audited: AuditedJudged) -> tuple[Block, ...]:
    if not audited.listed:
        return ()
    rows = tuple(
        Row(
            (
                content(Code(shortened(one.prompt, SHORT))),
                content(one.answer.passed_ref[0]),
                content(one.answer.reason or one.answer.verdict),
            )
        )
        for one in audited.listed
    )
    return (
        Heading(2, content("Prompts without a proved limit"), "undecided"),
        Paragraph(content(f"The first {LISTED} in the order of the table; certified_verdict marks all.")),
        Table((content("prompt"), content("passes"), content("why")), rows, widths=(5, 3, 8)),
    )


def _columns() -> tuple[Block, ...]:
    rows = tuple(Row((content(Code(name)), content(words))) for name, words in MEANINGS)
    return (
        Heading(2, content("The columns"), "columns"),
        Paragraph(
            content(
                "Every name begins with ",
                Code("certified_"),
                ". Ends are decimals rounded outward: the exact value lies between them. An empty place "
                "claims nothing. Each different rate has its certificates.",
            )
        ),
        Table((content("column"), content("what it holds")), rows, widths=(6, 10)),
    )
