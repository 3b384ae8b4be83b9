"""Numbers and names as Coq reads them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.errors import InputError
from verified_grpo.export.text import SMALLEST_POWER, bound, identifier, real


def value_of(text: str) -> Fraction:
    """What Coq reads: an integer, a quotient, or an integer times a power of ten."""
    text = text.strip("()")
    if "powerRZ" in text:
        mantissa, power = re.fullmatch(r"(-?\d+) \* powerRZ 10 \((-\d+)\)?", text).groups()  # type: ignore[union-attr]
        return Fraction(int(mantissa), 10 ** -int(power))
    return Fraction(text.replace(" ", ""))


@given(st.fractions())
def test_a_rational_is_written_exactly(number: Fraction) -> None:
    assert value_of(real(number)) == number


@given(st.integers(-(10**20), 10**20), st.integers(0, 400))
def test_a_bound_is_written_exactly(mantissa: int, exponent: int) -> None:
    text = f"{mantissa}e-{exponent}"
    assert value_of(bound(text)) == Fraction(text)


def test_a_power_beyond_the_smallest_is_declined() -> None:
    assert bound(f"1e-{SMALLEST_POWER}") == f"(1 * powerRZ 10 (-{SMALLEST_POWER}))"
    with pytest.raises(InputError, match="no export to Coq"):
        bound(f"1e-{SMALLEST_POWER + 1}")


@given(st.text())
def test_any_name_becomes_an_identifier(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", identifier(name))
    assert identifier(identifier(name)) == identifier(name)
