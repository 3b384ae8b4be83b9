"""After how many exact updates the mean reward, or the share of correct answers, is at a level: along the
enclosed sequence (lemma 65 of the checker)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Literal, TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, exact, make_engine
from ...model.tilt import Cell, Tilt
from .outcomes import Settled, Tilted, TiltPassage
from .steps import update_tilt

V = TypeVar("V")
Of = Literal["mean_reward", "correct"]
STEPS_LIMIT = 5000
ROOM = 64
"""Bits beyond those of the fixed points, which a long sequence uses up."""


def passing(found: Tilted, of: Of, reach: Fraction) -> Tilted:
    """The same with its passage, or with the reason why there is none proved.

    Args:
        found: the fixed points, and where the sequence goes.
        of: what is asked to be at ``reach`` or above.
        reach: the level, exact.

    Raises:
        InputError: correctness, which the classes do not know; no KL, without which no update is a maximiser.
    """
    question = found.question
    if of == "correct" and not question.classes.knows_correct:
        raise InputError("the classes do not say what is correct: there is no passage of it to count")
    if not question.beta:
        raise InputError("--reach counts exact updates, which need a KL: give --beta above 0, or --step-size")
    if _never(found, of, reach):
        return replace(found, passage=TiltPassage(of, reach, None))
    with make_engine(found.engine, found.bits + ROOM) as engine:
        try:
            known, steps = _counted(engine, found, of, reach)
        except NotEnoughPrecision:
            known, steps = False, None
    if not known:
        reason = f"no update within {STEPS_LIMIT} is proved to be the first at the level"
        return replace(found, undecided=(*found.undecided, reason))
    return replace(found, passage=TiltPassage(of, reach, steps), bits=found.bits + ROOM)


def _counted(engine: Engine[V], found: Tilted, of: Of, reach: Fraction) -> tuple[bool, int | None]:
    """Whether it is known, and the first n at the level, None: there is none, since the sequence is caught
    below it."""
    settled, question = found.settled, found.question
    tilt = Tilt(engine, question.classes, question.contrast, question.eps)
    caught = settled.steps if isinstance(settled, Settled) and _held(tilt, found, of, reach) else None
    theta = engine.exact(0)
    for n in range(STEPS_LIMIT + 1):
        if n == caught:
            return True, None
        value = _value(tilt.over(max(engine.lower(theta), Fraction(0)), engine.upper(theta)), of)
        if engine.lower(value) >= reach:
            return True, n
        if engine.upper(value) >= reach:
            break
        theta = update_tilt(tilt, question, theta)
    return False, None


def _never(found: Tilted, of: Of, reach: Fraction) -> bool:
    """By the least fixed point, where the whole update is a small step."""
    step = found.small.largest_step
    if not found.points or step is None or step * found.question.beta < 1:
        return False
    if of == "mean_reward":
        return exact(found.points[0].mean_reward[1]) < reach
    return found.correctness is not None and exact(found.correctness.supremum[1]) < reach


def _held(tilt: Tilt[V], found: Tilted, of: Of, reach: Fraction) -> bool:
    """Whether there is a trap, which catches the sequence, and it lies below the level."""
    if not isinstance(found.settled, Settled) or found.settled.radius is None:
        return False
    (low, high), radius = found.points[found.settled.point - 1].theta, found.settled.radius
    return tilt.engine.upper(_value(tilt.over(low - radius, high + radius), of)) < reach


def _value(cell: Cell[V], of: Of) -> V:
    return cell.mean if of == "mean_reward" else cell.correct
