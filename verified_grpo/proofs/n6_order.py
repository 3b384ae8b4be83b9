"""N6: small steps keep the order of the prompts, the exact iteration does not."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .framework import HOLDS, PaperStatement, by, claims, restates, supports
from .step_claims import RiseBySteps

STATEMENT = PaperStatement(
    item="n6-order",
    title="with small steps harder prompts stay behind easier ones",
    paper="(Not in the paper, which solves every update exactly.)",
    suite="The limit of small steps, the least fixed point, rises strictly with `p_ref`, and does not fall "
    "as the weight `alpha beta` or `eps` falls; at every step, too, if the steps are small enough for both "
    "prompts. The exact iteration keeps no such order: at `beta = 1`, `eps = 1e-5` prompts with `p_ref` "
    "0.001 and 0.01 end near 1, and the easier one with 0.02 at its least fixed point, below 1/5.",
    hypotheses="`0 < p_ref < 1`, `alpha > 0`, `beta > 0`, `eps > 0`, mean-var contrast.",
    not_proved="Anything of prompts that share parameters.",
    verdict=HOLDS,
    parts=(
        *(
            supports(
                f"steps-{name}",
                f"`p_ref = {p_ref}`, `beta = 1`: any steps up to {step} rise to the least fixed point.",
                RiseBySteps("rises", step, 1, "1e-5", p_ref),
            )
            for name, p_ref, step in (
                ("hard", "0.001", "0.0598"),
                ("middle", "0.01", "0.1"),
                ("easy", "0.02", "0.1"),
            )
        ),
        supports(
            "exact-hard",
            "The exact iteration from 0.001 ends at a fixed point near 1.",
            LimitOf("fixed-point", 1, "1e-5", "0.001"),
        ),
        supports(
            "exact-middle",
            "From 0.01, too.",
            LimitOf("fixed-point", 1, "1e-5", "0.01"),
        ),
        supports(
            "exact-easy",
            "From 0.02 it ends at the least fixed point.",
            LimitOf("fixed-point", 1, "1e-5", "0.02"),
        ),
        supports("listed", "The fixed points of the easiest.", AllFixedPoints(3, 1, "1e-5", "0.02")),
    ),
    steps=(
        by(
            "The greater drive has the greater least zero.",
            "SmallStepsMeanVar.n6_order",
            "SmallStepsMeanVar.n6_strict_order",
        ),
        by("At every step.", "SmallStepsMeanVar.n6_order_of_steps"),
        restates("[steps-hard], [steps-middle] and [steps-easy]: three limits in order."),
        restates(
            "[exact-hard], [exact-middle] and [exact-easy] with [listed]: the exact iteration's are not."
        ),
    ),
    conclusions=(
        claims("the limit of small steps rises with p_ref", 1),
        claims("so does every term", 2),
        claims("the exact iteration's limit does not", 4).at_these_numbers(),
    ),
)
