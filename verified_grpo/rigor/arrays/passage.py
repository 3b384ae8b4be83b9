"""How many steps until p reaches a target, for every prompt of a table.

``T(L) = L + alpha (L_ref - L) + Omega(L)/beta``, alpha = 0 included: steps without KL are that with ``1/(eta
mu)`` for beta. Where ``T' >= 0`` on ``[l, infinity)``, T keeps order there and maps ``[L_ref, infinity)``
into itself for every ``L_ref >= l``, since ``T(L) >= T(L_ref) > L_ref``. So the first n with ``L_n >= t``
lies between those of two sequences of doubles: one that is carried on by upper bounds from the upper end of a
row, and one by lower bounds from its lower end. Neither widens with the number of steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import NotEnoughPrecision
from ...intervals import ArbEngine, ArrayEngine, Intervals
from ...intervals.array_engine import FloatArray
from ...intervals.environment import in_sound_floats
from ...model import Contrast, Profile
from ...model.array_profile import Shape
from .curve import BITS, FARTHEST, rises_from

IntArray = NDArray[np.int64]

STEP_LIMIT = 100_000
UNKNOWN = -1


@dataclass(frozen=True)
class Steps:
    """What all prompts have in common: a contrast, and exact alpha in [0, 1], beta, eps > 0 of (R)."""

    contrast: Contrast
    alpha: Fraction
    beta: Fraction
    eps: Fraction


@in_sound_floats
def steps_to(
    steps: Steps, target: Fraction, low: FloatArray, high: FloatArray, limit: int = STEP_LIMIT
) -> tuple[IntArray, IntArray]:
    """The least and the most number of steps until ``p_n >= target``, for every ``L_ref`` of a row.

    Args:
        steps: what one step does.
        target: a probability in (0, 1), exact.
        low, high: the rows in log-odds, ``low <= high``; infinite ends are allowed.
        limit: steps that are followed.

    Returns:
        -1 where a number is not known: a row outside of the part where T keeps order; a sequence that does
        not get there, or not within the limit. Both may be far apart for wide rows.

    Not proved: that a row without a number never gets there.
    """
    engine = ArrayEngine()
    goal = engine.log(engine.exact(target / (1 - target)))
    try:
        going = _Going(engine, steps)
    except NotEnoughPrecision:
        return np.full(len(low), UNKNOWN), np.full(len(low), UNKNOWN)
    in_order = low >= going.ordered_from
    least = going.first(high, np.flatnonzero(in_order), float(goal.lo), limit, up=True)
    most = going.first(low, np.flatnonzero(in_order & ~np.isinf(low)), float(goal.hi), limit, up=False)
    return np.where(most == UNKNOWN, UNKNOWN, least), most


class _Going:
    """One step of many prompts, and from where on it keeps order."""

    def __init__(self, engine: ArrayEngine, steps: Steps) -> None:
        self.engine = engine
        self.shape = Shape(steps.contrast, steps.eps)
        self.alpha, self.beta = engine.exact(steps.alpha), engine.exact(steps.beta)
        with ArbEngine(BITS) as arb:
            profile: Profile[Any] = Profile(arb, steps.contrast, steps.eps)
            self.ordered_from = rises_from(profile, steps.alpha, steps.beta, steps.eps)

    def first(self, ref: FloatArray, rows: IntArray, goal: float, limit: int, *, up: bool) -> IntArray:
        """When the bounds on one side of the sequences from ``ref`` are at the goal."""
        found, here, n = np.full(len(ref), UNKNOWN), ref[rows], 0
        while len(rows):
            there = here >= goal
            found[rows[there]] = n
            rows, before = rows[~there], here[~there]
            if n == limit:
                break
            after = self._step(before, self.engine.points(ref[rows]))
            here, n = (after.hi if up else after.lo), n + 1
            moves = here > before  # a bound that no longer rises stays where it is
            rows, here = rows[moves], here[moves]
        return found

    def _step(self, x: FloatArray, ref: Intervals) -> Intervals:
        engine, point = self.engine, self.engine.points(x)
        pulled = engine.add(point, engine.mul(self.alpha, engine.sub(ref, point)))
        omega = self.shape.omega(engine.points(np.clip(x, -FARTHEST, FARTHEST)))
        return engine.add(pulled, engine.div(omega, self.beta))
