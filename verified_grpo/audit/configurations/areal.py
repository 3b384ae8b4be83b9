"""AReaL's YAML: the KL in the reward, after the rewards are normalised."""

from __future__ import annotations

from fractions import Fraction

from ...intervals import canonical
from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.areal import TABLE as TABLE

NORM, AGAIN = "actor.reward_norm", "actor.adv_norm"
CLAMP = 10


def configure(settings: Settings) -> Configuration:
    """Map the ``actor`` section."""
    draft = Draft(settings, settings.number("actor.kl_ctl"))
    size = settings.size("gconfig.n_samples")
    scale = settings.number("actor.reward_scaling")
    if scale == 0:
        draft.refuse("actor.reward_scaling: 0 rewards nothing")
        return draft.done()
    _clip(draft, settings, scale)
    _advantage(draft, settings, size, scale)
    kind = settings.choice("actor.kl_estimator", ("k1", "k2", "k3"))
    draft.kl(kind, "reward", f"actor.kl_estimator {kind}")
    draft.clamp(kind, CLAMP, f"actor.kl_estimator {kind}")
    _again(draft, settings)
    if not any(key.startswith("ref.") for key in settings.values):
        draft.assumptions.append(
            "A section ref names the reference; this file has none, and without one AReaL has no KL "
            "to a reference."
        )
    draft.clipping(settings.text("actor.eps_clip"), settings.optional("actor.eps_clip_higher"))
    draft.not_covered.append("Rollouts by older policies (asynchronous training).")
    return draft.done()


def _clip(draft: Draft, settings: Settings, scale: Fraction) -> None:
    """Rewards are shifted, scaled and clipped before anything else."""
    bias = settings.number("actor.reward_bias", signed=True)
    bound = settings.number("actor.reward_clip")
    if scale * max(abs(bias), abs(1 + bias)) > bound:
        draft.refuse(
            f"actor.reward_clip: rewards scaled by {canonical(scale)} are clipped at {canonical(bound)}"
        )


def _advantage(draft: Draft, settings: Settings, size: int, scale: Fraction) -> None:
    if not any(key.startswith(f"{NORM}.") for key in settings.values):
        draft.assumptions.append("actor.reward_norm is not set: no baseline within the group.")
        draft.mean_only(None, scale)
        return
    mean, std = (settings.optional(f"{NORM}.{what}_level") for what in ("mean", "std"))
    if not mean and not std:
        draft.assumptions.append(
            "actor.reward_norm neither centres nor divides: no baseline within the group."
        )
        draft.mean_only(None, scale)
    elif mean != "group" or std not in ("group", ""):
        draft.refuse(
            f"{NORM}: mean_level {mean or 'null'}, std_level {std or 'null'}: covered is mean_level "
            "group with std_level group or null; statistics of the whole batch depend on all its prompts"
        )
    else:
        _grouped(draft, settings, size, scale, divided=bool(std))


def _grouped(draft: Draft, settings: Settings, size: int, scale: Fraction, *, divided: bool) -> None:
    """Centred within the group, and divided by its std or not."""
    stated = settings.number(f"{NORM}.group_size")
    if stated != size:
        draft.refuse(
            f"{NORM}.group_size: {canonical(stated)}, with {size} completions a prompt: these groups are "
            "not a prompt's own (of one, every advantage is 0)"
        )
    leave_one_out = settings.flag(f"{NORM}.mean_leave1out")
    if not divided:
        draft.mean_only(None if leave_one_out else size, scale)
    elif leave_one_out:
        draft.refuse(f"{NORM}.mean_leave1out with a std: none of the model's contrasts")
    else:
        unbiased, eps = settings.flag(f"{NORM}.std_unbiased"), settings.number(f"{NORM}.eps")
        draft.group(size, 1 if unbiased else 0, canonical(eps), scale)


def _again(draft: Draft, settings: Settings) -> None:
    """The second normalisation, of advantage and KL together."""
    if not any(key.startswith(f"{AGAIN}.") for key in settings.values):
        return
    levels = [settings.optional(f"{AGAIN}.{what}_level") for what in ("mean", "std")]
    if set(levels) - {"batch", ""} or settings.flag(f"{AGAIN}.mean_leave1out"):
        draft.refuse(
            f"{AGAIN}: a second normalisation other than over the batch: none of the model's contrasts"
        )
    else:
        draft.rescale(
            f"{AGAIN} shifts and divides advantage and KL by the same numbers, common to a large batch"
        )
