"""The largest beta, and the bound of steps under k3: held against training at 60 digits."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import mpmath
from hypothesis import given
from hypothesis import strategies as st

from tests.brute_force import DIGITS, follow, k3_drive, log_odds, number, omega
from tests.shared import examples
from verified_grpo.audit.configurations.largest_beta import backed, largest_beta
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor.k3 import k3_fixed_point
from verified_grpo.rigor.k3_steps import K3Rises, k3_small_steps
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

CONTRASTS = st.sampled_from([MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1), Contrast("group", 5, 0)])
EPSES = st.sampled_from([Fraction(1, 1000), Fraction(1, 100), Fraction(1, 10)])
RATES = st.integers(1, 80).map(lambda k: Fraction(k, 100))
GAINS = st.sampled_from([Fraction(1, 100), Fraction(1, 10), Fraction(19, 100)])


@examples(10)
@given(CONTRASTS, EPSES, RATES, GAINS)
def test_up_to_the_largest_beta_small_steps_get_there_and_not_far_beyond(
    contrast: Contrast, eps: Fraction, rate: Fraction, gain: Fraction
) -> None:
    target = rate + gain
    beta = largest_beta(contrast, eps, rate, target, forward=False)
    with mpmath.workdps(DIGITS):
        start, end = log_odds(rate), log_odds(target)
        places = [start + (end - start) * k / 200 for k in range(1, 201)]
        ratios = [omega(contrast, eps, x) / (x - start) for x in places]
        assert number(beta) <= min(ratios)  # nothing rests on the way
        assert number(beta) >= min(ratios) * (1 - mpmath.mpf(10) ** -2)  # and the bound is near
    below = small_steps(contrast, StepParameters.of(beta=beta * Fraction(999, 1000), eps=eps, p_ref=rate))
    beyond = small_steps(contrast, StepParameters.of(beta=beta * Fraction(102, 100), eps=eps, p_ref=rate))
    if isinstance(below, RisesBySteps) and below.limit is not None:
        assert Fraction(below.limit.p[1]) >= target
    if isinstance(beyond, RisesBySteps) and beyond.limit is not None:
        assert Fraction(beyond.limit.p[0]) < target


@examples(10)
@given(CONTRASTS, EPSES, RATES, GAINS)
def test_the_largest_beta_under_k3(contrast: Contrast, eps: Fraction, rate: Fraction, gain: Fraction) -> None:
    target = rate + gain
    beta = largest_beta(contrast, eps, rate, target, forward=True)
    for factor, reaches in ((Fraction(1), True), (Fraction(1001, 1000), False)):
        box = StepParameters.of(beta=beta * factor, eps=eps, p_ref=rate)
        p = k3_fixed_point(contrast, box, digits=20).p
        assert (Fraction(p[1]) >= target) if reaches else (Fraction(p[0]) < target)


def test_the_certificate_of_the_largest_beta_is_about_every_smaller_one() -> None:
    contrast, eps = Contrast("group", 8, 1), Fraction(1, 10**4)
    p_ref, target = (Fraction(1, 100), Fraction(9, 10)), Fraction(1, 2)
    beta = largest_beta(contrast, eps, p_ref[0], target, forward=False)
    certificate = backed(contrast, eps, p_ref, beta * Fraction(999, 1000), target)
    assert certificate is not None
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED
    assert certificate["statement"]["parameters"]["beta"][0] == "0"
    assert Fraction(certificate["statement"]["beyond"]) >= 0
    assert backed(contrast, eps, p_ref, beta * Fraction(1001, 1000), target) is None


@examples(10)
@given(CONTRASTS, EPSES, RATES, st.sampled_from([Fraction(k, 20) for k in (1, 6, 20, 60)]))
def test_k3_steps_below_the_bound_rise_to_the_fixed_point(
    contrast: Contrast, eps: Fraction, rate: Fraction, beta: Fraction
) -> None:
    box = StepParameters.of(beta=beta, eps=eps, p_ref=rate)
    found = k3_small_steps(contrast, box)
    assert isinstance(found, K3Rises)
    step, point = found.largest_step[0], found.limit
    with mpmath.workdps(DIGITS):
        orbit = follow(k3_drive(contrast, beta, eps, rate), log_odds(rate), number(step), 40)
        assert all(a <= b + mpmath.mpf(10) ** -50 for a, b in pairwise(orbit))
        assert orbit[-1] <= number(point.logit[1])
