"""Floats near exact numbers of any size, for guesses and for drawing. Nothing here is trusted."""

from __future__ import annotations

import math
from fractions import Fraction

LARGEST = 1e100
LEAST = 1e-100


def approx(value: Fraction) -> float:
    """Near a positive parameter, or at the end of the range in which its powers do not overflow."""
    try:
        near = float(value)
    except OverflowError:
        return LARGEST
    return min(max(near, LEAST), LARGEST)


def approx_log(value: Fraction) -> float:
    """About log x, for x > 0."""
    return math.log(value.numerator) - math.log(value.denominator)


def approx_log_odds(p: Fraction) -> float:
    """About log(p/(1-p)), for 0 < p < 1."""
    return math.log(p.numerator) - math.log(p.denominator - p.numerator)
