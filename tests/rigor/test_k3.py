"""The recursion under k3: its lemmas, its fixed point against plain iteration, and every verdict checked."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.k3 import k3_certificate
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact, make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters, Workbench
from verified_grpo.model.contrasts import group_coefficients
from verified_grpo.model.derivation import p_ref, pull, pull_slope, t
from verified_grpo.model.k3 import K3Step
from verified_grpo.rigor.k3 import (
    K3Converges,
    K3Repels,
    k3_amplification,
    k3_convergence,
    k3_fixed_point,
)

CONTRASTS = (MEAN, MEAN_VAR, MEAN_STD, Contrast("group", 8, 1), Contrast("group", 5, 0))
EPS = sp.Symbol("eps", positive=True)

betas = st.fractions(Fraction(1, 200), 8, max_denominator=1000)
references = st.fractions(Fraction(1, 500), Fraction(499, 500), max_denominator=500)


@cache
def coefficients(contrast: Contrast, eps: float) -> list[float]:
    return [float(x.subs(EPS, eps)) for x in group_coefficients(contrast)]


def omega(contrast: Contrast, eps: float, p: float) -> float:
    """The contrast in floats, from its definition."""
    v = p * (1 - p)
    if contrast.name == "group":
        n = contrast.group_size - 1
        c = coefficients(contrast, eps)
        return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) * c[k] for k in range(n + 1))
    if contrast.name == "mean":
        return 1.0
    return 1 / math.sqrt(v + eps) if contrast.name == "mean-var" else 1 / (math.sqrt(v) + eps)


def accepted(outcome: object) -> bool:
    data = canonical_bytes(k3_certificate(outcome))  # type: ignore[arg-type]
    return all(check_bytes(data, name).outcome is Outcome.ACCEPTED for name in ARITHMETICS)


# --- the lemmas


def test_the_maximiser_on_a_finite_space() -> None:
    """Lemma 25 by SymPy, on two successes and two failures: the class mass solves (p - p_ref)/(p q) = w."""
    a, b, c, lam, w = sp.symbols("a b c lam w", positive=True)
    reference = [a, b, c, 1 - a - b - c]
    advantage = [w, w, 0, 0]
    policy = [r / (lam - x) for r, x in zip(reference, advantage, strict=True)]  # beta = 1
    p, ref = policy[0] + policy[1], a + b
    normalised = sp.solve(sp.numer(sp.together(sum(policy) - 1)), lam)
    for root in normalised:
        assert sp.simplify(((p - ref) - w * p * (1 - p)).subs(lam, root)) == 0


def test_the_gradient_of_k3_on_policy() -> None:
    """``E_pi[d k3/dx]`` is ``d/dx KL(pi_ref || pi)`` on a space of three outcomes."""
    x, y, a, b = sp.symbols("x y a b", positive=True)
    policy, reference = [x, y, 1 - x - y], [a, b, 1 - a - b]
    k3 = [r / p - sp.log(r / p) - 1 for p, r in zip(policy, reference, strict=True)]
    forward = sum(r * sp.log(r / p) for p, r in zip(policy, reference, strict=True))
    for variable in (x, y):
        sampled = sum(p * sp.diff(term, variable) for p, term in zip(policy, k3, strict=True))
        assert sp.simplify(sampled - sp.diff(forward, variable)) == 0


def test_the_pull_and_its_slope() -> None:
    p = 1 / (1 + t)
    assert sp.simplify(pull() - (p - p_ref) / (p * (1 - p))) == 0
    # lemma 27: dK/dL = 1 + K (p - q)
    assert sp.simplify(pull_slope() - (1 + pull() * (2 * p - 1))) == 0


def test_mean_var_and_mean_std_have_a_concave_drive() -> None:
    """Lemma 26's derivatives, as printed."""
    v, s, c = sp.symbols("v s c", positive=True)
    drive = v / sp.sqrt(v + EPS)
    assert sp.simplify(sp.diff(drive, v) - (v + 2 * EPS) / (2 * (v + EPS) ** sp.Rational(3, 2))) == 0
    assert sp.simplify(sp.diff(drive, v, 2) + (v + 4 * EPS) / (4 * (v + EPS) ** sp.Rational(5, 2))) == 0
    rooted = s**2 / (c * s + EPS)
    by_variance = sp.diff(rooted, s) / (2 * s)
    assert sp.simplify(by_variance - (c * s + 2 * EPS) / (2 * (c * s + EPS) ** 2)) == 0
    falls = sp.diff(by_variance, s) * 2 * (c * s + EPS) ** 3
    assert sp.simplify(falls + c * (c * s + 3 * EPS)) == 0


