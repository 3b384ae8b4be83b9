"""Figure 3: where the condition of Theorem 3 (2) fails."""

from __future__ import annotations

import sympy as sp

from verified_grpo.certificates.curves import CONDITION

from .claims import Identity, Inequality
from .derivations import Derivative, Rewriting
from .framework import (
    FAILS,
    PaperStatement,
    Part,
    against,
    beyond,
    by,
    claims,
    contradicts,
    refutes,
    restates,
    supports,
)
from .lens import ENDS as LENS
from .lens import TURN, slabs
from .shared_parts import MAXIMUM, POSITIVE_FACTOR, SLOPE_IN_S
from .symbols import beta, bmax, eps, p_ref
from .theorem_3_case_2 import condition, reference_variance

c, q, t, y = sp.symbols("c q t y", positive=True)
centre = 1 / (2 * sp.sqrt(sp.Rational(1, 4) + eps))
right = reference_variance * (2 * p_ref - 1) / (2 * (reference_variance + eps) ** sp.Rational(3, 2))
right_in_q = q * (1 - q) / (2 * (q * (1 - q) + eps) ** sp.Rational(3, 2))

condition_in_q = beta * sp.cosh(centre / beta) ** 2 - (1 - 2 * q) * right_in_q
turning = centre / beta


def paving() -> list[Part]:
    """Up to four numbers a slab: the condition holds at the outer two and fails at the inner two."""
    parts = []
    for number, slab in enumerate(slabs(), 1):
        where = f"`1 - p_ref` from {slab.low} to {slab.high}"
        for side, relation, at in slab.claims():
            word = "fails" if relation == "<" else "holds"
            claim = Inequality(CONDITION, relation, {beta: at, eps: "1e-5", q: f"{slab.low}:{slab.high}"})
            parts.append(
                supports(f"{side}-{number}", f"At `beta = {at}`, {where}: the condition {word}.", claim)
            )
    for side, ends in (("nearly-one", f"0:{LENS[0]:g}"), ("lower", f"{LENS[1]:g}:0.5")):
        claim = Inequality(CONDITION, ">", {beta: ":".join(TURN), eps: "1e-5", q: ends})
        text = f"For `beta` in {' to '.join(TURN)} and `1 - p_ref` in {ends.replace(':', ' to ')} it holds."
        parts.append(supports(side, text, claim))
    return parts


PAVING = paving()
RUN = f"[{PAVING[0].name} to {PAVING[-1].name}]"


