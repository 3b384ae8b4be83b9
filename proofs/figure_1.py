"""Figure 1: which of the two weights is larger, and how they move with p."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .derivations import Derivative
from .framework import SHARPER, PaperStatement, supports
from .symbols import eps, p, r, variance

root = sp.sqrt(variance + eps)
half = sp.Rational(1, 2)
inner = r**2 - p * (1 - p)  # eps

STATEMENT = PaperStatement(
    item="figure-1",
    title="the weights against the probability of success",
    paper="If `p > 0.5` the weight of successes is low and that of failures high; if `p < 0.5` the other "
    "way round. So a policy that is good is penalised for failures and a poor one is reinforced for "
    "successes.",
    suite="For all `eps > 0`: `omega- > omega+` iff `p > 1/2`, with equality at `1/2`; `omega+` falls "
    "strictly and `omega-` rises strictly on `[0, 1]`.",
    hypotheses="`0 <= p <= 1`, `eps > 0`.",
    not_proved="Anything about `eps = 0`, where `omega+` grows without bound at `p = 0` and `omega-` at `p "
    "= 1`.",
    verdict=SHARPER,
    parts=(
        supports("order", "`omega- - omega+ = (2p - 1)/r`.", Identity(p / r - (1 - p) / r, (2 * p - 1) / r)),
        supports(
            "falls",
            "The derivative of `omega+` is `-((1 - p) + 2 eps)/(2 r^3) < 0`.",
            Identity(-1 / r - (1 - p) * (1 - 2 * p) / (2 * r**3), -((1 - p) + 2 * inner) / (2 * r**3)),
        ),
        supports(
            "rises",
            "The derivative of `omega-` is `(p + 2 eps)/(2 r^3) > 0`.",
            Identity(1 / r - p * (1 - 2 * p) / (2 * r**3), (p + 2 * inner) / (2 * r**3)),
        ),
    ),
    steps=(
        "`r = sqrt(p(1-p) + eps) > 0`, so the sign of the difference is that of `2p - 1` by [order].",
        "`r' = (1-2p)/(2r)` gives the left sides of [falls] and [rises]; with `eps = r^2 - p(1-p)` the "
        "right sides have a fixed sign on the whole of `[0, 1]`.",
    ),
    derivations=(
        Derivative(
            "the derivative of omega+",
            (1 - p) / root,
            p,
            -((1 - p) + 2 * eps) / (2 * root**3),
            {p: ("0", "1"), eps: ("1/1000", "1")},
        ),
        Derivative(
            "the derivative of omega-",
            p / root,
            p,
            (p + 2 * eps) / (2 * root**3),
            {p: ("0", "1"), eps: ("1/1000", "1")},
        ),
    ),
)
