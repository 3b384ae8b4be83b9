"""A table of prompts in, columns of proved answers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError, NotEnoughPrecision
from ...intervals import ArrayEngine
from ...intervals.array_engine import FloatArray
from ...intervals.array_signs import BoolArray
from ...intervals.environment import in_sound_floats
from .attraction import Caught
from .curve import Curve, Dynamics
from .limits import Limits, limits
from .small_steps import SmallStepColumns, nothing_known, small_steps
from .zeros import Zeros, zeros

CHUNK = 1 << 15
"""Rows solved together: the arrays of so many stay in the processor's cache."""
ENGINE = ArrayEngine()
IntArray = NDArray[np.int64]
T = TypeVar("T", "TableColumns", SmallStepColumns)


@dataclass(frozen=True)
class References:
    """One row a prompt: its reference log-odds ``log(p_ref/(1 - p_ref))`` lie in [low, high], doubles.

    Made from probabilities by the constructors below, always outward; infinite ends mean that ``p_ref`` may
    come as near to 0 or 1 as it likes.
    """

    low: FloatArray
    high: FloatArray

    @staticmethod
    @in_sound_floats
    def of_counts(k: IntArray, n: IntArray) -> References:
        """``p_ref = k/n`` exactly, for integers with 0 < k < n.

        Raises:
            InputError: some k is not strictly between 0 and its n; the message names the first such row,
            counted from 0.
        """
        _require((k > 0) & (k < n), "k must be strictly between 0 and n")
        value = ENGINE.log(ENGINE.ratios(k, n - k))
        return References(value.lo, value.hi)

    @staticmethod
    @in_sound_floats
    def of_fractions(rates: Sequence[Fraction]) -> References:
        """Exact rates strictly between 0 and 1, of any length.

        Raises:
            InputError: as :meth:`of_counts`.
        """
        odds = [(k, n - k) for k, n in (rate.as_integer_ratio() for rate in rates)]
        inside = np.array([k > 0 and rest > 0 for k, rest in odds], dtype=np.bool_)
        _require(inside, "a rate must lie in (0, 1)")
        value = ENGINE.log(ENGINE.exacts(odds))
        return References(value.lo, value.hi)

    @staticmethod
    @in_sound_floats
    def of_ranges(p_ref_low: FloatArray, p_ref_high: FloatArray) -> References:
        """Every ``p_ref`` in [p_ref_low, p_ref_high] other than 0 and 1: doubles that the caller has rounded
        outward.

        Raises:
            InputError: ends that are not ``0 <= low <= high <= 1``, or a row that holds 0 or 1 alone.
        """
        ordered = (p_ref_low >= 0) & (p_ref_low <= p_ref_high) & (p_ref_high <= 1)
        _require(ordered & (p_ref_high > 0) & (p_ref_low < 1), "a range must meet (0, 1), in order")
        return References(_log_odds(p_ref_low)[0], _log_odds(p_ref_high)[1])

    def __len__(self) -> int:
        return len(self.low)


@dataclass(frozen=True)
class TableColumns:
    """What is proved of each row, for **every** ``p_ref`` that the row holds; doubles rounded outward.

    Attributes:
        verdict: values of :class:`Verdict`; 0, ``UNDECIDED``, claims nothing of the sequence.
        count: the number of fixed points on the whole line; -1 where it is not proved, or not the same for
            all of the row.
        fixed_low, fixed_high: brackets of all fixed points, a row's in ascending order, one column a monotone
            piece of the curve: NaN where the piece holds none, or where ``count`` is -1.
        limit_low, limit_high: bracket, in log-odds, of the limit of ``L_n`` from ``L_0 = L_ref``; for a cycle
            the hull of its points; NaN where undecided.
        p_low, p_high, one_minus_p_low, one_minus_p_high: the same bracket as probabilities, each with its own
            digits (below e^-708 doubles end: then the lower end is 0).
        step: from which on the verdict's reason holds.
        period: 1 for a fixed point, m for a cycle of exactly m different points, 0 where undecided.
        rate: at least ``|T'|`` at the limit (of a cycle: ``|(T^m)'|``) where that is proved to be below 1:
            in the long run a step (a turn) multiplies the distance by at most this; NaN elsewhere.
    """

    verdict: NDArray[np.int8]
    count: IntArray
    fixed_low: FloatArray
    fixed_high: FloatArray
    limit_low: FloatArray
    limit_high: FloatArray
    p_low: FloatArray
    p_high: FloatArray
    one_minus_p_low: FloatArray
    one_minus_p_high: FloatArray
    step: IntArray
    period: IntArray
    rate: FloatArray

    @property
    def undecided(self) -> BoolArray:
        """Rows with something left to prove: the verdict, or the count (which over a range of ``p_ref`` may
        really change).
        """
        return np.asarray((self.verdict == 0) | (self.count < 0))

    def __len__(self) -> int:
        return len(self.verdict)


