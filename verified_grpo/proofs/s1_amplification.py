"""S1: amplification without conditions, and how much."""

from __future__ import annotations

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .shared_parts import DEEPEST, GAIN, GROUP_OF_8, MEAN_STD_CONTRAST, ROOT_ABOVE_EPS, amplification
from .symbols import odds, x

STATEMENT = PaperStatement(
    item="s1-amplification",
    title="amplification without conditions, with bounds",
    paper="(Not in the paper; sharpens Theorem 3.)",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0` and every fixed point: `1/(beta sqrt(1/4 + eps)) "
    "<= logit p* - logit p_ref < 1/(beta sqrt(eps))`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`; the mean-var contrast for the two bounds.",
    not_proved="That the sequence reaches a fixed point.",
    verdict=HOLDS,
    parts=(
        GAIN,
        supports(
            "log-odds",
            "The odds of `h(p) = 1/(1 + (1-p_ref)/p_ref x)` are the odds of `p_ref` over `x = "
            "exp(-Omega/beta)`.",
            Identity(
                (1 / (1 + odds * x)) / (1 - 1 / (1 + odds * x)),
                1 / (odds * x),
            ),
        ),
        DEEPEST,
        ROOT_ABOVE_EPS,
        amplification("box"),
        amplification("box-mean-std", MEAN_STD_CONTRAST),
        amplification("box-group", GROUP_OF_8),
    ),
    steps=(
        by(
            "The logarithm of [log-odds] at a fixed point: `logit p* - logit p_ref = Omega(p*)/beta = "
            "1/(beta r)`, `r^2 = p*(1-p*) + eps`, and `p*` is in `(0, 1)`.",
            "PaperFixedPoints.s1_amplification",
        ),
        by(
            "`r^2 <= 1/4 + eps` by [deepest] gives the lower bound, `r^2 > eps` by [above-eps] the upper "
            "one; [gain] is the positivity without logarithms.",
            "PaperFixedPoints.s1_amplification",
            "Amplification.amplification_margin",
        ),
        restates(
            "[box], [box-mean-std] and [box-group] are margins over a box for three contrasts, whose "
            "smallest value is at `p = 1/2`."
        ),
    ),
    conclusions=(claims("both bounds, for every fixed point", 1, 2),),
)
