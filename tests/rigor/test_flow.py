"""Times of the flow against quadrature at 60 digits, and their certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.flow_time import contradicted
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.flow import flow_certificate, flow_payload
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor.sequences.flow import METRICS, FlowTime, UndecidedFlow, flow_time

CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1))
POINT = StepParameters.of(beta=5, eps="1e-5", p_ref="0.001")


def accepted(found: FlowTime) -> None:
    certificate: Any = flow_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    statement = certificate["statement"]
    assert contradicted(statement) is None


@pytest.mark.parametrize("seed", range(8))
def test_held_out_times_agree_with_quadrature(seed: int) -> None:
    source = random.Random(seed)
    contrast, p_ref = CONTRASTS[seed % 4], Fraction(source.randrange(1, 300), 1000)
    box = StepParameters.of(beta=Fraction(source.randrange(0, 30), 10), eps="1e-3", p_ref=p_ref)
    found = flow_time(contrast, box, p_ref + (1 - p_ref) / 50, METRICS[seed // 4])
    assert isinstance(found, FlowTime)
    accepted(found)
    assert found.time is None or found.time[1] <= found.time[0] * (1 + Fraction(1, 10**4))


@pytest.mark.parametrize("engine", ["arb", pytest.param("mpmath", marks=pytest.mark.soak)])
def test_a_box_lies_between_two_corners(engine: str) -> None:
    box = StepParameters.of(beta="4:5", eps="1e-5:2e-5", p_ref="0.001:0.0011")
    found = flow_time(MEAN_VAR, box, "0.006", engine=engine)
    assert isinstance(found, FlowTime)
    accepted(found)


def test_at_once_never_and_beside_the_limit() -> None:
    at_once, never = (flow_time(MEAN_VAR, POINT, reach) for reach in ("0.001", "0.00863"))
    for found in (at_once, never):
        assert isinstance(found, FlowTime)
        accepted(found)
    assert flow_payload(at_once)["time"] == ["0", "0"]
    assert (flow_payload(never)["time"], flow_payload(never)["never"]) == (None, True)


def test_a_plateau_beside_a_fold_is_found() -> None:
    """The three fixed points of beta 5 have lost the lower two at a p_ref just above the fold."""
    found = flow_time(MEAN_VAR, StepParameters.of(beta=5, eps="1e-5", p_ref="0.9331"), "0.99999")
    assert isinstance(found, FlowTime)
    assert found.plateau is not None
    assert found.plateau[0] < Fraction(23, 5) < found.plateau[1]
    assert flow_payload(found)["plateau"] is not None
    certificate = flow_certificate(found)
    assert "plateau" in certificate["statement"]
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED


def test_what_is_undecided_and_what_is_refused() -> None:
    mixed = StepParameters.of(beta=5, eps="1e-5", p_ref="0.0005:0.002")
    found = flow_time(MEAN_VAR, mixed, "0.01")
    assert isinstance(found, UndecidedFlow)
    assert flow_payload(found)["never"] is None
    with pytest.raises(CertificateError):
        flow_certificate(found)
    with pytest.raises(InputError, match="strictly between 0 and 1"):
        flow_time(MEAN_VAR, POINT, 1)
    with pytest.raises(InputError, match="the flow's metric is one of"):
        flow_time(MEAN_VAR, POINT, "0.5", "p")  # type: ignore[arg-type]
