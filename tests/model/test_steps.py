"""One update of small steps is the recursion with other numbers: against policies moved for real."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker.limit_builder import step
from tests.checker.truth import mp, omega
from verified_grpo.errors import InputError
from verified_grpo.model import Parameters
from verified_grpo.model.steps import StepParameters, Update

POINT = StepParameters.of(beta="2", eps="1e-2", p_ref="0.1", alpha="0.7")
VARIANTS = ({"contrast": "mean-var"}, {"contrast": "group", "group_size": 4, "ddof": 1})


def one(x: Any) -> tuple[Fraction, Fraction]:
    return Fraction(x), Fraction(x)


def moved(variant: Any, reference: list[Any], point: StepParameters, eta: Any, mu: int, start: Any) -> Any:
    """The log-odds after mu natural-gradient steps, at frozen advantages, on
    E[A] - beta (alpha KL(pi, ref) + (1-alpha) KL(pi, old)): outcomes 0 and 1 are the successes."""
    alpha, beta, eps = (
        mp.mpf(x.numerator) / x.denominator for x in (point.alpha[0], point.beta[0], point.eps[0])
    )
    successes = 2
    weight = [start if i < successes else mp.mpf(1) for i in range(len(reference))]
    old = [w * r for w, r in zip(weight, reference, strict=True)]
    old = [x / sum(old) for x in old]
    p = sum(old[:successes])
    contrast = omega(variant, mp.log(p / (1 - p)), eps)
    advantage = [(1 - p) * contrast if i < successes else -p * contrast for i in range(len(old))]
    here = old
    for _ in range(mu):
        gradient = [
            a - beta * (alpha * mp.log(x / r) + (1 - alpha) * mp.log(x / o))
            for a, x, r, o in zip(advantage, here, reference, old, strict=True)
        ]
        here = [x * mp.exp(eta * g) for x, g in zip(here, gradient, strict=True)]
        here = [x / sum(here) for x in here]
    p = sum(here[:successes])
    return mp.log(p / (1 - p))


@pytest.mark.parametrize("seed", range(6))
def test_steps_of_a_policy_are_the_recursion(seed: int) -> None:
    """N1, with a mirror share, and without KL."""
    source = random.Random(seed)
    for beta in (Fraction(source.randrange(1, 30), 10), Fraction(0)):
        eta, mu = Fraction(source.randrange(1, 33), 100), source.randrange(1, 5)
        numbers = [mp.mpf(source.randrange(1, 100)) for _ in range(5)]
        reference = [x / sum(numbers) for x in numbers]
        hits = Fraction(int(numbers[0] + numbers[1]), int(sum(numbers)))
        box = StepParameters(one(Fraction(source.randrange(11), 10)), one(beta), one("1/50"), one(hits))
        variant = VARIANTS[seed % 2]
        start = mp.mpf(source.randrange(1, 40)) / 10
        p = start * mp.mpf(hits.numerator) / hits.denominator
        p = p / (p + 1 - mp.mpf(hits.numerator) / hits.denominator)
        ends = Update(one(eta), mu).recursion(box)
        numbers_of = {name: f"{low.numerator}/{low.denominator}" for name, (low, _) in ends}
        expected = step(variant, numbers_of, mp.log(p / (1 - p)))
        real = moved(variant, reference, box, mp.mpf(eta.numerator) / eta.denominator, mu, start)
        assert abs(real - expected) < mp.mpf(10) ** -50


def test_one_whole_step_is_the_paper_s_update() -> None:
    assert Update(one("1/2"), 1).recursion(POINT) == POINT.maximised
    assert Update(one("1/2"), 3).recursion(POINT) == POINT.maximised


def test_without_kl_the_weight_is_the_step() -> None:
    free = StepParameters.of(beta=0, eps="1e-2", p_ref="0.1")
    assert Update(one("1/10"), 5).recursion(free) == Parameters.of(beta=2, eps="1e-2", p_ref="0.1", alpha=0)


shares = st.fractions(0, 1, max_denominator=50)


@given(st.lists(st.tuples(shares, shares), min_size=3, max_size=3), st.integers(1, 6), shares, shares, shares)
def test_ranges_hold_every_choice(ends: list[Any], mu: int, x: Fraction, y: Fraction, z: Fraction) -> None:
    """Also ranges of beta from 0."""
    alpha, beta, eta = ((min(pair), max(pair)) for pair in ends)
    eta = eta[0] + Fraction(1, 50), eta[1] + Fraction(1, 50)
    beta = beta[0] / 2, beta[1] / 2
    box = StepParameters(alpha, beta, one("1/50"), one("1/10"))
    outer = Update(eta, mu).recursion(box)
    a, b, e = (
        low + share * (high - low) for share, (low, high) in zip((x, y, z), (alpha, beta, eta), strict=True)
    )
    inner = Update(one(e), mu).recursion(StepParameters(one(a), one(b), one("1/50"), one("1/10")))
    for (_, outside), (_, inside) in zip(outer, inner, strict=True):
        assert outside[0] <= inside[0] <= inside[1] <= outside[1]


def test_corners_of_the_ranges_are_met() -> None:
    """Outward, and no farther than the corners."""
    box = StepParameters.of(beta="0.5:1", eps="1e-2", p_ref="0.1", alpha="0.5:1")
    outer = Update.of("0.1:0.2", 3).recursion(box)
    corners = [
        Update(one(eta), 3).recursion(StepParameters(one(alpha), one(beta), box.eps, box.p_ref))
        for eta, alpha, beta in product(("1/10", "1/5"), ("1/2", "1"), ("1/2", "1"))
    ]
    for name, (low, high) in outer:
        met = [getattr(corner, name)[0] for corner in corners]
        assert (min(met), max(met)) == (low, high)


@pytest.mark.parametrize(
    ("step_size", "inner_steps", "says"),
    [
        ("0", 1, "step size must be greater than 0"),
        ("-1", 1, "step size must be greater than 0"),
        ("x", 1, "step size: .*not a number"),
        ("0.1", 0, "inner steps must be from 1 to 100, not 0"),
        ("0.1", 101, "inner steps must be from 1 to 100, not 101"),
        ("0.51", 1, "beyond one whole step"),
    ],
)
def test_bad_steps(step_size: str, inner_steps: int, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Update.of(step_size, inner_steps).recursion(POINT)


def test_the_exact_iteration_needs_a_weight() -> None:
    with pytest.raises(InputError, match="beta must be greater than 0: without KL"):
        StepParameters.of(beta="0:1", eps="1e-2", p_ref="0.1").maximised  # noqa: B018
    with pytest.raises(InputError, match="beta must not be less than 0"):
        StepParameters.of(beta="-1", eps="1e-2", p_ref="0.1")
