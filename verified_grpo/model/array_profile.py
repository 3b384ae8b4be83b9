"""The contrast and its slope over arrays of intervals of log-odds, by their shape: as sharp as at points.

``Omega`` is even in L and does not fall in ``|L|``, so its range is two values. The slope ``b`` is odd and
``>= 0`` for L >= 0. For ``mean-var`` and ``mean-std`` it rises there to one peak and falls after it. For a
``group`` it is, in ``t = exp(-L) <= 1``, ``(G-1) sum_k C(G-2,k) (c_k - c_{k+1}) A_k B_k`` over 2k < G-2, with
``A_k = t^(k+1)/(1+t)^G``, which has one peak at ``t = (k+1)/(G-k-1)``, and ``B_k = 1 - t^(G-2-2k)``, which
rises in L; the drops ``c_k - c_{k+1}`` are >= 0 up to the middle (Bernstein form). In L, ``(A_k B_k)' =
A_k (G q - k - 1 + (G p - k - 1) t^(G-2-2k))`` with ``p = 1/(1+t)`` and ``q = 1-p``: so the range of b is also
cut by what its values at the ends of an interval and its derivative in between allow.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np

from ..intervals.array_bounds import (
    ARRAYS,
    ONE,
    Array,
    Interval,
    between,
    largest,
    points,
    rows,
    size,
    smallest,
)
from . import formulas
from .contrasts import PEAKED, Contrast, Fact


def _whole(number: int) -> Interval:
    return ARRAYS.exact(number)


class Shape:
    """``Omega`` and ``b`` of one contrast at one exact eps, over arrays.

    Raises:
        MissingFact: the contrast is not known to be bounded, even and rising, or neither to have a slope of
            one peak nor to be a Bernstein polynomial nor constant.
    """

    @staticmethod
    def covers(contrast: Contrast) -> bool:
        """Whether there is a shape to go by."""
        known = contrast.knows(*PEAKED) or contrast.knows(Fact.BERNSTEIN) or contrast.knows(Fact.CONSTANT)
        return known and contrast.knows(Fact.EVEN_RISING, Fact.BOUNDED)

    def __init__(self, contrast: Contrast, eps: Fraction) -> None:
        contrast.require(Fact.EVEN_RISING, Fact.BOUNDED)
        self.contrast, self._is_bernstein = contrast, contrast.knows(Fact.BERNSTEIN)
        self._is_constant = contrast.knows(Fact.CONSTANT)
        stabiliser = ARRAYS.exact(eps)
        self._profile = formulas.profile_program(contrast).bind(ARRAYS, eps=stabiliser)
        self._drops: list[Interval] = []
        self._summits: list[tuple[float, float]] = []  # of t^(k+1)/(1+t)^G: its place, and a bound above it
        if self._is_bernstein:
            self._set_up_group(stabiliser)
        elif not self._is_constant:
            self._peak, self._summit = formulas.peak_program(contrast).bind(ARRAYS, eps=stabiliser)()
        self.least = rows(self.omega(points(np.zeros(1))), 0)
        """Encloses ``Omega`` at p = 1/2, its least value."""

    @property
    def steepest(self) -> Interval | None:
        """Encloses the largest ``|b|`` on the whole line; None where no closed form is known."""
        if not self.contrast.knows(Fact.STEEPEST):
            return None
        return ARRAYS.exact(0) if self._is_constant else self._summit

    def omega(self, log_odds: Interval) -> Interval:
        """Encloses ``Omega`` at thin intervals of log-odds."""
        return self._at(log_odds)[0]

    def over(self, log_odds: Interval) -> tuple[Interval, Interval]:
        """Encloses ``Omega`` and ``b`` over intervals of log-odds."""
        return self.at_and_over(log_odds, log_odds)[1:]

    def at_and_over(self, point: Interval, log_odds: Interval) -> tuple[Interval, Interval, Interval]:
        """``Omega`` at thin intervals, and ``Omega`` and ``b`` over intervals: all in one evaluation.

        Formulas see single doubles only: along an orbit the width of a thin interval would be multiplied in
        every step by what they lose, which is far more than ``|T'|``.
        """
        low, high, count = log_odds.lo, log_odds.hi, len(log_odds.lo)
        values, slopes = self._at(points(np.concatenate([point.lo, point.hi, low, high])))
        parts = [rows(values, slice(k * count, (k + 1) * count)) for k in range(4)]
        here = self._between(point, *parts[:2])
        omega = self._between(log_odds, *parts[2:])
        if self._is_constant and not self._is_bernstein:
            return here, omega, between(np.zeros(count), np.zeros(count))
        straddles = (low < 0) & (high > 0)
        near = np.where(straddles, 0.0, smallest(np.abs(low), np.abs(high)))
        far = np.concatenate([largest(high, near), largest(-low, near)])
        at_left, at_right = (rows(slopes, slice(k * count, (k + 1) * count)) for k in (2, 3))
        bottom, top = self._steepness(np.tile(near, 2), far, at_left, at_right)
        rising, falling = slice(0, count), slice(count, 2 * count)
        least_b = np.where(low >= 0, bottom[rising], -top[falling])
        largest_b = np.where(high <= 0, -bottom[falling], top[rising])
        return here, omega, between(least_b, largest_b)

    def _between(self, log_odds: Interval, at_low: Interval, at_high: Interval) -> Interval:
        """The range of ``Omega`` on an interval from its values at the ends."""
        straddles = (log_odds.lo < 0) & (log_odds.hi > 0)
        least = np.where(straddles, self.least.lo, smallest(at_low.lo, at_high.lo))
        return between(least, largest(at_low.hi, at_high.hi))

    def _at(self, log_odds: Interval) -> tuple[Interval, Interval]:
        """``Omega``, and except for groups ``|b|``, at thin intervals."""
        odds = ARRAYS.exp(-size(log_odds))
        if self._is_bernstein:
            return self._group_omega(odds), odds
        omega, slope = self._profile(odds)
        flat = np.zeros(odds.lo.shape)  # the mean's are constants
        return between(omega.lo + flat, omega.hi + flat), between(slope.lo + flat, slope.hi + flat)

    def _steepness(
        self, near: Array, far: Array, at_left: Interval, at_right: Interval
    ) -> tuple[Array, Array]:
        """Bounds of ``|b|`` for ``|L|`` from near to far: for the part above 0, then for that below."""
        if self._is_bernstein:
            return self._group_steepness(near, far)
        ends = [np.concatenate([at_right.lo, at_left.lo]), np.concatenate([at_right.hi, at_left.hi])]
        other = [np.concatenate([at_left.lo, at_right.lo]), np.concatenate([at_left.hi, at_right.hi])]
        inner, outer = (np.where(near == 0, 0.0, end) for end in other)
        at_peak = (near <= self._peak.hi) & (far >= self._peak.lo)
        return smallest(inner, ends[0]), np.where(at_peak, self._summit.hi, largest(outer, ends[1]))

    def _set_up_group(self, stabiliser: Interval) -> None:
        count = self._count = self.contrast.definition.degree(self.contrast) + 1
        half = formulas.coefficients_program(self.contrast).bind(ARRAYS, eps=stabiliser)()
        heights = [half[min(k, count - 1 - k)] for k in range(count)]  # c_k = c_{G-1-k}
        self._heights = [_whole(comb(count - 1, k)) * heights[k] for k in range(count)]
        for k in range((count - 1) // 2):
            drop = _whole((count - 1) * comb(count - 2, k)) * (heights[k] - heights[k + 1])
            self._drops.append(between(max(float(drop.lo), 0.0), float(drop.hi)))
            highest = Fraction(k + 1, count) ** (k + 1) * Fraction(count - k - 1, count) ** (count - k - 1)
            self._summits.append((float(Fraction(k + 1, count - k - 1)), float(ARRAYS.exact(highest).hi)))

    def _group_omega(self, odds: Interval) -> Interval:
        """``sum_k C(G-1,k) c_k t^k/(1+t)^(G-1)``, by Horner's rule."""
        total = between(np.zeros(odds.lo.shape), np.zeros(odds.lo.shape))
        for height in self._heights:
            total = total * odds + height
        return total * _powers(ONE / (ONE + odds), len(self._heights))[-1]

    def _group_steepness(self, near: Array, far: Array) -> tuple[Array, Array]:
        count, width = self._count, len(near)
        odds = ARRAYS.exp(points(-np.concatenate([near, far])))  # t falls in L
        share = ONE / (ONE + odds)
        up, down, powers = _powers(share, count), _powers(odds * share, count), _powers(odds, count)
        failures = _whole(count) * _spanned(down[1], width)
        successes = _whole(count) * between(up[1].lo[:width], up[1].hi[width:])
        over, ends, change = (between(np.zeros(n), np.zeros(n)) for n in (width, 2 * width, width))
        for k, drop in enumerate(self._drops):
            height, left = count - k - 1, count - 2 - 2 * k
            weights, (summit, at_summit) = up[height] * down[k + 1], self._summits[k]
            inside = (odds.lo[width:] <= summit * OUTWARD) & (odds.hi[:width] >= summit / OUTWARD)
            highest = np.where(inside, at_summit, largest(weights.hi[:width], weights.hi[width:]))
            weight = drop * between(smallest(weights.lo[:width], weights.lo[width:]), highest)
            rest, power = ONE - powers[left], _spanned(powers[left], width)
            over = over + weight * between(rest.lo[:width], rest.hi[width:])
            ends = ends + drop * weights * rest
            turn = failures - _whole(k + 1) + (successes - _whole(k + 1)) * power
            change = change + weight * turn
        swing = change * between(np.zeros(width), (points(far) - points(near)).hi)
        first, last = rows(ends, slice(0, width)) + swing, rows(ends, slice(width, None)) - swing
        lower = largest(largest(over.lo, 0.0), largest(first.lo, last.lo))
        return lower, smallest(over.hi, smallest(first.hi, last.hi))


OUTWARD = 1 + 2.0**-50


def _spanned(values: Interval, width: int) -> Interval:
    """From the far ends (second half), where a function of t is least, to the near ends (first half)."""
    return between(values.lo[width:], values.hi[:width])


def _powers(value: Interval, count: int) -> list[Interval]:
    """1, x, x^2, ..., x^(count-1) of positive intervals."""
    found = [ONE]
    for _ in range(count - 1):
        found.append(found[-1] * value)
    return found
