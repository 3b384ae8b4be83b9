"""Sections 2.1 and 2.2: the clipped objective, piece by piece, for every sign of the advantage."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .symbols import minus

t, width, y = sp.symbols("t width y", real=True)

STATEMENT = PaperStatement(
    item="section-2-1-clipped-form",
    title="the clipped objective is a minimum or a maximum",
    paper="`f(x, y) = min(x y, clip(x, 1-e, 1+e) y)` with `e` in `[0, 1]` is `y min(x, 1+e)` if `y > 0` "
    "and `y max(x, 1-e)` if `y < 0`; hence the loss is `omega+ E[min(ratio, 1+e) 1_{r=1}] - omega- "
    "E[max(ratio, 1-e) 1_{r=0}]`.",
    suite="For all real `x` and `y` and every width `e >= 0`: `f(x, y)` is `y min(x, 1+e)` for `y >= 0` "
    "and `y max(x, 1-e)` for `y <= 0` (both are 0 at `y = 0`). So the contrastive form of the loss is "
    "exact for every clip width.",
    hypotheses="`e >= 0`; the two weights are those of equation (4), which are `>= 0`, so the advantage of "
    "a success is `>= 0` and that of a failure `<= 0`.",
    not_proved="Anything about the gradient of the clipped loss, which this piecewise form does not have "
    "at its kinks.",
    verdict=SHARPER,
    parts=(
        supports(
            "below",
            "For `x = 1 - e - t`, `t >= 0`, `clip(x) = 1 - e`, and `x y - clip(x) y = -t y`.",
            Identity((1 - width - t) * y - (1 - width) * y, -t * y),
        ),
        supports(
            "above",
            "For `x = 1 + e + t`, `t >= 0`, `clip(x) = 1 + e`, and `x y - clip(x) y = t y`.",
            Identity((1 + width + t) * y - (1 + width) * y, t * y),
        ),
        supports(
            "below-cap",
            "For `x = 1 - e - t`: `(1 + e) - x = 2 e + t`, so `x <= 1 + e`.",
            Identity(minus(1 + width, 1 - width - t), 2 * width + t),
        ),
        supports(
            "above-floor",
            "For `x = 1 + e + t`: `x - (1 - e) = 2 e + t`, so `x >= 1 - e`.",
            Identity(minus(1 + width + t, 1 - width), 2 * width + t),
        ),
    ),
    steps=(
        by(
            "Every real `x` lies in one of three ranges: `x = 1-e-t`, `1-e <= x <= 1+e`, or `x = 1+e+t`, "
            "with `t >= 0`. In the middle one `clip(x) = x = min(x, 1+e) = max(x, 1-e)` and nothing is to "
            "be shown.",
            "Formulas.clipped_form",
        ),
        by(
            "Low range: by [below] `x y` is the smaller product for `y >= 0` and `clip(x) y = (1-e) y` "
            "for `y <= 0`; by [below-cap] `min(x, 1+e) = x`, and `max(x, 1-e) = 1-e`.",
            "Formulas.clipped_form",
        ),
        by(
            "High range: by [above] `clip(x) y = (1+e) y` is the smaller for `y >= 0` and `x y` for `y <= "
            "0`; by [above-floor] `max(x, 1-e) = x`, and `min(x, 1+e) = 1+e`.",
            "Formulas.clipped_form",
        ),
        by(
            "The expectation is linear and splits into `r = 1` and `r = 0`; in each the advantage is a "
            "constant, `omega+` or `-omega-`, that goes in front. z3 decides the same piecewise identity "
            "on its own (`proofs/by_z3.py`).",
            "Policies.sum_linear",
        ),
    ),
    conclusions=(
        claims("the minimum and the maximum, and the loss", 1, 2, 3, 4),
        beyond("for every width e >= 0", 1, 2, 3),
    ),
)
