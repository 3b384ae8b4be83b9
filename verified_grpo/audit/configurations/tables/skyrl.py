"""SkyRL's keys: the sections ``trainer.algorithm`` and ``generator``."""

from __future__ import annotations

from ..conditions import SHORT, TRUNCATED
from ..keys import Table, changing, modelled, neutral
from ..unmodelled import DROPPED

CONFIG, LOSSES = "skyrl/train/config/config.py", "skyrl/backends/skyrl_train/utils/ppo_utils.py"
DAPO = "examples/train/algorithms/dapo/main_dapo.py"
A, G = "trainer.algorithm", "generator"

TABLE = Table(
    name="skyrl",
    repository="NovaSky-AI/SkyRL",
    commit="a9564572",
    executed=("a9564572",),
    signs=(f"{A}.", f"{G}.n_samples_per_prompt"),
    spaces=(f"{A}.", f"{G}."),
    keys=(
        modelled(CONFIG, f"{A}.advantage_estimator", "grpo", "how advantages are made", decisive=True),
        modelled(CONFIG, f"{A}.grpo_norm_by_std", "true", "division by the group's std", decisive=True),
        modelled(CONFIG, f"{A}.use_kl_loss", "true", "the KL stands in the loss", decisive=True),
        modelled(CONFIG, f"{A}.use_kl_in_reward", "false", "the KL stands in the reward", decisive=True),
        modelled(CONFIG, f"{A}.kl_loss_coef", "0.001", "weight of the KL", decisive=True),
        modelled(LOSSES, f"{A}.kl_estimator_type", "k3", "estimator of the KL; k3 is clamped at 10"),
        modelled(CONFIG, f"{A}.eps_clip_low", "0.2", "clipping of the likelihood ratio below"),
        modelled(CONFIG, f"{A}.eps_clip_high", "0.2", "clipping of the likelihood ratio above"),
        modelled(CONFIG, f"{G}.n_samples_per_prompt", "5", "completions a prompt", decisive=True),
        changing(
            CONFIG,
            f"{A}.advantage_batch_normalize",
            "advantages are normalised a second time, over the batch",
        ),
        modelled("skyrl/train/utils/trainer_utils.py", f"{A}.dynamic_sampling.type", "", DROPPED),
        changing(CONFIG, f"{A}.zero_variance_filter", DROPPED, pace=True),
        changing(
            LOSSES,
            f"{A}.loss_reduction",
            "the policy loss is divided by max_seq_len and the KL is not, so the weight of the KL is "
            "not kl_loss_coef",
            idle=("token_mean", "sequence_mean", "prompt_mean", "token_mean_legacy"),
        ),
        changing(
            LOSSES,
            f"{A}.policy_loss_type",
            "this loss was not found to have the advantage's own gradient",
            idle=("regular", "dual_clip"),
        ),
        changing(
            DAPO,
            f"{A}.overlong_buffer_len",
            "long answers are punished, so rewards are not 0 or 1",
            condition=SHORT,
        ),
        *neutral(DAPO, "how a length is punished, where it is", f"{A}.overlong_buffer_penalty_factor"),
        changing(CONFIG, f"{A}.use_entropy_loss", "an entropy bonus is added to the objective"),
        *neutral(
            CONFIG,
            "an answer that is cut off counts as wrong: a reward is 0 or 1 as before",
            f"{G}.zero_reward_on_non_stop",
        ),
        changing(
            CONFIG,
            f"{G}.apply_overlong_filtering",
            "truncated answers count in the advantage but not in the loss",
            condition=TRUNCATED,
        ),
        changing(CONFIG, f"{G}.step_wise_trajectories", "an answer is split into steps"),
        *neutral(
            CONFIG,
            "bounds of the likelihood ratio, which is 1 on-policy",
            f"{A}.clip_ratio_c",
            f"{A}.tis_imp_ratio_cap",
            f"{A}.use_tis",
        ),
        *neutral(
            CONFIG,
            "read by other estimators, losses or the KL in the reward",
            f"{A}.kl_ctrl.",
            f"{A}.value_head_prefix",
            f"{A}.value_clip",
            f"{A}.lambd",
            f"{A}.gamma",
            f"{A}.sapo.",
            f"{A}.clip_cov.",
            f"{A}.kl_cov.",
            f"{A}.cispo.",
            f"{A}.dppo.",
            f"{A}.entropy_loss_coef",
            f"{A}.max_seq_len",
        ),
        *neutral(
            CONFIG,
            "how groups are dropped, where they are",
            f"{A}.dynamic_sampling.max_sample_batches",
            f"{A}.dynamic_sampling.min_replace_ratio",
            f"{A}.zero_variance_filter_tol",
        ),
        *neutral(CONFIG, "the policy's temperature", f"{A}.temperature", f"{G}.sampling_params."),
        *neutral(
            CONFIG,
            "the server that samples, and evaluation",
            f"{G}.inference_engine.",
            f"{G}.eval_n_samples_per_prompt",
            f"{G}.eval_sampling_params.",
            f"{G}.backend",
            f"{G}.num_inference_engines",
            f"{G}.inference_engine_tensor_parallel_size",
            f"{G}.gpu_memory_utilization",
            f"{G}.run_engines_locally",
            f"{G}.weight_sync_backend",
            f"{G}.async_engine",
            f"{G}.batched",
            f"{G}.max_turns",
            f"{G}.max_input_length",
            f"{G}.chat_template.",
            f"{G}.chat_template_kwargs.",
            f"{G}.use_conversation_multi_turn",
            f"{G}.enforce_eager",
        ),
    ),
)
