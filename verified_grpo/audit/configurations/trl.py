"""TRL's ``GRPOConfig``: group advantages, k3 in the loss, since 1.10.0 weighted by the likelihood ratio."""

from __future__ import annotations

from fractions import Fraction

from ...intervals import canonical
from .configuration import Configuration
from .draft import Draft
from .keys import between
from .settings import Settings
from .summed import reward_scale
from .tables.trl import TABLE as TABLE

EPS = "1e-4"
SWAPPED_IN = ("0.22.0", "0.22.1")
SWAPPED = {"group": "none", "true": "none", "none": "group", "false": "group", "batch": "group"}
"""What ``scale_rewards`` does in these releases, by their own code."""
AS = "group divides by nothing, none and batch by the group's std"
LOSSES = ("grpo", "bnpo", "dapo", "dr_grpo", "luspo", "sapo")
SCALINGS = ("group", "batch", "none", "true", "false", "True", "False")


def configure(settings: Settings) -> Configuration:
    """Map a GRPOConfig."""
    return configured(settings)


def configured(settings: Settings, section: str = "") -> Configuration:
    """Map a GRPOConfig whose keys stand in a section."""
    draft = Draft(settings, settings.number(f"{section}beta"))
    size = settings.size(f"{section}num_generations")
    scaling = settings.choice(f"{section}scale_rewards", SCALINGS).lower()
    if between(settings.version, *SWAPPED_IN):
        draft.assumptions.append(
            f"scale_rewards {scaling} is taken as TRL {' and '.join(SWAPPED_IN)} take it: {AS}."
        )
        scaling = SWAPPED[scaling]
    advantage(draft, size, scaling, reward_scale(draft, section))
    _loss(draft, section)
    weighted = settings.flag(f"{section}use_bias_correction_kl")
    draft.kl("weighted" if weighted else "k3", "loss", f"use_bias_correction_kl {str(weighted).lower()}")
    draft.loss_of_trl(section)
    return draft.done()


def _loss(draft: Draft, section: str) -> None:
    """Losses that have the advantage's own gradient, and cispo, which cuts the ratio from above."""
    settings = draft.settings
    name = settings.text(f"{section}loss_type")
    if name == "cispo":
        high = f"{section}epsilon_high"
        cut = settings.number(high if settings.optional(high) else f"{section}epsilon")
        draft.times(min(cut, Fraction(1)), f"loss_type cispo, whose ratio is at most {canonical(cut)},")
    elif name not in LOSSES:
        draft.refuse(
            f"loss_type {name}: this loss scales or reweights the advantage's gradient and not the KL's"
        )


def advantage(draft: Draft, size: int, scaling: str, scale: Fraction) -> None:
    """What TRL makes of a group's rewards, which count so much."""
    if scaling in ("group", "true"):
        draft.group(size, 1, EPS, scale)
    elif scaling in ("none", "false"):
        draft.mean_only(size, scale)
    else:
        draft.over_batch_std(size, f"scale_rewards {scaling}", EPS, scale)
