"""Version 4: any anchor and any weights."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, supports

anchor, up, down = sp.symbols("anchor up down", positive=True)
w, t, u, zeta = sp.symbols("w t u zeta", real=True)
share = anchor * up / (anchor * up + (1 - anchor) * down)

STATEMENT = PaperStatement(
    item="v2-general-anchor",
    title="a general anchor and general weights (version 4)",
    paper="The maximiser of `E_pi[A] - KL(pi || anchor)` has `logit p = logit p_anchor + Omega` for any "
    "weights `omega+`, `omega-` with sum `Omega` (`1/beta` absorbed).",
    suite="For every anchor policy with `0 < p_anchor < 1` and all real weights: the maximiser is unique, "
    "is the anchor tilted by `exp(A)`, and its log-odds are those of the anchor plus `omega+ + "
    "omega-`.",
    hypotheses="`0 < p_anchor < 1`; policies absolutely continuous with respect to the anchor.",
    not_proved="Nothing further.",
    verdict=HOLDS,
    parts=(
        supports(
            "term",
            "One outcome of mass `w`, `u = log(pi/anchor)`, `t = A`, `zeta = log Z`: `w (t - u) + w (u - t "
            "+ zeta) = zeta w`.",
            Identity(w * (t - u) + w * (u - t + zeta), zeta * w),
        ),
        supports(
            "odds",
            "With `up = exp(omega+)`, `down = exp(-omega-)`: the odds are multiplied by `up/down = "
            "exp(omega+ + omega-)`.",
            Identity(share / (1 - share), anchor / (1 - anchor) * (up / down)),
        ),
    ),
    steps=(
        by(
            "Summed over outcomes, [term] is `J(pi) + KL(pi || optimum) = log Z` for every `pi`, with `KL "
            ">= 0` and 0 only at the optimum (as in theorem-1).",
            "Policies.objective_and_distance",
            "Policies.theorem_1",
        ),
        by(
            "Successes of the optimum have the share whose odds are [odds]; the logarithm is the claim.",
            "Policies.log_odds_of_the_tilted",
        ),
    ),
    conclusions=(claims("the maximiser and its log-odds", 1, 2),),
)
