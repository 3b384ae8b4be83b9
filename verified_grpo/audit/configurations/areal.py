"""AReaL's YAML (``areal/utils/data.py``, ``api/cli_args.py`` at 4aef98d8)."""

from __future__ import annotations

from fractions import Fraction

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "areal", "4aef98d8"
EPS = "1e-5"
NORM = "actor.reward_norm"
KEYS = (
    f"{NORM}.mean_level",
    f"{NORM}.std_level",
    f"{NORM}.group_size",
    f"{NORM}.mean_leave1out",
    f"{NORM}.std_unbiased",
    f"{NORM}.eps",
    "actor.adv_norm.mean_level",
    "actor.adv_norm.std_level",
    "actor.reward_scaling",
    "actor.reward_bias",
    "actor.kl_ctl",
    "actor.eps_clip",
    "actor.eps_clip_higher",
    "actor.group_size",
    "gconfig.n_samples",
)
SIGNS = (f"{NORM}.", "actor.adv_norm.", "actor.reward_scaling", "actor.kl_ctl", "gconfig.")


def configure(settings: Settings) -> Configuration:
    """Map the ``actor`` section: k1 in the reward after normalisation, weight ``kl_ctl``."""
    draft = Draft(NAME, COMMIT, settings.number("actor.kl_ctl", "0.1"))
    size = settings.size("gconfig.n_samples", "4")
    scale = settings.number("actor.reward_scaling", "1.0")
    if scale == 0:
        draft.regulariser = NOT_COVERED
        draft.verdict = "actor.reward_scaling: 0 rewards nothing"
        return draft.done(settings.read)
    _advantage(draft, settings, size, scale)
    if draft.beta and not draft.verdict:
        draft.kl("k1", "reward", "actor.kl_ctl")
    if settings.has("actor.adv_norm.mean_level") or settings.has("actor.adv_norm.std_level"):
        draft.assumptions.append(
            "actor.adv_norm shifts and divides advantage and KL by the same numbers, common to a batch: the "
            "exact maximiser does not change."
        )
    clip = settings.text("actor.eps_clip", "0.2")
    draft.not_covered.append(f"Clipping of the likelihood ratio (eps_clip {clip}), and of the reward.")
    draft.not_covered.append("Rollouts by older policies (asynchronous training).")
    return draft.done(settings.read)


def _advantage(draft: Draft, settings: Settings, size: int, scale: Fraction) -> None:
    if not any(settings.has(f"{NORM}.{level}") for level in ("mean_level", "std_level")):
        draft.assumptions.append("actor.reward_norm is not set: no baseline within the group.")
        draft.mean_only(None, scale)
        return
    mean = settings.text(f"{NORM}.mean_level", "batch")
    std = settings.text(f"{NORM}.std_level", "batch")
    if mean != "group" or std not in ("group", "none"):
        draft.regulariser = NOT_COVERED
        draft.verdict = (
            f"actor.reward_norm: mean_level {mean}, std_level {std}: statistics of the whole batch depend on "
            "all its prompts; covered is mean_level group with std_level group or none"
        )
        return
    leave_one_out = settings.flag(f"{NORM}.mean_leave1out", False)
    if std == "none":
        draft.mean_only(None if leave_one_out else size, scale)
    elif leave_one_out:
        draft.regulariser = NOT_COVERED
        draft.verdict = f"{NORM}.mean_leave1out with a std: none of the model's contrasts"
    else:
        unbiased = settings.flag(f"{NORM}.std_unbiased", True)
        draft.group(size, 1 if unbiased else 0, settings.text(f"{NORM}.eps", EPS), scale)
