"""Corners that random inputs do not reach: one extreme end beside an ordinary one, arrays of one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from verified_grpo.intervals import MpmathEngine, Sign, Signs, arb_arrays
from verified_grpo.intervals.array_engine import ArrayEngine
from verified_grpo.intervals.engine import dyadic_fraction

HUGE = Fraction(2) ** 300


def ends_of(engine: MpmathEngine, name: str, low: Fraction, high: Fraction) -> tuple[Fraction, bool]:
    """The lower end of a result, and whether the upper one is finite."""
    value = getattr(engine, name)(engine.interval(low, high))
    return dyadic_fraction(engine.lower_dyadic(value)), engine.is_finite(value)


def test_exp_of_an_interval_with_one_extreme_end() -> None:
    engine = MpmathEngine(53)
    low, finite = ends_of(engine, "exp", Fraction(0), HUGE)
    assert low == 1
    assert not finite
    low, finite = ends_of(engine, "exp", -HUGE, Fraction(1))
    assert low == 0
    assert finite
    upper = engine.upper(engine.exp(engine.interval(-HUGE, Fraction(1))))
    assert Fraction("2.718281828459045") < upper < Fraction("2.718281828459046")


def test_sigmoid_of_an_interval_with_one_extreme_end() -> None:
    engine = MpmathEngine(53)
    value = engine.sigmoid(engine.interval(0, HUGE))
    assert [engine.lower(value), engine.upper(value)] == [Fraction(1, 2), Fraction(1)]
    value = engine.sigmoid(engine.interval(-HUGE, 0))
    assert [engine.lower(value), engine.upper(value)] == [Fraction(0), Fraction(1, 2)]


def test_a_sole_array_interval_answers_as_a_scalar_engine_does() -> None:
    engine = ArrayEngine()
    for low, high, sign in (
        (1, 2, Sign.POSITIVE),
        (-2, -1, Sign.NEGATIVE),
        (0, 0, Sign.ZERO),
        (0, 1, Sign.UNDECIDED),
    ):
        value = engine.interval(low, high)
        assert engine.sign(value) is sign
        assert [engine.lower(value), engine.upper(value)] == [Fraction(low), Fraction(high)]
        assert dyadic_fraction(engine.lower_dyadic(value)) == low
        assert dyadic_fraction(engine.upper_dyadic(value)) == high


def test_signs_are_as_many_as_their_places() -> None:
    none = np.zeros(3, dtype=bool)
    assert len(Signs(none, none, none)) == 3


@pytest.mark.parametrize("module", [ArrayEngine()._kernel, arb_arrays], ids=["kernel", "by arb"])
def test_the_stand_in_has_the_kernel_s_manners(module: object) -> None:
    make = module.Interval  # type: ignore[attr-defined]
    hull = make([1.0, 2.0], [1.5, 3.0]) | make(0.0, 2.5)
    assert hull.lo.tolist() == [0.0, 0.0]
    assert hull.hi.tolist() == [2.5, 3.0]
    assert len(hull) == 2


def test_the_stand_in_refuses_what_is_no_number() -> None:
    with pytest.raises(TypeError, match="is a number"):
        arb_arrays.Interval(np.array([True]))
