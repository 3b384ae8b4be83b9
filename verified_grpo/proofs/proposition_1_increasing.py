"""Proposition 1: h increases above 1/2."""

from __future__ import annotations

import sympy as sp

from .framework import SHARPER, PaperStatement, beyond, by, claims
from .monotone_parts import DERIVATIVE, POSITIVE_FACTOR, sign_part

t = sp.Symbol("t", positive=True)

STATEMENT = PaperStatement(
    item="proposition-1-increasing",
    title="the map increases above one half",
    paper="If `p > 1/2` then `h'(p) > 0` and `h` is increasing.",
    suite="For all `p` in `(1/2, 1]`: `h'(p) > 0`; `h` is strictly increasing on the closed interval "
    "`[1/2, 1]`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="How steep it is there (lemma-1, s2-count).",
    verdict=SHARPER,
    parts=(
        POSITIVE_FACTOR,
        sign_part(
            "With `p = 1/2 + t`, `t > 0`: `h' = (positive) 2t/(2 beta r^3) > 0`.", sp.Rational(1, 2) + t
        ),
    ),
    steps=(
        by(
            "`h'` is the left side of [sign] by proposition-1-derivative; `r > 0`, `beta > 0` and "
            "[factor] make it positive.",
            "PaperMap.proposition_1_signs",
        ),
        by(
            "A continuous function with a positive derivative on `(1/2, 1]` is strictly increasing on "
            "`[1/2, 1]`.",
            "PaperMap.proposition_1_increasing",
        ),
    ),
    conclusions=(
        claims("the sign of h' and which way h moves", 1, 2),
        beyond("on the closed interval, strictly", 2),
    ),
    derivations=(DERIVATIVE,),
)
