"""A window divided by a graph ``y = phi(x)``: columns as narrow as asked, each cut where it may run."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...intervals import Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from ...intervals.environment import in_sound_floats

Graph = Callable[[FloatArray, FloatArray], Intervals]
"""From the ends of columns to enclosures of phi over them."""
Side = tuple[float, float]

FINER = 2
"""Columns are so many times narrower than the tolerance: the rest's area falls with their width."""
ROUNDS = 5
MOST_PIECES = 64
COLUMN_LIMIT = 4_000_000


@dataclass(frozen=True)
class Boxes:
    """Closed boxes [x_low, x_high] x [y_low, y_high], one a place."""

    x_low: FloatArray
    x_high: FloatArray
    y_low: FloatArray
    y_high: FloatArray

    @property
    def approx_area(self) -> float:
        """The sum of their areas, as floats add."""
        return float(np.sum((self.x_high - self.x_low) * (self.y_high - self.y_low)))

    def __len__(self) -> int:
        return len(self.x_low)

    def where(self, chosen: BoolArray) -> Boxes:
        """The chosen boxes."""
        return Boxes(self.x_low[chosen], self.x_high[chosen], self.y_low[chosen], self.y_high[chosen])


@dataclass(frozen=True)
class GraphPaving:
    """Boxes that cover the window: ``y < phi(x)`` at every point of ``below``, ``y > phi(x)`` at every point
    of ``above``; of ``boundary`` nothing is claimed.
    """

    below: Boxes
    boundary: Boxes
    above: Boxes

    def __len__(self) -> int:
        return len(self.below) + len(self.boundary) + len(self.above)


@in_sound_floats
def pave_graph(graph: Graph, x_side: Side, y_side: Side, tolerance: float) -> GraphPaving:
    """Divide the window [x_side] x [y_side] of doubles.

    Args:
        graph: encloses phi over columns.
        x_side, y_side: ends, lower < upper.
        tolerance: no side of a boundary box is longer, but for a rounding.

    Raises:
        InputError: ends or tolerance out of order, or more than 4,000,000 columns needed.

    Not proved: that the graph meets every boundary box.
    """
    (left, right), (bottom, top) = x_side, y_side
    if not (left < right and bottom < top and tolerance > 0):
        raise InputError("a window has sides of positive length, and a tolerance above 0")
    count = math.ceil((right - left) / tolerance * FINER)
    if count > COLUMN_LIMIT:
        raise InputError("the tolerance is too small for this window")
    edges = np.linspace(left, right, count + 1)
    low, high, strips = edges[:-1], edges[1:], list[Boxes]()
    for _ in range(ROUNDS):
        found = _strips(graph, low, high, y_side)
        tall = found.y_high - found.y_low > tolerance
        strips.append(found.where(~tall))
        found = found.where(tall)
        if not len(found) or len(found) * MOST_PIECES > COLUMN_LIMIT:
            break
        low, high = _cut(found, tolerance)
    else:
        found = _strips(graph, low, high, y_side)
    return _divided(_joined([*strips, found]), y_side, tolerance)


def edges_of(low: FloatArray, high: FloatArray) -> tuple[FloatArray, slice, slice]:
    """The edges of columns, each once where they are neighbours, and where left and right ones are."""
    if (high[:-1] == low[1:]).all():
        return np.append(low, high[-1:]), slice(0, len(low)), slice(1, None)
    return np.concatenate([low, high]), slice(0, len(low)), slice(len(low), None)


def _strips(graph: Graph, low: FloatArray, high: FloatArray, y_side: Side) -> Boxes:
    """The part of each column in which the graph may run, and a double more on both sides."""
    value = graph(low, high)
    unknown = ~(value.lo <= value.hi)
    first = np.where(unknown, -np.inf, np.nextafter(value.lo, -np.inf))
    last = np.where(unknown, np.inf, np.nextafter(value.hi, np.inf))
    return Boxes(low, high, np.clip(first, *y_side), np.clip(last, *y_side))


def _cut(tall: Boxes, tolerance: float) -> tuple[FloatArray, FloatArray]:
    """Tall strips into columns so narrow that each should be low enough."""
    height = (tall.y_high - tall.y_low) / tolerance
    pieces = np.clip(np.ceil(height), 2, MOST_PIECES).astype(np.int64)
    _, low, high = _parts(tall.x_low, tall.x_high, pieces)
    return low, high


def _stacked(strips: Boxes, tolerance: float) -> Boxes:
    """Strips cut across into boxes no higher than the tolerance."""
    pieces = np.maximum(np.ceil((strips.y_high - strips.y_low) / tolerance), 1).astype(np.int64)
    place, low, high = _parts(strips.y_low, strips.y_high, pieces)
    return Boxes(strips.x_low[place], strips.x_high[place], low, high)


def _parts(
    low: FloatArray, high: FloatArray, pieces: NDArray[np.int64]
) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
    """Sides into equal pieces: which side each is of, and its ends, which neighbours share."""
    place = np.repeat(np.arange(len(low)), pieces)
    k = np.arange(len(place)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    first = low[place] + k * ((high - low)[place] / pieces[place])
    last = np.append(first, 0.0)[1:]
    ends = k == pieces[place] - 1
    last[ends] = high[place[ends]]
    return place, first, last


def _joined(parts: list[Boxes]) -> Boxes:
    columns = zip(*((part.x_low, part.x_high, part.y_low, part.y_high) for part in parts), strict=True)
    return Boxes(*(np.concatenate(column) for column in columns))


def _divided(strips: Boxes, y_side: Side, tolerance: float) -> GraphPaving:
    """What lies under and over each strip; strips that no narrower column made low enough are cut across."""
    bottom, top = (np.full(len(strips), end) for end in y_side)
    under = Boxes(strips.x_low, strips.x_high, bottom, strips.y_low)
    over = Boxes(strips.x_low, strips.x_high, strips.y_high, top)
    kept = (boxes.where(boxes.y_low < boxes.y_high) for boxes in (under, _stacked(strips, tolerance), over))
    return GraphPaving(*kept)
