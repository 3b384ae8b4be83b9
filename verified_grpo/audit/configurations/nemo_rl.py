"""NeMo-RL's YAML (``algorithms/utils.py``, ``advantage_estimator.py`` at 7ea279ab)."""

from __future__ import annotations

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "nemo_rl", "7ea279ab"
EPS = "1e-6"
KEYS = (
    "grpo.num_generations_per_prompt",
    "grpo.num_val_generations_per_prompt",
    "grpo.normalize_rewards",
    "grpo.use_leave_one_out_baseline",
    "grpo.adv_estimator.name",
    "grpo.adv_estimator.normalize_rewards",
    "grpo.adv_estimator.use_leave_one_out_baseline",
    "grpo.reward_scaling.enabled",
    "grpo.reward_shaping.enabled",
    "grpo.use_dynamic_sampling",
    "loss_fn.reference_policy_kl_penalty",
    "loss_fn.reference_policy_kl_type",
    "loss_fn.use_kl_in_reward",
    "loss_fn.ratio_clip_min",
    "loss_fn.ratio_clip_max",
    "loss_fn.ratio_clip_c",
    "defaults",
)
SIGNS = ("grpo.", "loss_fn.")


def configure(settings: Settings) -> Configuration:
    """Map the ``grpo`` and ``loss_fn`` sections: k3 in the loss by default."""
    draft = Draft(NAME, COMMIT, settings.number("loss_fn.reference_policy_kl_penalty", "0.01"))
    if settings.has("defaults"):
        draft.assumptions.append(
            f"The parent file {settings.text('defaults', '')} is not read: keys that are not here have the "
            "framework's defaults."
        )
    estimator = settings.text("grpo.adv_estimator.name", "grpo")
    if estimator != "grpo":
        draft.regulariser = NOT_COVERED
        draft.verdict = f"grpo.adv_estimator.name: {estimator} is not covered, only grpo"
        return draft.done(settings.read)
    _advantage(draft, settings)
    if settings.flag("loss_fn.use_kl_in_reward", False):
        draft.regulariser = NOT_COVERED
        draft.verdict = draft.verdict or "loss_fn.use_kl_in_reward: the KL in the reward is not covered here"
    elif not draft.verdict:
        kind = settings.choice("loss_fn.reference_policy_kl_type", "k3", ("k1", "k2", "k3"))
        draft.kl(kind, "loss", "loss_fn.reference_policy_kl_penalty")
    low, high = (settings.text(f"loss_fn.ratio_clip_{end}", "0.2") for end in ("min", "max"))
    draft.not_covered.append(f"Clipping of the likelihood ratio (ratio_clip {low}, {high}).")
    for extra in ("grpo.reward_scaling.enabled", "grpo.reward_shaping.enabled", "grpo.use_dynamic_sampling"):
        if settings.has(extra) and settings.flag(extra, False):
            draft.not_covered.append(f"{extra.removesuffix('.enabled')} changes rewards or groups.")
    return draft.done(settings.read)


def _advantage(draft: Draft, settings: Settings) -> None:
    size = settings.size("grpo.num_generations_per_prompt", "16")
    nested = "grpo.adv_estimator."
    normalised = settings.flag(f"{nested}normalize_rewards", True, "grpo.normalize_rewards")
    leave_one_out = settings.flag(
        f"{nested}use_leave_one_out_baseline", True, "grpo.use_leave_one_out_baseline"
    )
    if not normalised:
        draft.mean_only(None if leave_one_out else size)
    elif not leave_one_out:
        draft.group(size, 1, EPS)
    else:
        draft.regulariser = NOT_COVERED
        draft.verdict = (
            "grpo.use_leave_one_out_baseline with normalize_rewards: mean and std leave the sample out, "
            "so the contrast falls where the others agree; it is none of the model's contrasts"
        )
