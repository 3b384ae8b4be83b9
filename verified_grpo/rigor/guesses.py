"""Where to look: folds and zeros of the gap in floating point. Nothing here is trusted; bad guesses cost
time only."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from ..errors import NotEnoughPrecision
from ..model import Contrast, Point, formulas
from ..model.arithmetic import ApproxArray, ApproxScalar

GRID = 768


class ApproxGap:
    """The gap of one parameter point in Python floats."""

    def __init__(self, contrast: Contrast, point: Point) -> None:
        if not (product := float(point.alpha * point.beta)):
            raise NotEnoughPrecision("alpha beta is below what the search can guess with")
        self.weight = 1 / product
        odds = point.p_ref / (1 - point.p_ref)
        self.log_odds_ref = math.log(odds.numerator) - math.log(odds.denominator)
        self.contrast, self.eps = contrast, float(point.eps)
        self._profile = approx_profile(contrast, self.eps)

    def at(self, x: float) -> tuple[float, float]:
        """``g`` and ``g'``."""
        omega, slope = self._profile(x)
        return x - self.log_odds_ref - omega * self.weight, 1 - slope * self.weight

    def folds(self) -> list[tuple[float, float]]:
        """Zeros of ``g'`` by linear interpolation on a grid, each with a radius inside which ``g`` should
        keep its sign."""
        grid, slopes = approx_slopes(self.contrast, self.eps)
        excess = slopes * self.weight - 1
        crossings = np.flatnonzero(np.diff(np.signbit(excess)))
        found = []
        for k in crossings:
            bend = (excess[k + 1] - excess[k]) / (grid[k + 1] - grid[k])
            x = float(grid[k] - excess[k] / bend)
            height = abs(self.at(x)[0])
            found.append((x, 0.7 * math.sqrt(height / abs(float(bend))) + 1e-12))
        return found

    def zero(self, low: float, high: float) -> float:
        """A zero between two points of opposite sign: Newton's method kept inside a shrinking bracket,
        to some ten digits (the rest is done by enclosures)."""
        rising = self.at(high)[0] > 0
        x = (low + high) / 2
        for _ in range(80):
            value, slope = self.at(x)
            if (value > 0) == rising:
                high = x
            else:
                low = x
            following = x - value / slope if slope else low
            if abs(following - x) <= 1e-9 * abs(x):
                return min(max(following, low), high)
            if not low < following < high:
                following = (low + high) / 2
            x = following
        return x


@lru_cache(maxsize=256)
def approx_profile(contrast: Contrast, eps: float) -> Any:
    """``L -> (Omega, b)`` in Python floats."""
    return formulas.profile_program(contrast).bind(ApproxScalar(), eps=eps)


@lru_cache(maxsize=256)
def approx_slopes(contrast: Contrast, eps: float) -> tuple[Any, Any]:
    """The slope ``b`` on a grid of L >= 0 that reaches well past its peak, near L = log(1/eps)."""
    grid = np.linspace(0.0, max(30.0, 2 * math.log(1 / eps) + 10 if eps > 0 else 1500.0), GRID)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        (slopes,) = formulas.slope_program(contrast).bind(ApproxArray(), eps=eps)(grid)
    return grid, np.broadcast_to(slopes, grid.shape)


def cut_points(
    contrast: Contrast, low_corner: Point, high_corner: Point, first: Fraction, last: Fraction
) -> list[Fraction]:
    """Ends for :func:`.partition.partition`: the domain cut around the folds of both corners."""
    ends = {first, last}
    corners = (low_corner,) if low_corner == high_corner else (low_corner, high_corner)
    for point in corners:
        for x, radius in ApproxGap(contrast, point).folds():
            for end in (x - radius, x + radius):
                if math.isfinite(end) and first < (cut := dyadic(end)) < last:
                    ends.add(cut)
    return sorted(ends)


def dyadic(x: float) -> Fraction:
    """A short dyadic number near x, about 2^-20 away relative to x's fine structure."""
    return Fraction(x).limit_denominator(1) if abs(x) > 2**40 else Fraction(round(x * 2**44), 2**44)
