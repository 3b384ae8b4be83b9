"""OpenRLHF's options: ``group_norm`` or ``dr_grpo``, k1 in the reward after normalisation by default."""

from __future__ import annotations

from ...intervals import exact
from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.openrlhf import TABLE as TABLE

EPS = "1e-9"
CLAMP = 10
LARGEST = 101
"""The largest group whose advantages, at most ``(G - 1)/sqrt(G)``, stay within ``reward.clip_range``."""


def configure(settings: Settings) -> Configuration:
    """Map the options, dotted or in their older spelling."""
    draft = Draft(settings, settings.number("algo.kl.init_coef"))
    estimator = settings.text("algo.advantage.estimator")
    if estimator not in ("group_norm", "dr_grpo", "rloo", "reinforce_baseline"):
        draft.refuse(
            f"algo.advantage.estimator: {estimator}; covered are group_norm, dr_grpo, rloo and "
            "reinforce_baseline"
        )
        return draft.done()
    size = settings.size("rollout.n_samples_per_prompt")
    if estimator in ("rloo", "reinforce_baseline"):
        draft.only_read(f"algo.advantage.estimator {estimator}")
    place = "loss" if settings.flag("algo.kl.use_loss") else "reward"
    if estimator == "rloo":
        draft.mean_only(None)
    elif estimator == "dr_grpo":
        draft.mean_only(size)
    elif estimator == "reinforce_baseline":
        _of_the_batch(draft, size, place)
    else:
        draft.group(size, 1, EPS)
        if size > LARGEST:
            draft.refuse(f"reward.clip_range: advantages are clipped at 10, which groups of {size} reach")
        if settings.flag("algo.advantage.no_std_norm"):
            draft.assumptions.append(
                "no_std_norm speaks of the batch normalisation that other estimators have."
            )
    kind = settings.choice("algo.kl.estimator", ("k1", "k2", "k3"))
    draft.kl(kind, place, f"algo.kl.estimator {kind}")
    draft.clamp(kind, CLAMP, f"algo.kl.estimator {kind}")
    apart = settings.optional("actor.eps_clip_low_high").split()
    draft.clipping(*(apart if len(apart) == 2 else [settings.text("actor.eps_clip")]))
    draft.iterations("train.max_epochs")
    if settings.flag("algo.dynamic_filtering_enable"):
        _dropped(draft, settings, size)
    return draft.done()


def _of_the_batch(draft: Draft, size: int, place: str) -> None:
    """The group's mean is taken off; then the batch's mean and std normalise the advantages, with the KL that
    is in them where it stands in the reward."""
    key = "algo.advantage.estimator reinforce_baseline"
    draft.assumptions.append(f"{key}: the batch's mean, which is taken off, is taken as given.")
    if draft.settings.flag("algo.advantage.no_std_norm"):
        draft.mean_only(size)
    elif place == "loss":
        draft.over_batch_std(size, key, "0")
    else:
        draft.mean_only(size)
        draft.rescale(f"{key}: the batch's std divides advantage and KL alike")


def _dropped(draft: Draft, settings: Settings, size: int) -> None:
    """Groups whose mean is not strictly between two bounds are dropped."""
    bounds = [exact(word) for word in settings.text("algo.dynamic_filtering_range").split()]
    if bounds == [0, 1]:
        draft.drop("algo.dynamic_filtering_enable", size)
    else:
        draft.refuse("algo.dynamic_filtering_range: groups are dropped by other means than 0 and 1")
