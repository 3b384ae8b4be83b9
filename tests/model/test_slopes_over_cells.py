"""Slopes of written contrasts over cells (lemma 66): both rooms hold what mpmath differentiates, and are as
sharp as the values at the ends where the slope does not turn."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.checker.arithmetic import NAMES, in_force, using
from verified_grpo.checker.contrasts.jets import Place
from verified_grpo.checker.numbers import precision
from verified_grpo.checker.parameters import read_contrast
from verified_grpo.intervals import make_engine
from verified_grpo.model import Contrast
from verified_grpo.model.profile import Profile

WRITTEN: dict[str, Callable[[Any, Any, Any], Any]] = {
    "1/(p + eps)": lambda p, q, e: 1 / (p + e),
    "1/(sqrt(v) + eps)": lambda p, q, e: 1 / (mpmath.sqrt(p * q) + e),
    "2 + 8*(p - 1/5)^2*q^4/(v + eps)": lambda p, q, e: (
        2 + 8 * (p - mpmath.mpf(1) / 5) ** 2 * q**4 / (p * q + e)
    ),
    "exp(-3*p) + log(2 + q)/(eps + sqrt(q))": lambda p, q, e: (
        mpmath.exp(-3 * p) + mpmath.log(2 + q) / (e + mpmath.sqrt(q))
    ),
    "(1 + v - p/2)^-2": lambda p, q, e: (1 + p * q - p / 2) ** -2,
    "3": lambda p, q, e: mpmath.mpf(3),
}
PLACES = st.fractions(-9, 9, max_denominator=64)
WIDTHS = st.sampled_from([Fraction(2) ** -k for k in range(-2, 20, 3)])
EPS = Fraction(1, 100)


def read(text: str) -> Any:
    return read_contrast({"contrast": "expression", **Contrast.of(text).own}, "variant")


def slope(text: str, x: Fraction, order: int = 1) -> Any:
    """By differences of 90 digits."""

    def along(log_odds: Any) -> Any:
        p = 1 / (1 + mpmath.exp(-log_odds))
        q = 1 / (1 + mpmath.exp(log_odds))
        return WRITTEN[text](p, q, mpmath.mpf(EPS.numerator) / EPS.denominator)

    with mpmath.workdps(90):
        return mpmath.diff(along, mpmath.mpf(x.numerator) / x.denominator, order)


def ends(bounds: Any) -> tuple[Fraction, Fraction]:
    return in_force().ends(bounds[0])[0], in_force().ends(bounds[1])[1]


def holds(low: Fraction, high: Fraction, value: Any) -> bool:
    room = mpmath.mpf(10) ** -14 * (1 + abs(value))
    return bool(float(low) - room <= value <= float(high) + room)


@pytest.mark.parametrize("text", WRITTEN)
@examples(8)
@given(low=PLACES, width=WIDTHS, share=st.fractions(0, 1, max_denominator=8))
def test_slopes_lie_in_what_both_rooms_enclose(
    text: str, low: Fraction, width: Fraction, share: Fraction
) -> None:
    value = slope(text, low + share * width)
    for arithmetic in NAMES:
        with using(arithmetic), precision(100):
            assert holds(*ends(read(text).slope((low, low + width), (EPS, EPS))), value)
    for name in ("arb", "mpmath"):
        with make_engine(name, 100) as engine:
            found = Profile(engine, Contrast.of(text), EPS).slope_over(low, low + width)
            assert holds(engine.lower(found), engine.upper(found), value)


@pytest.mark.parametrize("text", WRITTEN)
@examples(4)
@given(x=PLACES)
def test_second_derivatives_are_those_of_the_function(text: str, x: Fraction) -> None:
    value = slope(text, x, 2)
    with precision(100):
        turn = read(text).omega(Place.over((x, x), (EPS, EPS), turns=True)).turn
        assert (
            holds(Fraction(0), Fraction(0), value)
            if turn is None
            else holds(*ends((turn.lower, turn.upper)), value)
        )


def test_where_the_slope_does_not_turn_its_ends_tell_all() -> None:
    """1/(p + eps) for p well above eps: b = -v/(p + eps)^2 rises towards 0."""
    cell = Fraction(1), Fraction(2)
    with precision(100):
        low, high = ends(read("1/(p + eps)").slope(cell, (EPS, EPS)))
    assert abs(float(low) - slope("1/(p + eps)", cell[0])) < 1e-15
    assert abs(float(high) - slope("1/(p + eps)", cell[1])) < 1e-15
