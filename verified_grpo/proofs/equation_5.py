"""Equation (5): without clipping, importance weights cancel."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

o1, o2, o3, o4, n1, n2, n3, n4, a, b, m = sp.symbols("o1 o2 o3 o4 n1 n2 n3 n4 a b m", positive=True)
old, new, advantage = (o1, o2, o3, o4), (n1, n2, n3, n4), (a, a, -b, -b)


def weighted(o: sp.Symbol, n: sp.Symbol, value: sp.Expr) -> sp.Expr:
    """``old * (new/old) * A``, kept as it is written."""
    return sp.Mul(o, sp.Mul(n, 1 / o, evaluate=False), value, evaluate=False)


STATEMENT = PaperStatement(
    item="equation-5",
    title="the objective without clipping, under the new policy",
    paper="With the clip width to infinity the objective is `omega+ E_old[ratio 1_{r=1}] - omega- "
    "E_old[ratio 1_{r=0}] - beta KL`, equivalently `omega+ E_new[1_{r=1}] - omega- E_new[1_{r=0}] - "
    "beta KL`.",
    suite="On every finite outcome space: the two are equal for every policy that gives no mass to "
    "outcomes the old policy never produces; otherwise they differ by the advantage times that mass. The "
    "clip does nothing once its width is at least `|ratio - 1|` for every outcome.",
    hypotheses="new policy absolutely continuous with respect to the old one (true of softmax policies).",
    not_proved="Equality of gradients after an estimate from samples.",
    verdict=HOLDS,
    parts=(
        supports(
            "cancelled",
            "Two successes and two failures: sum old `(new/old) A = omega+ (n1 + n2) - omega- (n3 + n4)`.",
            Identity(
                sp.Add(
                    *(weighted(o, n, v) for o, n, v in zip(old, new, advantage, strict=True)), evaluate=False
                ),
                a * (n1 + n2) - b * (n3 + n4),
            ),
        ),
        supports(
            "missing-mass",
            "Where the old policy never produces a success of new mass `m`, the two objectives differ by "
            "`omega+ m`.",
            Identity(a * (n1 + n2 + m) - b * (n3 + n4) - (a * (n1 + n2) - b * (n3 + n4)), a * m),
        ),
    ),
    steps=(
        by(
            "Each outcome's term is `o (n/o) A = n A` where `o > 0`, so the sum over any finite number of "
            "outcomes behaves as the four of [cancelled].",
            "Policies.importance_weights_cancel",
        ),
        restates(
            "[missing-mass] shows that the hypothesis cannot be dropped: A is positive for a success when "
            "`p < 1`."
        ),
        by(
            "Clipping: for `|x - 1| <= width`, `clip(x) = x`, so `f(x, A) = x A` (section-2-1-clipped-form).",
            "Formulas.clipped_form",
        ),
    ),
    conclusions=(
        claims("without clipping both objectives are equal", 1),
        claims("a wide enough clip does nothing", 3),
    ),
)
