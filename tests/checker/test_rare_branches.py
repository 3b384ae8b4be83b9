"""Branches of the checker that few certificates take: each is seen to enclose, or to say what it must."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any, ClassVar

import pytest

from verified_grpo.checker import Code, check_bytes
from verified_grpo.checker.arithmetic import NAMES, in_force, using
from verified_grpo.checker.check import judgement_of
from verified_grpo.checker.clipping import ClippedTrajectory
from verified_grpo.checker.contrasts import MeanVar, written
from verified_grpo.checker.contrasts.jets import Place, constant
from verified_grpo.checker.contrasts.scaled import Scaled
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball, precision
from verified_grpo.checker.parameters import read_contrast
from verified_grpo.checker.places import look_up, read_point
from verified_grpo.checker.tilt import Classes, Drive, Tilt

from .builder import seal
from .committed import committed, of_kinds
from .edits import edited

HALF, ONE = Fraction(1, 2), Fraction(1)
EPS = (HALF, HALF)


@pytest.fixture(params=NAMES, autouse=True)
def arithmetic(request: pytest.FixtureRequest) -> Any:
    with using(request.param), precision(96):
        yield


def inside(x: Ball, low: float, high: float) -> bool:
    lower, upper = in_force().ends(x)
    return low <= lower <= upper <= high


def claim_of(name: str) -> dict[str, Any]:
    claim: dict[str, Any] = committed()[name]["statement"]
    return claim


def test_a_number_less_a_function() -> None:
    assert inside((5 - constant(ball(2))).value.lower, 3, 3)
    assert inside((constant(ball(5)) - 2).value.lower, 3, 3)


@pytest.mark.parametrize(
    ("variant", "bound"),
    [
        (
            {"contrast": "expression", "omega": ["/", "1", ["+", "p", "eps"]]},
            lambda x: x.omega(Place.over((Fraction(0), ONE), EPS)).value.lower,
        ),
        ({"contrast": "group-loo", "group_size": 4}, lambda x: x.infimum(EPS)),
    ],
)
def test_a_multiple_has_the_multiple_of_each_bound(variant: Any, bound: Callable[[Any], Ball]) -> None:
    inner = read_contrast(variant, "variant")
    whole, part = bound(inner), bound(Scaled(inner, HALF, "1/2"))
    assert abs(in_force().ends(part)[0] * 2 - in_force().ends(whole)[0]) < Fraction(1, 2**80)


class Unknown(MeanVar):
    """The paper's contrast, of which no fact is taken as known."""

    facts: ClassVar[dict[Any, str]] = {}


def test_a_slope_without_facts_encloses_the_one_with_them() -> None:
    cell, eps = (Fraction(1), Fraction(2)), (Fraction(1, 100), Fraction(1, 100))
    known, bare = MeanVar().slope(cell, eps), Unknown().slope(cell, eps)
    assert in_force().ends(bare[0])[0] <= in_force().ends(known[0])[0]
    assert in_force().ends(known[1])[1] <= in_force().ends(bare[1])[1]


def test_of_what_is_left_when_the_work_ends_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_MOST_CELLS", 3)
    omega = read_contrast({"contrast": "expression", "omega": ["/", "1", ["+", "p", "eps"]]}, "variant")
    eps = (HALF, HALF)
    cells = list(written._paved(omega.program, eps))  # type: ignore[attr-defined]
    assert sum((cell[1] - cell[0] for cell, _ in cells), Fraction(0)) == 1
    assert not cells[-1][1].is_complete


def test_a_verdict_that_is_not_stated_is_computed() -> None:
    claims = [document["statement"] for document in of_kinds("paper-statement").values()]
    assert claims
    for stated in claims[:5]:
        bare = {key: value for key, value in stated.items() if key not in ("verdict", "given")}
        assert judgement_of(bare).word == stated["verdict"]


def test_a_point_of_the_plane_lies_in_boxes_of_a_curve_or_in_none() -> None:
    statement = claim_of("curve-fold")
    said = set()
    for beta, p_ref in product(*(corners(statement["parameters"][key]) for key in ("beta", "p_ref"))):
        for line in look_up(statement, read_point(f"beta={beta},p_ref={p_ref}")):
            said.add(line.partition(" ")[0])
    assert said == {"no", "undecided:"}


def corners(window: list[str]) -> list[Fraction]:
    low, high = map(Fraction, window)
    return [low + (high - low) * k / 40 for k in range(41)]


def test_weights_of_clipped_updates_where_the_caps_cross() -> None:
    claim, one = ClippedTrajectory.read(claim_of("clipped")), (ball(1), ball(1))
    across = claim._weights((Fraction(-9), Fraction(9)), one)
    for x in (-9, 0, 9):
        low, high = claim._weights((Fraction(x), Fraction(x)), one)
        assert in_force().ends(across[0])[0] <= in_force().ends(low)[0]
        assert in_force().ends(high)[1] <= in_force().ends(across[1])[1]


TWO_CLASSES = Classes(
    weights=[HALF, HALF], rewards=[Fraction(0), ONE], noises=[Fraction(0)] * 2, correct=None, words=""
)


def test_the_slope_where_hardly_any_variance_is_left() -> None:
    """At a tilt of ten millions: V, about e^-10,000,000, is told from 0, since V'/V is asked for. The slope
    is about e^-5,000,000."""
    far = Fraction(10**7)
    slope = Tilt(TWO_CLASSES, "mean-std", HALF).slope((far, far + 1))
    assert inside(slope.lower, -1e-9, 1e-9)
    assert inside(slope.upper, -1e-9, 1e-9)


def test_the_drive_of_classes_is_positive_at_the_start() -> None:
    tilt = Tilt(TWO_CLASSES, "mean-std", HALF)
    assert Drive(tilt, ONE).at_zero() == 1
    assert inside(Drive(tilt, ONE).over((Fraction(0), Fraction(0))).lower, 0.9, 1.1)


def test_a_mean_reward_above_all_that_small_steps_reach_is_never_reached() -> None:
    good, where = committed()["classes-never"], ("statement", "passage")
    codes = []
    for level in ("0.5", "0.09"):
        claim = {"of": "mean_reward", "reach": level, "steps": None}
        codes.append(check_bytes(seal(edited(good, *where, value=claim))).code)
    assert codes == [Code.ACCEPTED, Code.PASSAGE_NOT_PROVED]
