"""Enclosures of Omega and its slope, against plain evaluation from the definitions at 60 digits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import flint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verified_grpo.checker.contrasts import Contrast, Mean
from verified_grpo.checker.diagnostics import Code, Fault
from verified_grpo.checker.numbers import precision
from verified_grpo.checker.parameters import Parameters, read_contrast
from verified_grpo.checker.recursion import Recursion

from . import truth
from .truth import mp

VARIANTS: list[dict[str, Any]] = [
    {"contrast": "mean-var"},
    {"contrast": "mean-std"},
    {"contrast": "mean"},
    *({"contrast": "group", "group_size": size, "ddof": size % 2} for size in (2, 3, 4, 5, 8, 13)),
    {"contrast": "group", "group_size": 8, "ddof": 1},
]
variants = st.sampled_from(VARIANTS)
logits = st.fractions(-30, 30, max_denominator=64)
positive_logits = st.fractions(0, 30, max_denominator=64)
stabilisers = st.sampled_from(["1e-6", "1e-5", "1e-3", "0.1", "1", "7"]).map(Fraction)


def mpf(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def ends(x: flint.arb) -> tuple[Any, Any]:
    """The ends of a ball as mpmath numbers, exactly."""
    exact = [x.lower(), x.upper()]
    return tuple(mp.mpf(int(m)) * mp.mpf(2) ** int(e) for m, e in (end.man_exp() for end in exact))


SLACK = mp.mpf(10) ** -30


def at_most(low: Any, high: Any) -> bool:
    """low <= high up to what the oracle's difference quotient is good for."""
    return bool(low <= high + SLACK * (1 + abs(high)))


def contrast(variant: dict[str, Any]) -> Contrast:
    return read_contrast(variant, "variant")


@given(variants, positive_logits, stabilisers)
@settings(max_examples=300)
def test_values(variant: dict[str, Any], x: Fraction, eps: Fraction) -> None:
    with precision(64):
        low, high = ends(contrast(variant).value(x, eps))
        top = ends(contrast(variant).supremum(eps))[1]
    true = truth.omega(variant, mpf(x), mpf(eps))
    assert at_most(low, true)
    assert at_most(true, high)
    assert at_most(true, top)
    assert high - low < true * mp.mpf(10) ** -25


@given(variants, logits, logits, stabilisers, st.sampled_from([1, 2, 100]))
@settings(max_examples=400)
def test_slopes_over_cells(
    variant: dict[str, Any], x: Fraction, y: Fraction, eps: Fraction, factor: int
) -> None:
    low, high = min(x, y), max(x, y) + Fraction(1, 1000)
    box = Parameters((Fraction(1),) * 2, (Fraction(1),) * 2, (eps, eps * factor), (Fraction(1, 2),) * 2)
    with precision(64):
        lower, upper = Recursion(contrast(variant), box).slope((low, high))
        least, most = ends(lower)[0], ends(upper)[1]
    for share in range(9):
        spot = mpf(low + (high - low) * Fraction(share, 8))
        for e in (eps, eps * factor, eps * (1 + factor) / 2):
            true = truth.slope(variant, spot, mpf(e))
            assert at_most(least, true)
            assert at_most(true, most)


@given(
    st.sampled_from(VARIANTS[:2]), logits, st.fractions(Fraction(1, 64), 20, max_denominator=64), stabilisers
)
@settings(max_examples=150)
def test_slopes_with_one_peak_are_sharp(
    variant: dict[str, Any], low: Fraction, width: Fraction, eps: Fraction
) -> None:
    """Within a small fraction of the range that 2000 samples show."""
    box = Parameters((Fraction(1),) * 2, (Fraction(1),) * 2, (eps, eps), (Fraction(1, 2),) * 2)
    with precision(64):
        lower, upper = Recursion(contrast(variant), box).slope((low, low + width))
        least, most = ends(lower)[0], ends(upper)[1]
    samples = [truth.slope(variant, mpf(low + width * Fraction(i, 400)), mpf(eps)) for i in range(401)]
    room = (max(samples) - min(samples)) / 50 + mp.mpf(10) ** -12
    assert min(samples) - room <= least
    if low >= 0 or low + width <= 0:
        assert most <= max(samples) + room


