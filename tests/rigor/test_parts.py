"""Parts of boxes, and largest sets: verdicts hold at points inside, volumes add up, sets are nested."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, PropertyQuestion, Proved, fixed_points
from verified_grpo.rigor.properties.certify import ask, decide
from verified_grpo.rigor.properties.largest_sets import group_sizes, largest_set
from verified_grpo.rigor.properties.where_it_holds import INNER, OUTER, UNDECIDED, Part, Parts, find_parts

ENGINES = ("mpmath", "arb")
PLANE = {"beta": "0.5:50", "eps": "1e-5", "p_ref": "0.05:0.999"}
TENTH = Fraction(1, 10)


def question(name: str, contrast: Contrast = MEAN_VAR, **given: Any) -> PropertyQuestion:
    goals: dict[str, Any] = {
        key: Fraction(given.pop(key)) for key in ("rate", "gain", "target") if key in given
    }
    return ask(name, contrast, Parameters.of(**(given or PLANE)), **goals)


QUESTIONS = {
    "uniqueness": question("uniqueness"),
    "contraction": question("contraction"),
    "rate": question("contraction", rate="1/2"),
    "gain": question("amplification", gain=2),
    "target": question("amplification", MEAN_STD, target="0.9"),
    "no-cycles": question("no-cycles", beta="2:20", eps="1e-5", p_ref="0.001:0.1"),
}


def middle(of: PropertyQuestion, part: Part) -> Parameters:
    return replace(of.parameters, **{axis: ((a + b) / 2,) * 2 for axis, a, b in part.sides})


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_verdict_of_a_part_is_that_of_its_middle(name: str) -> None:
    found = find_parts(QUESTIONS[name], tolerance=Fraction(1, 4))
    assert {INNER, OUTER} <= {part.verdict for part in found.parts}
    for part in [p for p in found.parts if p.verdict != UNDECIDED][::7]:
        alone = decide(replace(QUESTIONS[name], parameters=middle(QUESTIONS[name], part)), engine="mpmath")
        assert (alone.verdict == "proved") == (part.verdict == INNER), (part, alone)


@pytest.mark.parametrize("engine", ENGINES)
def test_volumes_are_enclosed_and_add_up(engine: str) -> None:
    found = find_parts(QUESTIONS["gain"], tolerance=TENTH, engine=engine)
    low, high = found.volume()
    true = math.log(100) * (math.log(0.999 / 0.001) - math.log(0.05 / 0.95))
    assert low <= high
    assert float(low) == pytest.approx(true, rel=1e-12)
    assert found.share(UNDECIDED)[1] <= TENTH + Fraction(1, 10**6)
    total = [sum(found.share(verdict)[k] for verdict in (INNER, OUTER, UNDECIDED)) for k in (0, 1)]
    assert total[0] <= 1 <= total[1]
    assert total[1] - total[0] < Fraction(1, 10**12)


def test_parts_share_only_edges() -> None:
    parts = find_parts(QUESTIONS["target"], tolerance=TENTH).parts
    for k, one in enumerate(parts):
        for other in parts[:k]:
            apart = [b <= c or d <= a for (_, a, b), (_, c, d) in zip(one.sides, other.sides, strict=True)]
            assert any(apart)


def test_both_engines_find_the_same_parts() -> None:
    first, second = (find_parts(QUESTIONS["target"], tolerance=TENTH, engine=name) for name in ENGINES)
    assert first.parts == second.parts


def test_more_than_two_ranges_and_groups() -> None:
    box: dict[str, Any] = {
        "beta": "0.2:20",
        "eps": "1e-5:1e-3",
        "p_ref": "0.1:0.9",
        "alpha": "0.5:1",
        "gain": 3,
    }
    found = find_parts(question("amplification", Contrast("group", 8, 1), **box), tolerance=Fraction(1, 3))
    assert len(found.parts[0].sides) == 4
    assert {INNER, OUTER} <= {part.verdict for part in found.parts}


def test_plain_amplification_is_one_part() -> None:
    found = find_parts(question("amplification"))
    assert [part.verdict for part in found.parts] == [INNER]


@pytest.mark.parametrize("tolerance", [Fraction(0), Fraction(2)])
def test_bad_parts_are_refused(tolerance: Fraction) -> None:
    with pytest.raises(InputError, match="share of the volume"):
        find_parts(QUESTIONS["gain"], tolerance=tolerance)
    with pytest.raises(InputError, match="give a range"):
        find_parts(question("uniqueness", beta="1", eps="1e-5", p_ref="0.3"))


def test_the_scales_of_an_atlas() -> None:
    """Sides named after logarithms are measured as they are."""
    sides = (("log_beta", Fraction(0), Fraction(2)), ("logit_p_ref", Fraction(-1), Fraction(1, 2)))
    assert Parts(QUESTIONS["gain"], (Part(sides, INNER),)).volume() == (Fraction(3), Fraction(3))


@cache
def fifths(name: str) -> Parts:
    """What the examples below have in common."""
    return find_parts(QUESTIONS[name], tolerance=Fraction(1, 5))


@examples(25)
@given(beta=st.floats(0.6, 45), p_ref=st.floats(0.06, 0.99), name=st.sampled_from(["uniqueness", "gain"]))
def test_no_point_contradicts_its_part(beta: float, p_ref: float, name: str) -> None:
    found = fifths(name)
    point = {"beta": Fraction(round(beta * 1000), 1000), "p_ref": Fraction(round(p_ref * 1000), 1000)}
    homes = [p for p in found.parts if all(low <= point[axis] <= high for axis, low, high in p.sides)]
    assert homes
    box = replace(QUESTIONS[name].parameters, **{axis: (x, x) for axis, x in point.items()})
    listed = fixed_points(MEAN_VAR, box, engine="arb")
    assert isinstance(listed, FixedPoints)
    if name == "uniqueness":
        holds = listed.count == 1
    else:
        odds = point["p_ref"] / (1 - point["p_ref"])
        holds = Fraction(listed.points[0].p[0]) >= 2 * odds / (1 + 2 * odds)
    for part in homes:
        assert part.verdict in (UNDECIDED, INNER if holds else OUTER)


BMAX = 60.85562771


@pytest.mark.parametrize("engine", ENGINES)
def test_the_largest_set_of_beta_for_contraction(engine: str) -> None:
    """S3's threshold for all prompts is above what prompts in a range need."""
    every = question("contraction", beta="1:1000", eps="1e-5", p_ref="0.001:0.9999")
    some = question("contraction", beta="1:1000", eps="1e-5", p_ref="0.1:0.9")
    found = largest_set(every, "beta", tolerance=Fraction(1, 50), engine=engine)
    assert found.threshold is not None
    assert found.threshold.above
    assert not found.threshold.sufficient
    assert float(found.threshold.value[0]) == pytest.approx(BMAX)
    ((low, high),) = found.ranges(INNER)
    assert high == 1000
    assert BMAX < low < 63
    narrower = largest_set(some, "beta", tolerance=Fraction(1, 50), engine=engine)
    ((low, _),) = narrower.ranges(INNER)
    ((start, _),) = narrower.ranges(INNER, UNDECIDED)
    assert start < low < 27 < BMAX
    assert low < start * Fraction(11, 10)


