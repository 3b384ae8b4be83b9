"""NeMo-RL: ``GRPOAdvantageEstimator``, and ``ClippedPGLossFn`` from the KL to the clipped loss."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

UTILS, ESTIMATOR = "nemo_rl/algorithms/utils.py", "nemo_rl/algorithms/advantage_estimator.py"
LOSS = "nemo_rl/algorithms/loss/loss_functions.py"
SETTINGS = (
    ("true", "false", "k3"),
    ("false", "false", "k3"),
    ("false", "true", "k3"),
    ("true", "true", "k3"),
    ("true", "false", "k1"),
    ("true", "false", "k2"),
)
NAMES = ("calculate_kl", "calculate_baseline_and_std_per_prompt", "masked_mean")
TOKENS = "tokens"


def options(source: Source) -> list[Option]:
    """Division, leave-one-out, and the estimators in the loss."""
    cut = source.cut(UTILS, *NAMES)
    estimator = source.cut(ESTIMATOR, "GRPOAdvantageEstimator", **vars(cut)).GRPOAdvantageEstimator
    method = "ClippedPGLossFn.__call__"
    known = {"calculate_kl": cut.calculate_kl, "LossType": SimpleNamespace(TOKEN_LEVEL=TOKENS)}
    loss = source.statements(LOSS, method, "kl_importance_weights", "_is_filter_metrics", **known)
    return [_option(cut, estimator, loss, *setting) for setting in SETTINGS]


def _option(cut: Any, estimator: Any, run: Any, divided: str, left: str, kind: str) -> Option:
    configuration = {
        "grpo.adv_estimator.normalize_rewards": divided,
        "grpo.adv_estimator.use_leave_one_out_baseline": left,
        "grpo.num_generations_per_prompt": "8",
        "loss_fn.reference_policy_kl_penalty": "1",
        "loss_fn.reference_policy_kl_type": kind,
    }
    made = estimator(
        SimpleNamespace(normalize_rewards=divided == "true", use_leave_one_out_baseline=left == "true"), None
    )
    loss = SimpleNamespace(
        reference_policy_kl_penalty=1.0,
        reference_policy_kl_type=kind,
        kl_input_clamp_value=20.0,
        kl_output_clamp_value=10.0,
        use_on_policy_kl_approximation=False,
        loss_type=TOKENS,
        force_on_policy_ratio=False,
        disable_ppo_ratio=False,
        sequence_level_importance_ratios=False,
        ratio_clip_min=0.2,
        ratio_clip_max=0.2,
        ratio_clip_c=None,
        use_cispo=False,
    )

    def advantages(rewards: Any) -> Any:
        size = len(rewards)
        prompts = torch.zeros(size, 1, dtype=torch.long)
        return made.compute_advantage(prompts, rewards, torch.ones(size, 1))[:, 0]

    def cut_loss(logp: Any, given: Any, ref: Any, mean: Any) -> dict[str, Any]:
        found: dict[str, Any] = run(
            self=loss,
            curr_logprobs=logp,
            curr_logprobs_unfiltered=logp,
            prev_logprobs=logp.detach(),
            generation_logprobs=logp.detach(),
            reference_policy_logprobs=ref,
            advantages=given,
            mask=torch.ones_like(ref),
            token_mask=torch.ones_like(ref),
            sample_mask=torch.ones_like(ref)[:, 0],
            global_valid_toks=len(ref),
            masked_mean=mean,
        )
        return found

    def policy(logp: Any, given: Any) -> Any:
        return cut.masked_mean(
            cut_loss(logp, given, logp.detach(), cut.masked_mean)["clip_loss"], 1.0, None, len(logp)
        )

    def kl(logp: Any, ref: Any) -> Any:
        return cut_loss(logp, torch.zeros_like(ref), ref, lambda values, *_, **__: values)["kl"]

    name = f"normalize_rewards {divided}, use_leave_one_out_baseline {left}, kl type {kind}"
    return combined(name, configuration, advantages, policy, kl, lambda value: value.mean())
