"""Orbits over a cell of (log beta, L_ref): values at its middle, and derivatives over all of it.

Let w = 1/beta = exp(-x), y = L_ref, and z a start where one is free. L_n depends on (y, w, z), and

    dL_{n+1}/dy = m dL_n/dy + alpha,  dL_{n+1}/dw = m dL_n/dw + Omega(L_n),  dL_{n+1}/dz = m dL_n/dz,

with m = T'(L_n) = 1 - alpha + w b(L_n).

Lemma 12 (a step over a cell). If L_n stays within `reach`, and `across`, `along`, `inside` hold the
derivatives by y, w, z times the half sides of the cell (of w: the larger distance from the middle w), then so
do their images under these formulas with the ranges of m and Omega over `reach`; and L_{n+1} lies within
|across| + |along| + |inside| of its value at the middle.
  The chain rule, and the mean value theorem on the segment from the middle, which lies in the cell.
For steps of one size (updates.py) A takes the place of alpha, and w is theirs: then dL_{n+1}/dA = m dL_n/dA +
y - L_n, and `beside` is the same for A, over all (A, w) between the ends of both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from verified_grpo.checker.arithmetic import least, most
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.orbits import ends, product
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.updates import Update


@dataclass(frozen=True)
class Cell:
    """A closed rectangle of x = log beta and y = L_ref with exact corners, and the recursion on it.

    Of the recursion's box only alpha and eps, both exact, are used: beta and p_ref come from the corners.
    """

    recursion: Recursion
    x: Interval
    y: Interval
    update: Update | None = None

    @cached_property
    def weight(self) -> Balls:
        """The least and the largest w."""
        return self._weight(self.x[1]), self._weight(self.x[0])

    @cached_property
    def middle_weight(self) -> Ball:
        return self._weight(self._middle)

    @cached_property
    def weight_distance(self) -> Ball:
        """The largest distance of a w from the middle one: without steps exp is convex."""
        above = self.weight[1] - self.middle_weight
        return above if self.update is None else most(above, self.middle_weight - self.weight[0])

    @cached_property
    def unmoved(self) -> Balls | None:
        """Where nothing varies with A yet; None where there is no A."""
        return None if self.update is None else (ball(0), ball(0))

    @property
    def _middle(self) -> Fraction:
        return (self.x[0] + self.x[1]) / 2

    def _weight(self, x: Fraction) -> Ball:
        return (ball(-x)).exp() if self.update is None else self.update.weight(x)

    def _pull(self, x: Fraction) -> Ball:
        alpha = self.recursion.box.alpha[0]
        return ball(alpha) if self.update is None else self.update.pull(alpha, x)

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
    def alpha(self) -> Balls:
        """The least and the largest alpha, or A."""
        return self._pull(self.x[0]), self._pull(self.x[1])

    @cached_property
    def mixes(self) -> list[Balls]:
        """1 - alpha and alpha: once, or at the least and the largest A."""
        if self.update is None:
            return [(self.share[0], self.alpha[0])]
        return [(1 - alpha, alpha) for alpha in self.alpha]

    @cached_property
    def middle_alpha(self) -> Ball:
        return self._pull(self._middle)

    @cached_property
    def pulled_height(self) -> Balls:
        """Bounds of alpha times half of the range of y."""
        return self.alpha[0] * self.half_height, self.alpha[1] * self.half_height

    @cached_property
    def middle_share(self) -> Ball:
        return self.share[0] if self.update is None else 1 - self.middle_alpha

    @cached_property
    def alpha_distance(self) -> Ball:
        """The largest distance of an A from the middle one."""
        return most(self.alpha[1] - self.middle_alpha, self.middle_alpha - self.alpha[0])

    @cached_property
    def share(self) -> Balls:
        """Bounds of 1 - alpha, of 1 - A."""
        if self.update is None:
            share = ball(1 - self.recursion.box.alpha[0])
            return share, share
        return 1 - self.alpha[1], 1 - self.alpha[0]

    def omega(self, point: Ball) -> Ball:
        """Omega at an enclosed L."""
        cell = ends(point)
        return self.recursion.least_omega(cell).union(self.recursion.largest_omega(cell))

    def slopes(self, low: Ball, high: Ball) -> Balls:
        """Bounds of T' for all L from one enclosed point to another, and all of the cell."""
        b = self.recursion.slope((ends(low)[0], ends(high)[1]))
        swing = product([self.weight, b])
        return self.share[0] + swing[0], self.share[1] + swing[1]

    def lowest_move(self, point: Ball) -> Ball:
        """The least T(L) - L at an enclosed L, over all of the cell."""
        distance = self.height[0] - point
        return least(*(alpha * distance for _, alpha in self.mixes)) + self.weight[0] * self.omega(point)

    def highest_move(self, point: Ball) -> Ball:
        """The largest T(L) - L at an enclosed L, over all of the cell."""
        distance = self.height[1] - point
        return most(*(alpha * distance for _, alpha in self.mixes)) + self.weight[1] * self.omega(point)

    def pulled(self, side: int, point: Ball) -> Ball:
        """The least (0) or the largest (1) of (1 - alpha) L + alpha y at an enclosed L."""
        places = [share * point + alpha * self.height[side] for share, alpha in self.mixes]
        return most(*places) if side else least(*places)


