"""Figure 5: orbits of the recursion, and the one called divergent."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .framework import FAILS, PaperStatement, refutes, supports

STATEMENT = PaperStatement(
    item="figure-5",
    title="iterations for several beta and p_ref, eps = 1e-5",
    paper="In most cases there is a sharp transition and fast convergence to 1 or to a fixed point `p*`. "
    "For `beta = 5` and `p_ref = 0.001` we see a divergent behaviour.",
    suite="At `eps = 1e-5`. For `beta = 5` and `p_ref = 0.001` the sequence converges to an attracting "
    "cycle of exactly two points, near `0.002338` and `0.058716`. It is bounded and not divergent, "
    "and it does not converge to a fixed point. No limit is 1: what looks like 1 is a fixed point "
    "below it, enclosed.",
    hypotheses="`eps = 1e-5` and the parameters named in each part.",
    not_proved="Curves of the figure at parameters that are not listed; text and figure name different "
    "`p_ref` for the divergent curve, so `0.0001` is here too.",
    verdict=FAILS,
    parts=(
        refutes(
            "cycle",
            "`beta = 5`, `p_ref = 0.001`: a cycle of exactly two points, its basin, rate and multiplier.",
            LimitOf("cycle", 5, "1e-5", "0.001"),
        ),
        supports(
            "not-a-fixed-point",
            "`beta = 5`, `p_ref = 0.001`: all fixed points; the two points of the cycle are none of them.",
            AllFixedPoints(3, 5, "1e-5", "0.001"),
        ),
        supports(
            "lower-p-ref",
            "`beta = 5`, `p_ref = 0.0001`: the upper fixed point.",
            LimitOf("fixed-point", 5, "1e-5", "0.0001"),
        ),
        supports("beta-5", "`beta = 5`, `p_ref = 0.3`.", LimitOf("fixed-point", 5, "1e-5", "0.3")),
        supports("beta-1", "`beta = 1`, `p_ref = 0.3`.", LimitOf("fixed-point", 1, "1e-5", "0.3")),
        supports(
            "beta-half",
            "`beta = 0.5`, `p_ref = 0.9`: rises, to `1 - p*` about `2e-276`.",
            LimitOf("rises", "0.5", "1e-5", "0.9"),
        ),
        refutes(
            "second-cycle",
            "`beta = 3`, `p_ref = 0.001`: another cycle of two points, beside fixed points above `1/2`.",
            LimitOf("cycle", 3, "1e-5", "0.001"),
        ),
    ),
    steps=(
        "[cycle] gives both points, different from each other, and shows that the sequence tends to them in "
        "turn; [not-a-fixed-point] lists the fixed points at the same parameters. [second-cycle] shows that "
        "it is no single case.",
        "[lower-p-ref], [beta-5], [beta-1] and [beta-half] are curves that do converge, each to a fixed "
        "point below 1.",
    ),
)
