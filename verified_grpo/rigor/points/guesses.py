"""Where to look: folds and zeros of the gap in floating point. Nothing here is trusted; bad guesses cost
time only."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from ...intervals.steady import approx_exp
from ...model import Contrast, Fact, GapOverBox, Point, formulas
from ...model.approximate import approx, approx_log_odds

GRID = 768
LARGEST_ODDS = 1e30


class ApproxGap:
    """The gap of one parameter point in Python floats."""

    def __init__(self, contrast: Contrast, point: Point) -> None:
        self.weight = 1 / (approx(point.alpha) * approx(point.beta))
        self.log_odds_ref = approx_log_odds(point.p_ref)
        self.contrast, self.eps = contrast, approx(point.eps)
        self._profile = approx_profile(contrast, self.eps)

    def at(self, x: float) -> tuple[float, float]:
        """``g`` and ``g'``."""
        omega, slope = self._profile(x)
        return x - self.log_odds_ref - omega * self.weight, 1 - slope * self.weight

    def folds(self) -> list[tuple[float, float]]:
        """Zeros of ``g'`` by linear interpolation on a grid, each with a radius inside which ``g`` should
        keep its sign."""
        found = []
        level = 1 / self.weight
        for slopes, places in approx_branches(self.contrast, self.eps):
            k = bisect(slopes, level)
            if 0 < k < len(slopes):
                bend = (slopes[k] - slopes[k - 1]) / (places[k] - places[k - 1])
                x = places[k - 1] + (level - slopes[k - 1]) / bend
                height = abs(self.at(x)[0])
                found.append((x, min(0.5, 0.6 * math.sqrt(height / abs(bend * self.weight))) + 1e-12))
        return found

    def zero(self, low: float, high: float, rising: bool) -> float:
        """A zero in a cell where the gap is ``rising`` (or falls): Newton's method kept inside a shrinking
        bracket, to some nine digits (the rest is done by enclosures)."""
        x = (low + high) / 2
        for _ in range(80):
            value, slope = self.at(x)
            if (value > 0) == rising:
                high = x
            else:
                low = x
            following = x - value / slope if slope else low
            # The next error is about the square of this step, more where the gap is flat.
            if abs(following - x) <= 3e-5 * min(1.0, abs(slope)) * abs(x):
                return min(max(following, low), high)
            if not low < following < high:
                following = (low + high) / 2
            x = following
        return x


@lru_cache(maxsize=256)
def approx_profile(contrast: Contrast, eps: float) -> Callable[[float], tuple[float, float]]:
    """``L -> (Omega, b)`` in Python floats."""
    at_odds = formulas.approx_profile(contrast)
    is_even = contrast.knows(Fact.EVEN_RISING)

    def profile(x: float) -> tuple[float, float]:
        try:
            omega, slope = at_odds(math.exp(-abs(x) if is_even else -x), eps)
        except (OverflowError, ZeroDivisionError):  # a power of t is beyond the normal floats
            omega, slope = at_odds(0.0 if is_even or x > 0 else LARGEST_ODDS, eps)
        return omega, slope if x >= 0 or not is_even else -slope

    return profile


@dataclass(frozen=True)
class Guess:
    """The gap in floats at the two corners of a box, one and the same for exact parameters."""

    lowest: ApproxGap
    highest: ApproxGap

    @staticmethod
    def beside(gap: GapOverBox[Any]) -> Guess:
        """At the corners of the gap itself."""
        lowest = ApproxGap(gap.contrast, gap.lowest.point)
        if gap.highest is gap.lowest:
            return Guess(lowest, lowest)
        return Guess(lowest, ApproxGap(gap.contrast, gap.highest.point))

    def cut_points(self, first: Fraction, last: Fraction) -> list[Fraction]:
        """Ends for :func:`.partition.partition`: the domain, between integers, cut around the folds of both
        corners."""
        folds = self.lowest.folds()
        if self.highest is not self.lowest:
            folds = folds + self.highest.folds()
        if not folds:
            return [first, last]
        # Cuts have few digits: certificates are shorter, and one point serves for many parameters.
        places = [max(0, 2 - math.frexp(r)[1]) for _, r in folds]
        finest = max(places)
        scale = 1 << finest
        ends = {
            round(end * (1 << k)) << (finest - k)
            for (x, r), k in zip(folds, places, strict=True)
            for end in (x - r, x + r)
        }
        low, high = first.numerator * scale, last.numerator * scale
        return [first, *(Fraction(end, scale) for end in sorted(ends) if low < end < high), last]


@lru_cache(maxsize=256)
def approx_branches(contrast: Contrast, eps: float) -> list[tuple[list[float], list[float]]]:
    """The slope's monotone branches on L >= 0 (of a contrast that is not even, on the line), each as
    ascending slopes and the places where they are."""
    grid, slopes = (values.tolist() for values in approx_slopes(contrast, eps))
    turns = [
        k for k in range(1, len(slopes) - 1) if (slopes[k] - slopes[k - 1]) * (slopes[k + 1] - slopes[k]) < 0
    ]
    ends = [0, *turns, len(slopes) - 1]
    branches = [(slopes[a : b + 1], grid[a : b + 1]) for a, b in pairwise(ends)]
    return [(s, g) if s[0] <= s[-1] else (s[::-1], g[::-1]) for s, g in branches]


@lru_cache(maxsize=256)
def approx_slopes(contrast: Contrast, eps: float) -> tuple[Any, Any]:
    """The slope ``b`` on a grid of L >= 0 that reaches well past its peak, near L = log(1/eps); of a contrast
    that is not even, on both sides of 0."""
    first = 0.0 if contrast.knows(Fact.EVEN_RISING) else -30.0
    grid = np.linspace(first, max(30.0, 2 * math.log(1 / eps) + 10 if eps > 0 else 1500.0), GRID)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        _, slopes = formulas.approx_profile_over_arrays(contrast)(approx_exp(-grid), eps)
    return grid, np.broadcast_to(slopes, grid.shape)
