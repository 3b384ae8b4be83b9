"""Contours of the least fixed point in the plane of (log beta, log-odds of p_ref), enclosed column by column.

With ``f(L) = L - Omega(L)/(alpha beta)`` the least fixed point is at most ``l`` exactly where ``L_ref`` is at
most the greatest value of f up to ``l``. That value rises in beta: over a column of log beta the contour lies
between its values at the column's two sides (lemma 44 of ``checker/contours.py``).
"""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

import numpy as np

from ...intervals import make_engine
from ...intervals.array_bounds import ARRAYS, Array, Counts, Interval, between, points
from ...intervals.environment import in_sound_floats
from ...model import Contrast, Range, Workbench
from ...model.contrasts import Fact

GRAIN = 1024
"""Sides of columns and ends of strips are multiples of 1/GRAIN."""
STEP = Fraction(1, 16)
"""Between points of the grid: the bound between them errs by about its square."""
NEAR = 2**16
"""A level of p lies between two multiples of 1/NEAR that are points of the grid."""
BITS = 96
TINY = 1e-300
"""A reference of less than this is as good as none."""
MOST = 4096
"""Columns."""
SPARE = 2.0**-20
"""So much wider, for a checker whose slopes are wider."""

Strips = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Column:
    """A range of log beta and the strip of each level, in multiples of 1/GRAIN; strips are cut off at the
    rectangle's bottom and top, where such an end claims nothing."""

    left: int
    right: int
    strips: Strips

    @property
    def open_area(self) -> int:
        """Of the union of the strips."""
        total, reached = 0, self.strips[0][0]
        for low, high in self.strips:
            total += max(high - max(low, reached), 0)
            reached = max(reached, high)
        return total * (self.right - self.left)


class ContourBounds(ABC):
    """Strips of contours over columns, from what bounds them at one side of a column."""

    bottom: int
    top: int
    """In multiples of 1/GRAIN."""

    @abstractmethod
    def at(self, x: int) -> tuple[Counts, Counts]:
        """At one side of a column: for each level what its contour surely exceeds there, and what it does not
        exceed, in multiples of 1/GRAIN."""

    def rounded(self, reached: Array, bound: Array) -> tuple[Counts, Counts]:
        """Bounds of each contour outward to multiples of 1/GRAIN, with room to spare."""
        below, above = np.ceil((reached - SPARE) * GRAIN) - 1, np.floor((bound + SPARE) * GRAIN) + 1
        return self._cut(below), self._cut(above)

    def _cut(self, ends: Array) -> Counts:
        return np.clip(np.nan_to_num(ends, nan=self.top), self.bottom, self.top).astype(np.int64)

    @in_sound_floats
    def columns(self, left: int, right: int, enough: Fraction) -> list[Column]:
        """Columns from one side to another, halved where the strips are largest until together they cover at
        most the share ``enough`` of the area, or are MOST columns."""
        known: dict[int, tuple[Counts, Counts]] = {}

        def side(x: int) -> tuple[Counts, Counts]:
            if x not in known:
                known[x] = self.at(x)
            return known[x]

        def column(a: int, b: int) -> Column:
            ends = zip(side(a)[0].tolist(), side(b)[1].tolist(), strict=True)
            return Column(a, b, tuple((min(low, high), high) for low, high in ends))

        whole = column(left, right)
        waiting, done = [(-whole.open_area, left, right, whole)], list[Column]()
        open_area, allowed = whole.open_area, enough * (right - left) * (self.top - self.bottom)
        while waiting and open_area > allowed and len(waiting) + len(done) < MOST:
            area, a, b, found = heapq.heappop(waiting)
            if b - a == 1:
                done.append(found)
                continue
            middle = (a + b) // 2
            halves = column(a, middle), column(middle, b)
            for half in halves:
                heapq.heappush(waiting, (-half.open_area, half.left, half.right, half))
            open_area += area + sum(half.open_area for half in halves)
        return sorted([*done, *(entry[3] for entry in waiting)], key=lambda found: found.left)


