"""The curve ``F(L) = L - Omega(L)/(alpha beta)`` that all prompts of a table share, and the thresholds that
decide their sequences: proved once, by Arb, with ends that are doubles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from ...errors import InputError, NotEnoughPrecision
from ...intervals import ArbEngine, ArrayEngine, Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.steady_arrays import approx_exp
from ...model import Contrast, Fact, Point, Profile, formulas
from ...model.array_profile import Shape
from .segments import Segment, segments

BITS = 160
GRID = 1024
"""Places of F remembered on each piece, for guesses."""
FARTHEST = 1e300
"""At this log-odds the odds ``exp(-|L|)`` are enclosed by an interval that holds 0: all larger ones too."""


@dataclass(frozen=True)
class Dynamics:
    """What all prompts of a table have in common: a contrast and exact alpha in (0, 1], beta, eps > 0.

    Raises:
        InputError: a number outside its domain.
    """

    contrast: Contrast
    alpha: Fraction
    beta: Fraction
    eps: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.alpha <= 1:
            raise InputError("alpha must lie in (0, 1] for a table: at 0 there is no fixed point")
        Point(self.alpha, self.beta, self.eps, Fraction(1, 2)).box  # noqa: B018  # the domains are tested there


@dataclass(frozen=True)
class Piece:
    """A closed part of the line on which F strictly rises (or falls); infinite ends belong to the first and
    the last. ``grid`` and ``values`` are F in floats, ascending in ``values``: guesses only.
    """

    low: float
    high: float
    rising: bool
    grid: FloatArray = field(repr=False)
    values: FloatArray = field(repr=False)


@dataclass(frozen=True)
class Fold:
    """A zone between two pieces; every value of F on it lies in [low, high]."""

    low: float
    high: float


class Curve:
    """F and T over arrays, the monotone pieces of F, and where ``T`` rises and contracts.

    Attributes:
        pull: ``alpha beta``.
        pieces: ascending, one more than ``folds``; between two of them lies a zone, its fold's. F comes from
            -inf and goes to inf.
        rises_from: ``T' >= 0`` is proved on [rises_from, infinity); -inf when on the whole line.
        invariant_from: from this ``L_ref`` on, T maps [rises_from, infinity) into itself.
        contracting: closed parts of the line on which ``|T'| < 1`` is proved; ends may be infinite.

    Raises:
        NotEnoughPrecision: log-odds beyond 2^40, or a slope that hugs a threshold.
        MissingFact: what :class:`Shape` needs is not known of the contrast.
    """

    def __init__(self, dynamics: Dynamics) -> None:
        self.dynamics = dynamics
        self.engine = engine = ArrayEngine()
        contrast, alpha, beta = dynamics.contrast, dynamics.alpha, dynamics.beta
        self.approx_weight = _approx(1 / (alpha * beta))
        self.approx_eps = _approx(dynamics.eps)
        self._shape = Shape(contrast, dynamics.eps)
        self._approx_profile = formulas.approx_profile_over_arrays(contrast)
        self.pull = alpha * beta
        self.weight = engine.exact(1 / self.pull)
        self.share, self.alpha, self.beta = engine.exact(1 - alpha), engine.exact(alpha), engine.exact(beta)
        with ArbEngine(BITS) as arb:
            profile: Profile[Any] = Profile(arb, contrast, dynamics.eps)
            self.approx_omega_max = float(arb.upper(profile.omega_max))
            rising = segments(profile, dynamics.eps, alpha * beta)
            if rising[0].low > 0 or not rising[0].below:
                raise NotEnoughPrecision("the slope is not proved to be small next to L = 0")
            self.folds = tuple(
                _fold(profile, 1 / (alpha * beta), left, right) for left, right in pairwise(rising)
            )
            self.rises_from = rises_from(profile, alpha, beta, dynamics.eps)
            falling = segments(profile, dynamics.eps, (2 - alpha) * beta)
        self.pieces = tuple(self._piece(k, segment) for k, segment in enumerate(rising))
        self.invariant_from = self._invariant_from()
        self.contracting = _contracting(rising, falling)

    # --- enclosures over arrays

    def omega(self, x: FloatArray) -> Intervals:
        """Encloses ``Omega`` at doubles, infinite ones included."""
        omega: Intervals = self._shape.omega(self.engine.points(np.clip(x, -FARTHEST, FARTHEST)))
        return omega

    def at(self, x: FloatArray) -> Intervals:
        """Encloses ``F`` at doubles."""
        engine = self.engine
        return engine.sub(engine.points(x), engine.mul(self.weight, self.omega(x)))

    def step(self, x: FloatArray, log_odds_ref: Intervals) -> Intervals:
        """Encloses ``T(x) = x + alpha (L_ref - x) + Omega/beta`` at doubles."""
        engine = self.engine
        point = engine.points(x)
        pulled = engine.add(point, engine.mul(self.alpha, engine.sub(log_odds_ref, point)))
        return engine.add(pulled, engine.div(self.omega(x), self.beta))

    def multiplier(self, low: FloatArray, high: FloatArray) -> Intervals:
        """Encloses ``T' = (1 - alpha) + b/beta`` on the cells [low, high]."""
        return self.engine.add(self.share, self.engine.div(self.slope(low, high), self.beta))

    def slope(self, low: FloatArray, high: FloatArray) -> Intervals:
        """Encloses ``b = dOmega/dL`` on the cells [low, high]."""
        cells = self.engine.between(*(np.clip(end, -FARTHEST, FARTHEST) for end in (low, high)))
        slope: Intervals = self._shape.over(cells)[1]
        return slope

    def steepness(self, low: FloatArray, high: FloatArray) -> Intervals:
        """``[0, s]`` with ``|T'| <= s`` on the cells [low, high]."""
        multiplier = self.multiplier(low, high)
        bound = np.maximum(multiplier.hi, -multiplier.lo)
        return self.engine.between(np.zeros_like(low), bound)

    # --- guesses in floats

    def approx(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """``Omega`` and ``b``."""
        omega, slope = self._approx_profile(approx_exp(-np.abs(x)), self.approx_eps)
        return np.broadcast_to(omega, x.shape), np.copysign(1.0, x) * slope

    def approx_step(self, x: FloatArray, log_odds_ref: FloatArray) -> FloatArray:
        """``T``."""
        pulled: FloatArray = x + float(self.dynamics.alpha) * (log_odds_ref - x)
        return pulled + float(1 / self.dynamics.beta) * self.approx(x)[0]

    def approx_multiplier(self, x: FloatArray) -> FloatArray:
        """``T'``."""
        slopes: FloatArray = self.approx(x)[1] * float(1 / self.dynamics.beta)
        return 1 - float(self.dynamics.alpha) + slopes

    # --- built once

    def _piece(self, k: int, segment: Segment) -> Piece:
        # F rises on L <= 0, where b <= 0: the first segment, which begins at 0, reaches to -inf.
        low = -math.inf if k == 0 else float(segment.low)
        high = math.inf if segment.high is None else float(segment.high)
        far = 2 * math.log(1 / self.approx_eps + 2) + 60
        first, last = max(low, -far), min(high, max(far, low + 60))
        # Denser towards the ends, where F is flat.
        share = np.linspace(0, 1, GRID)
        grid = first + (last - first) * (share * share * (3 - 2 * share))
        values = grid - self.approx_weight * self.approx(grid)[0]
        if not segment.below:
            grid, values = grid[::-1], values[::-1]
        return Piece(low, high, segment.below, np.ascontiguousarray(grid), np.maximum.accumulate(values))

    def _invariant_from(self) -> float:
        """T rises on [l, infinity) and maps it into itself where ``T(l) >= l``, that is ``F(l) <= L_ref``."""
        if self.rises_from == -math.inf:
            return -math.inf
        return float(np.broadcast_to(self.at(np.array([self.rises_from])).hi, (1,))[0])


def _approx(x: Fraction) -> float:
    """A positive float for guesses.

    Raises:
        NotEnoughPrecision: the number is beyond floats.
    """
    try:
        value = float(x)
    except OverflowError:
        value = math.inf
    if not 1e-300 < value < 1e300:
        raise NotEnoughPrecision("a parameter is beyond what the arrays can guess with")
    return value


def _fold(profile: Profile[Any], weight: Fraction, left: Segment, right: Segment) -> Fold:
    """Encloses F on the zone between two segments: the mean value form, whose slope is next to 0."""
    assert left.high is not None
    low, high, engine = left.high, right.low, profile.engine
    middle, radius = (low + high) / 2, (high - low) / 2
    c = engine.exact(weight)
    slope = engine.sub(engine.exact(1), engine.mul(c, profile.slope_over(low, high)))
    value = engine.sub(engine.exact(middle), engine.mul(c, profile.at(middle)[0]))
    value = engine.add(value, engine.mul(slope, engine.interval(-radius, radius)))
    outward = ArrayEngine().interval(engine.lower(value), engine.upper(value))
    return Fold(float(outward.lo), float(outward.hi))


def rises_from(profile: Profile[Any], alpha: Fraction, beta: Fraction, eps: Fraction) -> float:
    """Where on the left ``T' >= 0`` begins to hold: ``b(x) < (1 - alpha) beta`` for all x in [0, -l].

    Raises:
        NotEnoughPrecision, MissingFact: as :func:`segments`.
    """
    if profile.contrast.knows(Fact.CONSTANT):
        return -math.inf  # T' = 1 - alpha
    if alpha == 1:
        return 0.0
    first = segments(profile, eps, (1 - alpha) * beta)[0]
    if not first.below or first.low > 0:
        return 0.0
    return -math.inf if first.high is None else -float(first.high)


def _contracting(rising: list[Segment], falling: list[Segment]) -> tuple[tuple[float, float], ...]:
    """Parts of the line with ``|T'| < 1``: on L >= 0 where ``b < alpha beta``, on L <= 0 where ``b(-L) < (2 -
    alpha) beta``; the two that meet at 0 are one.
    """
    right = [(float(s.low), math.inf if s.high is None else float(s.high)) for s in rising if s.below]
    left = [(-math.inf if s.high is None else -float(s.high), -float(s.low)) for s in falling if s.below]
    left.reverse()
    if left[-1][1] == 0 == right[0][0]:
        return (*left[:-1], (left[-1][0], right[0][1]), *right[1:])
    return (*left, *right)
