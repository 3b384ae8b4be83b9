"""N10: small steps with the estimator k3 in the loss."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

p, q = sp.symbols("p q", positive=True)
odds = p / (1 - p)

STATEMENT = PaperStatement(
    item="n10-k3-steps",
    title="small steps with the estimator k3 in the loss",
    paper="(Not in the paper, which takes the other KL.)",
    suite="With k3 the drive is `F(L) = Omega(L) - beta ((1-p_ref)(1 + e^L) - p_ref (1 + e^-L))`, in `p` the "
    "pull `(p - p_ref)/(p (1-p))`. It has a least zero `L*` above `L_ref`. For any steps up to `1/(b + beta "
    "max(1, (1-p_ref) e^L* + p_ref e^-L*))`, `-dOmega/dL <= b` between `L_ref` and the lesser of `L*` and 0, "
    "the sequence `L_n = L_{n-1} + eta_n F(L_{n-1})` from `L_ref` never falls and never exceeds `L*`; it "
    "tends to it if the sum of the steps diverges.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, mean-var contrast.",
    not_proved="A closed form for several steps at frozen advantages: that of n1-share does not hold here.",
    verdict=HOLDS,
    parts=(
        supports(
            "pull",
            "With `e^L = p/(1-p)` and `q = p_ref`: `(1-q)(1 + e^L) - q (1 + e^-L) = (p - q)/(p (1-p))`.",
            Identity((1 - q) * (1 + odds) - q * (1 + 1 / odds), (p - q) / (p * (1 - p))),
        ),
    ),
    steps=(
        by("The pull in `p`, [pull].", "SmallStepsK3.pull_k3_in_p"),
        by("The least zero exists.", "SmallStepsK3.n10_least_zero"),
        by("Steps below the bound.", "SmallStepsK3.n10_small_steps"),
        restates("[pull] is the formula."),
    ),
    conclusions=(
        claims("the pull", 1),
        claims("steps below the bound rise to the least zero", 2, 3),
    ),
)
