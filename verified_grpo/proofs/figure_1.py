"""Figure 1: which of the two weights is larger, and how they move with p."""

from __future__ import annotations

import math

import sympy as sp

from verified_grpo.certificates.curves import LOG_WEIGHT

from .claims import Identity
from .derivations import Derivative
from .framework import SHARPER, PaperStatement, beyond, by, claims, signed, supports
from .strips import strips
from .symbols import eps, p, r, variance, x

root = sp.sqrt(variance + eps)
half = sp.Rational(1, 2)
inner = r**2 - p * (1 - p)  # eps


def approx_log_weight(logit: float) -> float:
    """About log omega- at eps = 1e-5."""
    return logit / 2 - math.log(1 + 4e-5 * math.cosh(logit / 2) ** 2) / 2


CURVE = strips("strip", "`log omega-`", LOG_WEIGHT, approx_log_weight, ("-16", "16"), "0.02")

STATEMENT = PaperStatement(
    item="figure-1",
    title="the weights against the probability of success",
    paper="If `p > 0.5` the weight of successes is low and that of failures high; if `p < 0.5` the other "
    "way round. So a policy that is good is penalised for failures and a poor one is reinforced for "
    "successes.",
    suite="For all `eps > 0`: `omega- > omega+` iff `p > 1/2`, with equality at `1/2`; `omega+` falls "
    "strictly and `omega-` rises strictly on `[0, 1]`. At `eps = 1e-5` both curves are enclosed to 2 "
    "percent for log-odds in `[-16, 16]`; they end at `1/sqrt(eps)`, about 316.2, not at infinity.",
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
        supports(
            "in-log-odds",
            "With `p = x/(1 + x)`, `x = e^l`: `omega-^2 = p^2/(p(1-p) + eps) = x/(1 + eps (1 + x)^2/x)`.",
            Identity((p**2 / (variance + eps)).subs(p, x / (1 + x)), x / (1 + eps * (1 + x) ** 2 / x)),
        ),
        *CURVE,
    ),
    steps=(
        signed(
            "`r = sqrt(p(1-p) + eps) > 0`, so for `p > 1/2` the weight of failures is the larger by [order].",
            ">",
            r,
            2 * p - 1,
        ),
        by(
            "For `p < 1/2` the other one is the larger, for [order] is then negative, and at `1/2` it is 0.",
            "Formulas.weights_in_order",
        ),
        by(
            "`r' = (1-2p)/(2r)` gives the left sides of [falls] and [rises]; with `eps = r^2 - p(1-p)` "
            "the right sides have a fixed sign on the whole of `[0, 1]`.",
            "Formulas.weight_of_failure_rises",
            "Formulas.weight_of_success_falls",
        ),
        by(
            "The curves: `(1 + x)^2/x = 4 cosh^2(l/2)`, so by [in-log-odds] `log omega-` at log-odds `l` "
            "is `l/2 - log(1 + 4 eps cosh^2(l/2))/2`; `omega+` is `omega-` at `-l`. Strip by strip along "
            f"`l`: [strip-1 to strip-{len(CURVE)}].",
            "Figures.weight_in_log_odds",
        ),
    ),
    conclusions=(
        claims("which weight is larger on which side of 1/2", 1, 2),
        beyond("each weight moves one way on all of [0, 1]", 3),
        beyond("the curves are enclosed", 4),
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
