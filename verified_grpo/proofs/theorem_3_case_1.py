"""Theorem 3 (1): fixed points exceed p_ref <= 1/2."""

from __future__ import annotations

from .claims import Identity
from .framework import FLAWED, PaperStatement, by, claims, flaw, refutes, restates, signed
from .shared_parts import GAIN, amplification
from .symbols import odds, x

STATEMENT = PaperStatement(
    item="theorem-3-case-1",
    title="amplification for p_ref at most 1/2",
    paper="Every fixed point `p*` of `h` exceeds `p_ref`, if `p_ref <= 1/2`, for all `beta > 0`. (The "
    "proof uses `f(0) = 1` with `f = h - id`.)",
    suite="For all `0 < p_ref < 1`, `beta > 0`, `eps > 0` and `p` in `[0, 1]`: `h(p) > p_ref`, so every "
    "fixed point exceeds `p_ref`, whatever side of `1/2` it is on. The printed `f(0) = 1` is false: "
    "`f(0) = h(0) < 1` (it is not needed).",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="That the sequence converges to a fixed point.",
    verdict=FLAWED,
    parts=(
        GAIN,
        amplification("box"),
        refutes(
            "printed-start",
            "`1 - h(0) = odds x/(1 + odds x) > 0` with `x = exp(-1/(beta sqrt(eps)))`: `f(0)` is less than "
            "1.",
            Identity(1 - 1 / (1 + odds * x), odds * x / (1 + odds * x)),
        ),
    ),
    steps=(
        by(
            "`Omega > 0` and `beta > 0` give `0 < x < 1`, so `h(p) > p_ref` for every `p` by [gain]; a "
            "fixed point is `h(p*) = p*`.",
            "PaperMap.lemma_2",
            "PaperFixedPoints.theorem_3",
        ),
        restates(
            "[box] is the same with a number for the margin, over a large box; the claim for all "
            "parameters is [gain]."
        ),
        signed("The false step of the printed proof: [printed-start], as `h(0) < 1`.", ">", odds, x),
    ),
    conclusions=(
        claims("every fixed point exceeds p_ref", 1),
        flaw("f(0) is less than 1", 3),
    ),
)
