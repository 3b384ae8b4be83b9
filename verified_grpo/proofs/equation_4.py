"""Equation (4): the two weights of the contrastive loss."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, supports
from .symbols import minus as difference
from .symbols import p, r

plus, minus = (1 - p) / r, p / r

STATEMENT = PaperStatement(
    item="equation-4",
    title="the weights omega+ and omega-",
    paper="`omega+(p) = (1-p)/sqrt(p(1-p) + eps)` and `omega-(p) = p/sqrt(p(1-p) + eps)`: the stabilised "
    "advantages of a success and, with the sign turned, of a failure.",
    suite="For all `p` in `[0, 1]` and `eps > 0` they are the two values of `(r - p)/sqrt(p(1-p) + eps)`; "
    "their sum is the contrast `Omega(p) = 1/sqrt(p(1-p) + eps)` and the advantage has mean 0.",
    hypotheses="`0 <= p <= 1`, `eps > 0`.",
    not_proved="That the variance of the stabilised advantage is 1: it is `v/(v + eps)`.",
    verdict=HOLDS,
    parts=(
        supports("sum", "With `r` the root: `omega+ + omega- = 1/r = Omega`.", Identity(plus + minus, 1 / r)),
        supports(
            "mean",
            "`p omega+ = (1-p) omega-`: the mean is 0.",
            Identity(difference(p * plus, (1 - p) * minus), 0),
        ),
        supports(
            "second-moment",
            "`p omega+^2 + (1-p) omega-^2 = p (1-p)/r^2`.",
            Identity(p * plus**2 + (1 - p) * minus**2, (p - p**2) / r**2),
        ),
        supports(
            "root",
            "`p(1-p) + eps = 1/4 + eps - (p - 1/2)^2`, which is at least `eps` on `[0, 1]`: the root is "
            "positive.",
            Identity(p * (1 - p), sp.Rational(1, 4) - (p - sp.Rational(1, 2)) ** 2),
        ),
    ),
    steps=(
        by("`r = sqrt(p(1-p) + eps) > 0` by [root], where `|p - 1/2| <= 1/2`.", "Formulas.root_positive"),
        by(
            "The values of `(r - p)/root` at reward 1 and 0 are `omega+` and `-omega-`; [sum], [mean] and "
            "[second-moment] hold for every `r`, in particular for this root.",
            "Formulas.equation_4",
        ),
    ),
    conclusions=(claims("the weights are the two values of the advantage, with sum Omega and mean 0", 1, 2),),
)
