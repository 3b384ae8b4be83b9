"""SkyRL: the estimators ``grpo`` and ``rloo``, ``compute_approx_kl``, and the regular loss."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

CORE = "skyrl/backends/skyrl_train/utils/ppo_utils.py"
A = "trainer.algorithm"
SETTINGS = (("true", "k3"), ("false", "k3"), ("true", "k2"), ("true", "k1"), ("", "k3"))
NAMES = (
    "compute_approx_kl",
    "compute_grpo_outcome_advantage",
    "compute_rloo_outcome_advantage",
    "reduce_loss",
    "ppo_policy_loss",
)


def options(source: Source) -> list[Option]:
    """Division or not, and the estimators in the loss."""
    log = ModuleType("loguru")
    log.logger = SimpleNamespace(warning=lambda *words: None)  # type: ignore[attr-defined]
    sys.modules.setdefault("loguru", log)  # which a function imports for its warnings
    cut = source.cut(
        CORE,
        *NAMES,
        safe_exp_delta=lambda delta, clip, out_dtype: delta.clamp(-clip, clip).exp(),
        masked_mean=lambda values, mask: values.mean(),
        apply_off_policy_correction=lambda loss, old, rollout, mask, config: (loss, mask, {}),
    )
    return [_option(cut, divided, kind) for divided, kind in SETTINGS]


def _option(cut: Any, divided: str, kind: str) -> Option:
    """Of ``rloo`` where nothing is said about a division."""
    configuration = {
        f"{A}.advantage_estimator": "grpo" if divided else "rloo",
        **({f"{A}.grpo_norm_by_std": divided} if divided else {}),
        f"{A}.use_kl_loss": "true",
        f"{A}.kl_loss_coef": "1",
        f"{A}.kl_estimator_type": kind,
        "generator.n_samples_per_prompt": "8",
    }
    config = SimpleNamespace(
        policy_loss_type="regular", eps_clip_low=0.2, eps_clip_high=0.2, off_policy_correction=None
    )

    def advantages(rewards: Any) -> Any:
        size = len(rewards)
        given, index = rewards[:, None].clone(), ["0"] * size
        if not divided:
            return cut.compute_rloo_outcome_advantage(given, torch.ones(size, 1), np.array(index))[0][:, 0]
        found = cut.compute_grpo_outcome_advantage(
            given, torch.ones(size, 1), index, grpo_norm_by_std=divided == "true"
        )
        return found[0][:, 0]

    def policy(logp: Any, given: Any) -> Any:
        """The loss is a sum; its advantages have been divided by the batch (``token_mean``)."""
        return cut.ppo_policy_loss(logp, logp.detach(), given / len(given), config, torch.ones_like(given))[0]

    return combined(
        f"{f'grpo_norm_by_std {divided}' if divided else 'rloo'}, kl_estimator_type {kind}",
        configuration,
        advantages,
        policy,
        lambda logp, ref: cut.compute_approx_kl(logp, ref, None, kind),
        lambda kl: kl.mean(),
    )
