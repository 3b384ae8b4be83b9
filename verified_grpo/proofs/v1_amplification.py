"""Version 4: amplification without a condition."""

from __future__ import annotations

from .framework import SHARPER, PaperStatement, beyond, by, claims
from .shared_parts import DEEPEST, GAIN, amplification

STATEMENT = PaperStatement(
    item="v1-amplification",
    title="amplification for all beta (version 4)",
    paper="For `0 < p_ref < 1` every fixed point of `h` exceeds `p_ref`, for all `beta`, `eps > 0`.",
    suite="As stated, and with a margin: `logit p* - logit p_ref >= 1/(beta sqrt(1/4 + eps))`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="Convergence.",
    verdict=SHARPER,
    parts=(GAIN, DEEPEST, amplification("box")),
    steps=(
        by(
            "`Omega > 0` gives `0 < x < 1` in [gain], so `h(p) > p_ref` for every `p`.",
            "PaperFixedPoints.theorem_3",
        ),
        by(
            "The margin is `Omega(p*)/beta >= Omega(1/2)/beta` by [deepest]; [box] has it in numbers.",
            "PaperFixedPoints.s1_amplification",
        ),
    ),
    conclusions=(
        claims("every fixed point exceeds p_ref", 1),
        beyond("by a margin", 2),
    ),
)
