"""The contrasts that certificates may name: a row each."""

from __future__ import annotations

from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.contrasts.group import Group
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
}
"""By their names in certificates."""