class Contours(ContourBounds):
    """The contours of some levels, at one contrast, eps and alpha, over log-odds of p_ref from a bottom to a
    top.

    Raises:
        NotEnoughPrecision: nothing is known of Omega somewhere.
    """

    def __init__(
        self, contrast: Contrast, eps: Fraction, alpha: Fraction, levels: Sequence[Fraction], up: Range
    ) -> None:
        self.contrast, self.eps, self.alpha = contrast, eps, alpha
        self.bottom, self.top = (int(end * GRAIN) for end in up)
        with make_engine("arb", BITS) as engine:
            bench = Workbench(engine, contrast)
            odds = [bench.log_odds(level) for level in levels]
            brackets = [
                (Fraction(floor(engine.lower(x) * NEAR), NEAR), Fraction(ceil(engine.upper(x) * NEAR), NEAR))
                for x in odds
            ]
            self.grid = _grid(up[0], brackets)
            profile = bench.profile(eps, (eps, eps))
            omega = [profile.at(x)[0] for x in self.grid]
            slopes = [profile.slope_over(a, b) for a, b in zip(self.grid, self.grid[1:], strict=False)]
            values = np.array([[float(engine.lower(v)), float(engine.upper(v))] for v in omega])
            swings = [float(engine.upper(b) - engine.lower(b)) for b in slopes]
        self._values = _about(values[:, 0], values[:, 1])
        self._swings = np.array(swings)
        place = {point: k for k, point in enumerate(self.grid)}
        self._at_most = np.array([place[low] for low, _ in brackets])
        self._at_least = np.array([place[high] for _, high in brackets])

    @cached_property
    def _points(self) -> Interval:
        return points(np.array([float(x) for x in self.grid]))  # short dyadic numbers

    @cached_property
    def _lowered(self) -> Interval:
        """Omega at each point, less what f may exceed its values there in the cells beside it, divided by
        c."""
        wide = np.array([float(b - a) for a, b in zip(self.grid, self.grid[1:], strict=False)])
        spare = (points(self._swings) * points(wide)).hi * (0.25 * (1 + 2.0**-10))
        beside = np.maximum(np.append(0.0, spare), np.append(spare, 0.0))
        return points(self._values.lo) - points(beside)

    def at(self, x: int) -> tuple[Counts, Counts]:
        """By the greatest value of f up to a level."""
        gain: Interval = ARRAYS.exp(points(np.array([-x / GRAIN])))
        gain = gain / ARRAYS.exact(self.alpha)
        reached = np.maximum.accumulate((self._points - gain * self._values).lo)[self._at_most]
        bound = np.maximum.accumulate((self._points - gain * self._lowered).hi)[self._at_least]
        # a level below the grid: every least fixed point is beyond it
        bound = np.where(self._at_least == 0, -np.inf, bound)
        return self.rounded(reached, bound)


class K3Contours(ContourBounds):
    """Those under KL(pi_ref || pi), of a contrast whose ``p q Omega`` is concave: p* is at most l exactly
    where p_ref is at most ``l - l (1-l) Omega(l)/beta`` (lemma 55 of ``checker/k3_contours.py``).

    Raises:
        MissingFact: it is not known to be concave.
    """

    def __init__(self, contrast: Contrast, eps: Fraction, levels: Sequence[Fraction], up: Range) -> None:
        contrast.require(Fact.CONCAVE)
        self.bottom, self.top = (int(end * GRAIN) for end in up)
        with make_engine("arb", BITS) as engine:
            bench = Workbench(engine, contrast)
            profile, swings = bench.profile(eps, (eps, eps)), []
            for level in levels:
                odds = bench.log_odds(level)
                omega = profile.omega_over(engine.lower(odds), engine.upper(odds))
                value = engine.mul(engine.exact(level * (1 - level)), omega)
                swings.append((float(engine.lower(value)), float(engine.upper(value))))
        ends, given = np.array(swings), np.array([[float(level), float(1 - level)] for level in levels])
        self._swings = _about(ends[:, 0], ends[:, 1])
        self._levels, self._left = (_about(given[:, k], given[:, k]) for k in (0, 1))

    def at(self, x: int) -> tuple[Counts, Counts]:
        """By its formula."""
        weight: Interval = ARRAYS.exp(points(np.array([-x / GRAIN])))
        drop: Interval = weight * self._swings
        reference: Interval = self._levels - drop
        with np.errstate(all="ignore"):
            lower, upper = (
                self._log_odds(end, drop)
                for end in (np.maximum(reference.lo, TINY), np.maximum(reference.hi, TINY))
            )
        known = reference.lo > TINY, reference.hi > 0
        return self.rounded(
            np.where(known[0], lower.lo, -np.inf), np.where(known[1], upper.hi, self.bottom / GRAIN - 1)
        )

    def _log_odds(self, reference: Array, drop: Interval) -> Interval:
        """Of a reference, and what is left beside it."""
        share: Interval = ARRAYS.log(points(reference))
        return share - ARRAYS.log(self._left + drop)


def _about(low: Array, high: Array) -> Interval:
    """Numbers that were rounded to the nearest double lie between."""
    return between(np.nextafter(low, -np.inf), np.nextafter(high, np.inf))


def open_share(columns: Sequence[Column], height: int) -> Fraction:
    """The share of the area in strips."""
    area = sum(column.open_area for column in columns)
    return Fraction(area, (columns[-1].right - columns[0].left) * height)


def _grid(bottom: Fraction, brackets: Sequence[Range]) -> list[Fraction]:
    """Multiples of STEP from the bottom to beyond the last level, and the ends of each level's bracket."""
    top = max(bottom + STEP, brackets[-1][1])
    first, last = floor(bottom / STEP), ceil(top / STEP)
    found = {k * STEP for k in range(first, last + 1)} | {end for bracket in brackets for end in bracket}
    return sorted(found | {min(bottom, *(low for low, _ in brackets))})
