"""S8: errors that are made anew at every step."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

d, distance, k, power = sp.symbols("d distance k power", positive=True)
error = power * distance + d * (1 - power) / (1 - k)

STATEMENT = PaperStatement(
    item="s8-approximate-policies",
    title="errors at every step in a contracting interval",
    paper="(Not in the paper; complements Theorem 5, whose errors must be summable.)",
    suite="If `p~_n = h(p~_{n-1}) + e_n` with `|e_n| <= d`, all `p~_n` in an interval that `h` maps into "
    "itself with `|h'| <= k < 1`, and `p*` is the fixed point in it, then `|p~_n - p*| <= k^n |p~_0 - "
    "p*| + d (1 - k^n)/(1-k)`, so limsup `|p~_n - p*| <= d/(1-k)`. The constant cannot be improved.",
    hypotheses="`0 <= k < 1`, `d >= 0`, the interval contains `p*` and every `p~_n`.",
    not_proved="That a run of gradient descent stays in the interval.",
    verdict=HOLDS,
    parts=(
        supports(
            "induction",
            "`k` times the bound at `n`, plus `d`, is the bound at `n + 1`.",
            Identity(k * error + d, k * power * distance + d * (1 - k * power) / (1 - k)),
        ),
        supports(
            "sharp",
            "For `h(p) = k p`, `e_n = d`: `p = d/(1-k)` stays where it is, `k p + d = p`, at that distance "
            "from `p* = 0`.",
            Identity(k * (d / (1 - k)) + d, d / (1 - k)),
        ),
    ),
    steps=(
        by(
            "`|p~_n - p*| <= |h(p~_{n-1}) - h(p*)| + |e_n| <= k |p~_{n-1} - p*| + d` by the mean value "
            "theorem; [induction] with `power = k^n`, starting from `power = 1`, gives the bound for all "
            "`n`, and `k^n` tends to 0.",
            "Errors.s8_approximate_policies",
            "Errors.s8_limsup",
            "Errors.s8_for_h",
        ),
        restates("[sharp] attains the limit bound."),
    ),
    conclusions=(
        claims("the bound and the limsup", 1),
        claims("the constant cannot be improved", 2),
    ),
)
