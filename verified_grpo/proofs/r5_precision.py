"""R5 once more: the ceiling for all rates, and over ranges of them."""

from __future__ import annotations

from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .verifier_claims import CeilingOf

STATEMENT = PaperStatement(
    item="r5-precision",
    title="a verifier that errs on the same answers each time: no beta passes its precision",
    paper="(Not in the paper, whose verifier does not err.)",
    suite="Of the reference's answers a share `p_ref` is right; a share t of the right ones passes, and a "
    "share "
    "f of the wrong ones. Whatever tilts the reference by what passes (each update, each step, whatever beta "
    "is and however often) keeps the rate p of right answers below `PPV = t p_ref/(t p_ref + f "
    "(1-p_ref))` if "
    "`t > f`, above if `t < f`, and at `p_ref` if `t = f`. With the rate m of passing `p = PPV m + FOR "
    "(1-m)`, "
    "`FOR = (1-t) p_ref/((1-t) p_ref + (1-f)(1-p_ref))`. PPV rises in t and `p_ref`, and falls in f.",
    hypotheses="`0 < p_ref < 1`, `0 <= t, f <= 1`; for the second formula some answers pass and some "
    "fail.",
    not_proved="That a verifier errs on the same answers each time: if it errs anew, there is no such "
    "ceiling. "
    "That what a network learns tilts the reference by what passes alone.",
    verdict=HOLDS,
    parts=(
        supports(
            "ceiling",
            "`p_ref = 1/100`, `t = 9/10`, `f = 2/10`: below 1/23.",
            CeilingOf("below", "1/23", "0.9", "0.2", "0.01"),
        ),
        supports(
            "over-ranges",
            "Ranges of all three: the corner decides.",
            CeilingOf("below", "0.2795", "0.8:0.95", "0.05:0.1", "0.01:0.02"),
        ),
        supports(
            "floor",
            "A verifier that prefers wrong answers sets a floor.",
            CeilingOf("above", "0.125", "0.1:0.2", "0.7", "0.5"),
        ),
    ),
    steps=(
        by(
            "The ceiling, the floor, and neither.",
            "Verifiers.r5_below", "Verifiers.r5_above", "Verifiers.r5_at",
        ),
        by("The shares among what passes and what fails.", "Verifiers.r5_shares"),
        by("Over ranges.", "Verifiers.r5_ceiling_over_ranges"),
        restates("[ceiling], [over-ranges] and [floor]: cases."),
    ),
    conclusions=(
        claims("no tilt passes PPV", 1),
        claims("p is linear in the rate of passing", 2),
        claims("how PPV moves", 3),
    ),
)  # fmt: skip
