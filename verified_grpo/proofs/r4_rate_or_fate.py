"""A follow-up's claim about noise: the sign of Youden's index decides the fate, and noise is a matter of
rate."""

from __future__ import annotations

from fractions import Fraction

from verified_grpo.model import MEAN

from .claims import AllFixedPoints
from .framework import LOOSE, PaperStatement, against, amended, by, refutes, restates, supports
from .verifier_claims import CeilingOf, ErringOver

SEVEN_TENTHS = MEAN.scaled(Fraction(7, 10))

STATEMENT = PaperStatement(
    item="r4-rate-or-fate",
    title="noise is a matter of rate, not of fate (arXiv 2601.04411)",
    paper="(Not in the paper; the abstract of arXiv 2601.04411, read of training with a KL, too.) With J = t "
    "- "
    'f, "when J>0, the incorrect mass is driven toward extinction (learning); when J=0, the process is '
    'neutral; and when J<0, incorrect modes amplify until they dominate", and "in the learning regime J>0, '
    'noise primarily rescales convergence time".',
    suite="Without a KL it holds of errors that are drawn anew: steps that do not die out take p to 1 if `t "
    "> "
    "f`, to 0 if `t < f`, and leave it if `t = f`. With a KL of any weight it does not: p stays below "
    "`sigma(L_ref + (t-f) sup Omega/(alpha beta)) < 1`, and where it rests depends on the noise: without a "
    "normalisation at log-odds `L_ref + (t-f)/(alpha beta)`. And if the errors belong to the answer, p stays "
    "below the share of right answers among those of the reference that pass, with a KL or without.",
    hypotheses="`0 <= t, f <= 1`, `0 < p_ref < 1`; `Omega >= lo > 0` on (0, 1) for the fates, `Omega` "
    "bounded "
    "with a KL.",
    not_proved="What that paper proves in its own setting, which was not read beyond its abstract.",
    verdict=LOOSE,
    parts=(
        supports(
            "neutral",
            "`t = f`: nothing moves.",
            ErringOver("stands-still", "0.4", "0.4", "0.1:10", "1e-5:1", "0.001:0.999"),
        ),
        refutes(
            "clean",
            "Mean only, `beta = 1`, `p_ref = 0.3`, a verifier that does not err: where p rests.",
            AllFixedPoints(1, 1, "1e-5", "0.3", 1, MEAN),
        ),
        refutes(
            "noisy",
            "The same with `t - f = 7/10`: elsewhere, whatever time is given.",
            AllFixedPoints(1, 1, "1e-5", "0.3", 1, SEVEN_TENTHS),
        ),
        refutes(
            "ceiling",
            "`t = 9/10`, `f = 2/10`, `p_ref = 1/100`, errors that belong to the answer: never above 0.0435.",
            CeilingOf("below", "0.0435", "0.9", "0.2", "0.01"),
        ),
    ),
    steps=(
        by(
            "The fates without a KL; [neutral] is a case.",
            "Verifiers.r4_fate_up", "Verifiers.r4_fate_down", "Verifiers.r4_fate_none",
        ),
        by("With a KL wrong answers keep a share, by updates and by steps.", "Verifiers.r4_no_extinction"),
        by("Where it rests depends on the noise.", "Verifiers.r4_rest"),
        restates("[clean] and [noisy]: two verifiers, two fixed points."),
        by("Errors that belong to the answer have a ceiling; [ceiling] is a case.", "Verifiers.r5_below"),
    ),
    conclusions=(
        amended("without a KL, and with errors drawn anew, the sign of t - f decides the fate", 1),
        against("with a KL the incorrect mass is not driven to extinction", 2),
        against("with a KL noise moves where p rests", 3, 4),
        against("with errors that belong to the answer the incorrect mass keeps a share", 5),
    ),
)  # fmt: skip
