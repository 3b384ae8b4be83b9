"""Where small steps lead every prompt of a table: to its least fixed point, for any steps below a bound.

The lemma is that of :mod:`verified_grpo.checker.small_steps`: with the drive ``F(L) = Omega(L) - alpha beta
(L - L_ref)``, whose zeros are the fixed points, the sequence ``L_n = L_{n-1} + eta_n F(L_{n-1})`` from
``L_ref`` rises and never exceeds the least zero ``L*`` as long as ``eta_n <= 1/(alpha beta + s)``, s the
steepest fall of ``Omega`` on ``[L_ref, L*]``; it tends to it if the steps have no finite sum. So no orbit is
followed: the least zero of every row, and one enclosure of the slope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...intervals import ArrayEngine
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from ..no_truth_value import NoTruthValue
from .curve import Curve
from .zeros import Zeros

ENGINE = ArrayEngine()


@dataclass(frozen=True)
class SmallStepColumns(NoTruthValue, read="known"):
    """What small steps do for **every** ``p_ref`` that a row holds; doubles rounded outward.

    Attributes:
        known: where the rest of the row claims anything.
        count: the number of fixed points on the whole line; -1 where it is not proved, or not the same for
            all of the row.
        limit_low, limit_high: bracket of the least fixed point in log-odds; -inf where ``p_ref`` may be as
            near to 0 as it likes.
        next_low: below all other fixed points; inf where there is no other, NaN where ``count`` is -1.
        greatest_low: below the greatest fixed point.
        p_low, p_high, one_minus_p_low, one_minus_p_high: the bracket of the least one as probabilities.
        largest_step: at most ``1/(alpha beta + s)``: the row holds for any steps up to it.
    """

    known: BoolArray
    count: NDArray[np.int64]
    limit_low: FloatArray
    limit_high: FloatArray
    next_low: FloatArray
    greatest_low: FloatArray
    p_low: FloatArray
    p_high: FloatArray
    one_minus_p_low: FloatArray
    one_minus_p_high: FloatArray
    largest_step: FloatArray

    def __len__(self) -> int:
        return len(self.known)


def small_steps(curve: Curve, found: Zeros, log_odds_ref: FloatArray) -> SmallStepColumns:
    """The view of small steps from the fixed points of every row.

    Args:
        curve: the common curve.
        found: its zeros.
        log_odds_ref: the lower end of each row's ``L_ref``.

    Not proved: that larger steps do anything else (the bound is sufficient); anything where ``known`` is
    false.
    """
    (low, high), known = found.least, found.known
    sides, step = probabilities(low, high), _step(curve, log_odds_ref, high)
    outcome = (low, high, _second(found), found.greatest[0], *sides, step)
    return SmallStepColumns(known, found.counts, *(np.where(known, column, np.nan) for column in outcome))


def nothing_known(size: int) -> SmallStepColumns:
    """Rows that claim nothing."""
    empty = np.full(size, np.nan)
    counts = np.full(size, -1, dtype=np.int64)
    return SmallStepColumns(np.zeros(size, dtype=np.bool_), counts, *[empty] * 9)


def probabilities(low: FloatArray, high: FloatArray) -> tuple[FloatArray, ...]:
    """Ends of p and of 1 - p for log-odds in [low, high]."""
    here = ENGINE.between(low, high)
    p, complement = ENGINE.sigmoid(here), ENGINE.sigmoid(ENGINE.neg(here))
    return p.lo, np.minimum(p.hi, 1.0), complement.lo, np.minimum(complement.hi, 1.0)


def _second(found: Zeros) -> FloatArray:
    """The lower end of the second zero, which each ``L_ref`` of a row has in the same place or not at all."""
    rows, rest = np.arange(len(found.low)), found.low.copy()
    rest[rows, np.argmax(~np.isnan(rest), axis=1)] = np.nan
    lowest: FloatArray = np.fmin.reduce(rest, axis=1, initial=np.inf)
    return np.where(found.counts < 0, np.nan, lowest)


def _step(curve: Curve, start: FloatArray, end: FloatArray) -> FloatArray:
    """A lower bound of ``1/(alpha beta + s)``; ``Omega`` falls below L = 0 only."""
    steepest, rows = np.zeros(len(start)), np.flatnonzero(start < 0)
    over = np.maximum(np.minimum(end[rows], 0.0), start[rows])
    steepest[rows] = np.maximum(-curve.slope(start[rows], over).lo, 0.0)
    stiffness = ENGINE.add(ENGINE.exact(curve.pull), ENGINE.points(steepest))
    step: FloatArray = ENGINE.div(ENGINE.exact(1), stiffness).lo
    return np.broadcast_to(step, start.shape)
