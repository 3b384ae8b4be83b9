"""Enclosures of Omega and its slope, against plain evaluation from the definitions at 60 digits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.checker.arithmetic import NAMES, in_force, using
from verified_grpo.checker.contrasts import Contrast, Mean
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, Fault
from verified_grpo.checker.enclosure import Ball
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
arithmetics = st.sampled_from(NAMES)
stabilisers = st.sampled_from(["1e-6", "1e-5", "1e-3", "0.1", "1", "7"]).map(Fraction)


def mpf(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def ends(x: Ball) -> tuple[Any, Any]:
    """The ends of a ball as mpmath numbers."""
    low, high = in_force().ends(x)
    return mpf(low), mpf(high)


SLACK = mp.mpf(10) ** -30


def at_most(low: Any, high: Any) -> bool:
    """low <= high up to what the oracle's difference quotient is good for."""
    return bool(low <= high + SLACK * (1 + abs(high)))


def contrast(variant: dict[str, Any]) -> Contrast:
    return read_contrast(variant, "variant")


@given(variants, positive_logits, stabilisers, arithmetics)
@examples(300)
def test_values(variant: dict[str, Any], x: Fraction, eps: Fraction, arithmetic: str) -> None:
    with using(arithmetic), precision(64):
        low, high = ends(contrast(variant).value(x, eps))
        top = ends(contrast(variant).supremum(eps))[1]
    true = truth.omega(variant, mpf(x), mpf(eps))
    assert at_most(low, true)
    assert at_most(true, high)
    assert at_most(true, top)
    assert high - low < true * mp.mpf(10) ** -25


@given(variants, logits, logits, stabilisers, st.sampled_from([1, 2, 100]), arithmetics)
@examples(250)
def test_slopes_over_cells(
    variant: dict[str, Any], x: Fraction, y: Fraction, eps: Fraction, factor: int, arithmetic: str
) -> None:
    low, high = min(x, y), max(x, y) + Fraction(1, 1000)
    box = Parameters((Fraction(1),) * 2, (Fraction(1),) * 2, (eps, eps * factor), (Fraction(1, 2),) * 2)
    with using(arithmetic), precision(64):
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
@examples(60)
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
        low, high = ends(contrast(VARIANTS[0]).steepest(Fraction("1e-5")))
    assert mp.mpf("60.85") < low < high < mp.mpf("60.86")


def test_groups_of_two_and_three_are_flat() -> None:
    """There all groups with both outcomes have the same spread."""
    for size in (2, 3):
        group = contrast({"contrast": "group", "group_size": size, "ddof": 0})
        with precision(64):
            least, most = group.slope((Fraction(1), Fraction(2)), (Fraction("0.1"), Fraction("0.2")))
            assert ends(least) == ends(most) == (0, 0)


def test_groups_have_no_closed_form() -> None:
    eight = contrast({"contrast": "group", "group_size": 8, "ddof": 0})
    box = Parameters(*((Fraction(1, 2),) * 2,) * 4)
    with pytest.raises(Fault) as caught:
        Recursion(eight, box).steepest()
    assert caught.value.code is Code.MISSING_FACT


BETWEEN: list[dict[str, Any]] = [
    {"contrast": "batch", "group_size": 8},
    {"contrast": "maxrl", "group_size": 8},
    {"contrast": "mean-var", "scale": "5/2"},
    {"contrast": "mean", "scale": "5/2"},
    {"contrast": "expression", "omega": ["+", ["^", ["-", "p", "q"], "0"], ["^", "v", "0"], "eps"]},
]


@pytest.mark.parametrize("variant", BETWEEN, ids=str)
def test_values_lie_between_the_bounds_that_are_claimed(variant: dict[str, Any]) -> None:
    """Each bound only where its fact is known."""
    omega, eps = contrast(variant), Fraction("1e-3")
    places, both = [Fraction(x) for x in (-9, -1, 0, 1, 9)], (eps, eps)
    omega.require_defined(both)
    with precision(96):
        over = (places[0], places[-1])
        values = [ends(omega.value(place, eps)) for place in places]
        least, most = ends(omega.least(over, both))[0], ends(omega.largest(over, both))[1]
        assert all(least <= high and low <= most for low, high in values)
        if Fact.AT_LEAST in omega.facts:
            assert all(ends(omega.infimum(both))[0] <= high for _, high in values)
        if Fact.BOUNDED in omega.facts:
            assert all(low <= ends(omega.bound(both))[1] for low, _ in values)
        if Fact.STEEPEST in omega.facts:
            slopes = omega.slope((Fraction(0), Fraction(9)), both)
            assert ends(slopes[0])[0] <= ends(omega.steepest(eps))[1]


def test_the_mean_contrast_is_constant() -> None:
    cell = (Fraction(0), Fraction(1))
    assert all(ends(b) == (0, 0) for b in Mean().slope(cell, cell))


@given(variants, logits, logits, stabilisers, st.fractions(Fraction(1, 50), 50, max_denominator=100))
@examples(100)
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
        swing = recursion.swing((low, high))
        rates = [r for r in (Fraction(1, 5), Fraction(9, 10)) if recursion.multiplier_bounded(swing, r)]
        inside, outside = recursion.multiplier_inside(swing), recursion.multiplier_outside(swing)
    for point in corners(box):
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


