"""Axolotl's keys: TRL's in the section ``trl``, with the version of TRL that it pins, 1.8.0."""

from __future__ import annotations

from ..keys import Table, changing, defaulted, modelled, nested, neutral
from .trl import TABLE as TRL

SCHEMA, GRPO = "src/axolotl/utils/schemas/trl.py", "src/axolotl/core/trainers/grpo/__init__.py"
BUILDER = "src/axolotl/core/builders/rl.py"
ASYNC = "src/axolotl/core/trainers/grpo/fast_async_trainer.py"
INPUT = "src/axolotl/utils/schemas/config.py"
READ = (
    "beta",
    "num_generations",
    "scale_rewards",
    "use_bias_correction_kl",
    "epsilon",
    "num_iterations",
    "sync_ref_model",
    "loss_type",
    "reward_funcs",
    "reward_weights",
    "multi_objective_aggregation",
    "mask_truncated_completions",
    "epsilon_high",
    "importance_sampling_level",
    "off_policy_mask_threshold",
    "ref_model_mixup_alpha",
    "ref_model_sync_steps",
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "repetition_penalty",
    "generation_kwargs",
    "chat_template_kwargs",
    "max_completion_length",
    "generation_batch_size",
    "log_completions",
    "num_completions_to_print",
    "use_vllm",
    "vllm_mode",
    "vllm_server_host",
    "vllm_server_port",
    "vllm_server_timeout",
    "vllm_enable_sleep_mode",
    "vllm_importance_sampling_correction",
    "vllm_importance_sampling_mode",
    "vllm_importance_sampling_cap",
)
"""The keys of TRL that the section takes."""

TABLE = Table(
    name="axolotl",
    repository="axolotl-ai-cloud/axolotl",
    commit="067b021c",
    trainer=("trl", "1.8.0"),
    signs=("rl", "trl.", "rl_beta"),
    spaces=("trl.", "rl"),
    keys=(
        modelled(INPUT, "rl", "not set", "the algorithm; other ones are not covered", decisive=True),
        modelled(BUILDER, "trl.beta", "0.0", "weight of the KL", "rl_beta", decisive=True),
        *nested(
            "trl.",
            defaulted(
                [key for key in TRL.keys if key.name in READ],
                TRL.repository,
                {
                    "num_generations": ("8", GRPO, "completions a prompt"),
                    "scale_rewards": ("true", SCHEMA, "division by the group's std"),
                    "loss_type": ("dapo", GRPO, "the loss; cispo scales the advantage's gradient"),
                    "use_bias_correction_kl": ("false", GRPO, "weights k3 by the likelihood ratio"),
                },
                without=("beta",),
            ),
        ),
        changing(ASYNC, "trl.use_data_producer", "groups without signal are skipped or replaced"),
        changing(ASYNC, "trl.async_prefetch", "groups without signal are skipped or replaced"),
        changing(GRPO, "trl.rollout_func", "answers are sampled elsewhere"),
        *neutral(
            ASYNC,
            "read where data are produced on the side",
            "trl.prefetch_depth",
            "trl.vllm_sync_interval",
            "trl.streaming_partial_batch",
            "trl.streaming_min_groups",
            "trl.reward_num_workers",
            "trl.replay_buffer_size",
            "trl.replay_recompute_logps",
            "trl.reroll_start_fraction",
            "trl.reroll_max_groups",
            "trl.skip_zero_advantage_batches",
            "trl.vllm_lora_sync",
        ),
        *neutral(GRPO, "how it is computed", "trl.use_liger_loss", "trl.vllm_guided_decoding_regex"),
    ),
)
