"""N9: a reference that is replaced by the current policy."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

a, g, l_ref, u = sp.symbols("a g l_ref u", real=True)

STATEMENT = PaperStatement(
    item="n9-moving-reference",
    title="with a reference that is replaced again and again, p tends to 1",
    paper="(Not in the paper, whose reference stays.)",
    suite="Replace the reference by the current policy after every N updates, each of which goes the share "
    "`a` in `(0, 1]` of the way to the maximiser. A period adds `(1 - (1-a)^N) Omega_min/beta` or more to "
    "the log-odds, `Omega_min = 1/sqrt(1/4 + eps)`: `p` tends to 1, whatever `beta`. With `a = 1`, the exact "
    "iteration, it is `Omega_min/beta` a period.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, `N >= 1`, mean-var contrast.",
    not_proved="Anything of a reference that is mixed with the policy, as one library's synchronisation "
    "does.",
    verdict=HOLDS,
    parts=(
        supports(
            "one-more",
            "With `u = (1-a)^N` and `g = Omega_min/beta`: `(1-a) (L_ref + (1-u) g) + a (L_ref + g) = L_ref + "
            "(1 - (1-a) u) g`.",
            Identity((1 - a) * (l_ref + (1 - u) * g) + a * (l_ref + g), l_ref + (1 - (1 - a) * u) * g),
        ),
    ),
    steps=(
        by("The gain of a period, by induction with [one-more].", "MovingReference.n9_gain"),
        by(
            "So it adds up, and `p` tends to 1.",
            "MovingReference.n9_periods",
            "MovingReference.n9_tends_to_one",
        ),
        restates("[one-more] is the step of the induction."),
    ),
    conclusions=(
        claims("what a period adds", 1),
        claims("p tends to 1", 2),
    ),
)