boxes = st.builds(
    lambda alpha, beta, eps, p, wide: Parameters(
        (alpha, min(alpha * (1 + wide), Fraction(1))),
        (beta, beta * (1 + wide)),
        (eps, eps * (1 + wide)),
        (p, p + wide / 9),
    ),
    st.fractions(Fraction(1, 8), Fraction(3, 4), max_denominator=8),
    st.fractions(Fraction(1, 10), 20, max_denominator=10),
    stabilisers,
    st.fractions(Fraction(1, 100), Fraction(4, 5), max_denominator=100),
    st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1)]),
)


def corners(box: Parameters) -> list[dict[str, Any]]:
    axes = ("alpha", "beta", "eps", "p_ref")
    return [
        {axis: mpf(getattr(box, axis)[corner >> i & 1]) for i, axis in enumerate(axes)}
        for corner in range(16)
    ]


def sharp(bound: Any, values: list[Any]) -> bool:
    """Whether the bound is one of the values, up to rounding."""
    return any(abs(bound - value) <= mp.mpf(10) ** -12 * (1 + abs(value)) for value in values)


@given(st.sampled_from(VARIANTS), boxes, logits, st.fractions(0, 5, max_denominator=16), arithmetics)
@examples(80)
def test_bounds_over_boxes_are_valid_and_sharp(
    variant: dict[str, Any], box: Parameters, low: Fraction, width: Fraction, arithmetic: str
) -> None:
    """Omega, the range of fixed points, the corners of the gap and b/beta, all ranges at once."""
    recursion, high = Recursion(contrast(variant), box), low + width
    with using(arithmetic), precision(64):
        omegas = [ends(recursion.least_omega((low, high)))[0], ends(recursion.largest_omega((low, high)))[1]]
        lowest, highest = ends(recursion.lowest_fixed_point())[0], ends(recursion.highest_fixed_point())[1]
        gaps = [ends(recursion._lower_end((low, low)))[0], ends(recursion._upper_end((low, low)))[1]]
        swings = recursion.swing((low, high + Fraction(1, 10**9)))
        least, most = ends(swings[0])[0], ends(swings[1])[1]
    spots = [mpf(low + width * Fraction(i, 4)) for i in range(5)] + [mp.mpf(0)] * (low <= 0 <= high)
    sampled = [truth.omega(variant, x, mpf(eps)) for x in spots for eps in box.eps]
    assert at_most(omegas[0], min(sampled))
    assert at_most(max(sampled), omegas[1])
    assert sharp(omegas[0], sampled)
    assert sharp(omegas[1], sampled)
    seen: dict[str, list[Any]] = {"first": [], "last": [], "gap": [], "swing": []}
    for point in corners(box):
        anchor, gain = mp.log(point["p_ref"] / (1 - point["p_ref"])), 1 / (point["alpha"] * point["beta"])
        seen["first"].append(anchor + gain * truth.omega(variant, mp.mpf(0), point["eps"]))
        seen["last"].append(anchor + gain * truth.omega(variant, mp.mpf(10) ** 4, point["eps"]))
        seen["gap"].append(truth.gap(variant, point, mpf(low)))
        seen["swing"] += [truth.slope(variant, x, point["eps"]) / point["beta"] for x in spots]
    assert at_most(lowest, min(seen["first"]))
    assert at_most(max(seen["last"]), highest)
    assert sharp(lowest, [min(seen["first"])])
    assert sharp(highest, [max(seen["last"])])
    assert at_most(gaps[0], min(seen["gap"]))
    assert at_most(max(seen["gap"]), gaps[1])
    assert sharp(gaps[0], seen["gap"])
    assert sharp(gaps[1], seen["gap"])
    assert at_most(least, min(seen["swing"]))
    assert at_most(max(seen["swing"]), most)
    if width == 0:
        room = mp.mpf(10) ** -6 * (1 + max(map(abs, seen["swing"])))
        assert min(seen["swing"]) - room < least
        assert most < max(seen["swing"]) + room


@pytest.mark.parametrize("variant", VARIANTS[:2])
@pytest.mark.parametrize("eps", ["1e-6", "0.001", "0.3", "1", "7"])
def test_the_peak_is_where_the_slope_is_steepest(variant: dict[str, Any], eps: str) -> None:
    exact = Fraction(eps)
    form = contrast(variant)
    with precision(200):
        peak, top = ends(form.peak(exact))[0], ends(form.steepest(exact))[0]  # type: ignore[attr-defined]
    v = peak if variant["contrast"] == "mean-var" else peak**2
    u = mp.sqrt(1 - 4 * v)
    spot = mp.log((1 + u) / (1 - u))
    assert abs(truth.slope(variant, spot, mpf(exact)) - top) < top * mp.mpf(10) ** -25


def test_the_mean_value_form() -> None:
    """Near a fold the ends of a cell decide nothing, and the mean value form does, at each corner."""
    cell = (Fraction("4.608"), Fraction("4.648"))

    def between(low: str, high: str) -> Recursion:
        one, five = (Fraction(1),) * 2, (Fraction(5),) * 2
        box = Parameters(one, five, (Fraction("1e-5"),) * 2, (Fraction(low), Fraction(high)))
        return Recursion(contrast(VARIANTS[0]), box)

    with precision(64):
        for low, high, positive, negative in (
            ("0.929", "0.929", True, False),
            ("0.931", "0.931", False, True),
            ("0.929", "0.931", False, False),
            ("0.929", "0.9295", True, False),
            ("0.9305", "0.931", False, True),
        ):
            recursion = between(low, high)
            assert recursion.gap_is_positive(cell) is positive
            assert recursion.gap_is_negative(cell) is negative
            assert not recursion._lower_end(cell) > 0
            assert not recursion._upper_end(cell) < 0
