"""An expression with ranges in the place of numbers stands for all that have numbers there."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import brute_force
from verified_grpo.certificates import canonical_bytes, fixed_points_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.checker import check_bytes
from verified_grpo.checker.diagnostics import Code
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.contrasts import omega_expression
from verified_grpo.model.steps import StepParameters
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

mp = mpmath.mp
EPS = Fraction(1, 100)


def least(contrast: Contrast, t: Fraction, f: Fraction, beta: Fraction, p_ref: Fraction) -> mpmath.mpf:
    """Where steps of a twentieth of beta's bound come to rest, by the definition."""
    start, x = brute_force.log_odds(p_ref), brute_force.log_odds(p_ref)
    for _ in range(2000):
        p = 1 / (1 + mp.exp(-x))
        m = brute_force.number(f) + brute_force.number(t - f) * p
        push = brute_force.number(t - f) * brute_force.omega(contrast, EPS, mp.log(m / (1 - m)))
        moved = (push - brute_force.number(beta) * (x - start)) / (20 * (1 + brute_force.number(beta)))
        x += moved
        if abs(moved) < mp.mpf(10) ** -10:
            break
    return x


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD, MEAN], ids=lambda c: c.label)
@settings(max_examples=2, deadline=None)
@given(
    t=st.integers(80, 95), f=st.integers(5, 30), at=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    beta=st.integers(5, 30), p_ref=st.integers(1, 60),
)  # fmt: skip
def test_every_choice_is_held(
    contrast: Contrast, t: int, f: int, at: tuple[int, int], beta: int, p_ref: int
) -> None:
    """The least fixed point of each verifier of the ranges, by brute force, lies in the first bracket."""
    low_t, low_f = Fraction(t, 100), Fraction(f, 100)
    width = Fraction(1, 100)
    drive = Verifier((low_t, low_t + width), (low_f, low_f + width)).drive(contrast)
    assert not drive.is_single
    numbers = {"beta": Fraction(beta, 10), "eps": EPS, "p_ref": Fraction(p_ref, 100)}
    found = fixed_points(drive, Parameters.of(**numbers))
    if not isinstance(found, FixedPoints):
        return
    assert check_bytes(canonical_bytes(fixed_points_certificate(found))).code is Code.ACCEPTED
    one = low_t + width * at[0] / 4, low_f + width * at[1] / 4
    rest = least(contrast, *one, numbers["beta"], numbers["p_ref"])
    bracket = found.points[0].logit
    assert brute_force.number(bracket[0]) - 1e-7 <= rest <= brute_force.number(bracket[1]) + 1e-7
    steps = small_steps(drive, StepParameters.of(**numbers))
    if isinstance(steps, RisesBySteps):
        sealed = canonical_bytes(small_steps_certificate(steps))
        assert check_bytes(sealed).code is Code.ACCEPTED


def test_ranges_close() -> None:
    """That the test above is not empty, for each of its contrasts."""
    for contrast in (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 4, 1)):
        drive = Verifier.of("0.9:0.91", "0.2:0.21").drive(contrast)
        assert isinstance(fixed_points(drive, Parameters.of(beta=1, eps=EPS, p_ref="0.1")), FixedPoints)


def test_no_single_formula_is_made_of_them() -> None:
    drive = Verifier.of("0.9:0.92", "0.1").drive(MEAN_VAR)
    with pytest.raises(InputError, match="stands for all numbers of a range"):
        omega_expression(drive)
    assert drive.middle == Verifier.of("0.91", "0.1").drive(MEAN_VAR)
    assert drive.middle.is_single
