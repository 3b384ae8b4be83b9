"""open-r1's recipes: the trainer of TRL 0.18.0, three reward functions unless one is named."""

from __future__ import annotations

from . import trl
from .configuration import Configuration
from .settings import Settings
from .tables.open_r1 import TABLE as TABLE


def configure(settings: Settings) -> Configuration:
    """Map a recipe."""
    return trl.configured(settings)
