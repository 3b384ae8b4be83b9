"""Curves of folds and flips: exact points lie in their boxes, the fixed points change where they say."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.truth import mp, multiplier, number, omega
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.points.curves import PlaneCurve, cusps, flip_curve, fold_curve, settling_bound

ENGINES = ("mpmath", "arb")
GROUP = Contrast("group", 8, 1)
CASES = [(MEAN_VAR, "1e-5", "1"), (MEAN_VAR, "1e-3", "0.9"), (MEAN_STD, "1e-4", "1"), (GROUP, "1e-4", "1")]


Trace = Callable[..., PlaneCurve]


def variant(contrast: Contrast) -> dict[str, object]:
    sizes = {"group_size": contrast.group_size, "ddof": contrast.ddof} if contrast.group_size else {}
    return {"contrast": contrast.name, **sizes}


def slope(contrast: Contrast, eps: str, x: Any) -> Any:
    """dOmega/dL at high precision: the multiplier at alpha = 1, beta = 1."""
    return multiplier(variant(contrast), {"alpha": "1", "beta": "1", "eps": eps, "p_ref": "1/2"}, x)


def on_curve(curve: PlaneCurve, x: Any, eps: str) -> tuple[Any, Any]:
    """log beta and L_ref of the curve at log-odds x, from the definition: T(x) = x and T' = 1 or -1."""
    b, alpha = slope(curve.contrast, eps, x), number(str(curve.alpha))
    beta = b / alpha if curve.name == "fold" else -b / (2 - alpha)
    reference = x - omega(variant(curve.contrast), x, number(eps)) / (alpha * beta)
    return mp.log(beta), reference


@pytest.mark.parametrize("trace", [fold_curve, flip_curve])
@pytest.mark.parametrize(("contrast", "eps", "alpha"), CASES)
def test_points_of_the_curve_lie_in_their_boxes(
    trace: Trace, contrast: Contrast, eps: str, alpha: str
) -> None:
    curve = trace(contrast, eps, alpha, tolerance="1/50")
    assert curve.pieces
    for piece in curve.pieces[:: max(1, len(curve.pieces) // 40)]:
        low, high = (number(str(end)) for end in piece.logit)
        for share in ("0", "0.3", "1"):
            log_beta, reference = on_curve(curve, low + (high - low) * number(share), eps)
            slack = mp.mpf(10) ** -20
            assert (
                number(str(piece.log_beta[0])) - slack <= log_beta <= number(str(piece.log_beta[1])) + slack
            )
            first, last = (number(str(end)) for end in piece.log_odds_ref)
            assert first - slack <= reference <= last + slack


@pytest.mark.parametrize("trace", [fold_curve, flip_curve])
def test_no_part_inside_the_window_is_left_out(trace: Trace) -> None:
    curve = trace(MEAN_VAR, "1e-3", tolerance="1/20")
    side = 1 if curve.name == "fold" else -1
    window = (math.log(0.01), math.log(100)), (math.log(1e-4 / (1 - 1e-4)), math.log(999))
    for k in range(1, 400):
        x = side * k * 0.05
        log_beta, reference = on_curve(curve, mp.mpf(x), "1e-3")
        if window[0][0] < log_beta < window[0][1] and window[1][0] < reference < window[1][1]:
            assert any(piece.logit[0] <= Fraction(x) <= piece.logit[1] for piece in curve.pieces)


def test_boxes_are_as_small_as_asked_and_join() -> None:
    curve = fold_curve(MEAN_VAR, "1e-5", tolerance="1/100")
    joined = sum(a.logit[1] == b.logit[0] for a, b in zip(curve.pieces, curve.pieces[1:], strict=False))
    assert joined >= len(curve.pieces) - 2  # one window, one way in and out and perhaps around the cusp
    for piece in curve.pieces:
        assert piece.log_beta[1] - piece.log_beta[0] <= Fraction(math.log(10**4) / 100 + 1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_number_of_fixed_points_changes_across_the_fold(engine: str) -> None:
    """At beta 5 and eps 1e-5, on both sides of the one fold in the window."""
    curve = fold_curve(MEAN_VAR, "1e-5", beta="4.99:5.01", engine=engine)
    references = [end for piece in curve.pieces for end in piece.log_odds_ref]
    counts = []
    for x in (min(references) - Fraction(1, 10), max(references) + Fraction(1, 10)):
        p_ref = Fraction(1 / (1 + math.exp(-x)))
        found = fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref=p_ref))
        assert isinstance(found, FixedPoints)
        counts.append(found.count)
    assert counts == [3, 1]


def test_the_settling_bound_is_beta_c() -> None:
    curve = settling_bound(MEAN_VAR, "1e-5", "0.5")
    for piece in curve.pieces[::20]:
        x = number(str(piece.log_odds_ref[0]))
        critical = mp.log(2 / (mp.sqrt(1 + 4 * number("1e-5")) * -x * mp.mpf("0.5")))
        slack = mp.mpf(10) ** -20
        assert number(str(piece.log_beta[0])) - slack <= critical <= number(str(piece.log_beta[1])) + slack
    assert not settling_bound(MEAN_VAR, "1e-5", p_ref="0.6:0.9").pieces


def test_cusps() -> None:
    (cusp,) = cusps(MEAN_VAR, "1e-5")
    bound = 1 / (3 * mp.sqrt(mp.mpf("3e-5")) * (1 + mp.mpf("4e-5")))
    assert abs(number(str(cusp.beta[0])) - bound) < mp.mpf(10) ** -9
    assert abs(number(str(cusp.beta[1])) - bound) < mp.mpf(10) ** -9
    (half,) = cusps(MEAN_VAR, "1e-5", "0.5")
    assert half.beta[0] > cusp.beta[1]
    assert len(cusps(GROUP, "1e-4", reach=20)) == 1
    assert cusps(MEAN, "1e-4") == ()


def test_the_mean_has_neither_fold_nor_flip() -> None:
    assert not fold_curve(MEAN, "1e-5").pieces
    assert not flip_curve(MEAN, "1e-5").pieces


def test_cycles_recede_with_the_mirror() -> None:
    """S7: at (1 - alpha) beta >= Bmax there is no flip, and at alpha 1/2 and eps 1e-3 none in the window."""
    assert not flip_curve(MEAN_VAR, "1e-3", "0.5").pieces
    assert flip_curve(MEAN_VAR, "1e-3", "1").pieces


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"alpha": "0"}, "alpha > 0"),
        ({"eps": "1e-5:1e-4"}, "exact eps"),
        ({"tolerance": "0"}, "tolerance"),
        ({"p_ref": "0:0.5"}, "p_ref"),
    ],
)
def test_bad_input_is_refused(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        fold_curve(MEAN_VAR, **{"eps": "1e-5", **arguments})


def test_a_cusp_needs_exact_numbers() -> None:
    with pytest.raises(InputError, match="reach"):
        cusps(MEAN_VAR, "1e-5", reach=0)


@pytest.mark.parametrize("size", [2, 3])
def test_a_constant_contrast_has_no_cusp(size: int) -> None:
    for ddof in (0, 1):
        assert cusps(Contrast("group", size, ddof), "1e-5") == ()


@pytest.mark.parametrize(
    ("alpha", "message"), [("0", "at alpha = 0 there is no fixed point"), ("0:1", "ranges")]
)
def test_alpha_of_curves_is_one_number_above_zero(alpha: str, message: str) -> None:
    searches = (cusps, fold_curve, flip_curve, settling_bound)
    for search in searches:
        with pytest.raises(InputError, match=message):
            search(MEAN_VAR, "1e-5", alpha)
