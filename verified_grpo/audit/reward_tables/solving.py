"""Every different table of classes solved once, side by side, and what is kept of each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...certificates.canonical import canonical_bytes
from ...certificates.classes import classes_certificate
from ...intervals import canonical, decimal_down, decimal_up, exact
from ...model.classes import AnswerClasses
from ...rigor.classes.outcomes import NothingToLearn, Swings, Tilted, TiltOutcome
from ...rigor.classes.search import tilted
from ...work.parallel import side_by_side
from ..pass_rates.writing import Keep
from .question import RewardQuestion

FEW, AHEAD = 8, 4
SHOWN = 15
PROVED, CONSTANT, UNDECIDED = "proved", "nothing to learn", "undecided"
CYCLE = "cycle"
GAINS, LOSES, STAYS, OPEN = "gains", "loses", "stays", "undecided"
MONOTONE = {"rises": GAINS, "falls": LOSES, "stays": STAYS}
"""Without a turn on the way the ends need no comparison."""
Ends = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """What is proved of one table of classes, as text; None where nothing is, or there is no such thing.

    Attributes:
        verdict: proved, nothing to learn, or undecided.
        reason: why it is undecided.
        count, theta: how many fixed points there are, and the least one, where small steps end.
        reward, correct: shares under the reference, exact.
        reward_limit, correct_limit: around the limit by small steps.
        change: whether the limit has more correct answers than the reference: gains, loses, stays, undecided.
        course, turns, supremum: of correctness on the way there.
        largest_step: small steps are at most this.
        exact: where the exact iteration, or the update asked about, ends beside them.
        certified: whether there is a certificate.
    """

    verdict: str
    reward: str
    correct: str | None
    reason: str | None = None
    count: int | None = None
    theta: Ends | None = None
    reward_limit: Ends | None = None
    correct_limit: Ends | None = None
    change: str | None = None
    course: str | None = None
    turns: int | None = None
    supremum: Ends | None = None
    largest_step: str | None = None
    exact: str | None = None
    certified: bool = False


def solve(
    question: RewardQuestion,
    tables: Sequence[AnswerClasses],
    jobs: int,
    keep: Keep | None,
    done: Callable[[int], None],
) -> list[Answer]:
    """An answer a table, in their order; ``keep`` gets the certificates, one by one."""
    blocks = [tuple(tables[first : first + FEW]) for first in range(0, len(tables), FEW)]
    tasks = [(question, block, keep is not None) for block in blocks]
    answers: list[Answer] = []
    for found in side_by_side(_solved, tasks, jobs, ahead=AHEAD):
        for answer, certificate in found:
            if keep is not None and certificate is not None:
                keep(len(answers), "", certificate)
            answers.append(answer)
        done(len(answers))
    return answers


def _solved(
    question: RewardQuestion, tables: tuple[AnswerClasses, ...], certify: bool
) -> list[tuple[Answer, bytes | None]]:
    return [_answered(question, classes, certify) for classes in tables]


def _answered(question: RewardQuestion, classes: AnswerClasses, certify: bool) -> tuple[Answer, bytes | None]:
    found = tilted(question.at(classes), engine="arb")
    certificate = None
    if certify and isinstance(found, Tilted):
        certificate = canonical_bytes(classes_certificate(found))
    return answer_of(found), certificate


def answer_of(found: TiltOutcome) -> Answer:
    """What is kept of an outcome."""
    classes = found.question.classes
    reward, correct = _reference(classes)
    head = canonical(reward), None if correct is None else canonical(correct)
    if isinstance(found, NothingToLearn):
        change = None if correct is None else STAYS
        same, share = _both(reward), _both(correct)
        return Answer(CONSTANT, *head, reward_limit=same, correct_limit=share, change=change, course=change)
    if not isinstance(found, Tilted):
        return Answer(UNDECIDED, *head, reason=found.reason)
    return _proved(found, head, correct)


def _proved(found: Tilted, head: tuple[str, str | None], before: Fraction | None) -> Answer:
    top, moves, step = found.question.classes.classes[-1], found.correctness, found.small.largest_step
    theta, limit, correct = None, _both(top.reward), _both(top.correct)  # without a pull
    if found.points:
        least = found.points[0]
        theta = decimal_down(least.theta[0], SHOWN), decimal_up(least.theta[1], SHOWN)
        limit, correct = least.mean_reward, least.correct
    if moves is not None and moves.course == STAYS:
        correct = _both(before)
    unknown = None if before is None else OPEN
    return Answer(
        PROVED,
        *head,
        count=found.count,
        theta=theta,
        reward_limit=limit,
        correct_limit=correct,
        change=(moves and MONOTONE.get(moves.course)) or _change(before, correct),
        course=unknown if moves is None else moves.course,
        turns=None if moves is None else moves.within,
        supremum=None if moves is None else moves.supremum,
        largest_step=None if step is None else canonical(step),
        exact=_exact(found),
        certified=True,
    )


def _both(number: Fraction | None) -> Ends | None:
    return None if number is None else (canonical(number), canonical(number))


def _reference(classes: AnswerClasses) -> tuple[Fraction, Fraction | None]:
    """The mean reward and the share of correct answers before training."""
    reward = sum((c.weight * c.reward for c in classes.classes), Fraction(0))
    shares = [c.weight * c.correct for c in classes.classes if c.correct is not None]
    return reward, sum(shares, Fraction(0)) if shares else None


def _change(before: Fraction | None, after: Ends | None) -> str | None:
    if before is None or after is None:
        return None
    low, high = exact(after[0]), exact(after[1])
    return GAINS if low > before else LOSES if high < before else OPEN


def _exact(found: Tilted) -> str | None:
    if found.settled is None:
        return None if not found.question.beta else UNDECIDED
    if isinstance(found.settled, Swings):
        return CYCLE
    if not found.settled.point:
        return "no bound"
    return "same" if found.settled.point == 1 else "another fixed point"
