"""codac, which computes with the processor rounding upwards and, imported, leaves the whole process so.

Here it has its own rounding while it works, and nobody else has: ``float("1.2")`` would be another number.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from ..contestant import optional

R = TypeVar("R")

_C = ctypes.CDLL(None)
_OURS = _C.fegetround()
codac: Any = optional("codac")
_CODACS = _C.fegetround()
_C.fesetround(_OURS)


def rounding_its_way(work: Callable[..., R]) -> Callable[..., R]:
    """The same function, run with codac's rounding."""

    @wraps(work)
    def run(*arguments: Any) -> R:
        _C.fesetround(_CODACS)
        try:
            return work(*arguments)
        finally:
            _C.fesetround(_OURS)

    return run
