"""EasyR1: a fork of verl with names and defaults of its own; without ``use_kl_loss`` the KL is in the
reward."""

from __future__ import annotations

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.easyr1 import TABLE as TABLE
from .unmodelled import KL_BEFORE

EPS = "1e-6"
CLAMP = 10
ESTIMATORS = {"kl": "k1", "mse": "k2", "low_var_kl": "k3"}
ALGORITHM, ACTOR = "algorithm", "worker.actor"


def configure(settings: Settings) -> Configuration:
    """Map an EasyR1 configuration."""
    draft = Draft(settings, settings.number(f"{ALGORITHM}.kl_coef"))
    estimator = settings.text(f"{ALGORITHM}.adv_estimator")
    if estimator != "grpo":
        draft.refuse(f"{ALGORITHM}.adv_estimator: {estimator} is not covered, only grpo")
        return draft.done()
    draft.group(settings.size("worker.rollout.n"), 1, EPS)
    if settings.flag(f"{ALGORITHM}.disable_kl"):
        draft.beta *= 0
    _regulariser(draft, settings)
    low, high = (settings.text(f"{ACTOR}.clip_ratio_{side}") for side in ("low", "high"))
    draft.clipping(low, high)
    draft.iterations(f"{ACTOR}.ppo_epochs")
    draft.not_covered.append(
        "Other rewards than one of 0 and 1: the framework's own math.py adds one of format."
    )
    return draft.done()


def _regulariser(draft: Draft, settings: Settings) -> None:
    kind = settings.text(f"{ALGORITHM}.kl_penalty")
    named = f"kl_penalty {kind}"
    if settings.flag(f"{ALGORITHM}.use_kl_loss"):
        draft.kl(ESTIMATORS.get(kind, kind), "loss", named)
        if kind == "low_var_kl":
            draft.clamp("k3", CLAMP, named)
    elif draft.beta:
        draft.refuse(f"{ALGORITHM}.use_kl_loss false: {KL_BEFORE}")
