"""S3 for the contrast of the frameworks, 1/(sqrt(p(1-p)) + eps)."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model import MEAN_STD
from verified_grpo.model.contrasts import v
from verified_grpo.model.derivation import peak_variance, squared_slope

from .claims import Identity, Inequality, Region
from .derivations import Rewriting
from .framework import HOLDS, PaperStatement, by, claims, signed, supports
from .symbols import eps

s, t, w = sp.symbols("s t w", positive=True)
at_peak = t / (1 - 8 * t**2)  # eps, given the peak t
square = s**2 * (1 - 4 * s**2) / (4 * (s + eps) ** 4)
largest = (1 - 8 * t**2) ** 4 / (64 * t**2 * (1 - 4 * t**2) ** 3)
others = s**2 * (1 + 32 * t**2 * (1 - 4 * t**2) * (1 - 8 * t**2)) + s * t * (6 - 32 * t**2) + t**2
peak = (sp.sqrt(1 + 32 * eps**2) - 1) / (16 * eps)
bound = peak * sp.sqrt(1 - 4 * peak**2) / (2 * (peak + eps) ** 2)

STATEMENT = PaperStatement(
    item="s3-mean-std",
    title="the threshold for all prompts, std + eps",
    paper="(Not in the paper, whose equation (3) prints this contrast.)",
    suite="For all `eps > 0` and `beta > 0` with `Omega = 1/(sqrt(p(1-p)) + eps)`: `|h'(p*)| < 1` at every "
    "fixed point for every `p_ref` iff `beta > Bmax`, the value of `s sqrt(1-4s^2)/(2 (s+eps)^2)` at "
    "`s = (sqrt(1 + 32 eps^2) - 1)/(16 eps)`; and `Bmax < 1/(8 eps)`, so `beta >= 1/(8 eps)` suffices.",
    hypotheses="`eps > 0`, `beta > 0`, `alpha = 1`, mean-std contrast; `s = sqrt(p(1-p))` in `(0, 1/2]`.",
    not_proved="That the sequence from `p_ref` converges.",
    verdict=HOLDS,
    parts=(
        supports(
            "maximum",
            "With `eps = t/(1 - 8t^2)`: the largest square minus the square at `s` is `(s - t)^2` times "
            "positive numbers.",
            Identity(
                largest - square.subs(eps, at_peak),
                (s - t) ** 2
                * (1 - 8 * t**2) ** 4
                * others
                / (64 * t**2 * (1 - 4 * t**2) ** 3 * (s * (1 - 8 * t**2) + t) ** 4),
            ),
        ),
        supports(
            "attained",
            "The square at `s = t` is the largest.",
            Identity(square.subs(s, t).subs(eps, at_peak), largest),
        ),
        supports(
            "peak",
            "The peak solves `8 eps t^2 + t - eps = 0`, that is `eps = t/(1 - 8t^2)`: with `w = sqrt(1 + "
            "32 eps^2)`, `t = (w - 1)/(16 eps)` gives `16 eps (8 eps t^2 + t - eps) = (w^2 - 1 - 32 "
            "eps^2)/2`.",
            Identity(
                (16 * eps * (8 * eps * t**2 + t - eps)).subs(t, (w - 1) / (16 * eps)),
                (w**2 - 1 - 32 * eps**2) / 2,
            ),
        ),
        supports(
            "below-simple",
            "`(1-4t^2)^3 - (1-8t^2)^2 = 4t^2 (1 - 4t^2 - 16t^4)`, which is positive for `8t^2 < 1`.",
            Identity((1 - 4 * t**2) ** 3 - (1 - 8 * t**2) ** 2, 4 * t**2 * (1 - 4 * t**2 - 16 * t**4)),
        ),
        supports(
            "ratio",
            "`(1/(8 eps))^2` minus the largest square is that difference times `(1-8t^2)^2/(64 t^2 "
            "(1-4t^2)^3)`.",
            Identity(
                (1 / (8 * at_peak)) ** 2 - largest,
                ((1 - 4 * t**2) ** 3 - (1 - 8 * t**2) ** 2)
                * (1 - 8 * t**2) ** 2
                / (64 * t**2 * (1 - 4 * t**2) ** 3),
            ),
        ),
        supports(
            "number",
            "At `eps = 1e-4`, `Bmax` is within `1e-4` of `1250 = 1/(8 eps)`.",
            Inequality(bound - sp.Rational(12499999, 10000), ">", {eps: "1e-4"}, bits=160),
        ),
        supports(
            "box",
            "`beta` in `[1251, 2000]`, `eps` in `[1e-4, 1e-3]`: `|h'| < 1` at every fixed point.",
            Region("contraction", "proved", "1251:2000", "1e-4:1e-3", "0.001:0.9999", contrast=MEAN_STD),
        ),
        supports(
            "refuted",
            "`beta` from 1000 on at `eps = 1e-4`: a fixed point with `|h'| >= 1`.",
            Region("contraction", "refuted", "1000:2000", "1e-4", "0.001:0.999999999", contrast=MEAN_STD),
        ),
    ),
    steps=(
        by(
            "The multiplier is `b/beta`, and `b^2 = s^2 (1-4s^2)/(4 (s+eps)^4)`, `s = sqrt(p(1-p))`, "
            "`(2p-1)^2 = 1 - 4s^2`.",
            "MeanStd.T_std_derivative",
            "MeanStd.slope_std_square",
        ),
        by(
            "By [peak] the positive root `t` of `8 eps t^2 + t - eps` gives `eps = t/(1-8t^2)` for every "
            "`eps > 0`. There `8t^2 < 1`, so all factors of [maximum] are positive (`6 - 32 t^2 > 2`) but "
            "`(s-t)^2`: the maximum is at `s = t`, with the value of [attained].",
            "MeanStd.peak_range",
            "MeanStd.below_largest",
            "MeanStd.Bmax_std_square",
        ),
        signed(
            "With these factors positive the difference of [maximum] is not negative.",
            ">=",
            s,
            t,
            1 - 8 * t**2,
            1 - 4 * t**2,
            others,
        ),
        by(
            "`beta > Bmax` gives `|h'| < 1` everywhere; for `beta <= Bmax` the fixed point with `s = t` "
            "and `p > 1/2`, for the `p_ref` with `logit p_ref = logit p* - Omega/beta`, has `h' >= 1`.",
            "MeanStd.Bmax_std_attained",
            "MeanStd.s3_mean_std",
        ),
        by(
            "[ratio] is positive by [below-simple]: with `y = 4t^2 < 1/2` its last factor is `1 - y - y^2 "
            "> 0`. [number], [box] and [refuted] are cases.",
            "MeanStd.Bmax_std_below",
        ),
    ),
    conclusions=(
        claims("the threshold for all prompts", 1, 2, 3, 4),
        claims("1/(8 eps) suffices", 5),
    ),
    derivations=(
        Rewriting("the peak that SymPy finds", peak_variance(MEAN_STD), peak**2, {eps: ("1/1000", "1")}),
        Rewriting(
            "the squared slope that SymPy derives",
            squared_slope(MEAN_STD).subs(v, s**2),
            square,
            {eps: ("1/1000", "1"), s: ("0", "1/2")},
        ),
    ),
)
