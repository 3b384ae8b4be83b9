"""Orbits of many prompts enclosed at once, until a fixed point catches them.

On a part [A, B] of the line with ``|T'| < 1`` a fixed point r in it attracts every x with ``|x - r| <= rho``,
``rho`` its distance from the nearer end: ``T(x)`` is nearer to r than x, so the orbit stays, and its distance
falls to some d; were d > 0, an accumulation point of the orbit would lie at distance d and so would its
image, which is nearer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .curve import Curve
from .zeros import Zeros

IntArray = NDArray[np.int64]

WIDEST = 64.0
"""An enclosure of an orbit wider than this is followed no further."""


@dataclass(frozen=True)
class Caught:
    """What is proved of sequences, row by row: where ``proved``, the limit (for a cycle, each of ``period``
    points) lies in [low, high], by a reason that holds from ``step`` on; ``rate`` is NaN where not known yet.
    """

    proved: BoolArray
    low: FloatArray
    high: FloatArray
    step: IntArray
    period: IntArray
    rate: FloatArray

    @staticmethod
    def nowhere(size: int) -> Caught:
        """Nothing proved."""
        low, high, rate = (np.full(size, np.nan) for _ in range(3))
        step, period = (np.zeros(size, dtype=np.int64) for _ in range(2))
        return Caught(np.zeros(size, dtype=np.bool_), low, high, step, period, rate)

    @staticmethod
    def at(proved: BoolArray, low: FloatArray, high: FloatArray, step: int) -> Caught:
        """A fixed point, from the same step on for all rows."""
        size = len(proved)
        ones = np.ones(size, dtype=np.int64)
        return Caught(proved, low, high, step * ones, ones, np.full(size, np.nan))

    def rows(self, chosen: slice) -> Caught:
        """Some of the rows."""
        return Caught(*(getattr(self, field.name)[chosen] for field in fields(Caught)))

    def put(self, rows: IntArray, other: Caught) -> None:
        """Take over what `other` proves; its rows stand at the places `rows` here."""
        for field in fields(Caught):
            getattr(self, field.name)[rows[other.proved]] = getattr(other, field.name)[other.proved]


def image(
    curve: Curve, low: FloatArray, high: FloatArray, ref_low: FloatArray, ref_high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Ends of an interval that contains ``T(L)`` for L in [low, high], ``L_ref`` in [ref_low, ref_high].

    ``Omega`` is even and does not decrease in ``|L|``: its extremes over a cell are at the ends and at 0.
    """
    engine = curve.engine
    nearest = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    farthest = np.maximum(-low, high)
    at_both = curve.omega(np.concatenate([nearest, farthest]))  # one call: for few rows calls are the cost
    omega = engine.between(at_both.lo[: len(low)], at_both.hi[len(low) :])
    kept = engine.mul(curve.share, engine.between(low, high))
    pulled = engine.mul(curve.alpha, engine.between(ref_low, ref_high))
    value = engine.add(engine.add(kept, pulled), engine.div(omega, curve.beta))
    return value.lo, value.hi


def caught_by_fixed_point(
    curve: Curve, low: FloatArray, high: FloatArray, found: Zeros, steps: int
) -> Caught:
    """The rows whose orbit from ``L_ref`` is proved to enter a basin of a fixed point in less than so many
    steps.
    """
    basins = [(k, *_basin(curve, found.low[:, k], found.high[:, k])) for k in range(found.low.shape[1])]
    caught, ones = Caught.nowhere(len(low)), np.ones(len(low), dtype=np.int64)
    rows, x_low, x_high = np.arange(len(low)), low, high
    for n in range(steps):
        if not len(rows):
            break
        for k, start, end in basins:
            inside = (x_low >= start[rows]) & (x_high <= end[rows])
            bracket = found.low[rows, k], found.high[rows, k]
            caught.put(rows, Caught(inside, *bracket, n * ones[rows], ones[rows], np.full(len(rows), np.nan)))
        going = ~caught.proved[rows] & (x_high - x_low < WIDEST)
        rows, x_low, x_high = rows[going], x_low[going], x_high[going]
        x_low, x_high = image(curve, x_low, x_high, low[rows], high[rows])
    return caught


def _basin(curve: Curve, low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Around each bracket, the interval that its fixed point attracts whichever of its numbers it is; NaN
    where none is known.
    """
    start, end = np.full(len(low), np.nan), np.full(len(low), np.nan)
    for first, last in curve.contracting:
        inside = (low >= first) & (high <= last)
        # One rounding in each difference and sum: the next double inward is safe.
        rho = np.nextafter(np.minimum(low - first, last - high), -np.inf)
        start = np.where(inside, np.nextafter(high - rho, np.inf), start)
        end = np.where(inside, np.nextafter(low + rho, -np.inf), end)
    return start, end
