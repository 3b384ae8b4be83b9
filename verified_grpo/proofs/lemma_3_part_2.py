"""Lemma 3 (2): the bound on the logistic derivative of a sum."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import SHARPER, PaperStatement, beyond, by, claims, contradicts, signed, supports

x, y = sp.symbols("x y", positive=True)  # exp(z/2), exp(a/2)
a, z = sp.symbols("a z", real=True)


def cosh(k: sp.Expr) -> sp.Expr:
    """cosh of log k."""
    return (k + 1 / k) / 2


def sinh(k: sp.Expr) -> sp.Expr:
    """sinh of log k."""
    return (k - 1 / k) / 2


STATEMENT = PaperStatement(
    item="lemma-3-part-2",
    title="the bound on sigma (1 - sigma) of a sum",
    paper="For `z`, `a > 0`: `sigma(z+a)(1 - sigma(z+a)) <= 1/(4 cosh^2(z/2) cosh^2(a/2))`.",
    suite="For all real `z` and `a`: it holds iff `z a >= 0`, and strictly for `z a > 0`. For `z a < 0` it "
    "fails.",
    hypotheses="`z` and `a` real.",
    not_proved="Nothing further.",
    verdict=SHARPER,
    parts=(
        supports(
            "addition",
            "With `x = exp(z/2)`, `y = exp(a/2)`: `cosh((z+a)/2) = cosh(z/2) cosh(a/2) + sinh(z/2) "
            "sinh(a/2)`.",
            Identity(cosh(x * y), cosh(x) * cosh(y) + sinh(x) * sinh(y)),
        ),
        supports(
            "product",
            "`sinh(z/2) sinh(a/2) = (x^2 - 1)(y^2 - 1)/(4 x y)`, of the sign of `z a`.",
            Identity(sinh(x) * sinh(y), (x**2 - 1) * (y**2 - 1) / (4 * x * y)),
        ),
        supports(
            "lemma-3-1",
            "`sigma (1 - sigma) = 1/(4 cosh^2)`, with `x y` for `x`.",
            Identity(
                (x * y) ** 2 / (1 + (x * y) ** 2) * (1 - (x * y) ** 2 / (1 + (x * y) ** 2)),
                1 / (4 * cosh(x * y) ** 2),
            ),
        ),
        supports(
            "sign-needed",
            "For `z` in `[1, 2]` and `a` in `[-2, -1]` the bound fails.",
            Inequality(sp.cosh(z / 2) * sp.cosh(a / 2) - sp.cosh((z + a) / 2), ">", {z: "1:2", a: "-2:-1"}),
        ),
    ),
    steps=(
        signed(
            "For `z > 0` and `a > 0`, that is `x^2 > 1` and `y^2 > 1`, the product [product] is positive.",
            ">",
            x,
            y,
            x**2 - 1,
            y**2 - 1,
        ),
        by(
            "For `z a >= 0` the sum [addition] is at least `cosh cosh` by [product], and all three are "
            "positive, so the reciprocals of the squares are in the opposite order; [lemma-3-1] makes "
            "this the claim. For `z a > 0` it is strict.",
            "Formulas.lemma_3_2",
        ),
        by(
            "For `z a < 0` the sign is the other one by [product], and the bound fails.", "Formulas.lemma_3_2"
        ),
        contradicts(
            "A box of cases: [sign-needed].",
            Inequality(sp.cosh(z / 2) * sp.cosh(a / 2) - sp.cosh((z + a) / 2), "<=", {z: "1:2", a: "-2:-1"}),
        ),
    ),
    conclusions=(
        claims("the bound for positive z and a", 1, 2),
        beyond("it holds iff z a >= 0", 2, 3, 4),
    ),
)
