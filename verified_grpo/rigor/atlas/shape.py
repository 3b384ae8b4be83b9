"""The contrast and its slope over arrays of intervals of log-odds, by their shape: as sharp as at points.

``Omega`` is even in L and does not fall in ``|L|``, so its range is two values. The slope ``b`` is odd and
``>= 0`` for L >= 0. For ``mean-var`` and ``mean-std`` it rises there to one peak and falls after it. For a
``group`` it is, in ``t = exp(-L) <= 1``, ``(G-1) sum_k C(G-2,k) (c_k - c_{k+1}) A_k B_k`` over 2k < G-2, with
``A_k = t^(k+1)/(1+t)^G``, which has one peak at ``t = (k+1)/(G-k-1)``, and ``B_k = 1 - t^(G-2-2k)``, which
rises in L; the drops ``c_k - c_{k+1}`` are >= 0 up to the middle (Bernstein form).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np

from ...model import MEAN, Contrast, formulas
from .arrays import ARRAYS, ONE, Array, Interval, between, largest, points, size, smallest


def _whole(number: int) -> Interval:
    return ARRAYS.exact(number)


class Shape:
    """``Omega`` and ``b`` of one contrast at one exact eps, over arrays."""

    def __init__(self, contrast: Contrast, eps: Fraction) -> None:
        self.contrast = contrast
        stabiliser = ARRAYS.exact(eps)
        self._profile = formulas.profile_program(contrast).bind(ARRAYS, eps=stabiliser)
        self.least = self.omega(ARRAYS.exact(0))
        """Encloses ``Omega`` at p = 1/2, its least value."""
        if contrast.name == "group":
            self._set_up_group(stabiliser)
        elif contrast != MEAN:
            self._peak, self._summit = formulas.peak_program(contrast).bind(ARRAYS, eps=stabiliser)()

    def omega(self, log_odds: Interval) -> Interval:
        """Encloses ``Omega`` at thin intervals of log-odds."""
        return self._at(log_odds)[0]

    def over(self, log_odds: Interval) -> tuple[Interval, Interval]:
        """Encloses ``Omega`` and ``b`` over intervals of log-odds."""
        low, high = log_odds.lo, log_odds.hi
        left, right = (self._at(points(end)) for end in (low, high))
        straddles = (low < 0) & (high > 0)
        least = np.where(straddles, self.least.lo, smallest(left[0].lo, right[0].lo))
        omega = between(least, largest(left[0].hi, right[0].hi))
        if self.contrast == MEAN:
            return omega, left[1]
        near = np.where(straddles, 0.0, smallest(np.abs(low), np.abs(high)))
        rising = self._steepness(near, np.maximum(high, near), right[1], left[1])
        falling = self._steepness(near, np.maximum(-low, near), left[1], right[1])
        bottom = np.where(low >= 0, rising[0], -falling[1])
        top = np.where(high <= 0, -falling[0], rising[1])
        return omega, between(bottom, top)

    @property
    def steepest(self) -> Interval | None:
        """Encloses the largest ``|b|`` on the whole line; None for groups, where no closed form is known."""
        if self.contrast.name == "group":
            return None
        return ARRAYS.exact(0) if self.contrast == MEAN else self._summit

    def _at(self, log_odds: Interval) -> tuple[Interval, Interval]:
        """``Omega`` and ``|b|`` at thin intervals."""
        omega, slope = self._profile(ARRAYS.exp(-size(log_odds)))
        return omega, slope

    def _steepness(self, near: Array, far: Array, at_far: Interval, at_near: Interval) -> tuple[Array, Array]:
        """Bounds of ``|b|`` for ``|L|`` between near and far."""
        if self.contrast.name == "group":
            return self._group_steepness(near, far)
        inner = np.where(near == 0, 0.0, at_near.lo)
        outer = np.where(near == 0, 0.0, at_near.hi)
        at_peak = (near <= self._peak.hi) & (far >= self._peak.lo)
        top = np.where(at_peak, self._summit.hi, largest(outer, at_far.hi))
        return smallest(inner, at_far.lo), top

    def _set_up_group(self, stabiliser: Interval) -> None:
        count = self.contrast.group_size
        heights = formulas.coefficients_program(self.contrast).bind(ARRAYS, eps=stabiliser)()
        self._drops = []
        for k in range((count - 1) // 2):
            drop = _whole((count - 1) * comb(count - 2, k)) * (heights[k] - heights[k + 1])
            self._drops.append(between(max(float(drop.lo), 0.0), float(drop.hi)))

    def _group_steepness(self, near: Array, far: Array) -> tuple[Array, Array]:
        count = self.contrast.group_size
        power: Callable[[Any, int], Any] = ARRAYS.power
        inner, outer = (ARRAYS.exp(points(-end)) for end in (near, far))  # t falls in L
        shares = [ONE / (ONE + t) for t in (inner, outer)]
        lower: Interval = ARRAYS.exact(0)
        upper: Interval = ARRAYS.exact(0)
        for k, drop in enumerate(self._drops):
            height = count - k - 1
            ends = [
                power(s, height) * power(t * s, k + 1) for s, t in zip(shares, (inner, outer), strict=True)
            ]
            summit: Interval = ARRAYS.exact(Fraction(k + 1, height))
            top = power(summit, k + 1) / power(ONE + summit, count)
            inside = (outer.lo <= summit.hi) & (inner.hi >= summit.lo)
            highest = np.where(inside, top.hi, largest(ends[0].hi, ends[1].hi))
            rest = count - 2 - 2 * k
            lower = lower + drop * between(*[smallest(ends[0].lo, ends[1].lo)] * 2) * (
                ONE - power(inner, rest)
            )
            upper = upper + drop * between(highest, highest) * (ONE - power(outer, rest))
        return np.maximum(lower.lo, 0.0), upper.hi
