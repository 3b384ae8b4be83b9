"""ms-swift's GRPO: TRL's names with its own defaults, k3 clamped in the loss; leave-one-out beside it."""

from __future__ import annotations

from fractions import Fraction

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .summed import reward_scale
from .tables.ms_swift import TABLE as TABLE
from .unmodelled import BATCH_STD, KL_BEFORE

EPS = "1e-4"
CLAMP = 10
FOLLOWS = {"grpo": ("group", "false"), "rloo": ("none", "true")}
"""What ``scale_rewards`` and ``kl_in_reward`` are where they are not given, by the estimator."""


def configure(settings: Settings) -> Configuration:
    """Map the options of ``swift rlhf``."""
    draft = Draft(settings, settings.number("beta"))
    algorithm = settings.text("rlhf_type")
    estimator = settings.choice("advantage_estimator", ("grpo", "rloo", "reinforce_plus_plus"))
    if algorithm != "grpo":
        draft.refuse(f"rlhf_type: {algorithm} is not covered, only grpo")
        return draft.done()
    if estimator == "reinforce_plus_plus":
        draft.refuse(f"advantage_estimator reinforce_plus_plus: {BATCH_STD}")
        return draft.done()
    size = settings.size("num_generations")
    scaling, in_reward = FOLLOWS[estimator]
    scaling = (settings.optional("scale_rewards") or scaling).lower()
    if settings.optional("kl_in_reward"):
        in_reward = "true" if settings.flag("kl_in_reward") else "false"
    _advantage(draft, size, estimator == "rloo", scaling, reward_scale(draft))
    _regulariser(draft, in_reward == "true", estimator == "rloo" and scaling in ("none", "false"))
    draft.loss_of_trl()
    return draft.done()


def _advantage(draft: Draft, size: int, leave_one_out: bool, scaling: str, scale: Fraction) -> None:
    if scaling in ("none", "false"):
        draft.mean_only(None if leave_one_out else size, scale)
    elif scaling in ("group", "true"):
        draft.group(size, 1, EPS, scale)
        if leave_one_out:
            draft.times(Fraction(size, size - 1), "A mean without the sample, and a std with it,")
    elif scaling == "batch":
        draft.over_batch_std(None if leave_one_out else size, "scale_rewards batch", EPS, scale)
    else:
        draft.refuse(f"scale_rewards {scaling}: rewards are normalised a second time, over the batch")


def _regulariser(draft: Draft, in_reward: bool, unscaled: bool) -> None:
    """The KL that a reward loses is scaled with it; the leave-one-out mean alone scales by nothing."""
    if not in_reward:
        draft.kl("k3", "loss", "kl_in_reward false")
        draft.clamp("k3", CLAMP, "kl_in_reward false")
    elif unscaled or not draft.beta:
        draft.kl("k1", "reward", "kl_in_reward true")
    else:
        draft.refuse(f"kl_in_reward true: {KL_BEFORE}")
