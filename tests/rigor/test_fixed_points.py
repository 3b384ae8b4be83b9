"""All fixed points: counts, brackets, completeness, folds, boxes, and the checker's opinion of each."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.certificates import canonical_bytes, fixed_points_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact, make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Gap, Parameters, formulas
from verified_grpo.rigor import FixedPoints, UndecidedFixedPoints, fixed_points

ENGINES = ("mpmath", "arb")
BETAS = ("0.04", "0.5", "1", "3", "5", "100")
P_REFS = ("0.001", "0.3", "0.9")
COUNTS = {
    ("0.5", "0.001"): 3, ("1", "0.001"): 3,
    ("3", "0.001"): 3, ("3", "0.3"): 3,
    ("5", "0.001"): 3, ("5", "0.3"): 3, ("5", "0.9"): 3,
}  # fmt: skip
CONTRASTS = (
    MEAN_VAR,
    MEAN_STD,
    MEAN,
    Contrast("group", 2, 0),
    Contrast("group", 8, 1),
    Contrast("group", 16, 1),
)


def proved(outcome: FixedPoints | UndecidedFixedPoints) -> FixedPoints:
    assert isinstance(outcome, FixedPoints), outcome
    return outcome


def accepted(found: FixedPoints) -> bool:
    verdict = check_bytes(canonical_bytes(fixed_points_certificate(found)))
    assert verdict.outcome is Outcome.ACCEPTED, verdict
    return True


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("beta", BETAS)
@pytest.mark.parametrize("p_ref", P_REFS)
def test_the_paper_s_parameters(engine: str, beta: str, p_ref: str) -> None:
    found = proved(fixed_points(MEAN_VAR, Parameters.of(beta=beta, eps="1e-5", p_ref=p_ref), engine=engine))
    assert found.count == COUNTS.get((beta, p_ref), 1)
    assert accepted(found)
    with mpmath.workdps(60):
        b, e, pr = (mpmath.mpf(text) for text in (beta, "1e-5", p_ref))
        for point in found.points:
            guess = mpmath.mpf(point.logit[0].numerator) / point.logit[0].denominator
            root = mpmath.findroot(
                lambda x: (
                    x - mpmath.log(pr / (1 - pr)) - 1 / (b * mpmath.sqrt(1 / (2 + 2 * mpmath.cosh(x)) + e))
                ),
                guess,
            )
            low, high = (mpmath.mpf(x.numerator) / x.denominator for x in point.logit)
            assert low <= root <= high
            assert high - low <= mpmath.mpf(10) ** -15 * max(1, abs(root))
            complement = 1 / (1 + mpmath.exp(root))
            assert mpmath.mpf(point.one_minus_p[0]) <= complement <= mpmath.mpf(point.one_minus_p[1])


def test_no_sign_change_is_missed_on_a_fine_grid() -> None:
    """Completeness, seen from outside: the gap's sign changes on a dense grid are as many as the fixed
    points."""
    import numpy as np

    grid = np.linspace(-12, 700, 2_000_001)
    variance = 1 / (2 + 2 * np.cosh(np.clip(grid, -300, 300)))
    for beta in ("0.5", "1", "3", "5", "100"):
        for p_ref in P_REFS:
            reference = float(np.log(float(p_ref) / (1 - float(p_ref))))
            gap = grid - reference - 1 / (float(beta) * np.sqrt(variance + 1e-5))
            changes = int(np.count_nonzero(np.diff(np.signbit(gap))))
            assert changes == COUNTS.get((beta, p_ref), 1)


@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
@examples(25)
@given(
    beta=st.fractions(min_value=Fraction(1, 50), max_value=80, max_denominator=200),
    p_ref=st.fractions(min_value=Fraction(1, 10**4), max_value=1 - Fraction(1, 10**4), max_denominator=10**4),
    eps_exponent=st.integers(min_value=0, max_value=9),
    alpha=st.fractions(min_value=Fraction(1, 20), max_value=1, max_denominator=20),
    engine=st.sampled_from(ENGINES),
)
def test_random_parameters_are_answered_and_accepted(
    contrast: Contrast, beta: Fraction, p_ref: Fraction, eps_exponent: int, alpha: Fraction, engine: str
) -> None:
    box = Parameters.of(beta=beta, eps=Fraction(1, 10**eps_exponent), p_ref=p_ref, alpha=alpha)
    found = proved(fixed_points(contrast, box, engine=engine))
    assert found.count in (1, 2, 3)
    assert accepted(found)
    reference = fixed_points(contrast, box, engine="arb", digits=30)
    for coarse, fine in zip(found.points, proved(reference).points, strict=True):
        assert coarse.logit[0] <= fine.logit[1]
        assert fine.logit[0] <= coarse.logit[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_alpha_zero_has_no_fixed_point(engine: str) -> None:
    found = proved(
        fixed_points(MEAN_VAR, Parameters.of(beta=1, eps="1e-5", p_ref="0.3", alpha=0), engine=engine)
    )
    assert found.count == 0
    assert accepted(found)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("size", "ddof"), [(3, 0), (3, 1), (4, 1), (5, 0)])
def test_small_groups_with_equal_coefficients(engine: str, size: int, ddof: int) -> None:
    box = Parameters.of(beta="0.3", eps="1e-6", p_ref="0.2")
    assert accepted(proved(fixed_points(Contrast("group", size, ddof), box, engine=engine)))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("p_ref", ["1e-400", str(1 - Fraction(1, 10**400))])
def test_p_ref_beyond_the_range_of_floats(engine: str, p_ref: str) -> None:
    found = proved(fixed_points(MEAN_VAR, Parameters.of(beta=100, eps="1e-5", p_ref=p_ref), engine=engine))
    assert found.count == 1
    assert accepted(found)


def test_over_alpha_from_zero_the_count_changes() -> None:
    found = fixed_points(MEAN_VAR, Parameters.of(beta=1, eps="1e-5", p_ref="0.3", alpha="0:1"))
    assert isinstance(found, UndecidedFixedPoints)
    assert "no fixed point at alpha = 0, at least one at every alpha above it" in found.reason


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("eps", ["1e-400", "1e-5", "1e400"])
@pytest.mark.parametrize("beta", ["1e-400", "5", "1e400"])
def test_parameters_beyond_floats_have_an_answer(engine: str, beta: str, eps: str) -> None:
    found = fixed_points(MEAN_VAR, Parameters.of(beta=beta, eps=eps, p_ref="0.3"), engine=engine)
    if isinstance(found, UndecidedFixedPoints):
        assert "log-odds beyond 1e12" in found.reason
    else:
        assert found.count in (1, 3)
        assert check_bytes(canonical_bytes(fixed_points_certificate(found))).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("digits", [1, 2, 15, 50, 400])
@pytest.mark.parametrize("engine", ENGINES)
def test_digits(engine: str, digits: int) -> None:
    found = proved(
        fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3"), digits=digits, engine=engine)
    )
    assert found.count == 3
    for point in found.points:
        low, high = point.logit
        assert high - low <= Fraction(1, 10**digits) * max(Fraction(1), abs(high))
        for pair in (point.one_minus_p, point.multiplier):
            lower, upper = (exact(text) for text in pair)
            assert abs(upper - lower) <= abs(upper) * Fraction(20, 10**digits)
    assert accepted(found)


def test_ten_thousand_digits() -> None:
    found = proved(
        fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3"), digits=10_000, engine="arb")
    )
    assert [point.logit[1] - point.logit[0] <= Fraction(8, 10**10_000) * 63 for point in found.points] == [
        True
    ] * 3


@pytest.mark.parametrize("digits", [0, 10_001, -3])
def test_digits_out_of_range_are_refused(digits: int) -> None:
    with pytest.raises(InputError, match="digits must be from 1 to 10000"):
        fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3"), digits=digits)


def p_ref_of_a_fold(beta: Fraction, eps: Fraction, digits: int) -> Fraction:
    """p_ref for which the gap has a double zero right of the slope's peak, to so many digits."""
    with mpmath.workdps(digits + 30):
        b, e = mpmath.mpf(beta.numerator) / beta.denominator, mpmath.mpf(eps.numerator) / eps.denominator

        def slope(x: mpmath.mpf) -> mpmath.mpf:
            v = 1 / (2 + 2 * mpmath.cosh(x))
            return mpmath.tanh(x / 2) * v / (2 * (v + e) ** mpmath.mpf("1.5"))

        x = mpmath.findroot(
            lambda t: slope(t) - b, (13, 14), solver="anderson", tol=mpmath.mpf(10) ** -(2 * digits)
        )
        reference = x - 1 / (b * mpmath.sqrt(1 / (2 + 2 * mpmath.cosh(x)) + e))
        p_ref = 1 / (1 + mpmath.exp(-reference))
        return Fraction(int(mpmath.floor(p_ref * mpmath.mpf(10) ** digits)), 10**digits)


