"""Small steps under any pull against sequences followed at 60 digits, and their certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.pull_small_steps import contradicted, least_zero
from tests.checker.truth import number
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.pull_steps import pull_steps_certificate, pull_steps_payload
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.intervals import make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.pulls import Pull, PullOver
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor.k3_steps import K3Rises, k3_small_steps
from verified_grpo.rigor.pull_steps import (
    PullRises,
    PullRisesToOne,
    PullUndecided,
    pull_small_steps,
    small_steps_under,
)
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, RisesToOneBySteps, small_steps

GROUP_8 = Contrast("group", 8, 1)
CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, GROUP_8)
PULLS = (
    Pull.of("k3", clamp=10),
    Pull.of("k3", dead_groups=4),
    Pull.of("reverse", dead_groups=8),
    Pull.of("k3", clamp="1/2", dead_groups=8),
    Pull.of("k3", clamp=3),
    Pull.of("weighted", clamp=10),
    Pull.of("weighted", clamp=3, dead_groups=4),
)


def agrees(found: Any) -> Any:
    """Its certificate's statement, accepted by both arithmetics and contradicted by no sample."""
    certificate: Any = pull_steps_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    statement = certificate["statement"]
    assert contradicted(statement) is None
    return statement


@pytest.mark.parametrize("seed", range(14))
def test_held_out_parameters_agree_with_the_definition(seed: int) -> None:
    source = random.Random(seed)
    contrast, pull = CONTRASTS[seed % 4], PULLS[seed % 7]
    p_ref = Fraction(source.randrange(1, 950), 1000)
    box = Parameters.of(beta=Fraction(source.randrange(4, 300), 100), eps="1e-4", p_ref=p_ref)
    found = pull_small_steps(contrast, box, pull, engine=("arb", "mpmath")[seed % 2])
    assert not isinstance(found, PullUndecided), found.reason
    agrees(found)


