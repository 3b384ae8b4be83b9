"""Exact numbers: the grammar, and balls that enclose."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.checker import ARITHMETICS
from verified_grpo.checker.arithmetic import in_force, using
from verified_grpo.checker.diagnostics import Code, Fault
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Scaled, ball, ball_minus, exact, precision, scaled

fractions = st.fractions(max_denominator=10**30)


@given(fractions)
def test_fractions_are_read_exactly(value: Fraction) -> None:
    assert exact(str(value), "") == value


@given(st.integers(-(10**30), 10**30).filter(bool), st.integers(-300, 300).filter(bool))
def test_decimals_are_read_exactly(mantissa: int, exponent: int) -> None:
    assert exact(f"{mantissa}e{exponent}", "") == mantissa * Fraction(10) ** exponent


@given(st.integers(0, 10**20), st.from_regex(r"[0-9]{0,20}[1-9]", fullmatch=True))
def test_decimal_points_are_read_exactly(whole: int, decimals: str) -> None:
    assert exact(f"-{whole}.{decimals}", "") == -Fraction(f"{whole}.{decimals}")


@given(st.text(alphabet="0123456789.e-+/ _infa\n\u0661", max_size=10))
def test_what_is_read_is_what_python_reads(digits: str) -> None:
    """Every accepted text stands for the number that Python's own reader finds in it."""
    with contextlib.suppress(Fault):
        value = exact(digits, "")
        assert value == Fraction(digits)
        assert not set(digits) & set("+ _\n\u0661")


@pytest.mark.parametrize(
    "digits",
    ["", "-", "05", "-0", "-0e3", "5.0", "5.", ".5", "1e+5", "1e05", "1e-0", "1E5", "1e", "4/2", "1/1",
     "0/2", "1/0", "1/-2", "--1", " 1", "1\n", "1_0", "0x1", "inf", "nan", "\u0661", "1e5/2", "1/2e3", "+1"],
)  # fmt: skip
def test_what_is_not_a_number(digits: str) -> None:
    with pytest.raises(Fault) as caught:
        exact(digits, "")
    assert caught.value.code is Code.BAD_NUMBER


@pytest.mark.parametrize("digits", ["1e20000", "1e-20000", "0.001e-20000", "0", "0e5", "9" * 30_000])
def test_the_largest_numbers(digits: str) -> None:
    exact(digits, "")


@pytest.mark.parametrize("digits", ["1e20001", "1e-20001", "1e" + "9" * 29_000, "9" * 30_001])
def test_numbers_beyond_the_bounds(digits: str) -> None:
    with pytest.raises(Fault) as caught:
        exact(digits, "")
    assert caught.value.code is Code.HUGE_NUMBER


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_tiny_probabilities_keep_their_digits(arithmetic: str) -> None:
    number = scaled("1.25e-10000000000", "")
    assert number == Scaled(Fraction(125), -10000000002)
    with using(arithmetic), precision(64):
        value = ball(number)
        assert value > 0
        assert value - value < value * ball(Fraction(1, 2**64))
        assert abs(value.log() / ball(10).log() + 10**10) < 1


@given(fractions, fractions, st.integers(16, 300), st.sampled_from(ARITHMETICS))
def test_balls_enclose(value: Fraction, shift: Fraction, bits: int, arithmetic: str) -> None:
    def inside(number: Fraction, enclosure: Ball) -> bool:
        low, high = in_force().ends(enclosure)
        return low <= number <= high

    with using(arithmetic), precision(bits):
        difference = value - shift
        assert inside(value, ball(value))
        assert inside(difference, ball_minus(Scaled(value, 0), shift))
        assert inside(difference - value + value / 10, ball_minus(Scaled(value, -1), shift))


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_equal_numbers_compare_equal_after_subtraction(arithmetic: str) -> None:
    with using(arithmetic), precision(64):
        assert not any(in_force().ends(ball_minus(Scaled(Fraction(3), -1), Fraction(3, 10))))


@pytest.mark.parametrize("digits", ["7" * 4000, "7" * 4001, "10" * 6000, "1" + "0" * 9000])
def test_long_integers_are_read_in_pieces(digits: str) -> None:
    value = int(flint.fmpz(digits))
    assert exact(digits, "") == value
    assert exact(f"-{digits}e2", "") == -100 * value


def test_precision_is_put_back_after_a_fault() -> None:
    before = flint.ctx.prec
    seen = []

    def work() -> None:
        with precision(1000):
            seen.append(flint.ctx.prec)
            exact("x", "")

    with pytest.raises(Fault):
        work()
    assert seen == [1064]
    assert flint.ctx.prec == before
