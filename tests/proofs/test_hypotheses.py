"""Hypotheses matter: each claim here drops or widens one, and is refused."""

from __future__ import annotations

import pytest
import sympy as sp

from verified_grpo.model import MEAN_STD
from verified_grpo.proofs import figure_3, lemma_2, lemma_3_part_1, lemma_4, theorem_3_case_2, theorem_6
from verified_grpo.proofs.claims import AllFixedPoints, Claim, Identity, Inequality, LimitOf, Open, Region
from verified_grpo.proofs.symbols import beta, bmax, eps, p_ref

a, z, q = sp.symbols("a z q")
product_bound = sp.cosh((z + a) / 2) - sp.cosh(z / 2) * sp.cosh(a / 2)

WIDENED: dict[str, Claim] = {
    "contraction below Bmax": Region("contraction", "proved", "50:100", "1e-5", "0.001:0.9999"),
    "uniqueness below Bmax": Region("uniqueness", "proved", "50:100", "1e-5", "0.001:0.9999"),
    "contraction for mean-std at mean-var's beta": Region(
        "contraction", "proved", "61:100", "1e-5", "0.001:0.9999", contrast=MEAN_STD
    ),
    "contraction for smaller eps": Region("contraction", "proved", "61:100", "1e-6:1e-4", "0.001:0.9999"),
    "three fixed points at a large beta": AllFixedPoints(3, 100, "1e-5", "0.3"),
    "a fixed point of the mirror": AllFixedPoints(1, 5, "1e-5", "0.3", 0),
    "a rise beyond beta_c": LimitOf("rises", 5, "1e-5", "0.001"),
    "convergence beyond beta_c": LimitOf("fixed-point", 5, "1e-5", "0.001"),
    "a rise with too little mirror weight": LimitOf("rises", 3, "1e-5", "0.001", "0.9"),
    "Lemma 3 (2) without a sign": Inequality(product_bound, ">=", {z: "1:2", a: "-2:2"}),
    "Lemma 3 (1)'s printed second step wider": Inequality(
        lemma_3_part_1.printed_difference, "<", {lemma_3_part_1.z: "-2:2"}
    ),
    "Lemma 4's printed step at one half": Inequality(lemma_4.printed_difference, ">", {p_ref: "0.5:0.99"}),
    "Lemma 2's printed line refuted below one half": Inequality(
        lemma_2.step - 2 * p_ref, "<", {beta: "0.5", eps: "1e-5", p_ref: "0.1:0.99"}
    ),
    "the lens at small beta": Inequality(
        theorem_3_case_2.condition, "<", {beta: "0.2:20", eps: "1e-5", p_ref: "0.9999:0.99999"}
    ),
    "the lens at low p_ref": Inequality(
        theorem_3_case_2.condition, "<", {beta: "1:2", eps: "1e-5", p_ref: "0.9:0.99999"}
    ),
    "the condition up to the lens": Inequality(
        theorem_3_case_2.condition, ">", {beta: "0.01:1.3", eps: "1e-5", p_ref: "0.9999"}
    ),
    "the right side at higher p_ref": Inequality(
        sp.Rational(223, 100) * figure_3.centre - figure_3.right, ">", {eps: "1e-5", p_ref: "0.5:0.96"}
    ),
    "Bmax at a smaller eps": Inequality(bmax - sp.Rational(60856, 1000), "<", {eps: "9e-6:1e-5"}),
    "the rate on a wider interval": Inequality(
        sp.Rational(1, 25) - theorem_6.multiplier**2, ">", {beta: "5", eps: "1e-5", theorem_6.l: "-3:0.57"}
    ),
    "a smaller rate": Inequality(
        sp.Rational(1, 100) - theorem_6.multiplier**2,
        ">",
        {beta: "5", eps: "1e-5", theorem_6.l: "-1.44:0.57"},
    ),
    "eps = 0 in the contrast": Inequality(sp.sqrt(q * (1 - q)) - sp.Rational(1, 1000), ">", {q: "0:1"}),
}


@pytest.mark.parametrize("claim", WIDENED.values(), ids=WIDENED.keys())
def test_a_claim_without_its_hypothesis_stays_open(claim: Claim) -> None:
    outcome = claim.prove()
    assert isinstance(outcome, Open)
    assert outcome.reason


def test_an_identity_needs_its_substitution() -> None:
    """Equation (3) in the place of (4): the sum of the weights is not 1/r with the stabiliser outside."""
    p, s = sp.symbols("p s")
    proof = Identity((1 - p) / (s + eps) + p / (s + eps), 1 / s).prove()
    assert not isinstance(proof, Open)
    assert proof.judged().code.value == "not-identical"
