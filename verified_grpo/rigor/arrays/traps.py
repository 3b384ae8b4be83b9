"""Traps of many prompts at once: intervals around a cycle that T maps into one another while it contracts.

Intervals ``J_0, ..., J_{m-1}`` that T maps each into the next (the last into the first), with the product of
``sup |T'|`` below 1, hold exactly one cycle, and it attracts every orbit that enters one of them (Banach). It
has exactly m points where the intervals are pairwise disjoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...intervals import Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .curve import Curve


@dataclass(frozen=True)
class Traps:
    """Intervals [low, high], one row a prompt, one column a point of the cycle; where ``proved``, they are a
    trap for every ``L_ref`` of the row, and the product of ``sup |T'|`` is at most ``rate``.
    """

    low: FloatArray
    high: FloatArray
    proved: BoolArray
    rate: FloatArray


def first_trap(curve: Curve, points: FloatArray, ref: Intervals, sizes: Sequence[float]) -> Traps:
    """The intervals of the first size that is a trap, row by row."""
    period = points.shape[1]
    local = np.abs(curve.approx_multiplier(points))
    # Each interval is a little wider than the image of the one before: half of what the rate leaves room for.
    growth = np.maximum(np.prod(local, axis=1), 1e-12) ** (-0.5 / period)
    weights = np.ones_like(points)
    for k in range(1, period):
        weights[:, k] = weights[:, k - 1] * np.maximum(local[:, k - 1], 1e-3) * growth
    weights /= weights.max(axis=1, keepdims=True)
    found = Traps(points.copy(), points.copy(), np.zeros(len(points), dtype=np.bool_), np.ones(len(points)))
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


def _trapped(curve: Curve, points: FloatArray, radii: FloatArray, ref: Intervals) -> Traps:
    """Whether the intervals ``points -+ radii`` are a trap: each image by the mean value form."""
    engine, (size, period) = curve.engine, points.shape
    low, high = points - radii, points + radii
    # The true radius of [low, high] may exceed the one asked for by a rounding.
    reach = np.nextafter(np.maximum(high - points, points - low), np.inf)
    # All points of all cycles in one call each, column by column.
    steepness = curve.steepness(low.ravel("F"), high.ravel("F"))
    deviation = engine.mul(steepness, engine.between(-reach.ravel("F"), reach.ravel("F")))
    refs = engine.between(np.tile(ref.lo, period), np.tile(ref.hi, period))
    there = engine.add(curve.step(points.ravel("F"), refs), deviation)
    after = [np.roll(end, -1, axis=1).ravel("F") for end in (low, high)]
    inside = (there.lo >= after[0]) & (there.hi <= after[1])
    rate: Intervals = engine.exact(1)
    for k in range(period):
        rate = engine.mul(rate, steepness[k * size : (k + 1) * size])
    bound = np.broadcast_to(rate.hi, (size,))
    return Traps(low, high, inside.reshape(period, size).all(axis=0) & (bound < 1), bound)
