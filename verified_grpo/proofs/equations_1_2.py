"""Equations (1) and (2): the whitened advantage of a 0/1 reward."""

from __future__ import annotations

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .symbols import p, r

success = 1 / (1 + r**2)  # p with r = sqrt((1 - p)/p)
deviation = r / (1 + r**2)  # sqrt(p (1 - p))

STATEMENT = PaperStatement(
    item="equations-1-2",
    title="the advantage of a verifiable reward",
    paper="With `p` the probability of success of the old policy, mean `p` and variance `p(1-p)`, the "
    "advantage `(r - mean)/sqrt(variance)` is `sqrt((1-p)/p)` for a success and `-sqrt(p/(1-p))` for "
    "a failure.",
    suite="For all `p` in `(0, 1)` the two values are as printed, and they have mean 0 and variance 1.",
    hypotheses="`0 < p < 1` (at `p = 0` and `p = 1` the quotient is `0/0`).",
    not_proved="Anything at `p = 0` or `p = 1`; the stabilised advantage is in equation-3 and equation-4.",
    verdict=HOLDS,
    parts=(
        supports(
            "variance",
            "The variance of a Bernoulli reward: `p (1-p)^2 + (1-p) (0-p)^2 = p (1-p)`.",
            Identity(p * (1 - p) ** 2 + (1 - p) * (0 - p) ** 2, p - p**2),
        ),
        supports(
            "deviation",
            "With `r = sqrt((1-p)/p)`, that is `p = 1/(1 + r^2)`, the deviation is `r/(1 + r^2)`.",
            Identity(deviation**2, success - success**2),
        ),
        supports("success", "A success gets `r = sqrt((1-p)/p)`.", Identity((1 - success) / deviation, r)),
        supports(
            "failure",
            "A failure gets `-p/deviation = -1/r = -sqrt(p/(1-p))`, with `p = 1 - r^2/(1 + r^2)`.",
            Identity((r**2 / (1 + r**2) - 1) / deviation, -1 / r),
        ),
        supports("centred", "The advantage has mean 0.", Identity(success * r, (1 - success) / r)),
        supports(
            "scaled", "The advantage has variance 1.", Identity(success * r**2 + (1 - success) / r**2, 1)
        ),
    ),
    steps=(
        by(
            "`p = 1/(1 + r^2)` maps `r > 0` onto `0 < p < 1` one to one, with `r = sqrt((1-p)/p)`; the "
            "mean is `p` and the variance is that of [variance].",
            "Formulas.moments_of_the_reward",
        ),
        by(
            "`r/(1 + r^2) > 0` has the square `p (1-p)` by [deviation], so it is the standard deviation.",
            "Formulas.whitened_success",
            "Formulas.whitened_failure",
        ),
        restates(
            "The two values follow by [success] and [failure], their moments by [centred] and [scaled]."
        ),
    ),
    conclusions=(claims("the two values are as printed", 1, 2, 3),),
)
