"""Exact numbers and sound enclosures; knows nothing of GRPO.

What an enclosure means is said once, in :mod:`.engine`.
"""

from __future__ import annotations

from typing import Any

from ..errors import InputError
from .arb_engine import ArbEngine
from .engine import Dyadic, Engine
from .exact import Exact, canonical, decimal_down, decimal_enclosure, decimal_up, exact, exact_range
from .mpmath_engine import MpmathEngine
from .sign import Sign

ENGINES = ("mpmath", "arb")


def make_engine(name: str, bits: int) -> Engine[Any]:
    """An engine by its name, ``mpmath`` or ``arb``, at so many bits.

    Raises:
        InputError: another name, or bits outside what an engine allows.
    """
    if name not in ENGINES:
        raise InputError(f"unknown engine {name!r}: choose one of {', '.join(ENGINES)}")
    return ArbEngine(bits) if name == "arb" else MpmathEngine(bits)


__all__ = [
    "ENGINES",
    "ArbEngine",
    "Dyadic",
    "Engine",
    "Exact",
    "MpmathEngine",
    "Sign",
    "canonical",
    "decimal_down",
    "decimal_enclosure",
    "decimal_up",
    "exact",
    "exact_range",
    "make_engine",
]
