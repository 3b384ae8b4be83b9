"""Version 4: no normalisation by the deviation."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model import MEAN

from .claims import AllFixedPoints, Identity, LimitOf
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, supports
from .symbols import alpha, beta, p, r

l_ref, n, power = sp.symbols("l_ref n power", real=True)


def orbit(decay: sp.Expr) -> sp.Expr:
    """L_n, with decay = (1 - alpha)^n."""
    return l_ref + (1 - decay) / (alpha * beta)


STATEMENT = PaperStatement(
    item="v4-mean-only",
    title="mean-only advantages (version 4)",
    paper="With KL to the reference the sequence is constant after one step, `p* = sigma(L_ref + 1/beta)`; "
    "with the mirror `L_n = L_ref + n/beta`. Mean and variance is mean-only with the adaptive weight "
    "`beta sqrt(p(1-p) + eps)`.",
    suite="For all `0 < alpha <= 1`: `L_n = L_ref + (1 - (1-alpha)^n)/(alpha beta)`, which rises to the "
    "only fixed point `L_ref + 1/(alpha beta)`; for `alpha = 1` in one step. For `alpha = 0`, `L_n = "
    "L_ref + n/beta`.",
    hypotheses="`beta > 0`, `0 < p_ref < 1`, contrast 1.",
    not_proved="Nothing further.",
    verdict=SHARPER,
    parts=(
        supports(
            "recursion",
            "With `power = (1-alpha)^n`: `(1-alpha) L_n + alpha L_ref + 1/beta = L_{n+1}`.",
            Identity((1 - alpha) * orbit(power) + alpha * l_ref + 1 / beta, orbit((1 - alpha) * power)),
        ),
        supports(
            "mirror",
            "`(L_ref + n/beta) + 1/beta = L_ref + (n+1)/beta`.",
            Identity((l_ref + n / beta) + 1 / beta, l_ref + (n + 1) / beta),
        ),
        supports(
            "adaptive",
            "With `r` the root, mean-only at weight `beta r` steps by `1/(beta r)`, as the sum of both "
            "weights over `beta` does.",
            Identity((1 - p) / r / beta + p / r / beta, 1 / (beta * r)),
        ),
        supports(
            "one", "`alpha = 1/2`: exactly one fixed point.", AllFixedPoints(1, 5, "1e-5", "0.3", "0.5", MEAN)
        ),
        supports("rises", "`alpha = 1/2`: it rises there.", LimitOf("rises", 5, "1e-5", "0.3", "0.5", MEAN)),
        supports(
            "endless", "`alpha = 0`: `p_n` rises to 1.", LimitOf("rises-to-one", 5, "1e-5", "0.3", 0, MEAN)
        ),
    ),
    steps=(
        by(
            "Induction from `(1-alpha)^0 = 1`, `L_0 = L_ref`, by [recursion]; the only zero of `L - L_ref "
            "- 1/(alpha beta)` is the fixed point. For `alpha = 0`, [mirror].",
            "Mirror.v4_mean_only",
            "Mirror.v4_mean_only_mirror",
            "Mirror.v4_mean_only_fixed_point",
        ),
        by(
            "`(1-alpha)^n` falls to 0 (at `alpha = 1` in one step), so `L_n` rises to `L_ref + 1/(alpha "
            "beta)`.",
            "Sequences.v4_mean_only_rises",
        ),
        restates("[adaptive]: the paper's step is the mean-only one with a weight that depends on `p`."),
        restates("[one], [rises] and [endless] are cases."),
    ),
    conclusions=(
        claims("the closed forms, and the adaptive weight", 1, 3),
        beyond("for every alpha in (0, 1], with its limit", 1, 2),
    ),
)
