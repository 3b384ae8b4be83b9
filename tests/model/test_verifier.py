"""Verifiers that err, against the definitions: four kinds of answers, tilted by what the verifier passes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker import truth
from tests.shared import examples
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters, Range
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor import FixedPoints, fixed_points

mp = mpmath.mp
shares = st.integers(1, 99).map(lambda k: Fraction(k, 100))
NAMED: tuple[tuple[Contrast, Any], ...] = (
    (MEAN_VAR, {"contrast": "mean-var"}),
    (MEAN_STD, {"contrast": "mean-std"}),
    (MEAN, {"contrast": "mean"}),
    (Contrast("group", 5, 1), {"contrast": "group", "group_size": 5, "ddof": 1}),
)


def exactly(t: Fraction, f: Fraction) -> Verifier:
    return Verifier((t, t), (f, f))


@pytest.mark.parametrize(("contrast", "variant"), NAMED, ids=lambda x: getattr(x, "label", ""))
@examples(8)
@given(
    rates=st.tuples(shares, shares).filter(lambda pair: pair[0] != pair[1]),
    p_ref=shares,
    beta=st.integers(1, 40),
)
def test_independent_errors_have_the_fixed_points_of_the_definition(
    contrast: Contrast, variant: Any, rates: tuple[Fraction, Fraction], p_ref: Fraction, beta: int
) -> None:
    """L - L_ref = J/beta times the contrast at the observed rate, to 60 digits."""
    t, f = max(rates), min(rates)
    weight = Fraction(beta, 10)
    drive = exactly(t, f).drive(contrast)
    found = fixed_points(drive, Parameters.of(beta=weight, eps="1e-2", p_ref=p_ref), engine="arb")
    assert isinstance(found, FixedPoints), found.reason
    for point in found.points:
        values = []
        for end in point.logit:
            p = truth.sigma(truth.number(str(end)))
            m = truth.number(str(f)) + truth.number(str(t - f)) * p
            omega = truth.omega(variant, truth.mp.log(m / (1 - m)), truth.number("1e-2"))
            reference = truth.mp.log(truth.number(str(p_ref)) / (1 - truth.number(str(p_ref))))
            values.append(truth.number(str(end)) - reference - truth.number(str((t - f) / weight)) * omega)
        assert values[0] * values[1] <= 0


@given(t=shares, f=shares, p=shares, tilt=st.integers(-40, 400))
def test_systematic_errors_keep_the_shares_of_the_reference(
    t: Fraction, f: Fraction, p: Fraction, tilt: int
) -> None:
    """Right and wrong answers that pass or fail, tilted by exp(theta) where they pass."""
    with mp.workdps(60):
        grow = mp.exp(mp.mpf(tilt) / 20)
        weights = {
            (right, passed): mp.mpf(float(share.numerator)) / share.denominator * (grow if passed else 1)
            for right, passed, share in (
                (True, True, p * t),
                (True, False, p * (1 - t)),
                (False, True, (1 - p) * f),
                (False, False, (1 - p) * (1 - f)),
            )
        }
        total = sum(weights.values())
        observed = (weights[True, True] + weights[False, True]) / total
        true = (weights[True, True] + weights[True, False]) / total
        verifier, room = exactly(t, f), mp.mpf(10) ** -40
        ends = Fraction(str(mp.nstr(observed - room, 50))), Fraction(str(mp.nstr(observed + room, 50)))
        low, high = verifier.true_rate(ends, (p, p))
        assert mp.mpf(low.numerator) / low.denominator <= true + room
        assert true <= mp.mpf(high.numerator) / high.denominator + room
        least, ceiling = verifier.precision((p, p))
        assert least == ceiling
        above = true > mp.mpf(ceiling.numerator) / ceiling.denominator + room
        assert not above if t >= f else True


def test_a_perfect_verifier_changes_nothing() -> None:
    perfect = Verifier.of("1", "0")
    assert perfect.true_rate((Fraction(1, 3), Fraction(1, 2)), (Fraction(1, 9),) * 2) == (
        Fraction(1, 3),
        Fraction(1, 2),
    )
    assert perfect.drive(MEAN_STD) == perfect.drive(Contrast.of("1/(eps + sqrt(v))"))


def test_a_verifier_that_prefers_wrong_answers_lowers_the_rate() -> None:
    harmful = Verifier.of("0.2", "0.7")
    low, high = harmful.true_rate((Fraction(7, 10), Fraction(7, 10)), (Fraction(1, 2),) * 2)
    assert low == high < Fraction(1, 2)
    assert harmful.precision((Fraction(1, 2),) * 2) == (Fraction(2, 9),) * 2
    with pytest.raises(InputError, match=r"--true-positive 0\.7 --false-positive 0\.2"):
        harmful.drive(MEAN_VAR)


@pytest.mark.parametrize(
    ("rates", "line"),
    [(("1.1", "0"), "from 0 to 1"), (("0.5", "-0.1"), "from 0 to 1"), (("x", "0"), "not a number")],
)
def test_rates_outside_are_refused(rates: tuple[str, str], line: str) -> None:
    with pytest.raises(InputError, match=line):
        Verifier.of(*rates)
    with pytest.raises(InputError, match="nothing to learn"):
        Verifier.of("1", "1").observed((Fraction(1, 2),) * 2)


ranges = st.tuples(shares, shares).map(lambda pair: (min(pair), max(pair)))


@examples(60)
@given(t=ranges, f=ranges, p=ranges, m=ranges, at=st.tuples(*[st.integers(0, 4)] * 4))
def test_ranges_hold_every_verifier_in_them(
    t: Range, f: Range, p: Range, m: Range, at: tuple[int, int, int, int]
) -> None:
    """Rates of passing, shares among what passes, and rates of right answers, at points of the box."""
    family = Verifier(t, f)
    sides = (t, f, p, m)
    one_t, one_f, one_p, one_m = (
        low + (high - low) * k / 4 for (low, high), k in zip(sides, at, strict=True)
    )
    one = exactly(one_t, one_f)
    observed = family.observed(p)
    assert observed[0] <= one.observed((one_p, one_p))[0] <= observed[1]
    if family.sign is None:
        with pytest.raises(InputError, match="is open"):
            family.true_rate(m, p)
        return
    assert one.sign == family.sign
    precision = family.precision(p)
    assert precision[0] <= one.precision((one_p, one_p))[0] <= precision[1]
    right = family.true_rate(m, p)
    assert right[0] <= one.true_rate((one_m, one_m), (one_p, one_p))[0] <= right[1]


def test_rates_that_are_ranges_lead_back_from_the_observed_one() -> None:
    family = Verifier.of("0.8:0.9", "0.1:0.2")
    low, high = family.behind((Fraction(1, 2), Fraction(3, 5)))
    # (0.5 - 0.2)/(0.9 - 0.2) and (0.6 - 0.1)/(0.8 - 0.1)
    assert (low, high) == (Fraction(3, 7), Fraction(5, 7))
    with pytest.raises(InputError, match=r"passes between 0\.1:0\.2 and 0\.8:0\.9"):
        family.behind((Fraction(1, 2), Fraction(17, 20)))
    assert not family.drive(MEAN_VAR).is_single
    with pytest.raises(InputError, match="open"):
        Verifier.of("0.1:0.9", "0.5").drive(MEAN_VAR)
