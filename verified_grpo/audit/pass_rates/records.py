"""The record of a rate: what is proved of it, in doubles, all ends rounded outward."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ...intervals import ArrayEngine, Intervals
from ...intervals.array_engine import FloatArray
from ...rigor.arrays import SmallStepColumns, TableColumns
from ...rigor.arrays import Verdict as Arrays
from .confidence import clopper_pearson
from .question import Question
from .rates import Rate

UNKNOWN = -1
IntArray = NDArray[np.int64]
Ends = float | FloatArray
Answers = NDArray[np.void]
"""An array with the fields of :data:`FIELDS`, one record a rate."""
ENGINE = ArrayEngine()
EXACT = 2**53
"""Integers below are doubles."""
LIMIT = ("logit", "p", "one_minus_p")
"""The brackets of a limit: the same numbers said three times, each where it is sharp."""
PAIRS = ("p_ref", *LIMIT, "gain", "exact_p")
FLOATS = (*(f"{name}_{end}" for name in PAIRS for end in ("low", "high")), "rate", "largest_step")
INTEGERS = ("count", "period", "steps_low", "steps_high")
FLAGS = ("verdict", "exact", "higher")
FIELDS = np.dtype(
    [(name, kind) for names, kind in ((FLAGS, "i1"), (INTEGERS, "i8"), (FLOATS, "f8")) for name in names]
)
"""``verdict`` of small steps, or of the step asked about, with its bracket; ``exact`` of the exact iteration
beside small steps; ``higher``: a fixed point at the target or above is proved to lie above the limit."""


class Verdict(IntEnum):
    """What is proved of the sequence from ``p_ref``, for every ``p_ref`` that a row holds."""

    UNDECIDED = 0
    RISES = 1
    FALLS = 2
    FIXED_POINT = 3
    CYCLE = 4
    ABSORBING = 5
    """p_ref is exactly 0 or 1 and stays there: no reward differs, so no advantage."""
    DEPENDS = 6
    """For some p_ref of the interval it settles, for others it ends in a cycle; both proved."""


class Exact(IntEnum):
    """Where the exact iteration ends, beside small steps, for every ``p_ref`` that a row holds."""

    UNDECIDED = 0
    SAME = 1
    """At the least fixed point, too."""
    ANOTHER = 2
    """At another fixed point."""
    CYCLE = 3
    DEPENDS = 4
    """It settles for some p_ref of the interval, and ends in a cycle for others; both proved."""
    NONE = 5
    """Nothing is asked of it, or there is none."""


EXACT_WORDS = ("undecided", "same", "another fixed point", "cycle", "depends", None)
WORDS = ("undecided", "rises", "falls", "fixed-point", "cycle", "absorbing", "depends")
SETTLED = (Verdict.RISES, Verdict.FALLS, Verdict.FIXED_POINT)
_OF_ARRAYS = {
    Arrays.UNDECIDED: Verdict.UNDECIDED,
    Arrays.RISES: Verdict.RISES,
    Arrays.FALLS: Verdict.FALLS,
    Arrays.CONVERGES: Verdict.FIXED_POINT,
    Arrays.CYCLE: Verdict.CYCLE,
}
_TRANSLATED = np.array([_OF_ARRAYS[word] for word in Arrays], dtype=np.int8)


def blank(rates: list[Rate], question: Question) -> Answers:
    """Records in which only ``p_ref`` is filled in, and everything for a ``p_ref`` of exactly 0 or 1."""
    answers = blank_like(len(rates))
    answers["p_ref_low"], answers["p_ref_high"] = p_ref(rates, question)
    alone = question.beta == 0 or question.update is not None
    if alone:
        answers["exact"] = Exact.NONE
    for at in (0.0, 1.0):
        rows = (answers["p_ref_low"] == at) & (answers["p_ref_high"] == at)
        answers["verdict"][rows], answers["gain_low"][rows], answers["gain_high"][rows] = 5, 0, 0
        answers["exact"][rows] = Exact.NONE if alone else Exact.SAME
        _put_limit(answers, rows, at)
    return answers


def blank_like(size: int) -> Answers:
    """Undecided records with nothing in them."""
    answers = np.zeros(size, dtype=FIELDS)
    for name in INTEGERS:
        answers[name] = UNKNOWN
    for name in FLOATS:
        answers[name] = np.nan
    return answers


def p_ref(rates: list[Rate], question: Question) -> tuple[FloatArray, FloatArray]:
    """Doubles around each ``p_ref``: around k/n, or around its Clopper-Pearson interval."""
    if question.confidence:
        ends = [clopper_pearson(k, n, question.confidence) for k, n in rates]
        low, high = np.array(ends, dtype=np.float64).reshape(-1, 2).T
        return low, high
    if all(n < EXACT for _, n in rates):
        k, n = np.array(rates, dtype=np.int64).reshape(-1, 2).T
        found = ENGINE.ratios(k, n)
        return np.asarray(found.lo, dtype=np.float64), np.asarray(found.hi, dtype=np.float64)
    both = [ENGINE.exact(Fraction(k, n)) for k, n in rates]
    return np.array([x.lo for x in both], dtype=np.float64), np.array([x.hi for x in both], dtype=np.float64)


def fill(answers: Answers, rows: IntArray, found: TableColumns) -> None:
    """Put what the arrays proved into the records of these rows."""
    answers["verdict"][rows], answers["count"][rows] = _TRANSLATED[found.verdict], found.count
    answers["period"][rows], answers["rate"][rows] = found.period, found.rate
    _put_columns(answers, rows, found)


def fill_small(answers: Answers, rows: IntArray, found: SmallStepColumns, question: Question) -> None:
    """Put what small steps do into the records of these rows."""
    answers["verdict"][rows] = np.where(found.known, Verdict.RISES, Verdict.UNDECIDED)
    answers["count"][rows], answers["period"][rows] = found.count, np.where(found.known, 1, UNKNOWN)
    answers["largest_step"][rows] = found.largest_step
    answers["higher"][rows] = found.greatest_low >= log_odds(question.target).hi
    _put_columns(answers, rows, found)


def fill_risen(answers: Answers, rows: IntArray) -> None:
    """Put into these rows what happens without KL: any steps lead to 1, and there is no fixed point."""
    answers["verdict"][rows], answers["count"][rows], answers["period"][rows] = Verdict.RISES, 0, 1
    _put_limit(answers, rows, 1)


def fill_bracket(answers: Answers, low: float, high: float) -> None:
    """Put a bracket of the limit in log-odds into all of these records, and what it says of p and 1 - p;
    infinite ends are allowed."""
    here = ENGINE.between(low, high)
    p, rest = ENGINE.sigmoid(here), ENGINE.sigmoid(ENGINE.neg(here))
    ends = (low, high), *((max(float(x.lo), 0.0), min(float(x.hi), 1.0)) for x in (p, rest))
    _put(answers, slice(None), ends)


def _put_columns(answers: Answers, rows: IntArray, found: TableColumns | SmallStepColumns) -> None:
    names = ("limit", "p", "one_minus_p")
    _put(answers, rows, [(getattr(found, f"{name}_low"), getattr(found, f"{name}_high")) for name in names])


def _put_limit(answers: Answers, rows: IntArray, at: float) -> None:
    """A limit of exactly 0 or 1."""
    logit = np.inf if at else -np.inf
    _put(answers, rows, [(logit, logit), (at, at), (1 - at, 1 - at)])


def _put(answers: Answers, rows: IntArray | slice, ends: Iterable[tuple[Ends, Ends]]) -> None:
    """Both ends of the limit in log-odds, as p and as 1 - p."""
    for name, (low, high) in zip(LIMIT, ends, strict=True):
        answers[f"{name}_low"][rows], answers[f"{name}_high"][rows] = low, high


def log_odds(p: Fraction) -> Intervals:
    """Encloses the log-odds of a probability in (0, 1)."""
    return ENGINE.log(ENGINE.exact(p / (1 - p)))


def measure_gain(answers: Answers) -> None:
    """``p* - p_ref`` for every row with a limit, from p and from 1 - p, whichever says more.

    A fixed point lies above its ``p_ref`` (S1), so there the gain is not below 0.
    """
    rows = np.flatnonzero(np.isin(answers["verdict"], (*SETTLED, Verdict.CYCLE)))
    got = answers[rows]
    ref = ENGINE.between(got["p_ref_low"], got["p_ref_high"])
    rest = ENGINE.sub(ENGINE.exact(1), ref)
    first = ENGINE.sub(ENGINE.between(got["p_low"], got["p_high"]), ref)
    second = ENGINE.sub(rest, ENGINE.between(got["one_minus_p_low"], got["one_minus_p_high"]))
    gain = ENGINE.intersect(first, second)
    settled = np.isin(got["verdict"], SETTLED)
    answers["gain_low"][rows] = np.where(settled, np.maximum(gain.lo, 0.0), gain.lo)
    answers["gain_high"][rows] = gain.hi
