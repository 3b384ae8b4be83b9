"""Enclosures as answers hold them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo import Enclosure, Variant
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


def test_ends_too_near_to_0_to_be_written_are_moved_outward() -> None:
    least = Fraction(1, 10**20_000)
    assert Enclosure.of(("1.5e-5493439", "2.5e-5493439")) == Enclosure(Fraction(0), least)
    assert Enclosure.of(("-2.5e-20001", "-1e-999999999999")) == Enclosure(-least, Fraction(0))
    assert Enclosure.of(("1e-20000", "1")).lower == least
    certain = Variant().at(beta="1e-3", eps="1e-7", p_ref="0.3").fixed_points()
    assert "one_minus_p [0, 1e-20000]" in repr(certain)


@pytest.mark.parametrize("ends", [("1", "0"), ("1",), ("1", "2", "3"), ("x", "2")])
def test_what_is_no_enclosure_is_refused(ends: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        Enclosure.of(ends)
