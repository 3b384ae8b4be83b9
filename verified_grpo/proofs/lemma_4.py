"""Lemma 4: the hyperbolic cosine of half a log-odds."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import (
    MISPRINT,
    PaperStatement,
    claims,
    contradicts,
    filled,
    misprint,
    refutes,
    restates,
    signed,
    supports,
)
from .symbols import p_ref, r

probability = r**2 / (1 + r**2)  # p_ref with r = sqrt(p_ref/(1 - p_ref))
root = sp.sqrt(p_ref / (1 - p_ref))
printed_difference = (
    ((1 - p_ref) ** 2 / p_ref**2 + p_ref**2 / (1 - p_ref) ** 2 + 2) / 4
    - (root + 1 / root) / 2
    - sp.Rational(1, 10)
)

STATEMENT = PaperStatement(
    item="lemma-4",
    title="cosh of half the log-odds",
    paper="For `p_ref > 1/2`, `a = -log((1-p_ref)/p_ref) > 0` and `cosh^2(a/2) = 1/(4 p_ref (1-p_ref))`. "
    "The proof prints `cosh(x) = ((1-p_ref)^2/p_ref^2 + p_ref^2/(1-p_ref)^2 + 2)/4`.",
    suite="For all `p_ref` in `(0, 1)` the formula holds, and `a > 0` iff `p_ref > 1/2`. A misprint, in "
    "the text at hand: the middle expression is false: it is the square of `cosh(2x)`, `x = a/2`.",
    hypotheses="`0 < p_ref < 1`.",
    not_proved="Nothing further.",
    verdict=MISPRINT,
    parts=(
        supports(
            "statement",
            "With `r = sqrt(p_ref/(1-p_ref)) = exp(a/2)`: `cosh(a/2) = (r + 1/r)/2`.",
            Identity(((r + 1 / r) / 2) ** 2, 1 / (4 * probability * (1 - probability))),
        ),
        supports(
            "sign",
            "`2 p_ref - 1 = (r^2 - 1)/(r^2 + 1)`: `a > 0` iff `r > 1` iff `p_ref > 1/2`.",
            Identity(2 * probability - 1, (r**2 - 1) / (r**2 + 1)),
        ),
        supports(
            "share",
            "With `r^2 = p_ref/(1-p_ref)`, `r^2/(1 + r^2) = p_ref`.",
            Identity((p_ref / (1 - p_ref)) / (1 + p_ref / (1 - p_ref)), p_ref),
        ),
        refutes(
            "printed",
            "The printed expression is `((r^2 + r^-2)/2)^2 = cosh^2(a)` and not `cosh(a/2)`.",
            Identity(((1 / r**2) ** 2 + (r**2) ** 2 + 2) / 4, ((r**2 + 1 / r**2) / 2) ** 2),
        ),
        refutes(
            "printed-in-numbers",
            "On `p_ref` in `[0.6, 0.99]` the printed expression exceeds `cosh(a/2)` by more than `1/10`.",
            Inequality(
                printed_difference,
                ">",
                {p_ref: "0.6:0.99"},
            ),
        ),
    ),
    steps=(
        filled(
            "`r > 0` is free, so [statement] is the formula for all `p_ref` in `(0, 1)`.",
            {r: sp.sqrt(p_ref / (1 - p_ref))},
        ),
        restates("There `r^2/(1 + r^2)` is `p_ref` by [share]."),
        signed("`a > 0`, that is `r^2 > 1`, goes with `p_ref > 1/2` by [sign].", ">", r**2 - 1),
        restates("The printed step is another formula: [printed]; the lines after it are right."),
        contradicts(
            "In numbers: [printed-in-numbers].", Inequality(printed_difference, "<=", {p_ref: "0.6:0.99"})
        ),
    ),
    conclusions=(
        claims("the formula and the sign of a", 1, 2, 3),
        misprint("the middle expression of the proof", 4, 5),
    ),
)
