"""The guesses of :mod:`.steady` over arrays of doubles: the same operations in the same order, the same
bits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .steady import COEFFICIENTS, HIGHEST, LOG2_LONG, LOG2_REST, LOWEST, PER_LOG2, Steady

FloatArray = NDArray[np.float64]


def approx_exp(x: FloatArray) -> FloatArray:
    """exp at each place."""
    x = np.minimum(np.maximum(x, LOWEST), HIGHEST)  # NaN goes through
    turns = np.rint(x * PER_LOG2)
    rest = x - turns * LOG2_LONG
    rest -= turns * LOG2_REST
    total = COEFFICIENTS[0] * rest + COEFFICIENTS[1]
    for coefficient in COEFFICIENTS[2:]:
        total *= rest
        total += coefficient
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        value: FloatArray = np.ldexp(total, turns.astype(np.int32))
    return value


class SteadyArrays(Steady[Any]):
    """NumPy's arrays of doubles, and its doubles."""

    sqrt = staticmethod(np.sqrt)
    exp = staticmethod(np.exp)
    log = staticmethod(np.log)

    def exact(self, x: int | Fraction) -> Any:
        return np.float64(x)
