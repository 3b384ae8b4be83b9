"""Theorem 3 (2): fixed points exceed p_ref > 1/2; the condition on beta is not needed."""

from __future__ import annotations

import sympy as sp

from .claims import Inequality, Region
from .framework import SHARPER, PaperStatement, beyond, by, claims, contradicts, restates, supports
from .shared_parts import GAIN, amplification
from .symbols import beta, eps, p_ref

reference_variance = p_ref * (1 - p_ref)
condition = beta * sp.cosh(1 / (2 * beta * sp.sqrt(sp.Rational(1, 4) + eps))) ** 2 - reference_variance * (
    2 * p_ref - 1
) / (2 * (reference_variance + eps) ** sp.Rational(3, 2))
"""The condition of case (2) is that this is not negative."""

STATEMENT = PaperStatement(
    item="theorem-3-case-2",
    title="amplification for p_ref above 1/2",
    paper="Every fixed point `p*` exceeds `p_ref > 1/2`, if `beta cosh^2(1/(2 beta sqrt(1/4 + eps))) >= "
    "p_ref (1-p_ref)(2 p_ref - 1)/(2 (p_ref (1-p_ref) + eps)^(3/2))`.",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0`, without any condition on `beta`: every fixed "
    "point exceeds `p_ref`. The condition does fail for some parameters, and there too fixed points "
    "exceed `p_ref`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="That the sequence converges to a fixed point.",
    verdict=SHARPER,
    parts=(
        GAIN,
        amplification("box"),
        supports(
            "condition-fails",
            "At `eps = 1e-5`, on `beta` in `[1, 2]` and `p_ref` in `[0.9999, 0.99995]`, the condition fails.",
            Inequality(condition, "<", {beta: "1:2", eps: "1e-5", p_ref: "0.9999:0.99995"}),
        ),
        supports(
            "amplified-there",
            "On the same box every fixed point exceeds `p_ref`.",
            Region("amplification", "proved", "1:2", "1e-5", "0.9999:0.99995"),
        ),
    ),
    steps=(
        by(
            "`Omega > 0` and `beta > 0` give `0 < x < 1`, so `h(p) > p_ref` for every `p` in `[0, 1]` by "
            "[gain]; no case distinction.",
            "PaperFixedPoints.theorem_3",
        ),
        restates("[box] is the same with a number for the margin, over a large box."),
        contradicts(
            "The condition is no consequence: [condition-fails].",
            Inequality(condition, ">=", {beta: "1:2", eps: "1e-5", p_ref: "0.9:0.99995"}),
        ),
        restates("There, too, every fixed point exceeds `p_ref`: [amplified-there]."),
    ),
    conclusions=(
        claims("every fixed point exceeds p_ref", 1),
        beyond("without the condition, which does fail", 1, 3),
    ),
)
