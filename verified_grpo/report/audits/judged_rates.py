"""The report of a table of a verifier's rates: the answer first, what it rests on, then the numbers."""

from __future__ import annotations

from verified_grpo.audit.judged_rates import AuditedJudged
from verified_grpo.audit.judged_rates.auditing import LISTED
from verified_grpo.audit.judged_rates.columns import MEANINGS
from verified_grpo.audit.judged_rates.sentences import answered, asked_of, counted, means, read_from
from verified_grpo.characters import shortened
from verified_grpo.report.audits.frame import SHORT, assumptions, columns, counts, facts
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)

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
        counts(counted(audited)),
        facts(asked_of(audited), read_from(audited), out, all_of="All prompts"),
    ]
    body = (
        *assumptions(ASSUMED),
        *_listed(audited),
        *columns(MEANINGS, ends="decimals", further="Each different rate has its certificates."),
    )
    return Document("Audit of a verifier's rates", "Certified dynamics of GRPO", tuple(front), body)


def _listed(audited: AuditedJudged) -> tuple[Block, ...]:
    if not audited.listed:
        return ()
    rows = tuple(
        Row(
            (
                content(Code(shortened(one.prompt, SHORT))),
                content(one.answer.passes),
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
