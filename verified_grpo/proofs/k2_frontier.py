"""K2: tilts of the reference pay no more KL than they have to."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

a, c, p, s = sp.symbols("a c p s", positive=True)

STATEMENT = PaperStatement(
    item="k2-frontier",
    title="a tilted reference has the least KL for its probability of success",
    paper="(Not in the paper; its updates are such tilts.)",
    suite="If a policy is the reference tilted by the reward, as every update here is, exact or by small "
    "steps, its `KL` to the reference is `kl(p, p_ref)`: by k1-budget no policy with this `p` has less.",
    hypotheses="Finitely many outcomes, 0/1 rewards, successes and failures under the reference.",
    not_proved="That a trained network is such a tilt.",
    verdict=HOLDS,
    parts=(
        supports(
            "one-ratio",
            "With one ratio among the successes, its logarithm `a`, and one among the failures, `c`: `p s a "
            "+ p (1-s) a + (1-p) c = p a + (1-p) c`.",
            Identity(p * s * a + p * (1 - s) * a + (1 - p) * c, p * a + (1 - p) * c),
        ),
    ),
    steps=(
        by("All ratios are one of two, so the sum is `kl`: [one-ratio].", "MirrorAscent.k2_frontier"),
        by("Steps of mirror ascent stay tilts.", "MirrorAscent.n1_tilted", "MirrorAscent.n1_mirror_ascent"),
        by("No policy has less.", "KLBudget.k1_bound"),
        restates("[one-ratio] is the sum of two successes and the failures."),
    ),
    conclusions=(
        claims("a tilt has no more KL than its p asks for", 1, 3),
        claims("the updates are tilts", 2),
    ),
)