@in_sound_floats
def solve_table(dynamics: Dynamics, references: References) -> TableColumns:
    """All fixed points and the limit of the sequence from ``p_ref`` for every row.

    Args:
        dynamics: contrast and exact alpha in (0, 1], beta, eps that all rows share. What depends on it alone
            is proved once and kept: tables may be given in chunks.
        references: the rows.

    Returns:
        Columns as long as the rows. Where a threshold or a magnitude is beyond doubles every row is
        undecided.

    Not proved: anything about undecided rows; what a measured rate says of a prompt. Source: S1, S2, S4, S5,
    S7, S9.
    """
    return solve_both(dynamics, references)[0]


@in_sound_floats
def solve_both(dynamics: Dynamics, references: References) -> tuple[TableColumns, SmallStepColumns]:
    """The limit of the exact iteration, as :func:`solve_table`, and that of small steps: the fixed points of
    both are found once."""
    try:
        curve = shared_curve(dynamics)
    except NotEnoughPrecision:
        return _columns(_nothing(len(references))), nothing_known(len(references))
    with np.errstate(all="ignore"):  # where a guess overflows, nothing is proved
        found = limits(curve, references.low, references.high, CHUNK)
        exactly = [_columns(part) for part in found]
        stepped = [
            small_steps(curve, part.zeros, low)
            for part, low in zip(found, _chunks(references.low), strict=True)
        ]
    return _joined(TableColumns, exactly), _joined(SmallStepColumns, stepped)


@in_sound_floats
def solve_small_steps(dynamics: Dynamics, references: References) -> SmallStepColumns:
    """Where any small steps lead every row: to its least fixed point, for steps up to ``largest_step``.

    Args:
        dynamics: as for :func:`solve_table`.
        references: the rows.

    Returns:
        Columns as long as the rows; no orbit is followed. Rows beside a fold, and where a threshold or a
        magnitude is beyond doubles all of them, are not ``known``.

    Not proved: anything of one prompt's rate that is only measured; that larger steps do anything else.
    Source: lemma 36 of the checker.
    """
    try:
        curve = shared_curve(dynamics)
    except NotEnoughPrecision:
        return nothing_known(len(references))
    with np.errstate(all="ignore"):
        parts = [
            small_steps(curve, zeros(curve, low, high), low)
            for low, high in zip(_chunks(references.low), _chunks(references.high), strict=True)
        ]
    return _joined(SmallStepColumns, parts)


def _chunks(ends: FloatArray) -> list[FloatArray]:
    return [ends[first : first + CHUNK] for first in range(0, max(len(ends), 1), CHUNK)]


def _joined(kind: type[T], parts: Sequence[T]) -> T:
    """Columns of parts one below the other."""
    return kind(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(kind)))


@lru_cache(maxsize=8)
def shared_curve(dynamics: Dynamics) -> Curve:
    """A curve kept for later chunks of a table."""
    return Curve(dynamics)


def _columns(found: Limits) -> TableColumns:
    low, high = found.limit
    decided = found.verdict != 0
    here = ENGINE.between(low, high)  # NaN is nothing known
    p, complement = ENGINE.sigmoid(here), ENGINE.sigmoid(ENGINE.neg(here))
    sides = (p.lo, np.minimum(p.hi, 1.0), complement.lo, np.minimum(complement.hi, 1.0))
    p_low, p_high, one_minus_p_low, one_minus_p_high = (np.where(decided, side, np.nan) for side in sides)
    return TableColumns(
        found.verdict, found.zeros.counts, *found.zeros.brackets, low, high,
        p_low, p_high, one_minus_p_low, one_minus_p_high, found.step, found.period, found.rate,
    )  # fmt: skip


def _nothing(size: int) -> Limits:
    """Every row undecided."""
    empty, never = np.full((size, 1), np.nan), np.zeros(size, dtype=np.bool_)
    caught = Caught.nowhere(size)
    return Limits(
        Zeros(empty, empty, never, never),
        np.zeros(size, dtype=np.int8),
        (caught.low, caught.high),
        caught.step,
        caught.period,
        caught.rate,
    )


def _log_odds(p: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Ends around the log-odds of doubles in [0, 1]; both infinite at 0 and 1, where no interval has them."""
    point = ENGINE.points(np.clip(p, np.nextafter(0.0, 1.0), np.nextafter(1.0, 0.0)))
    value = ENGINE.log(ENGINE.div(point, ENGINE.sub(ENGINE.exact(1), point)))
    infinite = np.where(p == 0, -np.inf, np.where(p == 1, np.inf, 0.0))
    return np.where(infinite != 0, infinite, value.lo), np.where(infinite != 0, infinite, value.hi)


def _require(holds: BoolArray, what: str) -> None:
    if not holds.all():
        raise InputError(f"row {int(np.argmin(holds))}: {what}")
