"""Orbits: enclosures of ``L_n = T^n(L_0)``, one mean value form a step.

If ``L_n`` lies within r of c, then ``L_{n+1}`` lies within ``r sup|T'|`` of ``T(c)``, the supremum over that
interval. The rounding of every step is in the enclosure; where the orbit stretches, digits are lost at the
rate of the stretching, and more precision buys longer orbits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, make_engine
from ...intervals.engine import FRACTION_EXPONENT_LIMIT, dyadic_fraction
from ...model import Contrast, Parameters, Range, Workbench
from ...model.step import Step, shortened_up
from ..no_truth_value import NoTruthValue

V = TypeVar("V")

STEP_LIMIT = 100_000
MARGIN = 1 + Fraction(1, 2**16)


@dataclass(frozen=True)
class Enclosure:
    """All log-odds within ``radius`` of ``center``, both exact."""

    center: Fraction
    radius: Fraction

    @property
    def low(self) -> Fraction:
        return self.center - self.radius

    @property
    def high(self) -> Fraction:
        return self.center + self.radius

    @property
    def digits(self) -> int:
        """Decimal digits of L that are known behind the point; negative when not even the units are."""
        if not self.radius:
            return 1_000_000
        n, d = self.radius.numerator, self.radius.denominator
        return math.floor((d.bit_length() - n.bit_length() - 1) * math.log10(2))

    def widened(self) -> Enclosure:
        """A little more, so that arithmetic that rounds more coarsely comes to the same conclusion."""
        return Enclosure(self.center, self.radius * MARGIN)

    def lies_in(self, interval: Range) -> bool:
        """Whether the whole enclosure is inside a closed interval."""
        return interval[0] <= self.low and self.high <= interval[1]


@dataclass(frozen=True)
class Orbit(NoTruthValue, read="enclosures"):
    """Enclosures of ``L_0, L_1, ...``; over a box each holds the values of every parameter.

    ``digits`` of the last one tells what is left. The list is shorter than asked where nothing was left.
    """

    contrast: Contrast
    parameters: Parameters
    start: Fraction | None
    enclosures: tuple[Enclosure, ...]
    engine: str
    bits: int


def orbit(
    contrast: Contrast,
    parameters: Parameters,
    steps: int,
    *,
    start: Fraction | None = None,
    digits: int = 15,
    engine: str = "arb",
) -> Orbit:
    """Enclosures of the first ``steps`` steps.

    Args:
        contrast, parameters: exact numbers, or ranges (then precision cannot help and is not raised).
        steps: how many, up to 100,000.
        start: the probability ``p_0`` in (0, 1); ``p_ref`` if None.
        digits: for exact parameters, precision is raised until the last step has that many digits behind the
        point. engine: ``mpmath`` or ``arb``.

    Raises:
        InputError: ``steps`` or ``start`` outside its domain.
    """
    if not 0 <= steps <= STEP_LIMIT:
        raise InputError(f"steps must be from 0 to {STEP_LIMIT}, not {steps}")
    require_start(start)
    bits = 64 + digits * 10 // 3
    while True:
        with make_engine(engine, bits) as arithmetic:
            step = Step(Workbench(arithmetic, contrast), parameters)
            found = _first(step, start, steps)
        enough = len(found) == steps + 1 and found[-1].digits >= digits
        single = parameters.is_point and contrast.is_single
        if enough or not single or bits > 64 * (steps + digits + 16):
            return Orbit(contrast, parameters, start, tuple(found), engine, bits)
        bits *= 2


def _first(step: Step[V], start: Fraction | None, steps: int) -> list[Enclosure]:
    found = []
    try:
        for n, enclosure in enumerate(iterate(step, start)):
            found.append(enclosure)
            if n == steps:
                break
    except NotEnoughPrecision:  # nothing is left: the enclosures so far are the answer
        pass
    return found


def iterate(step: Step[V], start: Fraction | None) -> Iterator[Enclosure]:
    """``L_0, L_1, ...`` without end.

    Raises:
        NotEnoughPrecision: an enclosure grew beyond all use.
    """
    log_odds = step.log_odds_ref if start is None else step.bench.log_odds(start)
    here = enclosure_of(step.engine, log_odds)
    while True:
        yield here
        here = image(step, here)


def image(step: Step[V], here: Enclosure) -> Enclosure:
    """Encloses ``T`` of everything in an enclosure: the mean value form."""
    there = enclosure_of(step.engine, step.at(here.center))
    if not here.radius:
        return there
    if here.radius > 2**40:
        raise NotEnoughPrecision("no digit of the orbit is left")
    radius = there.radius + step.steepest_over(here.low, here.high) * here.radius
    return Enclosure(there.center, shortened_up(radius))


def enclosure_of(engine: Engine[V], value: V) -> Enclosure:
    """The engine's value as centre and radius, both short."""
    (m, e), (n, f) = engine.lower_dyadic(value), engine.upper_dyadic(value)
    least = min(e, f)
    if max(abs(e), abs(f)) > FRACTION_EXPONENT_LIMIT:
        raise NotEnoughPrecision("an end of the enclosure is too large or too small to be written out")
    low, high = m << (e - least), n << (f - least)  # integers: sums of Fractions look for common divisors
    return Enclosure(
        dyadic_fraction((low + high, least - 1)), shortened_up(dyadic_fraction((high - low, least - 1)))
    )


def require_start(start: Fraction | None) -> None:
    """``p_0`` must be a probability strictly between 0 and 1.

    Raises:
        InputError: it is not.
    """
    if start is not None and not 0 < start < 1:
        raise InputError("p_0 must lie strictly between 0 and 1")
