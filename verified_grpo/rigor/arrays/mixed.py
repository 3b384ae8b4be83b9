"""Rows that share a contrast and nothing else: each has its own ``alpha beta``, eps and ``p_ref``.

The contrast's slope b has one peak on L > 0 and none below 0, so the gap ``g(L) = L - L_ref - Omega/(alpha
beta)``, whose slope is ``1 - b/(alpha beta)``, rises on the whole line where ``alpha beta`` exceeds the peak;
where it lies below, g rises, falls and rises again, and turns where b passes ``alpha beta``. Floats say about
where; signs of b beside those places prove it, and the signs of g there count the zeros.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...intervals.array_bounds import ARRAYS, ONE, Array, Flags, Interval, between, points, rows
from ...intervals.environment import in_sound_floats
from ...intervals.steady_arrays import approx_exp
from ...model import Contrast, Fact, formulas
from ...model.contrasts import PEAKED
from ..no_truth_value import NoTruthValue
from .zeros import NEWTON_STEPS, WIDENINGS

NEEDED = (*PEAKED, Fact.BOUNDED)
CHUNK = 1 << 14
"""Rows solved together."""
SECANTS, NEWTONS = 40, 60
CLOSE = 1e-7
"""Half the width of a zone around a turn of g, relatively."""


@dataclass(frozen=True)
class MixedColumns(NoTruthValue, read="known"):
    """Of each row, doubles rounded outward.

    Attributes:
        known: where the rest of the row claims anything.
        count: the number of fixed points on the whole line.
        low, high: bracket of the least one in log-odds, to which any small steps from ``p_ref`` rise.
        largest_step: at most ``1/(alpha beta + s)``, s the steepest fall of Omega between ``L_ref`` and the
            least fixed point: the row holds for any steps up to it.
    """

    known: Flags
    count: NDArray[np.int64]
    low: Array
    high: Array
    largest_step: Array


@in_sound_floats
def solve_mixed(contrast: Contrast, pull: Interval, eps: Interval, log_odds_ref: Interval) -> MixedColumns:
    """The count of fixed points, the least one, and the steps that lead to it.

    Args:
        contrast: one of a slope of one peak.
        pull, eps, log_odds_ref: enclosures of ``alpha beta`` > 0, eps > 0 and ``log(p_ref/(1 - p_ref))``, one
            row each.

    Returns:
        Columns as long as the rows; a row near a fold, or beyond doubles, is not ``known``.

    Raises:
        MissingFact: the contrast is not known to be bounded, even, falling in eps and of one peak.

    Not proved: where the exact iteration goes; that larger steps do anything else. Source: S1, S2; lemma 36
    of the checker.
    """
    contrast.require(*NEEDED)
    parts = []
    with np.errstate(all="ignore"):  # where a guess overflows, nothing is proved
        for first in range(0, max(len(pull.lo), 1), CHUNK):
            chosen = slice(first, first + CHUNK)
            parts.append(_solved(_Rows(contrast, *(rows(x, chosen) for x in (pull, eps, log_odds_ref)))))
    return MixedColumns(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


class _Rows:
    """The contrast of some rows, its peak, and the gap: enclosures at doubles, and guesses in floats."""

    def __init__(self, contrast: Contrast, pull: Interval, eps: Interval, log_odds_ref: Interval) -> None:
        self.contrast, self.pull, self.eps, self.log_odds_ref = contrast, pull, eps, log_odds_ref
        self.weight = ONE / pull
        self.peak, self.summit = formulas.peak_program(contrast).bind(ARRAYS, eps=eps)()
        self.highest = formulas.limit_program(contrast).bind(ARRAYS, eps=eps)()[0].hi + 0 * pull.hi
        self._omega = formulas.omega_program(contrast).bind(ARRAYS, eps=eps)
        self._approx = formulas.approx_profile_over_arrays(contrast)
        self.level, self.approx_weight = _middle(log_odds_ref), _middle(self.weight)

    def take(self, chosen: Any) -> _Rows:
        """Some of them."""
        parts = (rows(x, chosen) for x in (self.pull, self.eps, self.log_odds_ref))
        return _Rows(self.contrast, *parts)

    def gap(self, x: Array) -> Interval:
        """Encloses g."""
        omega = self._omega(ARRAYS.exp(points(-np.abs(x))))[0]
        return points(x) - self.log_odds_ref - self.weight * omega

    def steepness(self, x: Array) -> Interval:
        """Encloses ``|b|``."""
        profile = formulas.profile_program(self.contrast).bind(ARRAYS, eps=self.eps)
        return profile(ARRAYS.exp(points(-np.abs(x))))[1]

    def guess(self, x: Array, chosen: Any = slice(None)) -> tuple[Array, Array]:
        """``Omega`` and b of some rows in floats."""
        omega, slope = self._approx(approx_exp(-np.abs(x)), self.eps.lo[chosen])
        return omega, np.copysign(1.0, x) * slope


def _middle(value: Interval) -> Array:
    return np.asarray(value.lo + (value.hi - value.lo) / 2)


def _solved(given: _Rows) -> tuple[Array, ...]:
    """The columns of some rows."""
    size = len(given.pull.lo)
    rises = given.pull.lo > given.summit.hi  # on the whole line
    start, end = np.full(size, -np.inf), np.full(size, np.inf)
    known, count = rises.copy(), np.ones(size, dtype=np.int64)
    turning = np.flatnonzero(given.pull.hi < given.summit.lo)
    if len(turning):
        turns = _turns(given.take(turning))
        known[turning], count[turning] = turns.known, np.where(turns.before & turns.after, 3, 1)
        end[turning] = np.where(turns.before, turns.first, np.inf)
        start[turning] = np.where(turns.before, -np.inf, turns.last)
    low, high, proved = _bracket(given, start, end)
    known &= proved
    columns = (np.where(known, x, np.nan) for x in (low, high, _step(given, high)))
    return known, np.where(known, count, -1), *columns


@dataclass(frozen=True)
class _Turns:
    """g rises up to ``first`` and from ``last`` on; ``before``: it is positive at its first turn, so that it
    has a zero before; ``after``: negative at the second, so that it has one after."""

    first: Array
    last: Array
    before: Flags
    after: Flags
    known: Flags


def _turns(given: _Rows) -> _Turns:
    """Of rows whose slope passes ``alpha beta`` twice."""
    peak, level = _middle(given.peak), _middle(given.pull)
    far = peak + 5 + 3 * np.log(given.summit.hi / level)
    first = _crossing(given, np.zeros_like(peak), peak, level)
    last = _crossing(given, far, peak, level)
    reach = CLOSE * (1 + np.abs(first)), CLOSE * (1 + np.abs(last))
    a, b, c, d = first - reach[0], first + reach[0], last - reach[1], last + reach[1]
    known = (a >= 0) & (b <= given.peak.lo) & (c >= given.peak.hi)
    known &= (given.steepness(a).hi < given.pull.lo) & (given.steepness(b).lo > given.pull.hi)
    known &= (given.steepness(c).lo > given.pull.hi) & (given.steepness(d).hi < given.pull.lo)
    at_a, at_b, at_c, at_d = (given.gap(x) for x in (a, b, c, d))
    # Between a and b g rises and falls, by less than L does; between c and d it falls and rises.
    top, bottom = (at_a + (points(b) - points(a))).hi, (at_d - (points(d) - points(c))).lo
    before, after = np.minimum(at_a.lo, at_b.lo) > 0, np.maximum(at_c.hi, at_d.hi) < 0
    known &= (before | (top < 0)) & (after | (bottom > 0))
    return _Turns(a, d, before, after, known)


def _crossing(given: _Rows, below: Array, above: Array, level: Array) -> Array:
    """About where b passes the level, between a place where it lies below and one where it lies above: by
    the Illinois method."""

    def over(x: Array) -> Array:
        slope = given.guess(x)[1]
        return (slope - level) / (slope + level)

    low, high = over(below), over(above)
    x = (below + above) / 2
    for _ in range(SECANTS):
        value = over(x)
        under = value < 0
        # The end that stays counts half, so that it moves in the end.
        low, high = np.where(under, value, low / 2), np.where(under, high / 2, value)
        below, above = np.where(under, x, below), np.where(under, above, x)
        moved = below - low * (above - below) / (high - low)
        moved = np.where(np.isfinite(moved), moved, x)
        near, x = np.abs(moved - x) <= CLOSE / 16 * (1 + np.abs(x)), moved
        if near.all():
            break
    return x


def _bracket(given: _Rows, start: Array, end: Array) -> tuple[Array, Array, Flags]:
    """The only zero of g between two places where it rises, and whether that is proved."""
    x = _zero(given, start, end)
    omega, slope = given.guess(x)
    size = np.abs(x) + given.approx_weight * omega + np.abs(given.level)
    width = given.log_odds_ref.hi - given.log_odds_ref.lo + (given.weight.hi - given.weight.lo) * omega
    fall = np.abs(1 - given.approx_weight * slope)
    reach = (2.0**-50 * size + width) / np.maximum(fall, 1e-9)
    low, left = _end(given, lambda r: np.maximum(x - r, start), start, reach, lambda g: g.hi < 0)
    high, right = _end(given, lambda r: np.minimum(x + r, end), end, reach, lambda g: g.lo > 0)
    return low, high, left & right


def _end(
    given: _Rows,
    place: Callable[[Array], Array],
    limit: Array,
    reach: Array,
    beyond: Callable[[Interval], Flags],
) -> tuple[Array, Flags]:
    """Places beyond which the zero does not lie, by the sign of g there, or because g's part ends there."""
    found, done = place(reach), np.zeros(len(reach), dtype=np.bool_)
    for widening in WIDENINGS:
        y = np.where(done, found, place(widening * reach))
        found, done = y, done | (y == limit) | beyond(given.gap(y))
        if done.all():
            break
    return found, done & np.isfinite(found)


