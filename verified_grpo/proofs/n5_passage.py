"""N5: how many steps until a target is reached."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .step_claims import StepsUntil

d, eta, k, m = sp.symbols("d eta k m", positive=True)

STATEMENT = PaperStatement(
    item="n5-passage",
    title="steps until a target",
    paper="(Not in the paper, which solves every update exactly.)",
    suite="Of two prompts the one with the greater `p_ref`, the smaller weight and the smaller `eps` is "
    "ahead at every step, if the steps are small enough for both: over a box two corners give the least and "
    "the most number of steps to a target. If `L* <= 0`, steps of one size `eta` leave at most `(L* - L_ref) "
    "(1 - eta alpha beta)^n` of the way after n of them.",
    hypotheses="`0 < p_ref < 1`, `alpha > 0`, `beta > 0`, `eps > 0`, steps of at most `1/(alpha beta + b)` "
    "(n2-small-steps), mean-var contrast.",
    not_proved="Anything of larger steps, which may overshoot.",
    verdict=HOLDS,
    parts=(
        supports(
            "shrinks",
            "Of a way `d` a step that goes `eta k d` or more, by `m`, leaves `(1 - eta k) d - m`.",
            Identity(d - (eta * k * d + m), (1 - eta * k) * d - m),
        ),
        supports(
            "thirteen",
            "`beta = 5`, `p_ref = 0.001`, steps of 0.02: p is at 0.008 after exactly 13.",
            StepsUntil(13, "0.008", "0.02", 5, "1e-5", "0.001"),
        ),
        supports(
            "easier",
            "`p_ref = 0.002`: after exactly 6.",
            StepsUntil(6, "0.008", "0.02", 5, "1e-5", "0.002"),
        ),
        supports(
            "never",
            "`p_ref = 0.001`: never at 0.01, beyond the least fixed point.",
            StepsUntil(None, "0.01", "0.02", 5, "1e-5", "0.001"),
        ),
    ),
    steps=(
        by("Order at every step; [thirteen] and [easier] are cases.", "SmallStepsMeanVar.n6_order_of_steps"),
        by("The way left shrinks, as [shrinks] says of one step.", "SmallStepsMeanVar.n5_rate"),
        restates("[never]: beyond the limit no number of steps is enough."),
    ),
    conclusions=(
        claims("the easier prompt is ahead at every step", 1),
        claims("the rate below 1/2", 2),
    ),
)
