"""R4: a verifier whose errors are drawn anew at each look: the sign of t - f decides."""

from __future__ import annotations

from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .verifier_claims import ErringOver

WIDE = ("0.001:100", "1e-5:1", "0.001:0.999")
"""Ranges of beta, eps and p_ref."""

STATEMENT = PaperStatement(
    item="r4-noise",
    title="a verifier that errs anew at each look: the sign of true less false positives decides",
    paper="(Not in the paper, whose verifier does not err.)",
    suite="A verifier passes a right answer with probability t, a wrong one with probability f, drawn anew "
    "at "
    "each look. Then the log-odds obey the recursion with `(t-f) Omega(m)`, `m = f + (t-f) p`, in the "
    "place of "
    "`Omega(p)`. Every update from `p_ref`, and every step towards it, leaves p above `p_ref` if `t > f`, "
    "below if `t < f`, and where it is if `t = f`; so do the fixed points, which for `t > f` lie at least "
    "`(t-f) Omega_min/(alpha beta)` above. For the mean-var contrast the slope is in size at most `2 w^3/(3 "
    "sqrt(3) c sqrt(c - w^2))`, `c = 1 + 4 eps`, if t and f lie from `(1-w)/2` to `(1+w)/2`: so much noise "
    "takes the contraction threshold from Bmax (w = 1) down.",
    hypotheses="`0 <= t, f <= 1`, `0 < p_ref < 1`, `0 <= alpha <= 1`, `beta > 0`; `Omega > 0` on (0, 1).",
    not_proved="That a verifier errs anew: if it errs on the same answers each time, there is a ceiling. "
    "That a network that generalises is trained on the average advantage.",
    verdict=HOLDS,
    parts=(
        supports(
            "good-enough",
            "Right answers pass at least 6 times in 10, wrong ones at most 5 times: amplification for all "
            "these parameters, by so much at least.",
            ErringOver("amplifies", "0.6:1", "0:0.5", *WIDE, margin="0.00089"),
        ),
        supports(
            "apart",
            "Of all verifiers that pass right answers at least half the time and wrong ones at most 9 "
            "times in "
            "10, those with `t - f >= 0.41` amplify.",
            ErringOver("amplifies", "0.5:1", "0:0.9", *WIDE, apart="0.41"),
        ),
        supports(
            "harms",
            "Wrong answers pass more often: every update harms.",
            ErringOver("harms", "0.1:0.2", "0.3:0.9", *WIDE),
        ),
        supports(
            "neutral", "They pass alike: nothing moves.", ErringOver("stands-still", "0.3", "0.3", *WIDE)
        ),
        supports(
            "five-per-cent",
            "Five per cent of errors on both sides take the contraction threshold from 60.9 to 0.644.",
            ErringOver("amplifies", "0.95", "0.05", 1, "1e-5", "0.001:0.999", threshold="0.6437"),
        ),
        supports(
            "none",
            "No errors: it is Bmax.",
            ErringOver("amplifies", "1", "0", 1, "1e-5", "0.001:0.999", threshold="60.856"),
        ),
    ),
    steps=(
        by(
            "The sign, of every update and of the fixed points; [good-enough to neutral] over boxes.",
            "Verifiers.r4_amplifies", "Verifiers.r4_harms", "Verifiers.r4_stands_still",
            "Verifiers.r4_fixed_points",
        ),
        by("How far above.", "Verifiers.r4_margin"),
        by("The slope, and its bound.", "Verifiers.r4_slope", "Verifiers.r4_steepest"),
        restates("[five-per-cent] and [none]: two verifiers."),
    ),
    conclusions=(
        claims("the sign of t - f decides", 1),
        claims("how far fixed points lie above at least", 2),
        claims("the steepest slope", 3),
    ),
)  # fmt: skip
