"""The contrast of groups whose mean and standard deviation are those of the other samples.

Beside k successes among the G-1 others, all of which a reward is compared with: their mean is k/(G-1),
their variance with divisor G-2 is S_k^2 = k(G-1-k)/((G-1)(G-2)). So a success has the advantage (1 -
k/(G-1))/d_k, a failure -(k/(G-1))/d_k, with d_k = S_k + eps, and d_k = 1 where S_k = 0: 1/d_k between them.
Omega is the mean of that for k ~ Binomial(G-1, p).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import ClassVar

from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.contrasts.of_groups import OfGroups, over, powers
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball


@dataclass(frozen=True)
class GroupLOO(OfGroups):
    """Omega = sum_k C(G-1,k) p^k q^(G-1-k)/d_k."""

    name = "group-loo"
    fewest = 3
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "A mean of the 1/d_k; S_k^2 is a concave parabola in k, so S_k >= S_1 for 0 < k < G-1.",
        Fact.AT_LEAST: "A mean of the 1/d_k; S_k, even in k about (G-1)/2, is largest next to that.",
    }

    @property
    def formula(self) -> str:
        last, squared = self.size - 1, (self.size - 1) * (self.size - 2)
        return (
            f"Omega(L) = sum over k = 0..{last} of C({last},k) p^k (1-p)^({last}-k)/d_k, "
            f"d_k = sqrt(k({last}-k)/{squared}) + eps, d_k = 1 where k is 0 or {last}"
        )

    def omega(self, at: Place) -> Jet:
        last, total = self.size - 1, constant(ball(0))
        for k in range(last + 1):
            weight = comb(last, k) * powers(at, k, last - k)
            total = total + (weight if k in (0, last) else weight * over(ball(1), self._spread(k), at.eps))
        return total

    def bound(self, eps: Interval) -> Ball:
        """Each 1/d_k falls in eps."""
        return self.supremum(eps[0])

    def supremum(self, eps: Fraction) -> Ball:
        return ball(1).max(1 / (self._spread(1) + ball(eps)))

    def infimum(self, eps: Interval) -> Ball:
        return ball(1).min(1 / (self._spread((self.size - 1) // 2) + ball(eps[1])))

    def _spread(self, k: int) -> Ball:
        last = self.size - 1
        return ball(Fraction(k * (last - k), last * (last - 1))).sqrt()
