"""Where to look: folds and zeros of the gap in floating point. Nothing here is trusted; bad guesses cost
time only."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ...intervals.steady import SteadyFloats, approx_exp
from ...model import Contrast, Fact, GapOverBox, Point, formulas
from ...model.approximate import approx, approx_log_odds

GRID = 768
STRIDE, NEAR = 64, 8
LARGEST_ODDS = 1e30
FOLD_ROOM, FOLD_HALVINGS = 0.1, 40
NOWHERE = 1.0, 0.0
"""Instead of a written contrast and its slope where floats have neither."""


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
        for branch in approx_branches(self.contrast, self.eps):
            k = bisect(branch, level)
            if 0 < k < len(branch):
                start, base = branch.place(k - 1), branch[k - 1]
                bend = (branch[k] - base) / (branch.place(k) - start)
                x = start + (level - base) / bend
                height = abs(self.at(x)[0])
                found.append((x, min(0.5, 0.6 * math.sqrt(height / abs(bend * self.weight))) + 1e-12))
        return found

    def fold(self, near: float) -> float:
        """The zero of ``g'`` next to a place that :meth:`folds` gives, by halving; the place itself where the
        slope does not change its sign around it."""
        low, high = near - FOLD_ROOM, near + FOLD_ROOM
        rises = self.at(low)[1] > 0
        if rises == (self.at(high)[1] > 0):
            return near
        for _ in range(FOLD_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if (self.at(middle)[1] > 0) == rises else (low, middle)
        return (low + high) / 2

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
    least_odds = 0.0 if contrast.tree is None else 1 / LARGEST_ODDS

    def profile(x: float) -> tuple[float, float]:
        try:
            omega, slope = at_odds(math.exp(-abs(x) if is_even else -x), eps)
        except (ArithmeticError, ValueError):  # a power of t is beyond the normal floats
            omega, slope = at_end(least_odds if is_even or x > 0 else LARGEST_ODDS)
        return omega, slope if x >= 0 or not is_even else -slope

    def at_end(odds: float) -> tuple[float, float]:
        try:
            return at_odds(odds, eps)
        except (ArithmeticError, ValueError):
            return NOWHERE

    return profile


def approx_omega(contrast: Contrast, eps: float) -> Callable[[float], float]:
    """``L -> Omega`` alone, bit for bit that of :func:`approx_profile`."""
    at_odds, both = formulas.approx_omega(contrast), approx_profile(contrast, eps)
    is_even = contrast.knows(Fact.EVEN_RISING)

    def omega(x: float) -> float:
        try:
            value: float = at_odds(math.exp(-abs(x) if is_even else -x), eps)
        except (ArithmeticError, ValueError):
            return both(x)[0]
        return value

    return omega


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
        """Ends for :func:`.partition.partition`: the domain, cut around the folds of both corners."""
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
        # Integers are compared, which takes a tenth of the time.
        (low, below), (high, above) = first.as_integer_ratio(), last.as_integer_ratio()
        inside = [end for end in sorted(ends) if low * scale < end * below and end * above < high * scale]
        return [first, *[Fraction(end, scale) for end in inside], last]


class SlopeGrid:
    """The slope ``b`` on a grid of L >= 0 that reaches well past its peak, near L = log(1/eps), and of a
    contrast that is not even on both sides of 0; a place of it is computed when it is looked at."""

    def __init__(self, contrast: Contrast, eps: float) -> None:
        self._first = 0.0 if contrast.knows(Fact.EVEN_RISING) else -30.0
        last = max(30.0, 2 * math.log(1 / eps) + 10)
        self._step = (last - self._first) / (GRID - 1)
        self._slope = _steady_slope(contrast, eps)
        self._known: dict[int, float] = {}

    def place(self, k: int) -> float:
        """L of the k-th place."""
        return k * self._step + self._first

    def slope(self, k: int) -> float:
        """``b`` there, NaN where floats have none."""
        if k not in self._known:
            try:
                self._known[k] = self._slope(self.place(k))
            except (ArithmeticError, ValueError):
                self._known[k] = math.nan
        return self._known[k]

    def turns(self) -> list[int]:
        """Where the slope turns from rising to falling or back, as far as every STRIDE-th place shows, and
        one near each end."""
        coarse = [0, NEAR, *range(STRIDE, GRID - STRIDE, STRIDE), GRID - 1 - NEAR, GRID - 1]
        return [
            self._turn(a, c)
            for a, b, c in zip(coarse, coarse[1:], coarse[2:], strict=False)
            if (self.slope(b) - self.slope(a)) * (self.slope(c) - self.slope(b)) < 0
        ]

    def _turn(self, low: int, high: int) -> int:
        """The place between the two after which the slope goes the other way, by halving."""
        rises = self.slope(high) < self.slope((low + high) // 2) or self.slope(low) < self.slope(low + 1)
        while high - low > 2:
            middle = (low + high) // 2
            on = self.slope(middle + 1) - self.slope(middle)
            low, high = (middle, high) if (on > 0) == rises else (low, middle + 1)
        return low + 1


def _steady_slope(contrast: Contrast, eps: float) -> Callable[[float], float]:
    """``L -> b``, alike on every processor but where an expression has exponentials of its own."""
    if contrast.tree is not None:
        written = approx_profile(contrast, eps)
        return lambda x: written(x)[1]
    at_odds = formulas.profile_program(contrast).bind(SteadyFloats(), eps=eps)
    return lambda x: at_odds(approx_exp(-x))[1]


@dataclass(frozen=True)
class Branch(Sequence[float]):
    """The slope between two of its turns, from the less to the greater: places ``first + k`` of the grid, or
    ``first - k``."""

    grid: SlopeGrid
    first: int
    last: int

    def at(self, k: int) -> int:
        """The place on the grid."""
        return self.first + k if self.first <= self.last else self.first - k

    def __len__(self) -> int:
        return abs(self.last - self.first) + 1

    def __getitem__(self, k: Any) -> Any:
        if not 0 <= k < len(self):
            raise IndexError(k)
        return self.grid.slope(self.at(k))

    def place(self, k: int) -> float:
        """L there."""
        return self.grid.place(self.at(k))


@lru_cache(maxsize=256)
def approx_branches(contrast: Contrast, eps: float) -> list[Branch]:
    """The slope's monotone branches on the grid."""
    grid = SlopeGrid(contrast, eps)
    ends = pairwise([0, *grid.turns(), GRID - 1])
    return [Branch(grid, *((a, b) if grid.slope(a) <= grid.slope(b) else (b, a))) for a, b in ends]
