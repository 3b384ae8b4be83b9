"""Guesses in doubles that come out alike on every processor.

NumPy's and the C library's ``exp`` and ``pow`` choose their code by the processor and differ from one to the
next in the last place; where a guess is where an answer is looked for, the difference would be published. The
four operations and ``sqrt`` are the same everywhere, by IEEE 754, and here is what is made of them alone.
Nothing is proved of any value.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_LOWEST, _HIGHEST = -746.0, 710.0
"""Beyond these exp is 0, or infinite, in doubles."""
_PER_LOG2 = 1.4426950408889634
_LOG2 = 6243314768165359 / 2**53
_LOG2_LONG, _LOG2_REST = 2977044471 / 2**32, 3691024475790907 / 2**84
"""log 2 in two parts, the first so short that its multiples are exact."""
_FACTORIALS = [1.0]
for _n in range(1, 14):
    _FACTORIALS.append(_FACTORIALS[-1] * _n)
_COEFFICIENTS = [1.0 / f for f in reversed(_FACTORIALS)]


def approx_exp(x: FloatArray) -> FloatArray:
    """exp, by a Taylor polynomial of degree 13 on [-log 2/2, log 2/2] and a power of 2."""
    x = np.minimum(np.maximum(x, _LOWEST), _HIGHEST)  # NaN goes through
    turns = np.rint(x * _PER_LOG2)
    rest = x - turns * _LOG2_LONG
    rest -= turns * _LOG2_REST
    total = _COEFFICIENTS[0] * rest + _COEFFICIENTS[1]
    for coefficient in _COEFFICIENTS[2:]:
        total *= rest
        total += coefficient
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        value: FloatArray = np.ldexp(total, turns.astype(np.int32))
    return value


class SteadyFloats:
    """What compiled formulas run on for guesses over arrays of doubles."""

    add = staticmethod(operator.add)
    sub = staticmethod(operator.sub)
    mul = staticmethod(operator.mul)
    div = staticmethod(operator.truediv)
    neg = staticmethod(operator.neg)
    sqrt = staticmethod(np.sqrt)

    def exact(self, x: int | Fraction) -> Any:
        return np.float64(x)

    def power(self, a: Any, n: int) -> Any:
        """By products."""
        if n < 0:
            return 1 / self.power(a, -n)
        result = np.float64(1.0)
        while n:
            if n & 1:
                result = result * a
            n >>= 1
            if n:
                a = a * a
        return result
