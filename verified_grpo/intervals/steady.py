"""Guesses in doubles that come out alike on every processor.

NumPy's and the C library's ``exp`` and ``pow`` choose their code by the processor and differ from one to the
next in the last place; where a guess is where an answer is looked for, the difference would be published. The
four operations and ``sqrt`` are the same everywhere, by IEEE 754, and here is what is made of them alone.
Nothing is proved of any value. Over arrays (:mod:`.steady_arrays`) each value has the same bits.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from typing import Generic, TypeVar

V = TypeVar("V")

LOWEST, HIGHEST = -746.0, 710.0
"""Beyond these exp is 0, or infinite, in doubles."""
PER_LOG2 = 1.4426950408889634
LOG2_LONG, LOG2_REST = 2977044471 / 2**32, 3691024475790907 / 2**84
"""log 2 in two parts, the first so short that its multiples are exact."""
_FACTORIALS = [1.0]
for _n in range(1, 14):
    _FACTORIALS.append(_FACTORIALS[-1] * _n)
COEFFICIENTS = [1.0 / f for f in reversed(_FACTORIALS)]


def approx_exp(x: float) -> float:
    """exp of a number below some 709, by a Taylor polynomial of degree 13 on [-log 2/2, log 2/2] and a power
    of 2."""
    x = max(x, LOWEST)
    turns = round(x * PER_LOG2)
    rest = x - turns * LOG2_LONG - turns * LOG2_REST
    total = COEFFICIENTS[0] * rest + COEFFICIENTS[1]
    for coefficient in COEFFICIENTS[2:]:
        total = total * rest + coefficient
    return math.ldexp(total, turns)


class Steady(Generic[V]):
    """What compiled formulas run on for guesses, with the operators of the values themselves."""

    add = staticmethod(operator.add)
    sub = staticmethod(operator.sub)
    mul = staticmethod(operator.mul)
    div = staticmethod(operator.truediv)
    neg = staticmethod(operator.neg)

    def hull(self, a: V, b: V) -> V:
        """Of a range that stands for a number, the middle."""
        middle: V = self.div(self.add(a, b), self.exact(2))
        return middle

    def exact(self, x: int | Fraction) -> V:
        """The nearest double."""
        raise NotImplementedError

    def power(self, a: V, n: int) -> V:
        """By products."""
        result, square, left = self.exact(1), a, abs(n)
        while left:
            if left & 1:
                result = self.mul(result, square)
            left >>= 1
            if left:
                square = self.mul(square, square)
        return self.div(self.exact(1), result) if n < 0 else result


class SteadyFloats(Steady[float]):
    """Python's floats."""

    sqrt = staticmethod(math.sqrt)
    exp = staticmethod(math.exp)  # of expressions that have exponentials of their own: the platform's
    log = staticmethod(math.log)

    def exact(self, x: int | Fraction) -> float:
        return float(x)
