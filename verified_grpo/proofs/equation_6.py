"""Equation (6): what one iteration maximises depends on the old policy through one number."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .symbols import p, r

a, b, s = sp.symbols("a b s", positive=True)

STATEMENT = PaperStatement(
    item="equation-6",
    title="the iteration's objective",
    paper="`theta_n` maximises `omega+(p_{n-1}) E_theta[1_{r=1}] - omega-(p_{n-1}) E_theta[1_{r=0}] - beta "
    "KL`; the policy at `n` depends on the one before through its probability of success alone, and "
    "on the reference.",
    suite="For every policy with probability of success `s` the objective is `Omega(p_{n-1}) s - "
    "omega-(p_{n-1}) - beta KL(pi || pi_ref)`: the reward enters through the contrast only, and a "
    "constant.",
    hypotheses="`0 <= p_{n-1} <= 1`, `eps > 0`.",
    not_proved="That gradient steps reach a maximiser in a parametric family.",
    verdict=SHARPER,
    parts=(
        supports(
            "affine",
            "`omega+ s - omega- (1 - s) = (omega+ + omega-) s - omega-`.",
            Identity(a * s - b * (1 - s), (a + b) * s - b),
        ),
        supports("contrast", "`omega+ + omega- = 1/r = Omega`.", Identity((1 - p) / r + p / r, 1 / r)),
    ),
    steps=(
        by(
            "`E[1_{r=1}] = s` and `E[1_{r=0}] = 1 - s`; [affine] is then linear in `s` with slope `Omega` "
            "by [contrast], which is a function of `p_{n-1}` alone.",
            "Policies.objective_is_affine",
        ),
    ),
    conclusions=(
        claims("the objective depends on the old policy through one number", 1),
        beyond("it is affine in the probability of success, with slope Omega", 1),
    ),
)
