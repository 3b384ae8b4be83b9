"""A written contrast and its slope over arrays of intervals of log-odds, of whose shape nothing is known.

Over an interval both are what the expression's parts give, cut by their values at its ends and by their
derivatives in between (the checker's lemma 66).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import numpy as np

from ..intervals.array_bounds import ARRAYS, Array, Interval, between, largest, points, rows, smallest
from . import formulas
from .contrasts import Contrast

QUARTER = 0.25


class CellsOfArrays:
    """``Omega`` and ``b`` of one written contrast at one exact eps, over arrays.

    Raises:
        InputError: Omega is not known to be positive and smooth.
    """

    steepest = None
    """No bound of ``|b|`` in closed form."""

    def __init__(self, contrast: Contrast, eps: Fraction) -> None:
        contrast.definition.require_defined(contrast, (eps, eps))
        self.contrast = contrast
        self._program = formulas.turns_program(contrast).bind(ARRAYS, eps=ARRAYS.exact(eps))

    @cached_property
    def least(self) -> Interval:
        """Encloses ``Omega`` at p = 1/2, its least value where it is even and rises with ``|L|``."""
        return rows(self.omega(points(np.zeros(1))), 0)

    def omega(self, log_odds: Interval) -> Interval:
        """Encloses ``Omega`` at thin intervals of log-odds."""
        low, slope = self._values(points(log_odds.lo))[0], self._values(log_odds)[1]
        reach = ARRAYS.sub(points(log_odds.hi), points(log_odds.lo)).hi
        return ARRAYS.add(low, ARRAYS.mul(slope, between(np.zeros(len(log_odds.lo)), reach)))

    def over(self, log_odds: Interval) -> tuple[Interval, Interval]:
        """Encloses ``Omega`` and ``b`` over intervals of log-odds."""
        return self.at_and_over(log_odds, log_odds)[1:]

    def at_and_over(self, point: Interval, log_odds: Interval) -> tuple[Interval, Interval, Interval]:
        """``Omega`` at thin intervals, and ``Omega`` and ``b`` over intervals."""
        count, ends = len(log_odds.lo), points(np.concatenate([log_odds.lo, log_odds.hi]))
        values, slopes, _ = self._values(ends)
        first, last = slice(0, count), slice(count, 2 * count)
        omega, slope, turn = self._values(log_odds)
        width = (points(log_odds.hi) - points(log_odds.lo)).hi
        slope = _cut(slope, turn, rows(slopes, first), rows(slopes, last), width)
        omega = _cut(omega, slope, rows(values, first), rows(values, last), width)
        return self.omega(point), omega, slope

    def _values(self, log_odds: Interval) -> tuple[Interval, Interval, Interval]:
        """``Omega``, ``b`` and its derivative, by the letters over each interval."""
        p, q = _classes(log_odds)
        low, high = (ARRAYS.mul(*_classes(points(end))) for end in (log_odds.lo, log_odds.hi))
        top = np.where((log_odds.lo < 0) & (log_odds.hi > 0), QUARTER, largest(low.hi, high.hi))
        found = self._program(p, q, between(smallest(low.lo, high.lo), top))
        flat = np.zeros(len(log_odds.lo))  # what does not depend on L is one number
        omega, slope, turn = (between(x.lo + flat, x.hi + flat) for x in found)
        return omega, slope, turn


def _classes(log_odds: Interval) -> tuple[Interval, Interval]:
    """p and q."""
    return ARRAYS.sigmoid(log_odds), ARRAYS.sigmoid(ARRAYS.neg(log_odds))


def _cut(over: Interval, derivative: Interval, first: Interval, last: Interval, width: Array) -> Interval:
    """A function's range from its values at the ends; where its derivative is not known, as it is."""
    falls, rises = between(width, width) * _below(derivative), between(width, width) * _above(derivative)
    lower = largest((first + falls).lo, (last - rises).lo)
    upper = smallest((first + rises).hi, (last - falls).hi)
    known = np.isfinite(derivative.lo) & np.isfinite(derivative.hi)
    plain = np.isfinite(over.lo) & np.isfinite(over.hi)
    return between(
        np.where(known, np.where(plain, largest(lower, over.lo), lower), over.lo),
        np.where(known, np.where(plain, smallest(upper, over.hi), upper), over.hi),
    )


def _below(value: Interval) -> Interval:
    return points(smallest(value.lo, 0.0))


def _above(value: Interval) -> Interval:
    return points(largest(value.hi, 0.0))
