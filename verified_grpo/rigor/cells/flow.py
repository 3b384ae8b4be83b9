"""Orbits over cells: the values at the middle of the cell, and the derivatives over all of it.

``L_n`` is a function of (y, w, z): log-odds of p_ref, weight 1/beta, and the place in an interval of starts.
By the mean value theorem it lies within ``|A| + |B| + |C|`` of its value at the middle, where A, B, C
enclose its derivatives over the whole cell times half the cell's sides:

    A' = m A + alpha dy,   B' = m B + Omega dw,   C' = m C,   m = 1 - alpha + w b over the range of L_n.

So errors are of second order in the size of the cell, also where the orbit alternates and the plain image of
an interval would grow. The range is cut with the plain image, which is sharper where cells are large.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...intervals.array_bounds import (
    ARRAYS,
    Array,
    Counts,
    Interval,
    around,
    between,
    largest,
    magnitude,
    rows,
    smallest,
)
from .patches import SIDES, Law, Patches

HALF = ARRAYS.exact(Fraction(1, 2))


@dataclass(frozen=True)
class Flow:
    """Enclosures after some steps: ``center`` at the middle of each cell, ``across`` (A), ``along`` (B),
    ``inside`` (C), and ``reach``, the range of all values."""

    law: Law
    patches: Patches
    center: Interval
    across: Interval
    along: Interval
    inside: Interval
    reach: Interval

    @staticmethod
    def from_reference(law: Law, patches: Patches) -> Flow:
        """``L_0 = L_ref``."""
        nothing = between(np.zeros(len(patches)), np.zeros(len(patches)))
        return Flow(law, patches, patches.middle, patches.radius, nothing, nothing, patches.log_odds)

    def from_between(self, low: Interval, high: Interval) -> Flow:
        """A fresh start from every point between two (enclosed) ends."""
        nothing = between(np.zeros(len(low.lo)), np.zeros(len(low.lo)))
        center = (low + high) * HALF
        radius = np.maximum((center - low).hi, (high - center).hi)
        start = between(low.lo, high.hi)
        return Flow(self.law, self.patches, center, nothing, nothing, between(radius, radius), start)

    def from_point(self, point: Interval) -> Flow:
        """A fresh start from one point (enclosed), the same for all of each cell."""
        nothing = between(np.zeros(len(point.lo)), np.zeros(len(point.lo)))
        return Flow(self.law, self.patches, point, nothing, nothing, nothing, point)

    def step(self) -> Flow:
        """One step of the recursion."""
        law, cell = self.law, self.patches
        here, omega, slope = law.shape.at_and_over(self.center, self.reach)
        multiplier = law.share + cell.weight * slope
        pulled = law.pull * cell.middle
        center = law.share * self.center + pulled + cell.middle_weight * here
        across = multiplier * self.across + law.pull * cell.radius
        along = multiplier * self.along + omega * cell.weight_radius
        inside = multiplier * self.inside
        linear = center + around(spread_of(across, along, inside))
        plain = law.share * self.reach + law.pull * cell.log_odds + cell.weight * omega
        reach = between(largest(linear.lo, plain.lo), smallest(linear.hi, plain.hi))
        return Flow(law, cell, center, across, along, inside, reach)

    def after(self, steps: Counts) -> Flow:
        """Each cell after a number of steps of its own."""
        if not len(steps):
            return self
        order = np.argsort(steps, kind="stable")
        waits, left, done = steps[order], self.take(order), []
        for step in range(int(waits[-1]) + 1):
            ready = int(np.searchsorted(waits, step, side="right"))
            if ready:
                done.append(left.take(np.arange(ready)))
                left, waits = left.take(np.arange(ready, len(waits))), waits[ready:]
            if len(waits):
                left = left.step()
        return joined(done).take(np.argsort(order, kind="stable"))

    @property
    def spread(self) -> Array:
        """How far values are from the center, at most."""
        return spread_of(self.across, self.along, self.inside)

    def take(self, chosen: Any) -> Flow:
        """Some of the cells."""
        held = (self.center, self.across, self.along, self.inside, self.reach)
        return Flow(self.law, self.patches.take(chosen), *(rows(values, chosen) for values in held))


def spread_of(*parts: Interval) -> Array:
    """An upper bound of the sum of magnitudes."""
    total = ARRAYS.exact(0)
    for part in parts:
        total = total + magnitude(part)
    bound: Array = total.hi
    return bound


def joined(flows: list[Flow]) -> Flow:
    """Flows of one law, one after the other."""
    cells = Patches(*(np.concatenate([getattr(f.patches, side) for f in flows]) for side in SIDES))
    parts = []
    for name in ("center", "across", "along", "inside", "reach"):
        held = [getattr(f, name) for f in flows]
        parts.append(between(*(np.concatenate([getattr(v, end) for v in held]) for end in ("lo", "hi"))))
    return Flow(flows[0].law, cells, *parts)
