"""R2: the mean reward rises; where fixed points lie; how many there can be."""

from __future__ import annotations

from .class_claims import TiltOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

FOUR_RUNGS = (
    ("0.9999549999859999999999999999999973", 0, 0),
    ("4.5e-5", 1, 1),
    ("1.4e-11", "1.5", 0),
    ("2.7e-33", "1.75", 1),
)

STATEMENT = PaperStatement(
    item="r2-mean-reward",
    title="the mean reward of every fixed point exceeds the reference's",
    paper="(Not in the paper, whose rewards are 0 or 1.)",
    suite="Under weights `w_i exp(theta g_i)` the mean reward has the derivative `Var(g) >= 0` in theta, "
    "and rises strictly unless all `g_i` are equal. If `0 < Omega <= B` and `alpha beta > 0`, every fixed "
    "point of `theta -> (1-alpha) theta + Omega(theta)/beta` lies in `(0, B/(alpha beta)]`, and there is "
    "one if Omega is continuous. There may be seven.",
    hypotheses="Finitely many classes of weights `w_i > 0`.",
    not_proved="How many fixed points there can be at most.",
    verdict=HOLDS,
    parts=(
        supports(
            "seven",
            "Four classes of rewards 0, 1, 3/2 and 7/4, each much rarer than the one before it: exactly "
            "seven fixed points.",
            TiltOf(FOUR_RUNGS, 7, "rises", 1, "1e-5", 2),
        ),
    ),
    steps=(
        by(
            "The derivative is the variance, which is not negative, and positive unless all rewards are "
            "equal.",
            "Tilt.r3_derivative", "Tilt.r2_variance", "Tilt.r2_strict",
        ),
        by("So the mean reward rises.", "Tilt.r2_mean_reward_rises"),
        by("Where fixed points lie.", "Tilt.r2_fixed_points_within", "Tilt.r2_fixed_point_exists"),
        restates("[seven]: there may be seven."),
    ),
    conclusions=(
        claims("the derivative of the mean reward is the variance", 1),
        claims("the mean reward rises", 2),
        claims("fixed points lie in an interval, and there is one", 3),
        claims("there may be seven", 4).at_these_numbers(),
    ),
)  # fmt: skip
