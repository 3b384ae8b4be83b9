"""Proposition 1, the derivative of h."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .derivations import Derivative, Rewriting
from .framework import HOLDS, PaperStatement, by, claims, supports
from .symbols import DOMAIN, beta, eps, h, h_free, odds, omega, p, p_ref, r, variance, x

printed = -h_free * (1 - h_free) * (1 - 2 * p) / (2 * beta * r**3)

STATEMENT = PaperStatement(
    item="proposition-1-derivative",
    title="the derivative of the map",
    paper="`h'(p) = -h(p) (1 - h(p)) (1 - 2p)/(2 beta (p(1-p) + eps)^(3/2))`.",
    suite="For all `p` in `[0, 1]` the derivative is as printed.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="Nothing further.",
    verdict=HOLDS,
    parts=(
        supports(
            "chain-rule",
            "With `r = sqrt(p(1-p) + eps)`, `r' = (1-2p)/(2r)`, `x = exp(-1/(beta r))`, `x' = x r'/(beta "
            "r^2)`, `h = 1/(1 + odds x)`, `h' = -odds x'/(1 + odds x)^2`: the chain rule's result is the "
            "printed one.",
            Identity(-odds * (x * ((1 - 2 * p) / (2 * r)) / (beta * r**2)) / (1 + odds * x) ** 2, printed),
        ),
        supports(
            "root",
            "The derivative of `r^2 = p(1-p) + eps` is `2 r r' = 1 - 2p`, as the difference quotient with "
            "step `t` shows: it is `1 - 2p - t`.",
            Identity(
                ((p + sp.Symbol("t")) * (1 - p - sp.Symbol("t")) - p * (1 - p)) / sp.Symbol("t"),
                1 - 2 * p - sp.Symbol("t"),
            ),
        ),
    ),
    steps=(
        by(
            "`r` is differentiable with `r' = (1-2p)/(2r)` by [root] and the chain rule for the square "
            "root; then the chain rule for `exp` and `1/(1 + odds x)` gives the left side of [chain-rule].",
            "PaperMap.proposition_1_derivative",
        ),
    ),
    conclusions=(claims("the derivative as printed", 1),),
    derivations=(
        Derivative(
            "h' as printed",
            h(),
            p,
            -h() * (1 - h()) * (1 - 2 * p) / (2 * beta * (variance + eps) ** sp.Rational(3, 2)),
            DOMAIN,
        ),
        Rewriting(
            "the free variables of the identity stand for the parts of h'",
            printed.subs({x: sp.exp(-omega / beta), odds: (1 - p_ref) / p_ref, r: 1 / omega}),
            sp.diff(h(), p),
            DOMAIN,
        ),
    ),
)
