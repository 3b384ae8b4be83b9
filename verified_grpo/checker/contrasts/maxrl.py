"""The contrast of MaxRL: (r - m)/m, m the mean of the group's G rewards; 0 where m = 0.

Beside k successes among the others a success has G/(k+1) - 1, a failure -1, or 0 where k = 0. So Omega =
E[G/(k+1)] - q^(G-1), k ~ Binomial(G-1, p), and E[G/(k+1)] = (1-q^G)/p, by C(G-1,k) G/(k+1) = C(G,k+1). With
1-q = p this is (1-q^(G-1))/p = 1 + q + ... + q^(G-2).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.contrasts.of_groups import OfGroups
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball


@dataclass(frozen=True)
class MaxRL(OfGroups):
    """Omega = 1 + q + ... + q^(G-2)."""

    name = "maxrl"
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "G - 1 powers of q, each at most 1.",
        Fact.AT_LEAST: "The first power is 1, the others are > 0.",
        Fact.FALLS_IN_EPS: "Neither it nor b depends on eps.",
        Fact.CONCAVE: "pq Omega = q (1 - q^(G-1)), whose second derivative is -G(G-1) q^(G-2).",
    }

    @property
    def formula(self) -> str:
        return f"Omega(L) = (1 - (1-p)^{self.size - 1})/p"

    def omega(self, at: Place) -> Jet:
        total = constant(ball(1))
        for _ in range(self.size - 2):  # Horner
            total = 1 + at.q * total
        return total

    def infimum(self, eps: Interval) -> Ball:
        return ball(1)

    def supremum(self, eps: Fraction) -> Ball:
        return ball(self.size - 1)
