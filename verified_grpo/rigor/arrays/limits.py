"""What the sequence of every prompt does in the end.

For every prompt at once, by common thresholds of ``L_ref`` (:class:`.curve.Curve`):

* ``L_ref >= rises_from``: T rises above ``L_ref``, so the sequence rises to the least fixed point (S7; the
  first half of S4);
* ``L_ref >= invariant_from`` and ``L_1 >= rises_from``: T maps [rises_from, infinity) into itself and keeps
  order there, so from step 1 on the sequence is monotone and tends to the fixed point next to ``L_1`` (S4);
* what is left is followed by enclosures until it is caught (:mod:`.attraction`, :mod:`.cycles`): a few steps
  part by part of the table, then all that is left of it at once, for a call costs few rows as much as
  thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from .attraction import Caught, caught_by_fixed_point, image
from .curve import Curve
from .cycles import caught_by_cycle
from .zeros import Zeros, zeros

IntArray = NDArray[np.int64]

FEW_STEPS = 16
MANY_STEPS = 400


class Verdict(IntEnum):
    """What is proved of a sequence for every ``L_ref`` of its row."""

    UNDECIDED = 0
    RISES = 1
    """From ``step`` on it never falls, and tends to a fixed point: from step 0 on to the least one."""
    FALLS = 2
    """From ``step`` on it never rises, and tends to a fixed point."""
    CONVERGES = 3
    """At ``step`` it is in a basin of the fixed point that it tends to."""
    CYCLE = 4
    """At ``step`` it is in a basin of an attracting cycle of two points at least."""


@dataclass(frozen=True)
class Limits:
    """One row a prompt, log-odds; ``limit`` (lower, upper) and ``rate`` are NaN where nothing is claimed."""

    zeros: Zeros
    verdict: NDArray[np.int8]
    limit: tuple[FloatArray, FloatArray]
    step: IntArray
    period: IntArray
    rate: FloatArray


def limits(curve: Curve, low: FloatArray, high: FloatArray, part: int) -> list[Limits]:
    """Fixed points and verdict of every row, valid for each ``L_ref`` in [low, high].

    Args:
        curve: the common curve.
        low, high: ``low <= high``; -inf and inf are allowed.
        part: so many rows are looked at together; the answers do not depend on it.

    Returns:
        One outcome a part.

    Not proved: anything about rows that come back undecided.
    """
    starts = range(0, max(len(low), 1), part)
    parts = [_Found(curve, low[k : k + part], high[k : k + part]) for k in starts]
    for found in parts:
        _rise(curve, found)
        _settle_after_one_step(curve, found)
        _follow(curve, found, FEW_STEPS)
    rest = _Found.left_of(curve, parts)
    _follow(curve, rest, MANY_STEPS)
    _turn(curve, rest)
    first = 0
    for found in parts:
        rows = found.left
        places = slice(first, first + len(rows))
        found.store(rows, rest.verdict[places], rest.caught.rows(places))
        first = places.stop
    return [found.limits(curve) for found in parts]


class _Found:
    """The verdicts under construction."""

    def __init__(self, curve: Curve, low: FloatArray, high: FloatArray) -> None:
        size = len(low)
        self.low, self.high, self.zeros = low, high, zeros(curve, low, high)
        self.verdict = np.zeros(size, dtype=np.int8)
        self.caught = Caught.nowhere(size)

    @property
    def left(self) -> IntArray:
        """Rows without a verdict whose fixed points are known."""
        return np.flatnonzero((self.verdict == Verdict.UNDECIDED) & self.zeros.known)

    def store(self, rows: IntArray, verdict: int | NDArray[np.integer[Any]], caught: Caught) -> None:
        """Keep what is proved of the rows."""
        proved = caught.proved
        self.verdict[rows[proved]] = np.broadcast_to(verdict, rows.shape)[proved]
        self.caught.put(rows, caught)

    @staticmethod
    def left_of(curve: Curve, parts: Sequence[_Found]) -> _Found:
        """The rows of all parts that are left, in order."""
        left = [part.left for part in parts]
        ends = (
            [getattr(part, end)[rows] for part, rows in zip(parts, left, strict=True)]
            for end in ("low", "high")
        )
        return _Found(curve, *map(np.concatenate, ends))

    def limits(self, curve: Curve) -> Limits:
        caught, rate = self.caught, self.caught.rate.copy()
        rows = np.flatnonzero(caught.proved & np.isnan(rate))
        rate[rows] = curve.steepness(caught.low[rows], caught.high[rows]).hi
        rate[~(rate < 1)] = np.nan
        return Limits(self.zeros, self.verdict, (caught.low, caught.high), caught.step, caught.period, rate)


def _rise(curve: Curve, found: _Found) -> None:
    """Rows that begin where T rises for good."""
    rows = found.left
    least = found.zeros.rows(rows).least
    found.store(rows, Verdict.RISES, Caught.at(found.low[rows] >= curve.rises_from, *least, 0))


def _follow(curve: Curve, found: _Found, steps: int) -> None:
    """Rows whose orbits a fixed point catches within so many steps."""
    rows = found.left
    low, high = found.low[rows], found.high[rows]
    found.store(
        rows, Verdict.CONVERGES, caught_by_fixed_point(curve, low, high, found.zeros.rows(rows), steps)
    )


def _turn(curve: Curve, found: _Found) -> None:
    """Rows whose orbits end in a cycle, or slowly in a fixed point."""
    rows = found.left
    caught = caught_by_cycle(curve, found.low[rows], found.high[rows])
    found.store(rows, np.where(caught.period == 1, Verdict.CONVERGES, Verdict.CYCLE), caught)


def _settle_after_one_step(curve: Curve, found: _Found) -> None:
    """Rows that are in the invariant part after one step."""
    rows = found.left
    low, high, at = found.low[rows], found.high[rows], found.zeros.rows(rows)
    first = image(curve, low, high, low, high)
    proved = (low >= curve.invariant_from) & (first[0] >= curve.rises_from) & (at.counts > 0)
    limit_low, limit_high, known = _next_to(curve, at, *first)
    verdict = np.full(len(rows), int(Verdict.CONVERGES))
    verdict[first[1] < limit_low] = Verdict.RISES
    verdict[first[0] > limit_high] = Verdict.FALLS
    found.store(rows, verdict, Caught.at(proved & known, limit_low, limit_high, 1))


def _next_to(
    curve: Curve, found: Zeros, low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """The zero on a rising piece to which a monotone sequence from [low, high] tends: the one between the two
    zeros on falling pieces that enclose the start; and where that is proved.

    Zeros of ``F - L_ref`` on rising and on falling pieces alternate, and ``T(L) > L`` where ``F(L) < L_ref``.
    """
    limit_low, limit_high = np.full(len(low), np.nan), np.full(len(low), np.nan)
    searching, known = np.ones(len(low), dtype=np.bool_), np.ones(len(low), dtype=np.bool_)
    for k, piece in enumerate(curve.pieces):
        exists = searching & ~np.isnan(found.low[:, k])
        if piece.rising:
            limit_low = np.where(exists, found.low[:, k], limit_low)
            limit_high = np.where(exists, found.high[:, k], limit_high)
        else:
            to_the_right, to_the_left = found.low[:, k] > high, found.high[:, k] < low
            known &= ~(exists & ~to_the_right & ~to_the_left)
            searching &= ~(exists & to_the_right)
    return limit_low, limit_high, known & ~np.isnan(limit_low)
