"""SkyRL's YAML (``ppo_utils.py`` at a9564572)."""

from __future__ import annotations

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "skyrl", "a9564572"
EPS = "1e-6"
ALGORITHM = "trainer.algorithm"
KEYS = (
    f"{ALGORITHM}.advantage_estimator",
    f"{ALGORITHM}.grpo_norm_by_std",
    f"{ALGORITHM}.use_kl_loss",
    f"{ALGORITHM}.kl_loss_coef",
    f"{ALGORITHM}.kl_estimator_type",
    f"{ALGORITHM}.use_kl_in_reward",
    f"{ALGORITHM}.eps_clip_low",
    f"{ALGORITHM}.eps_clip_high",
    "generator.n_samples_per_prompt",
    "generator.eval_n_samples_per_prompt",
)
SIGNS = ("trainer.algorithm.", "generator.n_samples_per_prompt")


def configure(settings: Settings) -> Configuration:
    """Map the ``trainer.algorithm`` section: k3 in the loss, on by default."""
    draft = Draft(NAME, COMMIT, settings.number(f"{ALGORITHM}.kl_loss_coef", "0.001"))
    if not settings.flag(f"{ALGORITHM}.use_kl_loss", True):
        draft.beta *= 0
    estimator = settings.text(f"{ALGORITHM}.advantage_estimator", "grpo")
    if estimator != "grpo":
        draft.regulariser = NOT_COVERED
        draft.verdict = f"{ALGORITHM}.advantage_estimator: {estimator} is not covered, only grpo"
        return draft.done(settings.read)
    size = settings.size("generator.n_samples_per_prompt", "5")
    if settings.flag(f"{ALGORITHM}.grpo_norm_by_std", True):
        draft.group(size, 1, EPS)
    else:
        draft.mean_only(size)
    if settings.flag(f"{ALGORITHM}.use_kl_in_reward", False):
        draft.regulariser = NOT_COVERED
        draft.verdict = f"{ALGORITHM}.use_kl_in_reward: the KL in the reward is not covered here"
    elif draft.beta:
        kind = settings.choice(f"{ALGORITHM}.kl_estimator_type", "k3", ("k1", "k2", "k3"))
        draft.kl(kind, "loss", f"{ALGORITHM}.kl_estimator_type {kind}")
    draft.not_covered.append("Clipping of the likelihood ratio (eps_clip_low, eps_clip_high).")
    return draft.done(settings.read)
