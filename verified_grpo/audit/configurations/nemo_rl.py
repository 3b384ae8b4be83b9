"""NeMo-RL's YAML: every estimator in the loss is multiplied by its differentiable likelihood ratio."""

from __future__ import annotations

import re

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.nemo_rl import TABLE as TABLE

EPS = "1e-6"
REWARDS = re.compile(r"(env\..*reward_functions)\.(\d+)\.")
LEFT_OUT = "grpo.use_leave_one_out_baseline"


def configure(settings: Settings) -> Configuration:
    """Map the ``grpo`` and ``loss_fn`` sections."""
    draft = Draft(settings, settings.number("loss_fn.reference_policy_kl_penalty"))
    estimator = settings.text("grpo.adv_estimator.name")
    if estimator != "grpo":
        draft.refuse(f"grpo.adv_estimator.name: {estimator} is not covered, only grpo")
        return draft.done()
    _advantage(draft, settings)
    _regulariser(draft, settings)
    _several_rewards(draft, settings)
    low, high = (settings.text(f"loss_fn.ratio_clip_{end}") for end in ("min", "max"))
    draft.clipping(low, high)
    if settings.flag("grpo.use_dynamic_sampling"):
        _dropped(draft, settings)
    return draft.done()


def _advantage(draft: Draft, settings: Settings) -> None:
    size = settings.size("grpo.num_generations_per_prompt")
    normalised = settings.flag("grpo.adv_estimator.normalize_rewards")
    leave_one_out = settings.flag("grpo.adv_estimator.use_leave_one_out_baseline")
    if not normalised:
        draft.mean_only(None if leave_one_out else size)
    elif not leave_one_out:
        draft.group(size, 1, EPS)
    else:
        draft.leave_one_out(size, EPS)


def _several_rewards(draft: Draft, settings: Settings) -> None:
    """Environments that sum several reward functions."""
    found = (REWARDS.match(key) for key in settings.values)
    for name in dict.fromkeys(match[1] for match in found if match is not None and match[2] != "0"):
        draft.refuse(f"{name}: several reward functions are summed, so a reward is not 0 or 1")


def _dropped(draft: Draft, settings: Settings) -> None:
    """Samples beside a std of 0 are dropped, by a std that may leave the sample out."""
    if (settings.values.get(LEFT_OUT) or "true").lower() != "false":
        draft.refuse(
            f"grpo.use_dynamic_sampling: without {LEFT_OUT} false, samples are dropped one by one, not groups"
        )
    else:
        draft.drop("grpo.use_dynamic_sampling", settings.size("grpo.num_generations_per_prompt"))


def _regulariser(draft: Draft, settings: Settings) -> None:
    if settings.flag("loss_fn.use_kl_in_reward"):
        draft.refuse("loss_fn.use_kl_in_reward: the KL in the reward is not covered here")
        return
    kind = settings.choice("loss_fn.reference_policy_kl_type", ("k1", "k2", "k3"))
    named = f"reference_policy_kl_type {kind}"
    draft.kl("weighted k2" if kind == "k2" else "weighted", "loss", named)
    for key, estimator in (("kl_output_clamp_value", kind), ("kl_input_clamp_value", "k1")):
        if settings.optional(f"loss_fn.{key}"):
            draft.clamp(estimator, settings.number(f"loss_fn.{key}"), key)
