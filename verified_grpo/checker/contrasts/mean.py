"""The contrast without a division: rewards less their mean."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from verified_grpo.checker.contrasts.base import Balls, Contrast
from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball


class Mean(Contrast):
    """Omega = 1. Its slope, 0, has no peak, and no Schwarzian derivative."""

    name = "mean"
    formula = "Omega(L) = 1"
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "It is 1.",
        Fact.EVEN_RISING: "It is constant.",
        Fact.FALLS_IN_EPS: "It and b = 0 do not depend on eps.",
        Fact.STEEPEST: "b = 0.",
        Fact.CONCAVE: "p(1-p) is.",
    }

    def omega(self, at: Place) -> Jet:
        return constant(ball(1))

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return ball(1)

    def supremum(self, eps: Fraction) -> Ball:
        return ball(1)

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        return ball(0), ball(0)

    def steepest(self, eps: Fraction) -> Ball:
        return ball(0)
