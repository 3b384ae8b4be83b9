"""Version 4's discussion: monotone improvement with both KL terms."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model import MEAN

from .claims import AllFixedPoints, Identity, LimitOf
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, signed, supports
from .shared_parts import MAXIMUM, POSITIVE_FACTOR, SLOPE_IN_S
from .symbols import alpha, beta, r

bound, d, v = sp.symbols("bound d v", positive=True)

STATEMENT = PaperStatement(
    item="v7-monotone-improvement",
    title="monotone improvement with two KL terms (version 4)",
    paper="Adding the reference to the mirror gives an interior fixed point, and no monotone improvement "
    "is guaranteed.",
    suite="Both hold: for every `0 < alpha <= 1` there is an interior fixed point, and there are "
    "parameters at which the sequence does not improve for ever. Sharper: monotone improvement is "
    "guaranteed when `(1-alpha) beta >= Bmax(eps)`, for every prompt; when `p_ref >= 1/2`, for every "
    "`alpha` and `beta`; and always for mean-only.",
    hypotheses="`0 < alpha <= 1`, `beta > 0`, `eps > 0`, `0 < p_ref < 1`.",
    not_proved="A necessary condition for monotone improvement.",
    verdict=SHARPER,
    parts=(
        supports(
            "interior",
            "`alpha = 1/2`, `beta = 5`: a fixed point inside.",
            AllFixedPoints(1, 5, "1e-5", "0.9", "0.5"),
        ),
        supports(
            "not-always",
            "`alpha = 0.9`, `beta = 3`, `p_ref = 0.001`: the sequence tends to a cycle of two points, so "
            "it does not improve for ever.",
            LimitOf("cycle", 3, "1e-5", "0.001", "0.9"),
        ),
        supports(
            "guaranteed",
            "`T' >= (1-alpha) - bound/beta = ((1-alpha) beta - bound)/beta`, `bound = Bmax`: not negative "
            "when `(1-alpha) beta >= Bmax`.",
            Identity((1 - alpha) - bound / beta, ((1 - alpha) * beta - bound) / beta),
        ),
        SLOPE_IN_S,
        MAXIMUM,
        POSITIVE_FACTOR,
        supports(
            "case",
            "`alpha = 1/2`, `beta = 124`, `p_ref = 0.001`: rises at every step.",
            LimitOf("rises", 124, "1e-5", "0.001", "0.5"),
        ),
        supports(
            "above-half",
            "With `d = 2p - 1 > 0`, `v = p(1-p)`, `r = sqrt(v + eps)`: `T' = (1-alpha) + d v/(2 r^3 beta)`.",
            Identity(
                (1 - alpha) + d * v / (2 * r**3) / beta,
                (2 * beta * r**3 * (1 - alpha) + d * v) / (2 * beta * r**3),
            ),
        ),
        supports(
            "case-above-half",
            "`alpha = 0.9`, `beta = 3`, `p_ref = 0.6`: rises at every step.",
            LimitOf("rises", 3, "1e-5", "0.6", "0.9"),
        ),
        supports(
            "mean-only", "Mean-only, `alpha = 1/2`: rises.", LimitOf("rises", 5, "1e-5", "0.3", "0.5", MEAN)
        ),
    ),
    steps=(
        by(
            "An interior fixed point exists, that of weight `alpha beta`; [interior] is a case.",
            "Existence.existence",
            "TwoKL.s7_same_fixed_points",
        ),
        restates("That improvement can fail is [not-always]."),
        by(
            "`|b| <= Bmax` by [slope-in-s], [maximum], [positive-factor]; [guaranteed] makes `T` "
            "increasing, and `L_1 > L_0`, so `L_n` rises for ever; [case].",
            "Bmax.slope_bound",
            "TwoKL.s7_rises",
        ),
        signed(
            "Above `p = 1/2`, for `alpha < 1`, `T` is increasing by [above-half].",
            ">",
            beta,
            r,
            d,
            v,
            1 - alpha,
        ),
        by(
            "From `p_ref >= 1/2` the sequence stays there and rises to the least fixed point; "
            "[case-above-half].",
            "Judged.v7_rises_above_half",
        ),
        by(
            "For mean-only `L_n = L_ref + (1 - (1-alpha)^n)/(alpha beta)`.",
            "Mirror.v4_mean_only",
        ),
        by(
            "That does not fall, as `(1-alpha)^n` does not rise; [mean-only].", "Sequences.v4_mean_only_rises"
        ),
    ),
    conclusions=(
        claims("an interior fixed point", 1),
        claims("monotone improvement is not guaranteed", 2).at_these_numbers(),
        beyond("it is where the mirror's weight is large", 3),
        beyond("it is from p_ref >= 1/2 on, for every alpha and beta", 4, 5),
        beyond("it is for mean-only", 6, 7),
    ),
)
