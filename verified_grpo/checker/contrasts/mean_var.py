"""The paper's contrast: rewards over the root of their variance plus eps."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from verified_grpo.checker.contrasts.base import Peaked
from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball


class MeanVar(Peaked):
    """Omega = 1/sqrt(v + eps): b = d v / (2 (v+eps)^(3/2)) with d = 2p-1 = tanh(L/2)."""

    name = "mean-var"
    formula = "Omega(L) = 1/sqrt(p(1-p) + eps)"
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "v > 0, so Omega < 1/sqrt(eps).",
        Fact.EVEN_RISING: "v is even and falls as |L| rises, and 1/sqrt(v+eps) falls in v.",
        Fact.FALLS_IN_EPS: "1/sqrt(v+eps) and d v/(2 (v+eps)^(3/2)) do, by inspection.",
        Fact.ONE_PEAK: "b = u(1-s)/(1-s+4eps)^(3/2) with u = d, s = u^2, v = (1-s)/4, u rising in L from "
        "0. The logarithmic derivative in u, times the positive u(1-s)(1-s+4eps), is (1-s)(1-s+4eps) - "
        "2s(1-s+4eps) + 3s(1-s) = (1+4eps) - (1+12eps)s: it changes sign once, at v = 2eps/(1+12eps).",
        Fact.STEEPEST: "At the peak b = 1/(3 sqrt(3eps) (1+4eps)); b is odd.",
        Fact.NEGATIVE_SCHWARZIAN: "b > 0 for L > 0. S(g o v) = S(g)(v) v'^2 + S(v); v' = -vd, d^2 = 1-4v, "
        "so S(v) = 1 - 12v - (3/2)(1-6v)^2/d^2, S of (v+eps)^(-1/2) is 3/(8 (v+eps)^2) <= 3/(8 v^2), and "
        "S(Omega) <= 1/4 - 3/(8 d^2) < 0.",
        Fact.CONCAVE: "A function of v = p(1-p), itself concave, that rises and is concave is concave: "
        "v/sqrt(v+eps) has the derivatives (v+2eps)/(2(v+eps)^(3/2)) > 0 and -(v+4eps)/(4(v+eps)^(5/2)) < "
        "0.",
    }

    def omega(self, at: Place) -> Jet:
        return 1 / (at.v + at.eps).sqrt()

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return 1 / (self.spread(logit) + ball(eps)).sqrt()

    def supremum(self, eps: Fraction) -> Ball:
        return 1 / ball(eps).sqrt()

    def spread(self, logit: Fraction) -> Ball:
        x = (-ball(logit)).exp()
        return x / (1 + x) ** 2

    def peak(self, eps: Fraction) -> Ball:
        return 2 * ball(eps) / (1 + 12 * ball(eps))

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        v = self.spread(logit)
        w = v + ball(eps)
        return (ball(logit) / 2).tanh() * v / (2 * w * w.sqrt())

    def steepest(self, eps: Fraction) -> Ball:
        return 1 / (3 * ball(3 * eps).sqrt() * ball(1 + 4 * eps))
