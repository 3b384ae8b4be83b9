"""S4: global convergence from p_ref, in a region in closed form."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, LimitOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .monotone_parts import POSITIVE_FACTOR, sign_part
from .shared_parts import DEEPEST, GAIN
from .symbols import beta, minus

l, t, w = sp.symbols("l t w", positive=True)  # noqa: E741 -- log((1 - p_ref)/p_ref), p - 1/2, sqrt(1 + 4 eps)
half = sp.Rational(1, 2)

STATEMENT = PaperStatement(
    item="s4-global-convergence",
    title="convergence from p_ref",
    paper="(Not in the paper, which has local convergence only.)",
    suite="If `p_ref >= 1/2`, or `p_ref < 1/2` and `beta <= beta_c = 2/(sqrt(1 + 4 eps) "
    "log((1-p_ref)/p_ref))`, the sequence from `p_0 = p_ref` converges to a fixed point; from the "
    "first step on it lies in `[1/2, 1)` and is monotone. For `p_ref >= 1/2` it rises to the least "
    "fixed point.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, `alpha = 1`, mean-var contrast.",
    not_proved="Anything for `beta > beta_c`, where cycles occur (figure-5); the rate of convergence.",
    verdict=HOLDS,
    parts=(
        supports(
            "contrast-at-half",
            "With `w = sqrt(1 + 4 eps)`: `(w/2)^2 - eps = 1/4`, so `Omega(1/2) = 2/w`.",
            Identity(minus((w / 2) ** 2, (w**2 - 1) / 4), sp.Rational(1, 4)),
        ),
        supports(
            "threshold",
            "With `l = log((1-p_ref)/p_ref) > 0`: `-l + 2/(beta w) = l (2/(w l) - beta)/beta`.",
            Identity(-l + 2 / (beta * w), l * (2 / (w * l) - beta) / beta),
        ),
        DEEPEST,
        POSITIVE_FACTOR,
        sign_part("With `p = 1/2 + t`: `h'` is positive for `t > 0`.", half + t),
        GAIN,
        supports("rises", "`beta = 0.5`, `p_ref = 0.9` rises.", LimitOf("rises", "0.5", "1e-5", "0.9")),
        supports(
            "below-half", "`beta = 1`, `p_ref = 0.3` converges.", LimitOf("fixed-point", 1, "1e-5", "0.3")
        ),
        supports(
            "beyond",
            "`beta = 5`, `p_ref = 0.001`, beyond `beta_c`: a cycle.",
            LimitOf("cycle", 5, "1e-5", "0.001"),
        ),
    ),
    steps=(
        by(
            "`h(p) >= h(1/2) = sigma(L_ref + 2/(beta w))` by [deepest] and [contrast-at-half]; this is at "
            "least `1/2` for `p_ref >= 1/2`, and for `p_ref < 1/2` iff `beta <= beta_c` by [threshold]. "
            "So `p_1`, `p_2`, ... lie in `[1/2, 1)`.",
            "Sequences.s4_lifts_the_half",
            "Sequences.s4_from_the_first_step",
        ),
        by(
            "On `[1/2, 1]` `h` is increasing: `h'` is that of [sign], with [factor] positive. An "
            "increasing map turns `p_1 <= p_2` into `p_2 <= p_3` and so on (or all the other way round): "
            "from the first step on the sequence is monotone.",
            "Sequences.s4_from_the_first_step",
        ),
        by(
            "So it converges, to a fixed point.",
            "PaperFixedPoints.s4_converges_in_p",
            "PaperFixedPoints.s4_rises_in_p",
        ),
        by(
            "For `p_ref >= 1/2`, `p_0 < p_1` by [gain]: it rises; a fixed point `p*` in `[1/2, 1)` "
            "exceeds `p_0`, so by order it bounds every `p_n`: the limit is the least one.",
            "PaperFixedPoints.s4_rises_in_p",
        ),
        restates(
            "[rises] and [below-half] are cases, and [beyond] shows that something like the condition is "
            "needed."
        ),
    ),
    conclusions=(
        claims("the sequence converges; from p_ref >= 1/2 on it rises to the least fixed point", 3, 4),
        claims("from the first step on it is monotone in [1/2, 1)", 1, 2),
    ),
)
