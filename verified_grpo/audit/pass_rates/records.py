"""The record of a rate: what is proved of it, in doubles, all ends rounded outward."""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ...intervals import ArrayEngine
from ...intervals.array_engine import FloatArray
from ...rigor.arrays import TableColumns
from ...rigor.arrays import Verdict as Arrays
from .clopper_pearson import clopper_pearson
from .question import Question
from .rates import Rate

IntArray = NDArray[np.int64]
Answers = NDArray[np.void]
"""An array with the fields of :data:`FIELDS`, one record a rate."""
ENGINE = ArrayEngine()
EXACT = 2**53
"""Integers below are doubles."""
PAIRS = ("p_ref", "logit", "p", "one_minus_p", "gain")
FLOATS = (*(f"{name}_{end}" for name in PAIRS for end in ("low", "high")), "rate")
FIELDS = np.dtype([("verdict", "i1"), ("count", "i8"), ("period", "i8"), *((name, "f8") for name in FLOATS)])


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
    for at in (0.0, 1.0):
        rows = (answers["p_ref_low"] == at) & (answers["p_ref_high"] == at)
        answers["verdict"][rows], answers["gain_low"][rows], answers["gain_high"][rows] = 5, 0, 0
        for end in ("low", "high"):
            answers[f"logit_{end}"][rows] = np.inf if at else -np.inf
            answers[f"p_{end}"][rows], answers[f"one_minus_p_{end}"][rows] = at, 1 - at
    return answers


def blank_like(size: int) -> Answers:
    """Undecided records with nothing in them."""
    answers = np.zeros(size, dtype=FIELDS)
    answers["count"] = -1
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
    answers["verdict"][rows] = _TRANSLATED[found.verdict]
    answers["count"][rows], answers["period"][rows], answers["rate"][rows] = (
        found.count,
        found.period,
        found.rate,
    )
    for name, field in (("logit", "limit"), ("p", "p"), ("one_minus_p", "one_minus_p")):
        for end in ("low", "high"):
            answers[f"{name}_{end}"][rows] = getattr(found, f"{field}_{end}")


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
