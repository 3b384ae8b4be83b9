"""Orbits: enclosures hold the orbit at 60 digits, over boxes too, and digits are lost where it stretches."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.errors import InputError, NotEnoughPrecision
from verified_grpo.intervals import make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters, Workbench
from verified_grpo.model.step import Step, shortened_up
from verified_grpo.rigor.sequences.orbits import Enclosure, enclosure_of, orbit

mp = mpmath.MPContext()
mp.dps = 60
ENGINES = ("mpmath", "arb")
CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 4, 1))
CHAOTIC = Parameters.of(beta="1.7128", eps="1e-3", p_ref="1/10000")


def real(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def plain_orbit(contrast: Contrast, point: Parameters, p_0: Fraction, steps: int) -> list[Any]:
    """The recursion (R) straight from the definition of the contrast."""
    alpha, beta, eps, p_ref = (real(side[0]) for _, side in point)

    def omega(p: Any) -> Any:
        if contrast == MEAN_VAR:
            return 1 / mp.sqrt(p * (1 - p) + eps)
        if contrast == MEAN_STD:
            return 1 / (mp.sqrt(p * (1 - p)) + eps)
        if contrast == MEAN:
            return mp.mpf(1)
        size, total = contrast.group_size, mp.mpf(0)
        for k in range(size):

            def advantage(reward: int, ones: int) -> Any:
                if ones in (0, size):
                    return mp.mpf(0)
                variance = mp.mpf(ones * (size - ones)) / (size * (size - contrast.ddof))
                return (reward - mp.mpf(ones) / size) / (mp.sqrt(variance) + eps)

            weight = mp.binomial(size - 1, k) * p**k * (1 - p) ** (size - 1 - k)
            total += weight * (advantage(1, k + 1) - advantage(0, k))
        return total

    anchor, x = mp.log(p_ref / (1 - p_ref)), mp.log(real(p_0) / (1 - real(p_0)))
    path = [x]
    for _ in range(steps):
        x = (1 - alpha) * x + alpha * anchor + omega(1 / (1 + mp.exp(-x))) / beta
        path.append(x)
    return path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
@examples(12)
@given(data=st.data())
def test_every_step_is_enclosed(engine: str, contrast: Contrast, data: st.DataObject) -> None:
    draw = data.draw
    alpha = Fraction(draw(st.integers(0, 8)), 8)
    beta, eps = Fraction(draw(st.integers(20, 400)), 40), Fraction(draw(st.integers(1, 100)), 1000)
    p_ref, p_0 = (Fraction(draw(st.integers(1, 199)), 200) for _ in range(2))
    point = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    found = orbit(contrast, point, 12, start=p_0, engine=engine)
    truth = plain_orbit(contrast, point, p_0, 12)
    if max(map(abs, truth)) > 60:
        return  # 1 - p is lost in 60 digits
    slack = mp.mpf(10) ** -25
    for here, x in zip(found.enclosures, truth, strict=True):
        assert real(here.low) - slack <= x <= real(here.high) + slack
    assert found.enclosures[-1].digits >= 15


@pytest.mark.parametrize("engine", ENGINES)
def test_a_box_holds_the_orbits_of_its_points(engine: str) -> None:
    box = Parameters.of(beta="4:4.5", eps="1e-3:2e-3", p_ref="0.3:0.35", alpha="0.6:0.7")
    wide = orbit(MEAN_VAR, box, 6, engine=engine)
    for beta, eps, p_ref, alpha in (
        ("4", "1e-3", "0.3", "0.6"),
        ("4.5", "2e-3", "0.35", "0.7"),
        ("4.3", "1.5e-3", "0.31", "0.61"),
    ):
        point = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
        thin = orbit(MEAN_VAR, point, 6, engine=engine)
        for outer, inner in zip(wide.enclosures, thin.enclosures, strict=True):
            assert outer.low <= inner.low
            assert inner.high <= outer.high


def test_chaos_costs_digits_and_precision_buys_them() -> None:
    short, long = (orbit(MEAN_VAR, CHAOTIC, steps) for steps in (20, 300))
    assert short.bits < long.bits
    assert long.enclosures[-1].digits >= 15
    losses = [
        a.digits - b.digits for a, b in zip(long.enclosures[5::50], long.enclosures[55::50], strict=False)
    ]
    assert min(losses) > 0
    both = zip(short.enclosures, long.enclosures, strict=False)
    assert all(a.low <= b.high and b.low <= a.high for a, b in both)


def test_a_wide_box_ends_early_instead_of_lying() -> None:
    box = Parameters.of(beta="0.5:0.9", eps="1e-5", p_ref="0.001:0.01")
    found = orbit(MEAN_VAR, box, 200)
    assert len(found.enclosures) < 201
    assert found.enclosures[-1].digits < 0


@given(st.fractions(min_value=Fraction(1, 10**30), max_value=10**30))
def test_short_numbers_round_up(x: Fraction) -> None:
    short = shortened_up(x)
    assert x <= short <= x * (1 + Fraction(1, 2**60))
    assert short.numerator.bit_length() <= 65 or short.denominator == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_the_step_rises_and_is_steep_where_the_model_says(engine: str) -> None:
    with make_engine(engine, 100) as arithmetic:
        step = Step(Workbench(arithmetic, MEAN_VAR), Parameters.of(beta=5, eps="1e-5", p_ref="0.3"))
        assert step.rises_over(Fraction(0), Fraction(30))
        assert not step.rises_over(Fraction(-2), Fraction(-1))
        steepest = step.steepest_over(Fraction(10), Fraction(12))
        assert Fraction(1217, 100) < steepest < Fraction(1218, 100)  # Bmax(1e-5)/5 = 12.171...


@pytest.mark.parametrize("bad", ["0", "1", "-1/2", "7"])
def test_a_start_outside_the_unit_interval_is_refused(bad: str) -> None:
    with pytest.raises(InputError, match="p_0 must lie strictly between 0 and 1"):
        orbit(MEAN_VAR, CHAOTIC, 3, start=Fraction(bad))


def test_too_many_steps_are_refused() -> None:
    with pytest.raises(InputError, match="steps must be from 0 to 100000"):
        orbit(MEAN_VAR, CHAOTIC, 100_001)


def test_an_enclosure_without_radius_knows_all_digits() -> None:
    assert Enclosure(Fraction(1, 2), Fraction(0)).digits > 10_000
    assert Enclosure(Fraction(1, 2), Fraction(1, 1000)).digits == 2


def test_ends_too_far_apart_to_be_written_out_are_not_written_out() -> None:
    """A shift by 2^40 bits would fill the memory."""
    with make_engine("mpmath", 64) as engine:
        tiny = engine.exp(engine.exact(-(2**40)))
        with pytest.raises(NotEnoughPrecision):
            enclosure_of(engine, engine.hull(tiny, engine.exact(1)))
