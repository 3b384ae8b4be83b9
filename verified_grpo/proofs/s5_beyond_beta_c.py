"""S5: beyond beta_c, one fixed point below 1/2, its flip, and attracting 2-cycles."""

from __future__ import annotations

import sympy as sp

from .claims import AllFixedPoints, Identity, LimitOf
from .dynamics_claims import AllCycles
from .framework import HOLDS, PaperStatement, by, claims, restates, signed, supports
from .symbols import beta, minus, r

d, l, v, w = sp.symbols("d l v w", positive=True)  # noqa: E741 -- 1 - 2p > 0, -L_ref, p(1-p), sqrt(1 + 4 eps)
EPS, P_REF = "1e-5", "0.001"

STATEMENT = PaperStatement(
    item="s5-beyond-beta-c",
    title="one fixed point below one half, its flip, 2-cycles",
    paper="(Not in the paper, which has local convergence only; its Figure 5 has such a "
    "sequence as divergent.)",
    suite="For `p_ref < 1/2` and `beta > beta_c = 2/(sqrt(1 + 4 eps) log((1-p_ref)/p_ref))` there is "
    "exactly one fixed point with `p* < 1/2`, and it lies above `p_ref`. Its multiplier is negative, and "
    "is `-1` exactly where `beta = B(p*)`. There are attracting 2-cycles, and one beside an attracting "
    "fixed point near 1 that the sequence from `p_ref` misses: amplification holds, convergence fails.",
    hypotheses="`0 < p_ref < 1/2`, `beta > beta_c`, `eps > 0`, `alpha = 1`, mean-var contrast.",
    not_proved="That a 2-cycle is born at each flip, or that none exists elsewhere; which sequences from "
    "other starts tend to which cycle.",
    verdict=HOLDS,
    parts=(
        supports(
            "below-half",
            "With `l = log((1-p_ref)/p_ref) = -L_ref` and `w = sqrt(1 + 4 eps)`: the gap at `L = 0` is `l "
            "- 2/(beta w) = l (beta - 2/(w l))/beta`, positive iff `beta > beta_c`.",
            Identity(l - 2 / (beta * w), l * (beta - 2 / (w * l)) / beta),
        ),
        supports(
            "contrast-at-half",
            "With `w = sqrt(1 + 4 eps)`: `(w/2)^2 - eps = 1/4`, so `Omega(1/2) = 2/w`.",
            Identity(minus((w / 2) ** 2, (w**2 - 1) / 4), sp.Rational(1, 4)),
        ),
        supports(
            "gap-rises",
            "With `b = -d v/(2 r^3) < 0` for `p < 1/2` (`d = 1 - 2p`, `v = p(1-p)`, `r = sqrt(v + eps)`): "
            "`g' = 1 - b/beta = (2 beta r^3 + d v)/(2 beta r^3) > 0`.",
            Identity(1 + d * v / (2 * r**3) / beta, (2 * beta * r**3 + d * v) / (2 * beta * r**3)),
        ),
        supports(
            "flip",
            "`1 + T' = 1 - d v/(2 r^3 beta) = (beta - B)/beta` with `B = d v/(2 r^3)`.",
            Identity(1 - d * v / (2 * r**3 * beta), (beta - d * v / (2 * r**3)) / beta),
        ),
        supports(
            "cycle",
            "`beta = 5`, `p_ref = 0.001`: the sequence is caught by a 2-cycle.",
            LimitOf("cycle", 5, EPS, P_REF),
        ),
        supports(
            "cycle-alone",
            "`beta = 5`: it is the only cycle of period 2.",
            AllCycles(2, 1, 5, EPS, P_REF),
        ),
        supports(
            "cycle-beside",
            "`beta = 3`, `p_ref = 0.001`: the sequence is caught by a 2-cycle.",
            LimitOf("cycle", 3, EPS, P_REF),
        ),
        supports(
            "fixed-points-beside",
            "`beta = 3`: three fixed points, two of them above `1/2`, the last attracting.",
            AllFixedPoints(3, 3, EPS, P_REF),
        ),
        supports(
            "before-the-flip",
            "`beta = 6`: no cycle of period 2; the fixed point below `1/2` attracts.",
            AllCycles(2, 0, 6, EPS, P_REF),
        ),
        supports(
            "settles",
            "`beta = 6`, `p_ref = 0.001`: the sequence tends to a fixed point.",
            LimitOf("fixed-point", 6, EPS, P_REF),
        ),
    ),
    steps=(
        signed(
            "For `beta > beta_c` the gap at `L = 0` is positive by [below-half].",
            ">",
            beta,
            l,
            beta - 2 / (w * l),
        ),
        restates("There `Omega` is `2/w` by [contrast-at-half]."),
        signed("Below `p = 1/2` the gap rises by [gap-rises].", ">", beta, d, r, v),
        by(
            "The gap `g(L) = L - L_ref - Omega/beta` is negative at `L_ref` and positive at `L = 0`, and "
            "rises in between: it has exactly one zero there.",
            "Formulas.s5_one_below_half",
        ),
        by("A fixed point is never below `p_ref`.", "PaperFixedPoints.theorem_3"),
        by(
            "Its multiplier `b/beta` is negative, and `-1` iff `beta = B(p*)` by [flip].",
            "Slope.slope_sign",
            "PaperFixedPoints.B_of_slope",
        ),
        restates(
            "At `p_ref = 0.001`, `eps = 1e-5` the fixed point below `1/2` repels at `beta = 5` and the "
            "sequence tends to a 2-cycle ([cycle], [cycle-alone]); at `beta = 6` it attracts "
            "([before-the-flip], [settles])."
        ),
        restates(
            "[cycle-beside] and [fixed-points-beside]: a 2-cycle beside an attracting fixed point that "
            "the sequence misses."
        ),
    ),
    conclusions=(
        claims("one fixed point between p_ref and 1/2", 1, 2, 3, 4, 5),
        claims("its flip", 6),
        claims("2-cycles, and one beside an attracting fixed point", 7, 8).at_these_numbers(),
    ),
)
