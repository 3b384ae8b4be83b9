"""``verified-grpo audit --pass-rates`` of rewards that are not 0 or 1, or with ``--correct``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..audit.reward_tables import AuditedRewards, RewardQuestion, audit_rewards
from ..audit.reward_tables.sentences import ASSUMPTIONS, answered, asked_of, counted, means, read_from
from ..audit.reward_tables.solving import Answer
from ..characters import shortened
from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up
from ..model.classes import CONTRASTS
from .audit_options import AuditOptions
from .options import PROVED, UNDECIDED, answer, progress, remark
from .shown import shortened as cut
from .shown import wrapped

if TYPE_CHECKING:
    from ..audit.pass_rates import Asked, Question

DIGITS = 17


def about_rewards(options: AuditOptions, question: Question, asked: Asked) -> int:
    """Every prompt by its classes of answers; 2 where one is undecided.

    Raises:
        InputError: what classes are not asked about, or what is wrong with the table.
    """
    assert options.pass_rates is not None
    options.refuse("classes of answers (rewards that are not 0 or 1, --correct)", "confidence", "target")
    with progress() as bar:
        task = bar.add_task("classes", total=None)
        audited = audit_rewards(
            options.pass_rates,
            _question(question),
            asked=asked,
            correct=options.correct,
            out=options.out,
            jobs=options.jobs,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if options.out is not None:
        _report(audited, options)
    answer(_json(audited), _text(audited), options.as_json)
    return PROVED if audited.decided else UNDECIDED


def _question(question: Question) -> RewardQuestion:
    name = question.contrast.name
    if name not in CONTRASTS or question.contrast.scale != 1:
        raise InputError(
            f"classes of answers have the contrasts {', '.join(CONTRASTS)}, not {question.contrast.label}: "
            "finite groups do not tilt the reference by the mean reward"
        )
    if question.under_k3:
        raise InputError("classes of answers are covered under KL(pi||pi_ref), not under the k3 regulariser")
    return RewardQuestion.of(name, question.beta, question.eps, question.alpha, question.update)


def _report(audited: AuditedRewards, options: AuditOptions) -> None:
    """The report beside the table."""
    from ..report.audits.reward_tables import reward_tables_document
    from ..report.writing import write_document

    assert options.out is not None
    remark(f"table written to {options.out}")
    if audited.certificates is not None:
        remark(f"certificates written to {audited.certificates}")
    document = reward_tables_document(audited, options.out.name)
    files = write_document(document, options.format, options.out.parent, name=options.out.stem)
    remark(f"report written to {files[0]}")


def _json(audited: AuditedRewards) -> dict[str, Any]:
    return {
        "file": audited.path.name,
        "answer": answered(audited),
        "question": audited.question.words,
        "columns": [name for name in (*audited.columns.used, audited.correct) if name],
        "guessed": audited.columns.guessed,
        "prompts": audited.prompts,
        "distinct": audited.distinct,
        "verdicts": dict(sorted(audited.verdicts.items())),
        "change": dict(sorted(audited.changes.items())),
        "course": dict(sorted(audited.courses.items())),
        "exact": dict(sorted(audited.exactly.items())),
        "mean_reward": _moved(audited.rewards) if audited.settled else None,
        "correct": _moved(audited.shares) if audited.settled and audited.shares else None,
        "assumed": list(ASSUMPTIONS),
    }


def _moved(ends: tuple[Fraction, ...]) -> dict[str, Any]:
    after = [decimal_down(ends[1], DIGITS), decimal_up(ends[2], DIGITS)]
    return {"before": canonical(ends[0]), "after": after}


def _text(audited: AuditedRewards) -> str:
    """The answer for a terminal of 80 columns."""
    lines = [wrapped(answered(audited)), *ASSUMPTIONS, ""]
    lines += [wrapped(asked_of(audited), "Asked:  "), wrapped(read_from(audited), "Read:   "), ""]
    lines += [wrapped(words, f"{count:>10,}  ") for words, count in counted(audited)]
    lines += ["", wrapped(means(audited))]
    if audited.listed:
        lines += ["", "Fewer correct answers than before, or undecided; shares of the first of them:"]
        for one in audited.listed:
            kept = one.answer
            lines.append(f"  {shortened(one.prompt, 18):<18}  {kept.correct} now, {_limit(kept)}")
    return "\n".join(lines)


def _limit(kept: Answer) -> str:
    if kept.correct_limit is None:
        return f"undecided: {kept.reason}"
    return "in [{}, {}] in the limit".format(*cut(kept.correct_limit))
