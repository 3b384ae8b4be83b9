"""S2: how many fixed points there are, folds and the cusp."""

from __future__ import annotations

import sympy as sp

from .claims import AllFixedPoints, Identity, Region
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .shared_parts import ATTAINED, MAXIMUM, POSITIVE_FACTOR, RISE_AND_FALL, SLOPE_IN_S
from .symbols import beta, eps

b, l, o = sp.symbols("b l o", positive=True)  # noqa: E741 -- slope, log-odds, contrast

STATEMENT = PaperStatement(
    item="s2-count",
    title="at most three fixed points",
    paper="(Not in the paper, which says that there is no guarantee of uniqueness.)",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0`: `h` has one, two or three fixed points; exactly "
    "one if `beta >= Bmax(eps) = 1/(3 sqrt(3 eps)(1 + 4 eps))`. Double ones lie on the fold curve "
    "`beta = B(p)`, `L_ref = L - Omega/beta`, `p > 1/2`, whose cusp is at `(2p-1)^2 = (1 + 4 eps)/(1 "
    "+ 12 eps)`, `beta = Bmax`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, `alpha = 1` (for other `alpha`: weight `alpha "
    "beta`, s7-two-kl-terms).",
    not_proved="Which of them the sequence tends to.",
    verdict=HOLDS,
    parts=(
        SLOPE_IN_S,
        RISE_AND_FALL,
        MAXIMUM,
        POSITIVE_FACTOR,
        ATTAINED,
        supports(
            "cusp-inside",
            "`1 - (1 + 4 eps)/(1 + 12 eps) = 8 eps/(1 + 12 eps)`: the peak is inside `(0, 1)`.",
            Identity(1 - (1 + 4 * eps) / (1 + 12 * eps), 8 * eps / (1 + 12 * eps)),
        ),
        supports(
            "fold",
            "With slope `b = dOmega/dL = beta` the gap's slope `1 - b/beta` is 0 and the gap `l - (l - "
            "o/b) - o/beta` too.",
            Identity((l - (l - o / b) - o / beta) * beta, o * (beta / b - 1)),
        ),
        supports(
            "three", "`beta = 5`, `eps = 1e-5`, `p_ref = 0.3`: three.", AllFixedPoints(3, 5, "1e-5", "0.3")
        ),
        supports("one", "`beta = 1`, `eps = 1e-5`, `p_ref = 0.9`: one.", AllFixedPoints(1, 1, "1e-5", "0.9")),
        supports(
            "box",
            "`beta` in `[61, 100]`, `eps` in `[1e-5, 1e-4]`: exactly one for all `p_ref` in `[0.001, "
            "0.9999]`.",
            Region("uniqueness", "proved", "61:100", "1e-5:1e-4", "0.001:0.9999"),
        ),
    ),
    steps=(
        by(
            "Fixed points are the zeros of `g(L) = L - L_ref - Omega/beta`, with `g' = 1 - b/beta`, `b = "
            "dOmega/dL = p(1-p)(2p-1)/(2 r^3)`: odd in `L`, and for `L > 0` its square is that of "
            "[slope-in-s], `s = tanh(L/2)^2` rising from 0 to 1.",
            "Slope.gap_derivative",
            "PaperFixedPoints.fixed_points_of_h",
        ),
        by(
            "For `L > 0`, `b` rises to its peak and falls after it by [rise-and-fall] and [cusp-inside], "
            "so `{b > beta}` is an interval (or empty) in `L > 0`; for `L <= 0`, `b <= 0`. So the line "
            "falls into at most three pieces on which `g` is strictly monotone, each with at most one "
            "zero. `Omega` is bounded, so `g` goes from minus to plus infinity: at least one zero.",
            "PaperFixedPoints.s2_at_most_three_in_p",
            "PaperFixedPoints.proposition_1_existence",
        ),
        by(
            "`b <= Bmax` by [maximum], [positive-factor] and [attained]; for `beta >= Bmax`, `g' >= 0` "
            "with at most one zero: `g` is strictly increasing and there is exactly one fixed point.",
            "PaperFixedPoints.s2_count_above_Bmax",
        ),
        by(
            "A double zero has `b = beta`, which needs `L > 0`, and `L_ref` from `g = 0`: [fold]; where "
            "the two folds meet, `b' = 0` too: the peak.",
            "Elementary.double_fixed_point",
            "Elementary.folds_meet_at_the_peak",
        ),
        restates("[three], [one] and [box] are cases."),
    ),
    conclusions=(
        claims("one to three fixed points, and exactly one from Bmax on", 1, 2, 3),
        claims("the folds and the cusp", 4),
    ),
)
