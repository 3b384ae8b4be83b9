"""What stands in the recursion over each cell, of exact updates or of steps of one size.

Of mu steps of size eta, ``T(L) = (1 - A) L + A y + w Omega(L)`` with ``w = eta (1 + r + ... + r^(mu-1))``,
``r = 1 - eta beta`` and ``A = alpha beta w`` (lemma 54 of ``checker/updates.py``): in beta w does not rise
and A does not fall. Of exact updates ``A = alpha`` and ``w = 1/beta``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...intervals.array_bounds import ARRAYS, ONE, Array, Interval, between, points
from .patches import Law, Patches


@dataclass(frozen=True)
class Terms:
    """Weights and pulls over each cell."""

    law: Law
    cells: Patches

    def take(self, chosen: Any) -> Terms:
        """Of some of them."""
        return Terms(self.law, self.cells.take(chosen))

    @cached_property
    def weight(self) -> Interval:
        """Encloses w over each cell: of exact updates exp(-x)."""
        if self.law.update is None:
            return ARRAYS.exp(between(-self.cells.x1, -self.cells.x0))
        return between(self._weight(self.cells.x1).lo, self._weight(self.cells.x0).hi)

    @cached_property
    def middle_weight(self) -> Interval:
        """Encloses w at the middle of the range of x."""
        if self.law.update is None:
            return ARRAYS.exp(points(-self._middle))
        return self._weight(self._middle)

    @cached_property
    def weight_radius(self) -> Interval:
        """Not less than the distance of any w of the cell from the middle one."""
        above = (points(self.weight.hi) - self.middle_weight).hi  # exp is convex: the larger one is above
        if self.law.update is not None:
            above = np.maximum(above, (self.middle_weight - points(self.weight.lo)).hi)
        return between(above, above)

    @cached_property
    def pull(self) -> Interval:
        """Encloses alpha, or A over each cell."""
        if self.law.update is None:
            return self.law.pull
        return between(self._pull(self.cells.x0).lo, self._pull(self.cells.x1).hi)

    @cached_property
    def middle_pull(self) -> Interval:
        """Encloses alpha, or A at the middle of the range of x."""
        return self.law.pull if self.law.update is None else self._pull(self._middle)

    @cached_property
    def pull_radius(self) -> Interval:
        """Not less than the distance of any A of the cell from the middle one."""
        away = (points(self.pull.hi) - self.middle_pull).hi
        away = np.maximum(away, (self.middle_pull - points(self.pull.lo)).hi)
        return between(away, away)

    @cached_property
    def share(self) -> Interval:
        """Encloses 1 - alpha, or 1 - A over each cell."""
        return self.law.share if self.law.update is None else ONE - self.pull

    @cached_property
    def middle_share(self) -> Interval:
        """The same at the middle of the range of x."""
        return self.law.share if self.law.update is None else ONE - self.middle_pull

    @property
    def _middle(self) -> Array:
        return (self.cells.x0 + self.cells.x1) / 2

    def _weight(self, x: Array) -> Interval:
        """Of steps, at single x."""
        assert self.law.update is not None
        size: Interval = ARRAYS.exact(self.law.update.step_size[0])
        left = ONE - size * ARRAYS.exp(points(x))
        total = points(np.ones(len(x)))
        for _ in range(self.law.update.inner_steps - 1):
            total = ONE + left * total
        return size * total

    def _pull(self, x: Array) -> Interval:
        beta: Interval = ARRAYS.exp(points(x))
        return self.law.pull * beta * self._weight(x)
