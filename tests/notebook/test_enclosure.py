"""Enclosures as answers hold them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo import Enclosure
from verified_grpo.errors import InputError

NUMBERS = st.fractions() | st.integers(-(10**400), 10**400).map(Fraction)


@given(NUMBERS, NUMBERS)
def test_doubles_are_outward_and_next_to_the_ends(x: Fraction, y: Fraction) -> None:
    enclosure = Enclosure(min(x, y), max(x, y))
    low, high = enclosure.doubles
    assert low <= enclosure.lower
    assert high >= enclosure.upper
    assert enclosure.lower in enclosure
    assert enclosure.width == abs(x - y)
    shown = repr(enclosure)[1:-1].split(", ")
    assert Fraction(shown[0]) <= enclosure.lower <= enclosure.upper <= Fraction(shown[1])


def test_the_middle_is_a_float_for_drawing() -> None:
    assert float(Enclosure.of(("0.25", "0.75"))) == 0.5
    assert float(Enclosure.of((10**400, 10**401))) == float("inf")


@pytest.mark.parametrize("ends", [("1", "0"), ("1",), ("1", "2", "3"), ("x", "2")])
def test_what_is_no_enclosure_is_refused(ends: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        Enclosure.of(ends)
