"""The abstract: the recurrence converges to a fixed point."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .framework import FAILS, PaperStatement, against, beyond, by, refutes, restates, supports

STATEMENT = PaperStatement(
    item="abstract-convergence",
    title="a recurrence that converges to a fixed point",
    paper="The probability of success satisfies a recurrence that converges to a fixed point (version 4: "
    "determined by the reference's probability of success and the regularization strength).",
    suite="Not for the exact iteration in general: at `beta = 5`, `eps = 1e-5`, `p_ref = 0.001` the "
    "sequence from `p_ref` is caught by a cycle of two points and converges to nothing. It does converge "
    "if `p_ref >= 1/2`, if `beta <= 2/(sqrt(1 + 4 eps) log((1-p_ref)/p_ref))`, and if `beta >= Bmax(eps)`. "
    "Small steps of natural gradient, which are another recurrence, do converge: with steps of at most "
    "`1/(beta + Bmax(eps))` whose sum is infinite, `p_n` rises to the least fixed point, for every prompt.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, `alpha = 1`, mean-var contrast.",
    not_proved="Where else the sequence converges. That a training run takes such steps.",
    verdict=FAILS,
    parts=(
        refutes(
            "cycle",
            "`beta = 5`, `p_ref = 0.001`: a cycle of exactly two points catches the sequence.",
            LimitOf("cycle", 5, "1e-5", "0.001"),
        ),
        refutes(
            "fixed-points",
            "The same parameters: all three fixed points; none of them is a point of the cycle.",
            AllFixedPoints(3, 5, "1e-5", "0.001"),
        ),
        supports(
            "converges",
            "`beta = 1`, `p_ref = 0.3`: it converges.",
            LimitOf("fixed-point", 1, "1e-5", "0.3"),
        ),
    ),
    steps=(
        restates("[cycle] and [fixed-points]: the sequence tends in turn to two different points."),
        by(
            "A sequence that tends to two different points in turn has no limit.",
            "Formulas.two_points_no_limit",
        ),
        by(
            "Where it does converge; [converges] is a case.",
            "PaperFixedPoints.s4_rises_in_p",
            "PaperFixedPoints.s4_converges_in_p",
            "PaperFixedPoints.attraction_in_p",
        ),
        by(
            "Small steps `L_n = L_{n-1} + eta_n (Omega(L_{n-1}) - beta (L_{n-1} - L_ref))` rise to the "
            "least fixed point.",
            "SmallStepsMeanVar.n2_in_p",
        ),
    ),
    conclusions=(
        against("there are parameters at which the exact iteration has no limit", 1, 2).at_these_numbers(),
        beyond("conditions under which it converges", 3),
        beyond("small steps converge, for every prompt", 4),
    ),
)
