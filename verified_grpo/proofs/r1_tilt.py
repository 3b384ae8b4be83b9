"""R1: rewards of any values; an exact update tilts the reference by the mean reward alone."""

from __future__ import annotations

from .class_claims import TiltOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

STATEMENT = PaperStatement(
    item="r1-tilt",
    title="with rewards of any values an exact update tilts the reference by the mean reward alone",
    paper="(Not in the paper, whose rewards are 0 or 1.)",
    suite="Let answer i have the mean reward `g_i`, the advantage `(g_i - m) o` with numbers m and o of the "
    "batch, and let the previous policy be `pi_ref exp(theta g)`, made to sum to 1. The only maximiser of "
    "the mean advantage less `beta (alpha KL(pi, pi_ref) + (1-alpha) KL(pi, previous))` is `pi_ref "
    "exp(theta' g)` with `theta' = (1-alpha) theta + o/beta`. So answers of one mean reward stay in the "
    "proportion that they have under the reference: they are one class.",
    hypotheses="Finitely many answers, all of them possible under the reference; `beta > 0`.",
    not_proved="That finite groups of more than two reward values have such advantages: they have not.",
    verdict=HOLDS,
    parts=(
        supports(
            "case",
            "A verifier that pays 1/2 for answers that pass half of the tests: where its prompt goes.",
            TiltOf((("0.9", 0, 0), ("0.09", "0.5", "0.8"), ("0.01", 1, "0.1")), 3, "rises", 1, "1e-3", 1),
        ),
    ),
    steps=(
        by("The maximiser, and that there is no other.", "Tilt.r1_update"),
        restates("[case]: where the recursion in theta leads in a case."),
    ),
    conclusions=(claims("the update is a tilt by the mean reward", 1),),
)
