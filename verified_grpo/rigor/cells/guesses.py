"""Where orbits of the middles of cells seem to settle, in arrays of floats: which rule to try, after how many
steps. Nothing here is trusted; a bad guess leaves a cell undecided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...intervals.array_bounds import Array, Counts, Flags
from ...intervals.steady_arrays import approx_exp
from ...model import Fact, formulas
from .patches import Law, Patches

STEPS = 240
"""Steps within which an orbit should be in its trap."""
SETTLING = (0, 160, 1_600)
"""Further steps after which a cycle should show."""
PERIOD_LIMIT = 64
NEARNESS = (0.4, 0.1, 0.025)
"""Distances from the cycle at which a trap is tried, besides one as near as the orbits spread."""
LEEWAY = 0.3
BEYOND = 1.2
"""How much farther than the cycle a trap reaches, as a multiple of its distance."""


@dataclass(frozen=True)
class Guess:
    """For each cell: the period (0 where none shows), the cycle's multiplier, the steps at which a trap may
    be tried (rows of NEARNESS; -1: none) with its reach below and above the orbit, the first step from which
    the orbit should climb (-1: none), and whether to cut log beta rather than log-odds."""

    period: Counts
    multiplier: Array
    steps: Counts
    below: Array
    above: Array
    climb: Counts
    across: Flags


def guess(law: Law, cells: Patches) -> Guess:
    """Guesses for all cells at once."""
    with np.errstate(all="ignore"):
        return _Orbits(law, cells).guess()


class _Orbits:
    def __init__(self, law: Law, cells: Patches) -> None:
        self.eps, self.log_odds = float(law.eps), (cells.y0 + cells.y1) / 2
        self.height = (cells.y1 - cells.y0) / 2
        self.alpha, self.weight = _terms(law, (cells.x0 + cells.x1) / 2)
        stretch = approx_exp((cells.x1 - cells.x0) / 2)
        self.width, self.swing = self.weight * (stretch - 1 / stretch) / 2, np.zeros_like(self.weight)
        if law.update is not None:
            (least, most), (low, high) = (_terms(law, side) for side in (cells.x0, cells.x1))
            self.width, self.swing = (most - high) / 2, (low - least) / 2
        self._profile = formulas.approx_profile_over_arrays(law.contrast)
        self._is_even = law.contrast.knows(Fact.EVEN_RISING)

    def step(self, x: Array) -> tuple[Array, Array, Array]:
        """``T(x)``, ``T'(x)`` and ``Omega(x)``."""
        omega, slope = self._profile(approx_exp(-np.abs(x) if self._is_even else -x), self.eps)
        if self._is_even:
            slope = slope * np.sign(x)
        pulled = (1 - self.alpha) * x + self.alpha * self.log_odds
        return pulled + self.weight * omega, 1 - self.alpha + self.weight * slope, omega

    def guess(self) -> Guess:
        orbit, spreads, across = self._run()
        period, multiplier = self._settle(orbit[-1])
        entries = self._entries(orbit, spreads, period, multiplier)
        return Guess(period, multiplier, *entries, self._climb(orbit, spreads), across)

    def _run(self) -> tuple[Array, Array, Flags]:
        """The orbit, how far the cell's orbits spread around it, and in which direction most."""
        x, up, along = self.log_odds, self.height.copy(), np.zeros_like(self.height)
        orbit, spreads = [x], [up]
        most_up, most_along = up, along
        for _ in range(STEPS):
            x, slope, omega = self.step(x)
            swung = omega * self.width + (orbit[-1] - self.log_odds) * self.swing
            up, along = slope * up + self.alpha * self.height, slope * along + swung
            orbit.append(x)
            spreads.append(np.abs(up) + np.abs(along))
            if len(orbit) < 24:
                most_up, most_along = most_up + np.abs(up), most_along + np.abs(along)
        return np.array(orbit), np.array(spreads), most_along > most_up

    def _settle(self, x: Array) -> tuple[Counts, Array]:
        """Periods and multipliers of the cycles near which orbits end."""
        period, multiplier = np.zeros(len(x), np.int64), np.ones(len(x))
        left = np.arange(len(x))
        for steps in SETTLING:
            part, here = self._part(left), x[left]
            for _ in range(steps):
                here = part.step(here)[0]
            period[left], multiplier[left] = part.period(here)
            left = left[period[left] == 0]
            if not len(left):
                break
        return period, multiplier

    def period(self, x: Array) -> tuple[Counts, Array]:
        """The period with which each orbit comes back, 0 where it does not; and the product of slopes."""
        found, product = np.zeros(len(x), np.int64), np.ones(len(x))
        left, part, start, slopes = np.arange(len(x)), self, x, np.ones(len(x))
        for n in range(1, PERIOD_LIMIT + 1):
            x, slope, _ = part.step(x)
            slopes = slopes * slope
            closes = np.abs(x - start) <= 1e-6 * (1 + np.abs(start))
            found[left[closes]], product[left[closes]] = n, slopes[closes]
            left, x, start, slopes = left[~closes], x[~closes], start[~closes], slopes[~closes]
            if not len(left):
                break
            part = self._part(left)
        return found, product

    def _part(self, chosen: Counts) -> _Orbits:
        part = object.__new__(_Orbits)
        part.eps, part._profile, part._is_even = self.eps, self._profile, self._is_even
        for name in ("alpha", "weight", "log_odds", "height", "width", "swing"):
            setattr(part, name, getattr(self, name)[chosen])
        return part

    def _entries(
        self, orbit: Array, spreads: Array, period: Counts, multiplier: Array
    ) -> tuple[Counts, Array, Array]:
        """The first steps at which the orbit is so near to its cycle, and how far a trap around both reaches
        below and above the orbit, in units of the least reach."""
        steps = np.full((len(NEARNESS) + 1, len(period)), -1)
        below, above = np.ones(steps.shape), np.ones(steps.shape)
        for n in np.unique(period[period > 0]):
            chosen = np.flatnonzero((period == n) & (np.abs(multiplier) < 1))
            path, spread = orbit[:, chosen], np.maximum(spreads[:-n, chosen], 1e-12)
            distance = (path[n:] - path[:-n]) / (1 - multiplier[chosen])
            columns = np.arange(len(chosen))
            for row, near in enumerate((*NEARNESS, LEEWAY * spread)):
                close = (np.abs(distance) <= near) & (spread < 2)
                first = close.argmax(axis=0)
                steps[row, chosen] = np.where(close.any(axis=0), first, -1)
                away, unit = BEYOND * distance[first, columns], 1.5 * spread[first, columns]
                below[row, chosen] = np.maximum(1, 1 - away / unit)
                above[row, chosen] = np.maximum(1, 1 + away / unit)
        return steps, below, above

    def _climb(self, orbit: Array, spreads: Array) -> Counts:
        """The first step from which the orbit rises in L >= 0 with room to spare."""
        rises = orbit[1:] > orbit[:-1]
        clear = (orbit[:-1] - spreads[:-1] > 0) & (spreads[:-1] < 20)
        near = rises & clear
        found: Counts = np.where(near.any(axis=0), near.argmax(axis=0), -1)
        return found


def _terms(law: Law, x: Array) -> tuple[Array, Array]:
    """Alpha (of steps A) and w at places of log beta."""
    if law.update is None:
        return np.full(len(x), float(law.alpha)), approx_exp(-x)
    beta, size = approx_exp(x), float(law.update.step_size[0])
    weight = np.zeros_like(beta)
    for _ in range(law.update.inner_steps):
        weight = size + (1 - size * beta) * weight
    return float(law.alpha) * beta * weight, weight
