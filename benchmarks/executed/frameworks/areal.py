"""AReaL: ``Normalization`` of scaled rewards, and ``KLEstimator`` in the reward."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

DATA = "areal/utils/data.py"
SETTINGS = (("group", "true", "10"), ("group", "false", "1"), ("null", "true", "1"))


def options(source: Source) -> list[Option]:
    """Division by either std, and none; k1 in the reward."""
    distributed = SimpleNamespace(is_initialized=lambda: False)
    cut = source.cut(DATA, "Normalization", "KLEstimator", dist=distributed, NormConfig=None)
    return [_option(cut, *setting) for setting in SETTINGS]


def _option(cut: Any, level: str, unbiased: str, scale: str) -> Option:
    configuration = {
        "actor.kl_ctl": "1",
        "gconfig.n_samples": "8",
        "ref.path": "model",
        "actor.reward_norm.mean_level": "group",
        "actor.reward_norm.std_level": level,
        "actor.reward_norm.std_unbiased": unbiased,
        "actor.reward_norm.group_size": "8",
        "actor.reward_scaling": scale,
    }
    norm = cut.Normalization(
        SimpleNamespace(
            mean_level="group",
            mean_leave1out=False,
            std_level=None if level == "null" else level,
            std_unbiased=unbiased == "true",
            group_size=8,
            eps=1e-5,
        )
    )
    estimate = cut.KLEstimator("k1")

    def policy(logp: Any, given: Any) -> Any:
        return -(torch.exp(logp - logp.detach()) * given).mean()

    return combined(
        f"std_level {level}, std_unbiased {unbiased}, reward_scaling {scale}, k1",
        configuration,
        lambda rewards: norm(float(scale) * rewards),
        policy,
        estimate,
    )
