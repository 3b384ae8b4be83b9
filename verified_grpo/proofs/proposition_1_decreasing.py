"""Proposition 1: h decreases below 1/2."""

from __future__ import annotations

import sympy as sp

from .framework import SHARPER, PaperStatement, beyond, by, claims
from .monotone_parts import DERIVATIVE, POSITIVE_FACTOR, sign_part

t = sp.Symbol("t", positive=True)

STATEMENT = PaperStatement(
    item="proposition-1-decreasing",
    title="the map decreases below one half",
    paper="If `p < 1/2` then `h'(p) < 0` and `h` is decreasing.",
    suite="For all `p` in `[0, 1/2)`: `h'(p) < 0`; `h` is strictly decreasing on the closed interval `[0, "
    "1/2]`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="How steep it is there (lemma-1, s2-count).",
    verdict=SHARPER,
    parts=(
        POSITIVE_FACTOR,
        sign_part(
            "With `p = 1/2 - t`, `t > 0`: `h' = -(positive) 2t/(2 beta r^3) < 0`.", sp.Rational(1, 2) - t
        ),
    ),
    steps=(
        by(
            "`h'` is the left side of [sign] by proposition-1-derivative; `r > 0`, `beta > 0` and "
            "[factor] make it negative.",
            "PaperMap.proposition_1_signs",
        ),
        by(
            "A continuous function with a negative derivative on `[0, 1/2)` is strictly decreasing on "
            "`[0, 1/2]`.",
            "PaperMap.proposition_1_decreasing",
        ),
    ),
    conclusions=(
        claims("the sign of h' and which way h moves", 1, 2),
        beyond("on the closed interval, strictly", 2),
    ),
    derivations=(DERIVATIVE,),
)
