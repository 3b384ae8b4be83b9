"""The abstract's claim of convergence once more, read of training that takes small steps."""

from __future__ import annotations

from .claims import AllFixedPoints
from .framework import SHARPER, PaperStatement, beyond, by, claims, restates, supports
from .step_claims import RiseBySteps

STATEMENT = PaperStatement(
    item="abstract-convergence-by-steps",
    title="the same, read of training by small steps",
    paper="The probability of success satisfies a recurrence that converges to a fixed point (read of the "
    "recurrence of small steps of natural gradient, which training takes, and not of updates solved "
    "exactly).",
    suite="In this reading it holds for every prompt: with steps of at most `1/(beta + Bmax(eps))` whose sum "
    "is infinite, `p_n` tends to a fixed point of `h`. Sharper: it rises, to the least one.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`, mean-var contrast.",
    not_proved="That a training run takes such steps: sampling, clipping and prompts that share parameters "
    "are left out.",
    verdict=SHARPER,
    parts=(
        supports(
            "where-the-other-fails",
            "`beta = 5`, `p_ref = 0.001`, where updates solved exactly are caught by a cycle: any steps up "
            "to 0.048 rise to the least fixed point.",
            RiseBySteps("rises", "0.048", 5, "1e-5", "0.001"),
        ),
        supports("of-three", "There are three fixed points there.", AllFixedPoints(3, 5, "1e-5", "0.001")),
    ),
    steps=(
        by("Small steps converge to a fixed point of `h`.", "SmallStepsMeanVar.n2_in_p"),
        by("They rise, and no fixed point lies below their limit.", "SmallStepsMeanVar.n2_in_p"),
        restates("[where-the-other-fails] and [of-three] are a case."),
    ),
    conclusions=(
        claims("the recurrence of small steps converges to a fixed point", 1),
        beyond("it rises, to the least one", 2),
    ),
)
