"""Orbits over a cell of (log beta, L_ref): values at its middle, and derivatives over all of it.

Let w = 1/beta = exp(-x), y = L_ref, and z a start where one is free. L_n depends on (y, w, z), and

    dL_{n+1}/dy = m dL_n/dy + alpha,  dL_{n+1}/dw = m dL_n/dw + Omega(L_n),  dL_{n+1}/dz = m dL_n/dz,

with m = T'(L_n) = 1 - alpha + w b(L_n).

Lemma 12 (a step over a cell). If L_n stays within `reach`, and `across`, `along`, `inside` hold the
derivatives by y, w, z times the half sides of the cell (of w: the larger distance from the middle w), then so
do their images under these formulas with the ranges of m and Omega over `reach`; and L_{n+1} lies within
|across| + |along| + |inside| of its value at the middle.
  The chain rule, and the mean value theorem on the segment from the middle, which lies in the cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from verified_grpo.checker.arithmetic import most
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.orbits import ends, product
from verified_grpo.checker.recursion import Recursion


@dataclass(frozen=True)
class Cell:
    """A closed rectangle of x = log beta and y = L_ref with exact corners, and the recursion on it.

    Of the recursion's box only alpha and eps, both exact, are used: beta and p_ref come from the corners.
    """

    recursion: Recursion
    x: Interval
    y: Interval

    @cached_property
    def weight(self) -> Balls:
        """The least and the largest w."""
        return (ball(-self.x[1])).exp(), (ball(-self.x[0])).exp()

    @cached_property
    def middle_weight(self) -> Ball:
        return (ball(-(self.x[0] + self.x[1]) / 2)).exp()

    @cached_property
    def height(self) -> Balls:
        """The least and the largest y."""
        return ball(self.y[0]), ball(self.y[1])

    @cached_property
    def middle_height(self) -> Ball:
        return ball((self.y[0] + self.y[1]) / 2)

    @cached_property
    def half_height(self) -> Ball:
        return ball((self.y[1] - self.y[0]) / 2)

    @cached_property
    def alpha(self) -> Ball:
        return ball(self.recursion.box.alpha[0])

    @cached_property
    def share(self) -> Ball:
        """1 - alpha."""
        return ball(1 - self.recursion.box.alpha[0])

    def omega(self, point: Ball) -> Ball:
        """Omega at an enclosed L."""
        cell = ends(point)
        return self.recursion.least_omega(cell).union(self.recursion.largest_omega(cell))

    def slopes(self, low: Ball, high: Ball) -> Balls:
        """Bounds of T' for all L from one enclosed point to another, and all of the cell."""
        b = self.recursion.slope((ends(low)[0], ends(high)[1]))
        swing = product([self.weight, b])
        return self.share + swing[0], self.share + swing[1]

    def lowest_move(self, point: Ball) -> Ball:
        """The least T(L) - L at an enclosed L, over all of the cell."""
        return self.alpha * (self.height[0] - point) + self.weight[0] * self.omega(point)

    def highest_move(self, point: Ball) -> Ball:
        """The largest T(L) - L at an enclosed L, over all of the cell."""
        return self.alpha * (self.height[1] - point) + self.weight[1] * self.omega(point)


@dataclass(frozen=True)
class Flow:
    """The enclosures after some steps (lemma 12)."""

    cell: Cell
    center: Ball
    across: Balls
    along: Balls
    inside: Balls
    reach: Balls

    @classmethod
    def from_reference(cls, cell: Cell) -> Flow:
        """L_0 = L_ref."""
        radius, nothing = cell.half_height, ball(0)
        flat = (nothing, nothing)
        return cls(cell, cell.middle_height, (radius, radius), flat, flat, cell.height)

    def from_between(self, low: Ball, high: Ball) -> Flow:
        """A fresh start from all points between two enclosed ones."""
        radius, nothing = (high - low) / 2, ball(0)
        flat = (nothing, nothing)
        return replace(
            self,
            center=(low + high) / 2,
            across=flat,
            along=flat,
            inside=(radius, radius),
            reach=(low, high),
        )

    def step(self) -> Flow:
        """One step of the recursion."""
        cell, (low, high) = self.cell, self.reach
        around = ends(low)[0], ends(high)[1]
        multiplier = cell.slopes(low, high)
        omega = cell.recursion.least_omega(around), cell.recursion.largest_omega(around)
        pull, pulled = cell.alpha * cell.middle_height, cell.alpha * cell.half_height
        distance = cell.weight[1] - cell.middle_weight  # exp is convex: the larger one is above
        center = cell.share * self.center + pull + cell.middle_weight * cell.omega(self.center)
        across = _moved(product([multiplier, self.across]), (pulled, pulled))
        along = _moved(product([multiplier, self.along]), (omega[0] * distance, omega[1] * distance))
        inside = product([multiplier, self.inside])
        spread = _size(across) + _size(along) + _size(inside)
        plain = [
            cell.share * self.reach[i] + cell.alpha * cell.height[i] + cell.weight[i] * omega[i]
            for i in (0, 1)
        ]
        reach = (center - spread).max(plain[0]), (center + spread).min(plain[1])
        return Flow(cell, center, across, along, inside, reach)

    def after(self, steps: int) -> Flow:
        """So many steps on."""
        flow = self
        for _ in range(steps):
            flow = flow.step()
        return flow

    @property
    def spread(self) -> Ball:
        """How far values are from the center, at most."""
        return _size(self.across) + _size(self.along) + _size(self.inside)

    def is_apart_from(self, other: Flow) -> bool:
        """Whether the two reaches certainly have no point in common."""
        return bool(self.reach[1] < other.reach[0] or self.reach[0] > other.reach[1])


def _moved(one: Balls, other: Balls) -> Balls:
    return one[0] + other[0], one[1] + other[1]


def _size(bounds: Balls) -> Ball:
    """The largest absolute value between bounds."""
    return most(abs(bounds[0]), abs(bounds[1]))
