"""N3: where a fixed point below 1/2 stops to attract, as the step grows."""

from __future__ import annotations

import sympy as sp

from .claims import AllFixedPoints, Identity, LimitOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .step_claims import RiseBySteps
from .symbols import beta

eta, s = sp.symbols("eta s", positive=True)

STATEMENT = PaperStatement(
    item="n3-edge",
    title="the step at which a fixed point below one half flips",
    paper="(Not in the paper, which solves every update exactly.)",
    suite="At a fixed point `L* < 0` a step of size `eta` has the multiplier `1 - eta (alpha beta + "
    "abs(dOmega/dL))`, which is below 1. Below `eta = 2/(alpha beta + abs(dOmega/dL))` the point attracts, "
    "above it repels: what starts near it leaves. It is not where the views part: at `beta = 1`, `eps = "
    "1e-5`, `p_ref = 0.001` the point attracts at half of the way, and yet the sequence from `p_ref` ends at "
    "another one.",
    hypotheses="`0 < p_ref < 1`, `alpha > 0`, `beta > 0`, `eps > 0`, mean-var contrast.",
    not_proved="From which step on the sequence from `p_ref` ends elsewhere.",
    verdict=HOLDS,
    parts=(
        supports(
            "multiplier",
            "With `s = abs(dOmega/dL)`: `(1 - eta beta) - eta s = 1 - eta (beta + s)`.",
            Identity((1 - eta * beta) - eta * s, 1 - eta * (beta + s)),
        ),
        supports(
            "whole-step",
            "`beta = 5`, `p_ref = 0.001`, a whole step (`eta beta = 1`): a cycle of two.",
            LimitOf("cycle", 5, "1e-5", "0.001"),
        ),
        supports(
            "at-nine-tenths",
            "There at 9/10 of the way: a fixed point.",
            LimitOf("fixed-point", "50/9", "1e-5", "0.001", "9/10"),
        ),
        supports(
            "half-of-the-way",
            "`beta = 1`, `p_ref = 0.001`, at half of the way (`alpha = 1/2`, weight 2): it ends at a fixed "
            "point near 1.",
            LimitOf("fixed-point", 2, "1e-5", "0.001", "1/2"),
        ),
        supports(
            "listed",
            "There: all three fixed points; the least one attracts.",
            AllFixedPoints(3, 2, "1e-5", "0.001", "1/2"),
        ),
        supports(
            "small",
            "There: any steps up to 0.0598 rise to the least one.",
            RiseBySteps("rises", "0.0598", 1, "1e-5", "0.001"),
        ),
    ),
    steps=(
        by("The multiplier, [multiplier], and where it is `-1`.", "Edge.n3_edge"),
        by("Below the edge it attracts.", "Edge.n3_attracts"),
        by("Above the edge it repels.", "Edge.n3_repels"),
        restates("[whole-step] and [at-nine-tenths] are cases on both sides."),
        restates("[half-of-the-way], [listed] and [small]: below the edge, another limit."),
    ),
    conclusions=(
        claims("the multiplier, and the edge", 1),
        claims("it attracts below and repels above", 2, 3),
        claims("the edge is not where the limits part", 5).at_these_numbers(),
    ),
)
