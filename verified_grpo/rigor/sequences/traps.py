"""Traps: intervals around a cycle that ``T`` maps into one another while it contracts.

If ``T(J_i)`` lies in ``J_{i+1}`` (cyclically, n intervals) and the product of ``sup |T'|`` over them is at
most k < 1, then ``T^n`` maps each ``J_i`` into itself with slope at most k. By Banach's theorem it has
exactly one fixed point there, the orbit of every point of ``J_0`` tends to that cycle, and each turn divides
the distance by 1/k at least. The cycle's brackets are the same kind of trap, only as small as the digits
allow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from ...errors import NotEnoughPrecision
from ...intervals import Engine
from ...model import Range
from ...model.step import Step
from .orbits import MARGIN, Enclosure, image

V = TypeVar("V")

NEWTON_STEPS = 40
WIDEST, NARROWEST = 24, -120  # twice the exponents of 2 between which a basin's radius is looked for
LEAST_STEEPNESS = 2.0**-30


@dataclass(frozen=True)
class Trap:
    """A cycle with its brackets, its basins (in the order of the cycle) and the proved rate k a turn."""

    brackets: tuple[Range, ...]
    basins: tuple[Range, ...]
    rate: Fraction

    @property
    def period(self) -> int:
        return len(self.brackets)

    def holding(self, here: Enclosure) -> int | None:
        """The basin that the enclosure lies in, and a little more than the enclosure; None: in none."""
        center = float(here.center)
        for k, (low, high) in enumerate(self._in_floats):
            # Nearly always the centre is outside, which floats show: rounding to the nearest keeps order.
            if low <= center <= high and here.widened().lies_in(self.basins[k]):
                return k
        return None

    @cached_property
    def _in_floats(self) -> list[tuple[float, float]]:
        return [(float(low), float(high)) for low, high in self.basins]

    def turned(self, first: int) -> Trap:
        """The same cycle, counted from another of its points."""
        return Trap(
            self.brackets[first:] + self.brackets[:first],
            self.basins[first:] + self.basins[:first],
            self.rate,
        )


def find_trap(step: Step[V], guess: Sequence[float], digits: int) -> Trap | None:
    """A proved trap around the attracting cycle near a guess: brackets some ``10^-digits`` wide, basins as
    wide as found.

    None: no trap was proved there; the cycle may repel, or be indifferent, or not exist.
    """
    centers = refine(step, [Fraction(x) for x in guess])
    local = [max(float(step.steepest_over(x, x)), LEAST_STEEPNESS) for x in centers]
    size = sum(map(math.log, local))
    if size >= 0:
        return None
    slack = -math.expm1(size) / 2  # 1 - (1 + mu)/2: the rate may be half way between the multiplier and 1
    weights = _weights(local, math.log1p(-slack) - size)
    radii = [Fraction(6 if k % 2 else 4, 4) * Fraction(2) ** (k // 2) for k in range(WIDEST, NARROWEST, -1)]
    basins = _first_trapped(step, centers, weights, radii, slack)
    if basins is None:
        return None
    widest = max(high - low for low, high in basins[0])
    small = [Fraction(8**k, 10**digits) for k in range(4 * digits + 8)]
    brackets = _first_trapped(step, centers, weights, (r for r in small if r < widest), slack)
    if brackets is None or any(
        not (low <= inner[0] and inner[1] <= high)
        for (low, high), inner in zip(basins[0], brackets[0], strict=True)
    ):
        return None
    if any(a[0] <= b[1] and b[0] <= a[1] for a, b in combinations(brackets[0], 2)):
        return None  # not proved to be different points: the period might be smaller
    return Trap(brackets[0], *basins)


def trapped(step: Step[V], intervals: Sequence[Range]) -> Fraction | None:
    """The product of ``sup |T'|`` where each interval is proved to be mapped into the next and the product
    is below 1."""
    rate = Fraction(1)
    for k, (low, high) in enumerate(intervals):
        center, radius = (low + high) / 2, (high - low) / 2
        if not image(step, Enclosure(center, radius)).widened().lies_in(intervals[(k + 1) % len(intervals)]):
            return None
        rate *= step.steepest_over(low, high) * MARGIN
    return rate if rate < 1 else None


def refine(step: Step[V], points: Sequence[Fraction]) -> list[Fraction]:
    """Newton's method on ``T^n(L) - L`` from the first point, on midpoints: a guess to all bits, proved by
    nothing.

    Where the cycle turns out to have a smaller period, it is returned once.
    """
    engine, n, x = step.engine, len(points), points[0]
    small = Fraction(1, 2 ** (engine.bits - 24))
    for _ in range(NEWTON_STEPS):
        path, slope = [x], Fraction(1)
        for _ in range(n):
            slope *= _short_middle(engine, step.multiplier_over(path[-1], path[-1]))
            path.append(_middle(engine, step.at(path[-1])))
        move = (path[n] - x) / (1 - slope) if slope != 1 else Fraction(0)
        x = Fraction(round((x + move) * 2 ** (engine.bits + 8)), 2 ** (engine.bits + 8))
        if abs(move) <= small * (1 + abs(x)):
            break
    close = Fraction(1, 2 ** (engine.bits // 3)) * (1 + abs(path[0]))
    period = next(d for d in range(1, n + 1) if d == n or (n % d == 0 and abs(path[d] - path[0]) <= close))
    return path[:period]


def _weights(local: Sequence[float], room: float) -> list[Fraction]:
    """Relative radii: each interval as much wider than the image of the one before as the rate leaves room
    for."""
    growth = room / len(local)
    logs = [0.0]
    for steepness in local[:-1]:
        logs.append(logs[-1] + math.log(steepness) + growth)
    return [Fraction(math.exp(max(x - max(logs), -600))) for x in logs]


def _first_trapped(
    step: Step[V],
    centers: Sequence[Fraction],
    weights: Sequence[Fraction],
    radii: Iterable[Fraction],
    slack: float,
) -> tuple[tuple[Range, ...], Fraction] | None:
    """The first of the radii for which the intervals are a trap, with its rate."""
    for radius in radii:
        intervals = tuple(
            rounded(center, radius * weight, slack) for center, weight in zip(centers, weights, strict=True)
        )
        try:
            rate = trapped(step, intervals)
        except NotEnoughPrecision:
            continue
        if rate is not None:
            return intervals, rate
    return None


def rounded(center: Fraction, radius: Fraction, slack: float) -> Range:
    """``center -+ radius`` with ends of few decimals, moved by far less than the slack of the rate allows."""
    unit = radius * Fraction(min(slack, 0.5)) / 64
    places = len(str(math.ceil(1 / unit) - 1)) if unit < 1 else 0  # the least with 10^-places <= unit
    low, high = (round(end * 10**places) for end in (center - radius, center + radius))
    return Fraction(low, 10**places), Fraction(high, 10**places)


def _middle(engine: Engine[V], value: V) -> Fraction:
    return (engine.lower(value) + engine.upper(value)) / 2


def _short_middle(engine: Engine[V], value: V) -> Fraction:
    """About the middle; 0 for what is too small to be written out."""
    (m, e), (n, f) = engine.lower_dyadic(value), engine.upper_dyadic(value)
    if max(m.bit_length() + e, n.bit_length() + f) < -64:
        return Fraction(0)
    return Fraction(round(_middle(engine, value) * 2**64), 2**64)
