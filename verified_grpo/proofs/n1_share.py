"""N1: small steps are the same recursion, a share of the way at a time."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .symbols import beta

a, eta, l, l_ref, o = sp.symbols("a eta l l_ref o", real=True)  # noqa: E741 -- log-odds

once = l + eta * (o - beta * (l - l_ref))
twice = once + eta * (o - beta * (once - l_ref))
share_of_two = 1 - (1 - eta * beta) ** 2

STATEMENT = PaperStatement(
    item="n1-share",
    title="steps of natural gradient go a share of the way to the maximiser",
    paper="(Not in the paper, which solves every update exactly.)",
    suite="For policies on any finite set of outcomes: a step of mirror ascent of size `eta` from the "
    "reference tilted by the reward, at frozen advantages, is such a policy again, and moves the log-odds "
    "by `eta (Omega - alpha beta (L - L_ref) - (1-alpha) beta (L - L_old))`. `mu` such steps with `0 < eta "
    "beta <= 1` are one update of (R) with `a alpha` in the place of `alpha` and `beta/a` in that of `beta`, "
    "`a = 1 - (1 - eta beta)^mu` in `(0, 1]`; `a = 1` is the paper's update. Without KL they add `eta mu "
    "Omega`.",
    hypotheses="`0 < p_ref < 1`, `eps > 0`, 0/1 rewards; `beta > 0` where it is not said to be 0.",
    not_proved="That a training run with another parametrisation, or sampled gradients, takes such steps.",
    verdict=HOLDS,
    parts=(
        supports(
            "one",
            "A share `a` of the way is a step of size `a/beta`: `(1-a) L + a (L_ref + Omega/beta) = L + "
            "(a/beta)(Omega - beta (L - L_ref))`.",
            Identity((1 - a) * l + a * (l_ref + o / beta), l + a / beta * (o - beta * (l - l_ref))),
        ),
        supports(
            "two",
            "Two steps at the same `Omega` go the share `1 - (1 - eta beta)^2` of the way.",
            Identity(twice, (1 - share_of_two) * l + share_of_two * (l_ref + o / beta)),
        ),
    ),
    steps=(
        by("Steps of mirror ascent on policies.", "MirrorAscent.n1_mirror_ascent"),
        by("Inner steps, and the share that they go; [two] is a case.", "Drive.n1_inner_steps"),
        by("The share lies in `(0, 1]`.", "Drive.share_range"),
        by("Without KL.", "Drive.n1_without_KL"),
        by("A share of 1 is the paper's update, as [one] shows.", "Drive.whole_step"),
        restates("[one] and [two] are these formulas."),
    ),
    conclusions=(
        claims("a step on policies is a step on log-odds", 1),
        claims("inner steps are one update of a share in (0, 1]", 2, 3),
        claims("a share of 1 is the paper's update", 5),
        claims("without KL the steps add up", 4),
    ),
)
