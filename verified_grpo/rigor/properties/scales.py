"""On which scale each side of a box is measured and cut: log-odds as they are, beta, eps and alpha by their
logarithms, p_ref by its log-odds."""

from __future__ import annotations

import math
from fractions import Fraction

from ...model import Range
from ...model.approximate import approx_log


def length(axis: str, side: Range) -> float:
    """A guess of the length of a side on its scale."""
    low, high = side
    if low == high:
        return 0.0
    if axis == "logit":
        return float(high - low)
    odds = (1 - low) / (1 - high) if axis == "p_ref" else Fraction(1)
    return approx_log(high / low * odds)


def middle(axis: str, side: Range) -> Fraction:
    """A short rational strictly inside the side, near its middle on the scale."""
    low, high = side
    if axis == "logit":
        return _short((low + high) / 2, side)
    if axis != "p_ref":
        return _short(_geometric_mean(side), side)
    odds = low / (1 - low), high / (1 - high)
    chosen = _short(_geometric_mean(odds), odds)
    return chosen / (1 + chosen)


def _geometric_mean(side: Range) -> Fraction:
    """A guess of it, for ends of any size."""
    binary = sum(map(approx_log, side)) / 2 / math.log(2)
    exponent = math.floor(binary)
    return Fraction(2) ** exponent * Fraction(2 ** (binary - exponent))


def _short(value: Fraction, side: Range) -> Fraction:
    low, high = side
    for size in range(0, 2000, 4):
        short = Fraction(round(value * 2**size), 2**size)
        if low < short < high and abs(short - value) * 8 < high - low:
            return short
    return (low + high) / 2
