"""A contrast of one's own against brute force, and against the same contrast with all its facts."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from verified_grpo.certificates import canonical_bytes, fixed_points_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor import FixedPoints, fixed_points, limit
from verified_grpo.rigor.sequences.passage import Passage, passage
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

from ..checker import truth
from ..checker.kinds.small_steps import contradicted

OWN = (
    "1/(p + eps)",
    "1/(sqrt(q) + eps)",
    "1/(p*q + eps)",
    "(1 - q^8)/(p + eps) + 1/4",
    "1 + q + q^2 + q^3",
    "2 + 8*(p - 1/5)^2*q^4/(v + eps)",
    "exp(-3*p) + log(2 + q)/(eps + sqrt(v))",
)
"""Neither even nor monotone, most of them; one is what a recent paper does with groups of eight."""


def drawn(seed: int) -> tuple[Contrast, dict[str, str]]:
    source = random.Random(seed)
    contrast = Contrast.of(OWN[seed % len(OWN)])
    beta = f"{source.choice((0.3, 0.9, 2, 5, 17)) * source.uniform(1, 1.9):.4g}"
    p_ref = f"{source.choice((0.002, 0.03, 0.2, 0.6)) * source.uniform(1, 1.5):.4g}"
    return contrast, {"beta": beta, "eps": source.choice(("1e-2", "1e-3")), "p_ref": p_ref}


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("seed", range(14))
def test_all_fixed_points_agree_with_brute_force(seed: int, engine: str) -> None:
    contrast, numbers = drawn(seed)
    found = fixed_points(contrast, Parameters.of(**numbers), engine=engine)
    assert isinstance(found, FixedPoints), found.reason
    variant: Any = {"contrast": "expression", **contrast.own}
    true = truth.fixed_points(variant, {"alpha": "1", **numbers})
    assert len(true) == found.count
    for x, point in zip(true, found.points, strict=True):
        low, high = (truth.number(str(end)) for end in point.logit)
        assert low <= x <= high
        assert truth.number(point.p[0]) <= truth.sigma(x) <= truth.number(point.p[1])
    verdict = check_bytes(canonical_bytes(fixed_points_certificate(found)))
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message


@pytest.mark.parametrize("seed", range(7))
def test_small_steps_agree_with_brute_force(seed: int) -> None:
    contrast, numbers = drawn(seed)
    found = small_steps(contrast, Parameters.of(**numbers))
    assert isinstance(found, RisesBySteps), found
    certificate = small_steps_certificate(found)
    statement: Any = certificate["statement"]
    assert contradicted(statement) is None
    verdict = check_bytes(canonical_bytes(certificate))
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message


def test_steps_to_a_target_are_counted() -> None:
    """By hand: L + (Omega - 5 (L - L_ref))/100, in floats."""
    import math

    own = Contrast.of("1/(p + eps)")
    numbers = Parameters.of(beta="100", eps="1e-3", p_ref="0.05", alpha="0.05")
    counted = passage(own, numbers, "0.15")
    assert isinstance(counted, Passage)
    start = here = math.log(0.05 / 0.95)
    steps = 0
    while 1 / (1 + math.exp(-here)) < 0.15:
        here += (1 / (1 / (1 + math.exp(-here)) + 1e-3) - 5 * (here - start)) / 100
        steps += 1
    assert counted.steps == (steps, steps)


SAME = {"1/sqrt(v + eps)": MEAN_VAR, "1/(sqrt(v) + eps)": MEAN_STD}


@pytest.mark.parametrize("text", SAME)
@pytest.mark.parametrize(("beta", "p_ref"), [("5", "0.001"), ("1", "0.02"), ("0.8", "0.3")])
def test_a_contrast_of_the_table_written_down_gives_the_same_answers(
    text: str, beta: str, p_ref: str
) -> None:
    box = Parameters.of(beta=beta, eps="1e-4", p_ref=p_ref)
    own, known = fixed_points(Contrast.of(text), box), fixed_points(SAME[text], box)
    assert isinstance(own, FixedPoints)
    assert isinstance(known, FixedPoints)
    assert [point.stability for point in own.points] == [point.stability for point in known.points]
    for mine, theirs in zip(own.points, known.points, strict=True):
        assert max(mine.logit[0], theirs.logit[0]) <= min(mine.logit[1], theirs.logit[1])
    assert type(limit(Contrast.of(text), box)) is type(limit(SAME[text], box))
    steps, sharp = (small_steps(contrast, box) for contrast in (Contrast.of(text), SAME[text]))
    assert isinstance(steps, RisesBySteps)
    assert isinstance(sharp, RisesBySteps)
    assert abs(steps.largest_step[0] / sharp.largest_step[0] - 1) < Fraction(1, 50)


def test_a_search_that_ends_between_integers_is_cut_around_folds() -> None:
    """A contrast without a bound is searched from below up to a first fall, which need be no integer."""
    box = StepParameters.of(beta="0.719", eps="0.01", p_ref="0.115", alpha="0.9")
    found = small_steps(Contrast("group-mixed", 4, 1), box)
    assert isinstance(found, RisesBySteps)
    assert check_bytes(canonical_bytes(small_steps_certificate(found))).outcome is Outcome.ACCEPTED
