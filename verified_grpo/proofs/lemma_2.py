"""Lemma 2: f(p_ref) > 0."""

from __future__ import annotations

import sympy as sp

from .claims import Inequality
from .framework import MISPRINT, PaperStatement, by, claims, contradicts, misprint, refutes
from .shared_parts import GAIN
from .symbols import beta, eps, p_ref

step = 1 / (1 + (1 - p_ref) / p_ref * sp.exp(-1 / (beta * sp.sqrt(p_ref * (1 - p_ref) + eps))))

STATEMENT = PaperStatement(
    item="lemma-2",
    title="the map lifts the reference",
    paper="f(p_ref) = h(p_ref) - p_ref > 0 for all beta, eps > 0. (The proof writes `f(p_ref) - p_ref` for "
    "it, and a strict inequality from exp(...) <= 1.)",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0`: `h(p_ref) > p_ref`. In the text at hand the "
    "first line is about `f(p_ref) - p_ref`, which is negative for `p_ref > 1/2`; and strictness needs "
    "`exp(...) < 1`, which holds.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="Nothing further.",
    verdict=MISPRINT,
    parts=(
        GAIN,
        refutes(
            "first-line",
            "`f(p_ref) - p_ref = h(p_ref) - 2 p_ref` is negative: `beta = 5`, `eps = 1e-5`, `p_ref` in "
            "`[0.6, 0.99]`.",
            Inequality(step - 2 * p_ref, "<", {beta: "5", eps: "1e-5", p_ref: "0.6:0.99"}),
        ),
    ),
    steps=(
        by(
            "`exp(-Omega/beta) < 1` strictly, as `Omega/beta > 0`; [gain] at `p = p_ref` is then positive.",
            "PaperMap.lemma_2",
        ),
        contradicts(
            "The printed left side `f(p_ref) - p_ref` is refuted by [first-line]; with h in the place of "
            "f the line is right.",
            Inequality(step - 2 * p_ref, ">", {beta: "5", eps: "1e-5", p_ref: "0.01:0.99"}),
        ),
    ),
    conclusions=(
        claims("f(p_ref) > 0 for all parameters", 1),
        misprint("the first line of the proof has f where h is meant", 2),
    ),
)
