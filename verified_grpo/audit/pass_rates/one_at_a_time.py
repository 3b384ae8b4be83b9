"""Arb, one rate at a time: for what the arrays leave undecided, and for the k3 regulariser, which they do not
cover.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from ...errors import NotEnoughPrecision
from ...intervals import Sign, make_engine
from ...intervals.environment import in_sound_floats
from ...model import Profile
from ...rigor import FixedPoints, fixed_points, limit
from ...rigor.k3 import K3Converges, k3_convergence, k3_fixed_point
from ...rigor.sequences.outcomes import ConvergesToCycle, FallsToGreatest, LimitPoint, Monotone
from ..configurations import K3
from .question import Question
from .rates import Rate
from .records import ENGINE, Answers, Verdict, blank, measure_gain

DIGITS = 15
BITS = 96


@in_sound_floats
def one_at_a_time(question: Question, rates: list[Rate]) -> Answers:
    """The answers by Arb.

    Not proved: anything about rates that come back undecided; of a wide interval under the paper's
    regulariser nothing is tried here.
    """
    answers = blank(rates, question)
    for i, (k, n) in enumerate(rates):
        if answers["verdict"][i] == Verdict.ABSORBING:
            continue
        low = high = Fraction(k, n)
        if question.confidence:
            low, high = (Fraction(float(answers[f"p_ref_{end}"][i])) for end in ("low", "high"))
        try:
            if question.regulariser == K3:
                _under_k3(question, low, high, answers[i])
            elif low == high:
                _under_reverse(question, low, answers[i])
        except NotEnoughPrecision:
            continue  # stays undecided
    measure_gain(answers)
    return answers


def _under_reverse(question: Question, rate: Fraction, record: Any) -> None:
    parameters = question.at(rate, rate)
    found = fixed_points(question.contrast, parameters, digits=DIGITS, engine="arb")
    if isinstance(found, FixedPoints):
        record["count"] = found.count
    outcome = limit(question.contrast, parameters, digits=DIGITS)
    if isinstance(outcome, Monotone):
        record["verdict"] = Verdict.FALLS if isinstance(outcome, FallsToGreatest) else Verdict.RISES
        record["period"] = 1
        _limit(record, (outcome.limit,))
        if outcome.attraction is not None:
            record["rate"] = ENGINE.exact(outcome.attraction.rate).hi
    elif isinstance(outcome, ConvergesToCycle):
        record["verdict"] = Verdict.FIXED_POINT if outcome.period == 1 else Verdict.CYCLE
        record["period"] = outcome.period
        record["rate"] = ENGINE.exact(outcome.rate).hi
        _limit(record, outcome.points)


def _limit(record: Any, points: tuple[LimitPoint, ...]) -> None:
    low, high = min(point.logit[0] for point in points), max(point.logit[1] for point in points)
    _bracket(record, ENGINE.exact(low).lo, ENGINE.exact(high).hi)


def _under_k3(question: Question, low: Fraction, high: Fraction, record: Any) -> None:
    """The one fixed point, and whether the sequence tends to it, for every p_ref in [low, high] but 0 and 1.

    ``beta (p - p_ref)`` falls when ``p_ref`` grows, so the place where ``p q Omega(p)`` meets it moves right:
    the fixed points of the two ends enclose those between.
    """
    first, last = -np.inf, np.inf
    if low > 0:
        first = ENGINE.exact(_k3_point(question, low)[0]).lo
    if high < 1:
        last = ENGINE.exact(_k3_point(question, high)[1]).hi
    settles = _climbs(question, low)
    if not settles and low > 0 and high < 1:
        settles = isinstance(k3_convergence(question.contrast, question.at(low, high)), K3Converges)
    record["count"] = 1
    if settles:
        record["verdict"], record["period"] = Verdict.FIXED_POINT, 1
        _bracket(record, first, last)


def _k3_point(question: Question, rate: Fraction) -> tuple[Fraction, Fraction]:
    return k3_fixed_point(question.contrast, question.at(rate, rate), digits=DIGITS).logit


def _climbs(question: Question, low: Fraction) -> bool:
    """Whether ``beta (2 - 4 p_ref) <= Omega(1/2)`` is proved for every ``p_ref >= low``: then all settle."""
    with make_engine("arb", BITS) as engine:
        least = Profile(engine, question.contrast, question.eps).omega_min
        spare = engine.sub(least, engine.exact(question.beta * max(2 - 4 * low, Fraction(0))))
        return engine.sign(spare) in (Sign.POSITIVE, Sign.ZERO)


def _bracket(record: Any, low: float, high: float) -> None:
    """The limit in log-odds, and what that says of p and 1 - p; infinite ends are allowed."""
    here = ENGINE.between(low, high)
    record["logit_low"], record["logit_high"] = low, high
    for name, value in (("p", ENGINE.sigmoid(here)), ("one_minus_p", ENGINE.sigmoid(ENGINE.neg(here)))):
        record[f"{name}_low"] = max(float(value.lo), 0.0)
        record[f"{name}_high"] = min(float(value.hi), 1.0)
