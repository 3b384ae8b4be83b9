"""Theorem 4: local convergence, with radius and rate."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, supports

STATEMENT = PaperStatement(
    item="theorem-4",
    title="local convergence to a fixed point",
    paper="If `|h'(p*)| < 1` there is `delta > 0` such that the iteration converges to `p*` when `p_0 = "
    "p_ref` is in `[p* - delta, p* + delta]`.",
    suite="For every fixed point with `|T'| < 1` there are an interval around it and a rate `k < 1` with "
    "`|L_{n+1} - L*| <= k |L_n - L*|` for every start in it; `p_0` need not be `p_ref`. For `beta = "
    "5`, `eps = 1e-5`, `p_ref = 0.3` both attracting fixed points are given with such an interval and "
    "rate; the third repels, and no such interval exists for it.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, `|h'(p*)| < 1`.",
    not_proved="That `p_ref` lies in the interval: it is a condition, and it is checked case by case "
    "(limit certificates).",
    verdict=SHARPER,
    parts=(
        supports(
            "all", "The three fixed points, their multipliers and kinds.", AllFixedPoints(3, 5, "1e-5", "0.3")
        ),
        supports(
            "lower",
            "From `p_ref`: the lower one, with basin and rate.",
            LimitOf("fixed-point", 5, "1e-5", "0.3"),
        ),
        supports(
            "upper",
            "From `p_0 = 1 - 1e-20`: the upper one, with basin and rate.",
            LimitOf("fixed-point", 5, "1e-5", "0.3", start="0.99999999999999999999"),
        ),
    ),
    steps=(
        by(
            "`T' = b/beta` is continuous and `|T'(L*)| < 1`, so `|T'| <= k < 1` on some `[L* - d, L* + "
            "d]`; by the mean value theorem `T` maps it into itself and shrinks distances to `L*` by `k` "
            "(theorem-6). The conjugation `L = logit p` carries this to `h`, with the same multiplier at "
            "the fixed point.",
            "Basin.theorem_4",
            "PaperFixedPoints.theorem_4_in_p",
        ),
        restates("[all] lists the fixed points; [lower] and [upper] carry explicit basins, rates and steps."),
        by("A repelling fixed point has no such interval: near it distances grow.", "Elementary.repels"),
    ),
    conclusions=(
        claims("convergence from near by", 1),
        beyond("with a radius and a rate", 1),
        beyond("and none where it repels", 3),
    ),
)
