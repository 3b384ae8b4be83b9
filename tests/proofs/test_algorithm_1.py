"""Algorithm 1 for real, against the recursion: numerical evidence at fixed seeds, not proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import softmax

from verified_grpo.proofs import algorithm_1_runs as algorithm
from verified_grpo.proofs.algorithm_1_runs import EPS, REFERENCE, runs
from verified_grpo.report.document import Banner, Figure, Table
from verified_grpo.report.pages.algorithm import algorithm_page


def test_every_bound_is_kept() -> None:
    """The runs are made here, and not while tests are collected, which every worker does."""
    assert len(runs().checks) == 6
    for check in runs().checks:
        assert check.measured <= check.bound, check.text


def test_the_exact_policies_are_those_of_the_recursion() -> None:
    p = algorithm.P_REF
    for term in runs().exact:
        assert term == pytest.approx(p, abs=1e-12)
        p = algorithm.recursion(p)
    assert runs().exact[-1] == pytest.approx(runs().fixed, abs=1e-6)


def test_few_steps_do_not_maximise() -> None:
    """The run of few steps is another run, or its bounds would say nothing."""
    assert max(abs(a - b) for a, b in zip(runs().practised, runs().exact, strict=True)) > 1e-2
    assert max(runs().variation) > 1e-2


def test_a_wrong_recursion_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With twice the weight the recursion is another, and the sampled runs leave its error bars."""
    exact = algorithm.exact_policies(8)
    bars = [algorithm.SIGMAS * error for error in algorithm.monte_carlo_errors(exact)]
    gain, improve = algorithm.sampled_gain, algorithm.many_steps
    assert algorithm.deviation(algorithm.policies(gain, improve, 8, 1), exact, bars) < 1
    monkeypatch.setattr(algorithm, "BETA", 2 * algorithm.BETA)
    assert algorithm.deviation(algorithm.policies(gain, improve, 8, 1), exact, bars) > 1


def test_the_gradient_is_that_of_the_objective() -> None:
    chance = np.random.default_rng(5)
    theta, gain = np.log(REFERENCE) + chance.normal(size=6), algorithm.advantage(0.4)

    def objective(t: algorithm.Vector) -> float:
        policy = softmax(t)
        return float(policy @ (gain - algorithm.BETA * np.log(policy / REFERENCE)))

    for k in range(6):
        nudge = np.eye(6)[k] * 1e-6
        slope = (objective(theta + nudge) - objective(theta - nudge)) / 2e-6
        assert algorithm.gradient(theta, gain)[k] == pytest.approx(slope, abs=1e-8)


def test_a_small_group_has_another_contrast() -> None:
    """G = 2: the expected contrast is 1/(1 + 2 eps) whatever p is (algorithm-1), by counting."""
    for p in (0.1, 0.5, 0.9):
        success = (1 - p) * (1 - 0.5) / (0.5 + EPS)
        failure = p * (0 - 0.5) / (0.5 + EPS)
        assert success - failure == pytest.approx(1 / (1 + 2 * EPS))


def test_the_page_says_that_it_proves_nothing_and_shows_a_broken_bound() -> None:
    page = algorithm_page(runs())
    (banner,) = (block for block in page if isinstance(block, Banner))
    (figure,) = (block for block in page if isinstance(block, Figure))
    assert banner.word == "numerical only"
    assert figure.svg.startswith(b"<?xml")
    broken = replace(runs(), checks=(replace(runs().checks[0], measured=1.0),))
    (table,) = (block for block in algorithm_page(broken) if isinstance(block, Table))
    assert table.rows[0].cells[-1][0].text == "no"  # type: ignore[union-attr]
