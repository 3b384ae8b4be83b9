"""Every different rate solved once, side by side, and what is kept of each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...answers.views import views, views_certificates
from ...certificates.canonical import canonical_bytes
from ...certificates.grammar.values import AnyCertificate
from ...certificates.small_steps import small_steps_certificate
from ...certificates.verifiers import ceiling_certificate
from ...errors import NotEnoughPrecision
from ...intervals import canonical, decimal_down, decimal_up, exact
from ...model import Range
from ...rigor.sequences.outcomes import ConvergesToCycle, Limit
from ...rigor.sequences.small_steps import RisesToOneBySteps, SmallSteps, UndecidedBySteps, small_steps
from ...rigor.verifiers import Ceiling, ceiling
from ...work.parallel import side_by_side
from ..pass_rates.rates import Rate
from ..pass_rates.writing import Keep
from .question import JudgedQuestion, Place

FEW, AHEAD = 4, 4
SHOWN = 12
GAINS, LOSES, ABSORBING, IMPOSSIBLE, UNDECIDED = "gains", "loses", "absorbing", "impossible", "undecided"
SAME, ANOTHER, CYCLE = "same", "another fixed point", "cycle"
PARTLY = "some of these verifiers, or of the rates of the interval, have no answers behind them"
Ends = tuple[str, str]
Made = dict[str, AnyCertificate]


@dataclass(frozen=True)
class Answer:
    """What is proved of one measured rate, as text; None where nothing is, or there is no such thing.

    Attributes:
        verdict: ``gains`` or ``loses`` right answers; ``absorbing`` where all are wrong, or all right;
            ``impossible`` where this verifier cannot pass at that rate; ``undecided`` for a ``reason``.
        passed_ref, right_ref: the rates of the reference.
        passed, right: around their limit by small steps.
        bound: with systematic errors, what the rate of right answers stays below (of losing: above).
        largest_step: small steps are at most this.
        exact: where the exact iteration ends beside them.
    """

    verdict: str
    passed_ref: Ends
    right_ref: Ends | None = None
    passed: Ends | None = None
    right: Ends | None = None
    bound: str | None = None
    largest_step: str | None = None
    exact: str | None = None
    reason: str | None = None

    @property
    def passes(self) -> str:
        """How often the reference's answers pass: a rate, or an interval of them."""
        low, high = self.passed_ref
        return low if low == high else f"{low} to {high}"


def solve(
    question: JudgedQuestion,
    rates: Sequence[Rate],
    jobs: int,
    keep: Keep | None,
    done: Callable[[int], None],
) -> list[Answer]:
    """An answer a rate, in their order; ``keep`` gets the certificates, one by one."""
    blocks = [tuple(rates[first : first + FEW]) for first in range(0, len(rates), FEW)]
    answers: list[Answer] = []
    for found in side_by_side(_solved, [(question, block) for block in blocks], jobs, ahead=AHEAD):
        for answer, certificates in found:
            for ending, certificate in certificates.items():
                if keep is not None:
                    keep(len(answers), ending, certificate)
            answers.append(answer)
        done(len(answers))
    return answers


def _solved(question: JudgedQuestion, rates: tuple[Rate, ...]) -> list[tuple[Answer, dict[str, bytes]]]:
    found = (answered(question, rate) for rate in rates)
    return [
        (answer, {ending: canonical_bytes(certificate) for ending, certificate in made.items()})
        for answer, made in found
    ]


def answered(question: JudgedQuestion, rate: Rate) -> tuple[Answer, Made]:
    """What is proved of one measured rate, and its certificates by what their names end in.

    Not proved: that the measured rate is that of passing (with a confidence: that its interval holds it).
    Source: R4 and R5 of the manual's page on verifiers.
    """
    place = question.place(rate)
    passed_ref = _ends(place.passed)
    if place.stays:
        right = _ends(place.right)
        bound = right[0] if question.is_systematic else None
        return Answer(ABSORBING, passed_ref, right, None, right, bound), {}
    if place.is_impossible:
        return Answer(IMPOSSIBLE, passed_ref), {}
    if not place.is_possible:
        return Answer(UNDECIDED, passed_ref, reason=PARTLY), {}
    try:
        return _possible(question, place, Answer(UNDECIDED, passed_ref, _ends(place.right)))
    except NotEnoughPrecision as error:
        return Answer(UNDECIDED, passed_ref, _ends(place.right), reason=str(error)), {}


def _possible(question: JudgedQuestion, place: Place, known: Answer) -> tuple[Answer, Made]:
    """Of a rate with right and wrong answers behind it."""
    small, exactly, made = _followed(question, place)
    if isinstance(small, UndecidedBySteps):
        bounded = _bounded(question, place, ())
        bound = None if bounded is None else _number(bounded.bound)
        return Answer(UNDECIDED, known.passed_ref, known.right_ref, bound=bound, reason=small.reason), {}
    limit, step = (Fraction(1), Fraction(1)), None
    if not isinstance(small, RisesToOneBySteps):
        assert small.limit is not None  # alpha beta is one number above 0
        limit, step = (exact(small.limit.p[0]), exact(small.limit.p[1])), canonical(small.largest_step[0])
    passed, right = question.both(place, limit)
    bounded = _bounded(question, place, (passed,))
    if bounded is not None:
        made["-right-answers"] = ceiling_certificate(bounded)
    return Answer(
        GAINS if question.verifier.sign == 1 else LOSES,
        known.passed_ref,
        known.right_ref,
        _ends(passed),
        _ends(right),
        None if bounded is None else _number(bounded.bound),
        step,
        exactly,
    ), made


def _followed(question: JudgedQuestion, place: Place) -> tuple[SmallSteps, str | None, Made]:
    """Small steps of the rate that is followed; of exact numbers the exact iteration, too."""
    contrast, box = question.contrast, question.box(place)
    if not (box.is_point and contrast.is_single):
        small = small_steps(contrast, box)
        proved = not isinstance(small, UndecidedBySteps)
        return small, None, {"-small-steps": small_steps_certificate(small)} if proved else {}
    found = views(contrast, box)
    words: dict[bool | None, str] = {False: SAME, True: _elsewhere(found.maximiser), None: UNDECIDED}
    return found.small, words[found.differ] if box.beta[0] else None, views_certificates(found)


def _elsewhere(found: Limit | None) -> str:
    return CYCLE if isinstance(found, ConvergesToCycle) and found.period > 1 else ANOTHER


def _bounded(question: JudgedQuestion, place: Place, passed: tuple[Range, ...]) -> Ceiling | None:
    return ceiling(place.right, question.verifier, passed) if question.is_systematic else None


def _number(bound: Fraction | None) -> str | None:
    return None if bound is None else canonical(bound)


def _ends(pair: Range) -> Ends:
    """An exact number as it is, a range rounded outward."""
    if pair[0] == pair[1]:
        return canonical(pair[0]), canonical(pair[0])
    low, high = decimal_down(pair[0], SHOWN), decimal_up(pair[1], SHOWN)
    return low if exact(low) >= 0 else "0", high if exact(high) <= 1 else "1"
