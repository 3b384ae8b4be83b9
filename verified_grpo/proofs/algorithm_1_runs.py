"""Algorithm 1 for real: a tabular softmax policy, sampled groups, gradient ascent; against the recursion.

Numerical evidence at fixed seeds, not proof. Six outcomes, three of them rewarded. Each iteration maximises
the unclipped objective ``E_pi[gain] - beta KL(pi || pi_ref)``: exactly (to the solver's tolerance), by
gradient ascent until it has converged, or by a few steps as in practice; with expected advantages, or with
those of a sampled group.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit, softmax

from verified_grpo.proofs.experiment import Check, Runs

Vector = NDArray[np.float64]

REFERENCE: Vector = np.array([0.1, 0.15, 0.05, 0.3, 0.25, 0.15])
REWARD: Vector = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
P_REF = float(REFERENCE @ REWARD)
BETA, EPS = 3.0, 1e-2
GROUP, SEEDS = 40_000, (1, 2, 3)
ITERATIONS, LONG = 8, 60
CONVERGED, FEW = 400, 2
TOLERANCE = 1e-6
"""What the solver is trusted to in p."""

SIGMAS = 6
SETTLED = 6
"""The iteration from which on all runs of few steps stay in the contracting interval."""

NOISE = 1e-9
INTERVAL = (0.3, 0.6)


def advantage(p: float) -> Vector:
    return (REWARD - p) / math.sqrt(p * (1 - p) + EPS)


def recursion(p: float) -> float:
    """h, in floating point."""
    return float(expit(logit(P_REF) + 1 / math.sqrt(p * (1 - p) + EPS) / BETA))


def success(theta: Vector) -> float:
    return float(softmax(theta) @ REWARD)


def gradient(theta: Vector, gain: Vector) -> Vector:
    """Of E[gain] - beta KL(pi || pi_ref) in the logits of a softmax policy."""
    policy = softmax(theta)
    value = gain - BETA * np.log(policy / REFERENCE)
    return np.asarray(policy * (value - policy @ value))


def ascend(theta: Vector, gain: Vector, steps: int) -> Vector:
    for _ in range(steps):
        theta = theta + 0.5 * gradient(theta, gain)
    return theta


def many_steps(theta: Vector, gain: Vector) -> Vector:
    return ascend(theta, gain, CONVERGED)


def few_steps(theta: Vector, gain: Vector) -> Vector:
    return ascend(theta, gain, FEW)


def maximised(theta: Vector, gain: Vector) -> Vector:
    """The maximiser of the objective, to the solver's tolerance."""

    def loss(t: Vector) -> float:
        return -float(softmax(t) @ (gain - BETA * np.log(softmax(t) / REFERENCE)))

    def slope(t: Vector) -> Vector:
        return -gradient(t, gain)

    return np.asarray(minimize(loss, theta, jac=slope, method="BFGS", options={"gtol": 1e-10}).x)


def expected_gain(theta: Vector, _: np.random.Generator) -> Vector:
    return advantage(success(theta))


def sampled_gain(theta: Vector, chance: np.random.Generator) -> Vector:
    """Advantages of a group, with its frequency of success, weighted by how often each outcome was drawn."""
    policy = softmax(theta)
    counts = chance.multinomial(GROUP, policy)
    return np.asarray(counts / (GROUP * policy) * advantage(float(counts @ REWARD) / GROUP))


Gain = Callable[[Vector, np.random.Generator], Vector]
Improve = Callable[[Vector, Vector], Vector]


def policies(gain_of: Gain, improve: Improve, iterations: int, seed: int = 0) -> list[Vector]:
    """The logits of the policies, the reference's first."""
    chance, found = np.random.default_rng(seed), [np.log(REFERENCE)]
    for _ in range(iterations):
        found.append(improve(found[-1], gain_of(found[-1], chance)))
    return found


def exact_policies(iterations: int) -> list[Vector]:
    """The policies of Theorem 1, in closed form along the recursion."""
    p, found = P_REF, [np.log(REFERENCE)]
    for _ in range(iterations):
        found.append(np.log(REFERENCE) + advantage(p) / BETA)
        p = success(found[-1])
    return found


def distance(a: Vector, b: Vector) -> float:
    """Total variation between two softmax policies."""
    return float(np.abs(softmax(a) - softmax(b)).sum()) / 2


def monte_carlo_errors(exact: list[Vector]) -> list[float]:
    """The standard error of the log-odds after each iteration: that of the step, and what is left of earlier
    ones.

    To first order a step moves the log-odds by the gain's mean over the new policy given success, less that
    given failure; the weights ``count/(G pi)`` have variance at most ``1/(G pi)`` and correlate negatively.
    """
    found = [0.0]
    for old, new in pairwise(exact):
        p = success(old)
        given = softmax(new) * (REWARD / success(new) + (1 - REWARD) / (1 - success(new)))
        step = float(np.sqrt(np.sum((given * advantage(p) / BETA) ** 2 / (GROUP * softmax(old)))))
        found.append(math.hypot(step, multiplier(p) * found[-1]))
    return found


