"""Trajectories against sequences followed at 60 digits, and their certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.trajectory import contradicted
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.trajectory import HEADER, trajectory_certificate, trajectory_table
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor.sequences.trajectory import ROWS, Trajectory, UndecidedTrajectory, trajectory

CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1))
SLOW = Parameters.of(beta=50, eps="1e-5", p_ref="0.001", alpha="0.1")


def accepted(found: Trajectory) -> None:
    certificate: Any = trajectory_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    statement = certificate["statement"]
    assert contradicted(statement) is None


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("engine", ["arb", "mpmath"])
def test_every_term_is_enclosed(seed: int, engine: str) -> None:
    source = random.Random(seed)
    contrast, p_ref = CONTRASTS[seed % 4], Fraction(source.randrange(1, 300), 1000)
    beta = Fraction(source.randrange(0, 30), 10)
    box = StepParameters.of(beta=beta, eps="1e-3", p_ref=p_ref)
    recursion = Update.of(Fraction(source.randrange(1, 20), 1000), source.randrange(1, 4)).recursion(box)
    found = trajectory(contrast, recursion, 40, engine=engine)
    assert isinstance(found, Trajectory)
    assert [n for n, _ in found.values] == list(range(41))
    accepted(found)


def test_a_box_holds_all_of_its_sequences() -> None:
    box = Parameters.of(beta="50:51", eps="1e-5:2e-5", p_ref="0.001:0.002", alpha="0.1:0.102")
    found = trajectory(MEAN_VAR, box, 25)
    assert isinstance(found, Trajectory)
    accepted(found)


def test_enclosures_do_not_widen() -> None:
    """After three thousand steps they are as narrow as after three, and a thousand of them are listed."""
    found = trajectory(MEAN_VAR, SLOW, 3000)
    assert isinstance(found, Trajectory)
    assert (len(found.values), found.values[0][0], found.values[-1][0]) == (ROWS, 0, 3000)
    widths = [point.logit[1] - point.logit[0] for _, point in found.values]
    assert max(widths) <= Fraction(2, 10**15)
    assert check_bytes(canonical_bytes(trajectory_certificate(found))).outcome is Outcome.ACCEPTED


def test_the_table_says_what_the_certificate_says() -> None:
    found = trajectory(MEAN_VAR, SLOW, 3)
    assert isinstance(found, Trajectory)
    header, *rows = trajectory_table(found).decode().splitlines()
    assert header == HEADER
    values = trajectory_certificate(found)["statement"]["values"]
    assert rows == [",".join([str(v["n"]), *v["p"], *v["logit"]]) for v in values]


def test_what_may_overshoot_is_undecided_and_what_has_no_meaning_refused() -> None:
    found = trajectory(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.001"), 5)
    assert isinstance(found, UndecidedTrajectory)
    assert "may overshoot" in found.reason
    with pytest.raises(CertificateError):
        trajectory_certificate(found)
    for updates in (0, 1_000_001):
        with pytest.raises(InputError, match="from 1 to 1000000"):
            trajectory(MEAN_VAR, SLOW, updates)
