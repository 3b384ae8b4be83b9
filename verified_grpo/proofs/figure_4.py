"""Figure 4: the barrier B(p*) and its largest value."""

from __future__ import annotations

import math

import sympy as sp

from verified_grpo.certificates.curves import LOG_BARRIER
from verified_grpo.model import MEAN_VAR
from verified_grpo.model.derivation import slope_bound

from .claims import Identity, Inequality
from .derivations import Rewriting
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .shared_parts import ATTAINED, MAXIMUM, POSITIVE_FACTOR, RISE_AND_FALL, SLOPE_IN_S, s, squared_slope
from .strips import strips
from .symbols import barrier, bmax, eps, p


def approx_log_barrier(logit: float) -> float:
    """About log B at eps = 1e-5."""
    return math.log(math.sinh(logit / 2)) - 1.5 * math.log(1 + 4e-5 * math.cosh(logit / 2) ** 2)


CURVE = strips("strip", "`log B`", LOG_BARRIER, approx_log_barrier, ("0.05", "20"), "0.03")

STATEMENT = PaperStatement(
    item="figure-4",
    title="the lower bound on beta for local convergence",
    paper="The figure shows `B(p*)`, the lower bound on `beta` that ensures local convergence at `p*`.",
    suite="For all `eps > 0`: `B` is symmetric about `1/2`, 0 at 0, `1/2` and 1, rises on `(1/2, 1) up` to "
    "`(2p-1)^2 = (1 + 4 eps)/(1 + 12 eps)` and falls after it; its maximum is `Bmax = 1/(3 sqrt(3 "
    "eps) (1 + 4 eps))`, between `60.855` and `60.856` at `eps = 1e-5`, very near `p = 1`. There the curve "
    "is enclosed to 3 percent for log-odds in `[0.05, 20]`.",
    hypotheses="`eps > 0`.",
    not_proved="That the printed curve was drawn for this `eps`.",
    verdict=SHARPER,
    parts=(
        SLOPE_IN_S,
        RISE_AND_FALL,
        MAXIMUM,
        POSITIVE_FACTOR,
        ATTAINED,
        supports(
            "above", "`Bmax(1e-5) > 60.855`.", Inequality(bmax - sp.Rational(60855, 1000), ">", {eps: "1e-5"})
        ),
        supports(
            "below", "`Bmax(1e-5) < 60.856`.", Inequality(bmax - sp.Rational(60856, 1000), "<", {eps: "1e-5"})
        ),
        supports(
            "curve",
            "On `p` in `[0.9, 0.99]` at `eps = 1e-5`: `1 < B(p) < 6`.",
            Inequality((barrier - 1) * (6 - barrier), ">", {eps: "1e-5", p: "0.9:0.99"}),
        ),
        supports(
            "symmetric",
            "`p(1-p)(2p-1)` changes its sign under `p -> 1 - p`, and `p(1-p)` stays: `B` is symmetric.",
            Identity((1 - p) * p * (1 - 2 * p), -p * (1 - p) * (2 * p - 1)),
        ),
        supports(
            "in-log-odds",
            "With `sinh^2(l/2) = s/(1-s)` and `cosh^2(l/2) = 1/(1-s)`, `s = tanh^2(l/2)`: `sinh^2/(1 + 4 "
            "eps cosh^2)^3` is that `B^2`.",
            Identity(s / (1 - s) / (1 + 4 * eps / (1 - s)) ** 3, squared_slope),
        ),
        *CURVE,
    ),
    steps=(
        by(
            "`B^2` as a function of `s = (2p-1)^2` is that of [slope-in-s]; its derivative has the sign "
            "of `1 + 4 eps - (1 + 12 eps) s` by [rise-and-fall], so it rises up to one peak and falls "
            "after it.",
            "PaperFixedPoints.B_of_slope",
            "Figures.slope_rises_then_falls",
        ),
        by(
            "The maximum: [maximum], [positive-factor], [attained]; in numbers [above] and [below]; a "
            "stretch of the curve is [curve], and [symmetric] gives the other half.",
            "PaperFixedPoints.B_bound",
            "AtMostThree.Bmax_attained",
        ),
        by(
            "The curve: `2p - 1 = tanh(l/2)`, so by [in-log-odds] `log B` at log-odds `l > 0` is `log "
            "sinh(l/2) - 3/2 log(1 + 4 eps cosh^2(l/2))`. Strip by strip along `l`: [strip-1 to "
            f"strip-{len(CURVE)}].",
            "PaperFixedPoints.B_of_slope",
            "Figures.slope_in_log_odds",
        ),
    ),
    conclusions=(
        claims("the lower bound on beta, with its largest value", 2),
        claims("the curve", 3),
        beyond("where it rises and falls", 1),
    ),
    derivations=(
        Rewriting(
            "the bound that SymPy finds from the recursion is Bmax",
            slope_bound(MEAN_VAR),
            bmax,
            {eps: ("1/1000", "1")},
        ),
    ),
)
