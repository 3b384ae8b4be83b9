"""Limits and trajectories by the checker that is proved in Coq: refused, or declined before the work."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soak import proved as three
from tests.checker import corpus
from verified_grpo.export import proved

Json = dict[str, Any]
KINDS = ("limit", "trajectory")
TRUE_ALL_THE_SAME = {
    "rejected/limit-cells-too-few.json",  # cells are halved as far as is needed
    "rejected/limit-no-contraction-of-groups.json",  # groups have a bound of their slopes here
}


def accepted(name: str) -> Json:
    """A certificate of the corpus."""
    document: Json = json.loads(corpus.files()[f"accepted/{name}.json"][1])
    return document


def outcome(vcheck: Path, folder: Path, document: Json) -> str:
    """Of one certificate, well within the time that one has."""
    (folder / "one.json").write_text(json.dumps(document))
    answer = proved.check(folder / "one.json", vcheck, seconds=20)
    assert "seconds" not in answer.message
    return answer.outcome


def test_what_the_other_checkers_reject_is_refused_but_for_two_that_are_true(
    vcheck: Path, tmp_path: Path
) -> None:
    files = {
        name: data
        for name, data in three.files("rejected/").items()
        if json.loads(data)["statement"]["kind"] in KINDS
    }
    assert len(files) > 50
    paths = []
    for k, data in enumerate(files.values()):
        paths.append(tmp_path / f"{k}.json")
        paths[-1].write_bytes(data)
    answers = zip(files, proved.check_all(paths, vcheck), strict=True)
    assert {name for name, answer in answers if answer.outcome == "proved"} == TRUE_ALL_THE_SAME


def _step_later(claim: Json) -> None:
    claim["step"] += 1  # out of phase


def _half_turn(claim: Json) -> None:
    claim["points"].reverse()


def _one_point(claim: Json) -> None:
    claim.update(verdict="fixed-point", period=1, points=claim["points"][:1])


def _from_elsewhere(claim: Json) -> None:
    claim["start"] = "1/2"


def _key_beside(claim: Json) -> None:
    claim["points"][0]["stability"] = "attracting"


def _rate_of_one(claim: Json) -> None:
    claim["rate"] = "1"


@pytest.mark.parametrize(
    "change", [_step_later, _half_turn, _one_point, _from_elsewhere, _key_beside, _rate_of_one]
)
def test_a_cycle_that_is_said_otherwise_is_refused(
    vcheck: Path, tmp_path: Path, change: Callable[[Json], None]
) -> None:
    document = accepted("limit-cycle-beta-5")
    assert outcome(vcheck, tmp_path, document) == "proved"
    change(document["statement"])
    assert outcome(vcheck, tmp_path, document) == "not proved"


def test_values_that_do_not_ascend_or_are_none_are_refused(vcheck: Path, tmp_path: Path) -> None:
    document = accepted("trajectory")
    values = document["statement"]["values"]
    for wrong in ([], values[::-1], [values[0], *values]):
        document["statement"]["values"] = wrong
        assert outcome(vcheck, tmp_path, document) == "not proved"


def _precise(document: Json) -> None:
    document["evidence"].update(bits=100_000, steps=100_000)


def _far_out(document: Json) -> None:
    document["statement"]["limit"]["logit"][1] = "1e12"


def _late(document: Json) -> None:
    document["statement"]["step"] = 999_999_999


@pytest.mark.parametrize("change", [_precise, _far_out, _late])
def test_what_would_cost_is_declined_before_the_work(
    vcheck: Path, tmp_path: Path, change: Callable[[Json], None]
) -> None:
    document = accepted("limit-rises")
    change(document)
    assert outcome(vcheck, tmp_path, document) == "not proved"


def test_an_orbit_whose_digits_are_lost_is_not_followed(vcheck: Path, tmp_path: Path) -> None:
    document = json.loads(corpus.files()["rejected/limit-orbit-without-digits.json"][1])
    assert outcome(vcheck, tmp_path, document) == "not proved"
