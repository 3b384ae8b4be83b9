"""K1: what a budget of KL can buy, however it is trained."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import HOLDS, PaperStatement, by, claims, restates, supports

a, b, c, p, q, s = sp.symbols("a b c p q s", positive=True)
binary = p * sp.log(p / q) + (1 - p) * sp.log((1 - p) / (1 - q))
half = sp.Rational(1, 2)

STATEMENT = PaperStatement(
    item="k1-budget",
    title="KL as a budget",
    paper="(Not in the paper.)",
    suite="For any two policies on a finite set of outcomes with probabilities of success `p` and `p_ref`, "
    "`KL(pi, pi_ref) >= kl(p, p_ref)`, the binary KL; the rest is `p` times the KL of the successes among "
    "themselves and `1-p` times that of the failures, and it is 0 exactly if both are the reference's. `kl` "
    "rises with `p` above `p_ref`: within `K` nats `p` is at most the point above `p_ref` where `kl` is `K`. "
    "From `p_ref = 0.01` half a nat buys between 0.2217 and 0.2218.",
    hypotheses="Finitely many outcomes, a policy that is 0 where the reference is; `0 < p < 1` and `0 < "
    "p_ref < 1` for the rest of the sum. Whole answers of one prompt, whatever the training.",
    not_proved="Anything of a logged mean over tokens, which is another number.",
    verdict=HOLDS,
    parts=(
        supports(
            "chain",
            "With `a = log(p/q)` and `b`, `c` the logarithms of the ratios of two successes, of shares `s` "
            "and `1-s` of `p`: their terms are `p a` and `p` times the KL among themselves.",
            Identity(p * s * (a + b) + p * (1 - s) * (a + c), p * a + p * (s * b + (1 - s) * c)),
        ),
        supports(
            "buys",
            "`kl(0.2217, 0.01) < 1/2`.",
            Inequality(half - binary, ">", {p: "0.2217", q: "0.01"}),
        ),
        supports(
            "no-more",
            "`kl(0.2218, 0.01) > 1/2`.",
            Inequality(binary - half, ">", {p: "0.2218", q: "0.01"}),
        ),
    ),
    steps=(
        by("The bound.", "KLBudget.k1_bound"),
        by("The rest, as in [chain], and when it is 0.", "KLBudget.k1_chain", "KLBudget.k1_equality"),
        by("The budget.", "KLBudget.kl_rises", "KLBudget.k1_budget"),
        restates("[buys] and [no-more] bound the point for half a nat; [chain] is a step of the proof."),
    ),
    conclusions=(
        claims("no policy has less KL than its p asks for", 1),
        claims("what the rest is", 2),
        claims("the most that a budget buys", 3),
        claims("half a nat from 0.01", 4).at_these_numbers(),
    ),
)
