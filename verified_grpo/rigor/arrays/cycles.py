"""Attracting cycles of many prompts at once: found in floats, proved by traps.

The orbit of every prompt is followed by enclosures until it is in the cycle's trap (:mod:`.traps`);
orbits that take long are proved to get there by cells instead (:mod:`.climbing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ...intervals import Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .attraction import WIDEST, Caught, image
from .climbing import climbs
from .curve import Curve
from .traps import first_trap

IntArray = NDArray[np.int64]

PERIODS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16)
SETTLING = ((200, 1e-9), (1000, 1e-9), (3000, 1e-3))
"""Steps in floats before an orbit is looked at, and how near it must come to itself; again where it has not.
At last that is not very near: beside a flip or a fold orbits settle slowly, and Newton's method goes on.
"""
NEWTON_STEPS = 6
COINCIDENT = 1e-9
"""Points of a cycle that Newton's method leaves so near to one another are one point."""
STAGES = (192, 1024, 2048)
"""After each of these numbers of enclosed steps the orbits that are still on their way try to climb."""
ROUGH = tuple(0.5**k for k in range(1, 28))
"""Radii tried for basins, the widest first."""
FINE = tuple(2.0**-44 * 4.0**k for k in range(16))
"""Radii tried for brackets, the narrowest first."""


@dataclass(frozen=True)
class _Cycles:
    """The cycles that are proved: rows ``going``, basins one column a point (NaN beyond the period), and how
    many steps ``turn`` bring an orbit back to the same side of the same point.
    """

    going: BoolArray
    low: FloatArray
    high: FloatArray
    turn: IntArray
    bracket_low: FloatArray
    bracket_high: FloatArray
    period: IntArray
    rate: FloatArray

    @staticmethod
    def none(size: int) -> _Cycles:
        """No cycle for any row."""
        low, high = (np.full((size, max(PERIODS)), np.nan) for _ in range(2))
        turn, period = (np.zeros(size, dtype=np.int64) for _ in range(2))
        bracket_low, bracket_high, rate = (np.full(size, np.nan) for _ in range(3))
        going = np.zeros(size, dtype=np.bool_)
        return _Cycles(going, low, high, turn, bracket_low, bracket_high, period, rate)


def caught_by_cycle(curve: Curve, low: FloatArray, high: FloatArray) -> Caught:
    """The rows whose orbit from ``L_ref`` is proved to be caught by a cycle (a fixed point has period 1)."""
    ref, cycles = curve.engine.between(low, high), _Cycles.none(len(low))
    for rows, points in _settled(curve, low + (high - low) / 2):
        _prove(curve, ref[rows], rows, points, cycles)
    entered, step = _enters(curve, ref, cycles)
    return Caught(entered, cycles.bracket_low, cycles.bracket_high, step, cycles.period, cycles.rate)


def _prove(curve: Curve, ref: Intervals, rows: IntArray, points: FloatArray, cycles: _Cycles) -> None:
    """Traps around the points, for cycles of one period; those that are proved are put down."""
    period = points.shape[1]
    # Of two traps around the same points one contains the other, so both hold the same cycle.
    basin, bracket = (first_trap(curve, points, ref, sizes) for sizes in (ROUGH, FINE))
    good = basin.proved & bracket.proved
    for i, j in combinations(range(period), 2):
        good &= (bracket.high[:, i] < bracket.low[:, j]) | (bracket.high[:, j] < bracket.low[:, i])
    flips = np.prod(curve.approx_multiplier(points), axis=1) < 0  # then T^m alternates
    chosen = rows[good]
    cycles.going[chosen], cycles.period[chosen] = True, period
    cycles.low[chosen, :period], cycles.high[chosen, :period] = basin.low[good], basin.high[good]
    cycles.turn[chosen] = np.where(flips, 2 * period, period)[good]
    cycles.bracket_low[chosen] = bracket.low.min(axis=1)[good]
    cycles.bracket_high[chosen] = bracket.high.max(axis=1)[good]
    cycles.rate[chosen] = bracket.rate[good]


def _settled(curve: Curve, level: FloatArray) -> Iterator[tuple[IntArray, FloatArray]]:
    """Rows by the period of the cycle on which their orbits seem to settle, with its points: a guess."""
    found: dict[int, list[tuple[IntArray, FloatArray]]] = {}
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
                found.setdefault(period, []).append((left[settled], orbit[settled, :period]))
        left, x = left[going], x[going]
    for period in sorted(found, reverse=True):
        rows, points = (np.concatenate(column) for column in zip(*found[period], strict=True))
        points = _polished(curve, points, level[rows])
        for shorter in (d for d in PERIODS if d < period and period % d == 0):
            # Beside a flip an orbit alternates so long that it seems to have twice its period.
            same = np.abs(points[:, shorter] - points[:, 0]) <= COINCIDENT * (1 + np.abs(points[:, 0]))
            if same.any():
                yield rows[same], points[same, :shorter]
                rows, points = rows[~same], points[~same]
        if len(rows):
            yield rows, points


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


def _enters(curve: Curve, ref: Intervals, cycles: _Cycles) -> tuple[BoolArray, IntArray]:
    """Where the orbit from ``L_ref`` is proved to enter one of the basins, or to be on a way that leads
    there, and at which step.
    """
    entered, step = np.zeros(len(cycles.going), dtype=np.bool_), np.zeros(len(cycles.going), dtype=np.int64)
    rows, n = np.flatnonzero(cycles.going), 0
    x_low, x_high = ref.lo[rows], ref.hi[rows]
    for stage in STAGES:
        while n < stage and len(rows):
            inside = ((x_low[:, None] >= cycles.low[rows]) & (x_high[:, None] <= cycles.high[rows])).any(
                axis=1
            )
            entered[rows[inside]], step[rows[inside]] = True, n
            going = ~inside & (x_high - x_low < WIDEST)
            rows, x_low, x_high = rows[going], x_low[going], x_high[going]
            x_low, x_high = image(curve, x_low, x_high, ref.lo[rows], ref.hi[rows])
            n += 1
        climbing = _climbing(curve, ref, cycles, rows, (x_low, x_high))
        entered[rows[climbing]], step[rows[climbing]] = True, n
        rows, x_low, x_high = rows[~climbing], x_low[~climbing], x_high[~climbing]
    return entered, step


def _climbing(
    curve: Curve, ref: Intervals, cycles: _Cycles, rows: IntArray, here: tuple[FloatArray, FloatArray]
) -> BoolArray:
    """Which of the rows, whose orbits are at ``here``, are proved to climb into the basin nearest to them."""
    proved = np.zeros(len(rows), dtype=np.bool_)
    for n in np.unique(cycles.turn[rows]):
        same = np.flatnonzero(cycles.turn[rows] == n)
        chosen, start = rows[same], (here[0][same], here[1][same])
        nearest = np.nanargmin(np.abs(cycles.low[chosen] - start[0][:, None]), axis=1)
        goal = cycles.low[chosen, nearest], cycles.high[chosen, nearest]
        proved[same] = climbs(curve, ref[chosen], start, goal, int(n))
    return proved
