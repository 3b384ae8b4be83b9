"""The theorem of any small steps against sequences followed at 60 digits, and its certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.small_steps import anchor, contradicted, drive, largest_step, least_fixed_point
from tests.checker.truth import mp, number
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.small_steps import small_steps_certificate, small_steps_payload
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor.sequences.outcomes import LimitPoint
from verified_grpo.rigor.sequences.small_steps import (
    RisesBySteps,
    RisesToOneBySteps,
    UndecidedBySteps,
    small_steps,
)

GROUP = Contrast("group", 16, 1)
ROUNDING = mp.mpf(10) ** -50
CASES = [
    (MEAN_VAR, {"beta": "5", "eps": "1e-5", "p_ref": "0.001"}),
    (MEAN_VAR, {"beta": "1", "eps": "1e-3", "p_ref": "0.3", "alpha": "1/3"}),
    (MEAN_VAR, {"beta": "5", "eps": "1e-5", "p_ref": "0.94"}),
    (MEAN_VAR, {"beta": "5:15", "eps": "1e-5:2e-5", "p_ref": "0.001:0.002", "alpha": "0.9:1"}),
    (MEAN_VAR, {"beta": "0:15", "eps": "1e-5", "p_ref": "0.001:0.002"}),
    (MEAN_VAR, {"beta": "0:2", "eps": "1e-5", "p_ref": "0.6"}),
    (MEAN_STD, {"beta": "2:2.1", "eps": "1e-3:1e-2", "p_ref": "0.1:0.11", "alpha": "0.5:0.6"}),
    (MEAN, {"beta": "3", "eps": "1e-4", "p_ref": "0.1"}),
    (GROUP, {"beta": "0.6", "eps": "1e-4", "p_ref": "0.001"}),
    (GROUP, {"beta": "0.6:0.7", "eps": "1e-4:1e-3", "p_ref": "0.001:0.01", "alpha": "0:1"}),
    (Contrast("group", 2, 0), {"beta": "0.3", "eps": "1e-4", "p_ref": "0.2"}),
    (MEAN_VAR, {"beta": "0", "eps": "1e-5:1e-4", "p_ref": "0.001:0.9"}),
    (GROUP, {"beta": "1:2", "eps": "1e-5:1e-4", "p_ref": "0.001:0.9", "alpha": "0"}),
]


@pytest.mark.parametrize(("contrast", "numbers"), CASES)
def test_certificates_are_true_and_accepted(contrast: Contrast, numbers: dict[str, str]) -> None:
    found = small_steps(contrast, StepParameters.of(**numbers))
    certificate = small_steps_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    statement: Any = certificate["statement"]
    assert contradicted(statement) is None


@pytest.mark.parametrize("seed", range(8))
def test_any_steps_up_to_the_bound_rise_to_the_least_fixed_point(seed: int) -> None:
    """Held against the definition: steps drawn anew each time, from a hundredth of the bound to all of it."""
    source = random.Random(seed)
    contrast = (MEAN_VAR, MEAN_STD, GROUP, Contrast("group", 5, 0))[seed % 4]
    numbers = {
        "beta": Fraction(source.randrange(3, 60), 10),
        "eps": Fraction(1, 10 ** source.randrange(2, 6)),
        "p_ref": Fraction(source.randrange(1, 400), 1000),
        "alpha": Fraction(source.randrange(1, 11), 10),
    }
    found = small_steps(contrast, StepParameters.of(**numbers))
    assert isinstance(found, RisesBySteps)
    assert found.limit is not None
    statement: Any = small_steps_certificate(found)["statement"]
    point = {key: str(value) for key, value in numbers.items()}
    least = least_fixed_point(statement["variant"], point)
    low, high = (number(text) for text in statement["limit"]["logit"])
    assert low <= least <= high
    true = largest_step(statement["variant"], point, least)
    bound, above = (number(text) for text in statement["largest_step"])
    assert bound <= true * (1 + mp.mpf("1e-9"))
    assert true <= above * (1 + mp.mpf("1e-9"))
    assert true < bound * (1 + mp.mpf("1e-4"))
    here = anchor(point)
    for _ in range(400):
        step = bound * mp.mpf(source.randrange(1, 101)) / 100
        following = here + step * drive(statement["variant"], point, here)
        assert here <= following + ROUNDING
        assert following <= least + ROUNDING
        here = following
    assert least - here < (least - anchor(point)) / 100


def test_limits_rise_with_p_ref() -> None:
    """N6: with the maximiser the easier of these prompts ends lower; with small steps it does not."""
    limits: list[LimitPoint] = []
    for p_ref in ("0.001", "0.01", "0.02"):
        found = small_steps(MEAN_VAR, StepParameters.of(beta=1, eps="1e-5", p_ref=p_ref))
        assert isinstance(found, RisesBySteps)
        assert found.limit is not None
        limits.append(found.limit)
    first, second, third = (limit.logit for limit in limits)
    assert first[1] < second[0] < second[1] < third[0]
    assert str(limits[2].p[0]).startswith("0.19948")


def test_a_box_with_a_fold_inside_still_has_its_bracket() -> None:
    """The number of fixed points changes over it; the least of them is bracketed."""
    found = small_steps(MEAN_VAR, StepParameters.of(beta=5, eps="1e-5", p_ref="0.9:0.95"))
    assert isinstance(found, RisesBySteps)
    assert found.limit is not None
    assert found.limit.logit[0] < 7 < 50 < found.limit.logit[1]


def test_without_a_pull_the_answer_has_no_bound() -> None:
    found = small_steps(MEAN_VAR, StepParameters.of(beta=0, eps="1e-5", p_ref="0.3"))
    assert isinstance(found, RisesToOneBySteps)
    payload = small_steps_payload(found)
    assert (payload["verdict"], payload["limit"], payload["largest_step"]) == ("rises-to-one", None, None)


def test_what_no_certificate_holds_is_undecided() -> None:
    found = small_steps(MEAN_VAR, StepParameters.of(beta="1e-12", eps="1e-12", p_ref="0.3"))
    assert isinstance(found, UndecidedBySteps)
    assert "1e12" in found.reason
    payload: Any = small_steps_payload(found)
    assert (payload["verdict"], payload["limit"]) == ("undecided", None)
