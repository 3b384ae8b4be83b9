"""What the audit of a table of rewards says as an object."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from ...certificates.outputs.reward_tables import MovedMean, RewardTableAnswer, RewardTableQuestion
from ...intervals import canonical, decimal_down, decimal_up
from .auditing import AuditedRewards
from .sentences import ASSUMPTIONS, answered

DIGITS = 17


def rewards_json(audited: AuditedRewards) -> RewardTableAnswer:
    """As the command line prints it with ``--json``."""
    return {
        "file": audited.path.name,
        "answer": answered(audited),
        "question": cast(RewardTableQuestion, audited.question.words),
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


def _moved(ends: tuple[Fraction, ...]) -> MovedMean:
    after = [decimal_down(ends[1], DIGITS), decimal_up(ends[2], DIGITS)]
    return {"before": canonical(ends[0]), "after": after}
