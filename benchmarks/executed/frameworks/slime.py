"""slime: ``_post_process_rewards``, ``compute_approx_kl`` and ``compute_policy_loss``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

ROLLOUT, PPO = "slime/ray/rollout.py", "slime/utils/ppo_utils.py"
METHOD = "RolloutManager._post_process_rewards"
SETTINGS = (
    (True, "k3", False),
    (False, "k3", False),
    (True, "low_var_kl", False),
    (True, "k2", False),
    (True, "k1", False),
    (True, "k3", True),
)


def options(source: Source) -> list[Option]:
    """Division or not, every estimator, and the weighted one."""
    shape = source.cut(ROLLOUT, METHOD)._post_process_rewards
    cut = source.cut(PPO, "compute_approx_kl", "compute_policy_loss")
    return [_option(shape, cut, *setting) for setting in SETTINGS]


def _option(shape: Any, cut: Any, divided: bool, kind: str, weighted: bool) -> Option:
    configuration = {
        "advantage_estimator": "grpo",
        "n_samples_per_prompt": "8",
        "disable_grpo_std_normalization": str(not divided).lower(),
        "use_kl_loss": "true",
        "kl_loss_coef": "1",
        "kl_loss_type": kind,
        "use_unbiased_kl": str(weighted).lower(),
    }
    args = SimpleNamespace(
        advantage_estimator="grpo",
        rewards_normalization=True,
        grpo_std_normalization=divided,
        n_samples_per_prompt=8,
        rollout_batch_size=1,
    )
    manager = SimpleNamespace(args=args, custom_reward_post_process_func=None)

    def advantages(rewards: Any) -> Any:
        samples = [SimpleNamespace(get_reward_value=lambda _, r=float(r): r) for r in rewards]
        return torch.tensor(shape(manager, samples)[1])

    def policy(logp: Any, given: Any) -> Any:
        return cut.compute_policy_loss(logp.detach() - logp, given, 0.2, 0.2)[0].mean()

    def kl(logp: Any, ref: Any) -> Any:
        ratio = torch.exp(logp - logp.detach()) if weighted else None
        return cut.compute_approx_kl(logp, ref, kind, ratio)

    name = f"{'std' if divided else 'no std'}, kl_loss_type {kind}{', use_unbiased_kl' if weighted else ''}"
    return combined(name, configuration, advantages, policy, kl, lambda value: value.mean())
