"""Where the slope ``b = dOmega/dL`` lies below a threshold: segments of L >= 0 that end at doubles, by Arb.

All conditions that decide a prompt compare ``b`` with a number: F rises where ``b < alpha beta``, ``T' >= 0``
where ``b >= -(1 - alpha) beta``, ``T' > -1`` where ``b > -(2 - alpha) beta``; and b is odd in L.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...errors import NotEnoughPrecision
from ...intervals import Sign
from ...model import Fact, Profile, formulas
from ..subdivision import Subdivision, halves

FINEST = 50
"""A cell of the finite part is halved at most so often."""
CELL_LIMIT = 200_000
TAIL_LIMIT = 2**40


@dataclass(frozen=True)
class Segment:
    """A closed part [low, high] of the half-line L >= 0 on which ``b < threshold`` (below) or ``b >
    threshold`` is proved; ``high`` is None for the last, which has no end.
    """

    low: Fraction
    high: Fraction | None
    below: bool


def segments(profile: Profile[Any], eps: Fraction, threshold: Fraction) -> list[Segment]:
    """Segments in ascending order, the last endless; between two of them narrow zones are left without a
    verdict.

    Args:
        profile: on an engine of single numbers, its precision in force.
        eps: the profile's.
        threshold: positive.

    Raises:
        NotEnoughPrecision: too many cells, or an end beyond 2^40.
        MissingFact: how the slope fades is not known.
    """
    tail, side = _tail(profile, threshold), _Side(profile, eps, threshold)
    found: list[Segment] = []
    cells = Subdivision([(Fraction(0), Fraction(tail))])
    for low, high in cells:
        below = side(low, high)
        if below is not None:
            last = found[-1] if found else None
            if last and last.below is below and last.high == low:
                found[-1] = Segment(last.low, high, below)
            else:
                found.append(Segment(low, high, below))
        elif (high - low) * 2**FINEST > tail:
            cells.put_back(*halves(low, high))
        if cells.taken > CELL_LIMIT:
            raise NotEnoughPrecision("the slope stays too near the threshold on too long a part of the line")
    last = found[-1] if found else None
    if last and last.below and last.high == tail:
        found[-1] = Segment(last.low, None, True)
    else:
        found.append(Segment(Fraction(tail), None, True))
    return found


class _Side:
    """Whether ``b < threshold`` (True) or ``b > threshold`` (False) is proved on a cell; else None."""

    def __init__(self, profile: Profile[Any], eps: Fraction, threshold: Fraction) -> None:
        self.profile, self.engine = profile, profile.engine
        self.threshold = self.engine.exact(threshold)
        self.curvature = None
        if not profile.has_one_peak:
            program = formulas.curvature_program(profile.contrast)
            self.curvature = program.bind(self.engine, eps=self.engine.exact(eps))

    def __call__(self, low: Fraction, high: Fraction) -> bool | None:
        known = self._compared(self.profile.slope_over(low, high))
        if known is None and self.curvature is not None and high - low <= 1:
            # Such a slope is enclosed by plain arithmetic: on small cells the mean value form is sharper.
            engine, middle, radius = self.engine, (low + high) / 2, (high - low) / 2
            bend = self.curvature(engine.interval(low, high))[0]
            swing = engine.mul(bend, engine.interval(-radius, radius))
            return self._compared(engine.add(self.profile.at(middle)[1], swing))
        return known

    def _compared(self, slope: Any) -> bool | None:
        sign = self.engine.sign(self.engine.sub(self.threshold, slope))
        return True if sign is Sign.POSITIVE else False if sign is Sign.NEGATIVE else None


def _tail(profile: Profile[Any], threshold: Fraction) -> int:
    """A power of two from which on ``b < threshold``.

    For a contrast of one peak b falls behind it. For a Bernstein polynomial of degree n ``b = p q n sum
    (c_{k+1} - c_k) ...`` with all ``c_k`` between 0 and ``c_0``, so ``b <= n c_0 e^-L``. A constant has
    b = 0.

    Raises:
        MissingFact: none of the three is known.
    """
    engine, contrast, end = profile.engine, profile.contrast, 1
    if not profile.has_one_peak and not contrast.knows(Fact.CONSTANT):
        contrast.require(Fact.BERNSTEIN)
    while end <= TAIL_LIMIT:
        x = Fraction(end)
        if contrast.knows(Fact.BERNSTEIN):
            degree = contrast.definition.degree(contrast)
            bound = engine.mul(engine.exact(degree), profile.omega_max)
            bound = engine.mul(bound, engine.exp(engine.exact(-end)))
            passed = True
        else:
            bound = profile.slope_over(x, x)
            passed = not profile.has_one_peak or profile.is_past_peak(x)
        if passed and engine.sign(engine.sub(engine.exact(threshold), bound)) is Sign.POSITIVE:
            return end
        end *= 2
    raise NotEnoughPrecision("the slope does not fall below the threshold where log-odds are written out")
