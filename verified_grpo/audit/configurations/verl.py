"""verl's Hydra configuration (``verl/trainer/ppo/core_algos.py`` at 1dda039b)."""

from __future__ import annotations

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "verl", "1dda039b"
EPS = "1e-6"
ACTOR = "actor_rollout_ref.actor"
KEYS = (
    "algorithm.adv_estimator",
    "algorithm.norm_adv_by_std_in_grpo",
    "algorithm.use_kl_in_reward",
    "algorithm.kl_penalty",
    "algorithm.kl_ctrl.type",
    "algorithm.kl_ctrl.kl_coef",
    f"{ACTOR}.use_kl_loss",
    f"{ACTOR}.kl_loss_coef",
    f"{ACTOR}.kl_loss_type",
    f"{ACTOR}.clip_ratio",
    f"{ACTOR}.clip_ratio_low",
    f"{ACTOR}.clip_ratio_high",
    f"{ACTOR}.clip_ratio_c",
    f"{ACTOR}.ppo_epochs",
    f"{ACTOR}.policy_loss.dro_beta",
    "actor_rollout_ref.rollout.n",
)
SIGNS = ("actor_rollout_ref.", "algorithm.")
ESTIMATORS = {"kl": "k1", "k1": "k1", "mse": "k2", "k2": "k2", "low_var_kl": "k3", "k3": "k3"}


def configure(settings: Settings) -> Configuration:
    """Map a verl configuration: group advantages, k3 (``low_var_kl``) in the loss if it is switched on."""
    in_loss = settings.flag(f"{ACTOR}.use_kl_loss", False)
    draft = Draft(NAME, COMMIT, settings.number(f"{ACTOR}.kl_loss_coef", "0.001"))
    if not in_loss:
        draft.beta *= 0
    estimator = settings.text("algorithm.adv_estimator", "gae")
    if estimator != "grpo":
        draft.regulariser = NOT_COVERED
        draft.verdict = f"algorithm.adv_estimator: {estimator} is not group-relative; only grpo is covered"
        return draft.done(settings.read)
    size = settings.size("actor_rollout_ref.rollout.n", "1")
    if settings.flag("algorithm.norm_adv_by_std_in_grpo", True):
        draft.group(size, 1, EPS)
    else:
        draft.mean_only(size)
    _regulariser(draft, settings, in_loss)
    clip = settings.text(f"{ACTOR}.clip_ratio", "0.2")
    draft.not_covered.append(f"Clipping of the likelihood ratio (clip_ratio {clip}).")
    if settings.has(f"{ACTOR}.policy_loss.dro_beta"):
        draft.not_covered.append(
            "policy_loss.dro_beta: a penalty towards the previous policy (a mirror term)."
        )
    return draft.done(settings.read)


def _regulariser(draft: Draft, settings: Settings, in_loss: bool) -> None:
    if settings.flag("algorithm.use_kl_in_reward", False):
        draft.regulariser = NOT_COVERED
        draft.verdict = (
            "algorithm.use_kl_in_reward: the KL is subtracted from the reward before normalisation, so the "
            "group's standard deviation divides it too: no contrast of 0/1 rewards describes that"
        )
    elif in_loss:
        kind = settings.text(f"{ACTOR}.kl_loss_type", "low_var_kl")
        if kind in ESTIMATORS:
            draft.kl(ESTIMATORS[kind], "loss", f"kl_loss_type {kind}")
        else:
            draft.regulariser = NOT_COVERED
            draft.verdict = f"kl_loss_type: {kind} is not one of {', '.join(ESTIMATORS)}"
