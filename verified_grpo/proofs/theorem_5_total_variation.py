"""The proof of Theorem 5: the total variation as a supremum, without its bound."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import MISPRINT, PaperStatement, by, claims, misprint, refutes, supports
from .symbols import minus

c, d1, d2, d3, f1, f2, f3 = sp.symbols("c d1 d2 d3 f1 f2 f3", real=True)

STATEMENT = PaperStatement(
    item="theorem-5-total-variation",
    title="the total variation as a supremum",
    paper="The total variation distance is half the supremum, over `||f||_inf`, of the difference of the "
    "two expectations of `f`.",
    suite="A misprint, in the text at hand: the functions are meant to be bounded, `||f||_inf <= 1`. Then "
    "half the supremum is half the sum of the absolute differences; without a bound it is infinite for any "
    "two different policies.",
    hypotheses="Two policies on a finite outcome space.",
    not_proved="Nothing further.",
    verdict=MISPRINT,
    parts=(
        supports(
            "bounded",
            "Differences of mass `d1`, `d2 >= 0` and `d3`, `d4 = -(d1+d2+d3) <= 0`, with `f = 1` on the "
            "first two and `-1` on the others: half the difference of expectations is `d1 + d2`.",
            Identity(
                sp.Mul(sp.Rational(1, 2), minus(d1 + d2, minus(d3, d1 + d2 + d3)), evaluate=False), d1 + d2
            ),
        ),
        refutes(
            "scaled",
            "`c f` in the place of `f` multiplies the difference of expectations by `c`.",
            Identity(c * f1 * d1 + c * f2 * d2 + c * f3 * d3, c * (f1 * d1 + f2 * d2 + f3 * d3)),
        ),
    ),
    steps=(
        by(
            "For `|f| <= 1` the difference of expectations is at most the sum of `|d_i|`, and [bounded] "
            "attains it.",
            "Elementary.bounded_functions",
        ),
        by(
            "Without a bound some `f` has a positive difference, and [scaled] makes it as large as one "
            "likes.",
            "Elementary.unbounded_functions",
        ),
    ),
    conclusions=(
        claims("half the supremum over bounded functions is the total variation", 1),
        misprint("the bound is missing", 2),
    ),
)
