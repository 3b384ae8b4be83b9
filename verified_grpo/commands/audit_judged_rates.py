"""``verified-grpo audit --pass-rates`` of a table whose rates are those of a verifier that errs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..audit.judged_rates import AuditedJudged, JudgedQuestion, audit_judged
from ..audit.judged_rates.outputs import judged_json
from ..audit.judged_rates.sentences import ASSUMPTIONS, answered, asked_of, counted, means, read_from
from ..audit.judged_rates.solving import Answer
from ..characters import shortened
from .audit_options import AuditOptions
from .audited_tables import counted_off, report_beside, told
from .options import PROVED, UNDECIDED, answer

if TYPE_CHECKING:
    from ..audit.pass_rates import Asked


def about_right_answers(options: AuditOptions, question: JudgedQuestion, asked: Asked) -> int:
    """The right answers behind every rate; 2 where a prompt has no proved limit.

    Raises:
        InputError: what is not asked about, or what is wrong with the table.
    """
    assert options.pass_rates is not None
    options.refuse("a table of a verifier that errs", "target", "correct", "as-classes", "step-size")
    with counted_off("rates") as done:
        audited = audit_judged(
            options.pass_rates, question, asked=asked, out=options.out, jobs=options.jobs, progress=done
        )
    if options.out is not None:
        from ..report.audits.judged_rates import judged_rates_document

        made = partial(judged_rates_document, audited)
        report_beside(options, made, certificates=audited.certificates)
    answer(judged_json(audited), _text(audited), options.as_json)
    return PROVED if audited.decided else UNDECIDED


def _text(audited: AuditedJudged) -> str:
    """The answer for a terminal of 80 columns."""
    lines = told(
        answered(audited), ASSUMPTIONS, asked_of(audited), read_from(audited), counted(audited),
        [means(audited)],
    )  # fmt: skip
    if audited.listed:
        lines += ["", "Without a proved limit, the first in the table:"]
        lines += [f"  {shortened(one.prompt, 22):<22}  {_why(one.answer)}" for one in audited.listed]
    return "\n".join(lines)


def _why(kept: Answer) -> str:
    return f"passes {kept.passes}: {kept.reason or kept.verdict}"
