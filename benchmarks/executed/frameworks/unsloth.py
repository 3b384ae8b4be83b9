"""Unsloth: ``grpo_compute_loss`` of unsloth-zoo (name a checkout of that), with advantages as TRL makes them:
its patch leaves those alone."""

from __future__ import annotations

from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

ZOO = "unsloth_zoo/rl_replacements.py"
SETTINGS = (("group", "bnpo"), ("none", "dr_grpo"), ("group", "grpo"), ("group", "sapo"), ("group", "luspo"))


def options(source: Source) -> list[Option]:
    """The losses that are mapped."""
    loss = source.cut(ZOO, "grpo_compute_loss").grpo_compute_loss
    return [_option(loss, *setting) for setting in SETTINGS]


def _option(loss: Any, scaling: str, name: str) -> Option:
    configuration = {
        "beta": "1",
        "num_generations": "8",
        "scale_rewards": scaling,
        "loss_type": name,
        "use_bias_correction_kl": "true",
        "unsloth_num_chunks": "1",
    }

    def advantages(rewards: Any) -> Any:
        centred = rewards - rewards.mean()
        return centred / (rewards.std() + 1e-4) if scaling == "group" else centred

    def both(logp: Any, ref: Any, given: Any, beta: float) -> Any:
        mask = torch.ones_like(ref)
        ids = torch.zeros(len(ref), 1, dtype=torch.long)
        more = {"loss_type": name, "max_completion_length": 1, "use_bias_correction_kl": True}
        return loss(ref, logp, None, None, ids, mask, beta, given, **more)[0]

    def kl(logp: Any, ref: Any) -> Any:
        none = torch.zeros(1)
        return torch.stack([both(logp[i : i + 1], ref[i : i + 1], none, 1.0) for i in range(len(ref))])[
            :, None
        ]

    return combined(
        f"scale_rewards {scaling}, loss_type {name}",
        configuration,
        advantages,
        lambda logp, given: both(logp, logp.detach(), given, 0.0),
        kl,
        lambda value: value.mean(),
    )
