"""Algorithm 1: the p it uses is a group's frequency, so its contrast is a finite group's."""

from __future__ import annotations

from verified_grpo.model import MEAN_STD, Contrast
from verified_grpo.model.contrasts import group_coefficients

from .claims import AllFixedPoints, Identity
from .framework import LOOSE, PaperStatement, against, amended, beyond, refutes, restates, supports
from .symbols import eps, p

pair = group_coefficients(Contrast("group", 2, 0))

STATEMENT = PaperStatement(
    item="algorithm-1",
    title="iterative GRPO with a group's frequency for p",
    paper="Line 8 computes the advantage by equation (3) with `p` the frequency of successes in the group "
    "of `G`; the dynamics are then analysed with `p` the probability of success of the old policy.",
    suite="In expectation a group of `G` has a contrast of its own, a polynomial of degree G-1 in `p`, not "
    "`Omega(p)`. For `G = 2` it is the constant `1/(1 + 2 eps)`, exactly half of what (3) gives at `p "
    "= 1/2`, whatever `p` is; for `G = 8` the fixed points are elsewhere and may be of another "
    "number. With expected advantages the recursion has the group's contrast in the place of `Omega`.",
    hypotheses="`eps > 0`; the other G-1 rewards are independent `Bernoulli(p)`; std with divisor `G`.",
    not_proved="How far a sampled run strays from its expectation: numerical only: runs of the algorithm, "
    "with sampled groups and gradient ascent, are compared with the recursion in the appendix, within "
    "their Monte-Carlo error.",
    verdict=LOOSE,
    parts=(
        refutes(
            "pair",
            "For `G = 2` the contrast `q c_0 + p c_1` is `(1/2)/(1/2 + eps) = 1/(1 + 2 eps)`, whatever `p`.",
            Identity((1 - p) * pair[0] + p * pair[1], 1 / (1 + 2 * eps)),
        ),
        refutes(
            "half",
            "At `p = 1/2` equation (3) gives `1/(1/2 + eps) = 2/(1 + 2 eps)`, which is twice that.",
            Identity(2 / (1 + 2 * eps), 2 * pair[1]),
        ),
        supports(
            "group-of-8",
            "`G = 8`, `beta = 5`, `eps = 1e-5`, `p_ref = 0.001`: one fixed point.",
            AllFixedPoints(1, 5, "1e-5", "0.001", contrast=Contrast("group", 8, 0)),
        ),
        supports(
            "unlimited-group",
            "The same parameters with the contrast of (3): three fixed points.",
            AllFixedPoints(3, 5, "1e-5", "0.001", contrast=MEAN_STD),
        ),
    ),
    steps=(
        restates(
            "Given one's own reward, the other G-1 rewards decide the group; a group of equal rewards has "
            "advantage 0. For `G = 2` the contrast is [pair], against [half]."
        ),
        restates("[group-of-8] and [unlimited-group] show the effect on what the iteration can tend to."),
    ),
    conclusions=(
        against("in expectation a group has a contrast of its own: for G = 2 a constant", 1),
        amended("with expected advantages the recursion has the group's contrast in the place of Omega", 1),
        beyond("the fixed points are elsewhere, and may be of another number", 2).at_these_numbers(),
    ),
)
