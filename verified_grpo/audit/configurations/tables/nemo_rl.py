"""NeMo-RL's keys: the sections ``grpo``, ``loss_fn`` and ``reward_penalties``."""

from __future__ import annotations

from ..conditions import TRUNCATED
from ..keys import OFF, Table, changing, modelled, neutral
from ..unmodelled import DROPPED

YAML, LOSS = "examples/configs/grpo_math_1B.yaml", "nemo_rl/algorithms/loss/loss_functions.py"
GRPO, ESTIMATOR = "nemo_rl/algorithms/grpo.py", "nemo_rl/algorithms/advantage_estimator.py"

TABLE = Table(
    name="nemo_rl",
    repository="NVIDIA-NeMo/RL",
    commit="7ea279ab",
    executed=("7ea279ab",),
    signs=("grpo.", "loss_fn."),
    spaces=("grpo.", "loss_fn.", "reward_penalties."),
    parents=("defaults",),
    keys=(
        modelled(YAML, "grpo.num_generations_per_prompt", "16", "completions a prompt", decisive=True),
        modelled(
            ESTIMATOR,
            "grpo.adv_estimator.normalize_rewards",
            "true",
            "division by the group's std",
            "grpo.normalize_rewards",
            decisive=True,
            superseded=True,
        ),
        modelled(
            ESTIMATOR,
            "grpo.adv_estimator.use_leave_one_out_baseline",
            "true",
            "the sample is left out of its own mean and std",
            "grpo.use_leave_one_out_baseline",
            decisive=True,
            superseded=True,
        ),
        modelled(ESTIMATOR, "grpo.adv_estimator.name", "grpo", "how advantages are made", decisive=True),
        modelled(LOSS, "loss_fn.reference_policy_kl_penalty", "0.01", "weight of the KL", decisive=True),
        modelled(LOSS, "loss_fn.reference_policy_kl_type", "k3", "estimator of the KL"),
        modelled(LOSS, "loss_fn.kl_output_clamp_value", "10.0", "where the estimator is clamped"),
        modelled(LOSS, "loss_fn.kl_input_clamp_value", "20.0", "where the log-ratio is clamped"),
        modelled(LOSS, "loss_fn.use_kl_in_reward", "false", "the KL stands in the reward"),
        modelled(LOSS, "loss_fn.ratio_clip_min", "0.2", "clipping of the likelihood ratio, below"),
        modelled(LOSS, "loss_fn.ratio_clip_max", "0.2", "clipping of the likelihood ratio, above"),
        modelled(GRPO, "grpo.use_dynamic_sampling", "false", DROPPED),
        changing(YAML, "grpo.reward_scaling.enabled", "rewards are rescaled, not 0 or 1"),
        changing(YAML, "grpo.reward_shaping.enabled", "rewards are shaped by length, not 0 or 1"),
        changing(
            YAML,
            "grpo.overlong_filtering",
            "truncated answers count in the advantage but not in the loss",
            condition=TRUNCATED,
        ),
        changing(YAML, "grpo.advantage_clip_low", "advantages are clipped", idle=("null", "none", "")),
        changing(YAML, "grpo.advantage_clip_high", "advantages are clipped", idle=("null", "none", "")),
        changing(
            YAML, "grpo.invalid_tool_call_advantage", "advantages are overwritten", idle=("null", "none", "")
        ),
        changing(
            YAML, "grpo.malformed_thinking_advantage", "advantages are overwritten", idle=("null", "none", "")
        ),
        changing(
            YAML, "reward_penalties.penalize_duplicated_reasoning", "rewards of some answers are set to 0"
        ),
        changing(
            YAML, "reward_penalties.penalize_empty_final_answer", "rewards of some answers are set to 0"
        ),
        changing(YAML, "reward_penalties.penalize_unwanted_tokens", "rewards of some answers are set to 0"),
        changing(
            YAML, "reward_penalties.penalize_malformed_think_tag", "rewards of some answers are set to 0"
        ),
        changing(LOSS, "loss_fn.use_cispo", "this loss was not found to have the advantage's own gradient"),
        changing(
            LOSS, "loss_fn.positive_example_nll_weight", "a loss on right answers is added to the objective"
        ),
        changing(
            LOSS,
            "loss_fn.use_on_policy_kl_approximation",
            "the KL is weighted by the sampler's likelihoods",
            idle=OFF,
        ),
        *neutral(YAML, "read by another estimator", "grpo.adv_estimator.minus_baseline"),
        *neutral(
            YAML,
            "how rewards are rescaled or groups dropped, where they are",
            "grpo.reward_scaling.",
            "grpo.reward_shaping.",
            "grpo.dynamic_sampling_max_gen_batches",
            "grpo.batch_multiplier",
            "reward_penalties.token_ids",
        ),
        *neutral(
            YAML,
            "batches, validation and rollouts",
            "grpo.num_prompts_per_step",
            "grpo.max_rollout_turns",
            "grpo.max_num_epochs",
            "grpo.max_num_steps",
            "grpo.val_period",
            "grpo.val_start_at",
            "grpo.val_at_start",
            "grpo.val_at_end",
            "grpo.max_val_samples",
            "grpo.val_batch_size",
            "grpo.val_num_generations_per_prompt",
            "grpo.num_val_generations_per_prompt",
            "grpo.stop_at_validation_metric",
            "grpo.stop_at_validation_threshold",
            "grpo.seed",
            "grpo.seq_logprob_error_threshold",
            "grpo.async_grpo.",
        ),
        *neutral(
            LOSS,
            "the likelihood ratio and its weights, which are 1 on-policy",
            "loss_fn.ratio_clip_c",
            "loss_fn.disable_ppo_ratio",
            "loss_fn.force_on_policy_ratio",
            "loss_fn.use_importance_sampling_correction",
            "loss_fn.sequence_level_importance_ratios",
            "loss_fn.truncated_importance_sampling_type",
            "loss_fn.truncated_importance_sampling_ratio",
            "loss_fn.truncated_importance_sampling_ratio_min",
        ),
        *neutral(LOSS, "how a loss is averaged, for the KL as for the advantage", "loss_fn.token_level_loss"),
    ),
)
