"""ms-swift: ``compute_advantages``, and the part of its loss from the KL to the sum of both terms."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option
from ..source import Source

ADVANTAGE, TRAINER = "swift/rl_core/advantage.py", "swift/rlhf_trainers/grpo_trainer.py"
METHODS = ("GRPOTrainer._compute_loss_and_metrics", "GRPOTrainer._compute_loss")
SETTINGS = (
    ("grpo", "group", False, "grpo"),
    ("grpo", "none", False, "grpo"),
    ("rloo", "none", True, "grpo"),
    ("rloo", "none", False, "grpo"),
    ("rloo", "group", False, "grpo"),
    ("grpo", "group", False, "dapo"),
    ("grpo", "group", False, "bnpo"),
    ("grpo", "group", False, "dr_grpo"),
    ("grpo", "group", False, "sapo"),
)


def options(source: Source) -> list[Option]:
    """Estimators, scalings, places of the KL, and losses."""
    advantages = source.cut(ADVANTAGE, "compute_advantages", nanstd=None).compute_advantages
    method = next(name for name in METHODS if f"def {name.split('.')[1]}(" in source.text(TRAINER))
    run = source.statements(
        TRAINER, method, "per_token_kl", "completion_token_count", gather_object=lambda x: x
    )
    return [_option(advantages, run, *setting) for setting in SETTINGS]


def _option(compute: Any, run: Any, estimator: str, scaling: str, in_reward: bool, name: str) -> Option:
    configuration = {
        "rlhf_type": "grpo",
        "beta": "1",
        "num_generations": "8",
        "advantage_estimator": estimator,
        "scale_rewards": scaling,
        "kl_in_reward": str(in_reward).lower(),
        "loss_type": name,
    }
    trainer = SimpleNamespace(
        beta=1.0,
        kl_in_reward=in_reward,
        rollout_importance_sampling_mode=None,
        log_rollout_offpolicy_metrics=False,
        disable_rollout_importance_sampling=True,
        importance_sampling_level="token",
        loss_type=name,
        epsilon_low=0.2,
        epsilon_high=0.2,
        tau_pos=1.0,
        tau_neg=1.05,
        _has_teacher=False,
        off_policy_sequence_mask_delta=None,
        max_completion_length=1,
        num_generations=8,
        sdar_loss_coef=0.0,
        _sdar_enabled=False,
        args=SimpleNamespace(delta=None, sdar_loss_coef=0.0),
        accelerator=SimpleNamespace(num_processes=1),
    )

    def advantages(rewards: Any, kl: Any = None) -> Any:
        return compute(
            rewards[:, None].double(),
            torch.ones(1, dtype=torch.float64),
            8,
            estimator,
            scaling,
            kl is not None,
            1.0,
            kl,
        )[0]

    def of(logp: Any, ref: Any, given: Any) -> dict[str, Any]:
        batch = SimpleNamespace(
            ref_per_token_logps=ref,
            advantages=given[:, None],
            old_per_token_logps=None,
            rollout_per_token_logps=None,
            num_items_in_batch=len(ref),
        )
        found: dict[str, Any] = run(
            self=trainer,
            per_token_logps=logp,
            grpo_batch=batch,
            completion_mask=torch.ones_like(ref),
            entropy_mask=None,
            metrics_data={},
        )
        return found

    def loss(rewards: Any, logp: Any, ref: Any) -> Any:
        kl = (logp.detach() - ref)[:, 0] if in_reward else None
        return of(logp, ref, advantages(rewards, kl))["loss"]

    def kl(logp: Any, ref: Any) -> Any:
        return logp - ref if in_reward else of(logp, ref, torch.zeros(len(ref)))["per_token_kl"]

    label = f"{estimator}, scale_rewards {scaling}, kl_in_reward {str(in_reward).lower()}, loss_type {name}"
    return Option(label, configuration, advantages, loss, kl, "reward" if in_reward else "loss")
