"""N2: any small steps rise to the least fixed point."""

from __future__ import annotations

from .claims import AllFixedPoints
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .step_claims import RiseBySteps

STATEMENT = PaperStatement(
    item="n2-small-steps",
    title="any small steps rise to the least fixed point",
    paper="(Not in the paper, which solves every update exactly.)",
    suite="Let `F(L) = Omega(L) - alpha beta (L - L_ref)` and `L*` its least zero above `L_ref`: it is the "
    "least of all fixed points. For any steps `0 <= eta_n <= 1/(alpha beta + b)`, where `-dOmega/dL <= b` "
    "between `L_ref` and the lesser of `L*` and 0, the sequence `L_n = L_{n-1} + eta_n F(L_{n-1})` from "
    "`L_ref` never falls and never exceeds `L*`; it tends to it if the sum of the steps diverges. `b = "
    "Bmax(eps)` serves every prompt, `b = 0` those with `p_ref >= 1/2`. From any other start it tends to "
    "the next fixed point the way `F` points. Without KL any steps whose sum diverges lead to 1.",
    hypotheses="`0 < p_ref < 1`, `alpha > 0`, `beta > 0` (or `beta = 0`, where it is said), `eps > 0`, "
    "mean-var contrast.",
    not_proved="That larger steps do anything else: the bound is sufficient, not sharp.",
    verdict=HOLDS,
    parts=(
        supports(
            "case",
            "`beta = 5`, `p_ref = 0.001`: any steps up to 0.048 rise to the least fixed point.",
            RiseBySteps("rises", "0.048", 5, "1e-5", "0.001"),
        ),
        supports("of-three", "There are three fixed points there.", AllFixedPoints(3, 5, "1e-5", "0.001")),
        supports(
            "no-kl",
            "`beta = 0`, `p_ref = 0.001`: any step adds 1.9999 times its size or more.",
            RiseBySteps("rises-to-one", "1.9999", 0, "1e-5", "0.001"),
        ),
    ),
    steps=(
        by(
            "The least zero exists, and no fixed point lies below it.",
            "SmallStepsMeanVar.n2_least_zero",
            "SmallStepsMeanVar.n2_least_fixed_point",
        ),
        by("Steps below the bound; [case] is one, with [of-three].", "SmallStepsMeanVar.n2_small_steps"),
        by(
            "Bounds for every prompt, and above 1/2.",
            "SmallStepsMeanVar.n2_every_prompt",
            "SmallStepsMeanVar.n2_from_half",
        ),
        by("From any start.", "SmallStepsMeanVar.n2_any_start"),
        by("Without KL; [no-kl] is a case.", "SmallStepsMeanVar.n2_without_KL"),
        restates("[case], [of-three] and [no-kl] are cases."),
    ),
    conclusions=(
        claims("steps below the bound rise to the least fixed point", 1, 2),
        claims("with a bound for every prompt", 3),
        claims("from any start to the next fixed point", 4),
        claims("without KL to 1", 5),
    ),
)
