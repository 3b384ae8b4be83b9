"""verl's Hydra configuration: group advantages, k3 (``low_var_kl``) in the loss if it is switched on."""

from __future__ import annotations

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.verl import TABLE as TABLE
from .unmodelled import KL_BEFORE

EPS = "1e-6"
ACTOR = "actor_rollout_ref.actor"
ESTIMATORS = {"kl": "k1", "k1": "k1", "mse": "k2", "k2": "k2", "low_var_kl": "k3", "k3": "k3"}
CLAMP = 10


def configure(settings: Settings) -> Configuration:
    """Map a verl configuration."""
    in_loss = settings.flag(f"{ACTOR}.use_kl_loss")
    draft = Draft(settings, settings.number(f"{ACTOR}.kl_loss_coef"))
    if not in_loss:
        draft.beta *= 0
    estimator = settings.text("algorithm.adv_estimator")
    if estimator not in ("grpo", "rloo"):
        draft.refuse(f"algorithm.adv_estimator: {estimator} is not covered, only grpo and rloo")
        return draft.done()
    size = settings.size("actor_rollout_ref.rollout.n")
    if estimator == "rloo":
        draft.mean_only(None)
    elif settings.flag("algorithm.norm_adv_by_std_in_grpo"):
        draft.group(size, 1, EPS)
    else:
        draft.mean_only(size)
    _regulariser(draft, settings)
    low, high = (settings.text(f"{ACTOR}.clip_ratio_{side}") for side in ("low", "high"))
    both = settings.text(f"{ACTOR}.clip_ratio")
    draft.clipping(low or both, high or both)
    draft.iterations(f"{ACTOR}.ppo_epochs")
    if settings.flag("algorithm.filter_groups.enable"):
        draft.drop("algorithm.filter_groups.enable", size)
    if settings.text(f"{ACTOR}.policy_loss.dro_beta"):
        draft.not_covered.append(
            "policy_loss.dro_beta: a penalty towards the previous policy (a mirror term)."
        )
    return draft.done()


def _regulariser(draft: Draft, settings: Settings) -> None:
    if settings.flag("algorithm.use_kl_in_reward"):
        draft.refuse(f"algorithm.use_kl_in_reward: {KL_BEFORE}")
        return
    kind = settings.text(f"{ACTOR}.kl_loss_type")
    known = ESTIMATORS.get(kind.removesuffix("+"))
    if kind.endswith("+") and known:
        draft.kl("straight", "loss", f"kl_loss_type {kind}")
    else:
        draft.kl(known or kind, "loss", f"kl_loss_type {kind}")
        if known == "k3":
            draft.clamp("k3", CLAMP, f"kl_loss_type {kind}")
