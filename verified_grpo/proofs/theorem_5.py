"""Assumption 1 and Theorem 5: approximate policies."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import LOOSE, PaperStatement, against, amended, beyond, by, refutes, supports
from .symbols import minus

d1, d2, d3 = sp.symbols("d1 d2 d3", real=True)
a, d = sp.symbols("a d", positive=True)  # mass of each of two successes, size of a move
half = sp.Rational(1, 2)
distance = sp.Mul(half, sp.Add(d, d, evaluate=False), evaluate=False)  # TV of two moves of size d

STATEMENT = PaperStatement(
    item="theorem-5",
    title="the probability of success of approximate policies",
    paper="If `TV(pi~_n, pi_n) <= TV(pi~_{n-1}, pi_{n-1}) + delta_n`, `pi~_0 = pi_0`, sum `delta_i = "
    "delta*`, and `p_n` tends to `p*`, then lim `|p~_n - p*| <= 2 delta*`.",
    suite="limsup `|p~_n - p*| <= delta*`: the factor 2 is not needed, since an event's probability moves "
    "by at most the total variation distance, and the constant 1 cannot be improved. The limit need "
    "not exist: there is a sequence under Assumption 1 with `|p~_n - p_n|` alternating between 0 and "
    "`delta*`.",
    hypotheses="Assumption 1; `p_n` converges to `p*`.",
    not_proved="That gradient descent satisfies Assumption 1, or that `p_n` converges (it does not always: "
    "figure-5).",
    verdict=LOOSE,
    parts=(
        supports(
            "event",
            "With differences of mass `d1`, `d2` on successes and `d3`, `d4 = -(d1+d2+d3)` on failures: "
            "`d1 + d2 = (d1 + d2 - d3 - d4)/2`, so `|d1 + d2| <= (|d1| + |d2| + |d3| + |d4|)/2 = TV`.",
            Identity(sp.Mul(half, minus(d1 + d2, minus(d3, d1 + d2 + d3)), evaluate=False), d1 + d2),
        ),
        supports(
            "sharp",
            "Moving mass `d` from one failure to one success changes the success by `d` at `TV (d + d)/2 = "
            "d`.",
            Identity(distance, minus(2 * a + d, 2 * a)),
        ),
        refutes(
            "no-limit",
            "Moving mass `d` between two successes has the same `TV = (d + d)/2`, and changes the success "
            "by `(a + d) + (a - d) - 2a = 0 = TV - d`.",
            Identity(minus(sp.Add(a + d, a - d, evaluate=False), 2 * a), minus(distance, d)),
        ),
    ),
    steps=(
        by(
            "[event] is half the sum of absolute values by the triangle inequality, for any number of "
            "outcomes alike: `|p~_n - p_n| <= TV(pi~_n, pi_n)`, without the factor 2.",
            "Errors.event_moves_by_total_variation",
        ),
        by(
            "By induction `TV(pi~_n, pi_n)` is at most `delta_1` + ... + `delta_n <= delta*`; with `p_n "
            "-> p*` the limsup follows.",
            "Errors.theorem_5",
        ),
        by(
            "Sharp: let `pi_ref` have two equally likely successes and a failure, so that `pi_n` has "
            "masses a, a, `1 - 2a` with `a = p_n/2` (theorem-1). If `p_n` converges to `p*`, which is in "
            "`(0, 1)`, some `d > 0` is below all these masses. With `delta_1 = d` and no further errors, "
            "[sharp] at every `n` gives `|p~_n - p_n| = d = delta*`.",
            "Elementary.theorem_5_sharp",
        ),
        by(
            "No limit: for the same policies let `pi~_n` take the move of [sharp] for odd `n` and that of "
            "[no-limit] for even `n`. `TV` is `d` throughout, so `delta_1 = d` and all others are 0; the "
            "distance alternates between `d` and 0.",
            "Elementary.theorem_5_in_turn",
        ),
        by("So `|p~_n - p*|` tends to two points in turn and has no limit.", "Formulas.two_points_no_limit"),
    ),
    conclusions=(
        amended("the limsup is at most delta*, half of the bound", 1, 2),
        against("the limit need not exist", 4, 5),
        beyond("the constant cannot be improved", 3),
    ),
)
