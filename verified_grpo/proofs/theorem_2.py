"""Theorem 2 and equations (8), (9): the recursion of the probability of success."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .derivations import Rewriting
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .symbols import DOMAIN, beta, h, omega, p, p_ref, r

up, down = sp.symbols("up down", positive=True)  # exp(omega+/beta), exp(-omega-/beta)
share = p_ref * up / (p_ref * up + (1 - p_ref) * down)

STATEMENT = PaperStatement(
    item="theorem-2",
    title="the fixed-point iteration of the probability of success",
    paper="`p_n = h(p_{n-1})` with `h(p) = 1/(1 + (1-p_ref)/p_ref exp(-1/(beta sqrt(p(1-p) + eps))))` and "
    "`p_0 = p_ref`; equation (9) is the form with both weights.",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0` and `p` in `[0, 1]` both forms of `h` agree; in "
    "log-odds the recursion is `L_n = L_ref + Omega(p_{n-1})/beta`, for any contrast `Omega` in the "
    "place of the paper's.",
    hypotheses="`0 < p_ref < 1` (the paper asks for `p_ref > 0`; at `p_ref = 1` both forms give 1, and at "
    "`p_ref = 0` the form (9) gives 0 while (8) divides by 0).",
    not_proved="Convergence. In the text at hand (9) once has `p_{n-1}(1)` where `p_{n-1}(q)` is meant.",
    verdict=SHARPER,
    parts=(
        supports(
            "forms",
            "With `up = exp(omega+/beta)`, `down = exp(-omega-/beta)`: (9) is `1/(1 + (1-p_ref)/p_ref "
            "(down/up))`.",
            Identity(share, 1 / (1 + (1 - p_ref) / p_ref * (down / up))),
        ),
        supports(
            "exponent",
            "The exponents differ by `omega+ + omega- = 1/r`, `r = sqrt(p(1-p) + eps)`: `down/up = "
            "exp(-1/(beta r))`.",
            Identity((-p / r) / beta - ((1 - p) / r) / beta, -1 / (beta * r)),
        ),
        supports(
            "odds",
            "The odds of `h` are the odds of `p_ref` times `up/down`.",
            Identity(share / (1 - share), p_ref / (1 - p_ref) * (up / down)),
        ),
    ),
    steps=(
        by(
            "By theorem-1 the successes of `pi_n` have mass `p_ref up/Z`, which is (9); [forms] and "
            "[exponent] give (8).",
            "Policies.theorem_1",
            "Policies.mass_of_a_reward",
            "Policies.success_of_the_tilted",
        ),
        by(
            "Logarithms of [odds] with [exponent] give `L_n = L_ref + Omega/beta`, since `up`, `down > 0`.",
            "PaperMap.theorem_2",
            "PaperMap.h_of_sigma",
            "PaperFixedPoints.h_iterates",
        ),
        by(
            "For any other weights the logarithm of [odds] is `L_ref` plus their sum over `beta` likewise.",
            "Policies.log_odds_of_the_tilted",
        ),
    ),
    conclusions=(
        claims("the recursion and both forms of h", 1, 2),
        beyond("the recursion in log-odds", 2),
        beyond("for any contrast", 3),
    ),
    derivations=(
        Rewriting(
            "equation (9) is the map that SymPy derives for (8)",
            share.subs({up: sp.exp((1 - p) * omega / beta), down: sp.exp(-p * omega / beta)}),
            h(),
            DOMAIN,
        ),
    ),
)
