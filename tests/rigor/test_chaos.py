"""Witnesses of chaos: S6's cases, what plain orbits say of them, and that nothing found is never a claim."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker.kinds.chaos import contradicted
from tests.shared import examples
from verified_grpo.certificates import chaos_certificate, chaos_region_certificate, cycles_certificate
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Parameters
from verified_grpo.rigor.chaos.cycles import Cycles, cycles
from verified_grpo.rigor.chaos.entropy import entropy_bound
from verified_grpo.rigor.chaos.outcomes import Covering, LiYorke, NoWitness, PeriodThree
from verified_grpo.rigor.chaos.regions import ChaosRegion, chaos_region
from verified_grpo.rigor.chaos.witnesses import chaos_witness, period_three

ENGINES = ("mpmath", "arb")
FIRST = Parameters.of(beta="17/25", eps="1e-5", p_ref="1/1000")
SECOND = Parameters.of(beta="1.7128", eps="1e-3", p_ref="1/10000")
CALM = Parameters.of(beta=5, eps="1e-5", p_ref="0.3")


def accepted(certificate: AnyCertificate) -> bool:
    data = canonical_bytes(certificate)
    return all(check_bytes(data, name).outcome is Outcome.ACCEPTED for name in ("arb", "rational"))


def true(certificate: AnyCertificate) -> bool:
    statement = certificate["statement"]
    return contradicted(statement) is None


@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_case_of_s6(engine: str) -> None:
    found = chaos_witness(MEAN_VAR, FIRST, start="0.9492", engine=engine)
    assert isinstance(found, LiYorke)
    assert found.falls
    for image, p in zip(found.images, (0.44758, 0.01890, 0.97994), strict=True):
        assert abs(1 / (1 + math.exp(-float(image[0]))) - p) < 1e-5
    assert accepted(chaos_certificate(found))
    assert true(chaos_certificate(found))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("parameters", [FIRST, SECOND])
def test_witnesses_are_found(parameters: Parameters, engine: str) -> None:
    found = chaos_witness(MEAN_VAR, parameters, engine=engine)
    assert isinstance(found, LiYorke)
    assert accepted(chaos_certificate(found))
    assert true(chaos_certificate(found))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_second_case_of_s6_has_a_point_of_period_three(engine: str) -> None:
    found = period_three(MEAN_VAR, SECOND, engine=engine)
    assert isinstance(found, PeriodThree)
    assert accepted(chaos_certificate(found))
    assert true(chaos_certificate(found))
    assert period_three(MEAN_VAR, CALM) is None


def test_one_witness_for_a_box() -> None:
    box = Parameters.of(beta="0.67:0.69", eps="1e-5:1.01e-5", p_ref="0.00099:0.00101")
    found = chaos_witness(MEAN_VAR, box)
    assert isinstance(found, LiYorke)
    assert accepted(chaos_certificate(found))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_full_shift_has_entropy_log_two(engine: str) -> None:
    found = entropy_bound(MEAN_VAR, FIRST, engine=engine)
    assert isinstance(found, Covering)
    assert (found.turns, len(found.intervals)) == (1, 2)
    assert Fraction("0.693147") < found.entropy < math.log(2)  # no map with two monotone parts has more
    assert accepted(chaos_certificate(found))


def test_a_smaller_horseshoe() -> None:
    found = entropy_bound(MEAN_VAR, SECOND)
    assert isinstance(found, Covering)
    assert Fraction("0.5") < found.entropy < math.log(2)
    assert accepted(chaos_certificate(found))
    assert true(chaos_certificate(found))


def test_entropy_without_a_period_of_three() -> None:
    parameters = Parameters.of(beta=2, eps="1e-3", p_ref="1/10000")
    assert isinstance(chaos_witness(MEAN_VAR, parameters), NoWitness)
    found = entropy_bound(MEAN_VAR, parameters)
    assert isinstance(found, Covering)
    assert accepted(chaos_certificate(found))


def test_nothing_found_claims_nothing() -> None:
    for found in (chaos_witness(MEAN_VAR, CALM), entropy_bound(MEAN_VAR, CALM), entropy_bound(MEAN, CALM)):
        assert isinstance(found, NoWitness)
        assert "does not mean" in found.reason
        with pytest.raises(CertificateError):
            chaos_certificate(found)
    tried = chaos_witness(MEAN_VAR, FIRST, start="0.5")
    assert isinstance(tried, NoWitness)


def test_alpha_zero_has_no_witness() -> None:
    mirror = Parameters.of(beta=5, eps="1e-5", p_ref="0.3", alpha=0)
    assert isinstance(chaos_witness(MEAN_VAR, mirror), NoWitness)
    assert isinstance(entropy_bound(MEAN_VAR, mirror), NoWitness)


@given(
    beta=st.fractions(min_value="0.2", max_value=6, max_denominator=1000),
    p_ref=st.fractions(min_value="1/10000", max_value="1/50", max_denominator=10000),
    eps=st.sampled_from(["1e-3", "1e-4", "1e-5"]),
    contrast=st.sampled_from([MEAN_VAR, MEAN_STD]),
)
@examples(25)
def test_every_answer_is_accepted_by_the_checker(
    beta: Fraction, p_ref: Fraction, eps: str, contrast: Any
) -> None:
    parameters = Parameters.of(beta=beta, eps=eps, p_ref=p_ref)
    for found in (chaos_witness(contrast, parameters), entropy_bound(contrast, parameters, turns=2)):
        if not isinstance(found, NoWitness):
            assert accepted(chaos_certificate(found))


@pytest.mark.parametrize(
    "eps", [*(pytest.param(x, marks=pytest.mark.soak) for x in ("1e-4", "1e-5")), "1e-3"]
)
def test_regions_paved_from_inside(eps: str) -> None:
    region = chaos_region(MEAN_VAR, eps, columns=60, rows=40)
    assert isinstance(region, ChaosRegion)
    assert region.approx_share > 0.2
    certificate = chaos_region_certificate(region)
    assert accepted(certificate)
    statement: Any = certificate["statement"]
    assert contradicted(statement) is None
    assert chaos_region(MEAN_VAR, eps, beta="50:100", p_ref="0.5:0.6", columns=4, rows=4) is None


def test_a_finer_grid_paves_more() -> None:
    areas = []
    for size in (20, 40, 60):
        region = chaos_region(MEAN_VAR, "1e-5", columns=size, rows=size)
        assert region is not None
        areas.append(region.area)
    assert areas[0] < areas[1] < areas[2]


@pytest.mark.parametrize("period", [1, 2, 3, 4])
def test_lists_of_cycles_are_certified(period: int) -> None:
    for parameters in (FIRST, SECOND):
        found = cycles(MEAN_VAR, parameters, period)
        assert isinstance(found, Cycles)
        certificate = cycles_certificate(found)
        assert accepted(certificate)
        if period < 4:
            statement: Any = certificate["statement"]
            assert contradicted(statement) is None


def test_a_certificate_of_no_cycles_at_alpha_zero() -> None:
    found = cycles(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3", alpha=0), 3)
    assert isinstance(found, Cycles)
    assert accepted(cycles_certificate(found))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: chaos_witness(MEAN_VAR, FIRST, start="1"), "strictly between"),
        (lambda: entropy_bound(MEAN_VAR, FIRST, turns=9), "turns must be from 1 to 8"),
        (lambda: chaos_region(MEAN_VAR, "1e-5", columns=0), "columns and rows"),
        (lambda: chaos_region(MEAN_VAR, "1e-5", beta="1"), "ranges of beta and p_ref"),
        (lambda: chaos_region(MEAN_VAR, "1e-5", alpha=0), "alpha > 0"),
    ],
)
def test_bad_input_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()


@pytest.mark.parametrize("alpha", ["0", "0:0.5"])
def test_no_evidence_serves_alpha_zero(alpha: str) -> None:
    box = Parameters.of(beta="17/25", eps="1e-5", p_ref="1/1000", alpha=alpha)
    for found in (chaos_witness(MEAN_VAR, box), entropy_bound(MEAN_VAR, box)):
        assert isinstance(found, NoWitness)
        assert "at alpha = 0 every orbit rises" in found.reason
