"""Enclosures over cells hold every point of the cell, on both engines."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.intervals import make_engine
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Profile

CONTRASTS = (MEAN_VAR, MEAN_STD, Contrast("group", 5, 1), Contrast("group", 16, 0))


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
@examples(40)
@given(
    ends=st.tuples(
        st.fractions(min_value=-40, max_value=40, max_denominator=1000),
        st.fractions(min_value=-40, max_value=40, max_denominator=1000),
    ),
    share=st.fractions(min_value=0, max_value=1, max_denominator=1000),
    exponent=st.integers(min_value=1, max_value=12),
)
def test_cells_enclose_points(
    engine: str, contrast: Contrast, ends: tuple[Fraction, Fraction], share: Fraction, exponent: int
) -> None:
    low, high = min(ends), max(ends)
    x = low + share * (high - low)
    stabiliser = Fraction(1, 10**exponent)
    with make_engine("arb", 400) as oracle:
        exact_values = [oracle.lower(v) for v in Profile(oracle, contrast, stabiliser).at(x)]
    with make_engine(engine, 64) as e:
        profile = Profile(e, contrast, stabiliser)
        for value, over in zip(
            exact_values, (profile.omega_over(low, high), profile.slope_over(low, high)), strict=True
        ):
            assert e.lower(over) <= value <= e.upper(over)


@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
def test_the_bounds_for_all_policies(contrast: Contrast) -> None:
    with make_engine("arb", 100) as e:
        profile = Profile(e, contrast, Fraction(1, 1000))
        for x in (-300, -7, -1, 0, 2, 9, 300):
            omega = profile.at(Fraction(x))[0]
            assert e.upper(omega) >= e.lower(profile.omega_min)
            assert e.lower(omega) <= e.upper(profile.omega_max)
