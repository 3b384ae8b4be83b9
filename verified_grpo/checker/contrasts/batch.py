"""The contrast of rewards less their group's mean, divided by a given number, in the place of eps.

Beside k successes among the G-1 others a success has 1 - (k+1)/G, a failure -k/G: 1 - 1/G between them,
whatever k is. Divided by eps, which stands for the batch's standard deviation and the stabiliser together.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.contrasts.of_groups import OfGroups
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball


@dataclass(frozen=True)
class Batch(OfGroups):
    """Omega = (1 - 1/G)/eps."""

    name = "batch"
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "It does not depend on L.",
        Fact.EVEN_RISING: "It does not depend on L.",
        Fact.FALLS_IN_EPS: "It falls, and b = 0.",
        Fact.STEEPEST: "b = 0.",
        Fact.CONCAVE: "p(1-p) is.",
    }

    @property
    def cost(self) -> int:
        return 1

    @property
    def formula(self) -> str:
        return f"Omega(L) = (1 - 1/{self.size})/eps"

    def omega(self, at: Place) -> Jet:
        return constant(self._share()) / at.eps

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        return ball(0), ball(0)

    def supremum(self, eps: Fraction) -> Ball:
        return self._share() / ball(eps)

    def steepest(self, eps: Fraction) -> Ball:
        return ball(0)

    def _share(self) -> Ball:
        return ball(1 - Fraction(1, self.size))
