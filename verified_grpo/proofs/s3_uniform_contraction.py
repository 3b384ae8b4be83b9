"""S3: contraction at every fixed point of every prompt, with the threshold."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality, Region
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .shared_parts import ATTAINED, MAXIMUM, POSITIVE_FACTOR, SLOPE_IN_S
from .symbols import bmax, eps

root = sp.Symbol("root", positive=True)

STATEMENT = PaperStatement(
    item="s3-uniform-contraction",
    title="the threshold for all prompts",
    paper="(Not in the paper; makes Remark 2 explicit.)",
    suite="For all `eps > 0` and `beta > 0`: `|h'(p*)| < 1` at every fixed point for every `p_ref` in `(0, "
    "1)` if and only if `beta > Bmax(eps) = 1/(3 sqrt(3 eps) (1 + 4 eps))`; `Bmax(1e-5)` is between "
    "`60.855` and `60.856`.",
    hypotheses="`eps > 0`, `beta > 0`, `alpha = 1`, mean-var contrast.",
    not_proved="Convergence: that every start converges for `beta >= Bmax`, so that no cycle is left, is a "
    "row of its own (s3-every-start).",
    verdict=HOLDS,
    parts=(
        SLOPE_IN_S,
        MAXIMUM,
        POSITIVE_FACTOR,
        ATTAINED,
        supports(
            "square",
            "With `root^2 = 3 eps`: `(3 root (1 + 4 eps))^2 = 27 eps (1 + 4 eps)^2`, multiplied out.",
            Identity((3 * root * (1 + 4 * root**2 / 3)) ** 2, 9 * root**2 + 24 * root**4 + 16 * root**6),
        ),
        supports(
            "above", "`Bmax(1e-5) > 60.855`.", Inequality(bmax - sp.Rational(60855, 1000), ">", {eps: "1e-5"})
        ),
        supports(
            "below", "`Bmax(1e-5) < 60.856`.", Inequality(bmax - sp.Rational(60856, 1000), "<", {eps: "1e-5"})
        ),
        supports(
            "proved",
            "A box above the threshold.",
            Region("contraction", "proved", "61:100", "1e-5:1e-4", "0.001:0.9999"),
        ),
        supports(
            "refuted",
            "A box that reaches below it: a fixed point with `|h'| >= 1`.",
            Region("contraction", "refuted", "50:100", "1e-5", "0.001:0.9999"),
        ),
    ),
    steps=(
        by(
            "By lemma-1 `|h'(p*)| = B(p*)/beta`, and `B <= Bmax` by [slope-in-s], [maximum], "
            "[positive-factor] and [square]: if `beta > Bmax`, `|h'(p*)| < 1` everywhere.",
            "AtMostThree.s3_uniform_contraction",
            "PaperFixedPoints.lemma_1_multiplier",
            "Bmax.slope_bound",
        ),
        by(
            "If `beta <= Bmax`, take `p* > 1/2` with `(2p*-1)^2 = (1 + 4 eps)/(1 + 12 eps)`, where `B = "
            "Bmax` by [attained], and `p_ref` with `logit p_ref = logit p* - Omega(p*)/beta`: `p*` is a "
            "fixed point for that prompt and `h'(p*) = Bmax/beta >= 1`.",
            "AtMostThree.s3_uniform_contraction",
            "AtMostThree.Bmax_attained",
        ),
        restates(
            "Numbers: [above], [below]; boxes: [proved], [refuted]. z3 decides the maximum on its own "
            "(`proofs/by_z3.py`)."
        ),
    ),
    conclusions=(
        claims("the threshold, both ways", 1, 2),
        claims("its number", 3).at_these_numbers(),
    ),
)
