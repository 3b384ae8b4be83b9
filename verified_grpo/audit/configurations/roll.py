"""ROLL's RLVR pipeline: rewards normalised within the group, k3 in the loss if it is switched on, or k1 in
the reward after normalisation."""

from __future__ import annotations

from fractions import Fraction

from ...intervals import canonical
from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.roll import TABLE as TABLE

EPS = "1e-6"
CLAMP = 10
AGENTIC = ("train_env_manager.", "val_env_manager.")
KEPT = (
    "groups are kept whose share of right answers lies between {} and {}: in what is left a right answer "
    "still counts more than a wrong one"
)
CUT = "advantages are cut at {}, which groups of {} exceed; a right answer still counts more than a wrong one"


def configure(settings: Settings) -> Configuration:
    """Map a YAML file of the RLVR pipeline."""
    in_loss, in_reward = settings.flag("use_kl_loss"), settings.flag("add_token_level_kl")
    weight = settings.number("init_kl_coef" if in_reward else "kl_loss_coef")
    draft = Draft(settings, weight if in_loss or in_reward else Fraction(0))
    estimator = settings.text("adv_estimator")
    agentic = next((key for key in settings.values if key.startswith(AGENTIC)), "")
    if agentic:
        draft.refuse(f"{agentic}: the agentic pipeline groups and normalises its own way, and is not mapped")
        return draft.done()
    if estimator not in ("grpo", "reinforce"):
        draft.refuse(f"adv_estimator: {estimator} is not covered, only grpo and reinforce")
        return draft.done()
    mean, std = (settings.optional(f"norm_{what}_type") or "none" for what in ("mean", "std"))
    if estimator == "grpo":
        mean = std = "group"
    size = settings.size("num_return_sequences_in_group")
    _advantage(draft, size, mean.lower(), std.lower())
    if settings.flag("difficulty_mask"):
        _dropped(draft, settings, size, centred=mean == "group")
    _clips(draft, settings, size, divided=std == "group")
    _regulariser(draft, settings, in_loss, in_reward)
    if settings.flag("whiten_advantages"):
        _whitened(draft)
    draft.clipping(settings.text("pg_clip"))
    draft.iterations("ppo_epochs")
    return draft.done()


def _advantage(draft: Draft, size: int, mean: str, std: str) -> None:
    if (mean, std) == ("group", "group"):
        draft.group(size, 1, EPS)
    elif (mean, std) == ("group", "none"):
        draft.mean_only(size)
    elif (mean, std) == ("none", "none"):
        draft.assumptions.append("norm_mean_type none: no baseline within the group.")
        draft.mean_only(None)
    elif std == "batch" and mean in ("group", "batch"):
        draft.over_batch_std(size if mean == "group" else None, f"norm_std_type {std}", EPS)
    else:
        draft.refuse(f"norm_mean_type {mean}, norm_std_type {std}: rewards are normalised another way")


def _dropped(draft: Draft, settings: Settings, size: int, *, centred: bool) -> None:
    """Groups with a signal that are all kept, while those without are dropped, are a pull of the model where
    the group's mean is taken off. Without a KL any of them may be dropped, but not all."""
    low, high = (settings.number(f"difficulty_{side}_threshold") for side in ("low", "high"))
    kept = [right for right in range(size + 1) if low < Fraction(right, size) < high]
    draft.only_read("difficulty_mask")
    said = f"difficulty_mask: {KEPT.format(canonical(low), canonical(high))}"
    if not set(kept) & set(range(1, size)):
        draft.refuse("difficulty_mask: no group with a signal is kept")
    elif centred and kept == list(range(1, size)):
        draft.drop("difficulty_mask", size)
    else:
        draft.paced.append(said)


def _clips(draft: Draft, settings: Settings, size: int, *, divided: bool) -> None:
    """Advantages of a group of G have a size of at most ``(G - 1)/sqrt(G)``, undivided ones of 1; a batch's
    std may make them any size."""
    square = Fraction((size - 1) ** 2, size) if divided else Fraction(1)
    for key in ("reward_clip", "advantage_clip"):
        if settings.optional(key) and settings.number(key) ** 2 < square:
            draft.paced.append(f"{key}: {CUT.format(canonical(settings.number(key)), size)}")
    if settings.flag("whiten_advantages") and settings.optional("advantage_clip"):
        bound = canonical(settings.number("advantage_clip"))
        draft.paced.append(f"advantage_clip: whitened advantages are cut at {bound}")


def _regulariser(draft: Draft, settings: Settings, in_loss: bool, in_reward: bool) -> None:
    kind = settings.text("kl_penalty")
    if in_loss and in_reward:
        draft.refuse("use_kl_loss and add_token_level_kl: two KL terms of two weights")
    elif in_reward:
        draft.kl("k1" if kind == "kl" else kind, "reward", f"add_token_level_kl, kl_penalty {kind}")
    else:
        draft.kl("k3", "loss", "use_kl_loss")
        draft.clamp("k3", CLAMP, "use_kl_loss")


def _whitened(draft: Draft) -> None:
    """Shifting and dividing all advantages of a batch moves the weight of the KL against them."""
    if draft.beta:
        draft.refuse("whiten_advantages: advantages are divided by the batch's std and the KL is not")
    else:
        draft.paced.append(
            "whiten_advantages shifts and divides by a large batch's mean and std, which are taken as given"
        )
