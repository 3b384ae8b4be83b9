"""``verified-grpo audit --pass-rates`` of a table whose rates are those of a verifier that errs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..audit.judged_rates import AuditedJudged, JudgedQuestion, audit_judged
from ..audit.judged_rates.sentences import ASSUMPTIONS, answered, asked_of, counted, means, read_from
from ..audit.judged_rates.solving import Answer
from ..audit.pass_rates.outputs import question_json
from ..certificates import outputs
from ..certificates.budget import side
from ..characters import shortened
from ..intervals import decimal_down, decimal_up
from .audit_options import AuditOptions
from .options import PROVED, UNDECIDED, answer, progress, remark
from .shown import wrapped

if TYPE_CHECKING:
    from fractions import Fraction

    from ..audit.pass_rates import Asked

DIGITS = 12


def about_right_answers(options: AuditOptions, question: JudgedQuestion, asked: Asked) -> int:
    """The right answers behind every rate; 2 where a prompt has no proved limit.

    Raises:
        InputError: what is not asked about, or what is wrong with the table.
    """
    assert options.pass_rates is not None
    options.refuse("a table of a verifier that errs", "target", "correct", "as-classes", "step-size")
    with progress() as bar:
        task = bar.add_task("rates", total=None)
        audited = audit_judged(
            options.pass_rates,
            question,
            asked=asked,
            out=options.out,
            jobs=options.jobs,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if options.out is not None:
        _report(audited, options)
    answer(_json(audited), _text(audited), options.as_json)
    return PROVED if audited.decided else UNDECIDED


def _report(audited: AuditedJudged, options: AuditOptions) -> None:
    """The report beside the table."""
    from ..report.audits.judged_rates import judged_rates_document
    from ..report.writing import write_document

    assert options.out is not None
    remark(f"table written to {options.out}")
    if audited.certificates is not None:
        remark(f"certificates written to {audited.certificates}")
    document = judged_rates_document(audited, options.out.name)
    files = write_document(document, options.format, options.out.parent, name=options.out.stem)
    remark(f"report written to {files[0]}")


def _json(audited: AuditedJudged) -> outputs.JudgedTableAnswer:
    question = audited.question
    moved: outputs.MovedRange | None = None
    if audited.now is not None and audited.after is not None:
        moved = {"before": _outward(audited.now), "after": _outward(audited.after)}
    rounded = decimal_up if question.verifier.sign == 1 else decimal_down
    return {
        "file": audited.path.name,
        "answer": answered(audited),
        "question": {
            **question_json(question.clean),
            "true_positive": side(question.verifier.true_positive),
            "false_positive": side(question.verifier.false_positive),
            "errors": "systematic" if question.is_systematic else "independent",
        },
        "columns": list(audited.columns.used),
        "guessed": audited.columns.guessed,
        "prompts": audited.prompts,
        "distinct_rates": audited.distinct,
        "verdicts": dict(sorted(audited.verdicts.items())),
        "exact": dict(sorted(audited.exactly.items())),
        "right": moved,
        "bound": None if audited.bound is None else rounded(audited.bound, DIGITS),
        "assumed": list(ASSUMPTIONS),
    }


def _outward(pair: tuple[Fraction, Fraction]) -> list[str]:
    return [decimal_down(pair[0], DIGITS), decimal_up(pair[1], DIGITS)]


def _text(audited: AuditedJudged) -> str:
    """The answer for a terminal of 80 columns."""
    lines = [wrapped(answered(audited)), *ASSUMPTIONS, ""]
    lines += [wrapped(asked_of(audited), "Asked:  "), wrapped(read_from(audited), "Read:   "), ""]
    lines += [wrapped(words, f"{count:>10,}  ") for words, count in counted(audited)]
    lines += ["", wrapped(means(audited))]
    if audited.listed:
        lines += ["", "Without a proved limit, the first in the table:"]
        lines += [f"  {shortened(one.prompt, 22):<22}  {_why(one.answer)}" for one in audited.listed]
    return "\n".join(lines)


def _why(kept: Answer) -> str:
    low, high = kept.passed_ref
    rate = low if low == high else f"{low} to {high}"
    return f"passes {rate}: {kept.reason or kept.verdict}"
