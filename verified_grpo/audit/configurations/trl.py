"""TRL's ``GRPOConfig``: group advantages, k3 in the loss, since 1.10.0 weighted by the likelihood ratio."""

from __future__ import annotations

from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.trl import TABLE as TABLE

EPS = "1e-4"


def configure(settings: Settings) -> Configuration:
    """Map a GRPOConfig."""
    draft = Draft(settings, settings.number("beta"))
    size = settings.size("num_generations")
    allowed = ("group", "batch", "none", "true", "false", "True", "False")
    scaling = settings.choice("scale_rewards", allowed).lower()
    if scaling in ("group", "true"):
        draft.group(size, 1, EPS)
    elif scaling in ("none", "false"):
        draft.mean_only(size)
    else:
        draft.refuse(
            "scale_rewards batch: advantages are divided by the standard deviation of the whole batch, "
            "which depends on all its prompts: no variant for one prompt"
        )
    weighted = settings.flag("use_bias_correction_kl")
    draft.kl("weighted" if weighted else "k3", "loss", f"use_bias_correction_kl {str(weighted).lower()}")
    _notes(draft, settings)
    return draft.done()


def _notes(draft: Draft, settings: Settings) -> None:
    draft.not_covered.append(f"Clipping of the likelihood ratio (epsilon {settings.text('epsilon')}).")
    draft.not_covered.append("Other reward functions than one verifiable reward.")
    if settings.number("num_iterations") != 1:
        draft.not_covered.append("num_iterations above 1: later iterations on a batch are off-policy.")
    if settings.flag("sync_ref_model"):
        draft.not_covered.append("sync_ref_model: the reference moves during training; it is fixed here.")
