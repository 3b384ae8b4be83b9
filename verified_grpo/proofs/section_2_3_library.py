"""Section 2.3: which formulation a library implements."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import INSTANCES, PaperStatement, beyond, restates, supports
from .symbols import eps, p, p_ref, variance

s = sp.Symbol("s", positive=True)
reverse = sp.log(p / (1 - p)) - sp.log(p_ref / (1 - p_ref))

STATEMENT = PaperStatement(
    item="section-2-3-library",
    title="the formulation of the TRL library",
    paper="The formulation without clipping is the one currently implemented in HuggingFace's TRL library, "
    "hence the paper focuses on this version.",
    suite="A sentence about a program at one time, of which no certificate can speak. What hangs on it is "
    "certified in instances: a program that divides by the deviation plus `eps`, or whose KL term is the "
    "estimator k3 in the loss, follows another recursion than the one studied. Clipping alone makes no "
    "difference where the likelihood ratio stays within its width (equation-5).",
    hypotheses="None about the library.",
    not_proved="What TRL implements, then or now.",
    verdict=INSTANCES,
    parts=(
        supports(
            "outside",
            "With `s` the deviation: `(s + eps)^2 - (s^2 + eps) = eps (2 s + eps - 1)`: the two "
            "stabilisers differ.",
            Identity((s + eps) ** 2 - (s**2 + eps), eps * (2 * s + eps - 1)),
        ),
        supports(
            "other-pull",
            "At `p_ref = 0.3` and `p` in `[0.7, 0.9]` the pull of k3, `(p - p_ref)/(p(1-p))`, exceeds that "
            "of the paper's KL term, `logit p - logit p_ref`.",
            Inequality((p - p_ref) / variance - reverse, ">", {p: "0.7:0.9", p_ref: "0.3"}),
        ),
    ),
    steps=(restates("[outside] and [other-pull] are where such a program would differ."),),
    conclusions=(beyond("other stabilisers and KL terms are other recursions", 1).at_these_numbers(),),
)
