"""R3: training on a reward may hurt what it stands for, exactly where their covariance is negative."""

from __future__ import annotations

from .class_claims import TiltOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

HALVES = (("0.9", 0, 0), ("0.09", "0.5", "0.8"), ("0.01", 1, "0.1"))

STATEMENT = PaperStatement(
    item="r3-goodhart",
    title="correctness moves with its covariance with the reward, and may turn",
    paper="(Not in the paper, whose reward is correctness.)",
    suite="Under weights `w_i exp(theta g_i)` the mean of any `a_i`, the share of correct answers for one, "
    "has the derivative `Cov(a, g)`: it rises where that is positive on the way, and falls where it is "
    "negative. As theta grows it tends to that of the class of the largest reward. It may rise first, and "
    "fall later, below what it was at its best.",
    hypotheses="Finitely many classes of weights `w_i > 0`; for the limit one class has the largest reward.",
    not_proved="That correctness of a trained network moves like that.",
    verdict=HOLDS,
    parts=(
        supports(
            "turns",
            "Half of the reward for answers of which 4/5 are correct, all of it for a shortcut of which "
            "1/10 are: with a weak pull correctness rises, and turns on the way.",
            TiltOf(HALVES, 1, "turns", "0.1", "1e-5", 1, "0.295", "mean"),
        ),
        supports(
            "rises",
            "With a strong pull it rises all the way.",
            TiltOf(HALVES, 1, "rises", 1, "1e-5", 1, "0.23", "mean"),
        ),
    ),
    steps=(
        by("The derivative.", "Tilt.r3_derivative"),
        by("Where it rises, and where it falls.", "Tilt.r3_rises", "Tilt.r3_falls"),
        by("The limit.", "Tilt.r3_limit"),
        restates("[turns] and [rises]: the same classes under two weights of the KL."),
    ),
    conclusions=(
        claims("the derivative is the covariance", 1),
        claims("correctness rises and falls with its sign", 2),
        claims("the limit is that of the class of the largest reward", 3),
        claims("it may turn", 4).at_these_numbers(),
    ),
)
