"""Equation (3): the stabiliser is printed outside the root."""

from __future__ import annotations

import sympy as sp

from .claims import Identity, Inequality
from .framework import MISPRINT, PaperStatement, by, claims, misprint, refutes, restates, supports
from .symbols import eps, p, variance

s = sp.Symbol("s", positive=True)

STATEMENT = PaperStatement(
    item="equation-3",
    title="the stabilised advantage as printed",
    paper="From `A = (r - mu)/sqrt(sigma^2 + eps)`: `A = (1-p)/(sqrt(p(1-p)) + eps)` for a success and "
    "`-p/(sqrt(p(1-p)) + eps)` for a failure.",
    suite="A misprint, in the text at hand: the display before it puts `eps` inside the root, as equation "
    "(4) does; (3) prints it outside. The two differ for every `eps > 0` except where `eps = 1 - 2 "
    "sqrt(p(1-p))`. The suite treats both: mean-var and mean-std.",
    hypotheses="`0 < p < 1`, `eps > 0`.",
    not_proved="Which of the two an implementation uses; most divide by `std + eps`.",
    verdict=MISPRINT,
    parts=(
        supports(
            "variance",
            "`sigma^2` of the display before (3) is `p (1-p)^2 + (1-p) (0-p)^2 = p (1-p)`.",
            Identity(p * (1 - p) ** 2 + (1 - p) * (0 - p) ** 2, p - p**2),
        ),
        refutes(
            "difference",
            "With `s` the deviation: `(s + eps)^2 - (s^2 + eps) = eps (2 s + eps - 1)`.",
            Identity((s + eps) ** 2 - (s**2 + eps), eps * (2 * s + eps - 1)),
        ),
        refutes(
            "witness",
            "At `eps = 0.01` and `p` near `0.1` the printed advantage of a success is larger by more than "
            "`0.04`.",
            Inequality(
                (1 - p) / (sp.sqrt(variance) + eps) - (1 - p) / sp.sqrt(variance + eps) - sp.Rational(1, 25),
                ">",
                {p: "0.09:0.11", eps: "0.01"},
            ),
        ),
    ),
    steps=(
        restates(
            "With mean `p` and the variance of [variance] the display before (3) has `(1-p)/sqrt(p(1-p) + "
            "eps)` for a success and `-p/sqrt(p(1-p) + eps)` for a failure."
        ),
        by(
            "The two denominators are positive; their squares differ by [difference], which vanishes only "
            "for `eps = 0` or `eps = 1 - 2 s`.",
            "Formulas.stabilisers_differ",
        ),
        restates("[witness] is a case in numbers."),
    ),
    conclusions=(
        claims("the stabilised advantage, with eps inside the root", 1),
        misprint("eps outside the root is another advantage", 2, 3),
    ),
)
