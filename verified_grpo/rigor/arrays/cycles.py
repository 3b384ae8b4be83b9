"""Attracting cycles of many prompts at once: found in floats, proved by traps.

Intervals ``J_0, ..., J_{m-1}`` that T maps each into the next (the last into the first), with the product of
``sup |T'|`` below 1, hold exactly one cycle, and it attracts every orbit that enters one of them (Banach). It
has exactly m points where the intervals are pairwise disjoint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ...intervals import Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .attraction import WIDEST, Caught, image
from .curve import Curve

IntArray = NDArray[np.int64]

PERIODS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16)
SETTLING = ((200, 1e-9), (1000, 1e-9), (3000, 1e-3))
"""Steps in floats before an orbit is looked at, and how near it must come to itself; again where it has not.
At last that is not very near: beside a flip or a fold orbits settle slowly, and Newton's method goes on.
"""
NEWTON_STEPS = 6
STEPS = 4_000
ROUGH = tuple(0.5**k for k in range(1, 28))
"""Radii tried for basins, the widest first."""
FINE = tuple(2.0**-44 * 4.0**k for k in range(16))
"""Radii tried for brackets, the narrowest first."""


@dataclass(frozen=True)
class _Traps:
    """Intervals [low, high], one row a prompt, one column a point of the cycle; where ``proved``, they are a
    trap for every ``L_ref`` of the row, and the product of ``sup |T'|`` is at most ``rate``.
    """

    low: FloatArray
    high: FloatArray
    proved: BoolArray
    rate: FloatArray


def caught_by_cycle(curve: Curve, low: FloatArray, high: FloatArray) -> Caught:
    """The rows whose orbit from ``L_ref`` is proved to be caught by a cycle (a fixed point has period 1)."""
    caught = Caught.nowhere(len(low))
    for rows, points in _settled(curve, low + (high - low) / 2):
        ref = curve.engine.between(low[rows], high[rows])
        # Of two traps around the same points one contains the other, so both hold the same cycle.
        basin, bracket = (_first_trap(curve, points, ref, sizes) for sizes in (ROUGH, FINE))
        good = basin.proved & bracket.proved
        for i, j in combinations(range(points.shape[1]), 2):
            good &= (bracket.high[:, i] < bracket.low[:, j]) | (bracket.high[:, j] < bracket.low[:, i])
        entered, step = _enters(curve, ref, basin, good)
        period = np.full(len(rows), points.shape[1])
        hull = bracket.low.min(axis=1), bracket.high.max(axis=1)
        caught.put(rows, Caught(entered, *hull, step, period, bracket.rate))
    return caught


def _settled(curve: Curve, level: FloatArray) -> Iterator[tuple[IntArray, FloatArray]]:
    """Rows by the period of the cycle on which their orbits seem to settle, with its points: a guess."""
    left, x = np.arange(len(level)), level
    for steps, near in SETTLING:
        for _ in range(steps if len(left) else 0):
            x = curve.approx_step(x, level[left])
        orbit = _path(curve, x, level[left], max(PERIODS))
        going = np.ones(len(left), dtype=np.bool_)
        for period in PERIODS:
            settled = going & (np.abs(orbit[:, period] - x) <= near * (1 + np.abs(x)))
            going &= ~settled
            if settled.any():
                rows = left[settled]
                yield rows, _polished(curve, orbit[settled, :period], level[rows])
        left, x = left[going], x[going]


def _path(curve: Curve, x: FloatArray, level: FloatArray, steps: int) -> FloatArray:
    """``x, T(x), ...``, one column a step."""
    columns = [x]
    for _ in range(steps):
        columns.append(curve.approx_step(columns[-1], level))
    return np.stack(columns, axis=1)


def _polished(curve: Curve, points: FloatArray, level: FloatArray) -> FloatArray:
    """Newton's method on ``T^m(x) - x``, in floats."""
    period = points.shape[1]
    x = points[:, 0]
    for _ in range(NEWTON_STEPS):
        path = _path(curve, x, level, period)
        slope = np.prod(curve.approx_multiplier(path[:, :period]), axis=1)
        moved = x + (path[:, period] - x) / (1 - slope)
        x = np.where(np.isfinite(moved), moved, x)
    return _path(curve, x, level, period - 1)


def _first_trap(curve: Curve, points: FloatArray, ref: Intervals, sizes: Sequence[float]) -> _Traps:
    """The intervals of the first size that is a trap, row by row."""
    period = points.shape[1]
    local = np.abs(curve.approx_multiplier(points))
    # Each interval is a little wider than the image of the one before: half of what the rate leaves room for.
    growth = np.maximum(np.prod(local, axis=1), 1e-12) ** (-0.5 / period)
    weights = np.ones_like(points)
    for k in range(1, period):
        weights[:, k] = weights[:, k - 1] * np.maximum(local[:, k - 1], 1e-3) * growth
    weights /= weights.max(axis=1, keepdims=True)
    found = _Traps(points.copy(), points.copy(), np.zeros(len(points), dtype=np.bool_), np.ones(len(points)))
    open_rows = np.flatnonzero(growth > 1)
    for size in sizes:
        if not len(open_rows):
            break
        around = size * weights[open_rows]
        tried = _trapped(curve, points[open_rows], around, ref[open_rows])
        for column, value in zip(vars(found).values(), vars(tried).values(), strict=True):
            column[open_rows[tried.proved]] = value[tried.proved]
        open_rows = open_rows[~tried.proved]
    return found


def _trapped(curve: Curve, points: FloatArray, radii: FloatArray, ref: Intervals) -> _Traps:
    """Whether the intervals ``points -+ radii`` are a trap: each image by the mean value form."""
    engine, period = curve.engine, points.shape[1]
    low, high = points - radii, points + radii
    # The true radius of [low, high] may exceed the one asked for by a rounding.
    reach = np.nextafter(np.maximum(high - points, points - low), np.inf)
    rate: Intervals = engine.exact(1)
    proved = np.ones(len(points), dtype=np.bool_)
    for k in range(period):
        after = (k + 1) % period
        steepness = curve.steepness(low[:, k], high[:, k])
        deviation = engine.mul(steepness, engine.between(-reach[:, k], reach[:, k]))
        there = engine.add(curve.step(points[:, k], ref), deviation)
        proved &= (there.lo >= low[:, after]) & (there.hi <= high[:, after])
        rate = engine.mul(rate, steepness)
    bound = np.broadcast_to(rate.hi, proved.shape)
    return _Traps(low, high, proved & (bound < 1), bound)


def _enters(curve: Curve, ref: Intervals, basin: _Traps, going: BoolArray) -> tuple[BoolArray, IntArray]:
    """Where the orbit from ``L_ref`` is proved to enter one of the intervals, and at which step."""
    entered, step = np.zeros(len(going), dtype=np.bool_), np.zeros(len(going), dtype=np.int64)
    rows = np.flatnonzero(going)
    x_low, x_high = ref.lo[rows], ref.hi[rows]
    for n in range(STEPS):
        if not len(rows):
            break
        within = (x_low[:, None] >= basin.low[rows]) & (x_high[:, None] <= basin.high[rows])
        inside = within.any(axis=1)
        entered[rows[inside]], step[rows[inside]] = True, n
        going = ~inside & (x_high - x_low < WIDEST)
        rows, x_low, x_high = rows[going], x_low[going], x_high[going]
        x_low, x_high = image(curve, x_low, x_high, ref.lo[rows], ref.hi[rows])
    return entered, step
