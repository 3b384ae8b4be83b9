"""S7: the reference and the previous policy, both with a KL term."""

from __future__ import annotations

import sympy as sp

from .claims import AllFixedPoints, Identity, LimitOf, Region
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .shared_parts import MAXIMUM, POSITIVE_FACTOR, SLOPE_IN_S
from .symbols import alpha, beta

b, bound, l, l_ref, o = sp.symbols("b bound l l_ref o", real=True)  # noqa: E741 -- log-odds

STATEMENT = PaperStatement(
    item="s7-two-kl-terms",
    title="fixed points and multipliers with two KL terms",
    paper="(Not in version 1; sharpens version 4's discussion of two KL terms.)",
    suite="For all `0 < alpha <= 1`: `T` has the fixed points of `alpha = 1` at weight `alpha beta`, with "
    "multiplier `1 - alpha (1 - m)`, `m` the multiplier there. If `(1-alpha) beta >= Bmax(eps)`, `T` "
    "is increasing and the sequence from `p_ref` rises to the least fixed point, for every prompt: no "
    "cycles.",
    hypotheses="`0 < alpha <= 1`, `0 < p_ref < 1`, `beta > 0`, `eps > 0`, mean-var contrast for `Bmax`.",
    not_proved="That the condition is necessary for convergence.",
    verdict=HOLDS,
    parts=(
        supports(
            "same-zeros",
            "`L - T(L) = alpha (L - L_ref - Omega/(alpha beta))`.",
            Identity(
                l - ((1 - alpha) * l + alpha * l_ref + o / beta), alpha * (l - l_ref - o / (alpha * beta))
            ),
        ),
        supports(
            "multiplier",
            "`T' = (1-alpha) + b/beta = 1 - alpha (1 - m)` with `m = b/(alpha beta)`.",
            Identity((1 - alpha) + b / beta, 1 - alpha * (1 - b / (alpha * beta))),
        ),
        supports(
            "increasing",
            "`(1-alpha) - bound/beta = ((1-alpha) beta - bound)/beta`, with `bound = Bmax >= |b|`.",
            Identity((1 - alpha) - bound / beta, ((1 - alpha) * beta - bound) / beta),
        ),
        SLOPE_IN_S,
        MAXIMUM,
        POSITIVE_FACTOR,
        supports(
            "half",
            "`alpha = 1/2`, `beta = 10`, `p_ref = 0.3`: three.",
            AllFixedPoints(3, 10, "1e-5", "0.3", "0.5"),
        ),
        supports(
            "one",
            "`alpha = 1`, `beta = 5`, `p_ref = 0.3`: the same three.",
            AllFixedPoints(3, 5, "1e-5", "0.3"),
        ),
        supports(
            "rises",
            "`alpha = 1/2`, `beta = 124`, `p_ref = 0.001` (`(1-alpha) beta = 62`): rises.",
            LimitOf("rises", 124, "1e-5", "0.001", "0.5"),
        ),
        supports(
            "contraction",
            "`alpha` in `[0.5, 1]`, `beta` in `[125, 200]`: `|T'| < 1` at every fixed point.",
            Region("contraction", "proved", "125:200", "1e-5:1e-4", "0.001:0.9999", "0.5:1"),
        ),
    ),
    steps=(
        by(
            "`alpha > 0`, so the zeros of `L - T(L)` are those of the gap at weight `alpha beta` by "
            "[same-zeros], and the multiplier is [multiplier].",
            "TwoKL.s7_same_fixed_points",
            "TwoKL.s7_multiplier",
            "TwoKL.T2_derivative",
        ),
        by(
            "`|b| <= Bmax` by [slope-in-s], [maximum] and [positive-factor]; so `T' >= (1-alpha) - "
            "Bmax/beta >= 0` by [increasing] if `(1-alpha) beta >= Bmax`. `T(L_ref) - L_ref = Omega/beta "
            "> 0`: the sequence rises, every fixed point is above `L_ref` (s1-amplification) and by order "
            "above every `L_n`: the limit is the least one.",
            "Bmax.slope_bound",
            "TwoKL.T2_derivative",
            "TwoKL.s7_rises",
            "Cycles.s7_no_cycles",
        ),
        restates("[half] and [one] have the same log-odds; [rises] and [contraction] are cases."),
    ),
    conclusions=(
        claims("the same fixed points, and their multipliers", 1),
        claims("a rise to the least one, and no cycles", 2),
    ),
)
