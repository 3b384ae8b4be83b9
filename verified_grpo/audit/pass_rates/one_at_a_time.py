"""Arb, one rate at a time: for what the arrays leave undecided, and for the k3 regulariser and contrasts of
one's own, which they do not cover.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...answers.views import Views, views
from ...errors import NotEnoughPrecision
from ...intervals import Sign, make_engine
from ...intervals.environment import in_sound_floats
from ...model import Profile
from ...rigor import FixedPoints, UndecidedFixedPoints, fixed_points, limit
from ...rigor.k3 import K3Converges, k3_convergence, k3_fixed_point
from ...rigor.k3_steps import K3StepsUndecided, k3_small_steps
from ...rigor.sequences.outcomes import ConvergesToCycle, FallsToGreatest, Limit, LimitPoint, Monotone
from ...rigor.sequences.small_steps import RisesBySteps, small_steps
from .question import Question
from .rates import Rate
from .records import ENGINE, Answers, Exact, Verdict, blank, fill_bracket, log_odds, measure_gain

DIGITS = 15
BITS = 96
SPARE = Fraction(1023, 1024)
"""Of the largest step where no arrays know the contrast: a little less is stated, which is checked sooner."""


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
            if question.under_k3:
                _under_k3(question, low, high, answers[i : i + 1])
            elif low == high:
                _under_reverse(question, low, answers[i : i + 1])
            elif low > 0 and high < 1 and question.update is None and not question.has_arrays:
                _two_views(question, _small_alone(question, low, high), answers[i : i + 1])
        except NotEnoughPrecision:
            continue  # stays undecided
    measure_gain(answers)
    return answers


def _small_alone(question: Question, low: Fraction, high: Fraction) -> Views:
    """Of a range of p_ref: small steps, and nothing of the exact iteration."""
    listed = fixed_points(question.contrast, question.recursion(low, high), digits=DIGITS)
    small = small_steps(question.contrast, question.at(low, high), digits=DIGITS)
    return Views(small, None, listed, None, None)


def _under_reverse(question: Question, rate: Fraction, record: Answers) -> None:
    if question.update is None:
        _two_views(question, views(question.contrast, question.at(rate, rate), digits=DIGITS), record)
        return
    parameters = question.recursion(rate, rate)
    _list(question, fixed_points(question.contrast, parameters, digits=DIGITS, engine="arb"), record)
    outcome = limit(question.contrast, parameters, digits=DIGITS)
    if isinstance(outcome, Monotone):
        record["verdict"] = Verdict.FALLS if isinstance(outcome, FallsToGreatest) else Verdict.RISES
        record["period"] = 1
        if outcome.attraction is not None:
            record["rate"] = ENGINE.exact(outcome.attraction.rate).hi
    elif isinstance(outcome, ConvergesToCycle):
        record["verdict"] = Verdict.FIXED_POINT if outcome.period == 1 else Verdict.CYCLE
        record["period"] = outcome.period
        record["rate"] = ENGINE.exact(outcome.rate).hi
    if points := _ends(outcome):
        _limit(record, points)


def _two_views(question: Question, found: Views, record: Answers) -> None:
    """Small steps, and beside them whether the exact iteration ends elsewhere."""
    listed, small = found.fixed_points, found.small
    _list(question, listed, record)
    if isinstance(small, RisesBySteps) and small.limit is not None:
        record["verdict"], record["period"] = Verdict.RISES, 1
        spare = 1 if question.has_arrays else SPARE
        record["largest_step"] = ENGINE.exact(small.largest_step[0] * spare).lo
        _limit(record, (small.limit,))
    if found.differ is None or found.maximiser is None:
        return
    record["exact"] = Exact.SAME
    points = _ends(found.maximiser)
    if found.differ and points:
        record["exact"] = Exact.ANOTHER if len(points) == 1 else Exact.CYCLE
        low, high = min(point.logit[0] for point in points), max(point.logit[1] for point in points)
        place = ENGINE.sigmoid(ENGINE.between(ENGINE.exact(low).lo, ENGINE.exact(high).hi))
        record["exact_p_low"], record["exact_p_high"] = place.lo, min(float(place.hi), 1.0)


def _list(question: Question, found: FixedPoints | UndecidedFixedPoints | None, record: Answers) -> None:
    if isinstance(found, FixedPoints):
        record["count"] = found.count
        record["higher"] = ENGINE.exact(found.points[-1].logit[0]).lo >= log_odds(question.target).hi


def _ends(outcome: Limit) -> tuple[LimitPoint, ...]:
    """The points that a sequence from one exact rate tends to, where they are known one by one."""
    if isinstance(outcome, Monotone):
        return (outcome.limit,)
    return outcome.points if isinstance(outcome, ConvergesToCycle) else ()


def _limit(record: Answers, points: tuple[LimitPoint, ...]) -> None:
    low, high = min(point.logit[0] for point in points), max(point.logit[1] for point in points)
    fill_bracket(record, ENGINE.exact(low).lo, ENGINE.exact(high).hi)


def _under_k3(question: Question, low: Fraction, high: Fraction, record: Answers) -> None:
    """The one fixed point, to which small steps rise, for every p_ref in [low, high] but 0 and 1; and whether
    the exact iteration tends to it.

    ``beta (p - p_ref)`` falls when ``p_ref`` grows, so the place where ``p q Omega(p)`` meets it moves right:
    the fixed points of the two ends enclose those between.
    """
    first, last = -np.inf, np.inf
    if low > 0:
        first = ENGINE.exact(_k3_point(question, low)[0]).lo
    if high < 1:
        last = ENGINE.exact(_k3_point(question, high)[1]).hi
    record["count"], record["largest_step"] = 1, _k3_step(question, low, high)
    if (
        question.update is not None
        and not ENGINE.exact(question.update.step_size[1]).hi <= record["largest_step"]
    ):
        return
    record["verdict"], record["period"] = Verdict.RISES, 1
    fill_bracket(record, first, last)
    if question.update is None and _settles(question, low, high):
        record["exact"] = Exact.SAME


def _k3_step(question: Question, low: Fraction, high: Fraction) -> float:
    """Up to which size steps rise under k3, rounded down; NaN where an end is infinite."""
    if not (low > 0 and high < 1):
        return float("nan")
    found = k3_small_steps(question.contrast, question.at(low, high), digits=DIGITS)
    if isinstance(found, K3StepsUndecided):
        return float("nan")
    return float(ENGINE.exact(found.largest_step[0]).lo)


def _settles(question: Question, low: Fraction, high: Fraction) -> bool:
    """Whether the exact iteration is proved to tend to the fixed point, for every p_ref."""
    if _climbs(question, low):
        return True
    return (
        low > 0
        and high < 1
        and isinstance(k3_convergence(question.contrast, question.at(low, high)), K3Converges)
    )


def _k3_point(question: Question, rate: Fraction) -> tuple[Fraction, Fraction]:
    return k3_fixed_point(question.contrast, question.at(rate, rate), digits=DIGITS).logit


def _climbs(question: Question, low: Fraction) -> bool:
    """Whether ``beta (2 - 4 p_ref) <= Omega(1/2)`` is proved for every ``p_ref >= low``: then all settle."""
    with make_engine("arb", BITS) as engine:
        least = Profile(engine, question.contrast, question.eps).omega_min
        spare = engine.sub(least, engine.exact(question.beta * max(2 - 4 * low, Fraction(0))))
        return engine.sign(spare) in (Sign.POSITIVE, Sign.ZERO)
