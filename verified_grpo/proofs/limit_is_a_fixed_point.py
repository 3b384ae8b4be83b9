"""The display after Proposition 1: if the sequence converges, its limit is a fixed point."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

STATEMENT = PaperStatement(
    item="limit-is-a-fixed-point",
    title="the display after Proposition 1",
    paper="If the sequence converges, then by continuity its limit `p_inf = lim p_n = lim h(p_{n-1}) = "
    "h(lim p_{n-1})` is a fixed point of `h`.",
    suite="As stated, for all `0 < p_ref < 1`, `beta > 0`, `eps > 0` and every start `p_0` in `[0, 1]`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, and the sequence converges.",
    not_proved="That the sequence converges: it does not always (figure-5).",
    verdict=HOLDS,
    parts=(
        supports(
            "case",
            "`beta = 1`, `p_ref = 0.3`: the sequence tends to a fixed point.",
            LimitOf("fixed-point", 1, "1e-5", "0.3"),
        ),
        supports(
            "fixed-points",
            "There: all fixed points, that of the limit among them.",
            AllFixedPoints(1, 1, "1e-5", "0.3"),
        ),
    ),
    steps=(
        by(
            "The terms and the limit lie in `[0, 1]`, where `h` is continuous.",
            "Judged.limit_of_the_sequence",
        ),
        restates("[case] is a case, with [fixed-points]."),
    ),
    conclusions=(claims("a limit is a fixed point", 1),),
)