def test_close_to_a_fold_the_count_is_right_on_both_sides() -> None:
    fold = p_ref_of_a_fold(Fraction(20), Fraction(1, 10**5), 60)
    for distance in (Fraction(1, 10**6), Fraction(1, 10**20), Fraction(1, 10**40)):
        counts = [
            proved(
                fixed_points(MEAN_VAR, Parameters.of(beta=20, eps="1e-5", p_ref=fold + side * distance))
            ).count
            for side in (-1, 1)
        ]
        assert sorted(counts) == [1, 3]


def test_on_a_fold_the_answer_is_undecided_with_a_bracket() -> None:
    fold = p_ref_of_a_fold(Fraction(20), Fraction(1, 10**5), 2500)
    outcome = fixed_points(MEAN_VAR, Parameters.of(beta=20, eps="1e-5", p_ref=fold), engine="arb")
    assert isinstance(outcome, UndecidedFixedPoints)
    assert "double" in outcome.reason
    assert outcome.bracket is not None
    assert 13 < outcome.bracket[0] <= outcome.bracket[1] < 14


@pytest.mark.parametrize("engine", ENGINES)
def test_over_a_box_the_hull_holds_the_fixed_points_of_every_sample(engine: str) -> None:
    box = Parameters.of(beta="5:6", eps="1e-5:2e-5", p_ref="0.3:0.4", alpha="1/2:1")
    # alpha beta from 2.5 to 6
    hull = proved(fixed_points(MEAN_VAR, box, engine=engine))
    assert hull.count == 3
    assert accepted(hull)
    for beta in ("5", "5.5", "6"):
        for p_ref in ("0.3", "0.35", "0.4"):
            for eps in ("1e-5", "2e-5"):
                for alpha in ("1/2", "1"):
                    point = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
                    found = proved(fixed_points(MEAN_VAR, point, engine=engine))
                    for wide, thin in zip(hull.points, found.points, strict=True):
                        assert wide.logit[0] <= thin.logit[0]
                        assert thin.logit[1] <= wide.logit[1] + Fraction(1, 10**14) * 100


