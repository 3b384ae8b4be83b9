"""What SymPy derives, against the paper's formulas and against difference quotients."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.intervals import Sign, make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Profile, formulas
from verified_grpo.model import derivation as d
from verified_grpo.model.contrasts import eps, p

CONTRASTS = (
    MEAN_VAR,
    MEAN_STD,
    MEAN,
    Contrast("group", 2, 0),
    Contrast("group", 8, 1),
    Contrast("group", 9, 0),
)


def test_the_derivative_of_h_is_the_papers() -> None:
    """Proposition 1: h' = -h (1 - h)(1 - 2p)/(2 beta (p(1-p) + eps)^(3/2))."""
    h = d.h()
    paper = -h * (1 - h) * (1 - 2 * p) / (2 * d.beta * (p * (1 - p) + eps) ** sp.Rational(3, 2))
    assert sp.simplify(d.h_prime() - paper) == 0


def test_lemma_1() -> None:
    paper = p * (1 - p) * (2 * p - 1) / (2 * d.beta * (p * (1 - p) + eps) ** sp.Rational(3, 2))
    assert sp.simplify(d.lemma1() - paper) == 0


def test_the_multiplier_in_log_odds_is_lemma_1() -> None:
    assert sp.simplify(d.in_probability(d.slope(MEAN_VAR)) / d.beta - d.lemma1()) == 0


def test_the_largest_slope_is_the_closed_form() -> None:
    """S2: Bmax = 1/(3 sqrt(3 eps) (1 + 4 eps)); at eps 1e-5 it is 60.86."""
    assert sp.simplify(d.slope_bound(MEAN_VAR) - 1 / (3 * sp.sqrt(3 * eps) * (1 + 4 * eps))) == 0
    assert float(d.slope_bound(MEAN_VAR).subs(eps, sp.Rational(1, 10**5))) == pytest.approx(60.86, abs=0.01)


def test_the_peak_of_the_std_contrast() -> None:
    """S3: s = (sqrt(1 + 32 eps^2) - 1)/(16 eps), v = s^2."""
    s = (sp.sqrt(1 + 32 * eps**2) - 1) / (16 * eps)
    assert sp.simplify(d.peak_variance(MEAN_STD) - s**2) == 0


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD, Contrast("group", 4, 1)], ids=lambda c: c.label)
def test_on_the_fold_curve_the_gap_and_its_slope_vanish(contrast: Contrast) -> None:
    beta, reference = d.fold_curve(contrast)
    fold = {d.beta: beta, d.L_ref: reference}
    assert sp.simplify(d.gap(contrast).subs(fold)) == 0
    assert sp.simplify(d.gap_slope(contrast).subs(fold)) == 0


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
@examples(25)
@given(
    x=st.fractions(min_value=-20, max_value=20, max_denominator=64),
    width=st.fractions(min_value=Fraction(1, 100), max_value=3, max_denominator=100),
    exponent=st.integers(min_value=1, max_value=8),
)
def test_difference_quotients_lie_in_the_enclosed_slopes(
    engine: str, contrast: Contrast, x: Fraction, width: Fraction, exponent: int
) -> None:
    """The mean value theorem: the quotient is a value of the slope inside the cell. A wrong sign or factor
    breaks it."""
    with make_engine(engine, 160) as e:
        profile = Profile(e, contrast, Fraction(1, 10**exponent))
        rise = e.sub(profile.at(x + width)[0], profile.at(x)[0])
        quotient = e.div(rise, e.exact(width))
        slopes = profile.slope_over(x, x + width)
        assert e.upper(quotient) >= e.lower(slopes)
        assert e.lower(quotient) <= e.upper(slopes)


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD])
@pytest.mark.parametrize("exponent", [1, 3, 5, 9, 30])
def test_the_slope_at_the_peak_is_the_bound(contrast: Contrast, exponent: int) -> None:
    with make_engine("arb", 300) as e:
        stabiliser = e.exact(Fraction(1, 10**exponent))
        peak, bound = formulas.peak_program(contrast).bind(e, eps=stabiliser)()
        (slope,) = formulas.slope_program(contrast).bind(e, eps=stabiliser)(peak)
        (bend,) = formulas.curvature_program(contrast).bind(e, eps=stabiliser)(peak)
        assert e.sign(e.sub(slope, bound)) in (Sign.UNDECIDED, Sign.ZERO)
        assert e.sign(bend) in (Sign.UNDECIDED, Sign.ZERO)
        assert e.upper(e.sub(slope, bound)) < Fraction(1, 10**40) * e.upper(bound)
