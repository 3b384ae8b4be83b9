"""verl: the estimators ``grpo`` and ``rloo``, ``kl_penalty``, and the vanilla loss."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

CORE = "verl/trainer/ppo/core_algos.py"
A = "actor_rollout_ref.actor"
SETTINGS = [
    ("true", "low_var_kl"),
    ("false", "low_var_kl"),
    *(("true", kind) for kind in ("kl", "mse", "k3+", "k1+")),
]
NAMES = (
    "compute_grpo_outcome_advantage",
    "compute_rloo_outcome_advantage",
    "kl_penalty_forward",
    "kl_penalty",
    "agg_loss",
    "compute_policy_loss_vanilla",
)


def options(source: Source) -> list[Option]:
    """Division or not, and every estimator in the loss."""
    used = SimpleNamespace(masked_sum=lambda values, mask: (values * mask).sum(), masked_mean=_mean)
    cut = source.cut(CORE, *NAMES, verl_F=used, AlgoConfig=type("AlgoConfig", (), {}))
    return [*(_option(cut, divided, kind) for divided, kind in SETTINGS), _option(cut, "", "low_var_kl")]


def _mean(values: Any, mask: Any, axis: Any = None) -> Any:
    return (values * mask).sum(axis) / (mask.sum(axis) + 1e-8)


def _option(cut: Any, divided: str, kind: str) -> Option:
    """Of ``rloo`` where nothing is said about a division."""
    estimator = {"algorithm.norm_adv_by_std_in_grpo": divided} if divided else {}
    configuration = {
        "algorithm.adv_estimator": "grpo" if divided else "rloo",
        **estimator,
        f"{A}.use_kl_loss": "true",
        f"{A}.kl_loss_coef": "1",
        f"{A}.kl_loss_type": kind,
        "actor_rollout_ref.rollout.n": "8",
    }
    config = SimpleNamespace(
        clip_ratio=0.2,
        clip_ratio_low=0.2,
        clip_ratio_high=0.2,
        get=lambda name, default=None: {"clip_ratio_c": 3.0}.get(name, default),
        clip_ratio_c=3.0,
        global_batch_info={},
        loss_agg_mode="token-mean",
    )

    def advantages(rewards: Any) -> Any:
        size = len(rewards)
        mask, index = torch.ones(size, 1), ["0"] * size
        given = rewards[:, None].clone()
        if not divided:
            return cut.compute_rloo_outcome_advantage(given, mask, np.array(index))[0][:, 0]
        found = cut.compute_grpo_outcome_advantage(
            given, mask, index, norm_adv_by_std_in_grpo=divided == "true"
        )
        return found[0][:, 0]

    def policy(logp: Any, given: Any) -> Any:
        return cut.compute_policy_loss_vanilla(
            old_log_prob=logp.detach(),
            log_prob=logp,
            advantages=given,
            response_mask=torch.ones_like(given),
            loss_agg_mode="token-mean",
            config=config,
        )[0]

    return combined(
        f"{f'norm_adv_by_std_in_grpo {divided}' if divided else 'rloo'}, kl_loss_type {kind}",
        configuration,
        advantages,
        policy,
        lambda logp, ref: cut.kl_penalty(logp, ref, kind),
        lambda kl: cut.agg_loss(loss_mat=kl, loss_mask=torch.ones_like(kl), loss_agg_mode="token-mean"),
    )
