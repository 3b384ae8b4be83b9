"""Engines by their names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..errors import InputError
from .arb_engine import ArbEngine
from .engine import Engine
from .mpmath_engine import MpmathEngine
from .names import ENGINES


@lru_cache(maxsize=64, typed=True)  # 53.0 is not 53
def make_engine(name: str, bits: int) -> Engine[Any]:
    """An engine by its name, ``mpmath``, ``arb`` or ``array``, at so many bits (``array``: 53).

    Raises:
        InputError: another name, or bits outside what an engine allows.
    """
    if name == "array":
        from .array_engine import ArrayEngine

        return ArrayEngine(bits)
    if name not in ENGINES:
        raise InputError(f"unknown engine {name!r}: choose one of {', '.join(ENGINES)}")
    return ArbEngine(bits) if name == "arb" else MpmathEngine(bits)
