"""Lemma 3 (1): the logistic function's derivative by a hyperbolic cosine."""

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

x, y = sp.symbols("x y", positive=True)  # exp(z/2), exp(-z)
z = sp.Symbol("z", real=True)
logistic = x**2 / (1 + x**2)
printed_difference = (
    sp.cosh(z) ** 2 - 1 / (1 + sp.exp(-2 * z)) * (1 - 1 / (1 + sp.exp(-2 * z))) / 4 - sp.Rational(9, 10)
)

STATEMENT = PaperStatement(
    item="lemma-3-part-1",
    title="sigma (1 - sigma) by cosh",
    paper="`sigma(z) (1 - sigma(z)) = 1/(4 cosh^2(z/2))`. The proof prints `sigma(1-sigma) = e^-z/(1 - "
    "e^-z)^2` and `cosh^2(x) = sigma(2x)(1 - sigma(2x))/4`.",
    suite="For all real `z` the statement holds. Two formulas of its proof are misprinted in the text at "
    "hand, and false for every argument: the first (at `z` other than 0) has a wrong sign in the "
    "denominator, the second lacks the reciprocal.",
    hypotheses="`z` real.",
    not_proved="Nothing further.",
    verdict=MISPRINT,
    parts=(
        supports(
            "statement",
            "With `x = exp(z/2)`: `sigma = x^2/(1 + x^2)`, `cosh(z/2) = (x + 1/x)/2`.",
            Identity(logistic * (1 - logistic), 1 / (4 * ((x + 1 / x) / 2) ** 2)),
        ),
        refutes(
            "first-step",
            "With `y = exp(-z)`: `y/(1-y)^2 - sigma(1-sigma) = 4 y^2/(1-y^2)^2`, which is positive for `z` "
            "other than 0.",
            Identity(y / (1 - y) ** 2 - (1 / (1 + y)) * (1 - 1 / (1 + y)), 4 * y**2 / (1 - y**2) ** 2),
        ),
        refutes(
            "second-step",
            "With `x = exp(z/2)`: `cosh^2(z/2) = 1/(4 sigma(z)(1-sigma(z)))` and not a quarter of "
            "`sigma(1-sigma)`.",
            Identity(((x + 1 / x) / 2) ** 2, 1 / (4 * logistic * (1 - logistic))),
        ),
        refutes(
            "second-step-in-numbers",
            "`cosh^2(z) - sigma(2z)(1-sigma(2z))/4 > 9/10` on `z` in `[-2, 2]`.",
            Inequality(
                printed_difference,
                ">",
                {z: "-2:2"},
            ),
        ),
        refutes(
            "never-equal",
            "`cosh^2 - 1 = ((x - 1/x)/2)^2 >= 0`, while a quarter of `sigma(1-sigma)` is at most `1/16`.",
            Identity(((x + 1 / x) / 2) ** 2 - 1, ((x - 1 / x) / 2) ** 2),
        ),
    ),
    steps=(
        filled(
            "`x = exp(z/2) > 0` is free, so [statement] is the claim for all real `z`.", {x: sp.exp(z / 2)}
        ),
        signed(
            "The first printed formula is false at every `z` other than 0 by [first-step], where it is "
            "not even defined.",
            ">",
            y,
        ),
        restates("The second lacks a reciprocal: the true formula is [second-step]."),
        signed("`cosh^2` is at least 1 by [never-equal].", ">="),
        contradicts(
            "In numbers: [second-step-in-numbers].", Inequality(printed_difference, "<=", {z: "-2:2"})
        ),
    ),
    conclusions=(
        claims("the formula for all real z", 1),
        misprint("the sign in the denominator", 2),
        misprint("the reciprocal", 3, 4, 5),
    ),
)
