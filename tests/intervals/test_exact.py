"""Exact numbers in, exact or outward text out."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from verified_grpo.errors import InputError, NotEnoughPrecision, NotExactError
from verified_grpo.intervals import (
    Engine,
    canonical,
    decimal_down,
    decimal_enclosure,
    decimal_up,
    exact,
    exact_range,
    make_engine,
)

# The certificate's grammar of a number.
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?(e-?[1-9]\d*)?|-?[1-9]\d*/[1-9]\d*", re.ASCII)

GOOD = {
    "0": 0,
    "-0": 0,
    "7": 7,
    "+7": 7,
    "007": 7,
    "0.04": Fraction(1, 25),
    ".5": Fraction(1, 2),
    "5.": 5,
    "-1.25": Fraction(-5, 4),
    "1e-5": Fraction(1, 10**5),
    "1E+3": 1000,
    "2.5e1": 25,
    "3/10": Fraction(3, 10),
    "-6/4": Fraction(-3, 2),
    "3/-4": Fraction(-3, 4),
    " 0.5 ": Fraction(1, 2),
}

BAD = [
    "", " ", "-", "+", ".", "e5", "1e", "1e+", "1e1.5", "--1", "1-", "1 2", "1,5", "1_000", "0x10", "1e5e5",
    "1.2.3", "nan", "NaN", "inf", "-inf", "Infinity", "1/0", "0/0", "1/", "/2", "1//2", "1/2/3", "1.5/2",
    "1e2/3", "٣", "１", "½", "1\n", "\t1", "0.5f", "1j", "π", "sqrt(2)", "__import__('os')",
    "1e20001", "1e-20001", "1e999999999", "1e99999999999999999999", "9" * 30_001, "1:2", "0.1%",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), GOOD.items(), ids=list(GOOD))
def test_text_is_read_exactly(text: str, value: Fraction) -> None:
    assert exact(text) == value
    assert type(exact(text)) is Fraction


def test_the_largest_and_the_smallest_number() -> None:
    assert exact("1e20000") == 10**20000
    assert exact("1e-20000") == Fraction(1, 10**20000)
    for beyond in ("10e20000", "0.1e-20000", "1" + "0" * 20_001):
        with pytest.raises(InputError, match="exponent beyond 20000"):
            exact(beyond)


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text)[:20])
def test_what_is_not_a_number_is_refused_in_one_short_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        exact(text)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 200
    assert "allowed" in message or "divides by zero" in message
    assert caught.value.exit_code == 64


def test_a_float_is_refused_with_what_to_type_instead() -> None:
    with pytest.raises(NotExactError) as caught:
        exact(0.1)  # type: ignore[arg-type]
    assert str(caught.value) == ('0.1 is a binary float, not exactly 1/10: write "0.1" or Fraction(1, 10)')
    with pytest.raises(NotExactError, match=r'0\.5 is a binary float: write "0\.5" or Fraction\(1, 2\)'):
        exact(0.5)  # type: ignore[arg-type]
    with pytest.raises(NotExactError, match="1e-05"):
        exact(1e-5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "number", [float("nan"), float("inf"), True, None, np.bool_(True), 1j, b"1", [1], object()]
)
def test_other_kinds_are_refused(number: Any) -> None:
    with pytest.raises(NotExactError):
        exact(number)
    if not isinstance(number, list):
        with pytest.raises(NotExactError):
            exact_range(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_decimals_are_what_they_say(number: Decimal) -> None:
    assert exact(number) == Fraction(number)


@pytest.mark.parametrize("number", [Decimal("nan"), Decimal("-inf"), Decimal("1e30000")])
def test_decimals_without_a_value_or_too_far_out_are_refused(number: Decimal) -> None:
    with pytest.raises(InputError):
        exact(number)


@pytest.mark.parametrize("kind", [np.int8, np.uint64, np.int64])
def test_integers_of_arrays_are_integers(kind: type[np.integer[Any]]) -> None:
    assert exact(kind(100)) == 100
    assert type(exact(kind(100)).numerator) is int


def test_numbers_of_the_greatest_length_are_read_and_written() -> None:
    """Python's own conversion stops at 4300 digits; its limit is not touched."""
    limit = sys.get_int_max_str_digits()
    text = "7" * 20_000
    assert canonical(exact(text)) == "7." + "7" * 19_999 + "e19999"
    assert canonical(exact("0." + text)) == "0." + text
    ratio = f"1/{'3' * 20_000}"
    assert canonical(exact(ratio)) == ratio
    assert sys.get_int_max_str_digits() == limit


# Ranges


@pytest.mark.parametrize(
    ("given_", "ends"),
    [
        ("0.001:1", (Fraction(1, 1000), Fraction(1))),
        ("1/3:1/2", (Fraction(1, 3), Fraction(1, 2))),
        ("2:2", (Fraction(2), Fraction(2))),
        ("0.3", (Fraction(3, 10), Fraction(3, 10))),
        (5, (Fraction(5), Fraction(5))),
        (Fraction(1, 3), (Fraction(1, 3), Fraction(1, 3))),
        (("1e-5", 1), (Fraction(1, 10**5), Fraction(1))),
        ([1, Fraction(3, 2)], (Fraction(1), Fraction(3, 2))),
    ],
)
def test_a_range(given_: Any, ends: tuple[Fraction, Fraction]) -> None:
    assert exact_range(given_) == ends


