"""The search: all fixed points of the tilt, both views of where it goes, and what becomes of correctness."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, make_engine
from ...model import Range
from ...model.tilt import Tilt
from ..points.partition import Unresolved
from .correctness import correctness, within
from .curves import Drive, cells_of, zeros
from .cycles import swing
from .outcomes import (
    NothingToLearn,
    Settled,
    SmallTilts,
    Swings,
    Tilted,
    TiltOutcome,
    TiltPoint,
    TiltQuestion,
    UndecidedTilt,
)
from .steps import settle, small_tilts

V = TypeVar("V")
DIGITS_LIMIT = 1000
ATTEMPTS = 3
SPARE_BITS = 72
FARTHEST = 10**12
SHOWN_BEYOND = 2
DOUBLE = "a double zero, or none, in this bracket of theta"


def tilted(question: TiltQuestion, *, digits: int = 15, engine: str = "mpmath") -> TiltOutcome:
    """All fixed points of the tilt map, and what is proved of steps and of correctness.

    Args:
        question: classes, contrast and exact parameters.
        digits: each bracket of theta is about ``10^-digits`` wide relatively; 1 to 1000.
        engine: ``mpmath`` or ``arb``.

    Raises:
        InputError: digits out of range.

    Not proved: anything of finite samples or groups, or of prompts that share parameters. Source: R1 to R3,
    R5 of the manual's page on rewards.
    """
    if not 1 <= digits <= DIGITS_LIMIT:
        raise InputError(f"digits must be from 1 to {DIGITS_LIMIT}, not {digits}")
    if question.classes.is_constant:
        only = question.classes.classes[0]
        return NothingToLearn(question, only.reward, only.correct)
    bits = -(-(SPARE_BITS + digits * 10 // 3) // 16) * 16
    outcome: TiltOutcome | None = None
    for _ in range(ATTEMPTS):
        outcome = _attempt(make_engine(engine, bits), question, digits)
        if isinstance(outcome, Tilted):
            return outcome
        bits *= 2
    assert outcome is not None
    return outcome


def domain_end(question: TiltQuestion) -> Fraction:
    """A whole number T with ``alpha beta T > Omega`` whatever theta is: no fixed point lies at T or above."""
    square = question.classes.largest_omega_square(question.contrast, question.eps) / question.pull**2
    return Fraction(isqrt(square.numerator // square.denominator) + 1)


def _attempt(engine: Engine[V], question: TiltQuestion, digits: int) -> TiltOutcome:
    with engine:
        try:
            tilt = Tilt(engine, question.classes, question.contrast, question.eps)
            if not question.pull:
                return _without_pull(tilt, question, digits)
            end = domain_end(question)
            if end > FARTHEST:
                return UndecidedTilt(question, "fixed points may lie beyond theta = 1e12", None, engine.bits)
            drive = Drive(tilt, question.pull)
            cells = cells_of(drive, end)
            if isinstance(cells, Unresolved):
                return UndecidedTilt(question, DOUBLE, (cells.low, cells.high), engine.bits)
            brackets = zeros(drive, cells, digits)
            points = tuple(_point(tilt, bracket, digits) for bracket in brackets)
            small = small_tilts(tilt, question, brackets[0])
            settled = settle(tilt, question, brackets, small) or _swings(tilt, question, digits)
            moves, why = correctness(tilt, question, brackets[0], digits)
        except NotEnoughPrecision as error:
            return UndecidedTilt(question, f"not enough precision: {error}", None, engine.bits)
    undecided = (why,) if settled is not None else (why, "where the exact iteration goes is not decided")
    said = tuple(x for x in undecided if x)
    return Tilted(
        question, points, tuple(cells), small, settled, moves, said, digits, engine.name, engine.bits
    )


def _swings(tilt: Tilt[V], question: TiltQuestion, digits: int) -> Swings | None:
    """The cycle that the exact iteration ends in, where one is found and proved."""
    caught = swing(tilt, question, digits)
    if caught is None:
        return None
    points = tuple(_point(tilt, bracket, digits) for bracket in caught.brackets)
    return Swings(points, caught.steps, caught.radius)


def _without_pull(tilt: Tilt[V], question: TiltQuestion, digits: int) -> Tilted:
    """Omega/beta > 0 at every step: theta has no bound."""
    square = question.classes.least_omega_square(question.contrast, question.eps)
    small = SmallTilts(None, _root_below(square), ())
    moves, why = correctness(tilt, question, None, digits)
    said = (why,) if why else ()
    e, settled = tilt.engine, Settled(0) if question.beta else None
    return Tilted(question, (), (), small, settled, moves, said, digits, e.name, e.bits)


def _root_below(square: Fraction) -> Fraction:
    """A number just below the root, with twelve digits or so."""
    place = max(12, 12 + (square.denominator.bit_length() - square.numerator.bit_length()) // 6)
    scale = 10**place
    return Fraction(isqrt(square.numerator * scale**2 // square.denominator), scale)


def _point(tilt: Tilt[V], bracket: Range, digits: int) -> TiltPoint:
    cell, given = tilt.over(*bracket), tilt.classes.classes
    shown = digits + SHOWN_BEYOND
    mean = within(tilt.engine, cell.mean, given[0].reward, given[-1].reward, shown)
    if not tilt.classes.knows_correct:
        return TiltPoint(bracket, mean, None)
    return TiltPoint(bracket, mean, within(tilt.engine, cell.correct, Fraction(0), Fraction(1), shown))
