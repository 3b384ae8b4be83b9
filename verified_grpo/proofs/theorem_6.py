"""Theorem 6: the local contraction theorem that Theorem 4 quotes."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model.derivation import sigma

from .claims import Identity, Inequality, LimitOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .symbols import beta, eps

l = sp.Symbol("l", real=True)  # noqa: E741 -- log-odds
k, d, power = sp.symbols("k d power", positive=True)
v = sigma(l) * sigma(-l)
multiplier = (sigma(l) - sigma(-l)) * v / (2 * (v + eps) ** sp.Rational(3, 2)) / beta

STATEMENT = PaperStatement(
    item="theorem-6",
    title="the local contraction theorem",
    paper="If `f` is continuously differentiable with fixed point `x*` and `|f'(x*)| < 1`, there are `r > "
    "0` and `k < 1` with `|f'| <= k` on `I = [x* - r, x* + r]`; `f` is a contraction on `I` and "
    "iterates from `I` converge to the unique fixed point in `I`.",
    suite="As stated: it matters that `I` is centred at `x*`, for that is why `f` maps `I` into itself. A "
    "case with numbers: `T` for `beta = 5`, `eps = 1e-5`, `p_ref = 0.3`, whose lower fixed point is "
    "near log-odds -0.4377: on `[-1.44, 0.57]`, which contains the interval of radius 1 about it, `k "
    "= 1/5`.",
    hypotheses="`f` continuously differentiable near `x*`, `|f'(x*)| < 1`.",
    not_proved="A size of `r` for a general `f`.",
    verdict=HOLDS,
    parts=(
        supports(
            "rate",
            "On log-odds in `[-1.44, 0.57]` at `beta = 5`, `eps = 1e-5`: `T'^2 < 1/25`.",
            Inequality(sp.Rational(1, 25) - multiplier**2, ">", {beta: "5", eps: "1e-5", l: "-1.44:0.57"}),
        ),
        supports(
            "limit",
            "The sequence for `p_ref = 0.3` tends to the fixed point in that interval.",
            LimitOf("fixed-point", 5, "1e-5", "0.3"),
        ),
        supports(
            "geometric",
            "The distances `d_n <= k^n d_0`: one more factor `k` gives `k (k^n d) = k^(n+1) d`, and their "
            "sum stays below `d/(1-k)`.",
            Identity(d * (1 - power) / (1 - k) + power * d, d * (1 - power * k) / (1 - k)),
        ),
    ),
    steps=(
        by(
            "Continuity of `f'` gives `r` and `k` with `|f'| <= k < 1` on `I`; for `x` in `I`, `|f(x) - "
            "x*| = |f(x) - f(x*)| <= k |x - x*| <= r`, so `f(I)` is inside `I`.",
            "Formulas.theorem_6_radius",
        ),
        by("So `|x_n - x*| <= k^n |x_0 - x*|`, which tends to 0; [geometric] sums it.", "Basin.theorem_6"),
        by(
            "Two fixed points in `I` would have a distance that is at most `k` times itself, so there is "
            "one.",
            "Formulas.theorem_6_unique",
        ),
        restates("[rate] and [limit] are the theorem at work."),
    ),
    conclusions=(claims("a contraction, whose iterates converge to the only fixed point", 1, 2, 3),),
)
