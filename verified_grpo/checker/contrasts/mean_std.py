"""The training frameworks' contrast: rewards over their standard deviation plus eps."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from verified_grpo.checker.contrasts.base import Peaked
from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball


class MeanStd(Peaked):
    """Omega = 1/(s + eps) with s = sqrt(v): b = d s / (2 (s+eps)^2), d = tanh(L/2)."""

    name = "mean-std"
    formula = "Omega(L) = 1/(sqrt(p(1-p)) + eps)"
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "s > 0, so Omega < 1/eps.",
        Fact.EVEN_RISING: "s is even and falls as |L| rises, and 1/(s+eps) falls in s.",
        Fact.FALLS_IN_EPS: "1/(s+eps) and d s/(2 (s+eps)^2) do, by inspection.",
        Fact.ONE_PEAK: "s falls in L from 1/2, d = sqrt(1-4s^2). The logarithmic derivative of b in s, "
        "times the positive s(1-4s^2)(s+eps), is -4s^2(s+eps) + (1-4s^2)(s+eps) - 2s(1-4s^2) = eps - s - "
        "8 eps s^2: it changes sign once, at s = 2eps/(1+sqrt(1+32eps^2)) < 1/2.",
        Fact.STEEPEST: "It is b at the peak; b is odd.",
        Fact.NEGATIVE_SCHWARZIAN: "b > 0 for L > 0. Omega is a Moebius map of 1/s = 2 cosh(L/2): S(Omega) "
        "= (1 - (3/2) coth^2(L/2))/4 < 0.",
        Fact.CONCAVE: "A function of v = p(1-p), itself concave, that rises and is concave is concave: "
        "v/(s+eps) has in v the derivative (s+2eps)/(2(s+eps)^2) > 0, which falls in s: its derivative "
        "has the sign of (s+eps) - 2(s+2eps) < 0.",
    }

    def omega(self, at: Place) -> Jet:
        return 1 / (at.v.sqrt() + at.eps)

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return 1 / (self.spread(logit) + ball(eps))

    def supremum(self, eps: Fraction) -> Ball:
        return 1 / ball(eps)

    def spread(self, logit: Fraction) -> Ball:
        root = (-ball(logit / 2)).exp()
        return root / (1 + root**2)

    def peak(self, eps: Fraction) -> Ball:
        return ball(2 * eps) / (1 + ball(1 + 32 * eps**2).sqrt())

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        s = self.spread(logit)
        return ball(logit / 2).tanh() * s / (2 * (s + ball(eps)) ** 2)

    def steepest(self, eps: Fraction) -> Ball:
        s = self.peak(eps)
        return (1 - 4 * s**2).sqrt() * s / (2 * (s + ball(eps)) ** 2)
