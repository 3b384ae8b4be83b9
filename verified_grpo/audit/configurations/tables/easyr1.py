"""EasyR1's keys: the sections ``algorithm``, ``worker.actor``, ``worker.rollout`` and ``worker.reward``."""

from __future__ import annotations

from ..keys import Table, changing, modelled, neutral
from ..unmodelled import DROPPED

CONFIG, ACTOR = "verl/trainer/config.py", "verl/workers/actor/config.py"
ROLLOUT, REWARD = "verl/workers/rollout/config.py", "verl/workers/reward/config.py"
CORE, TRAINER = "verl/trainer/core_algos.py", "verl/trainer/ray_trainer.py"
EXAMPLE = "examples/config.yaml"
A, R = "worker.actor", "worker.rollout"

TABLE = Table(
    name="easyr1",
    repository="hiyouga/EasyR1",
    commit="b44b311b",
    executed=("b44b311b",),
    signs=(
        f"{A}.",
        f"{R}.",
        "worker.ref.",
        "worker.reward.",
        "algorithm.disable_kl",
        "algorithm.online_filtering",
    ),
    spaces=("algorithm.", f"{A}.", f"{R}.", "worker.reward."),
    parents=("config",),
    presets=(
        (
            EXAMPLE,
            (
                ("algorithm.adv_estimator", "grpo"),
                ("algorithm.disable_kl", "false"),
                ("algorithm.use_kl_loss", "true"),
                ("algorithm.kl_penalty", "low_var_kl"),
                ("algorithm.kl_coef", "1.0e-2"),
                ("algorithm.online_filtering", "false"),
                (f"{R}.n", "5"),
            ),
        ),
    ),
    keys=(
        modelled(CONFIG, "algorithm.adv_estimator", "grpo", "how advantages are made", decisive=True),
        modelled(CONFIG, "algorithm.disable_kl", "false", "no reference and no KL"),
        modelled(
            CONFIG,
            "algorithm.use_kl_loss",
            "false",
            "the KL stands in the loss, else in the reward",
            decisive=True,
        ),
        modelled(CONFIG, "algorithm.kl_penalty", "kl", "estimator of the KL", decisive=True),
        modelled(CONFIG, "algorithm.kl_coef", "1e-3", "weight of the KL", decisive=True),
        modelled(ROLLOUT, f"{R}.n", "1", "completions a prompt", decisive=True),
        modelled(ACTOR, f"{A}.clip_ratio_low", "0.2", "clipping of the likelihood ratio below"),
        modelled(ACTOR, f"{A}.clip_ratio_high", "0.3", "clipping of the likelihood ratio above"),
        modelled(ACTOR, f"{A}.ppo_epochs", "1", "how often a batch is used; off-policy above 1"),
        changing(TRAINER, "algorithm.online_filtering", DROPPED, pace=True),
        changing(
            CORE,
            "algorithm.kl_type",
            "the weight of the KL is adapted in training",
            idle=("fixed",),
        ),
        changing(
            CORE,
            f"{A}.loss_type",
            "this loss was not found to have the advantage's own gradient",
            idle=("default", "gspo", "gspo_token", "cispo", "sapo"),
        ),
        *neutral(CONFIG, "read by other estimators", "algorithm.gamma", "algorithm.lam"),
        *neutral(
            CONFIG,
            "how groups are dropped and the weight is adapted, where they are",
            "algorithm.filter_key",
            "algorithm.filter_low",
            "algorithm.filter_high",
            "algorithm.kl_horizon",
            "algorithm.kl_target",
        ),
        *neutral(
            ACTOR,
            "bounds of the likelihood ratio, which is 1 on-policy, and lengths that weigh both terms",
            f"{A}.clip_ratio_dual",
            f"{A}.loss_avg_mode",
            f"{A}.tau_positive",
            f"{A}.tau_negative",
        ),
        *neutral(
            ACTOR,
            "the model, the optimiser, batches and memory",
            f"{A}.model.",
            f"{A}.optim.",
            f"{A}.fsdp.",
            f"{A}.offload.",
            f"{A}.strategy",
            f"{A}.global_batch_size",
            f"{A}.micro_batch_size_per_device_for_update",
            f"{A}.micro_batch_size_per_device_for_experience",
            f"{A}.max_grad_norm",
            f"{A}.padding_free",
            f"{A}.dynamic_batching",
            f"{A}.ulysses_size",
            f"{A}.ulysses_sequence_parallel_size",
            f"{A}.use_torch_compile",
        ),
        *neutral(
            ROLLOUT,
            "the server that samples, the policy's temperature and what cuts its tail",
            f"{R}.name",
            f"{R}.temperature",
            f"{R}.top_p",
            f"{R}.top_k",
            f"{R}.limit_images",
            f"{R}.gpu_memory_utilization",
            f"{R}.tensor_parallel_size",
            f"{R}.enforce_eager",
            f"{R}.enable_chunked_prefill",
            f"{R}.max_num_batched_tokens",
            f"{R}.max_model_len",
            f"{R}.disable_tqdm",
            f"{R}.val_override_config.",
            f"{R}.seed",
        ),
        *neutral(
            REWARD,
            "how answers are scored; one 0/1 reward is assumed",
            "worker.reward.reward_type",
            "worker.reward.reward_function",
            "worker.reward.reward_function_kwargs.",
            "worker.reward.skip_special_tokens",
            "worker.reward.num_cpus",
        ),
    ),
)