@pytest.mark.parametrize(("size", "ddof"), [(2, 0), (3, 1), (5, 0), (8, 1)])
def test_the_drive_of_a_group_is_a_bernstein_polynomial(size: int, ddof: int) -> None:
    """Lemma 26: ``p q Omega = sum C(G,j) p^j q^(G-j) psi(j/G)``, psi concave, as polynomials."""
    p = sp.Symbol("x")
    coefficients = group_coefficients(Contrast("group", size, ddof))
    n = size - 1
    left = (
        p
        * (1 - p)
        * sum(sp.binomial(n, k) * p**k * (1 - p) ** (n - k) * c for k, c in enumerate(coefficients))
    )

    def psi(j: int) -> sp.Expr:
        share = sp.Rational(j, size)
        spread = sp.sqrt(share * (1 - share) * sp.Rational(size, size - ddof))
        return share * (1 - share) / (spread + EPS)

    right = sum(sp.binomial(size, j) * p**j * (1 - p) ** (size - j) * psi(j) for j in range(size + 1))
    difference = sp.Poly(sp.expand((left - right).subs(EPS, sp.Rational(1, 100))), p)
    assert all(abs(sp.N(c, 50)) < sp.Rational(1, 10**40) for c in difference.all_coeffs())
    drops = [psi(j + 1) - psi(j) for j in range(size)]
    assert all(sp.N((b - a).subs(EPS, sp.Rational(1, 100))) < 0 for a, b in pairwise(drops))


# --- the answers


@examples(60)
@given(st.sampled_from(CONTRASTS), betas, references, st.sampled_from(("1e-2", "1e-4", "1e-9")))
def test_the_fixed_point_solves_its_equation(
    contrast: Contrast, beta: Fraction, reference: Fraction, eps: str
) -> None:
    found = k3_fixed_point(contrast, Parameters.of(beta=beta, eps=eps, p_ref=reference), digits=12)
    p, q = float(exact(found.p[0])), float(exact(found.one_minus_p[0]))
    assert reference < exact(found.p[1])
    left, right = float(beta) * (p - float(reference)), omega(contrast, float(eps), p) * p * q
    assert left == pytest.approx(right, rel=1e-6, abs=1e-9)
    assert exact(found.p[1]) - exact(found.p[0]) < Fraction(1, 10**11)
    assert accepted(found)


@examples(30)
@given(st.sampled_from(CONTRASTS), betas, references)
def test_verdicts_hold_against_plain_iteration(
    contrast: Contrast, beta: Fraction, reference: Fraction
) -> None:
    box = Parameters.of(beta=beta, eps="1e-4", p_ref=reference)
    found, verdict = k3_fixed_point(contrast, box), k3_convergence(contrast, box)
    assert accepted(verdict)
    p, ref, limit = float(reference), float(reference), float(exact(found.p[0]))
    for _ in range(400):
        w = omega(contrast, 1e-4, p) / float(beta)
        root = math.sqrt((1 - w) ** 2 + 4 * w * ref)
        p = 2 * ref / (1 - w + root) if w < 1 else (w - 1 + root) / (2 * w)
    if isinstance(verdict, K3Converges):
        assert found.stability == "attracting"
        slow = max(abs(float(exact(end))) for end in found.multiplier) > 0.98
        assert slow or p == pytest.approx(limit, rel=1e-3)
    elif isinstance(verdict, K3Repels):
        assert found.stability == "repelling"
        assert abs(p - limit) > 1e-6


@examples(30)
@given(st.sampled_from(CONTRASTS), betas, references)
def test_the_margin_is_a_lower_bound_and_close_where_the_contrast_is_constant(
    contrast: Contrast, beta: Fraction, reference: Fraction
) -> None:
    box = Parameters.of(beta=beta, eps="1e-4", p_ref=reference)
    margin, found = k3_amplification(contrast, box), k3_fixed_point(contrast, box)
    gain = float(found.logit[1]) - math.log(reference / (1 - reference))
    assert 0 < margin.margin <= gain + 1e-12
    assert contrast != MEAN or gain == pytest.approx(float(margin.margin), abs=1e-9)
    assert accepted(margin)


