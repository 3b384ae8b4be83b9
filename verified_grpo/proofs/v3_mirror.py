"""Version 4: the mirror variant, alpha = 0."""

from __future__ import annotations

import sympy as sp

from .claims import AllFixedPoints, Identity, LimitOf
from .framework import SHARPER, PaperStatement, beyond, by, claims, filled, supports
from .shared_parts import DEEPEST
from .symbols import p

c, k, l, n, o = sp.symbols("c k l n o", positive=True)  # noqa: E741 -- log-odds

STATEMENT = PaperStatement(
    item="v3-mirror",
    title="KL to the previous policy only (version 4)",
    paper="`L_n = L_{n-1} + Omega(p_{n-1})/beta`: strictly increasing from any `p_ref` in `(0, 1)`, "
    "without interior fixed point, and `p_n` rises to 1; `p_ref = 0` stays 0.",
    suite="As stated, for all `beta`, `eps > 0`; and `L_n >= L_ref + n/(beta sqrt(1/4 + eps))`.",
    hypotheses="`alpha = 0`, `beta > 0`, `eps > 0`.",
    not_proved="An upper bound on the speed.",
    verdict=SHARPER,
    parts=(
        DEEPEST,
        supports(
            "step",
            "One step moves `p` by `p (1-p)(k-1)/(p k + 1 - p)`, `k = exp(Omega/beta) > 1`: positive "
            "inside `(0, 1)`, 0 at 0 and 1.",
            Identity(p * k / (p * k + 1 - p) - p, p * (1 - p) * (k - 1) / (p * k + 1 - p)),
        ),
        supports(
            "induction",
            "`(L_ref + n c) + c + (o - c) = L_ref + (n+1) c + (o - c)`: a step of `o >= c` keeps the bound.",
            Identity((l + n * c) + o, (l + (n + 1) * c) + (o - c)),
        ),
        supports("none", "No fixed point on the line of log-odds.", AllFixedPoints(0, 5, "1e-5", "0.3", 0)),
        supports(
            "rises", "`p_n` rises to 1, with its gain a step.", LimitOf("rises-to-one", 5, "1e-5", "0.001", 0)
        ),
    ),
    steps=(
        by(
            "`Omega > 0`, so each step rises by [step] and no interior point stays; [none] says so for "
            "given parameters.",
            "Mirror.v3_no_fixed_point",
        ),
        by(
            "`Omega(p) >= 1/sqrt(1/4 + eps)` by [deepest]; with `c` this number over `beta`, [induction] "
            "gives the bound, and `L_n` grows without end. [rises] is a case.",
            "Mirror.v3_mirror",
            "Mirror.v3_rises_without_bound",
        ),
        by("So `p_n`, the logistic function of `L_n`, rises to 1.", "Sequences.v3_rises_to_one"),
        filled(
            "At `p = 0` the step of [step] is 0: a policy that never succeeds stays so.", {p: sp.Integer(0)}
        ),
    ),
    conclusions=(
        claims("it rises to 1 without an interior fixed point, and 0 stays", 1, 2, 3, 4),
        beyond("a bound on how fast it rises", 2),
    ),
)