@pytest.mark.parametrize("variant", VARIANTS[:2])
@pytest.mark.parametrize("eps", ["1e-6", "1e-5", "0.01", "1", "10"])
def test_the_steepest_slope(variant: dict[str, Any], eps: str) -> None:
    with precision(100):
        low, high = ends(contrast(variant).steepest(Fraction(eps)))
    samples = [truth.slope(variant, mp.mpf(i) / 64, mp.mpf(eps)) for i in range(64 * 32)]
    assert at_most(max(samples), high)
    assert low < max(samples) * (1 + mp.mpf(10) ** -3)


def test_the_issue_s_number() -> None:
    """Bmax is 60.86 at eps 1e-5."""
    with precision(64):
        assert abs(contrast(VARIANTS[0]).steepest(Fraction("1e-5")) - Fraction("60.86").__ceil__()) < 1
        assert flint.arb("60.85") < contrast(VARIANTS[0]).steepest(Fraction("1e-5")) < flint.arb("60.86")


def test_groups_of_two_and_three_are_flat() -> None:
    """There all groups with both outcomes have the same spread."""
    for size in (2, 3):
        group = contrast({"contrast": "group", "group_size": size, "ddof": 0})
        with precision(64):
            least, most = group.slope((Fraction(1), Fraction(2)), (Fraction("0.1"), Fraction("0.2")))
            assert least == 0
            assert most == 0


def test_groups_have_no_closed_form() -> None:
    with pytest.raises(Fault) as caught:
        contrast({"contrast": "group", "group_size": 8, "ddof": 0}).steepest(Fraction(1))
    assert caught.value.code is Code.WRONG_RULE


def test_the_mean_contrast_is_constant() -> None:
    cell = (Fraction(0), Fraction(1))
    assert all(b == 0 for b in Mean().slope(cell, cell))


@given(variants, logits, logits, stabilisers, st.fractions(Fraction(1, 50), 50, max_denominator=100))
@settings(max_examples=150)
def test_signs_of_the_gap(
    variant: dict[str, Any], x: Fraction, y: Fraction, eps: Fraction, beta: Fraction
) -> None:
    """Where the checker claims a sign or a monotone gap over cell and box, samples agree."""
    low, high = min(x, y), max(x, y) + Fraction(1, 1000)
    box = Parameters(
        (Fraction(1, 2), Fraction(1)),
        (beta, beta * Fraction(11, 10)),
        (eps, 2 * eps),
        (Fraction(3, 10), Fraction(2, 5)),
    )
    recursion = Recursion(contrast(variant), box)
    with precision(64):
        positive, negative = recursion.gap_is_positive((low, high)), recursion.gap_is_negative((low, high))
        rises, falls = recursion.gap_rises((low, high)), recursion.gap_falls((low, high))
        rates = [r for r in (Fraction(1, 5), Fraction(9, 10)) if recursion.multiplier_bounded((low, high), r)]
        inside, outside = recursion.multiplier_inside((low, high)), recursion.multiplier_outside((low, high))
    for corner in range(16):
        point = {
            axis: mpf(getattr(box, axis)[corner >> i & 1])
            for i, axis in enumerate(("alpha", "beta", "eps", "p_ref"))
        }
        gaps = []
        for share in range(5):
            spot = mpf(low + (high - low) * Fraction(share, 4))
            gaps.append(truth.gap(variant, point, spot))
            m = truth.multiplier(variant, point, spot)
            assert not inside or abs(m) < 1
            assert not outside or abs(m) > 1
            assert all(abs(m) <= mpf(rate) for rate in rates)
        assert not positive or min(gaps) > 0
        assert not negative or max(gaps) < 0
        assert not rises or gaps == sorted(gaps)
        assert not falls or gaps == sorted(gaps, reverse=True)
