"""All fixed points of many prompts: how many, and a bracket of doubles around each, by signs on monotone
pieces of the common curve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .curve import Curve, Piece

IntArray = NDArray[np.int64]

NEWTON_STEPS = 5
WIDENINGS = (1.0, 8.0, 64.0, 4096.0)
NARROW = 2.0**-30
"""Rows no wider than this, relatively, are bracketed as if they were one number."""


@dataclass(frozen=True)
class Zeros:
    """Brackets of the zeros of ``F - L_ref``, one row a prompt, one column a piece of the curve.

    Where ``known`` is false, nothing is claimed of the row. Where it is true and ``constant`` is too, each
    ``L_ref`` of the row has exactly one zero in each bracket and no other; NaN marks pieces without zero.
    Where it is true and ``constant`` is not, the first and the last column bracket the least and the greatest
    zero of every ``L_ref`` of the row, and no more is claimed.
    """

    low: FloatArray
    high: FloatArray
    known: BoolArray
    constant: BoolArray

    @property
    def counts(self) -> IntArray:
        """How many fixed points there are for every ``L_ref`` of the row; -1 where that is not known."""
        number = (~np.isnan(self.low)).sum(axis=1)
        return np.where(self.known & self.constant, number, -1).astype(np.int64)

    @property
    def brackets(self) -> tuple[FloatArray, FloatArray]:
        """The brackets of all zeros where they are known one by one, NaN elsewhere."""
        unknown = ~(self.known & self.constant)[:, None]
        return np.where(unknown, np.nan, self.low), np.where(unknown, np.nan, self.high)

    @property
    def least(self) -> tuple[FloatArray, FloatArray]:
        """The bracket of the least fixed point."""
        rows, first = np.arange(len(self.low)), np.argmax(~np.isnan(self.low), axis=1)
        return self.low[rows, first], self.high[rows, first]

    @property
    def greatest(self) -> tuple[FloatArray, FloatArray]:
        """The bracket of the greatest fixed point."""
        rows = np.arange(len(self.low))
        last = self.low.shape[1] - 1 - np.argmax(~np.isnan(self.low[:, ::-1]), axis=1)
        return self.low[rows, last], self.high[rows, last]

    def rows(self, chosen: IntArray | BoolArray) -> Zeros:
        """The chosen rows alone."""
        return Zeros(self.low[chosen], self.high[chosen], self.known[chosen], self.constant[chosen])


def zeros(curve: Curve, low: FloatArray, high: FloatArray) -> Zeros:
    """The fixed points for every ``L_ref`` in [low, high].

    Args:
        curve: the common curve.
        low, high: ``low <= high``, one row a prompt; infinite ends are allowed.

    Returns:
        Brackets valid for each ``L_ref`` of the row. A narrow row is known when no fold's value reaches into
        it and the signs at the ends of every bracket are proved; a wide one when that holds of its two ends.
    """
    wide = ~(np.isfinite(low) & (high - low <= NARROW * (1 + np.abs(low)))) & (low < high)
    if not wide.any():
        return _at_numbers(curve, low, high)
    found = _at_numbers(curve, low, np.where(wide, low, high))
    over = _between(curve, found.rows(wide), low[wide], high[wide])
    for column, value in zip(vars(found).values(), vars(over).values(), strict=True):
        column[wide] = value
    return found


def _at_numbers(curve: Curve, low: FloatArray, high: FloatArray) -> Zeros:
    """Rows no wider than rounding made them; at an infinite ``L_ref`` the zero is as infinite."""
    above = [low > fold.high for fold in curve.folds]
    below = [high < fold.low for fold in curve.folds]
    known = np.isfinite(low) & np.isfinite(high)
    for over, under in zip(above, below, strict=True):
        known &= over | under
    shape = (len(low), len(curve.pieces))
    lower, upper = np.full(shape, np.nan), np.full(shape, np.nan)
    for k, piece in enumerate(curve.pieces):
        holds = known.copy()
        # A rising piece has a zero where L_ref lies above its left fold and below its right one.
        if k > 0:
            holds &= above[k - 1] if piece.rising else below[k - 1]
        if k < len(curve.folds):
            holds &= below[k] if piece.rising else above[k]
        rows = np.flatnonzero(holds)
        lower[rows, k], upper[rows, k], proved = _bracket(curve, piece, low[rows], high[rows])
        known[rows[~proved]] = False
    for level, column in ((-np.inf, 0), (np.inf, -1)):
        rows = np.flatnonzero((low == level) & (high == level))
        lower[rows, column] = upper[rows, column] = level
        known[rows] = True
    return Zeros(lower, upper, known, known.copy())


def _between(curve: Curve, first: Zeros, low: FloatArray, high: FloatArray) -> Zeros:
    """The zeros over wide rows, from those at the two ends.

    Where no fold has its value in the row, each zero moves on its piece, between its places at the two ends.
    The least and the greatest zero never move down when ``L_ref`` grows (the least is the first place where F
    reaches ``L_ref``), whatever lies between.
    """
    second = _at_numbers(curve, high, high)
    merged_low, merged_high = np.fmin(first.low, second.low), np.fmax(first.high, second.high)
    constant = np.ones(len(low), dtype=np.bool_)
    for fold in curve.folds:
        constant &= (low > fold.high) | (high < fold.low)
    changed = ~constant
    if changed.any():
        merged_low[changed], merged_high[changed] = np.nan, np.nan
        merged_low[changed, 0], merged_high[changed, 0] = first.least[0][changed], second.least[1][changed]
        merged_low[changed, -1] = first.greatest[0][changed]
        merged_high[changed, -1] = second.greatest[1][changed]
    return Zeros(merged_low, merged_high, first.known & second.known, constant)


def _bracket(
    curve: Curve, piece: Piece, low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """The zero that the piece holds for each row, and whether its bracket is proved."""
    level = low + (high - low) / 2
    x = np.interp(level, piece.values, piece.grid)
    outside = (level < piece.values[0]) | (level > piece.values[-1])
    x = np.where(outside & piece.rising, level + curve.approx_weight * curve.approx_omega_max, x)
    for _ in range(NEWTON_STEPS):
        omega, slope = curve.approx(x)
        moved = x - (x - curve.approx_weight * omega - level) / (1 - curve.approx_weight * slope)
        x = np.clip(np.where(np.isfinite(moved), moved, x), piece.low, piece.high)
    omega, slope = curve.approx(x)
    # What rounding may have done to F, over its slope: one such distance to each side should change the sign.
    size = np.abs(x) + curve.approx_weight * omega + np.abs(level)
    fall = np.abs(1 - curve.approx_weight * slope)
    reach = (2.0**-50 * size + (high - low)) / np.maximum(fall, 1e-9)
    lower, first = _end(curve, piece, x, reach, low if piece.rising else high, right=False)
    upper, second = _end(curve, piece, x, reach, high if piece.rising else low, right=True)
    return lower, upper, first & second


def _end(
    curve: Curve, piece: Piece, x: FloatArray, reach: FloatArray, level: FloatArray, *, right: bool
) -> tuple[FloatArray, BoolArray]:
    """Doubles beyond which the zero does not lie, to the right or to the left, and where that is proved: by
    the sign of ``F - L_ref`` there, or because they are the piece's own end.
    """
    # On the right of its zero a rising F lies above the level.
    wanted_above = right == piece.rising
    end, done, open_rows = np.empty_like(x), np.zeros(len(x), dtype=np.bool_), np.arange(len(x))
    for widening in WIDENINGS:
        distance = widening * reach[open_rows]
        if right:
            y = np.minimum(x[open_rows] + distance, piece.high)
            proved = y == piece.high
        else:
            y = np.maximum(x[open_rows] - distance, piece.low)
            proved = y == piece.low
        end[open_rows] = y
        value = curve.at(y)
        proved |= value.lo > level[open_rows] if wanted_above else value.hi < level[open_rows]
        done[open_rows[proved]] = True
        open_rows = open_rows[~proved]
        if not len(open_rows):
            break
    return end, done