@dataclass(frozen=True)
class Flow:
    """The enclosures after some steps (lemma 12)."""

    cell: Cell
    center: Ball
    across: Balls
    along: Balls
    inside: Balls
    beside: Balls | None
    reach: Balls

    @classmethod
    def from_reference(cls, cell: Cell) -> Flow:
        """L_0 = L_ref."""
        radius, nothing = cell.half_height, ball(0)
        flat = (nothing, nothing)
        return cls(cell, cell.middle_height, (radius, radius), flat, flat, cell.unmoved, cell.height)

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
            beside=self.cell.unmoved,
            reach=(low, high),
        )

    def step(self) -> Flow:
        """One step of the recursion."""
        cell, (low, high) = self.cell, self.reach
        around = ends(low)[0], ends(high)[1]
        multiplier = cell.slopes(low, high)
        omega = cell.recursion.least_omega(around), cell.recursion.largest_omega(around)
        pull = cell.middle_alpha * cell.middle_height
        center = cell.middle_share * self.center + pull + cell.middle_weight * cell.omega(self.center)
        across = _moved(product([multiplier, self.across]), cell.pulled_height)
        distance = cell.weight_distance
        along = _moved(product([multiplier, self.along]), (omega[0] * distance, omega[1] * distance))
        inside, beside = product([multiplier, self.inside]), self._beside(multiplier)
        spread = _sizes(across, along, inside, beside)
        plain = [cell.pulled(i, self.reach[i]) + cell.weight[i] * omega[i] for i in (0, 1)]
        reach = (center - spread).max(plain[0]), (center + spread).min(plain[1])
        return Flow(cell, center, across, along, inside, beside, reach)

    def _beside(self, multiplier: Balls) -> Balls | None:
        """Where alpha is one number nothing varies with it."""
        if self.beside is None:
            return None
        cell = self.cell
        low, high = cell.height[0] - self.reach[1], cell.height[1] - self.reach[0]
        return _moved(
            product([multiplier, self.beside]), (low * cell.alpha_distance, high * cell.alpha_distance)
        )

    def after(self, steps: int) -> Flow:
        """So many steps on."""
        flow = self
        for _ in range(steps):
            flow = flow.step()
        return flow

    @property
    def spread(self) -> Ball:
        """How far values are from the center, at most."""
        return _sizes(self.across, self.along, self.inside, self.beside)

    def is_apart_from(self, other: Flow) -> bool:
        """Whether the two reaches certainly have no point in common."""
        return bool(self.reach[1] < other.reach[0] or self.reach[0] > other.reach[1])


def _moved(one: Balls, other: Balls) -> Balls:
    return one[0] + other[0], one[1] + other[1]


def _sizes(*parts: Balls | None) -> Ball:
    """The sum of the largest absolute values of each."""
    sizes = [_size(part) for part in parts if part is not None]
    return sum(sizes[1:], sizes[0])


def _size(bounds: Balls) -> Ball:
    """The largest absolute value between bounds."""
    return most(abs(bounds[0]), abs(bounds[1]))
