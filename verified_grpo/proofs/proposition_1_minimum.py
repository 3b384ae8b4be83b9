"""Proposition 1: the minimum of h is at 1/2."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .monotone_parts import DERIVATIVE, sign_part
from .symbols import eps, odds, p, x

t, y = sp.symbols("t y", positive=True)
half = sp.Rational(1, 2)

STATEMENT = PaperStatement(
    item="proposition-1-minimum",
    title="the minimum of the map",
    paper="`h'(1/2) = 0`, and `h` has its minimum at `p = 1/2`.",
    suite="For all `p` in `[0, 1]` other than `1/2`: `h(p) > h(1/2) = sigma(L_ref + 2/(beta sqrt(1 + 4 "
    "eps)))`; `h'(1/2) = 0`; the graph is symmetric about `1/2`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="Nothing further.",
    verdict=SHARPER,
    parts=(
        supports(
            "deepest",
            "`(1/4 + eps) - (p(1-p) + eps) = (p - 1/2)^2`: the root is largest at `1/2`, so `Omega` is "
            "smallest there.",
            Identity((half**2 + eps) - (p * (1 - p) + eps), (p - half) ** 2),
        ),
        supports(
            "monotone",
            "With `x = exp(-Omega/beta)` and `y` that at `1/2`: `h(p) - h(1/2) = odds (y - x)/((1 + odds "
            "x)(1 + odds y))`.",
            Identity(
                1 / (1 + odds * x) - 1 / (1 + odds * y), odds * (y - x) / ((1 + odds * x) * (1 + odds * y))
            ),
        ),
        sign_part("With `p = 1/2 + t`: `h' = (positive) 2t/(2 beta r^3)`, which is 0 at `t = 0`.", half + t),
        supports(
            "symmetric",
            "`p(1-p)` is the same at `p` and `1 - p`.",
            Identity((1 - p) * (1 - (1 - p)), p - p**2),
        ),
    ),
    steps=(
        by(
            "By [deepest] `Omega(p) > Omega(1/2) = 1/sqrt(1/4 + eps) = 2/sqrt(1 + 4 eps)` for `p` other "
            "than `1/2`, so `x < y`.",
            "PaperMap.proposition_1_decreasing",
            "PaperMap.proposition_1_increasing",
            "PaperMap.h_at_the_ends",
        ),
        by("Then `h(p) > h(1/2)` by [monotone], for `odds > 0`.", "PaperMap.proposition_1_minimum"),
        by("`h'(1/2) = 0`: [sign] at `t = 0`.", "PaperMap.proposition_1_signs"),
        by("The graph is symmetric, since `p(1-p)` is: [symmetric].", "Formulas.h_symmetric"),
    ),
    conclusions=(
        claims("h'(1/2) = 0 and the minimum is there", 2, 3),
        beyond("the minimum is strict, and its value", 1),
        beyond("the graph is symmetric", 4),
    ),
    derivations=(DERIVATIVE,),
)
