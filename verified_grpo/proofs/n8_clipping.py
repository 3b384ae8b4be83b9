"""N8: clipping moves no fixed point."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

h, o, p, x = sp.symbols("h o p x", positive=True)
success, failure = (1 - p) * o, -p * o  # the advantages

STATEMENT = PaperStatement(
    item="n8-clipping",
    title="clipping moves no fixed point of the exact iteration",
    paper="(The paper drops the clipping after equation (5).)",
    suite="Solve each update with the clipped surrogate, ratios held in `[1 - low, 1 + high]`, `low, high > "
    "0`. With `A = alpha L_ref + (1-alpha) L`, the caps `c1 <= c2` (`p (1 + high)` and `p + low (1-p)` in "
    "log-odds) and `w = Omega p` if `c1` is the cap of the successes, else `Omega (1-p)`, the maximiser is "
    "`max(min(A + Omega/beta, c1), min(A + w/beta, c2), A)`. It has the fixed points of `T`, is `T` near "
    "them, and so has their multipliers: clipping moves none and calms none that repels. It never goes "
    "farther than `T`. With steps below the bound of n2-small-steps, the clipped sequence from `p_ref` rises "
    "to the least fixed point as well.",
    hypotheses="`0 < p_ref < 1`, `0 < alpha`, `beta > 0`, `eps > 0`; advantages of mean 0 (mean-var: `A1 = "
    "(1-p) Omega`, `A0 = -p Omega`), exact expectations; for the last sentence mean-var.",
    not_proved="Where the clipped exact iteration goes when `T` may overshoot. Anything of contrasts whose "
    "advantages have another mean, such as leave-one-out.",
    verdict=HOLDS,
    parts=(
        supports(
            "surrogate",
            "With `o = Omega` and `x` the new probability, without clipping: `p A1 x/p + (1-p) A0 "
            "(1-x)/(1-p) = o (x - p)`, of slope `o`.",
            Identity(p * success * (x / p) + (1 - p) * failure * ((1 - x) / (1 - p)), o * (x - p)),
        ),
        supports(
            "capped",
            "With the ratio of successes held at `1 + h`: `p A1 (1 + h) + (1-p) A0 (1-x)/(1-p)` has the "
            "slope `o p`.",
            Identity(
                p * success * (1 + h) + (1 - p) * failure * ((1 - x) / (1 - p)),
                o * p * x + o * p * ((1 - p) * (1 + h) - 1),
            ),
        ),
        supports(
            "capped-failures",
            "With the ratio of failures held at `1 - h`: the slope is `o (1-p)`.",
            Identity(p * success * (x / p) + (1 - p) * failure * (1 - h), o * (1 - p) * (x - p * (1 - h))),
        ),
    ),
    steps=(
        by(
            "By [surrogate], [capped] and [capped-failures] the surrogate in the new `p` is concave, of "
            "slope `Omega`, then `w`, then 0; the KL terms have the slope `beta (L' - A)`: their difference "
            "is positive before the maximiser and negative after it.",
            "Clipping.n8_maximiser",
        ),
        by("Both caps lie above the policy.", "Clipping.n8_caps"),
        by(
            "The same fixed points, the same map near them, never farther.",
            "Clipping.n8_same_fixed_points",
            "Clipping.n8_same_nearby",
            "Clipping.n8_never_farther",
        ),
        by("Small steps.", "Clipping.n8_small_steps"),
        restates("[surrogate], [capped] and [capped-failures] are the three pieces."),
    ),
    conclusions=(
        claims("the maximiser of the clipped update", 1, 2),
        claims("the same fixed points and multipliers", 3),
        claims("clipped small steps rise to the least fixed point", 4),
    ),
)