def test_a_largest_set_of_two_pieces() -> None:
    """Easy prompts have one fixed point for tiny beta too: p* next to 1."""
    found = largest_set(question("uniqueness", beta="0.1:100", eps="1e-5", p_ref="0.1:0.9"), "beta")
    assert len(found.ranges(INNER)) == 2
    assert found.witness is not None
    assert [verdict for _, verdict in found.cells].count(OUTER) >= 1


def test_the_largest_beta_for_a_gain() -> None:
    """gain 2: beta <= 1/(log 2 sqrt(1/4 + eps)), attained by the prompt whose fixed point is 1/2."""
    found = largest_set(
        question("amplification", gain=2, beta="0.01:100", eps="1e-5", p_ref="0.01:0.9"), "beta"
    )
    assert found.threshold is not None
    (low, high) = found.threshold.value
    assert float(low) == pytest.approx(1 / (math.log(2) * math.sqrt(0.25001)))
    first = found.ranges(INNER)[0]
    assert first[0] == Fraction(1, 100)
    assert first[1] <= high
    assert float(first[1]) > 0.998 * float(high)


def test_inner_values_are_proved_and_outer_ones_fail_somewhere() -> None:
    asked = question("amplification", MEAN_STD, target="0.9", beta="0.1:10", eps="1e-4", p_ref="0.2:0.6")
    found = largest_set(asked, "beta", tolerance=Fraction(1, 20))
    for (low, high), verdict in found.cells:
        at = replace(asked, parameters=replace(asked.parameters, beta=((low + high) / 2,) * 2))
        alone = decide(at, engine="mpmath")
        assert verdict == UNDECIDED or (alone.verdict == "proved") == (verdict == INNER)


def test_the_largest_set_of_alpha_and_of_eps() -> None:
    alpha = largest_set(
        question("contraction", beta="100", eps="1e-5", p_ref="0.1:0.9", alpha="0.01:1"),
        "alpha",
        tolerance=TENTH,
    )
    assert alpha.ranges(INNER)[-1][1] == 1
    assert alpha.threshold is not None
    assert float(alpha.threshold.value[0]) == pytest.approx(BMAX / 100)
    eps = largest_set(question("uniqueness", beta="5", eps="1e-6:1", p_ref="0.1:0.9"), "eps", tolerance=TENTH)
    assert eps.threshold is None
    assert eps.ranges(INNER)[-1][1] == 1


def test_group_sizes() -> None:
    asked = question("amplification", Contrast("group", 2), gain=2, beta="3", eps="1e-5", p_ref="0.1:0.9")
    outcomes = group_sizes(asked, 6).outcomes
    assert [outcome.question.contrast.group_size for outcome in outcomes] == [2, 3, 4, 5, 6]
    for outcome in outcomes:
        assert isinstance(outcome, Proved) == (outcome.verdict == "proved")
    assert {outcome.verdict for outcome in outcomes} <= {"proved", "refuted"}


@pytest.mark.parametrize(
    ("axis", "tolerance", "says"),
    [
        ("p_ref", "0.1", "choose one of"),
        ("alpha", "0.1", "needs a range"),
        ("beta", "1", "strictly between 0 and 1"),
    ],
)
def test_bad_largest_sets_are_refused(axis: str, tolerance: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        largest_set(QUESTIONS["gain"], axis, tolerance=Fraction(tolerance))
    with pytest.raises(InputError, match="from 2 up to"):
        group_sizes(QUESTIONS["gain"], 1)
