"""Clipped updates against the maximiser found by brute force, and their certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.clipped_trajectory import clipped_step, contradicted
from tests.checker.truth import mp, number
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.trajectory import clipped_trajectory_certificate
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.intervals import make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters, Workbench
from verified_grpo.model.clipping import Clip, ClippedStep
from verified_grpo.rigor.sequences.clipping import ClippedTrajectory, UndecidedClipping, clipped_trajectory

CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1))


@pytest.mark.parametrize("seed", range(24))
def test_one_update_is_the_best_policy(seed: int) -> None:
    """The formula of lemma 48 against the clipped objective itself, wherever the caps are."""
    source = random.Random(seed)
    contrast = CONTRASTS[seed % 3]
    point = {
        "alpha": str(Fraction(source.randrange(0, 11), 10)),
        "beta": str(Fraction(source.randrange(1, 300), 40)),
        "eps": "1/1000",
        "p_ref": str(Fraction(source.randrange(1, 100), 100)),
    }
    clip = Clip.of(Fraction(source.randrange(1, 90), 100), Fraction(source.randrange(1, 90), 100))
    x = Fraction(source.randrange(-500, 500), 100)
    with make_engine("arb", 160) as engine:
        step = ClippedStep(Workbench(engine, contrast), Parameters.of(**point), clip)
        low, high = step.over(x, x)
    written = {"low": str(clip.low), "high": str(clip.high)}
    best = clipped_step({"contrast": contrast.name}, point, written, number(str(x)))
    assert abs(best - number(str(low))) < mp.mpf(10) ** -20
    assert low <= high < low + Fraction(1, 10**30)


@pytest.mark.parametrize("engine", ["arb", "mpmath"])
@pytest.mark.parametrize("contrast", CONTRASTS)
def test_a_trajectory_agrees_with_brute_force(contrast: Contrast, engine: str) -> None:
    box = Parameters.of(beta="0.8", eps="1e-4", p_ref="0.02", alpha="0.7")
    found = clipped_trajectory(contrast, box, 12, Clip.of("0.2", "0.28"), engine=engine)
    assert isinstance(found, ClippedTrajectory)
    certificate: Any = clipped_trajectory_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    assert contradicted(certificate["statement"]) is None


def test_clipping_does_not_calm_a_cycle() -> None:
    """Theorem n8: fixed points stay, and one that repels still does. Nor does the limit move where it does
    not: 0.0094 and 0.0078 again and again, about the point 0.0086."""
    box = Parameters.of(beta=5, eps="1e-5", p_ref="0.001")
    found = clipped_trajectory(MEAN_VAR, box, 101, Clip.of("0.2"))
    assert isinstance(found, ClippedTrajectory)
    late = [float(point.p[0]) for _, point in found.values[-4:]]
    assert late[0] == pytest.approx(late[2], rel=1e-2)
    assert abs(late[0] - late[1]) > 1e-3


def test_what_is_refused_and_what_is_undecided() -> None:
    box = Parameters.of(beta=5, eps="1e-5", p_ref="0.001")
    with pytest.raises(InputError, match="from 1 to 10000"):
        clipped_trajectory(MEAN_VAR, box, 0, Clip.of("0.2"))
    with pytest.raises(InputError, match="exact parameters"):
        clipped_trajectory(MEAN_VAR, Parameters.of(beta="5:6", eps="1e-5", p_ref="0.1"), 1, Clip.of("0.2"))
    for low, high in (("0", "1"), ("1", "1"), ("0.2", "0")):
        with pytest.raises(InputError, match="0 < LOW < 1"):
            Clip.of(low, high)
    with pytest.raises(CertificateError):
        clipped_trajectory_certificate(UndecidedClipping(MEAN_VAR, box, Clip.of("0.2"), "why"))