STATEMENT = PaperStatement(
    item="figure-3",
    title="the condition on beta of Theorem 3 (2)",
    paper="The caption, as printed: Condition for probability amplification on `beta` is mostly satisified "
    "only for high `p` and small `beta` (Blue area). The text: the condition on `beta` is rather mild, and "
    "it implies that for high `p_ref`, `beta` needs to be selected not too small.",
    suite="At `eps = 1e-5` the set of `(beta, p_ref)`, `p_ref >= 1/2`, where the condition fails is "
    "bounded on all four sides: it lies in `0.29 < beta < 60.856`, `0.95 < p_ref < 1 - 1.4e-7`, and "
    "contains `[0.5, 20] x [0.9999, 0.99999]`. For small `beta` the condition holds for every `p_ref`: "
    "`beta` small enough always satisfies it. So the caption's words are false as they stand: the "
    "condition is satisfied for low `p_ref` and large `beta`, and fails only for high `p_ref` and middling "
    "`beta`.",
    hypotheses="`eps = 1e-5`, `beta > 0`, `1/2 <= p_ref < 1`.",
    not_proved="The exact boundary of the set; nothing hangs on it, since amplification needs no condition.",
    verdict=FAILS,
    parts=(
        refutes(
            "caption",
            "On `beta` in `[1, 100]` and `p_ref` in `[0.5, 0.9]`, neither high nor small, the condition "
            "holds.",
            Inequality(condition, ">", {beta: "1:100", eps: "1e-5", p_ref: "0.5:0.9"}),
        ),
        refutes(
            "small-beta",
            "At `beta = 0.29`, `beta cosh^2(centre/beta)` exceeds `Bmax(eps)`, `centre = 1/(2 sqrt(1/4 + "
            "eps))`.",
            Inequality(beta * sp.cosh(centre / beta) ** 2 - bmax, ">", {beta: "0.29", eps: "1e-5"}),
        ),
        refutes(
            "smaller-beta",
            "At `t = 1/0.29`: `2 c t tanh(c t) > 1`, the sign of the derivative of `cosh^2(c t)/t` in `t = "
            "1/beta`.",
            Inequality(2 * centre * t * sp.tanh(centre * t) - 1, ">", {t: "100/29", eps: "1e-5"}),
        ),
        refutes(
            "witness",
            "`beta` in `[0.01, 0.29]`, `p_ref = 0.9999`: the condition holds with `beta` as small as one "
            "likes.",
            Inequality(condition, ">", {beta: "0.01:0.29", eps: "1e-5", p_ref: "0.9999"}),
        ),
        supports(
            "inside",
            "On `beta` in `[0.5, 20]` and `p_ref` in `[0.9999, 0.99999]` the condition fails.",
            Inequality(condition, "<", {beta: "0.5:20", eps: "1e-5", p_ref: "0.9999:0.99999"}),
        ),
        SLOPE_IN_S,
        MAXIMUM,
        POSITIVE_FACTOR,
        supports(
            "bound", "`Bmax(1e-5) < 60.856`.", Inequality(bmax - sp.Rational(60856, 1000), "<", {eps: "1e-5"})
        ),
        supports(
            "least-left",
            "`cosh^2(y) > 2.23 y` on `[0.4, 2.5]`.",
            Inequality(sp.cosh(y) ** 2 - sp.Rational(223, 100) * y, ">", {y: "0.4:2.5"}),
        ),
        supports(
            "least-left-ends",
            "`1 + y^2 - 2.23 y` at `y = 5/2 + t` is `67/40 + 2.77 t + t^2`; and `2.23` times `0.4` is "
            "below 1.",
            Identity(
                1 + (sp.Rational(5, 2) + t) ** 2 - sp.Rational(223, 100) * (sp.Rational(5, 2) + t),
                sp.Rational(67, 40) + sp.Rational(277, 100) * t + t**2,
            ),
        ),
        supports(
            "low-p",
            "For `p_ref` in `[1/2, 0.95]` the right side is below `2.23 c`.",
            Inequality(sp.Rational(223, 100) * centre - right, ">", {eps: "1e-5", p_ref: "0.5:0.95"}),
        ),
        supports(
            "high-p",
            "For `q = 1 - p_ref` in `[0, 1.4e-7]` the right side, with `2 p_ref - 1 <= 1`, is below `2.23 "
            "c`.",
            Inequality(sp.Rational(223, 100) * centre - right_in_q, ">", {eps: "1e-5", q: "0:1.4e-7"}),
        ),
        supports(
            "rising",
            "`2 y tanh(y) < 1` at `y = c/beta` with `beta = 1.2987`.",
            Inequality(2 * turning * sp.tanh(turning) - 1, "<", {beta: TURN[1], eps: "1e-5"}),
        ),
        supports(
            "still-falling",
            "`2 y tanh(y) > 1` at `y = c/beta` with `beta = 1.28`.",
            Inequality(2 * turning * sp.tanh(turning) - 1, ">", {beta: TURN[0], eps: "1e-5"}),
        ),
        *PAVING,
    ),
    steps=(
        contradicts(
            "The caption: outside high `p` and small `beta` the condition would not be satisfied, and "
            "there it is: [caption].",
            Inequality(condition, "<=", {beta: "1:100", eps: "1e-5", p_ref: "0.5:0.9"}),
        ),
        by(
            "The right side of the condition is `B(p_ref)`, at most `Bmax(eps)` for every `p_ref` by "
            "[slope-in-s], [maximum] and [positive-factor].",
            "PaperFixedPoints.B_bound",
        ),
        by(
            "Small `beta`: by [smaller-beta] the left side falls for all `beta` up to 0.29, where it exceeds "
            "`Bmax` by [small-beta]. So the condition holds for all `0 < beta <= 0.29` and all `p_ref`; "
            "[witness] is a strip of it.",
            "Figures.left_side_falls_then_rises",
        ),
        by(
            "Large `beta`: `cosh >= 1`, so the left side is `beta` at least, and the condition holds for "
            "`beta >= 60.856` by [bound].",
            "Figures.left_side_at_least_beta",
        ),
        by(
            "`p_ref` near `1/2` and near 1: with `y = c/beta` the left side is `c cosh^2(y)/y`, which is "
            "above `2.23 c` for every `y > 0` by [least-left] and [least-left-ends] (`cosh^2(y) >= 1 + "
            "y^2` beyond `2.5`, and `>= 1` below `0.4`); the right side is smaller by [low-p] and [high-p].",
            "Figures.least_left_side",
        ),
        restates(
            "[inside] shows that the set is not empty.",
        ),
        by(
            "The paving: in `beta` the left side falls up to one point and rises after it, since its "
            "derivative has the sign of `1 - 2 y tanh(y)`, `y = c/beta`, which rises in `beta`; the point "
            "lies between 1.28 and 1.2987 by [still-falling] and [rising]. So for a `p_ref` the condition "
            "holds for all `beta` up to one below 1.28 at which it holds, and for all from one above "
            "1.2987 on, and it fails between two at which it fails; where it holds on all of that range "
            f"of `beta`, it holds for every `beta`. Slab by slab in `1 - p_ref`: {RUN}.",
            "Figures.left_side_falls_then_rises",
            "Figures.left_side_between",
        ),
    ),
    conclusions=(
        against("the caption's words: it is satisfied for low p and large beta", 1),
        against("the smallest beta always satisfy the condition, so none is too small", 2, 3),
        claims("the condition is mild: it fails in a bounded set only", 2, 3, 4, 5),
        beyond("the set is not empty, and is enclosed", 6, 7),
    ),
    derivations=(
        Derivative(
            "the derivative of cosh^2(c t)/t in t",
            sp.cosh(c * t) ** 2 / t,
            t,
            sp.cosh(c * t) ** 2 / t**2 * (2 * c * t * sp.tanh(c * t) - 1),
            {c: ("1/2", "1"), t: ("1/10", "5")},
        ),
        Derivative(
            "the derivative of beta cosh^2(c/beta) in beta",
            beta * sp.cosh(c / beta) ** 2,
            beta,
            sp.cosh(c / beta) ** 2 * (1 - 2 * c / beta * sp.tanh(c / beta)),
            {c: ("1/2", "1"), beta: ("1/2", "5")},
        ),
        Rewriting(
            "the condition with p_ref = 1 - q",
            condition.subs(p_ref, 1 - q),
            condition_in_q,
            {beta: ("1/2", "10"), eps: ("1/1000", "1"), q: ("1/100", "1/2")},
        ),
    ),
)
