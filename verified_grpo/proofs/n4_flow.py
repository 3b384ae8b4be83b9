"""N4: the flow of infinitely small steps."""

from __future__ import annotations

from .claims import AllFixedPoints
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .step_claims import RiseBySteps

STATEMENT = PaperStatement(
    item="n4-flow",
    title="the flow rises to the least fixed point, and its time to a target is an integral",
    paper="(Not in the paper, which solves every update exactly.)",
    suite="With `F(L) = Omega(L) - alpha beta (L - L_ref)` and any continuous `w > 0`, `dL/dt = w(L) F(L)` "
    "from `L_ref` has a solution for all times; every solution rises to the least fixed point `L*`, whatever "
    "`w`, and comes to each `b` from `L_ref` to `L*` at the time `integral of dL/(w F)` from `L_ref` to `b`.",
    hypotheses="`0 < p_ref < 1`, `alpha > 0`, `beta > 0`, `eps > 0`, mean-var contrast.",
    not_proved="That training follows a flow. How near small steps of a given size are to it.",
    verdict=HOLDS,
    parts=(
        supports(
            "limit",
            "`beta = 5`, `p_ref = 0.001`: the least fixed point, to which small steps rise.",
            RiseBySteps("rises", "0.048", 5, "1e-5", "0.001"),
        ),
        supports("of-three", "There are three fixed points there.", AllFixedPoints(3, 5, "1e-5", "0.001")),
    ),
    steps=(
        by("There is a solution.", "FlowExists.n4_flow_exists_mean_var"),
        by("Where it goes, and when it is where.", "Flow.n4_mean_var"),
        restates("[limit] and [of-three]: where the flow ends in a case."),
    ),
    conclusions=(
        claims("there is a solution", 1),
        claims("it rises to the least fixed point; the time is an integral", 2),
    ),
)
