"""open-r1's recipes: the trainer of TRL 0.18.0, three reward functions unless one is named."""

from __future__ import annotations

from dataclasses import replace

from . import trl
from .configuration import Configuration
from .settings import Settings
from .tables.open_r1 import TABLE as TABLE

DEFAULT = (
    "reward_funcs is not given, which is accuracy, format and tag_count: several rewards are summed, so a "
    "reward is not 0 or 1: one 0/1 reward is needed"
)


def configure(settings: Settings) -> Configuration:
    """Map a recipe."""
    found = trl.configured(settings)
    if any(key.partition(".")[0] == "reward_funcs" for key in settings.values):
        return found
    return replace(found, refusals=(*found.refusals, DEFAULT))
