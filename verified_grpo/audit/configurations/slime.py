"""slime's options: group advantages, the KL in the loss if it is switched on, k1 (nothing) by default."""

from __future__ import annotations

from fractions import Fraction

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.slime import TABLE as TABLE

EPS = "1e-6"
CLAMP = 10
WITHOUT_SIGNAL = "slime.rollout.filter_hub.dynamic_sampling_filters.check_reward_nonzero_std"
ESTIMATORS = {"k1": "k1", "k2": "k2", "k3": "k3", "low_var_kl": "k3"}


def configure(settings: Settings) -> Configuration:
    """Map the options of slime's training scripts."""
    draft = Draft(settings, settings.number("kl_loss_coef"))
    if not settings.flag("use_kl_loss"):
        draft.beta *= 0
    estimator = settings.text("advantage_estimator")
    if estimator not in ("grpo", "gspo", "cispo"):
        draft.refuse(f"advantage_estimator: {estimator} is not covered, only grpo, gspo and cispo")
        return draft.done()
    size = settings.size("n_samples_per_prompt")
    scale = Fraction(2) if settings.optional("rm_type") == "dapo" else Fraction(1)
    if settings.flag("disable_rewards_normalization"):
        draft.assumptions.append("disable_rewards_normalization: no baseline within the group.")
        draft.mean_only(None, scale)
    elif settings.flag("disable_grpo_std_normalization"):
        draft.mean_only(size, scale)
    else:
        draft.group(size, 1, EPS, scale)
    _regulariser(draft, settings)
    _dropped(draft, settings, size)
    low, high = settings.text("eps_clip"), settings.optional("eps_clip_high")
    draft.clipping(low, high or low)
    if settings.optional("ref_update_interval"):
        draft.not_covered.append("ref_update_interval: the reference moves in training; it is fixed here.")
    return draft.done()


def _dropped(draft: Draft, settings: Settings, size: int) -> None:
    name = settings.optional("dynamic_sampling_filter_path")
    if name == WITHOUT_SIGNAL:
        draft.drop("dynamic_sampling_filter_path check_reward_nonzero_std", size)
    elif name:
        draft.refuse(f"dynamic_sampling_filter_path {name}: groups are dropped by a function of its own")


def _regulariser(draft: Draft, settings: Settings) -> None:
    kind = settings.choice("kl_loss_type", tuple(ESTIMATORS))
    named, estimator = f"kl_loss_type {kind}", ESTIMATORS[kind]
    if settings.flag("use_unbiased_kl"):
        draft.kl("weighted k2" if estimator == "k2" else "weighted", "loss", f"{named}, use_unbiased_kl")
    else:
        draft.kl(estimator, "loss", named)
    if kind == "low_var_kl":
        draft.clamp("k3", CLAMP, named)
