"""Where the tilt goes: by small steps, whatever they are, and solved exactly at every step."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import TypeVar

from ...intervals import decimal_down, exact
from ...model import Range
from ...model.tilt import Tilt
from ..subdivision import LargestFirst, halves
from .outcomes import Settled, SmallTilts, TiltQuestion

V = TypeVar("V")
CUTS_LIMIT = 400
CLOSE = Fraction(101, 100)
STEPS_LIMIT = 5000
WIDEST = 4
PERIODS, RETURNED, LOST = 17, Fraction(1, 2**30), Fraction(1, 2**16)


def small_tilts(tilt: Tilt[V], question: TiltQuestion, least: Range) -> SmallTilts:
    """A step X with ``X (pull + s) <= 1``, s the supremum of -Omega' up to the least fixed point: a cell with
    the largest bound is halved until the bound is near a value that -Omega' has."""
    e = tilt.engine

    @cache
    def bound(cell: Range) -> Fraction:
        return max(Fraction(0), -e.lower(tilt.over(*cell).omega_slope))

    waiting = LargestFirst((Fraction(0), least[1]), lambda cell: float(bound(cell)))
    known, done = question.pull, list[Range]()
    while len(waiting) and waiting.taken < CUTS_LIMIT:
        cell = waiting.take()
        known = max(known, question.pull - e.upper(tilt.at((cell[0] + cell[1]) / 2).omega_slope))
        if question.pull + bound(cell) <= CLOSE * known:
            done.append(cell)
            break
        waiting.put_back(*halves(*cell))
    cells = sorted([*done, *waiting.rest()])
    steepest = max(bound(cell) for cell in cells)
    largest = exact(decimal_down(1 / (question.pull + steepest), 6)) if steepest else 1 / question.pull
    return SmallTilts(largest, None, (Fraction(0), *(high for _, high in cells)))


def settle(
    tilt: Tilt[V], question: TiltQuestion, points: Sequence[Range], small: SmallTilts
) -> Settled | None:
    """To which fixed point ``theta + F(theta)/beta`` tends from 0: the least one if the whole update is a
    small step; else that near which an enclosed orbit comes, if T contracts there."""
    assert small.largest_step is not None
    if small.largest_step * question.beta >= 1:
        return Settled(1)

    @cache
    def trap(k: int) -> Fraction | None:
        return _trap(tilt, question, points[k])

    e = tilt.engine
    theta, seen = e.exact(0), list[Fraction]()
    for n in range(STEPS_LIMIT):
        low, high = e.lower(theta), e.upper(theta)
        nearest = min(range(len(points)), key=lambda k, low=low: abs(points[k][0] - low))  # type: ignore[misc]
        (first, last), radius = points[nearest], trap(nearest)
        if radius and last - radius <= low and high <= first + radius:
            return Settled(nearest + 1, n, radius)
        if (high - low) / LOST > high or any(abs(low - x) <= RETURNED * high for x in seen[-PERIODS:-1]):
            return None  # lost, or back where it was
        seen.append(low)
        theta = update_tilt(tilt, question, theta)
    return None


def update_tilt(tilt: Tilt[V], question: TiltQuestion, theta: V) -> V:
    """T at an enclosure; Omega from the middle and the slope, so that narrow enclosures stay so."""
    e = tilt.engine
    low, high = e.lower(theta), e.upper(theta)
    middle = (low + high) / 2
    spread = e.interval(low - middle, high - middle)
    omega = e.add(tilt.at(middle).omega, e.mul(tilt.over(low, high).omega_slope, spread))
    keep, gain = e.exact(1 - question.alpha), e.exact(1 / question.beta)
    return e.add(e.mul(keep, theta), e.mul(omega, gain))


def _trap(tilt: Tilt[V], question: TiltQuestion, point: Range) -> Fraction | None:
    """A radius around a fixed point in which ``|T'| < 1`` is proved in one cell; the largest of a few."""
    e = tilt.engine
    for k in range(-WIDEST, 40):
        radius = Fraction(1, 2**k) if k >= 0 else Fraction(2**-k)
        low = point[0] - radius
        if low < 0:
            continue
        slope = tilt.over(low, point[1] + radius).omega_slope
        least = 1 - question.alpha + e.lower(slope) / question.beta
        most = 1 - question.alpha + e.upper(slope) / question.beta
        if least > -1 and most < 1:
            return radius
    return None
