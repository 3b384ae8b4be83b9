"""Bounds for the map T, its gap and its multiplier, over a box of parameters.

The fixed points of T are the zeros of the gap g(L) = L - L_ref - c Omega(L), with L_ref =
log(p_ref/(1-p_ref)) and c = 1/(alpha beta): T(L) - L = -alpha g(L). At a given L, g falls in c and L_ref
and rises in eps (Omega > 0 falls in eps), so its range over a box of parameters is two corners; its slope
is g' = 1 - c b.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.contrasts import Balls, Contrast
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, log_odds
from verified_grpo.checker.parameters import Parameters, describe, read_contrast, read_parameters


@dataclass(frozen=True)
class Recursion:
    """A variant on a box of parameters with alpha > 0; every bound holds for all of them."""

    contrast: Contrast
    box: Parameters

    @classmethod
    def read(cls, statement: dict[str, object]) -> tuple[Recursion, str]:
        """Of a statement: its variant on the box of its parameters, and both in words."""
        contrast = read_contrast(statement["variant"], "statement.variant")
        box = read_parameters(statement["parameters"], "statement.parameters")
        return cls(contrast, box), describe(statement["parameters"], contrast)

    def anchor(self, side: int) -> Ball:
        """L_ref at the lower (0) or upper (1) end of p_ref."""
        return log_odds(self.box.p_ref[side])

    def least_omega(self, cell: Interval) -> Ball:
        """The least value of Omega over a cell of L and all eps: at the point nearest 0 (lemma 2)."""
        nearest = max(cell[0], -cell[1], Fraction(0))
        return self.contrast.value(nearest, self.box.eps[1])

    def largest_omega(self, cell: Interval) -> Ball:
        """The largest value of Omega over a cell of L and all eps: at the point farthest from 0 (lemma
        2)."""
        return self.contrast.value(max(-cell[0], cell[1]), self.box.eps[0])

    def gap_is_positive(self, cell: Interval) -> bool:
        """Whether g > 0 is certain on a cell for the whole box."""
        return (
            self._lower_end(cell) > 0 or Recursion(self.contrast, self.box.corner(0))._keeps_sign(cell) == 1
        )

    def gap_is_negative(self, cell: Interval) -> bool:
        """Whether g < 0 is certain on a cell for the whole box."""
        return (
            self._upper_end(cell) < 0 or Recursion(self.contrast, self.box.corner(1))._keeps_sign(cell) == -1
        )

    def gap_sign(self, point: Fraction) -> int:
        """1 or -1 where the gap at a point has this strict sign for the whole box, else 0."""
        if self._lower_end((point, point)) > 0:
            return 1
        return -1 if self._upper_end((point, point)) < 0 else 0

    def _lower_end(self, cell: Interval) -> Ball:
        """A lower bound of the gap over a cell and the box."""
        return ball(cell[0]) - self.anchor(1) - ball(self.box.gain()[1]) * self.largest_omega(cell)

    def _upper_end(self, cell: Interval) -> Ball:
        """An upper bound of the gap over a cell and the box."""
        return ball(cell[1]) - self.anchor(0) - ball(self.box.gain()[0]) * self.least_omega(cell)

    def _keeps_sign(self, cell: Interval) -> int:
        """At one point of parameters, 1 or -1 where the mean value theorem gives the gap this sign, else 0.

        g on the cell differs from g at its middle by at most half its width times the largest |g'|.
        """
        middle, radius = (cell[0] + cell[1]) / 2, ball((cell[1] - cell[0]) / 2)
        gain = ball(self.box.gain()[0])
        steepest = [abs(1 - gain * b) for b in self.slope(cell)]
        swing = radius * steepest[0].max(steepest[1])
        if self._lower_end((middle, middle)) > swing:
            return 1
        return -1 if self._upper_end((middle, middle)) < -swing else 0

    def lowest_fixed_point(self) -> Ball:
        """A lower bound of all fixed points: L_ref + c Omega(0) (lemma 1)."""
        return self.anchor(0) + ball(self.box.gain()[0]) * self.contrast.value(Fraction(0), self.box.eps[1])

    def highest_fixed_point(self) -> Ball:
        """An upper bound of all fixed points: L_ref + c sup Omega (lemma 1)."""
        return self.anchor(1) + ball(self.box.gain()[1]) * self.contrast.supremum(self.box.eps[0])

    def slope(self, cell: Interval) -> Balls:
        """Lower and upper bound of b over a cell and all eps; b is odd in L and >= 0 for L >= 0."""
        lower, upper = cell
        if lower >= 0:
            return self.contrast.slope(cell, self.box.eps)
        if upper <= 0:
            least, most = self.contrast.slope((-upper, -lower), self.box.eps)
            return -most, -least
        zero = Fraction(0)
        return (
            -self.contrast.slope((zero, -lower), self.box.eps)[1],
            self.contrast.slope((zero, upper), self.box.eps)[1],
        )

    def gap_rises(self, cell: Interval) -> bool:
        """Whether g' = 1 - c b > 0 is certain on the cell (where b <= 0 it is, whatever c)."""
        steepest = self.slope(cell)[1]
        return all(ball(c) * steepest < 1 for c in self.box.gain())

    def gap_falls(self, cell: Interval) -> bool:
        """Whether g' = 1 - c b < 0 is certain on the cell."""
        flattest = self.slope(cell)[0]
        return all(ball(c) * flattest > 1 for c in self.box.gain())

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

    def multiplier_inside(self, cell: Interval) -> bool:
        """Whether |T'| < 1 is certain on the cell for the whole box."""
        least, most = self.swing(cell)
        return bool(least > ball(self.box.alpha[1] - 2) and most < ball(self.box.alpha[0]))

    def multiplier_bounded(self, cell: Interval, rate: Fraction) -> bool:
        """Whether |T'| <= rate is certain on the cell for the whole box."""
        least, most = self.swing(cell)
        return bool(
            least >= ball(self.box.alpha[1] - 1 - rate) and most <= ball(self.box.alpha[0] - 1 + rate)
        )

    def multiplier_outside(self, cell: Interval) -> bool:
        """Whether |T'| > 1 is certain on the cell for the whole box."""
        least, most = self.swing(cell)
        return bool(least > ball(self.box.alpha[1]) or most < ball(self.box.alpha[0] - 2))
