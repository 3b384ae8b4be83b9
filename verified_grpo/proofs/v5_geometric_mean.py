"""Version 4: two KL terms are one, to a geometric mean."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, supports
from .symbols import alpha

w, ell, a, c, zeta, l_ref, l_old, d_s, d_f = sp.symbols("w ell a c zeta l_ref l_old d_s d_f", real=True)
g1, g2, g3, g4, x, y = sp.symbols("g1 g2 g3 g4 x y", positive=True)
success = (x * g1 + x * g2) / (x * g1 + x * g2 + y * g3 + y * g4)

STATEMENT = PaperStatement(
    item="v5-geometric-mean",
    title="two KL terms and the geometric mean (version 4)",
    paper="`alpha KL(pi || pi_ref) + (1-alpha) KL(pi || pi_o) = KL(pi || gm) + const` with gm proportional "
    "to `pi_ref^alpha pi_o^(1-alpha)`; its log-odds are `alpha L_ref + (1-alpha) L_o + (1-alpha)(D(F) "
    "- D(S))`, `D` the Renyi divergence of order `alpha` between the conditionals given failure and "
    "success.",
    suite="For all `0 < alpha < 1` on every finite outcome space with `pi_ref`, `pi_o > 0`: both hold; the "
    "constant is -log of the geometric mean's total mass.",
    hypotheses="`0 < alpha < 1`, both policies positive with successes and failures.",
    not_proved="The limits `alpha = 0` and 1, which are trivial, and infinite spaces where sums may diverge.",
    verdict=HOLDS,
    parts=(
        supports(
            "term",
            "One outcome, `ell = log pi`, `a = log pi_ref`, `c = log pi_o`, `zeta` the logarithm of the "
            "total mass: `alpha w (ell - a) + (1-alpha) w (ell - c) = w (ell - (alpha a + (1-alpha) c - "
            "zeta)) - zeta w`.",
            Identity(
                alpha * w * (ell - a) + (1 - alpha) * w * (ell - c),
                w * (ell - (alpha * a + (1 - alpha) * c - zeta)) - zeta * w,
            ),
        ),
        supports(
            "odds",
            "With `x = p_ref^alpha p_o^(1-alpha)`, `y` that of failures, `g_i` the conditionals' geometric "
            "means: the odds are `(x/y) (g1 + g2)/(g3 + g4)`.",
            Identity(success / (1 - success), (x / y) * ((g1 + g2) / (g3 + g4))),
        ),
        supports(
            "renyi",
            "With `log(g1 + g2) = (alpha-1) D(S)`, `log(g3 + g4) = (alpha-1) D(F)`: the logarithm of the "
            "odds.",
            Identity(
                alpha * l_ref + (1 - alpha) * l_old + (alpha - 1) * d_s - (alpha - 1) * d_f,
                alpha * l_ref + (1 - alpha) * l_old + (1 - alpha) * (d_f - d_s),
            ),
        ),
    ),
    steps=(
        by(
            "Summed over outcomes with sum `w = 1`, [term] is the first claim; the constant is -zeta.",
            "TwoAnchors.one_term_to_the_mean",
        ),
        by(
            "`pi_ref = p_ref` times its conditional on successes, and so on: [odds], for any number of "
            "outcomes of each kind. The Renyi divergence is `D_alpha(P || Q) = log(sum P^alpha "
            "Q^(1-alpha))/(alpha - 1)`, so the logarithm of [odds] is [renyi], as `log(x/y) = alpha L_ref "
            "+ (1-alpha) L_o`.",
            "TwoAnchors.log_odds_of_the_mean",
        ),
    ),
    conclusions=(claims("one KL term to the geometric mean, and its log-odds", 1, 2),),
)
