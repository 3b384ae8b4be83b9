"""Unsloth: TRL's trainer with another default weight, and a loss of its own, whose k3 is never weighted."""

from __future__ import annotations

from . import trl
from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .summed import reward_scale
from .tables.unsloth import TABLE as TABLE

KNOWN = tuple(name for name in trl.LOSSES if name != "dapo")
WEIGHTED = "use_bias_correction_kl is not read by Unsloth's loss."


def configure(settings: Settings) -> Configuration:
    """Map a GRPOConfig that Unsloth has patched."""
    draft = Draft(settings, settings.number("beta"))
    loss, scaling = settings.text("loss_type"), settings.text("scale_rewards").lower()
    if loss == "dr_grpo" and not settings.has("scale_rewards"):
        draft.refuse(
            "loss_type dr_grpo: whether Unsloth then divides depends on TRL's version: write scale_rewards"
        )
    elif loss == "dr_grpo" and scaling == "true":
        scaling = "none"
        draft.assumptions.append("loss_type dr_grpo: Unsloth sets scale_rewards to false.")
    elif loss == "dapo":
        draft.refuse(
            "loss_type dapo: Unsloth sets mask_truncated_completions, so not all answers are in the loss"
        )
    elif loss not in KNOWN:
        draft.refuse(
            f"loss_type {loss}: this loss scales or reweights the advantage's gradient and not the KL's"
        )
    trl.advantage(draft, settings.size("num_generations"), scaling, reward_scale(draft))
    draft.kl("k3", "loss", "beta")
    if settings.flag("use_bias_correction_kl"):
        draft.assumptions.append(WEIGHTED)
    draft.loss_of_trl()
    return draft.done()
