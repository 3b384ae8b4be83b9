"""Tables of rewards of any values: one sample a row, each prompt's answers put into classes by their reward.

    audit_rewards(Path("samples.csv"), RewardQuestion.of("mean-var", beta="2", eps="1e-4"))

``samples.py`` reads, ``solving.py`` solves every different table of classes once, ``columns.py`` writes what
is proved of each as columns, ``auditing.py`` puts it together, ``sentences.py`` says it.
"""

from __future__ import annotations

from .auditing import AuditedRewards, audit_rewards
from .question import RewardQuestion

__all__ = ["AuditedRewards", "RewardQuestion", "audit_rewards"]
