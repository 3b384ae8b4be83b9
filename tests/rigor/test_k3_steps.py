"""Small steps under k3 against sequences followed at 60 digits, and their certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.k3_small_steps import contradicted, k3_largest_step
from tests.checker.samples import sampled_points
from tests.checker.truth import number
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.k3_steps import k3_steps_certificate, k3_steps_payload
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor.k3_steps import K3Rises, K3StepsUndecided, k3_small_steps
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("engine", ["arb", "mpmath"])
def test_held_out_parameters_agree_with_the_definition(seed: int, engine: str) -> None:
    source = random.Random(seed)
    contrast = CONTRASTS[seed % 4]
    p_ref = Fraction(source.randrange(1, 950), 1000)
    box = Parameters.of(beta=Fraction(source.randrange(4, 300), 100), eps="1e-4", p_ref=p_ref)
    found = k3_small_steps(contrast, box, engine=engine)
    assert isinstance(found, K3Rises)
    certificate: Any = k3_steps_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    statement = certificate["statement"]
    points = sampled_points(statement["parameters"])
    assert contradicted(statement) is None
    true = k3_largest_step(statement["variant"], points[0], number(statement["limit"]["logit"][0]))
    assert number(statement["largest_step"][0]) > true * (1 - 1e-6)  # and little is lost


def test_a_box_holds_for_its_corners() -> None:
    box = Parameters.of(beta="0.5:0.6", eps="1e-4:2e-4", p_ref="0.01:0.02")
    found = k3_small_steps(MEAN_VAR, box)
    assert isinstance(found, K3Rises)
    statement: Any = k3_steps_certificate(found)["statement"]
    assert contradicted(statement) is None


def test_the_bound_of_the_other_kl_is_none_here() -> None:
    """Near 1 the pull of k3 is steep: steps that are small enough for the other KL are not for this one."""
    box = Parameters.of(beta="0.04", eps="1e-4", p_ref="0.6")
    found, other = k3_small_steps(MEAN_VAR, box), small_steps(MEAN_VAR, box)
    assert isinstance(found, K3Rises)
    assert isinstance(other, RisesBySteps)
    assert found.largest_step[1] * 10 < other.largest_step[0]


def test_what_is_refused_and_what_is_undecided() -> None:
    with pytest.raises(InputError, match="alpha = 1 only"):
        k3_small_steps(MEAN_VAR, Parameters.of(beta=1, eps="1e-4", p_ref="0.1", alpha="0.5"))
    undecided = K3StepsUndecided(MEAN_VAR, Parameters.of(beta=1, eps="1e-4", p_ref="0.1"), "why")
    assert k3_steps_payload(undecided)["verdict"] == "undecided"
    with pytest.raises(CertificateError):
        k3_steps_certificate(undecided)
