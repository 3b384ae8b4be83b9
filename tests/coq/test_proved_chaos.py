"""The checker that is proved in Coq, on chaos: four points in order, a return after three steps, and that
each key of a statement counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checker import corpus
from tests.checker.edits import MEAN_VAR, at
from tests.checker.kinds.chaos.builder import li_yorke, period_three
from verified_grpo.export import proved

from .changes import Change, undone_by

RISING = at("10.5", "1e-5", "1e-26", "0.5")


def test_four_points_may_rise_where_the_step_falls_behind_a_peak(vcheck: Path, tmp_path: Path) -> None:
    for order, expected in (("rises", "proved"), ("falls", "not proved")):
        path = tmp_path / f"{order}.json"
        path.write_text(json.dumps(li_yorke(MEAN_VAR, RISING, {"logit": "-28"}, order)))
        assert proved.check(path, vcheck).outcome == expected


def test_a_fixed_point_is_no_return(vcheck: Path, tmp_path: Path) -> None:
    parameters = at("1.7128", "0.001", "0.0001")
    for guess, expected in (("-7.73962", "proved"), ("-4.30376", "not proved")):
        path = tmp_path / "one.json"
        path.write_text(json.dumps(period_three(MEAN_VAR, parameters, guess)))
        assert proved.check(path, vcheck).outcome == expected


CHANGES: list[tuple[str, Change]] = [
    ("chaos-li-yorke", lambda stated, _: stated.update(order="rises")),
    ("chaos-li-yorke", lambda stated, _: stated.update(start={"p": "1"})),
    ("chaos-li-yorke", lambda stated, _: stated.update(start={"p": "0.9493"})),
    ("chaos-li-yorke", lambda stated, _: stated.update(start={"logit": "0.9492"})),
    ("chaos-li-yorke", lambda stated, _: stated.update(start={"logit": "1e20000"})),
    ("chaos-li-yorke", lambda stated, _: stated.update(start={})),
    ("chaos-li-yorke", lambda stated, _: stated["images"].pop()),
    ("chaos-li-yorke", lambda stated, _: stated["images"].reverse()),
    ("chaos-li-yorke", lambda stated, _: stated["images"].append(["3", "4"])),
    ("chaos-li-yorke", lambda stated, _: stated["images"][0].reverse()),
    ("chaos-li-yorke", lambda stated, _: stated["images"].__setitem__(1, ["-4", "0"])),
    ("chaos-li-yorke", lambda stated, _: stated["images"].__setitem__(2, ["2", "4"])),
    ("chaos-li-yorke", lambda stated, _: stated["parameters"].update(beta="0.7")),
    ("chaos-li-yorke", lambda stated, _: stated["parameters"].update(alpha="0.9")),
    ("chaos-li-yorke", lambda stated, _: stated["parameters"].update(beta="0")),
    ("chaos-li-yorke", lambda stated, _: stated["variant"].update(contrast="mean-std")),
    ("chaos-li-yorke", lambda _, offered: offered.update(rule="return")),
    ("chaos-li-yorke", lambda _, offered: offered.update(bits=-1000)),
    ("chaos-li-yorke-box", lambda stated, _: stated["parameters"].update(beta=["0.66", "0.7"])),
    ("chaos-li-yorke-box", lambda stated, _: stated["parameters"].update(beta=["0.69", "0.67"])),
    ("chaos-period-three", lambda stated, _: stated.update(verdict="li-yorke")),
    ("chaos-period-three", lambda stated, _: stated.update(logit=["-7.7", "-7.6"])),
    ("chaos-period-three", lambda stated, _: stated["logit"].reverse()),
    ("chaos-period-three", lambda stated, _: stated.update(logit=["-9", "9"])),
    ("chaos-period-three", lambda stated, _: stated["parameters"].update(eps="0.0011")),
    ("chaos-period-three", lambda _, offered: offered.update(rule="orbit")),
]


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_what_is_false_or_not_shown_is_not_proved(
    vcheck: Path, tmp_path: Path, name: str, change: Change
) -> None:
    undone_by(vcheck, tmp_path, name, change)


def test_an_orbit_that_goes_far_out_is_not_followed(vcheck: Path, tmp_path: Path) -> None:
    document = li_yorke(MEAN_VAR, RISING, {"logit": "-28"}, "rises")
    document["statement"]["parameters"]["beta"] = "1e-20000"
    path = tmp_path / "one.json"
    path.write_text(json.dumps(document))
    assert "does not accept it" in proved.check(path, vcheck, seconds=5).message


@pytest.mark.parametrize(
    ("name", "word"),
    [("chaos-entropy-full-shift", "topological entropy"), ("chaos-region", "chaos-region of mean-var")],
)
def test_entropy_and_regions_are_declined_by_name(name: str, word: str) -> None:
    assert word in proved.not_covered(corpus.files()[f"accepted/{name}.json"][1])
