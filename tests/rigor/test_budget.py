"""What a KL buys: values with a pencil, properties against a second arithmetic, and where precision ends."""

from __future__ import annotations

from fractions import Fraction
from math import comb, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker.kinds.kl_budget import binary_kl, bought
from tests.checker.truth import mp, number
from tests.shared import examples
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.budget import budget_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import InputError, NotEnoughPrecision
from verified_grpo.intervals import exact, exact_range
from verified_grpo.rigor.budget import largest_p, least_kl, spent
from verified_grpo.rigor.frontier import best_of, mixture, one_step

HALF = exact_range("1/2")
SLACK = mp.mpf(10) ** -30
PROBABILITIES = st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=10**4)
BUDGETS = st.fractions(Fraction(0), Fraction(8), max_denominator=10**3)


def test_half_a_nat_from_a_hundredth() -> None:
    low, high = largest_p(exact_range("0.01"), HALF).p
    assert Fraction("0.2217") < low < high < Fraction("0.2218")
    assert high - low < Fraction(1, 10**14)


def test_from_the_logarithm_on_everything_is_bought() -> None:
    assert largest_p(HALF, exact_range("0.6931")).p[1] < 1  # log 2 = 0.69314...
    assert largest_p(HALF, exact_range("0.6932")).p == (Fraction(1),) * 2
    assert least_kl(HALF, exact_range("1")).kl[0] < Fraction("0.693147180559946") < Fraction("0.7")


def test_nothing_is_bought_for_nothing() -> None:
    assert largest_p(exact_range("1/3"), exact_range(0)).p == (Fraction(1, 3),) * 2
    assert least_kl(HALF, HALF).kl == (Fraction(0),) * 2
    assert spent(exact_range("0.1:0.3"), exact_range("0.2:1")).kl == 0


@pytest.mark.parametrize("engine", ["arb", "mpmath"])
@examples(25)
@given(q=PROBABILITIES, p=PROBABILITIES, kl=BUDGETS)
def test_brackets_hold_the_truth_and_are_accepted(
    engine: str, q: Fraction, p: Fraction, kl: Fraction
) -> None:
    most, least = largest_p((q, q), (kl, kl), engine=engine), least_kl((q, q), (p, p), engine=engine)
    moved = spent((q, q), (p, p), engine=engine)
    buys, costs = (f(number(str(x)), number(str(y))) for f, x, y in ((bought, q, kl), (binary_kl, p, q)))
    assert number(str(most.p[0])) - SLACK <= buys <= number(str(most.p[1])) + SLACK
    assert number(str(least.kl[0])) <= costs + SLACK
    assert costs <= number(str(least.kl[1])) + SLACK
    assert moved.kl == least.kl[0]
    for found in (most, least, moved):
        assert check_bytes(canonical_bytes(budget_certificate(found))).outcome is Outcome.ACCEPTED


@examples(25)
@given(st.tuples(PROBABILITIES, PROBABILITIES), st.tuples(PROBABILITIES, PROBABILITIES), PROBABILITIES)
def test_ranges_hold_every_choice(
    ps: tuple[Fraction, ...], qs: tuple[Fraction, ...], share: Fraction
) -> None:
    p, q = (min(ps), max(ps)), (min(qs), max(qs))
    inside = [(low + (high - low) * share) for low, high in (p, q)]
    least, one = least_kl(q, p), least_kl((inside[1],) * 2, (inside[0],) * 2)
    assert least.kl[0] <= one.kl[1]
    assert one.kl[0] <= least.kl[1]
    assert spent(q, p).kl <= one.kl[1]
    assert check_bytes(canonical_bytes(budget_certificate(least))).outcome is Outcome.ACCEPTED


def test_no_policy_on_many_outcomes_buys_more() -> None:
    """K1 itself, by brute force: random policies on six outcomes, three of them right."""
    from random import Random

    source = Random(3)
    for _ in range(200):
        reference, policy = ([source.random() ** 4 + 1e-6 for _ in range(6)] for _ in range(2))
        reference, policy = ([x / sum(w) for x in w] for w in (reference, policy))
        kl = sum(x * log(x / y) for x, y in zip(policy, reference, strict=True))
        q, p = Fraction(sum(reference[:3])), sum(policy[:3])
        assert p <= float(largest_p((q, q), (Fraction(kl + 1e-12),) * 2).p[1]) + 1e-12


def test_the_best_of_n_by_brute_force() -> None:
    """The law of the best of 5 over successes of unequal weight, from the definition, and its KL."""
    weights = [Fraction(1, 10), Fraction(3, 10), Fraction(6, 10)]  # two successes, and a failure
    n, p_ref = 5, Fraction(4, 10)
    law = [Fraction(0)] * 3
    for k in range(n + 1):
        chance = comb(n, k) * p_ref**k * (1 - p_ref) ** (n - k)
        for i in (0, 1):
            law[i] += chance * (weights[i] / p_ref if k else 0)
        law[2] += chance * (not k)
    kl = sum(float(x) * log(x / w) for x, w in zip(law, weights, strict=True))
    found = best_of(n, p_ref)
    assert found.p[0] <= law[0] + law[1] <= found.p[1]
    assert found.kl[0] - Fraction(1, 10**12) <= Fraction(kl) <= found.kl[1] + Fraction(1, 10**12)


def test_places_on_the_frontier() -> None:
    q = Fraction(1, 100)
    assert best_of(1, q).kl[0] == 0
    assert best_of(10**6, q).p[1] == 1
    assert mixture(Fraction(0), Fraction(1, 2), q).p[0] <= q <= mixture(Fraction(0), Fraction(1, 2), q).p[1]
    whole = mixture(Fraction(1), Fraction(1, 2), q)
    assert whole.p[0] <= Fraction(1, 2) <= whole.p[1]
    low, high = one_step(Fraction(1, 2), q).p
    truth = 1 / (1 + mp.exp(-mp.log(number("1/99")) - 2))
    assert number(str(low)) <= truth <= number(str(high))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: largest_p(exact_range("0:0.5"), HALF), r"p_ref must lie in \(0, 1\)"),
        (lambda: largest_p(HALF, exact_range("-1:1")), "a KL is 0 or more"),
        (lambda: largest_p(HALF, HALF, digits=0), "digits must be from 1 to 1000"),
        (lambda: least_kl(HALF, exact_range("0.5:1.5")), r"a probability must lie in \[0, 1\]"),
        (lambda: spent(exact_range(0), HALF), "infinite KL"),
        (lambda: best_of(0, exact("0.1")), "best of n asks for"),
        (lambda: one_step(exact(0), exact("0.1")), "beta > 0"),
        (lambda: mixture(exact(2), exact("0.5"), exact("0.1")), "a share in"),
        (lambda: best_of(2, exact(1)), r"p_ref must lie in \(0, 1\)"),
    ],
)
def test_what_is_no_question_is_refused(ask: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        ask()  # type: ignore[operator]


def test_too_near_to_everything_is_undecided() -> None:
    """K agrees with log 2 to 3000 digits."""
    with mp.workdps(3100):
        near = Fraction(int(mp.log(2) * mp.mpf(10) ** 3000), 10**3000)
    with pytest.raises(NotEnoughPrecision, match="nearer to log"):
        largest_p(HALF, (near, near))
