"""Remark 1: at eps = 0 the map extends continuously; fixed points below 1 exist for some prompts only."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import LOOSE, PaperStatement, against, amended, by, refutes, restates, supports
from .symbols import beta, odds, x

s = sp.Symbol("s", positive=True)
crest = 2 * sp.log(beta + sp.sqrt(beta**2 + 1)) - 2 * sp.sqrt(beta**2 + 1) / beta
threshold = 1 / (1 + sp.exp(-crest))

STATEMENT = PaperStatement(
    item="remark-1",
    title="the map without a stabiliser",
    paper="If `eps = 0`, `h` is no longer continuous at 0 and 1, and the existence of fixed points on `[0, "
    "1]` can no longer be guaranteed.",
    suite="For all `0 < p_ref < 1` and `beta > 0`, at `eps = 0`: inside `(0, 1)` existence does fail. "
    "There are two, one or no fixed points as `logit p_ref` is below, at or above `M(beta) = 2 asinh(beta) "
    "- 2 sqrt(1 + beta^-2)`; at `beta = 1` none above `p_ref = 0.25624`. Loose is the discontinuity: `0 <= "
    "1 - h(p) <= (1-p_ref)/p_ref beta sqrt(p(1-p))`, so `h` extends continuously to `[0, 1]` with `h(0) = "
    "h(1) = 1`, and then 1 is a fixed point.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps = 0`.",
    not_proved="Which of them the sequence tends to at `eps = 0`.",
    verdict=LOOSE,
    parts=(
        refutes(
            "distance",
            "With `x = exp(-1/(beta s))`, `s = sqrt(p(1-p))`: `1 - h = odds x/(1 + odds x)`.",
            Identity(1 - 1 / (1 + odds * x), odds * x / (1 + odds * x)),
        ),
        refutes(
            "bound",
            "`odds x - odds x/(1 + odds x) = (odds x)^2/(1 + odds x) >= 0`, so `1 - h <= odds x`.",
            Identity(odds * x - odds * x / (1 + odds * x), (odds * x) ** 2 / (1 + odds * x)),
        ),
        refutes(
            "tail",
            "`1/(1 + 1/(beta s)) = beta s - (beta s)^2/(1 + beta s) <= beta s`.",
            Identity(1 / (1 + 1 / (beta * s)), beta * s - (beta * s) ** 2 / (1 + beta * s)),
        ),
        refutes(
            "witness",
            "`beta = 5`, `p_ref = 0.3`: `h > 1 - 1e-8` already where `sqrt(p(1-p))` is in `[1e-6, 0.01]`.",
            Inequality(
                sp.Rational(1, 10**8) - odds * sp.exp(-1 / (beta * s)),
                ">",
                {beta: "5", odds: "7/3", s: "1e-6:0.01"},
            ),
        ),
        supports(
            "above",
            "At `beta = 1` the threshold, `sigma(M)`, exceeds `0.25622`.",
            Inequality(threshold - sp.Rational(25622, 100000), ">", {beta: "1"}),
        ),
        supports(
            "below",
            "At `beta = 1` it is below `0.25624`.",
            Inequality(threshold - sp.Rational(25624, 100000), "<", {beta: "1"}),
        ),
    ),
    steps=(
        by(
            "`exp(y) >= 1 + y` gives `x = exp(-1/(beta s)) <= 1/(1 + 1/(beta s))`, which is at most `beta "
            "s` by [tail].",
            "Elementary.remark_1_tail",
        ),
        by(
            "So `0 <= 1 - h <= odds beta s` by [distance] and [bound]; `s = sqrt(p(1-p))` tends to 0 as "
            "`p` tends to 0 or 1, and `h` to 1. With `h(0) = h(1) = 1` the map is continuous on `[0, 1]` "
            "and 1 is a fixed point.",
            "Elementary.remark_1_distance",
            "Elementary.remark_1_continuous",
            "Elementary.remark_1_fixed_point",
        ),
        restates("[witness] shows the size in numbers."),
        by(
            "At `eps = 0` the contrast is `exp(L/2) + exp(-L/2)`, and the gap `L - L_ref - Omega/beta` "
            "rises up to `2 asinh(beta)` and falls after it: from `M - L_ref` there to minus infinity on "
            "both sides.",
            "Judged.contrast_without_eps",
            "Judged.remark_1_none",
            "Judged.remark_1_one",
            "Judged.remark_1_two",
        ),
        restates("The number at `beta = 1`: [above] and [below]."),
    ),
    conclusions=(
        against("h extends continuously to 0 and 1", 1, 2),
        amended("inside (0, 1) existence depends on the prompt: two, one or none", 4),
    ),
)