def _zero(given: _Rows, start: Array, end: Array) -> Array:
    """About where g is 0, by Newton's method inside a bracket that shrinks."""
    low = np.maximum(start, given.level)
    high = np.minimum(end, given.level + given.approx_weight * given.highest)
    x = np.where(np.isfinite(start), high, (low + high) / 2)
    open_rows = np.arange(len(x))
    for turn in range(NEWTONS):
        here, weight = x[open_rows], given.approx_weight[open_rows]
        omega, slope = given.guess(here, open_rows)
        value = here - given.level[open_rows] - weight * omega
        low[open_rows] = np.where(value < 0, here, low[open_rows])
        high[open_rows] = np.where(value < 0, high[open_rows], here)
        moved = here - value / (1 - weight * slope)
        inside = (moved >= low[open_rows]) & (moved <= high[open_rows])
        moved = np.where(inside, moved, (low[open_rows] + high[open_rows]) / 2)
        x[open_rows] = moved
        open_rows = open_rows[np.abs(moved - here) > 1e-15 * np.abs(moved)]
        if turn >= NEWTON_STEPS and not len(open_rows):
            break
    return np.asarray(x)


def _step(given: _Rows, high: Array) -> Array:
    """A lower bound of ``1/(alpha beta + s)``; ``Omega`` falls below L = 0 only, most steeply at an end or at
    the peak."""
    steepest, start = np.zeros(len(high)), given.log_odds_ref.lo
    falling = np.flatnonzero(start < 0)
    if len(falling):
        part = given.take(falling)
        far, near = -start[falling], np.maximum(-high[falling], 0.0)
        ends = np.maximum(part.steepness(far).hi, part.steepness(near).hi)
        at_peak = (near <= part.peak.hi) & (far >= part.peak.lo)
        steepest[falling] = np.where(at_peak, part.summit.hi, ends)
    stiffness = given.pull + between(steepest, steepest)
    return np.asarray((ONE / stiffness).lo)
