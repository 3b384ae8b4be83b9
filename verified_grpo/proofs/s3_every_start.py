"""S3: from Bmax on every start converges, for every prompt."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .dynamics_claims import AllCycles
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

STATEMENT = PaperStatement(
    item="s3-every-start",
    title="from the threshold on every start converges",
    paper="(Not in the paper, which has local convergence only.)",
    suite="For all `eps > 0`, `0 < p_ref < 1` and `beta >= Bmax(eps)` there is one fixed point, and the "
    "sequence from every `p_0` in `(0, 1)` converges to it: no cycles of any length. For `beta > "
    "Bmax(eps)` the distance in log-odds shrinks by `Bmax(eps)/beta` at every step.",
    hypotheses="`eps > 0`, `beta >= Bmax(eps)`, `0 < p_ref < 1`, `alpha = 1`, mean-var contrast.",
    not_proved="A rate at `beta = Bmax(eps)` itself; anything below it.",
    verdict=HOLDS,
    parts=(
        supports(
            "one",
            "`beta = 61`, `eps = 1e-5`, `p_ref = 0.001`: one fixed point.",
            AllFixedPoints(1, 61, "1e-5", "0.001"),
        ),
        supports("no-cycle", "There: no cycle of period 2.", AllCycles(2, 0, 61, "1e-5", "0.001")),
        supports(
            "from-p-ref", "There: from `p_ref` it converges.", LimitOf("fixed-point", 61, "1e-5", "0.001")
        ),
    ),
    steps=(
        by(
            "`|T'| <= Bmax/beta`, and below 1 but at single points: every start comes nearer to the fixed "
            "point at every step.",
            "PaperFixedPoints.attraction_in_p",
            "Attraction.attraction",
            "Attraction.attraction_at_Bmax",
        ),
        restates("[one], [no-cycle] and [from-p-ref] are a case."),
    ),
    conclusions=(claims("one fixed point, that every start tends to", 1),),
)
