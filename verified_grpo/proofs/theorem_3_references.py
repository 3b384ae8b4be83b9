"""The proof of Theorem 3: lemmas cited by the wrong number, and a letter."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import MISPRINT, PaperStatement, claims, filled, misprint, refutes, restates, signed, supports
from .lemma_4 import probability
from .symbols import p, p_ref, r

x, q = sp.symbols("x q", positive=True)
z = sp.Symbol("z", real=True)
logistic = x**2 / (1 + x**2)

STATEMENT = PaperStatement(
    item="theorem-3-references",
    title="which lemmas the proof of Theorem 3 uses",
    paper="The proof of Theorem 3 uses Lemma 2, its part (1) and its part (2), for the derivative of the "
    "logistic function, and Lemma 3 (2) for `cosh^2(a/2)`; it notes that `a(p_ref) > 0` and `beta(p) > 0`.",
    suite="Misprints, in the text at hand: Lemma 2 has no parts and says `h(p_ref) > p_ref`; meant are "
    "Lemma 3 (1), Lemma 3 (2), and Lemma 4 for `cosh^2(a/2) = 1/(4 p_ref (1-p_ref))`; and `b(p) > 0`, the "
    "contrast, stands there as `beta(p) > 0`. The formulas used are right.",
    hypotheses="`0 < p_ref < 1`, `0 <= p <= 1`, `eps > 0`.",
    not_proved="The rest of that proof; theorem-3-case-2 has another, without the condition.",
    verdict=MISPRINT,
    parts=(
        supports(
            "logistic",
            "What is used first is Lemma 3 (1): `sigma (1 - sigma) = 1/(4 cosh^2)`, with `x = exp(z/2)`.",
            Identity(logistic * (1 - logistic), 1 / (4 * ((x + 1 / x) / 2) ** 2)),
        ),
        refutes(
            "lemma-4",
            "What is used last is Lemma 4: with `r = sqrt(p_ref/(1-p_ref))`, `cosh^2(a/2) = 1/(4 p_ref "
            "(1-p_ref))`; no part of Lemma 3 has `p_ref` in it.",
            Identity(((r + 1 / r) / 2) ** 2, 1 / (4 * probability * (1 - probability))),
        ),
        supports(
            "contrast",
            "With `q` the root of `p(1-p) + eps`: `b(p)`, the sum of both weights, is `1/q`.",
            Identity(p / q + (1 - p) / q, 1 / q),
        ),
    ),
    steps=(
        filled("The derivative of the logistic function, for all real `z`: [logistic].", {x: sp.exp(z / 2)}),
        filled("The hyperbolic cosine of half the log-odds: [lemma-4].", {r: sp.sqrt(p_ref / (1 - p_ref))}),
        signed("`b(p) > 0` by [contrast].", ">", q),
        restates(
            "These are Lemma 3 (1), [logistic], and Lemma 4, [lemma-4], not those of the numbers in print."
        ),
    ),
    conclusions=(
        claims("the formulas that the proof uses", 1, 2, 3),
        misprint("the numbers of the lemmas, and a letter", 4),
    ),
)
