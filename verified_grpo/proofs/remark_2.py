"""Remark 2: the conditions uniformly over prompts."""

from __future__ import annotations

from .claims import Region
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, supports
from .shared_parts import ATTAINED, MAXIMUM, POSITIVE_FACTOR, SLOPE_IN_S, amplification

STATEMENT = PaperStatement(
    item="remark-2",
    title="conditions for all prompts at once",
    paper="Both conditions on `beta` are stated for one prompt; for all prompts one takes the supremum "
    "over prompts in the lower bounds.",
    suite="For all `eps > 0` the supremum is explicit. Amplification needs no condition at all; `|h'(p*)| "
    "< 1` at every fixed point of every prompt (all `p_ref` in `(0, 1)`) if and only if `beta > Bmax(eps) "
    "= 1/(3 sqrt(3 eps) (1 + 4 eps))`.",
    hypotheses="`eps > 0`, prompts with every `p_ref` in `(0, 1)`.",
    not_proved="That a smaller `beta` fails for the prompts of a given set.",
    verdict=SHARPER,
    parts=(
        SLOPE_IN_S,
        MAXIMUM,
        POSITIVE_FACTOR,
        ATTAINED,
        amplification("amplified"),
        supports(
            "contraction",
            "`beta` in `[61, 100]`, `eps` in `[1e-5, 1e-4]`: `|h'| < 1` at every fixed point.",
            Region("contraction", "proved", "61:100", "1e-5:1e-4", "0.001:0.9999"),
        ),
        supports(
            "necessary",
            "`beta` from 50 on, `eps = 1e-5`: a fixed point with `|h'| >= 1` exists.",
            Region("contraction", "refuted", "50:100", "1e-5", "0.001:0.9999"),
        ),
    ),
    steps=(
        by(
            "The supremum of `B` over all `p*` is `Bmax` by [slope-in-s], [maximum], [positive-factor] "
            "and is attained by [attained]; lemma-1 makes it the threshold (s3-uniform-contraction has "
            "both directions).",
            "PaperFixedPoints.theorem_3",
            "PaperFixedPoints.B_bound",
            "AtMostThree.Bmax_attained",
            "AtMostThree.s3_uniform_contraction",
            "PaperFixedPoints.lemma_1_multiplier",
        ),
        restates(
            "[contraction] and [necessary] are boxes on both sides; [amplified] needs no bound on `beta`."
        ),
    ),
    conclusions=(
        claims("the supremum over prompts is the condition for all of them", 1),
        beyond("it is explicit, and amplification needs none", 1),
    ),
)
