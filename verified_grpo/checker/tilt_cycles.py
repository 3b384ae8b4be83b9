"""Part "maximiser" of kind "answer-classes" where the exact iteration ends in a cycle.

Lemma 71 (caught by a cycle). Let B_1, ..., B_n, n >= 2, be disjoint intervals of theta >= 0 with T(B_k) in
B_(k+1) and T(B_n) in B_1 = [a, b]. Let U_1 = [a-r, b+r], T(U_k) in U_(k+1), and |T'| <= s_k on U_k with s_1
... s_n < 1. If theta_N is in [b-r, a+r] for some N, the sequence tends to a cycle of exact period n, one
point of it in each B_k: theta_(N+mn) to that in B_1, theta_(N+mn+k) to that in B_(k+1).
  T^n maps B_1 into itself, so it has a fixed point x there, and T^k(x) is in B_(k+1): the B_k are disjoint,
  so x has the exact period n. [x-r, x+r] lies in U_1, on which |(T^n)'| <= s_1 ... s_n by the chain rule:
  T^n maps that interval into itself and contracts to x. theta_N is in it; T is continuous.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.limits import MAX_PERIOD
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.tilt import Tilt
from verified_grpo.checker.tilt_passage import updated

_ZERO = Fraction(0)


@dataclass(frozen=True)
class TiltCycle:
    """T of a tilt, and the brackets of a cycle in the order of T."""

    tilt: Tilt
    alpha: Fraction
    beta: Fraction
    brackets: list[Interval]

    def require_form(self) -> None:
        """Two brackets or more, disjoint."""
        several = 2 <= len(self.brackets) <= MAX_PERIOD and self.beta > 0
        require(several, Code.OUTSIDE_DOMAIN, f"statement.maximiser: from 2 to {MAX_PERIOD} points, beta > 0")
        ordered = sorted(self.brackets)
        apart = all(x[1] < y[0] for x, y in pairwise(ordered))
        require(apart, Code.UNORDERED_CELLS, "statement.maximiser: the points are not told from each other")

    def check(self, steps: int, radius: Fraction) -> None:
        """Lemma 71, after so many steps."""
        for here, following in zip(self.brackets, (*self.brackets[1:], self.brackets[0]), strict=True):
            image = self._image(here)
            inside = ball(following[0]) <= image and image <= ball(following[1])
            require(bool(inside), Code.NOT_TRAPPED, "T of a bracket is not proved to lie in the next one")
        low, high = self.brackets[0]
        around, shrunk = (low - radius, high + radius), ball(1)
        require(around[0] >= 0, Code.OUTSIDE_DOMAIN, "evidence.orbit: the trap reaches below 0")
        for _ in self.brackets:
            shrunk = shrunk * self._steepest(around)
            first, last = in_force().ends(self._image(around))
            around = max(first, _ZERO), last
        require(bool(shrunk < 1), Code.NOT_TRAPPED, "T^n is not proved to contract around the cycle")
        theta = ball(0)
        for _ in range(steps):
            theta = updated(self.tilt, self.alpha, self.beta, theta)
        caught = ball(high - radius) <= theta and theta <= ball(low + radius)
        require(bool(caught), Code.ORBIT_NOT_CAUGHT, "the orbit is not proved to enter the trap")

    def _image(self, cell: Interval) -> Ball:
        image = updated(self.tilt, self.alpha, self.beta, ball(cell[0]).union(ball(cell[1])))
        require(image.is_finite(), Code.ORBIT_LOST, "the image of an interval is not finite")
        return image

    def _steepest(self, cell: Interval) -> Ball:
        slope, keep, gain = self.tilt.slope(cell), ball(1 - self.alpha), ball(1 / self.beta)
        return abs(keep + slope.lower * gain).max(abs(keep + slope.upper * gain))


def describe_cycle(points: list[str]) -> str:
    """Its words, from those of each point."""
    listed = ";\n  ".join(points)
    return f"a cycle of exact period {len(points)}, in this order:\n  {listed}."
