"""Unsloth's keys: TRL's, as its patch of the trainer changes them.

The loss is that of unslothai/unsloth-zoo at ce232d6c (``unsloth_zoo/rl_replacements.py``).
"""

from __future__ import annotations

from ..keys import Table, defaulted, modelled, neutral
from .trl import TABLE as TRL

PATCH, ZOO = "unsloth/models/rl.py", "unsloth_zoo/rl_replacements.py (unslothai/unsloth-zoo)"

TABLE = Table(
    name="unsloth",
    repository="unslothai/unsloth",
    commit="015bdef0",
    executed=("ce232d6c (the loss alone, of unsloth-zoo)",),
    fork_of="trl",
    signs=(
        "unsloth_num_chunks",
        "unsloth_grpo_mini_batch",
        "unsloth_logit_chunk_multiplier",
        "vllm_sampling_params",
        "fast_inference",
    ),
    spaces=("",),
    parents=("config",),
    keys=(
        *defaulted(
            TRL.keys,
            TRL.repository,
            {
                "beta": ("0.001", PATCH, "weight of the KL"),
                "use_bias_correction_kl": ("false", ZOO, "not read: k3 stays as it is"),
                "scale_rewards": ("group", PATCH, "what advantages are divided by"),
            },
            without=("loss_type",),
        ),
        modelled(PATCH, "loss_type", "bnpo", "the loss; dr_grpo and dapo switch other settings on"),
        *neutral(
            PATCH,
            "how it is computed",
            "unsloth_num_chunks",
            "unsloth_grpo_mini_batch",
            "unsloth_logit_chunk_multiplier",
            "vllm_sampling_params",
            "fast_inference",
            "max_seq_length",
            "max_lora_rank",
            "gpu_memory_utilization",
        ),
    ),
)
