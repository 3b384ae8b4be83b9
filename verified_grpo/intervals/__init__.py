"""Exact numbers and sound enclosures; knows nothing of GRPO.

What an enclosure means is said once, in :mod:`.engine`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..errors import InputError
from .arb_engine import ArbEngine
from .array_engine import ArrayEngine, Intervals
from .array_signs import Signs
from .engine import Dyadic, Engine
from .exact import Exact, canonical, decimal_down, decimal_enclosure, decimal_up, exact, exact_range
from .mpmath_engine import MpmathEngine
from .sign import Sign

ENGINES = ("mpmath", "arb")
"""The engines of single numbers, at any precision; ``array`` is beside them, at 53 bits only."""


@lru_cache(maxsize=64, typed=True)  # 53.0 is not 53
def make_engine(name: str, bits: int) -> Engine[Any]:
    """An engine by its name, ``mpmath``, ``arb`` or ``array``, at so many bits (``array``: 53).

    Raises:
        InputError: another name, or bits outside what an engine allows.
    """
    if name == "array":
        return ArrayEngine(bits)
    if name not in ENGINES:
        raise InputError(f"unknown engine {name!r}: choose one of {', '.join(ENGINES)}")
    return ArbEngine(bits) if name == "arb" else MpmathEngine(bits)


__all__ = [
    "ENGINES",
    "ArbEngine",
    "ArrayEngine",
    "Dyadic",
    "Engine",
    "Exact",
    "Intervals",
    "MpmathEngine",
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
