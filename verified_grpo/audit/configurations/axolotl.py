"""Axolotl's YAML with ``rl: grpo``: TRL's trainer, set by the section ``trl``."""

from __future__ import annotations

from . import trl
from .configuration import Configuration
from .draft import Draft
from .settings import Settings
from .tables.axolotl import TABLE as TABLE


def configure(settings: Settings) -> Configuration:
    """Map ``rl: grpo`` and its section ``trl``."""
    algorithm = settings.text("rl")
    if algorithm != "grpo":
        draft = Draft(settings, settings.number("trl.beta"))
        draft.refuse(f"rl: {algorithm} is not covered, only grpo")
        return draft.done()
    return trl.configured(settings, "trl.")
