"""R5: a verifier that passes the same wrong answers each time: a ceiling that no training passes."""

from __future__ import annotations

from .class_claims import TiltOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

SHORTCUT = (("0.793", 0, "1/793"), ("0.207", 1, "1/23"))

STATEMENT = PaperStatement(
    item="r5-shortcut",
    title="a verifier that passes a wrong shortcut: correctness stays below the share of right answers that "
    "pass",
    paper="(Not in the paper, whose verifier does not err.)",
    suite="A mean under weights `w_i exp(theta g_i)` stays below its largest value c, whatever theta is, if "
    "some class has less. With a verifier that passes and fails the same answers each time there are two "
    "classes: c is the share of right answers among those of the reference that pass (or fail, if that is "
    "larger).",
    hypotheses="Finitely many classes of weights `w_i > 0`.",
    not_proved="That a verifier errs on the same answers each time: if it errs anew, there is no such "
    "ceiling.",
    verdict=HOLDS,
    parts=(
        supports(
            "ceiling",
            "A prompt solved once in a hundred times, a verifier that passes 9/10 of right answers and 2/10 "
            "of wrong ones, without KL: correctness rises for ever, and never above 1/23.",
            TiltOf(SHORTCUT, 0, "rises", 0, "1e-5", 0, "0.04347826086956522"),
        ),
        supports(
            "with-kl",
            "The same with a KL of weight 5.",
            TiltOf(SHORTCUT, 3, "rises", 5, "1e-5", 0, "0.04347826086956522"),
        ),
    ),
    steps=(
        by("The ceiling.", "Tilt.r5_ceiling"),
        restates("[ceiling] and [with-kl]: a case, without a KL and with one."),
    ),
    conclusions=(claims("no theta passes the ceiling", 1),),
)
