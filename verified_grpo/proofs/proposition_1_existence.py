"""Proposition 1, first item: the map has a fixed point."""

from __future__ import annotations

import sympy as sp

from .claims import AllFixedPoints, Identity
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, supports
from .symbols import h_free, odds, p, p_ref, x

STATEMENT = PaperStatement(
    item="proposition-1-existence",
    title="existence of fixed points",
    paper="`h` is continuous from `[0, 1]` to `[0, 1]` and hence has at least one fixed point (no "
    "guarantee of uniqueness).",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0`: `h` maps `[0, 1]` continuously into `(p_ref, "
    "1)`, so all its fixed points lie strictly between `p_ref` and 1; there is at least one, and "
    "three occur (at most three: s2-count).",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="Which fixed point the sequence tends to, if any.",
    verdict=SHARPER,
    parts=(
        supports(
            "root",
            "`p(1-p) = 1/4 - (p - 1/2)^2 >= 0` on `[0, 1]`, so the root of `p(1-p) + eps` is positive and "
            "continuous.",
            Identity(p * (1 - p), sp.Rational(1, 4) - (p - sp.Rational(1, 2)) ** 2),
        ),
        supports(
            "below-one",
            "`1 - h = odds x/(1 + odds x) > 0` with `x = exp(-Omega/beta)`.",
            Identity(1 - h_free, odds * x / (1 + odds * x)),
        ),
        supports(
            "above-reference",
            "`h - p_ref = p_ref (1-p_ref) (1-x)/(p_ref + (1-p_ref) x) > 0`, since `0 < x < 1`.",
            Identity(
                1 / (1 + (1 - p_ref) / p_ref * x) - p_ref,
                p_ref * (1 - p_ref) * (1 - x) / (p_ref + (1 - p_ref) * x),
            ),
        ),
        supports(
            "three",
            "`beta = 5`, `eps = 1e-5`, `p_ref = 0.3`: exactly three.",
            AllFixedPoints(3, 5, "1e-5", "0.3"),
        ),
        supports(
            "one",
            "`beta = 100`, `eps = 1e-5`, `p_ref = 0.3`: exactly one.",
            AllFixedPoints(1, 100, "1e-5", "0.3"),
        ),
    ),
    steps=(
        by(
            "`h` is composed of continuous functions, the root being positive by [root].",
            "PaperMap.proposition_1_continuous",
        ),
        by(
            "By [below-one] and [above-reference] `h` takes values in `(p_ref, 1)`, so `h(p) - p` is "
            "positive at 0 and negative at 1: by the intermediate value theorem it vanishes in between.",
            "PaperMap.lemma_2",
            "PaperFixedPoints.proposition_1_existence",
            "PaperFixedPoints.theorem_3",
        ),
        restates("Both [one] and [three] occur, so there is no uniqueness in general."),
    ),
    conclusions=(
        claims("h is continuous and has a fixed point", 1, 2),
        claims("there is no uniqueness in general", 3).at_these_numbers(),
        beyond("all fixed points lie between p_ref and 1", 2),
    ),
)
