"""Slow orbits of many prompts decided without following them: cells over which a turn moves the right way.

Let S be one turn, ``S = T^n``, that maps an interval [a, b] into itself. If ``y < S(y) <= b`` for all y in
[x, a], then the sequence ``S^k(x)`` rises and stays below b until it is in (a, b]: were it never there, it
would tend to some y <= a with ``S(y) = y``. To the right of b the mirror image holds. So every point of
[x, a] is in the basin of the cycle that [a, b] traps, however many turns it takes: beside a flip or a fold
these are thousands, and the cells are tens.

On a cell [u, w] with middle z, ``S(y) - y`` lies in ``S(z) - z + (P - 1) [-r, r]``, r its radius and P a
product of enclosures of ``T'`` on the images of the cell: near a flip P is near 1, so cells may be long.
"""

from __future__ import annotations

import numpy as np

from ...intervals import Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .attraction import image
from .curve import Curve

ATTEMPTS = 160
"""Cells tried for one row, the failures included."""
FIRST = 0.125
"""The first cell's share of the way."""


def climbs(
    curve: Curve,
    ref: Intervals,
    start: tuple[FloatArray, FloatArray],
    goal: tuple[FloatArray, FloatArray],
    n: int,
) -> BoolArray:
    """Where every point of ``start`` is proved to reach ``goal`` under ``S = T^n``.

    Args:
        curve: the common curve.
        ref: each row's ``L_ref``.
        start, goal: intervals (low, high), one row a prompt; S maps ``goal`` into itself for every ``L_ref``.
        n: steps of a turn.

    Not proved: anything about the other rows; in how many turns.
    """
    from_left = start[0] < goal[0]
    x = np.where(from_left, start[0], start[1])
    near, far = np.where(from_left, goal[0], goal[1]), np.where(from_left, goal[1], goal[0])
    within = np.where(from_left, start[1] <= far, start[0] >= far)
    reached, rows, width = np.zeros(len(x), dtype=np.bool_), np.flatnonzero(within), FIRST * (near - x)
    for _ in range(ATTEMPTS):
        if not len(rows):
            break
        left, at, step = from_left[rows], x[rows], width[rows]
        end = np.where(left, np.minimum(at + step, near[rows]), np.maximum(at + step, near[rows]))
        move, there = _turn(curve, ref[rows], np.minimum(at, end), np.maximum(at, end), n)
        good = np.where(
            left, (move.lo > 0) & (there.hi <= far[rows]), (move.hi < 0) & (there.lo >= far[rows])
        )
        x[rows[good]] = end[good]
        width[rows] *= np.where(good, 1.5, 0.5)
        reached[rows] = good & (end == near[rows])
        rows = rows[~reached[rows] & (x[rows] + width[rows] != x[rows])]
    return reached


def _turn(
    curve: Curve, ref: Intervals, low: FloatArray, high: FloatArray, n: int
) -> tuple[Intervals, Intervals]:
    """Encloses ``S(y) - y`` and ``S(y)`` for y in the cells [low, high]."""
    engine, size = curve.engine, len(low)
    middle = low + (high - low) / 2
    reach = np.nextafter(np.maximum(high - middle, middle - low), np.inf)
    ref_low, ref_high = np.tile(ref.lo, 2), np.tile(ref.hi, 2)
    x_low, x_high = np.concatenate([middle, low]), np.concatenate([middle, high])
    slope: Intervals = engine.exact(1)
    for _ in range(n):
        slope = engine.mul(slope, curve.multiplier(x_low[size:], x_high[size:]))
        x_low, x_high = image(curve, x_low, x_high, ref_low, ref_high)
    swing = engine.mul(engine.sub(slope, engine.exact(1)), engine.between(-reach, reach))
    move = engine.add(engine.sub(engine.between(x_low[:size], x_high[:size]), engine.points(middle)), swing)
    there = engine.add(engine.between(low, high), move)
    return move, engine.intersect(there, engine.between(x_low[size:], x_high[size:]))
