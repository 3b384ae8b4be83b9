"""Bounds for T itself, its slope and its orbits, over a box of parameters (alpha = 0 included).

Lemma 8 (one step). If |L - c| <= r then |T(L) - T(c)| <= r K with K the largest |T'| on [c-r, c+r].
  The mean value theorem; T' = 1 - alpha + b/beta is continuous.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import in_force, least, most
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_number
from verified_grpo.checker.limits import MAX_LOGIT
from verified_grpo.checker.numbers import Interval, ball, log_odds
from verified_grpo.checker.recursion import Recursion

_LONG = 2**16  # bits; shorter ends are paid for with the steps


@dataclass(frozen=True)
class Orbits:
    """T on a box of parameters; every bound holds for all of them."""

    recursion: Recursion

    def start(self, probability: Fraction | None) -> Ball:
        """L_0 = log(p_0/(1-p_0)); p_0 = p_ref where none is given."""
        if probability is not None:
            return log_odds(probability)
        return self.recursion.anchor(0).union(self.recursion.anchor(1))

    def bounds(self, point: Fraction) -> Balls:
        """Lower and upper bound of T(L) = L + alpha (L_ref - L) + Omega(L)/beta."""
        recursion, box, cell = self.recursion, self.recursion.box, (point, point)
        alpha, distance = [ball(a) for a in box.alpha], [recursion.anchor(i) - ball(point) for i in (0, 1)]
        pull = product([(alpha[0], alpha[1]), (distance[0], distance[1])])
        low = recursion.least_omega(cell) / ball(box.beta[1])
        high = recursion.largest_omega(cell) / ball(box.beta[0])
        return ball(point) + pull[0] + low, ball(point) + pull[1] + high

    def at(self, point: Fraction) -> Ball:
        """T(L), as one ball."""
        low, high = self.bounds(point)
        return low.union(high)

    def slope(self, cell: Interval) -> Balls:
        """Lower and upper bound of T' over a cell."""
        low, high = self.recursion.swing(cell)
        alpha = self.recursion.box.alpha
        return ball(1 - alpha[1]) + low, ball(1 - alpha[0]) + high

    def steepest(self, cell: Interval) -> Ball:
        """An upper bound of |T'| over a cell."""
        low, high = self.slope(cell)
        known = low.is_finite() and high.is_finite()
        require(known, Code.ORBIT_LOST, "nothing is known of T' on some cell")
        return abs(low).max(abs(high))

    def rises(self, cell: Interval) -> bool:
        """Whether T' >= 0 is certain on a cell; on L >= 0 it is where b >= 0 is known there (lemma 2)."""
        known = cell[0] >= 0 and self.recursion.knows(Fact.EVEN_RISING)
        return known or bool(self.slope(cell)[0] >= 0)

    def image(self, here: Ball) -> Ball:
        """T of everything in a ball (lemma 8)."""
        cell = ends(here)
        there = self.at((cell[0] + cell[1]) / 2)
        if cell[0] == cell[1]:
            return there
        swing = self.steepest(cell) * ball((cell[1] - cell[0]) / 2)
        return there + (-swing).union(swing)

    def after(self, steps: int, here: Ball) -> Ball:
        """L_n from L_0, or from any ball."""
        for _ in range(steps):
            here = self.image(here)
        return here

    def maps_into(self, cell: Interval, target: Interval) -> bool:
        """Whether T of one cell certainly lies in another (lemma 8)."""
        middle, radius = (cell[0] + cell[1]) / 2, ball((cell[1] - cell[0]) / 2)
        there, swing = self.at(middle), self.steepest(cell) * radius
        return bool(there - swing >= ball(target[0]) and there + swing <= ball(target[1]))


class Walk:
    """Step after step from single points, at one alpha, beta and p_ref: what stays is computed once."""

    def __init__(self, recursion: Recursion) -> None:
        box = recursion.box
        self.recursion, self.first = recursion, recursion.anchor(0)
        self._alpha, self._beta = ball(box.alpha[0]), ball(box.beta[0])

    def least(self, point: Fraction) -> Ball:
        """A lower bound of T at a point for all eps: not above it, for certain."""
        return self._after(point, self.recursion.least_omega((point, point)))

    def largest(self, point: Fraction) -> Ball:
        """An upper bound of T at a point for all eps."""
        return self._after(point, self.recursion.largest_omega((point, point)))

    def _after(self, point: Fraction, omega: Ball) -> Ball:
        here = ball(point)
        return here + self._alpha * (self.first - here) + omega / self._beta


def side(image: Ball, point: Fraction) -> int:
    """1 or -1 where an image is certainly above or below a point, else 0."""
    return 1 if image > ball(point) else -1 if image < ball(point) else 0


def ends(value: Ball) -> Interval:
    """The exact ends of a ball."""
    known = value.is_finite() and bool(abs(value) <= MAX_LOGIT)
    require(
        known,
        Code.ORBIT_LOST,
        "the orbit's enclosure grows beyond all bounds: too few bits, or a box too wide",
    )
    low, high = in_force().ends(value)
    if (size := low.denominator.bit_length()) > _LONG:  # a tiny end: as long as its exponent is large
        pay_for_number(size)
    return low, high


def product(factors: list[Balls]) -> Balls:
    """Lower and upper bound of a product of numbers between bounds."""
    low = high = ball(1)
    for lower, upper in factors:
        corners = [low * lower, low * upper, high * lower, high * upper]
        low, high = least(*corners), most(*corners)
    return low, high
