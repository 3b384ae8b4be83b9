"""open-instruct's options: mean-only by default, rewards of 10, k3 in the loss, groups without signal
dropped."""

from __future__ import annotations

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.open_instruct import TABLE as TABLE

EPS = "1e-8"
ESTIMATORS = {"0": "k1", "1": "k2", "2": "k3", "3": "weighted", "kl1": "k1", "kl2": "k2", "kl3": "k3"}
CLAMP = 40


def configure(settings: Settings) -> Configuration:
    """Map the options."""
    draft = Draft(settings, settings.number("beta"))
    size = settings.size("num_samples_per_prompt_rollout")
    scale = settings.number("verification_reward")
    kind = settings.choice("advantage_normalization_type", ("centered", "standard"))
    if scale == 0:
        draft.refuse("verification_reward: 0 rewards nothing")
        return draft.done()
    if kind == "centered":
        draft.mean_only(size, scale)
    else:
        draft.group(size, 0, EPS, scale)
    if settings.flag("filter_zero_std_samples"):
        draft.drop("filter_zero_std_samples", size)
    if not settings.flag("load_ref_policy"):
        draft.beta *= 0
    _regulariser(draft, settings)
    low, high = settings.text("clip_lower"), settings.text("clip_higher")
    draft.clipping(low, high)
    if settings.optional("ref_policy_update_freq"):
        draft.not_covered.append("ref_policy_update_freq: the reference moves in training; it is fixed here.")
    draft.not_covered.append("Other rewards added to the verifiable one.")
    return draft.done()


def _regulariser(draft: Draft, settings: Settings) -> None:
    estimator = settings.text("kl_estimator")
    draft.kl(ESTIMATORS.get(estimator, estimator), "loss", f"kl_estimator {estimator}")
    draft.clamp("k1", CLAMP, f"kl_estimator {estimator}")
