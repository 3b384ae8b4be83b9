"""``verified-grpo audit --pass-rates`` of rewards that are not 0 or 1, or with ``--correct``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..audit.reward_tables import AuditedRewards, RewardQuestion, audit_rewards
from ..audit.reward_tables.outputs import rewards_json
from ..audit.reward_tables.sentences import ASSUMPTIONS, answered, asked_of, counted, means, read_from
from ..audit.reward_tables.solving import Answer
from ..characters import shortened
from ..errors import InputError
from ..model.classes import CONTRASTS
from .audit_options import AuditOptions
from .audited_tables import counted_off, report_beside, told
from .options import PROVED, UNDECIDED, answer
from .shown import shortened as cut

if TYPE_CHECKING:
    from ..audit.pass_rates import Asked, Question


def about_rewards(options: AuditOptions, question: Question, asked: Asked) -> int:
    """Every prompt by its classes of answers; 2 where one is undecided.

    Raises:
        InputError: what classes are not asked about, or what is wrong with the table.
    """
    assert options.pass_rates is not None
    options.refuse("classes of answers (rewards that are not 0 or 1, --correct)", "confidence", "target")
    with counted_off("classes") as done:
        audited = audit_rewards(
            options.pass_rates,
            _question(question),
            asked=asked,
            correct=options.correct,
            out=options.out,
            jobs=options.jobs,
            progress=done,
        )
    if options.out is not None:
        from ..report.audits.reward_tables import reward_tables_document

        made = partial(reward_tables_document, audited)
        report_beside(options, made, certificates=audited.certificates)
    answer(rewards_json(audited), _text(audited), options.as_json)
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


def _text(audited: AuditedRewards) -> str:
    """The answer for a terminal of 80 columns."""
    lines = told(
        answered(audited), ASSUMPTIONS, asked_of(audited), read_from(audited), counted(audited),
        [means(audited)],
    )  # fmt: skip
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
