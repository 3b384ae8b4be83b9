"""OpenRLHF: the rewards' shaping of ``experience_maker``, ``compute_reward``, ``compute_approx_kl`` and
``PolicyLoss``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

MAKER, UTILS = "openrlhf/trainer/ppo_utils/experience_maker.py", "openrlhf/models/utils.py"
LOSS = "openrlhf/models/loss.py"
SETTINGS = (
    ("group_norm", "k1", False),
    ("dr_grpo", "k1", False),
    ("group_norm", "k3", True),
    ("group_norm", "k2", True),
    ("group_norm", "k1", True),
)


def options(source: Source) -> list[Option]:
    """Two estimators, the KL in the reward, and three estimates in the loss."""
    cut = source.cut(UTILS, "compute_approx_kl", "compute_reward", "masked_mean")
    used = source.cut(LOSS, "aggregate_loss", "PolicyLoss", masked_mean=cut.masked_mean)
    method = "RemoteExperienceMaker.compute_advantages_and_returns"
    shape = source.statements(MAKER, method, "rewards", "reward", apply_length_penalties=None)
    return [_option(cut, used, shape, *setting) for setting in SETTINGS]


def _option(cut: Any, used: Any, shape: Any, estimator: str, kind: str, in_loss: bool) -> Option:
    configuration = {
        "algo.advantage.estimator": estimator,
        "algo.kl.init_coef": "1",
        "algo.kl.estimator": kind,
        "algo.kl.use_loss": str(in_loss).lower(),
        "rollout.n_samples_per_prompt": "8",
    }
    args = SimpleNamespace(
        algo=SimpleNamespace(advantage=SimpleNamespace(estimator=estimator)),
        rollout=SimpleNamespace(n_samples_per_prompt=8),
    )
    loss = used.PolicyLoss()

    def advantages(rewards: Any) -> Any:
        size = len(rewards)
        found = shape(
            args=args,
            raw_rewards=rewards,
            indices=torch.arange(size),
            exp_len=[size],
            experiences=[SimpleNamespace(info={})],
        )["rewards"][0]
        mask = torch.ones(size, 1)
        return cut.compute_reward(found, 0.0, torch.zeros(size, 1), mask, (-10.0, 10.0))[:, 0]

    def policy(logp: Any, given: Any) -> Any:
        return loss(logp, logp.detach(), given, torch.ones_like(given))[0]

    name = f"{estimator}, {kind} in the {'loss' if in_loss else 'reward'}"
    return combined(
        name,
        configuration,
        advantages,
        policy,
        lambda logp, ref: cut.compute_approx_kl(logp, ref, kind),
        (lambda kl: used.aggregate_loss(kl, torch.ones_like(kl))) if in_loss else None,
    )
