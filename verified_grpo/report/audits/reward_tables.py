"""The report of a table of rewards: the answer first, what it rests on, then the numbers."""

from __future__ import annotations

from verified_grpo.audit.reward_tables import AuditedRewards
from verified_grpo.audit.reward_tables.auditing import LISTED
from verified_grpo.audit.reward_tables.columns import MEANINGS
from verified_grpo.audit.reward_tables.sentences import answered, asked_of, counted, means, read_from
from verified_grpo.audit.reward_tables.solving import LOSES
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

OF_CORRECTNESS = (
    "Those of correctness are there if it was given. Each different table of classes has its certificate."
)
QUESTION = (
    "Each prompt's samples make classes of answers, one for each value of the reward. If the policy is "
    "trained on this reward by small steps, where do its mean reward and its share of correct answers go? "
    "Each answer is a proof, not a simulation; a prompt for which none was found is called undecided."
)
ASSUMED = (
    "The shares of the classes are those of the samples, exactly: the error of sampling is not carried. A "
    "class of which no sample was drawn is not there.",
    "An update goes a step of at most certified_largest_step along the natural gradient of the prompt's own "
    "objective, without noise, and the next one samples anew. Any such steps lead to the least fixed point.",
    "The advantage is that of the population model, not of a finite group: with more than two values the two "
    "are different updates.",
    "Prompts do not influence each other.",
)


def reward_tables_document(audited: AuditedRewards, out: str) -> Document:
    """The report of an audited table; `out` is the name of the table with the certified columns."""
    loses = audited.changes[LOSES]
    tone = Tone.PROVED if audited.decided and not loses else Tone.DECLINED
    word = "some undecided" if not audited.decided else "some get worse" if loses else "proved"
    front: list[Block] = [
        Banner(tone, word, content(answered(audited))),
        Paragraph(content(QUESTION), "What was asked."),
        Paragraph(content(means(audited)), "How far."),
        counts(counted(audited)),
        facts(asked_of(audited), read_from(audited), out, all_of="All prompts", holds="prompts"),
    ]
    body = (
        *assumptions(ASSUMED),
        *_listed(audited),
        *columns(MEANINGS, ends="decimals", further=OF_CORRECTNESS),
    )
    return Document("Audit of a table of rewards", "Certified dynamics of GRPO", tuple(front), body)


def _listed(audited: AuditedRewards) -> tuple[Block, ...]:
    if not audited.listed:
        return ()
    rows = tuple(
        Row(
            (
                content(Code(shortened(one.prompt, SHORT))),
                content(one.answer.correct or ""),
                content("{} to {}".format(*(one.answer.correct_limit or ("undecided", "undecided")))),
                content(one.answer.course or ""),
            )
        )
        for one in audited.listed
    )
    header = (content("prompt"), content("correct now"), content("in the limit"), content("on the way"))
    return (
        Heading(2, content("Prompts that lose correct answers"), "losing"),
        Paragraph(content(f"The first {LISTED} in the order of the table; certified_change marks all.")),
        Table(header, rows, widths=(5, 3, 6, 3)),
    )
