"""SkyRL's YAML: group advantages, k3 in the loss, on by default."""

from __future__ import annotations

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.skyrl import TABLE as TABLE

EPS = "1e-6"
ALGORITHM = "trainer.algorithm"
CLAMP = 10


def configure(settings: Settings) -> Configuration:
    """Map the ``trainer.algorithm`` section."""
    draft = Draft(settings, settings.number(f"{ALGORITHM}.kl_loss_coef"))
    if not settings.flag(f"{ALGORITHM}.use_kl_loss"):
        draft.beta *= 0
    estimator = settings.text(f"{ALGORITHM}.advantage_estimator")
    if estimator not in ("grpo", "rloo"):
        draft.refuse(f"{ALGORITHM}.advantage_estimator: {estimator} is not covered, only grpo and rloo")
        return draft.done()
    size = settings.size("generator.n_samples_per_prompt")
    if estimator == "rloo":
        draft.mean_only(None)
    elif settings.flag(f"{ALGORITHM}.grpo_norm_by_std"):
        draft.group(size, 1, EPS)
    else:
        draft.mean_only(size)
    if settings.flag(f"{ALGORITHM}.use_kl_in_reward"):
        draft.refuse(f"{ALGORITHM}.use_kl_in_reward: the KL in the reward is not covered here")
    else:
        kind = settings.choice(f"{ALGORITHM}.kl_estimator_type", ("k1", "k2", "k3", "abs"))
        draft.kl(kind, "loss", f"kl_estimator_type {kind}")
        if kind == "k3":
            draft.clamp(kind, CLAMP, f"kl_estimator_type {kind}")
    low, high = (settings.text(f"{ALGORITHM}.eps_clip_{side}") for side in ("low", "high"))
    draft.clipping(low, high)
    sampling = settings.optional(f"{ALGORITHM}.dynamic_sampling.type")
    if sampling == "filter":
        draft.drop(f"dynamic_sampling.type {sampling}", size)
    elif sampling:
        draft.refuse(
            f"{ALGORITHM}.dynamic_sampling.type: {sampling} replaces groups without signal by others"
        )
    return draft.done()
