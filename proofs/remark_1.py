"""Remark 1: at eps = 0 the map still extends continuously, and has a fixed point."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import FAILS, PaperStatement, refutes
from .symbols import beta, odds, x

s = sp.Symbol("s", positive=True)

STATEMENT = PaperStatement(
    item="remark-1",
    title="the map without a stabiliser",
    paper="If `eps = 0`, `h` is no longer continuous at 0 and 1, and the existence of fixed points on `[0, "
    "1]` can no longer be guaranteed.",
    suite="For all `0 < p_ref < 1` and `beta > 0`: at `eps = 0`, `0 <= 1 - h(p) <= (1-p_ref)/p_ref beta "
    "sqrt(p(1-p))` on `(0, 1)`. So `h` extends continuously to `[0, 1]` with `h(0) = h(1) = 1`, and "
    "`p = 1` is a fixed point. What `eps > 0` changes is that 1 is a fixed point no longer (figure-2).",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps = 0`.",
    not_proved="How many further fixed points there are at `eps = 0`.",
    verdict=FAILS,
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
    ),
    steps=(
        "`exp(y) >= 1 + y` gives `x = exp(-1/(beta s)) <= 1/(1 + 1/(beta s))`, which is at most `beta s` by "
        "[tail].",
        "So `0 <= 1 - h <= odds beta s` by [distance] and [bound]; `s = sqrt(p(1-p))` tends to 0 as `p` "
        "tends to 0 or 1, and `h` to 1. With `h(0) = h(1) = 1` the map is continuous on `[0, 1]` and 1 is a "
        "fixed point.",
        "[witness] shows the size in numbers.",
    ),
)
