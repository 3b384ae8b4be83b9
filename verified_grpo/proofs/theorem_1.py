"""Theorem 1: the optimal policy is the reference, tilted by the reward."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import SHARPER, PaperStatement, beyond, by, claims, supports
from .symbols import beta

w, w1, w2, m1, m2, u, u1, u2, u3, a, b, t, zeta = sp.symbols("w w1 w2 m1 m2 u u1 u2 u3 a b t zeta", real=True)
ref1, ref2, up, down = sp.symbols("ref1 ref2 up down", positive=True)

tilt = (a, a, -b)  # advantage/beta of two successes and a failure
policy = (w1, w2, 1 - w1 - w2)
optimum = (m1, m2, 1 - m1 - m2)
ratio = (u1, u2, u3)  # log(pi/pi_ref)


def objective(mass: tuple[sp.Expr, ...], log_ratio: tuple[sp.Expr, ...]) -> sp.Expr:
    """J = E[A] - beta KL(. || pi_ref)."""
    return sp.Add(*(q * (beta * t - beta * k) for q, t, k in zip(mass, tilt, log_ratio, strict=True)))


STATEMENT = PaperStatement(
    item="theorem-1",
    title="the policy of each iteration in closed form",
    paper="The maximiser of `omega+ E[1_{r=1}] - omega- E[1_{r=0}] - beta KL(pi || pi_ref)` is `pi_n = "
    "pi_ref exp((omega+ 1_{r=1} - omega- 1_{r=0})/beta)/Z`, with `Z = p_ref exp(omega+/beta) + (1 - "
    "p_ref) exp(-omega-/beta)`.",
    suite="For all `beta > 0`, all weights and every policy `pi` absolutely continuous with respect to "
    "`pi_ref`: `J(pi_n) - J(pi) = beta KL(pi || pi_n) >= 0`, with equality iff `pi = pi_n`. So `pi_n` "
    "is the only maximiser, and `J(pi_n) = beta log Z`. No derivative and no concavity is needed.",
    hypotheses="`beta > 0`; finitely many outcomes; a policy with mass outside the support of `pi_ref` has "
    "`J` equal to minus infinity.",
    not_proved="Infinite outcome spaces. That a parametric family contains `pi_n`.",
    verdict=SHARPER,
    parts=(
        supports(
            "term",
            "One outcome of mass `w`, with `u = log(pi/pi_ref)`, `t = A/beta`, `zeta = log Z`: its share "
            "of `J` plus `beta` times its share of `KL(pi || pi_n)` is `beta zeta w`.",
            Identity(w * (beta * t - beta * u) + beta * (w * (u - t + zeta)), beta * zeta * w),
        ),
        supports(
            "three-outcomes",
            "Two successes and a failure written out: `J(pi_n) - J(pi) = beta KL(pi || pi_n)`.",
            Identity(
                objective(optimum, tuple(k - zeta for k in tilt)) - objective(policy, ratio),
                beta * sp.Add(*(q * (k - s + zeta) for q, s, k in zip(policy, tilt, ratio, strict=True))),
            ),
        ),
        supports(
            "partition",
            "`Z` for the same space: the sum of `pi_ref exp(A/beta)` is `p_ref exp(omega+/beta) + (1 - "
            "p_ref) exp(-omega-/beta)`.",
            Identity(
                ref1 * up + ref2 * up + (1 - ref1 - ref2) * down,
                (ref1 + ref2) * up + (1 - (ref1 + ref2)) * down,
            ),
        ),
        supports(
            "gibbs",
            "The bound `log(1/k) >= 1 - k`, `k = pi_n/pi`, sums to 0: `w (1 - m/w) = w - m`, and both "
            "masses are 1.",
            Identity(
                w1 * (1 - m1 / w1) + w2 * (1 - m2 / w2) + (1 - w1 - w2) * (1 - optimum[2] / policy[2]), 0
            ),
        ),
    ),
    steps=(
        by(
            "`pi_n = pi_ref exp(t)/Z` gives `log(pi/pi_n) = u - t + zeta`. Summed over the outcomes, "
            "[term] is `J(pi) + beta KL(pi || pi_n) = beta log Z` for every `pi`, also for `pi = pi_n`, "
            "where `KL = 0`. [three-outcomes] is a whole space written out.",
            "Policies.objective_and_distance",
            "Policies.theorem_1",
        ),
        by(
            "`Z` is the total mass of `pi_ref exp(t)`, so `pi_n` is a policy; [partition] is its printed "
            "form.",
            "Policies.tilted_is_a_policy",
            "Policies.mass_of_a_reward",
        ),
        by(
            "`log x <= x - 1` (with equality at `x = 1` only) gives `KL >= 0` with [gibbs], and 0 only "
            "for `pi = pi_n`.",
            "Policies.KL_nonnegative",
            "Policies.theorem_1",
        ),
    ),
    conclusions=(
        claims("the maximiser and its normalisation", 1, 2, 3),
        beyond("by how much every other policy is worse", 1, 3),
    ),
)
