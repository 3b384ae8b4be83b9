"""What to do with one's own prompts: pass rates and a training configuration together.

``reading.py`` counts the prompts of each rate, ``groups.py`` says what samples show, ``advising.py`` asks the
configuration about every rate and for the largest KL weight, ``sentences.py`` and ``outputs.py`` tell it.
"""

from __future__ import annotations

from .advising import Advice, advise
from .reading import Prompts, read_prompts

__all__ = ["Advice", "Prompts", "advise", "read_prompts"]
