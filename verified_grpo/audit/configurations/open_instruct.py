"""open-instruct's options (``data_loader.py`` at e6c3044a)."""

from __future__ import annotations

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "open_instruct", "e6c3044a"
EPS = "1e-8"
KEYS = (
    "beta",
    "kl_estimator",
    "num_samples_per_prompt_rollout",
    "advantage_normalization_type",
    "verification_reward",
    "ref_policy_update_freq",
    "alpha",
    "clip_lower",
    "clip_higher",
)
SIGNS = (
    "num_samples_per_prompt_rollout",
    "advantage_normalization_type",
    "verification_reward",
    "ref_policy_update_freq",
    "num_unique_prompts_rollout",
    "apply_verifiable_reward",
    "kl_estimator",
)
ESTIMATORS = {"0": "k1", "1": "k2", "2": "k3", "kl1": "k1", "kl2": "k2", "kl3": "k3"}


def configure(settings: Settings) -> Configuration:
    """Map the options: mean-only by default, rewards of 10, k3 in the loss."""
    draft = Draft(NAME, COMMIT, settings.number("beta", "0.05"))
    size = settings.size("num_samples_per_prompt_rollout", "4")
    scale = settings.number("verification_reward", "10.0")
    kind = settings.choice("advantage_normalization_type", "centered", ("centered", "standard"))
    if scale == 0:
        draft.regulariser = NOT_COVERED
        draft.verdict = "verification_reward: 0 rewards nothing"
        return draft.done(settings.read)
    if kind == "centered":
        draft.mean_only(size, scale)
    else:
        draft.group(size, 0, EPS, scale)
    estimator = settings.text("kl_estimator", "2")
    if estimator in ESTIMATORS:
        draft.kl(ESTIMATORS[estimator], "loss", f"kl_estimator {estimator}")
    else:
        draft.regulariser = NOT_COVERED
        draft.verdict = f"kl_estimator: {estimator} is not one of {', '.join(ESTIMATORS)}"
    low, high = settings.text("clip_lower", "0.2"), settings.text("clip_higher", "0.272")
    draft.not_covered.append(f"Clipping of the likelihood ratio (clip_lower {low}, clip_higher {high}).")
    if settings.has("ref_policy_update_freq"):
        draft.not_covered.append("ref_policy_update_freq: the reference moves in training; it is fixed here.")
    draft.not_covered.append("Other rewards added to the verifiable one (format, length).")
    return draft.done(settings.read)
