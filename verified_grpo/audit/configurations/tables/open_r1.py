"""open-r1's recipes: TRL 0.18.0's keys, which it pins, and those of its scripts."""

from __future__ import annotations

from ..keys import Table, defaulted, neutral
from .trl import TABLE as TRL

CONFIGS = "src/open_r1/configs.py"
PINNED = "trl/trainer/grpo_config.py (huggingface/trl, 0.18.0)"

TABLE = Table(
    name="open_r1",
    repository="huggingface/open-r1",
    commit="1416fa0c",
    fork_of="trl",
    trainer=("trl", "0.18.0"),
    signs=(
        "dataset_prompt_column",
        "system_prompt",
        "cosine_max_len",
        "code_provider",
        "code_language",
        "parallel_code_exec_per_proc",
        "code_eval_scoring_mode",
        "dataset_mixture",
        "soft_punish_cache",
        "ioi_provider",
        "wandb_log_unique_prompts",
        "overwrite_hub_revision",
        "push_to_hub_revision",
        "hub_model_revision",
    ),
    spaces=("",),
    parents=("config",),
    keys=(
        *defaulted(
            TRL.keys,
            TRL.repository,
            {
                "beta": ("0.04", PINNED, "weight of the KL"),
                "scale_rewards": ("true", PINNED, "division by the group's std"),
                "loss_type": ("bnpo", PINNED, "the loss"),
                "use_bias_correction_kl": ("false", PINNED, "TRL 0.18.0 does not know it"),
                "reward_funcs": (
                    "accuracy format tag_count",
                    CONFIGS,
                    "several rewards are summed: answered under a condition",
                ),
            },
        ),
        *neutral(
            CONFIGS,
            "parameters of reward functions",
            "cosine_min_value_wrong",
            "cosine_max_value_wrong",
            "cosine_min_value_correct",
            "cosine_max_value_correct",
            "cosine_max_len",
            "repetition_n_grams",
            "repetition_max_penalty",
            "max_completion_len",
            "soft_punish_cache",
            "code_language",
            "code_eval_test_batch_size",
            "code_eval_scoring_mode",
            "parallel_code_exec_per_proc",
            "code_provider",
            "e2b_router_url",
            "morph_router_url",
            "ioi_provider",
        ),
        *neutral(
            CONFIGS,
            "the data, and where a run is kept",
            "dataset_prompt_column",
            "system_prompt",
            "dataset_mixture.",
            "benchmarks",
            "callbacks",
            "chat_template",
            "hub_model_revision",
            "overwrite_hub_revision",
            "push_to_hub_revision",
            "wandb_log_unique_prompts",
            "wandb_run_group",
        ),
    ),
)
