"""Exact numbers and sound enclosures; knows nothing of GRPO.

What an enclosure means is said once, in :mod:`.engine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazily import attributes
from .exact import exact  # at once: a name that is its module's, too, cannot wait
from .names import ENGINES

if TYPE_CHECKING:
    from .arb_engine import ArbEngine
    from .array_engine import ArrayEngine, Intervals
    from .array_signs import Signs
    from .engine import Dyadic, Engine
    from .exact import Exact, Number, canonical, decimal_down, decimal_enclosure, decimal_up, exact_range
    from .made import make_engine
    from .mpmath_engine import MpmathEngine
    from .sign import Sign

_HOMES = {
    "arb_engine": ("ArbEngine",),
    "array_engine": ("ArrayEngine", "Intervals"),
    "array_signs": ("Signs",),
    "engine": ("Dyadic", "Engine"),
    "exact": (
        "Exact",
        "Number",
        "canonical",
        "decimal_down",
        "decimal_enclosure",
        "decimal_up",
        "exact_range",
    ),
    "made": ("make_engine",),
    "mpmath_engine": ("MpmathEngine",),
    "sign": ("Sign",),
}
__getattr__ = attributes(__name__, _HOMES)

__all__ = [
    "ENGINES",
    "ArbEngine",
    "ArrayEngine",
    "Dyadic",
    "Engine",
    "Exact",
    "Intervals",
    "MpmathEngine",
    "Number",
    "Sign",
    "Signs",
    "canonical",
    "decimal_down",
    "decimal_enclosure",
    "decimal_up",
    "exact",
    "exact_range",
    "make_engine",
]
