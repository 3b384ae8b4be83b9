"""The contrasts that certificates may name: a row each."""

from __future__ import annotations

from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.contrasts.batch import Batch
from verified_grpo.checker.contrasts.group import Group
from verified_grpo.checker.contrasts.group_loo import GroupLOO
from verified_grpo.checker.contrasts.group_mixed import GroupMixed
from verified_grpo.checker.contrasts.maxrl import MaxRL
from verified_grpo.checker.contrasts.mean import Mean
from verified_grpo.checker.contrasts.mean_std import MeanStd
from verified_grpo.checker.contrasts.mean_var import MeanVar
from verified_grpo.checker.contrasts.written import Written

CONTRASTS: dict[str, type[Contrast]] = {
    MeanVar.name: MeanVar,
    MeanStd.name: MeanStd,
    Mean.name: Mean,
    Group.name: Group,
    Written.name: Written,
    GroupLOO.name: GroupLOO,
    GroupMixed.name: GroupMixed,
    MaxRL.name: MaxRL,
    Batch.name: Batch,
}
"""By their names in certificates."""
