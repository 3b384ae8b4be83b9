"""The abstract: GRPO amplifies the probability of success."""

from __future__ import annotations

from .framework import HOLDS, PaperStatement, by, claims, restates
from .shared_parts import GAIN, amplification

STATEMENT = PaperStatement(
    item="abstract-amplification",
    title="the fixed point exceeds the reference",
    paper="This fixed point exceeds the reference, demonstrating that GRPO amplifies the policy's "
    "probability of success.",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0`: every fixed point exceeds `p_ref`, and so does "
    "every term `p_1`, `p_2`, ... of the exact iteration, whether it converges or not.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, mean-var contrast.",
    not_proved="That each term exceeds the one before it.",
    verdict=HOLDS,
    parts=(GAIN, amplification("box")),
    steps=(
        by("Every fixed point exceeds `p_ref`, by [gain].", "PaperFixedPoints.theorem_3"),
        by("`h(p) > p_ref` for every `p` in `[0, 1]`, so `p_n > p_ref` for `n >= 1`.", "PaperMap.lemma_2"),
        restates("[box] has a margin over a large box."),
    ),
    conclusions=(claims("fixed points exceed the reference", 1), claims("so do all terms", 2)),
)
