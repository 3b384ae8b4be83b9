"""Orbits over cells: the values at the middle of the cell, and the derivatives over all of it.

``L_n`` is a function of (y, w, z): log-odds of p_ref, weight 1/beta, and the place in an interval of starts.
By the mean value theorem it lies within ``|A| + |B| + |C|`` of its value at the middle, where A, B, C
enclose its derivatives over the whole cell times half the cell's sides:

    A' = m A + alpha dy,   B' = m B + Omega dw,   C' = m C,   m = 1 - alpha + w b over the range of L_n.

Of steps of one size alpha varies over a cell, too: then ``D' = m D + (y - L_n) d alpha`` is added.

So errors are of second order in the size of the cell, also where the orbit alternates and the plain image of
an interval would grow. The range is cut with the plain image, which is sharper where cells are large.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from ...intervals.array_bounds import (
    ARRAYS,
    ONE,
    Array,
    Counts,
    Interval,
    around,
    between,
    largest,
    magnitude,
    points,
    rows,
    smallest,
)
from .patches import SIDES, Law, Patches
from .terms import Terms

PARTS = ("center", "across", "along", "inside", "beside", "reach")
HALF = ARRAYS.exact(Fraction(1, 2))


@dataclass(frozen=True)
class Flow:
    """Enclosures after some steps: ``center`` at the middle of each cell, ``across`` (A), ``along`` (B),
    ``inside`` (C), ``beside`` (D; None where alpha is one number), and ``reach``, the range of all values."""

    terms: Terms
    center: Interval
    across: Interval
    along: Interval
    inside: Interval
    beside: Interval | None
    reach: Interval

    @property
    def law(self) -> Law:
        return self.terms.law

    @property
    def patches(self) -> Patches:
        return self.terms.cells

    @staticmethod
    def from_reference(law: Law, patches: Patches) -> Flow:
        """``L_0 = L_ref``."""
        flow = Flow._from(Terms(law, patches), patches.middle, patches.log_odds)
        return replace(flow, across=patches.radius)

    @staticmethod
    def _from(terms: Terms, center: Interval, reach: Interval) -> Flow:
        """Nothing varies yet."""
        nothing = between(np.zeros(len(terms.cells)), np.zeros(len(terms.cells)))
        beside = None if terms.law.update is None else nothing
        return Flow(terms, center, nothing, nothing, nothing, beside, reach)

    def from_between(self, low: Interval, high: Interval) -> Flow:
        """A fresh start from every point between two (enclosed) ends."""
        center = (low + high) * HALF
        radius = np.maximum((center - low).hi, (high - center).hi)
        flow = Flow._from(self.terms, center, between(low.lo, high.hi))
        return replace(flow, inside=between(radius, radius))

    def from_point(self, point: Interval) -> Flow:
        """A fresh start from one point (enclosed), the same for all of each cell."""
        return Flow._from(self.terms, point, point)

    def step(self) -> Flow:
        """One step of the recursion."""
        terms, cell = self.terms, self.patches
        here, omega, slope = self.law.shape.at_and_over(self.center, self.reach)
        multiplier = terms.share + terms.weight * slope
        pulled = terms.middle_pull * cell.middle
        center = terms.middle_share * self.center + pulled + terms.middle_weight * here
        across = multiplier * self.across + terms.pull * cell.radius
        along = multiplier * self.along + omega * terms.weight_radius
        inside = multiplier * self.inside
        beside = None
        if self.beside is not None:
            beside = multiplier * self.beside + (cell.log_odds - self.reach) * terms.pull_radius
        linear = center + around(spread_of(across, along, inside, beside))
        plain = self._plain() + terms.weight * omega
        reach = between(largest(linear.lo, plain.lo), smallest(linear.hi, plain.hi))
        return Flow(terms, center, across, along, inside, beside, reach)

    def _plain(self) -> Interval:
        """Encloses ``(1 - alpha) L + alpha y``: at one alpha, or at the least and the largest."""
        terms, drawn = self.terms, self.patches.log_odds
        if self.law.update is None:
            return terms.share * self.reach + terms.pull * drawn
        ends = []
        for pull in (points(terms.pull.lo), points(terms.pull.hi)):
            ends.append((ONE - pull) * self.reach + pull * drawn)
        return between(smallest(ends[0].lo, ends[1].lo), largest(ends[0].hi, ends[1].hi))

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
        return spread_of(self.across, self.along, self.inside, self.beside)

    def take(self, chosen: Any) -> Flow:
        """Some of the cells."""
        held = {name: getattr(self, name) for name in PARTS}
        part = {name: None if x is None else rows(x, chosen) for name, x in held.items()}
        return Flow(self.terms.take(chosen), **part)


def spread_of(*parts: Interval | None) -> Array:
    """An upper bound of the sum of magnitudes."""
    total = ARRAYS.exact(0)
    for part in parts:
        if part is not None:
            total = total + magnitude(part)
    bound: Array = total.hi
    return bound


def joined(flows: list[Flow]) -> Flow:
    """Flows of one law, one after the other."""
    cells = Patches(*(np.concatenate([getattr(f.patches, side) for f in flows]) for side in SIDES))
    parts = {}
    for name in PARTS:
        held = [getattr(f, name) for f in flows]
        known = held[0] is not None
        parts[name] = (
            between(*(np.concatenate([getattr(v, end) for v in held]) for end in ("lo", "hi")))
            if known
            else None
        )
    return Flow(Terms(flows[0].law, cells), **parts)
