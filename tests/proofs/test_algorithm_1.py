"""Algorithm 1 for real: a tabular softmax policy, sampled groups, gradient ascent; against the recursion.

Numerical evidence at fixed seeds, not proof. The Monte-Carlo error of a step is that of the importance
weights ``count/(G pi_old)``, about ``|A|/beta/sqrt(G pi_old)`` in log-odds.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit, softmax

Vector = NDArray[np.float64]

REFERENCE: Vector = np.array([0.1, 0.15, 0.05, 0.3, 0.25, 0.15])
REWARD: Vector = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
P_REF = float(REFERENCE @ REWARD)
BETA, EPS = 3.0, 1e-2


def advantage(p: float) -> Vector:
    return (REWARD - p) / math.sqrt(p * (1 - p) + EPS)


def recursion(p: float) -> float:
    return float(expit(logit(P_REF) + 1 / math.sqrt(p * (1 - p) + EPS) / BETA))


def gradient(theta: Vector, gain: Vector) -> Vector:
    """Of E[gain] - beta KL(pi || pi_ref) in the logits of a softmax policy."""
    policy = softmax(theta)
    value = gain - BETA * np.log(policy / REFERENCE)
    return np.asarray(policy * (value - policy @ value))


def ascend(theta: Vector, gain: Vector, steps: int) -> Vector:
    for _ in range(steps):
        theta = theta + 0.5 * gradient(theta, gain)
    return theta


def test_the_exact_maximiser_follows_the_recursion() -> None:
    theta, p = np.log(REFERENCE), P_REF
    for _ in range(6):
        gain = advantage(float(softmax(theta) @ REWARD))

        def loss(t: Vector, gain: Vector = gain) -> float:
            return -float(softmax(t) @ (gain - BETA * np.log(softmax(t) / REFERENCE)))

        def slope(t: Vector, gain: Vector = gain) -> Vector:
            return -gradient(t, gain)

        theta = minimize(loss, theta, jac=slope, method="BFGS", options={"gtol": 1e-10}).x
        p = recursion(p)
        assert float(softmax(theta) @ REWARD) == pytest.approx(p, abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sampled_run_follows_it_within_its_monte_carlo_error(seed: int) -> None:
    chance, size = np.random.default_rng(seed), 40_000
    theta, p = np.log(REFERENCE), P_REF
    for _ in range(8):
        policy = softmax(theta)
        counts = chance.multinomial(size, policy)
        frequency = float(counts @ REWARD) / size
        gain = counts / (size * policy) * advantage(frequency)
        theta = ascend(theta, gain, 400)
        p = recursion(p)
        error = float(np.max(np.abs(advantage(p)) / BETA / np.sqrt(size * policy)))
        assert abs(float(logit(softmax(theta) @ REWARD)) - float(logit(p))) < 6 * error


def test_few_inner_steps_keep_the_bounds_of_theorem_5_and_s8() -> None:
    """An event's probability moves by at most TV; errors at every step stay within d/(1 - k)."""
    theta, exact = np.log(REFERENCE), P_REF
    errors, distances = [], []
    fixed = P_REF
    for _ in range(2000):
        fixed = recursion(fixed)
    for _ in range(60):
        old = float(softmax(theta) @ REWARD)
        gain = advantage(old)
        best = softmax(np.log(REFERENCE) + gain / BETA)
        theta = ascend(theta, gain, 12)
        policy = softmax(theta)
        variation = float(np.abs(policy - best).sum()) / 2
        assert abs(float((policy - best) @ REWARD)) <= variation + 1e-12
        exact = recursion(exact)
        errors.append(abs(float(policy @ REWARD) - recursion(old)))
        distances.append(abs(float(policy @ REWARD) - fixed))
    grid = np.linspace(0.3, 0.6, 2001)
    rate = float(np.max(np.abs(np.gradient([recursion(float(p)) for p in grid], grid))))
    assert rate < 1
    assert distances[-1] <= max(errors[20:]) / (1 - rate) + 1e-9
    assert exact == pytest.approx(fixed, abs=1e-6)


def test_a_small_group_has_another_contrast() -> None:
    """G = 2: the expected contrast is 1/(1 + 2 eps) whatever p is (algorithm-1), by counting."""
    for p in (0.1, 0.5, 0.9):
        success = (1 - p) * (1 - 0.5) / (0.5 + EPS)
        failure = p * (0 - 0.5) / (0.5 + EPS)
        assert success - failure == pytest.approx(1 / (1 + 2 * EPS))
