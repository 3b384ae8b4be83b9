"""Where an orbit seems to settle, in floating point: a guess that enclosures then prove or drop."""

from __future__ import annotations

import math

from ...model import Contrast, Point, Range
from ...model.approximate import approx
from ..points.guesses import approx_omega

PERIOD_LIMIT = 64
COARSE = 1e-6
"""Intervals narrower than this, relatively, are not for floating point to tell."""
STAGES = ((600, 1e-10), (6_000, 1e-8), (40_000, 1e-6))


class ApproxStep:
    """``T`` at one parameter point in Python floats."""

    def __init__(self, contrast: Contrast, point: Point, log_odds_ref: float) -> None:
        self.alpha, self.weight = float(point.alpha), 1 / approx(point.beta)
        self.log_odds_ref = log_odds_ref
        self._omega = approx_omega(contrast, approx(point.eps))

    def at(self, x: float) -> float:
        """``T(x)``."""
        return self.after(1, x)

    def after(self, steps: int, x: float) -> float:
        """``T^steps(x)``: tens of thousands of steps where nothing settles, so what they share is ready."""
        keep, pull, omega, weight = 1 - self.alpha, self.alpha * self.log_odds_ref, self._omega, self.weight
        for _ in range(steps):
            x = keep * x + pull + omega(x) * weight
        return x

    def settle(self, x: float) -> list[float] | None:
        """Points of the cycle of period at most 64 near which the orbit of x seems to end, in order; None if
        none shows."""
        for steps, tolerance in STAGES:
            x = self.after(steps, x)
            if not math.isfinite(x):
                return None
            points = [x]
            for _ in range(PERIOD_LIMIT):
                following = self.at(points[-1])
                if abs(following - x) <= tolerance * (1 + abs(x)):
                    return points
                points.append(following)
        return None

    def entry(self, x: float, interval: Range, most: int) -> int | None:
        """After about how many steps the orbit of x reaches the interval: 0 where that is too narrow for
        floats to tell, None where it seems to take more than so many."""
        low, high = float(interval[0]), float(interval[1])
        if high - low <= COARSE * (1 + abs(low)):
            return 0
        for n in range(most + 1):
            if low <= x <= high:
                return n
            x = self.at(x)
        return None
