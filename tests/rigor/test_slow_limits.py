"""Orbits beside a flip: the slow ones are decided, those too slow are given up at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.limit_builders import limit_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.intervals import Sign, make_engine
from verified_grpo.model import MEAN_VAR, Parameters, Point, Workbench
from verified_grpo.model.step import Step
from verified_grpo.rigor.points.guesses import approx_omega, approx_profile
from verified_grpo.rigor.sequences.approx_orbits import ApproxStep
from verified_grpo.rigor.sequences.limits import ENTRY_LIMIT, TOO_SLOW, limit
from verified_grpo.rigor.sequences.monotone import _Slopes
from verified_grpo.rigor.sequences.outcomes import ConvergesToCycle, UndecidedLimit


def beside_the_flip(successes: int) -> Parameters:
    """The multiplier passes -1 between 1267 and 1268 successes."""
    return Parameters.of(beta=5, eps="1e-5", p_ref=Fraction(successes, 1_000_001), alpha=1)


@pytest.mark.parametrize("engine", ["arb", pytest.param("mpmath", marks=pytest.mark.soak)])
@pytest.mark.parametrize(("successes", "period"), [(1264, 2), (1274, 1)])
def test_thousands_of_steps_are_followed(successes: int, period: int, engine: str) -> None:
    found = limit(MEAN_VAR, beside_the_flip(successes), digits=12, engine=engine)
    assert isinstance(found, ConvergesToCycle)
    assert found.period == period
    assert 2000 < found.step < ENTRY_LIMIT
    assert check_bytes(canonical_bytes(limit_certificate(found)), "arb").outcome is Outcome.ACCEPTED


def test_a_hopeless_orbit_is_not_followed_at_four_precisions(monkeypatch: pytest.MonkeyPatch) -> None:
    followed = []
    monkeypatch.setattr(
        "verified_grpo.rigor.sequences.traps.Trap.holding", lambda _trap, here: followed.append(here)
    )
    for successes in (1267, 1268):
        found = limit(MEAN_VAR, beside_the_flip(successes), digits=12)
        assert isinstance(found, UndecidedLimit)
        assert found.reason == TOO_SLOW
        assert found.bits == 112
    assert not followed


def test_floats_tell_whether_an_orbit_enters() -> None:
    approx = ApproxStep(MEAN_VAR, Point(*map(Fraction, ("1", "5", "1e-5", "1/2"))), 0.0)
    there = Fraction(approx.settle(0.0)[0])  # type: ignore[index]
    wide, far = (there - Fraction(1, 100), there + Fraction(1, 100)), (there - 2, there - 1)
    steps = approx.entry(0.0, wide, 1000)
    assert steps is not None
    assert steps > 0
    assert approx.entry(0.0, wide, steps - 1) is None
    assert approx.entry(0.0, far, 1000) is None
    assert approx.entry(0.0, (there - 1, there - 1), 0) == 0  # too narrow for floats to tell


def test_a_point_where_the_map_falls_spares_only_intervals_that_hold_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with make_engine("arb", 96) as engine:
        step = Step(Workbench(engine, MEAN_VAR), beside_the_flip(120))  # in chaos
        slopes, low, high = _Slopes(step), Fraction(-9), Fraction(-1)
        assert not slopes.falls_within(low, high)
        assert slopes.rising_cells(low, high) is None
        (point,) = slopes.falling
        assert engine.sign(step.multiplier_over(point, point)) is Sign.NEGATIVE
        assert slopes.falls_within(low, high)
        assert slopes.falls_within(point, point)
        assert not slopes.falls_within(low - 9, point - 1)
        assert not slopes.falls_within(point + 1, high + 9)
        rising = slopes.rising_cells(Fraction(1), Fraction(2))  # above 0 an even contrast's map rises
        assert rising == 1
    asked: list[object] = []
    monkeypatch.setattr(Step, "rises_over", lambda _step, *cell: asked.append(cell))
    assert isinstance(limit(MEAN_VAR, beside_the_flip(120), digits=12), UndecidedLimit)
    assert 0 < len(asked) < 65 * 3  # every step asked before


def test_an_orbit_of_guesses_needs_no_slope_and_has_the_same_bits() -> None:
    approx, profile = (
        ApproxStep(MEAN_VAR, beside_the_flip(120).midpoint, -9.0),
        approx_profile(MEAN_VAR, 1e-5),
    )
    omega, x = approx_omega(MEAN_VAR, 1e-5), -9.0
    for _ in range(200):
        assert omega(x) == profile(x)[0]
        x = -9.0 + profile(x)[0] * 0.2
    assert approx.after(200, -9.0) == x
