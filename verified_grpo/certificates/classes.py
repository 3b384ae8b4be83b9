"""Classes of answers written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from fractions import Fraction

from ..errors import CertificateError
from ..intervals import canonical, exact
from ..model.classes import AnswerClasses
from ..rigor.classes.outcomes import (
    Correctness,
    NothingToLearn,
    Settled,
    Swings,
    Tilted,
    TiltOutcome,
    TiltPassage,
    TiltPoint,
    TiltQuestion,
)
from .builders import CHECKER_BITS, line_cells
from .canonical import seal
from .grammar import classes as grammar
from .grammar.values import Certificate, Side
from .outputs import classes as printed


def classes_certificate(found: TiltOutcome) -> Certificate[grammar.AnswerClasses, grammar.TiltEvidence]:
    """The certificate of all that is proved; what is not is left out of it.

    Raises:
        CertificateError: no fixed points were proved, or there is nothing to learn: neither has a
        certificate.
    """
    if isinstance(found, NothingToLearn):
        raise CertificateError("all answers have one mean reward: nothing is learned, and nothing to certify")
    if not isinstance(found, Tilted):
        raise CertificateError("an undecided count of fixed points has no certificate")
    small = found.small
    statement: grammar.AnswerClasses = {
        "kind": "answer-classes",
        "contrast": found.question.contrast,
        "classes": classes_json(found.question.classes),
        "parameters": parameters(found.question),
        "count": found.count,
        "fixed_points": [],
        "small_steps": {"gain": canonical(small.gain)}
        if small.gain is not None
        else {"largest_step": canonical(small.largest_step or Fraction(0))},
    }
    statement["fixed_points"] = [_point(point) for point in found.points]
    evidence: grammar.TiltEvidence = {"rule": "tilt", "bits": found.bits + CHECKER_BITS}
    if found.points:
        evidence["cells"] = line_cells(found.cells)
        evidence["slopes"] = [canonical(x) for x in small.slopes]
    if isinstance(found.settled, Swings):
        statement["maximiser"] = {"cycle": [_point(point) for point in found.settled.points]}
        evidence["orbit"] = {"steps": found.settled.steps, "radius": canonical(found.settled.radius)}
    elif found.settled is not None and found.settled.point:
        statement["maximiser"] = {"point": found.settled.point}
        if found.settled.steps is not None and found.settled.radius is not None:
            radius = canonical(found.settled.radius)
            evidence["orbit"] = {"steps": found.settled.steps, "radius": radius}
    if found.correctness is not None:
        statement["correctness"] = _course(found.correctness)
        if found.correctness.begins != "stays":
            evidence["turning"] = line_cells(found.correctness.cells)
    if found.passage is not None:
        statement["passage"] = _passage(found.passage)
    return seal(statement, evidence, found.engine, found.bits)


def _point(point: TiltPoint) -> grammar.TiltPoint:
    written: grammar.TiltPoint = {
        "theta": [canonical(x) for x in point.theta],
        "mean_reward": _side(point.mean_reward),
    }
    if point.correct is not None:
        written["correct"] = _side(point.correct)
    return written


def _passage(passage: TiltPassage) -> grammar.TiltPassage:
    return {"of": passage.of, "reach": canonical(passage.reach), "steps": passage.steps}


def classes_json(classes: AnswerClasses) -> list[grammar.AnswerClass]:
    """Ascending in the reward."""
    listed: list[grammar.AnswerClass] = []
    for c in classes.classes:
        written: grammar.AnswerClass = {
            "weight": canonical(c.weight),
            "reward": canonical(c.reward),
            "reward_squared": canonical(c.reward_squared),
        }
        if c.correct is not None:
            written["correct"] = canonical(c.correct)
        listed.append(written)
    return listed


def parameters(question: TiltQuestion) -> grammar.TiltParameters:
    """As the certificate writes them."""
    return {
        "alpha": canonical(question.alpha),
        "beta": canonical(question.beta),
        "eps": canonical(question.eps),
    }


def classes_payload(found: TiltOutcome) -> printed.ClassesAnswer:
    """``fixed_points`` with ``theta``, ``mean_reward``, ``correct`` (null: not known) as ``[lower, upper]``;
    the two views; ``correctness`` with its course, turns, supremum on the way and limit (null: not
    proved)."""
    head: printed.OfClasses = {
        "contrast": found.question.contrast,
        "classes": classes_json(found.question.classes),
        "parameters": parameters(found.question),
    }
    if isinstance(found, NothingToLearn):
        share = None if found.correct is None else canonical(found.correct)
        constant = canonical(found.mean_reward)
        return {**head, "verdict": "nothing-to-learn", "mean_reward": constant, "correct": share}
    if not isinstance(found, Tilted):
        bracket = None if found.bracket is None else [canonical(x) for x in found.bracket]
        return {**head, "verdict": "undecided", "reason": found.reason, "bracket": bracket}
    answer: printed.ProvedClasses = {
        "contrast": head["contrast"],
        "classes": head["classes"],
        "parameters": head["parameters"],
        "verdict": "proved",
        "count": found.count,
        "fixed_points": [_listed(point) for point in found.points],
        "views": _views(found),
        "correctness": None if found.correctness is None else _course_json(found, found.correctness),
        "undecided": list(found.undecided),
        "engine": found.engine,
        "bits": found.bits,
    }
    if found.passage is not None:
        answer["passage"] = _passage(found.passage)
    return answer


def _views(found: Tilted) -> printed.TiltViews:
    small, settled = found.small, found.settled
    return {
        "small_steps": {
            "point": 1 if found.points else None,
            "largest_step": None if small.largest_step is None else canonical(small.largest_step),
            "gain": None if small.gain is None else canonical(small.gain),
        },
        "exact_maximiser": None if settled is None else _end(settled),
    }


def _end(settled: Settled | Swings) -> printed.ExactTiltView:
    if isinstance(settled, Swings):
        cycle = [_listed(point) for point in settled.points]
        return {"point": None, "steps": settled.steps, "cycle": cycle}
    return {"point": settled.point or None, "steps": settled.steps}


def _listed(point: TiltPoint) -> printed.ListedTilt:
    return {
        "theta": [canonical(x) for x in point.theta],
        "mean_reward": list(point.mean_reward),
        "correct": None if point.correct is None else list(point.correct),
    }


def _course(moves: Correctness) -> grammar.Course:
    return {
        "begins": moves.begins,
        "turns": [[canonical(x) for x in turn] for turn in moves.turns],
        "within": moves.within,
        "supremum": _side(moves.supremum),
    }


def _course_json(found: Tilted, moves: Correctness) -> printed.CourseAnswer:
    share = found.question.classes.classes[-1].correct
    assert share is not None
    return {
        "course": moves.course,
        "begins": moves.begins,
        "turns": [[canonical(x) for x in turn] for turn in moves.turns],
        "within": moves.within,
        "supremum": list(moves.supremum),
        "limit": canonical(share),
    }


def _side(pair: tuple[str, str]) -> Side:
    low, high = (canonical(exact(end)) for end in pair)
    return low if low == high else [low, high]