@pytest.mark.parametrize("engine", ["arb", "mpmath"])
@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
def test_over_a_box_of_prompts(contrast: Contrast, engine: str) -> None:
    """All prompts of a usual configuration: one fixed point at least 1/2, which the sequence reaches."""
    box = Parameters.of(beta="0.01:0.1", eps="1e-6:1e-4", p_ref="0.001:0.999")
    point = k3_fixed_point(contrast, box, engine=engine)
    verdict = k3_convergence(contrast, box, engine=engine)
    assert all(map(accepted, (point, verdict, k3_amplification(contrast, box, engine=engine))))
    assert isinstance(verdict, K3Converges)
    assert verdict.nodes == ()
    assert point.stability == "attracting"
    assert exact(point.multiplier[0]) >= 0
    assert exact(point.multiplier[1]) <= 1
    for p in ("0.001", "0.5", "0.999"):
        for beta in ("0.01", "0.1"):
            inner = k3_fixed_point(contrast, Parameters.of(beta=beta, eps="1e-5", p_ref=p))
            assert point.logit[0] <= inner.logit[0]
            assert inner.logit[1] <= point.logit[1]


def test_a_paving_where_the_closed_form_fails() -> None:
    verdict = k3_convergence(MEAN_VAR, Parameters.of(beta="0.5:2", eps="1e-4", p_ref="0.2:0.9"))
    assert isinstance(verdict, K3Converges)
    assert {node[0] for node in verdict.nodes} == {"split", "half", "nested"}
    assert accepted(verdict)


def test_a_repelling_fixed_point_is_a_witness() -> None:
    verdict = k3_convergence(MEAN_VAR, Parameters.of(beta="0.04:3", eps="1e-4", p_ref="0.001:0.999"))
    assert isinstance(verdict, K3Repels)
    assert verdict.point.beta == 3
    assert accepted(verdict)


def test_the_threshold_of_beta_is_sharp_at_one_half() -> None:
    """``beta (2 - 4 p_ref) = Omega(1/2)`` is where the fixed point is 1/2 itself."""
    box = Parameters.of(beta="0.625", eps="1e-4", p_ref="0.1")  # mean: 1/(2 - 0.4)
    step = k3_fixed_point(MEAN, box)
    assert step.logit[0] < 0 < step.logit[1]
    assert k3_convergence(MEAN, box) == K3Converges(MEAN, box, (), "arb", 96)


def test_values_keep_their_digits_at_both_ends() -> None:
    for reference in ("1e-30", "1/2"):
        found = k3_fixed_point(MEAN, Parameters.of(beta="1e6", eps="1e-4", p_ref=reference), digits=40)
        assert len(found.p[0]) > 35
        assert accepted(found)


def test_precision_and_forms_of_the_root_agree() -> None:
    for w in ("1/2", "1", "3/2"):  # B below, at and above 0 for p_ref = 1/2
        box = Parameters.of(beta=1, eps="1e-4", p_ref="1/2")
        values = []
        for bits in (64, 256):
            with make_engine("arb", bits) as engine:
                step = K3Step(Workbench(engine, MEAN), box)
                root = step.answer(engine.exact(exact(w)), Fraction(1), Fraction(1, 2))
                values.append((engine.lower(root), engine.upper(root)))
        assert max(a for a, _ in values) <= min(b for _, b in values)
        x = math.exp(float(values[1][0]))
        assert 0.5 * x - 0.5 / x == pytest.approx(float(exact(w)))


def test_bad_input() -> None:
    with pytest.raises(InputError, match="alpha = 1 only"):
        k3_fixed_point(MEAN, Parameters.of(beta=1, eps=1, p_ref="1/2", alpha="1/2"))
    with pytest.raises(InputError, match="digits must be from 1 to 1000"):
        k3_fixed_point(MEAN, Parameters.of(beta=1, eps=1, p_ref="1/2"), digits=0)