@pytest.mark.parametrize("engine", ["arb", pytest.param("mpmath", marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    ("pull", "contrast"), [(Pull.of("k3", clamp=10), GROUP_8), (Pull.of(dead_groups=8), MEAN_VAR)]
)
def test_a_box_holds_for_its_corners(pull: Pull, contrast: Contrast, engine: str) -> None:
    box = Parameters.of(beta="0.9:1", eps="1e-4:2e-4", p_ref="0.3:0.31")
    found = pull_small_steps(contrast, box, pull, engine=engine)
    assert isinstance(found, PullRises)
    agrees(found)


@pytest.mark.parametrize(
    ("pull", "beta", "p"),
    [
        ({"kernel": "k3", "clamp": "10"}, "1", "0.6903"),
        ({"kernel": "k3", "clamp": "10", "dead_groups": 8}, "1", "0.6968"),
        ({"kernel": "k3"}, "0.1", "0.9709"),
        ({"kernel": "weighted", "clamp": "10"}, "1", "0.7371"),
    ],
)
def test_the_numbers_of_what_trainers_compute(pull: dict[str, Any], beta: str, p: str) -> None:
    """Fixed points of the expected gradient by trainers' own code, at p_ref 0.3 and groups of 8."""
    box = Parameters.of(beta=beta, eps="1e-6", p_ref="0.3")
    given = {key: value for key, value in pull.items() if key != "kernel"}
    found = pull_small_steps(GROUP_8, box, Pull.of(pull["kernel"], **given))
    assert isinstance(found, PullRises)
    assert found.limit.p[0].startswith(p)


def test_beyond_the_clamp_nothing_stops() -> None:
    """k3 alone holds p at 0.971 at beta 0.1; clamped at 10 it has no gradient there, and p rises to 1."""
    box = Parameters.of(beta="0.1", eps="1e-6", p_ref="0.3")
    found = pull_small_steps(GROUP_8, box, Pull.of("k3", clamp=10))
    assert isinstance(found, PullRisesToOne)
    statement = agrees(found)
    assert least_zero(statement["variant"], {"kernel": "k3"}, {**statement["parameters"]}) is not None
    wide = Parameters.of(beta="0.05:0.1", eps="1e-6", p_ref="0.1:0.5")
    assert isinstance(pull_small_steps(GROUP_8, wide, Pull.of("k3", clamp=10)), PullRisesToOne)
    mixed = Parameters.of(beta="0.1:1", eps="1e-6", p_ref="0.3")
    assert isinstance(pull_small_steps(GROUP_8, mixed, Pull.of("k3", clamp=10)), PullUndecided)


def test_plain_pulls_are_what_their_own_theorems_say() -> None:
    box = Parameters.of(beta=2, eps="1e-5", p_ref="0.001")
    for pull, own in ((Pull(), small_steps(MEAN_VAR, box)), (Pull.of("k3"), k3_small_steps(MEAN_VAR, box))):
        general = pull_small_steps(MEAN_VAR, box, pull)
        assert isinstance(general, PullRises)
        assert isinstance(own, RisesBySteps | K3Rises)
        assert own.limit is not None
        assert general.limit.p[0][:12] == own.limit.p[0][:12]
        assert general.largest_step[0] == pytest.approx(own.largest_step[0], rel=1e-4)
        assert small_steps_under(MEAN_VAR, box, pull) == own


def test_without_weight_every_pull_is_none() -> None:
    box = StepParameters.of(beta=0, eps="1e-5", p_ref="0.1")
    assert isinstance(small_steps_under(MEAN_VAR, box, Pull.of("k3", clamp=10)), RisesToOneBySteps)
    some = StepParameters.of(beta="0:1", eps="1e-5", p_ref="0.1")
    assert isinstance(pull_small_steps(MEAN_VAR, some, Pull.of("k3", clamp=10)), PullUndecided)


@pytest.mark.parametrize("pull", PULLS)
@pytest.mark.parametrize("engine", ["arb", "mpmath"])
def test_a_cell_contains_its_points(pull: Pull, engine: str) -> None:
    source = random.Random(1)
    with make_engine(engine, 80) as arithmetic:
        for _ in range(40):
            a = Fraction(source.randrange(-900, 900), 100)
            b = a + Fraction(source.randrange(1, 300), 100)
            p_ref = Fraction(source.randrange(1, 99), 100)
            over = PullOver(arithmetic, pull, (p_ref, p_ref))
            x = a + (b - a) * Fraction(source.randrange(101), 100)
            outer, inner = over.over(a, b), over.over(x, x)
            assert arithmetic.lower(outer) <= arithmetic.upper(inner)
            assert arithmetic.upper(outer) >= arithmetic.lower(inner)
            outer, inner = over.slope_over(a, b), over.slope_over(x, x)
            assert arithmetic.lower(outer) <= arithmetic.upper(inner)
            assert arithmetic.upper(outer) >= arithmetic.lower(inner)


def test_what_is_refused_and_what_is_undecided() -> None:
    with pytest.raises(InputError, match="alpha = 1 only"):
        pull_small_steps(MEAN_VAR, Parameters.of(beta=1, eps="1e-4", p_ref="0.1", alpha="0.5"), PULLS[0])
    with pytest.raises(InputError, match="digits must be"):
        pull_small_steps(MEAN_VAR, Parameters.of(beta=1, eps="1e-4", p_ref="0.1"), PULLS[0], digits=99)
    for wrong, message in (
        ({"clamp": "10"}, "a clamp is one of"),
        ({"kernel": "k3", "clamp": "0"}, "greater than 0"),
        ({"dead_groups": 1}, "2 to 1024 answers"),
    ):
        with pytest.raises(InputError, match=message):
            Pull.of(**wrong)
    undecided = PullUndecided(MEAN_VAR, Parameters.of(beta=1, eps="1e-4", p_ref="0.1"), PULLS[0], "why")
    assert pull_steps_payload(undecided)["verdict"] == "undecided"
    with pytest.raises(CertificateError):
        pull_steps_certificate(undecided)


def test_the_payload_has_the_bounds() -> None:
    box = Parameters.of(beta=1, eps="1e-6", p_ref="0.3")
    found = pull_small_steps(GROUP_8, box, PULLS[0])
    payload: Any = pull_steps_payload(found)
    assert payload["verdict"] == "rises"
    assert number(payload["largest_step"][0]) <= number(payload["largest_step"][1])
