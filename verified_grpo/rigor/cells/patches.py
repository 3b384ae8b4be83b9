"""Cells of parameters as arrays, and the recursion that is meant.

A cell is a rectangle of x = log beta and y = log-odds of p_ref whose corners are dyadic numbers that a double
holds exactly. All cells of a generation are one :class:`Patches`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...intervals.array_bounds import ARRAYS, Array, Interval, between, points
from ...model import Contrast, Fact
from ...model.array_cells import CellsOfArrays
from ...model.array_profile import Shape
from ...model.steps import Update

SIDES = ("x0", "x1", "y0", "y1")


@dataclass(frozen=True)
class Law:
    """The recursion at fixed contrast, eps and alpha; ``update`` is of one size, None: solved exactly."""

    contrast: Contrast
    eps: Fraction
    alpha: Fraction
    update: Update | None = None

    @cached_property
    def shape(self) -> Shape | CellsOfArrays:
        """The contrast over arrays: by its shape, or if it is written as it is written.

        Raises:
            MissingFact: it is neither written nor of a known shape.
        """
        kind = Shape if self.contrast.tree is None else CellsOfArrays
        return kind(self.contrast, self.eps)

    @property
    def is_ordered(self) -> bool:
        """Whether T is known to rise for L >= 0, what rules without a trap rest on."""
        return self.contrast.knows(Fact.EVEN_RISING, Fact.BOUNDED)

    @cached_property
    def pull(self) -> Interval:
        """Encloses alpha."""
        return ARRAYS.exact(self.alpha)

    @cached_property
    def share(self) -> Interval:
        """Encloses 1 - alpha."""
        return ARRAYS.exact(1 - self.alpha)


@dataclass(frozen=True)
class Patches:
    """Rectangles [x0, x1] times [y0, y1], as arrays."""

    x0: Array
    x1: Array
    y0: Array
    y1: Array

    def __len__(self) -> int:
        return len(self.x0)

    def take(self, chosen: Any) -> Patches:
        """Some of them."""
        return Patches(self.x0[chosen], self.x1[chosen], self.y0[chosen], self.y1[chosen])

    @cached_property
    def middle(self) -> Interval:
        """The middle of the range of y, exactly."""
        return points((self.y0 + self.y1) / 2)

    @cached_property
    def radius(self) -> Interval:
        """Half of the range of y, exactly."""
        return points((self.y1 - self.y0) / 2)

    @cached_property
    def log_odds(self) -> Interval:
        """The range of y = L_ref."""
        return between(self.y0, self.y1)
