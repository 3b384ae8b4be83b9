"""AReaL's keys: the sections ``actor`` and ``gconfig``."""

from __future__ import annotations

from ..conditions import SHORT
from ..keys import Table, changing, modelled, neutral

CLI, DATA, ACTOR = "areal/api/cli_args.py", "areal/utils/data.py", "areal/trainer/ppo/actor.py"
N = "actor.reward_norm"
V = "actor.adv_norm"

TABLE = Table(
    name="areal",
    repository="inclusionAI/AReaL",
    commit="4aef98d8",
    executed=("4aef98d8",),
    signs=(f"{N}.", f"{V}.", "actor.reward_scaling", "actor.kl_ctl", "gconfig."),
    spaces=("actor.", "gconfig.", "teacher."),
    parents=("config",),
    keys=(
        modelled(CLI, "actor.kl_ctl", "0.1", "weight of the KL", decisive=True),
        modelled(DATA, "actor.kl_estimator", "k1", "estimator of the KL, clamped at 10"),
        modelled(CLI, "gconfig.n_samples", "1", "completions a prompt", decisive=True),
        modelled(
            CLI, f"{N}.mean_level", "batch", "over what rewards are centred; null: not at all", decisive=True
        ),
        modelled(
            CLI, f"{N}.std_level", "batch", "by whose std they are divided; null: by none", decisive=True
        ),
        modelled(CLI, f"{N}.group_size", "1", "the group of those statistics"),
        modelled(CLI, f"{N}.mean_leave1out", "false", "the sample is left out of its own mean"),
        modelled(CLI, f"{N}.std_unbiased", "true", "divisor G - 1 in the std"),
        modelled(CLI, f"{N}.eps", "1e-5", "added to the std"),
        modelled(CLI, f"{V}.mean_level", "batch", "a second centring, of advantage and KL together"),
        modelled(CLI, f"{V}.std_level", "batch", "a second division, of advantage and KL together"),
        modelled(CLI, f"{V}.mean_leave1out", "false", "the sample is left out of that mean"),
        modelled(ACTOR, "actor.reward_scaling", "1.0", "scale of the reward", decisive=True),
        modelled(ACTOR, "actor.reward_bias", "0.0", "added to the reward before it is scaled"),
        modelled(ACTOR, "actor.reward_clip", "20.0", "largest size of a scaled reward"),
        modelled(CLI, "actor.eps_clip", "0.2", "clipping of the likelihood ratio"),
        modelled(CLI, "actor.eps_clip_higher", "", "its upper side, the same where it is not given"),
        changing(
            CLI,
            "actor.overlong_reward_penalty",
            "long answers are punished, so rewards are not 0 or 1",
            condition=SHORT,
        ),
        changing(CLI, "actor.mask_no_eos_with_zero", "rewards of truncated answers are set to 0"),
        changing(CLI, "actor.discount", "rewards are discounted by length", idle=("1", "1.0")),
        changing(CLI, "actor.gae_lambda", "rewards are discounted by length", idle=("1", "1.0")),
        changing(
            CLI, "actor.m2_threshold", "tokens are masked by their ratio (M2PO)", idle=("null", "none", "")
        ),
        changing(CLI, "actor.use_sapo_loss", "this loss was not found to have the advantage's own gradient"),
        changing(CLI, "teacher", "a teacher's loss is added to the objective"),
        changing(CLI, "gconfig.greedy", "answers are not sampled"),
        *neutral(CLI, "of the second normalisation", f"{V}.group_size", f"{V}.eps", f"{V}.std_unbiased"),
        *neutral(
            CLI,
            "bounds and weights of the likelihood ratio, which is 1 on-policy",
            "actor.c_clip",
            "actor.recompute_logprob",
            "actor.use_decoupled_loss",
            "actor.importance_sampling_level",
            "actor.prox_logp_method",
            "actor.behave_imp_weight_cap",
            "actor.rejection_sampling",
        ),
        *neutral(
            CLI,
            "parameters of what is off",
            "actor.overlong_tokens",
            "actor.overlong_penalty_factor",
            "actor.sapo_tau_pos",
            "actor.sapo_tau_neg",
        ),
        *neutral(
            CLI,
            "the model, the optimiser and the machine",
            "actor.optimizer.",
            "actor.fsdp.",
            "actor.archon.",
            "actor.megatron.",
            "actor.mb_spec.",
            "actor.scheduling_spec.",
            "actor.scheduling_strategy.",
            "actor.experiment_name",
            "actor.trial_name",
            "actor.path",
            "actor.init_from_scratch",
            "actor.disable_dropout",
            "actor.gradient_checkpointing",
            "actor.dtype",
            "actor.backend",
            "actor.attn_impl",
            "actor.pad_to_maximum",
            "actor.ppo_n_minibatches",
            "actor.weight_update_mode",
            "actor.max_new_tokens",
            "actor.log_agent_stats",
            "actor.log_agent_stats_keys",
            "actor.use_lora",
            "actor.peft_type",
            "actor.lora_rank",
            "actor.lora_alpha",
            "actor.target_modules",
        ),
        *neutral(
            CLI,
            "the policy's temperature, what cuts its tail, and lengths",
            "actor.temperature",
            "gconfig.lora_name",
            "gconfig.temperature",
            "gconfig.top_p",
            "gconfig.top_k",
            "gconfig.max_new_tokens",
            "gconfig.min_new_tokens",
            "gconfig.max_tokens",
            "gconfig.stop",
            "gconfig.stop_token_ids",
            "gconfig.ignore_eos",
            "gconfig.skip_special_tokens",
        ),
    ),
)
