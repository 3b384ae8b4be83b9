"""Version 4's discussion: monotone improvement with both KL terms."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model import MEAN

from .claims import AllFixedPoints, Identity, LimitOf
from .framework import LOOSE, PaperStatement, refutes, supports
from .shared_parts import MAXIMUM, POSITIVE_FACTOR, SLOPE_IN_S
from .symbols import alpha, beta

bound = sp.Symbol("bound", positive=True)

STATEMENT = PaperStatement(
    item="v7-monotone-improvement",
    title="monotone improvement with two KL terms (version 4)",
    paper="Adding the reference to the mirror gives an interior fixed point, and no monotone improvement is "
    "guaranteed.",
    suite="For every `0 < alpha <= 1` there is an interior fixed point. Monotone improvement is guaranteed "
    "when `(1-alpha) beta >= Bmax(eps)`, for every prompt, and always for mean-only; without that it "
    "can fail.",
    hypotheses="`0 < alpha <= 1`, `beta > 0`, `eps > 0`, `0 < p_ref < 1`.",
    not_proved="A necessary condition for monotone improvement.",
    verdict=LOOSE,
    parts=(
        supports(
            "interior",
            "`alpha = 1/2`, `beta = 5`: a fixed point inside.",
            AllFixedPoints(1, 5, "1e-5", "0.9", "0.5"),
        ),
        supports(
            "not-always",
            "`alpha = 0.9`, `beta = 3`, `p_ref = 0.001`: the sequence tends to a cycle of two points, so it "
            "does not improve for ever.",
            LimitOf("cycle", 3, "1e-5", "0.001", "0.9"),
        ),
        refutes(
            "guaranteed",
            "`T' >= (1-alpha) - bound/beta = ((1-alpha) beta - bound)/beta`, `bound = Bmax`: not negative "
            "when `(1-alpha) beta >= Bmax`.",
            Identity((1 - alpha) - bound / beta, ((1 - alpha) * beta - bound) / beta),
        ),
        SLOPE_IN_S,
        MAXIMUM,
        POSITIVE_FACTOR,
        refutes(
            "case",
            "`alpha = 1/2`, `beta = 124`, `p_ref = 0.001`: rises at every step.",
            LimitOf("rises", 124, "1e-5", "0.001", "0.5"),
        ),
        refutes(
            "mean-only", "Mean-only, `alpha = 1/2`: rises.", LimitOf("rises", 5, "1e-5", "0.3", "0.5", MEAN)
        ),
    ),
    steps=(
        "An interior fixed point exists: `L - T(L)` goes from minus to plus infinity for `alpha > 0`; "
        "[interior] is a case. That improvement can fail is [not-always].",
        "`|b| <= Bmax` by [slope-in-s], [maximum], [positive-factor]; [guaranteed] makes `T` increasing, "
        "and `L_1 > L_0`, so `L_n` rises for ever; [case]. For mean-only `b = 0` and `T' = 1 - alpha >= 0`: "
        "[mean-only].",
    ),
)
