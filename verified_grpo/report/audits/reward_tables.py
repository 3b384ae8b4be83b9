"""The report of a table of rewards: the answer first, what it rests on, then the numbers."""

from __future__ import annotations

from verified_grpo.audit.reward_tables import AuditedRewards
from verified_grpo.audit.reward_tables.auditing import LISTED
from verified_grpo.audit.reward_tables.columns import MEANINGS
from verified_grpo.audit.reward_tables.sentences import answered, asked_of, counted, means, read_from
from verified_grpo.audit.reward_tables.solving import LOSES
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
        _counts(audited),
        Facts(
            (
                ("Variant", content(asked_of(audited))),
                ("Read", content(read_from(audited))),
                ("All prompts", content(Code(out), ": the prompts with the certified columns")),
            )
        ),
    ]
    body = (
        Heading(1, content("What this rests on"), "assumptions"),
        Items(tuple(content(line) for line in ASSUMED)),
        *_listed(audited),
        *_columns(),
    )
    return Document("Audit of a table of rewards", "Certified dynamics of GRPO", tuple(front), body)


def _counts(audited: AuditedRewards) -> Table:
    rows = tuple(Row((content(f"{count:,}"), content(words))) for words, count in counted(audited))
    return Table((content("prompts"), content("which")), rows, widths=(2, 12))


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


def _columns() -> tuple[Block, ...]:
    rows = tuple(Row((content(Code(name)), content(words))) for name, words in MEANINGS)
    return (
        Heading(2, content("The columns"), "columns"),
        Paragraph(
            content(
                "Every name begins with ",
                Code("certified_"),
                ". Ends are decimals rounded outward: the exact value lies between them. An empty place "
                "claims nothing. Those of correctness are there if it was given. Each different table of "
                "classes has its certificate.",
            )
        ),
        Table((content("column"), content("what it holds")), rows, widths=(6, 10)),
    )
