"""TRL's ``GRPOConfig`` (``trl/trainer/grpo_trainer.py`` at f2cd5771)."""

from __future__ import annotations

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "trl", "f2cd5771"
EPS = "1e-4"
KEYS = (
    "beta",
    "num_generations",
    "scale_rewards",
    "epsilon",
    "epsilon_high",
    "sync_ref_model",
    "ref_model_mixup_alpha",
    "ref_model_sync_steps",
    "use_bias_correction_kl",
    "num_iterations",
    "loss_type",
    "num_generations_eval",
    "importance_sampling_level",
)
SIGNS = (
    "beta",
    "num_generations",
    "scale_rewards",
    "sync_ref_model",
    "max_completion_length",
    "use_vllm",
    "loss_type",
)


def configure(settings: Settings) -> Configuration:
    """Map a GRPOConfig: k3 in the loss, weight ``beta`` (0 by default)."""
    draft = Draft(NAME, COMMIT, settings.number("beta", "0.0"))
    size = settings.size("num_generations", "8")
    scaling = settings.choice(
        "scale_rewards", "group", ("group", "batch", "none", "true", "false", "True", "False")
    ).lower()
    if scaling in ("group", "true"):
        draft.group(size, 1, EPS)
    elif scaling in ("none", "false"):
        draft.mean_only(size)
    else:
        draft.regulariser = NOT_COVERED
        draft.verdict = (
            "scale_rewards: batch divides by the standard deviation of the whole batch, which depends on all "
            "its prompts: no variant for one prompt"
        )
    draft.kl("k3", "loss", "beta")
    _notes(draft, settings)
    return draft.done(settings.read)


def _notes(draft: Draft, settings: Settings) -> None:
    clip = settings.text("epsilon", "0.2")
    draft.not_covered.append(f"Clipping of the likelihood ratio (epsilon {clip}).")
    draft.not_covered.append("Other reward functions than one verifiable reward, and reward_weights.")
    if settings.number("num_iterations", "1") != 1:
        draft.not_covered.append("num_iterations above 1: later iterations on a batch are off-policy.")
    if settings.flag("sync_ref_model", False):
        draft.not_covered.append("sync_ref_model: the reference moves during training; it is fixed here.")
    if settings.flag("use_bias_correction_kl", False):
        draft.not_covered.append("use_bias_correction_kl: it corrects k3 off-policy; on-policy it is 1.")
