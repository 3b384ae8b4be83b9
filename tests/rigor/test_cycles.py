"""All cycles of a period: known lists, counts of the full shift, and the plain orbit's opinion."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.checker.limit_builder import orbit
from tests.checker.truth import mp, number
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.chaos.cycles import Cycles, UndecidedCycles, cycles

ENGINES = ("mpmath", "arb")
HORSESHOE = {"beta": "0.68", "eps": "1e-5", "p_ref": "0.001"}


def listed(found: Cycles | UndecidedCycles) -> Cycles:
    assert isinstance(found, Cycles), found
    return found


def is_cycle(found: Cycles) -> bool:
    """Whether the plain orbit from each least point passes all the others and returns."""
    variant = {"contrast": found.contrast.name}
    point = {name: str(side[0]) for name, side in found.parameters}
    for cycle in found.cycles:
        low, high = cycle.points[0].logit
        path = orbit(variant, point, mp.mpf(low.numerator) / low.denominator, found.period)
        room = (number(str(high - low))) * 10**6
        for x, there in zip(path, (*cycle.points, cycle.points[0]), strict=True):
            middle = sum(there.logit) / 2
            assert abs(x - number(str(middle))) < room
    return True


@pytest.mark.parametrize("engine", ENGINES)
def test_period_one_is_the_list_of_fixed_points(engine: str) -> None:
    for contrast in (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 4, 1)):
        for beta, p_ref, alpha in (("5", "0.001", "1"), ("5", "0.3", "1"), ("1", "0.2", "0.4")):
            parameters = Parameters.of(beta=beta, eps="1e-3", p_ref=p_ref, alpha=alpha)
            found = listed(cycles(contrast, parameters, 1, engine=engine))
            every = fixed_points(contrast, parameters)
            assert isinstance(every, FixedPoints)
            assert len(found.cycles) == every.count
            for cycle, point in zip(found.cycles, every.points, strict=True):
                assert cycle.points[0].logit[0] <= point.logit[1]
                assert point.logit[0] <= cycle.points[0].logit[1]
                assert cycle.stability == point.stability


@pytest.mark.parametrize("engine", ENGINES)
def test_the_two_cycles_of_figure_5_and_no_other(engine: str) -> None:
    for beta, p, attracting in (("5", ("0.002338", "0.058716"), True), ("3", ("0.001995", "0.633012"), True)):
        parameters = Parameters.of(beta=beta, eps="1e-5", p_ref="0.001")
        (cycle,) = listed(cycles(MEAN_VAR, parameters, 2, engine=engine)).cycles
        for point, rounded in zip(cycle.points, p, strict=True):
            assert abs(Fraction(point.p[0]) - Fraction(rounded)) < Fraction(1, 10**6)
        assert (cycle.stability == "attracting") is attracting
        assert not listed(cycles(MEAN_VAR, parameters, 3, engine=engine)).cycles


def test_a_horseshoe_has_as_many_cycles_as_binary_necklaces() -> None:
    """S6's first case: two monotone pieces that each cover both, so 1, 2, 3, 6, 9 cycles of period 2 to 6."""
    parameters = Parameters.of(**HORSESHOE)
    for period, count in ((2, 1), (3, 2), (4, 3), (5, 6), (6, 9)):
        found = listed(cycles(MEAN_VAR, parameters, period))
        assert len(found.cycles) == count
        assert {cycle.stability for cycle in found.cycles} == {"repelling"}
        assert is_cycle(found)


def test_the_second_period_three_case() -> None:
    """S6: p_ref = 1/10000, eps = 1/1000, beta = 1.7128 has orbits of period 3."""
    found = listed(cycles(MEAN_VAR, Parameters.of(beta="1.7128", eps="1e-3", p_ref="1/10000"), 3))
    assert len(found.cycles) == 2
    assert is_cycle(found)


def test_period_eight() -> None:
    assert not listed(cycles(MEAN_VAR, Parameters.of(beta="5", eps="1e-5", p_ref="0.001"), 8)).cycles


def test_the_mirror_and_the_mean_have_no_cycles() -> None:
    assert not listed(cycles(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3", alpha=0), 2)).cycles
    assert not listed(cycles(MEAN, Parameters.of(beta="0.1", eps="1e-5", p_ref="0.3"), 4)).cycles


@pytest.mark.parametrize(
    ("parameters", "period", "digits", "message"),
    [
        (Parameters.of(**HORSESHOE), 65, 15, "period must be from 1 to 64"),
        (Parameters.of(**HORSESHOE), 0, 15, "period must be from 1 to 64"),
        (Parameters.of(**HORSESHOE), 2, 0, "digits must be from 1"),
        (Parameters.of(beta="1:2", eps="1e-5", p_ref="0.3"), 2, 15, "exact parameters"),
    ],
)
def test_bad_input_is_refused(parameters: Parameters, period: int, digits: int, message: str) -> None:
    with pytest.raises(InputError, match=message):
        cycles(MEAN_VAR, parameters, period, digits=digits)


def test_cycles_too_far_out_to_be_written_are_undecided() -> None:
    found = cycles(MEAN_VAR, Parameters.of(beta=1, eps="1e-90", p_ref="0.01"), 2)
    assert isinstance(found, UndecidedCycles)
    assert "log-odds beyond 1e12" in found.reason
