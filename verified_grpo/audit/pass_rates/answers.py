"""The answers that arrays of doubles give for many different rates at once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...intervals.environment import in_sound_floats
from ...rigor.arrays import Dynamics, References, solve_table
from .pieces import over_pieces
from .question import Question
from .rates import Rate
from .records import EXACT, Answers, Verdict, blank, fill, measure_gain


@in_sound_floats
def by_arrays(question: Question, rates: list[Rate]) -> Answers:
    """The answers that arrays of doubles give; the rest comes back undecided."""
    answers = blank(rates, question)
    rows = np.flatnonzero(answers["verdict"] == Verdict.UNDECIDED)
    if not len(rows):
        return answers
    dynamics = Dynamics(question.contrast, question.alpha, question.beta, question.eps)
    if question.confidence:
        low, high = answers["p_ref_low"][rows], answers["p_ref_high"][rows]
        fill(answers, rows, solve_table(dynamics, References.of_ranges(low, high)))
        over_pieces(dynamics, answers)
    else:
        fill(answers, rows, solve_table(dynamics, _references([rates[row] for row in rows])))
    measure_gain(answers)
    return answers


def _references(rates: list[Rate]) -> References:
    if all(n < EXACT for _, n in rates):
        k, n = np.array(rates, dtype=np.int64).T
        return References.of_counts(k, n)
    return References.of_fractions([Fraction(k, n) for k, n in rates])
