"""Version 4: the recursion with two KL terms, and why its extra term is zero."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, LimitOf
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, supports
from .symbols import alpha, beta

l, l_ref, gap, o = sp.symbols("l l_ref gap o", real=True)  # noqa: E741 -- log-odds
c1, c2, c3, k = sp.symbols("c1 c2 c3 k", positive=True)

STATEMENT = PaperStatement(
    item="v6-two-kl-terms",
    title="the recursion with two KL terms (version 4)",
    paper="`L_n = alpha L_ref + (1-alpha) L_{n-1}` + (1-alpha)(D(F) - D(S)) + Omega(p_{n-1})/beta, `D` "
    "Renyi divergences between conditionals of `pi_ref` and `pi_{n-1}`; if `D(S) <= D(F)` then `L_n "
    ">= L_ref`.",
    suite="For `0 < alpha < 1`, from `pi_0 = pi_ref`: both divergences are 0 at every `n`, so `L_n = alpha "
    "L_ref + (1-alpha) L_{n-1} + Omega(p_{n-1})/beta` exactly, and `L_n > L_ref` for all `n >= 1` "
    "without a condition.",
    hypotheses="`0 < alpha < 1`, `pi_0 = pi_ref`, 0/1 rewards, exact maximisation.",
    not_proved="The divergences along approximate policies. Version 4's text was not at hand: misprints in "
    "its displays are not judged here.",
    verdict=SHARPER,
    parts=(
        supports(
            "conditional",
            "A policy that is `pi_ref` times `k` on successes has `pi_ref's` conditional there: `c1 k/(c1 "
            "k + c2 k + c3 k) = c1/(c1 + c2 + c3)`.",
            Identity(c1 * k / (c1 * k + c2 * k + c3 * k), c1 / (c1 + c2 + c3)),
        ),
        supports(
            "lower-bound",
            "`L_n - L_ref = (1-alpha)(L_{n-1} - L_ref) + (1-alpha) gap + Omega/beta`, `gap = D(F) - D(S)`.",
            Identity(
                alpha * l_ref + (1 - alpha) * l + (1 - alpha) * gap + o / beta - l_ref,
                (1 - alpha) * (l - l_ref) + (1 - alpha) * gap + o / beta,
            ),
        ),
        supports(
            "case",
            "`alpha = 1/2`, `beta = 5`, `p_ref = 0.3`: where this recursion's sequence goes.",
            LimitOf("fixed-point", 5, "1e-5", "0.3", "0.5"),
        ),
    ),
    steps=(
        by(
            "`pi_n`, the maximiser over all policies, is proportional to `pi_ref^alpha pi_{n-1}^(1-alpha) "
            "exp(A/beta)`, and A depends on the reward alone; so if `pi_{n-1}` is `pi_ref` times one factor "
            "on successes and one on failures, `pi_n` is too. It is true of `pi_0`, hence of all.",
            "TwoAnchors.maximiser_with_two_terms",
            "TwoAnchors.reference_is_of_itself",
            "TwoAnchors.next_is_of_the_reference",
        ),
        by(
            "By [conditional] the conditionals of `pi_n` given success, and given failure, are those of "
            "`pi_ref` (for any number of outcomes), and `D(P || P) = log(sum P)/(alpha - 1) = 0`. So the "
            "log-odds of their geometric mean are `alpha L_ref + (1-alpha) L_{n-1}`, and the tilt adds "
            "`Omega/beta`.",
            "TwoAnchors.no_divergence",
            "TwoAnchors.log_odds_of_the_mean",
            "Policies.log_odds_of_the_tilted",
            "Formulas.equation_4",
        ),
        by(
            "Induction with [lower-bound]: for `gap >= 0`, in particular for `gap = 0`, `L_{n-1} >= "
            "L_ref` and `Omega > 0` give `L_n > L_ref`.",
            "TwoAnchors.above_the_reference",
        ),
        restates("[case] is a case in numbers."),
    ),
    conclusions=(
        claims("the recursion, and L_n >= L_ref", 1, 2, 3),
        beyond("the extra term is 0, so no condition is needed", 1, 2, 3),
    ),
)
