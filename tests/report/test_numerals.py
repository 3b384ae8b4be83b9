from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.report.numerals import as_float, bounds, percent, scientific, shortened

digits = st.integers(1, 25)
decimals = st.builds(
    lambda negative, whole, part, exponent: ("-" if negative else "") + whole + part + exponent,
    st.booleans(),
    st.integers(0, 10**30).map(str),
    st.integers(1, 10**30).map(lambda n: "." + str(n).rstrip("0")) | st.just(""),
    st.integers(-60, 60).filter(bool).map(lambda e: f"e{e}") | st.just(""),
)
ratios = st.fractions().filter(lambda x: x.denominator > 1).map(lambda x: f"{x.numerator}/{x.denominator}")
numbers = decimals | ratios


@given(numbers, digits, st.booleans())
def test_a_shortened_number_is_rounded_the_way_that_is_asked(
    number: str, count: int, scientific: bool
) -> None:
    exact = Fraction(number)
    down, up = (shortened(number, count, up=up, scientific=scientific) for up in (False, True))
    assert Fraction(down) <= exact <= Fraction(up)


@given(numbers, digits)
def test_a_shortened_number_is_as_near_as_its_digits_allow(number: str, count: int) -> None:
    low, high = (Fraction(shortened(number, count, up=up)) for up in (False, True))
    size = abs(Fraction(number))
    assert high - low <= 2 * size * Fraction(10) ** (1 - count)


@given(decimals)
def test_a_number_that_is_short_already_keeps_its_value(number: str) -> None:
    assert Fraction(shortened(number, 100, up=True)) == Fraction(number)


@given(numbers, digits)
def test_no_more_digits_are_printed_than_asked(number: str, count: int) -> None:
    shown = shortened(number, count, up=True, scientific=True).lstrip("-").partition("e")[0]
    assert len(shown.replace(".", "")) <= count


def test_numbers_beyond_any_fraction_are_shortened_on_their_digits() -> None:
    assert bounds(["1.23456e-10000000000", "1.23457e-10000000000"], 3) == (
        "1.23e-10000000000",
        "1.24e-10000000000",
    )
    long = "0." + "9" * 20_000
    assert bounds([long, long], 5) == ("0.99999", "1")
    assert shortened("1" * 9000 + "/" + "3" * 8999, 4, up=False) == "3.333"


def test_a_fraction_just_beside_a_short_decimal_is_still_rounded_outward() -> None:
    beside = f"{10**40 + 1}/{2 * 10**40}"
    assert bounds([beside, beside], 5) == ("0.5", "0.50001")


def test_small_and_large_numbers_get_a_power_of_ten() -> None:
    assert shortened("0.00001", 5, up=True) == "1e-5"
    assert shortened("0.0001", 5, up=True) == "0.0001"
    assert shortened("123456789012", 4, up=False) == "1.234e11"


def test_a_range_shares_its_power_of_ten_only_if_both_ends_have_it() -> None:
    assert scientific(["3.456e-20", "3.457e-20"], 3) == ("*", ("interval", "3.45", "3.46"), "1e-20")
    assert scientific(["9.9e-21", "1e-20"], 3) == ("interval", "9.9e-21", "1e-20")


@pytest.mark.parametrize(
    ("number", "value"), [("1e-400", 0.0), ("-1e400", float("-inf")), ("1/4", 0.25), ("0", 0.0)]
)
def test_floats_for_drawing_never_raise(number: str, value: float) -> None:
    assert as_float(number) == value


@given(st.fractions(0, 1, max_denominator=10**9), st.integers(1, 4))
def test_a_share_is_printed_as_nothing_or_as_the_whole_only_where_it_is(share: Fraction, places: int) -> None:
    shown = percent(share, places)
    assert (shown == f"{0:.{places}%}") == (share == 0)
    assert (shown == f"{1:.{places}%}") == (share == 1)
    number = Fraction(shown.removeprefix("below ").removeprefix("above ").rstrip("%")) / 100
    assert abs(number - share) <= Fraction(1, 10 ** (places + 2))
    assert not shown.startswith("below") or share < number
    assert not shown.startswith("above") or share > number


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("1e-5", "below 0.01%"),
        ("99999/100000", "above 99.99%"),
        ("0", "0.00%"),
        ("1", "100.00%"),
        ("1/8", "12.50%"),
    ],
)
def test_a_share_keeps_what_is_left_of_it(share: str, shown: str) -> None:
    assert percent(Fraction(share)) == shown
