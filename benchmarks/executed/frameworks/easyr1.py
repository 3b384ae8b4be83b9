"""EasyR1: the estimator ``grpo``, ``compute_kl``, and every loss of ``compute_policy_loss``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

CORE, FUNCTIONAL = "verl/trainer/core_algos.py", "verl/utils/torch_functional.py"
NAMES = ("compute_grpo_outcome_advantage", "average_loss", "compute_policy_loss", "compute_kl")
SETTINGS = (
    ("low_var_kl", "default"),
    ("mse", "default"),
    ("kl", "default"),
    ("low_var_kl", "gspo"),
    ("low_var_kl", "gspo_token"),
    ("low_var_kl", "cispo"),
    ("low_var_kl", "sapo"),
)


def options(source: Source) -> list[Option]:
    """Three estimates in the loss, and the losses beside the default one."""
    used = SimpleNamespace(masked_mean=source.cut(FUNCTIONAL, "masked_mean").masked_mean)
    cut = source.cut(CORE, *NAMES, VF=used)
    return [_option(cut, *setting) for setting in SETTINGS]


def _option(cut: Any, kind: str, name: str) -> Option:
    configuration = {
        "algorithm.adv_estimator": "grpo",
        "algorithm.use_kl_loss": "true",
        "algorithm.kl_penalty": kind,
        "algorithm.kl_coef": "1",
        "worker.rollout.n": "8",
        "worker.actor.loss_type": name,
    }

    def advantages(rewards: Any) -> Any:
        size = len(rewards)
        given = rewards[:, None].clone()
        return cut.compute_grpo_outcome_advantage(given, torch.ones(size, 1), ["0"] * size)[0][:, 0]

    def policy(logp: Any, given: Any) -> Any:
        mask = torch.ones_like(given)
        numbers = (0.2, 0.3, 3.0, 1.0, 1.05)
        return cut.compute_policy_loss(logp.detach(), logp, given, mask, *numbers, name, "token")[0]

    return combined(
        f"kl_penalty {kind}, loss_type {name}",
        configuration,
        advantages,
        policy,
        lambda logp, ref: cut.compute_kl(logp, ref, kind),
        lambda kl: cut.average_loss(kl, torch.ones_like(kl), "token"),
    )