@pytest.mark.parametrize("given_", ["2:1", "1:2:3", ":", "1:", ":1", "a:b", (2, 1), (1,), (1, 2, 3), [], ""])
def test_a_range_that_is_none_is_refused(given_: Any) -> None:
    with pytest.raises(InputError):
        exact_range(given_)


def test_the_wrong_way_round_is_named() -> None:
    with pytest.raises(InputError, match="2:1 is the wrong way round"):
        exact_range("2:1")


def test_a_range_of_floats_is_refused() -> None:
    with pytest.raises(NotExactError, match="write"):
        exact_range((0.1, 1))  # type: ignore[arg-type]


# Canonical text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.00001", "1e-5"),
        ("0.0001", "0.0001"),
        ("100000", "100000"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e21"),
        ("-1.50", "-1.5"),
        ("15e-7", "1.5e-6"),
        ("2/6", "1/3"),
        ("-0", "0"),
        ("1/8", "0.125"),
        ("6/3", "2"),
    ],
)
def test_canonical_text(text: str, expected: str) -> None:
    assert canonical(exact(text)) == expected


decimals = st.builds(lambda m, e: Fraction(m) * Fraction(10) ** e, st.integers(), st.integers(-400, 400))
numbers = st.one_of(st.fractions(), decimals, st.floats(allow_nan=False, allow_infinity=False).map(Fraction))


@given(numbers)
def test_canonical_text_is_read_back_and_is_of_the_grammar(x: Fraction) -> None:
    text = canonical(x)
    assert NUMBER.fullmatch(text)
    assert text != "-0"
    assert exact(text) == x


@given(st.from_regex(r"[+-]?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_decimal_text_means_what_decimal_says(text: str) -> None:
    assume(text.isascii())
    assert exact(text) == Fraction(Decimal(text))
    assert exact(canonical(exact(text))) == exact(text)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_an_input_error(text: str) -> None:
    try:
        value = exact(text)
    except InputError:
        return
    assert exact(canonical(value)) == value


# Outward decimals


@given(numbers, st.integers(1, 60))
def test_outward_decimals_bound_and_are_next_to_each_other(x: Fraction, digits: int) -> None:
    down, up = decimal_down(x, digits), decimal_up(x, digits)
    for text in (down, up):
        assert NUMBER.fullmatch(text)
        assert len(re.sub(r"e.*|[-.]", "", text).strip("0")) <= digits
    low, high = exact(down), exact(up)
    assert low <= x <= high
    assert high - low <= abs(x) * Fraction(10) ** (1 - digits)
    assert (low == high) == (low == x)


@given(numbers, st.integers(1, 30))
def test_a_decimal_rounded_again_does_not_move(x: Fraction, digits: int) -> None:
    down = decimal_down(x, digits)
    assert decimal_down(exact(down), digits) == down == decimal_up(exact(down), digits)


@pytest.mark.parametrize(
    ("x", "digits", "down", "up"),
    [
        (Fraction(2, 3), 3, "0.666", "0.667"),
        (Fraction(-2, 3), 3, "-0.667", "-0.666"),
        (Fraction(999_999, 1_000_000), 3, "0.999", "1"),
        (Fraction(0), 5, "0", "0"),
        (Fraction(1, 3 * 10**30), 2, "3.3e-31", "3.4e-31"),
        (Fraction(10**30) / 3, 2, "3.3e29", "3.4e29"),
        (Fraction(5), 5, "5", "5"),
    ],
)
def test_outward_decimals(x: Fraction, digits: int, down: str, up: str) -> None:
    assert (decimal_down(x, digits), decimal_up(x, digits)) == (down, up)


@given(st.fractions(-20, 20), st.integers(3, 40))
def test_decimal_enclosure_is_around_the_value(x: Fraction, digits: int) -> None:
    for name in ("mpmath", "arb"):
        engine = make_engine(name, 160)
        with engine:
            value = engine.exp(engine.exact(x))
            low, high = decimal_enclosure(engine, value, digits)
            assert exact(low) <= engine.lower(value)
            assert engine.upper(value) <= exact(high)
            assert exact(high) - exact(low) <= exact(high) * Fraction(10) ** (2 - digits)


@pytest.mark.parametrize(
    ("exponent", "low", "high"),
    [
        (-3 * 10**10, "7.98813085414704e-13028834458", "7.98813085414705e-13028834458"),
        (3 * 10**10, "1.25185730962437e13028834457", "1.25185730962438e13028834457"),
        (-(10**5), "3.56294956530937e-43430", "3.56294956530938e-43430"),
    ],
)
def test_decimal_enclosure_far_from_one(engine_name: str, exponent: int, low: str, high: str) -> None:
    with make_engine(engine_name, 160) as engine:
        assert decimal_enclosure(engine, engine.exp(engine.exact(exponent)), 15) == (low, high)


def test_decimal_enclosure_from_zero_to_something_minute(engine: Engine[Any]) -> None:
    with engine:
        value = engine.hull(engine.exact(0), engine.exp(engine.exact(-(10**10))))
        low, high = decimal_enclosure(engine, value, 6)
    assert low == "0" or low.startswith("-")
    assert re.fullmatch(r"\d\.\d{1,5}e-\d{10}", high)


def test_decimal_enclosure_of_what_is_not_known_is_refused(engine: Engine[Any]) -> None:
    with engine, pytest.raises(NotEnoughPrecision):
        decimal_enclosure(engine, engine.log(engine.exact(0)), 6)
