"""The answers that arrays of doubles give for many different rates at once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...intervals.environment import in_sound_floats
from ...rigor.arrays import References, SmallStepColumns, TableColumns, solve_both, solve_table
from ...rigor.arrays import Verdict as Arrays
from ...rigor.arrays.passage import Steps, steps_to
from ..targets import HALF
from .pieces import over_pieces
from .question import Question
from .rates import Rate
from .records import (
    ENGINE,
    EXACT,
    SETTLED,
    Answers,
    Exact,
    IntArray,
    Verdict,
    blank,
    fill,
    fill_risen,
    fill_small,
    log_odds,
    measure_gain,
)


@in_sound_floats
def by_arrays(question: Question, rates: list[Rate]) -> Answers:
    """The answers that arrays of doubles give; the rest comes back undecided."""
    answers = blank(rates, question)
    rows = np.flatnonzero(answers["verdict"] == Verdict.UNDECIDED)
    if not len(rows):
        return answers
    references = _references(question, rates, answers, rows)
    if question.beta == 0:
        fill_risen(answers, rows)
    elif question.update is None:
        _both_views(question, answers, rows, references)
    else:
        found = solve_table(question.dynamics, references)
        fill(answers, rows, found)
        greatest = np.fmax.reduce(found.fixed_low, axis=1)
        answers["higher"][rows] = greatest >= log_odds(question.target).hi
        if question.confidence:
            over_pieces(question.dynamics, answers)
    if question.update is not None and question.has_arrays:
        _count_steps(question, answers, rows, references)
    measure_gain(answers)
    return answers


def _references(question: Question, rates: list[Rate], answers: Answers, rows: IntArray) -> References:
    if question.confidence:
        return References.of_ranges(answers["p_ref_low"][rows], answers["p_ref_high"][rows])
    chosen = [rates[row] for row in rows]
    if all(n < EXACT for _, n in chosen):
        k, n = np.array(chosen, dtype=np.int64).T
        return References.of_counts(k, n)
    return References.of_fractions([Fraction(k, n) for k, n in chosen])


def _both_views(question: Question, answers: Answers, rows: IntArray, references: References) -> None:
    """Small steps into the records, and beside them whether the exact iteration ends elsewhere."""
    exactly, small = solve_both(question.dynamics, references)
    fill_small(answers, rows, small, question)
    apart = answers.copy()
    fill(apart, rows, exactly)
    if question.confidence:
        over_pieces(question.dynamics, apart)
    _compare(answers, rows, apart[rows], exactly, small)


def _compare(
    answers: Answers, rows: IntArray, apart: Answers, exactly: TableColumns, small: SmallStepColumns
) -> None:
    """The exact iteration beside small steps. A limit that lies below all other fixed points is the least."""
    verdict = apart["verdict"]
    settled = np.isin(verdict, SETTLED)
    from_the_first = (exactly.verdict == Arrays.RISES) & (exactly.step == 0)
    found = np.zeros(len(rows), dtype=np.int8)
    found[settled & (apart["logit_low"] > small.limit_high)] = Exact.ANOTHER
    found[settled & (from_the_first | (apart["logit_high"] < small.next_low))] = Exact.SAME
    found[verdict == Verdict.CYCLE] = Exact.CYCLE
    found[verdict == Verdict.DEPENDS] = Exact.DEPENDS
    answers["exact"][rows] = found
    told = (settled | (found == Exact.CYCLE)) & (found != Exact.SAME)
    for end in ("low", "high"):
        answers[f"exact_p_{end}"][rows] = np.where(told, apart[f"p_{end}"], np.nan)


def _count_steps(question: Question, answers: Answers, rows: IntArray, references: References) -> None:
    """How many of the steps asked about lead to the target; nothing of rows that settle below it."""
    box = question.recursion(HALF, HALF)
    step = Steps(question.contrast, box.alpha[0], box.beta[0], question.eps)
    never = np.isin(answers["verdict"][rows], SETTLED)
    never &= answers["p_high"][rows] < ENGINE.exact(question.target).lo
    going = np.flatnonzero(~never)
    least, most = steps_to(step, question.target, references.low[going], references.high[going])
    answers["steps_low"][rows[going]], answers["steps_high"][rows[going]] = least, most
