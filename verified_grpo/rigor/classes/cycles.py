"""Cycles that the exact iteration of the tilt ends in (lemma 71 of the checker)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from ...model import Range
from ...model.tilt import Tilt
from .outcomes import TiltQuestion
from .steps import LOST, STEPS_LIMIT, update_tilt

V = TypeVar("V")
PERIODS, RETURNED = 8, Fraction(1, 2**20)
POLISHED = 400
"""Steps of the approximate orbit towards the cycle, at most."""
COARSEST, FINER = 4, 3
"""Digits of the widest brackets that are tried, and how many fewer each time."""
WIDEST, NARROWEST = -4, 44
ZERO = Fraction(0)


@dataclass(frozen=True)
class Caught:
    """Brackets of the points in the order of T; after ``steps`` the sequence is within ``radius`` of the
    first."""

    brackets: tuple[Range, ...]
    steps: int
    radius: Fraction


def swing(tilt: Tilt[V], question: TiltQuestion, digits: int) -> Caught | None:
    """The cycle of 2 to 8 points that the sequence from 0 ends in, proved; None where none is.

    Not proved: that the sequence does not end in a cycle where None is returned.
    """
    found = _guess(tilt, question)
    if found is None:
        return None
    start, period = found
    start = _polished(tilt, question, start, period)
    for shown in range(digits, COARSEST - 1, -FINER):
        brackets = _brackets(tilt, question, start, period, shown)
        if brackets is not None:
            return _caught(tilt, question, brackets)
    return None


def _guess(tilt: Tilt[V], question: TiltQuestion) -> tuple[Fraction, int] | None:
    """Where an enclosed orbit comes back to, and after how many steps."""
    e, seen = tilt.engine, list[Fraction]()
    theta = e.exact(0)
    for _ in range(STEPS_LIMIT):
        low, high = e.lower(theta), e.upper(theta)
        if (high - low) / LOST > high:
            return None
        for period in range(2, PERIODS + 1):
            if len(seen) >= period and abs(low - seen[-period]) <= RETURNED * high:
                return low, period
        seen.append(low)
        theta = update_tilt(tilt, question, theta)
    return None


def _polished(tilt: Tilt[V], question: TiltQuestion, start: Fraction, period: int) -> Fraction:
    """Nearer to the cycle, by following the orbit of a number with rounding."""
    for _ in range(POLISHED // period):
        here = start
        for _ in range(period):
            here = _approx_update(tilt, question, here)
        if here == start:
            break
        start = here
    return start


def _approx_update(tilt: Tilt[V], question: TiltQuestion, theta: Fraction) -> Fraction:
    e = tilt.engine
    image = update_tilt(tilt, question, e.exact(theta))
    unit = Fraction(1, 2 ** (e.bits * 3 // 4))
    return max(ZERO, round((e.lower(image) + e.upper(image)) / 2 / unit) * unit)


def _brackets(
    tilt: Tilt[V], question: TiltQuestion, start: Fraction, period: int, digits: int
) -> tuple[Range, ...] | None:
    """Decimals around the points: T of each in the next, and of the last in the first; None if not proved,
    or where two meet."""
    e, unit = tilt.engine, _unit(start, digits)
    found = [((start // unit - 1) * unit, (start // unit + 2) * unit)]
    if found[0][0] < 0:
        return None
    for _ in range(period):
        low, high = found[-1]
        image = update_tilt(tilt, question, e.interval(low, high))
        if not e.is_finite(image):
            return None
        first, last = max(e.lower(image), ZERO), e.upper(image)
        fine = _unit(max(last - first, unit / 1000), 3)
        found.append(((first // fine) * fine, (last // fine + 1) * fine))
    *brackets, back = found
    closed = brackets[0][0] <= back[0] and back[1] <= brackets[0][1]
    apart = all(x[1] < y[0] for x, y in pairwise(sorted(brackets)))
    return tuple(brackets) if closed and apart else None


def _unit(size: Fraction, digits: int) -> Fraction:
    """A power of ten, about so many digits below a number above 0."""
    place = digits
    while size * 10**place < 10**digits and place < 10**4:
        place += 1
    return Fraction(1, 10**place)


def _caught(tilt: Tilt[V], question: TiltQuestion, brackets: tuple[Range, ...]) -> Caught | None:
    """The largest radius of a few within which T^n contracts, and the first step that is seen there."""
    low, high = brackets[0]
    for k in range(WIDEST, NARROWEST):
        radius = Fraction(1, 2**k) if k >= 0 else Fraction(2**-k)
        if radius > high - low and low >= radius and _contracts(tilt, question, brackets, radius):
            steps = _steps_into(tilt, question, (high - radius, low + radius))
            return None if steps is None else Caught(brackets, steps, radius)
    return None


def _contracts(tilt: Tilt[V], question: TiltQuestion, brackets: tuple[Range, ...], radius: Fraction) -> bool:
    e = tilt.engine
    cell, product = (brackets[0][0] - radius, brackets[0][1] + radius), Fraction(1)
    for _ in brackets:
        slope = tilt.over(*cell).omega_slope
        image = update_tilt(tilt, question, e.interval(*cell))
        if not (e.is_finite(slope) and e.is_finite(image)):
            return False
        ends = (1 - question.alpha + end / question.beta for end in (e.lower(slope), e.upper(slope)))
        product *= max(abs(end) for end in ends)
        if product > 10**6:
            return False
        cell = max(e.lower(image), ZERO), e.upper(image)
    return product < 1


def _steps_into(tilt: Tilt[V], question: TiltQuestion, inside: Range) -> int | None:
    """How many steps lead the enclosed orbit there."""
    e = tilt.engine
    theta = e.exact(0)
    for n in range(STEPS_LIMIT):
        low, high = e.lower(theta), e.upper(theta)
        if inside[0] <= low and high <= inside[1]:
            return n
        if (high - low) / LOST > high:
            return None
        theta = update_tilt(tilt, question, theta)
    return None
