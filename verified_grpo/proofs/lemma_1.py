"""Lemma 1: the derivative at a fixed point, and the condition on beta."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model.derivation import lemma1

from .claims import Identity, Region
from .derivations import Rewriting
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .symbols import barrier, beta, eps, h_free, odds, p, r, x

b = sp.Symbol("b", positive=True)

STATEMENT = PaperStatement(
    item="lemma-1",
    title="the derivative at a fixed point",
    paper="At a fixed point `h'(p*) = p* (1-p*) (2p*-1)/(2 beta (p*(1-p*) + eps)^(3/2))`, and `|h'(p*)| < "
    "1` is satisfied if `beta > B(p*) = p* (1-p*) |2p*-1|/(2 (p*(1-p*) + eps)^(3/2))`.",
    suite="For all parameters: the formula holds, `|h'(p*)| = B(p*)/beta`, and `|h'(p*)| < 1` if and only "
    "if `beta > B(p*)`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, `h(p*) = p*`.",
    not_proved="Anything at `|h'(p*)| = 1`.",
    verdict=SHARPER,
    parts=(
        supports(
            "fixed",
            "`h (1 - h) = odds x/(1 + odds x)^2`, and with `odds x = (1-p)/p`, that is `h = p`, this is `p "
            "(1-p)`.",
            Identity((h_free * (1 - h_free)).subs(x, (1 - p) / (p * odds)), p - p**2),
        ),
        supports(
            "formula",
            "`-p (1-p) (1-2p)/(2 beta r^3) = (p (1-p) (2p-1)/(2 r^3))/beta`.",
            Identity(
                -p * (1 - p) * (1 - 2 * p) / (2 * beta * r**3),
                (p * (1 - p) * (2 * p - 1) / (2 * r**3)) / beta,
            ),
        ),
        supports("threshold", "`1 - B/beta = (beta - B)/beta`.", Identity(1 - b / beta, (beta - b) / beta)),
        supports(
            "below",
            "A case in which `beta < B(p*)`: a fixed point with `|h'| >= 1`, certified.",
            Region("contraction", "refuted", "50:100", "1e-5", "0.001:0.9999"),
        ),
    ),
    steps=(
        by(
            "`h'` is as in proposition-1-derivative; at a fixed point `h (1-h) = p* (1-p*)` by [fixed], "
            "and [formula] is the printed form, of modulus `B(p*)/beta`.",
            "PaperMap.lemma_1",
            "PaperFixedPoints.lemma_1_multiplier",
        ),
        by(
            "`beta > 0`, so `1 - B/beta > 0` iff `beta > B` by [threshold]; [below] is a case on the "
            "other side.",
            "PaperFixedPoints.lemma_1_condition",
        ),
    ),
    conclusions=(
        claims("the derivative at a fixed point, and the condition", 1, 2),
        beyond("the condition is necessary too", 2),
    ),
    derivations=(
        Rewriting(
            "SymPy's h' with h(p) = p put in is the lemma's formula",
            lemma1(),
            barrier / beta,
            {p: ("0", "1"), eps: ("1/1000", "1"), beta: ("1/10", "10")},
        ),
    ),
)
