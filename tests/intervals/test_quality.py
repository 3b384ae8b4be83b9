"""How good enclosures are: exact where they can be, thin, relatively accurate, at home with any size of
number."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.intervals import ENGINES, ArbEngine, Engine, Sign, make_engine

E = Engine[Any]

BITS = [24, 53, 80, 113, 200]
FUNCTIONS = ["neg", "sqrt", "exp", "log", "sigmoid"]
OPERATIONS = ["add", "sub", "mul", "div"]

engines = st.builds(make_engine, st.sampled_from(ENGINES), st.sampled_from(BITS))
rationals = st.one_of(
    st.fractions(-50, 50, max_denominator=10**6),
    st.integers(-20, 20).map(Fraction),
    st.builds(lambda k, j: 1 + Fraction(k, 2**j), st.integers(-9, 9), st.integers(5, 60)),
    st.builds(lambda k, j: Fraction(k, 2**j), st.integers(-9, 9), st.integers(5, 90)),
)
ranges = st.tuples(rationals, rationals).map(lambda ends: (min(ends), max(ends)))


def encloses(engine: E, value: Any, x: Fraction) -> bool:
    return not engine.is_finite(value) or engine.lower(value) <= x <= engine.upper(value)


def overlap(engine: E, a: Any, b: Any) -> bool:
    if not engine.is_finite(a) or not engine.is_finite(b):
        return True
    return engine.lower(a) <= engine.upper(b) and engine.lower(b) <= engine.upper(a)


@given(engines, st.integers(-(2**20), 2**20), st.integers(-30, 30))
def test_a_short_dyadic_is_held_exactly(engine: E, m: int, e: int) -> None:
    x = Fraction(m) * Fraction(2) ** e
    with engine:
        value = engine.exact(x)
        assert engine.lower(value) == x == engine.upper(value)
        assert engine.sign(value) is (Sign.POSITIVE if m > 0 else Sign.NEGATIVE if m < 0 else Sign.ZERO)


def test_an_engine_says_what_it_is(engine_name: str) -> None:
    engine = make_engine(engine_name, 71)
    assert (engine.name, engine.bits) == (engine_name, 71)


def test_an_even_power_of_a_wide_interval_is_known_and_hardly_negative(engine: E) -> None:
    """Arb's own power of the ball 0 +/- 1 is NaN, and a product of an interval with itself reaches below
    zero."""
    with engine:
        for n in (2, 4, 6):
            value = engine.power(engine.interval(-1, 1), n)
            assert engine.is_finite(value)
            assert Fraction(-1, 1000) < engine.lower(value) <= 0
            assert 1 <= engine.upper(value) < Fraction(1001, 1000)


def test_the_zeroth_power_is_one(engine: E) -> None:
    with engine:
        for a in (engine.exact(0), engine.interval(-1, 1), engine.exact(5)):
            one = engine.power(a, 0)
            assert engine.lower(one) == 1 == engine.upper(one)


@given(st.sampled_from(BITS), rationals)
def test_the_two_engines_overlap(bits: int, x: Fraction) -> None:
    first: E = make_engine("mpmath", bits)
    second: E = make_engine("arb", bits)
    for function in FUNCTIONS:
        a = getattr(first, function)(first.exact(x))
        with second:
            b = getattr(second, function)(second.exact(x))
            assert first.is_finite(a) == second.is_finite(b)
            if first.is_finite(a):
                assert first.lower(a) <= second.upper(b)
                assert second.lower(b) <= first.upper(a)


@given(engines, rationals)
def test_functional_equations(engine: E, x: Fraction) -> None:
    with engine:
        a = engine.exact(x)
        assert encloses(engine, engine.log(engine.exp(a)), x)
        assert encloses(engine, engine.mul(engine.exp(a), engine.exp(engine.neg(a))), Fraction(1))
        assert encloses(engine, engine.add(engine.sigmoid(a), engine.sigmoid(engine.neg(a))), Fraction(1))
        odds = engine.div(engine.sigmoid(a), engine.sigmoid(engine.neg(a)))
        assert encloses(engine, engine.log(odds), x)
        if x > 0:
            assert encloses(engine, engine.exp(engine.log(a)), x)
            assert encloses(engine, engine.power(engine.sqrt(a), 2), x)
            assert overlap(engine, engine.log(engine.mul(a, a)), engine.mul(engine.exact(2), engine.log(a)))


def test_values_that_are_exact(engine: E) -> None:
    with engine:
        zero, one = engine.exact(0), engine.exact(1)
        for value, expected in (
            (engine.exp(zero), Fraction(1)),
            (engine.log(one), Fraction(0)),
            (engine.sigmoid(zero), Fraction(1, 2)),
            (engine.sqrt(engine.exact(Fraction(9, 4))), Fraction(3, 2)),
            (engine.sqrt(zero), Fraction(0)),
        ):
            assert engine.lower(value) == expected == engine.upper(value)


# Width


@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("x", ["-1000", "-40", "-1", "-1e-9", "1e-30", "0.3", "1", "2.5", "40", "1000"])
def test_a_number_is_mapped_to_a_thin_enclosure(engine_name: str, bits: int, x: str) -> None:
    """A sound engine that answered the whole line would pass every test above."""
    engine: E = make_engine(engine_name, bits)
    with engine:
        a = engine.exact(Fraction(x))
        for function in FUNCTIONS:
            if Fraction(x) < 0 and function in ("sqrt", "log"):
                continue
            value = getattr(engine, function)(a)
            low, high = engine.lower(value), engine.upper(value)
            loss = max(Fraction(1), abs(Fraction(x)))  # of exp, by the width of its argument
            assert high - low <= 16 * loss * max(abs(low), abs(high)) * Fraction(2) ** -bits


@pytest.mark.parametrize("k", [1, 10, 30, 50])
def test_log_keeps_relative_accuracy_next_to_one(engine: E, k: int) -> None:
    with engine:
        value = engine.log(engine.exact(1 + Fraction(1, 2**k)))
        low, high = engine.lower(value), engine.upper(value)
        assert low > 0
        assert high - low <= low * Fraction(2) ** (3 - engine.bits)


@pytest.mark.parametrize("size", [50, 7000, 3 * 10**6])
def test_sigmoid_keeps_relative_accuracy_in_the_tail(engine: E, size: int) -> None:
    with engine:
        tail = engine.sigmoid(engine.exact(-size))
        ratio = engine.div(tail, engine.exp(engine.exact(-size)))
        assert abs(engine.lower(ratio) - 1) < Fraction(1, 2**40)
        assert abs(engine.upper(ratio) - 1) < Fraction(1, 2**40)


def test_sigmoid_of_a_wide_interval_is_that_of_its_ends(engine: E) -> None:
    with engine:
        value = engine.sigmoid(engine.interval(-3, 5))
        ends = engine.sigmoid(engine.exact(-3)), engine.sigmoid(engine.exact(5))
        slack = Fraction(1, 10**6)
        assert 0 <= engine.lower(ends[0]) - engine.lower(value) < slack
        assert 0 <= engine.upper(value) - engine.upper(ends[1]) < slack


def test_sigmoid_of_a_wide_interval_in_the_tail_is_known(engine: E) -> None:
    """Taken as a whole, a ball this wide has an exponential around zero, and nothing would be known."""
    with engine:
        value = engine.sigmoid(engine.interval(-100, -50))
        top = engine.exp(engine.exact(-50))
        assert engine.is_finite(value)
        assert engine.upper(value) <= engine.upper(top) * Fraction(1001, 1000)
        assert abs(engine.lower(value)) <= engine.upper(top) * Fraction(1, 1000)


# Sizes


@pytest.mark.parametrize("size", [10**4, 3 * 10**10])
def test_enormous_and_minute_numbers_are_ordinary(engine: E, size: int) -> None:
    with engine:
        large, small = engine.exp(engine.exact(size)), engine.exp(engine.exact(-size))
        assert engine.sign(large) is engine.sign(small) is Sign.POSITIVE
        product = engine.mul(large, small)
        assert abs(engine.lower(product) - 1) < Fraction(1, 10**6)
        assert abs(engine.upper(product) - 1) < Fraction(1, 10**6)
        assert engine.lower_dyadic(small)[1] < -size
        assert engine.upper_dyadic(large)[1] > size


def test_an_end_point_too_small_to_write_out_is_refused_not_written(engine: E) -> None:
    with engine, pytest.raises(NotEnoughPrecision, match="exponent"):
        engine.lower(engine.exp(engine.exact(-(10**11))))


@pytest.mark.parametrize("exponent", [300, 2000])
def test_beyond_all_measure(engine: E, exponent: int) -> None:
    """Arguments of exp that no exponent can follow: never wrong, whatever is known."""
    with engine:
        huge = engine.power(engine.exact(2), exponent)
        assert not engine.is_finite(engine.exp(huge)) or engine.sign(engine.exp(huge)) is Sign.POSITIVE
        for value in (engine.exp(engine.neg(huge)), engine.sigmoid(engine.neg(huge))):
            assert not engine.is_finite(value) or engine.lower_dyadic(value)[0] <= 0
        one = engine.sigmoid(huge)
        assert engine.upper(one) >= 1
        assert engine.lower(one) > 1 - Fraction(2) ** (2 - engine.bits)


@examples(50)
@given(engines, st.floats(-30, 30).map(Fraction))
def test_more_bits_than_are_in_force_are_rounded_outward(engine: E, x: Fraction) -> None:
    """A value made at a high precision is a sound operand at a low one."""
    fine: E = make_engine(engine.name, 400)
    with fine:
        long = fine.exp(fine.exact(x))
    with engine:
        assert encloses(engine, engine.log(long), x)
        again = engine.add(long, engine.exact(0))
        assert overlap(engine, again, engine.exp(engine.exact(x)))


def test_the_paper_s_multiplier_at_one_half(engine: E) -> None:
    """A small computation from end to end: 1/sqrt(p(1-p) + eps) at p = sigmoid(0), eps = 1e-5."""
    with engine:
        p = engine.sigmoid(engine.exact(0))
        v = engine.mul(p, engine.sub(engine.exact(1), p))
        contrast = engine.div(engine.exact(1), engine.sqrt(engine.add(v, engine.exact(Fraction(1, 10**5)))))
        assert abs(float(engine.lower(contrast)) - 1 / sqrt(0.25001)) < 1e-12
        assert engine.upper(contrast) - engine.lower(contrast) < Fraction(1, 2**70)


# Balls whose middle and radius are far apart in size


@pytest.mark.parametrize("gap", [10, 1000, 70_000, 10**9])
def test_end_points_of_lopsided_balls_are_outside_them(gap: int) -> None:
    """Exact where that takes few bits, and rounded outward, not in, where it would take too many."""
    engine = ArbEngine(53)
    for middle, radius in (
        ((3, 0), (1, -gap)),
        ((-3, 0), (1, -gap)),
        ((3, -gap), (1, 0)),
        ((-3, -gap), (1, 0)),
    ):
        ball = arb(middle, radius)
        low, high = engine.lower_dyadic(ball), engine.upper_dyadic(ball)
        with ctx.workprec(80_000):
            below, above = arb(middle) - arb(low), arb(high) - arb(middle)
            assert below >= arb(radius)
            assert above >= arb(radius)
            assert below <= arb(radius) + arb((1, -20))
            assert above <= arb(radius) + arb((1, -20))