def test_a_box_on_which_the_count_changes_is_undecided() -> None:
    outcome = fixed_points(MEAN_VAR, Parameters.of(beta="1:100", eps="1e-5", p_ref="0.3"))
    assert isinstance(outcome, UndecidedFixedPoints)


def test_an_orbit_settles_on_an_attracting_fixed_point() -> None:
    """The recursion itself, iterated in floating point from a fixed point's bracket, stays there."""
    found = proved(fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3")))
    with make_engine("arb", 200) as e:
        for point in found.points:
            low = point.logit[0]
            (omega, _slope) = formulas.profile_program(MEAN_VAR).bind(e, eps=e.exact(Fraction(1, 10**5)))(
                e.exp(e.exact(-low))
            )
            image = e.add(e.log(e.exact(Fraction(3, 7))), e.div(omega, e.exact(5)))
            assert abs(e.lower(image) - low) < Fraction(1, 10**12)


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("digits", [15, 60, 200, 390, 1500, 3000])
def test_the_work_grows_with_the_number_of_digits_only_slowly(
    engine: str, digits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newton's method doubles the digits; a start that is too coarse for its steps ends in bisection, which
    takes an evaluation a bit."""
    evaluations = 0

    def counted(name: str) -> None:
        plain = getattr(Gap, name)

        def counting(self: Any, *given: Any) -> Any:
            nonlocal evaluations
            evaluations += 1
            return plain(self, *given)

        monkeypatch.setattr(Gap, name, counting)

    counted("sign_once")
    counted("newton_step")
    found = fixed_points(
        MEAN_VAR, Parameters.of(beta="5", eps="1e-5", p_ref="0.3"), digits=digits, engine=engine
    )
    assert isinstance(found, FixedPoints)
    assert found.count == 3
    assert evaluations <= 3 * (3 + math.log2(digits + 30))
