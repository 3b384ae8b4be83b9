"""S6: chaos in the sense of Li and Yorke, cycles of period 3, and positive topological entropy."""

from __future__ import annotations

from .claims import Identity
from .dynamics_claims import AllCycles, ChaoticArea, EntropyAtLeast, LiYorkeAt, PointOfPeriodThree
from .framework import HOLDS, PaperStatement, assuming, by, claims, restates, supports
from .symbols import odds, x

FIRST = ("17/25", "1e-5", "1/1000")
SECOND = ("1.7128", "1e-3", "1/10000")
WINDOW = {"beta": "0.25:5", "p_ref": "1e-4:0.0015", "columns": 60, "rows": 40}

STATEMENT = PaperStatement(
    item="s6-chaos",
    title="chaos of the recursion at small weights",
    paper="(Not in the paper, whose Figure 5 calls sequences that do not converge divergent.)",
    suite="At `p_ref = 1/1000`, `beta = 17/25`, `eps = 1e-5` the point `p = 0.9492` has `h^3(p) >= p > "
    "h(p) > h^2(p)`, and the topological entropy of `h` is at least `0.693147`. At `p_ref = 1/10000`, `eps "
    "= 1/1000`, `beta = 1.7128` there are exactly two cycles of period 3, and the entropy is at least "
    "`0.5`. At `eps = 1e-3`, `1e-4`, `1e-5` a witness exists for all parameters of whole cells of (beta, "
    "p_ref). So the recursion has cycles of every period there; with Li and Yorke's theorem, which is "
    "cited and not proved here, also an uncountable scrambled set.",
    hypotheses="`alpha = 1`, mean-var contrast, the parameters as stated.",
    not_proved="That the sequence from `p_ref` itself is chaotic, or that more than a set of measure zero "
    "of starts is: Lyapunov exponents of orbits (near 0.4 for some weights) are numerical only. Anything "
    "outside the cells. Li and Yorke's theorem.",
    verdict=HOLDS,
    parts=(
        supports(
            "map",
            "With `x = exp(-Omega/beta)` and `odds = (1-p_ref)/p_ref`: `h/(1 - h) = 1/(odds x)`, so the "
            "log-odds of `h` are `T = L_ref + Omega/beta`.",
            Identity((1 / (1 + odds * x)) / (1 - 1 / (1 + odds * x)), 1 / (odds * x)),
        ),
        supports("first", "`p = 0.9492`: four points in order.", LiYorkeAt("0.9492", "falls", *FIRST)),
        supports(
            "shift",
            "The first case: two intervals that each cover both, a full shift on two symbols.",
            EntropyAtLeast("0.693147", 1, *FIRST),
        ),
        supports("threes", "The second case: two cycles of period 3.", AllCycles(3, 2, *SECOND)),
        supports(
            "second", "The second case: a point of period 3 below `1/2`.", PointOfPeriodThree(-1, *SECOND)
        ),
        supports("horseshoe", "The second case: entropy by a covering.", EntropyAtLeast("0.5", 8, *SECOND)),
        supports(
            "cells-1e-3",
            "`eps = 1e-3`: cells with a witness each; the whole window has an area below 8.2.",
            ChaoticArea("2.5", "1e-3", **WINDOW),  # type: ignore[arg-type]
        ),
        supports(
            "cells-1e-4",
            "`eps = 1e-4`: cells with a witness each.",
            ChaoticArea("3.5", "1e-4", **WINDOW),  # type: ignore[arg-type]
        ),
        supports(
            "cells-1e-5",
            "`eps = 1e-5`: cells with a witness each.",
            ChaoticArea("3.75", "1e-5", **WINDOW),  # type: ignore[arg-type]
        ),
    ),
    steps=(
        by(
            "By [map] what is proved of `T` on log-odds holds of `h` on probabilities: the logistic "
            "function keeps order and turns one into the other.",
            "PaperFixedPoints.h_iterates",
        ),
        by(
            "[first] is the hypothesis of the theorem that there are cycles of every period, and so is a "
            "point of period 3 ([second]; [threes] lists both cycles of period 3).",
            "Periods.li_yorke_downward",
            "Periods.period_three",
        ),
        assuming("The same hypothesis gives an uncountable scrambled set.", "A11"),
        restates(
            "[shift] and [horseshoe]: intervals that the map, or its eighth power, carries over one "
            "another; the checker's lemma gives the entropy."
        ),
        restates("[cells-1e-3 to cells-1e-5]: on each cell one point is a witness for all its parameters."),
    ),
    conclusions=(
        claims("witnesses, cycles of every period, and entropy", 1, 2, 4).at_these_numbers(),
        claims("a scrambled set", 3),
        claims("whole cells of parameters", 5).at_these_numbers(),
    ),
)