def multiplier(p: float) -> float:
    """T' at log-odds of p."""
    v = p * (1 - p)
    return v * (2 * p - 1) / (2 * BETA * (v + EPS) * math.sqrt(v + EPS))


@lru_cache(maxsize=1)
def steepest_slope() -> float:
    """The largest |h'| on the contracting interval, on a grid."""
    grid = np.linspace(*INTERVAL, 2001)
    return float(np.max(np.abs(np.gradient([recursion(float(p)) for p in grid], grid))))


@lru_cache(maxsize=1)
def runs() -> Runs:
    """All runs, and what was checked of them."""
    exact = exact_policies(LONG)
    practised = policies(expected_gain, few_steps, LONG)
    noisy = [policies(sampled_gain, few_steps, LONG, seed) for seed in SEEDS]
    sampled = [policies(sampled_gain, many_steps, ITERATIONS, seed) for seed in SEEDS]
    solved = policies(expected_gain, maximised, ITERATIONS)
    bars = [SIGMAS * error for error in monte_carlo_errors(exact[: ITERATIONS + 1])]
    fixed = success(exact_policies(2000)[-1])
    return Runs(
        exact=curve(exact),
        solved=curve(solved),
        sampled=tuple(map(curve, sampled)),
        practised=curve(practised),
        noisy=tuple(map(curve, noisy)),
        bars=tuple(bars),
        variation=variations(practised, exact),
        fixed=fixed,
        settled=SETTLED,
        bound=error_bound(noisy[0]),
        checks=(
            *against_the_recursion(exact, solved, sampled, bars),
            *of_theorem_5(exact, [practised, *noisy]),
            *of_s8(fixed, practised, noisy),
        ),
    )


def curve(thetas: list[Vector]) -> tuple[float, ...]:
    return tuple(map(success, thetas))


def variations(run: list[Vector], exact: list[Vector]) -> tuple[float, ...]:
    return tuple(distance(a, b) for a, b in zip(run, exact, strict=True))


def against_the_recursion(
    exact: list[Vector], solved: list[Vector], sampled: list[list[Vector]], bars: list[float]
) -> tuple[Check, ...]:
    """The maximiser matches to the solver's tolerance, sampled groups to their standard error."""
    pairs = zip(solved, exact[: len(solved)], strict=True)
    return (
        Check(
            "exact maximiser: largest distance from the recursion in p",
            max(gap(a, b) for a, b in pairs),
            TOLERANCE,
        ),
        Check(
            f"sampled groups: largest distance from the recursion, in shares of {SIGMAS} standard errors",
            max(deviation(run, exact, bars) for run in sampled),
            1.0,
        ),
    )


def of_theorem_5(exact: list[Vector], practised: list[list[Vector]]) -> tuple[Check, ...]:
    """The probability of success differs by at most the total variation from the exact policy."""
    pairs = [pair for run in practised for pair in zip(run, exact, strict=True) if distance(*pair) > NOISE]
    text = "few steps: largest distance from the recursion in p, in shares of the TV (Theorem 5)"
    return (Check(text, max(gap(a, b) / distance(a, b) for a, b in pairs), 1.0 + NOISE),)


def of_s8(fixed: float, practised: list[Vector], noisy: list[list[Vector]]) -> tuple[Check, ...]:
    """``|p_n - p*| <= k^(n-m) |p_m - p*| + d/(1-k)`` from iteration m on."""
    rate = steepest_slope()
    found = [Check("largest slope of h on [0.3, 0.6], on a grid: the rate k of S8", rate, 1.0)]
    for name, group in (("expected advantages", [practised]), ("sampled groups", noisy)):
        shares = []
        for run in group:
            far = [abs(success(theta) - fixed) for theta in run[SETTLED:]]
            shares.append(max((x - rate**n * far[0]) / error_bound(run) for n, x in enumerate(far)))
        text = f"few steps, {name}: largest distance from the fixed point, in shares of S8's bound"
        found.append(Check(text, max(shares), 1.0))
    return tuple(found)


def error_bound(run: list[Vector]) -> float:
    """d/(1-k) with d the largest error of a step from iteration ``SETTLED`` on."""
    errors = [abs(success(b) - recursion(success(a))) for a, b in pairwise(run[SETTLED:])]
    return max(errors) / (1 - steepest_slope())


def gap(a: Vector, b: Vector) -> float:
    return abs(success(a) - success(b))


def deviation(run: list[Vector], exact: list[Vector], bars: list[float]) -> float:
    """The largest difference in log-odds from the exact terms, as a share of the bars."""
    pairs = zip(run[1:], exact[1 : len(run)], bars[1:], strict=True)
    return max(abs(float(logit(success(a)) - logit(success(b)))) / bar for a, b, bar in pairs)
