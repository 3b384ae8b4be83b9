"""ROLL: ``reward_norm``, ``compute_approx_kl``, ``agg_loss``, and the clipped loss of its actor worker."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

FUNCTIONALS, WORKER = "roll/utils/functionals.py", "roll/pipeline/rlvr/actor_worker.py"
NAMES = ("compute_approx_kl", "masked_sum", "masked_mean", "agg_loss", "reward_norm")
SETTINGS = (("group", True), ("none", True), ("group", False))


def options(source: Source) -> list[Option]:
    """The estimator grpo and mean-only rewards with k3 in the loss; k1 in the reward."""
    cut = source.cut(FUNCTIONALS, *NAMES)
    run = source.statements(WORKER, "ActorWorker.loss_func", "ratio", "weighted_pg_loss", **vars(cut))
    return [_option(cut, run, *setting) for setting in SETTINGS]


def _option(cut: Any, run: Any, std: str, in_loss: bool) -> Option:
    configuration = {
        "adv_estimator": "grpo" if std == "group" else "reinforce",
        "norm_mean_type": "group",
        "norm_std_type": std,
        "num_return_sequences_in_group": "8",
        "use_kl_loss": str(in_loss).lower(),
        "add_token_level_kl": str(not in_loss).lower(),
        "kl_loss_coef" if in_loss else "init_kl_coef": "1",
    }
    config = SimpleNamespace(
        importance_sampling="token",
        use_pg_clip_range=False,
        pg_clip=0.2,
        dual_clip_loss=False,
        train_infer_correction=SimpleNamespace(is_weight=SimpleNamespace(enabled=False)),
    )

    def policy(logp: Any, given: Any) -> Any:
        loss = run(
            self=SimpleNamespace(pipeline_config=config),
            log_probs=logp,
            old_log_probs=logp.detach(),
            advantages=given,
            final_response_mask=torch.ones_like(given),
        )["loss"]
        return mean(loss)

    def mean(values: Any) -> Any:
        return cut.agg_loss(values, torch.ones_like(values), "seq-mean-token-mean")

    def kl(logp: Any, ref: Any) -> Any:
        return cut.compute_approx_kl(logp, ref, torch.ones_like(ref), "k3" if in_loss else "kl")

    return combined(
        f"norm_std_type {std}, {'k3 in the loss' if in_loss else 'k1 in the reward'}",
        configuration,
        lambda rewards: cut.reward_norm(rewards, 8, {}, "group", None if std == "none" else std),
        policy,
        kl,
        mean if in_loss else None,
    )
