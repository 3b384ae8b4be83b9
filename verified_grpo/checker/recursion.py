"""Bounds for the map T, its gap and its multiplier, over a box of parameters.

The fixed points of T are the zeros of the gap g(L) = L - L_ref - c Omega(L), with L_ref =
log(p_ref/(1-p_ref)) and c = 1/(alpha beta): T(L) - L = -alpha g(L). At a given L, g falls in c and L_ref
(Omega > 0), and where Omega falls in eps it rises in eps: then its range over a box of parameters is two
corners. Its slope is g' = 1 - c b.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.contrasts.base import Balls, Contrast
from verified_grpo.checker.contrasts.facts import Fact, require_fact
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, log_odds
from verified_grpo.checker.parameters import Parameters, describe, read_contrast, read_parameters

_ZERO = Fraction(0)


@dataclass(frozen=True)
class Recursion:
    """A variant on a box of parameters with alpha > 0; every bound holds for all of them."""

    contrast: Contrast
    box: Parameters
    _known: dict[object, Ball] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, statement: dict[str, object], *law: str) -> tuple[Recursion, str]:
        """Of a statement: its variant on the box of its parameters, and both in words, with the map that is
        meant, if it is another than (R)'s."""
        contrast = read_contrast(statement["variant"], "statement.variant")
        box = read_parameters(statement["parameters"], "statement.parameters")
        contrast.require_defined(box.eps)
        return cls(contrast, box), describe(statement["parameters"], contrast, *law)

    def anchor(self, side: int) -> Ball:
        """L_ref at the lower (0) or upper (1) end of p_ref."""
        return self._once(log_odds, self.box.p_ref, side)

    def gain(self, side: int) -> Ball:
        """The least (0) or largest (1) c = 1/(alpha beta)."""
        return self._once(ball, self.box.gain, side)

    def _once(self, make: Callable[[Fraction], Ball], ends: Interval, side: int) -> Ball:
        """What is asked for again and again; kept by the arithmetic and the precision in force."""
        key = make, side, in_force(), in_force().bits()
        if key not in self._known:
            self._known[key] = make(ends[side])
        return self._known[key]

    def require(self, *facts: Fact) -> None:
        """Go on only if these are proved of the contrast."""
        require_fact(self.contrast, *facts)

    def knows(self, *facts: Fact) -> bool:
        """Whether these are proved of the contrast."""
        return all(fact in self.contrast.facts for fact in facts)

    def least_omega(self, cell: Interval) -> Ball:
        """A lower bound of Omega over a cell of L and all eps."""
        return self.contrast.least(cell, self.box.eps)

    def largest_omega(self, cell: Interval) -> Ball:
        """An upper bound of Omega over a cell of L and all eps."""
        return self.contrast.largest(cell, self.box.eps)

    def floor(self) -> Ball:
        """The least value of Omega on the whole line for all eps, Omega(0) (lemma 2)."""
        self.require(Fact.EVEN_RISING)
        return self.least_omega((_ZERO, _ZERO))

    def least_on_line(self) -> Ball:
        """A lower bound of Omega on the whole line for all eps."""
        return self.contrast.infimum(self.box.eps) if self.knows(Fact.AT_LEAST) else self.floor()

    def least_beyond(self, start: Fraction) -> Ball:
        """A lower bound of Omega at and above an L for all eps."""
        if self.knows(Fact.AT_LEAST):
            return self.least_on_line()
        self.require(Fact.EVEN_RISING)
        nearest = max(start, _ZERO)
        return self.least_omega((nearest, nearest))

    def ceiling(self) -> Ball:
        """An upper bound of Omega on the whole line for all eps."""
        self.require(Fact.BOUNDED)
        return self.contrast.bound(self.box.eps)

    def steepest(self) -> Ball:
        """An upper bound of |b| on the whole line for all eps."""
        self.require(Fact.STEEPEST)
        return self.contrast.steepest(self._least_eps())

    def _least_eps(self) -> Fraction:
        """Where what is known at single eps is largest."""
        if not self.box.is_exact("eps"):
            self.require(Fact.FALLS_IN_EPS)
        return self.box.eps[0]

    def gap_is_positive(self, cell: Interval) -> bool:
        """Whether g > 0 is certain on a cell for the whole box."""
        return self._lower_end(cell) > 0 or self.corner(0)._keeps_sign(cell) == 1

    def gap_is_negative(self, cell: Interval) -> bool:
        """Whether g < 0 is certain on a cell for the whole box."""
        return self._upper_end(cell) < 0 or self.corner(1)._keeps_sign(cell) == -1

    def corner(self, side: int) -> Recursion:
        """Where g is lowest (0) or highest (1), at every L; all eps, unless Omega is known to fall in eps."""
        corner = self.box.corner(side)
        if not self.knows(Fact.FALLS_IN_EPS):
            corner = replace(corner, eps=self.box.eps)
        return replace(self, box=corner)

    def gap_sign(self, point: Fraction) -> int:
        """1 or -1 where the gap at a point has this strict sign for the whole box, else 0."""
        if (lower := self._lower_end((point, point))) > 0:
            return 1
        # of one choice of parameters the enclosure bounds the gap from both sides
        return -1 if (lower if self.box.is_point else self._upper_end((point, point))) < 0 else 0

    def _lower_end(self, cell: Interval) -> Ball:
        """A lower bound of the gap over a cell and the box."""
        return ball(cell[0]) - self.anchor(1) - self.gain(1) * self.largest_omega(cell)

    def _upper_end(self, cell: Interval) -> Ball:
        """An upper bound of the gap over a cell and the box."""
        return ball(cell[1]) - self.anchor(0) - self.gain(0) * self.least_omega(cell)

    def _keeps_sign(self, cell: Interval) -> int:
        """At one alpha, beta and p_ref, 1 or -1 where the mean value theorem gives the gap this sign, else 0.

        g on the cell differs from g at its middle by at most half its width times the largest |g'|.
        """
        middle, radius = (cell[0] + cell[1]) / 2, ball((cell[1] - cell[0]) / 2)
        gain = self.gain(0)
        steepest = [abs(1 - gain * b) for b in self.slope(cell)]
        swing = radius * steepest[0].max(steepest[1])
        if self._lower_end((middle, middle)) > swing:
            return 1
        return -1 if self._upper_end((middle, middle)) < -swing else 0

    def lowest_fixed_point(self) -> Ball:
        """A lower bound of all fixed points and points of cycles: L_ref + c Omega(0), or L_ref where Omega(0)
        is not known to be the least (lemmas 1 and 23)."""
        if not self.knows(Fact.EVEN_RISING):
            return self.anchor(0)
        return self.anchor(0) + self.gain(0) * self.floor()

    def highest_fixed_point(self) -> Ball:
        """An upper bound of all fixed points and points of cycles: L_ref + c sup Omega (lemmas 1 and 23)."""
        return self.anchor(1) + self.gain(1) * self.ceiling()

    def slope(self, cell: Interval) -> Balls:
        """Lower and upper bound of b over a cell and all eps; where Omega is even and rises in |L|, b is odd
        and >= 0 for L >= 0."""
        lower, upper = cell
        if lower >= 0 or not self.knows(Fact.EVEN_RISING):
            return self.contrast.slope(cell, self.box.eps)
        if upper <= 0:
            least, most = self.contrast.slope((-upper, -lower), self.box.eps)
            return -most, -least
        return (
            -self.contrast.slope((_ZERO, -lower), self.box.eps)[1],
            self.contrast.slope((_ZERO, upper), self.box.eps)[1],
        )

    def gap_rises(self, cell: Interval) -> bool:
        """Whether g' = 1 - c b > 0 is certain on the cell (where b <= 0 it is, whatever c)."""
        if cell[0] < 0 < cell[1] and self.knows(Fact.EVEN_RISING):
            cell = _ZERO, cell[1]  # where L <= 0, b <= 0
        steepest = self.slope(cell)[1]
        return all(self.gain(side) * steepest < 1 for side in (0, 1))

    def gap_falls(self, cell: Interval) -> bool:
        """Whether g' = 1 - c b < 0 is certain on the cell."""
        flattest = self.slope(cell)[0]
        return all(self.gain(side) * flattest > 1 for side in (0, 1))

    def swing(self, cell: Interval) -> Balls:
        """Lower and upper bound of b/beta over a cell and the box.

        T' = 1 - alpha + b/beta is compared through b/beta, so that a tiny b keeps its digits.
        """
        least, most = self.slope(cell)
        weights = [1 / ball(beta) for beta in self.box.beta]
        return (
            (least * weights[0]).min(least * weights[1]),
            (most * weights[0]).max(most * weights[1]),
        )

    def multiplier_inside(self, swing: Balls) -> bool:
        """Whether |T'| < 1 is certain for the whole box on a cell of this swing."""
        least, most = swing
        return bool(least > ball(self.box.alpha[1] - 2) and most < ball(self.box.alpha[0]))

    def multiplier_bounded(self, swing: Balls, rate: Fraction) -> bool:
        """Whether |T'| <= rate is certain for the whole box on a cell of this swing."""
        least, most = swing
        return bool(
            least >= ball(self.box.alpha[1] - 1 - rate) and most <= ball(self.box.alpha[0] - 1 + rate)
        )

    def multiplier_outside(self, swing: Balls) -> bool:
        """Whether |T'| > 1 is certain for the whole box on a cell of this swing."""
        least, most = swing
        return bool(least > ball(self.box.alpha[1]) or most < ball(self.box.alpha[0] - 2))
