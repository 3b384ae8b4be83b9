from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.cli import main
from verified_grpo.laboratory.answering import answer, judged
from verified_grpo.laboratory.asking import FIELDS, LONGEST
from verified_grpo.laboratory.sources import PROVER, sources

README = {"contrast": "mean-var", "beta": "5", "eps": "1e-5", "p_ref": "0.001"}


def asked(**fields: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer(json.dumps(fields)))
    return told


def verdicts(told: dict[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for title, text in told["certificates"].items():
        file = folder / "certificate.json"
        file.write_text(text)
        found[title] = json.loads(judged(str(file)))
    return found


def test_both_views_of_a_point_and_what_the_checker_says(tmp_path: Path) -> None:
    told = asked(**README)
    assert [(view["title"], view["verdict"]) for view in told["views"]] == [
        ("small steps", "rises"),
        ("the exact iteration", "cycle"),
    ]
    checked = verdicts(told, tmp_path)
    assert set(checked) == {"small steps", "the exact iteration", "where the two part", "all fixed points"}
    assert {one["outcome"] for one in checked.values()} == {"accepted"}
    assert (
        checked["all fixed points"]["headline"] == "for all these parameters T has exactly 3 fixed point(s)"
    )
    assert "tends to a cycle of exactly 2 points" in checked["the exact iteration"]["headline"]
    facts = dict(told["facts"])
    assert facts["small steps: p tends into"] == "[0.00862203288, 0.00862203289]"
    assert facts["small steps are those of size up to"] == "0.0486534163"
    assert [point["kind"] for point in told["fixed_points"]] == ["repelling", "repelling", "attracting"]


def test_the_command_line_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    told = asked(**README, alpha="1", kl="reverse")
    assert told["command"] == "verified-grpo limit --contrast mean-var --beta 5 --eps 1e-5 --p-ref 0.001"
    with pytest.raises(SystemExit):
        main([*told["command"].split()[1:], "--json"])
    payload = json.loads(capsys.readouterr().out)
    assert payload["views"]["small_steps"]["verdict"] == told["views"][0]["verdict"]
    assert len(payload["all_fixed_points"]["fixed_points"]) == len(told["fixed_points"])


@pytest.mark.parametrize(
    ("fields", "titles", "headline"),
    [
        (
            {"beta": "0.04", "eps": "1e-5", "p_ref": "0.3", "kl": "k3"},
            {"small steps", "the exact iteration"},
            "never exceeds the only zero of F",
        ),
        (
            {"beta": "5", "eps": "1e-4", "p_ref": "0.3", "step_size": "0.05"},
            {"steps of this size", "all fixed points"},
            "tends to the least fixed point",
        ),
        ({"beta": "0", "eps": "1e-5", "p_ref": "0.3"}, {"small steps"}, "any step eta_n > 0 adds"),
        (
            {"beta": "5", "eps": "1e-4", "p_ref": "0.3:0.31"},
            {"small steps", "the exact iteration", "all fixed points"},
            "any steps",
        ),
    ],
)
def test_other_questions(fields: dict[str, str], titles: set[str], headline: str, tmp_path: Path) -> None:
    told = asked(**fields)
    checked = verdicts(told, tmp_path)
    assert titles <= set(checked)
    assert {one["outcome"] for one in checked.values()} == {"accepted"}
    first = next(title for title in ("small steps", "steps of this size") if title in titles)
    assert headline in checked[first]["headline"]
    assert (told["picture"] is None) == any(":" in text for text in fields.values())


def test_a_picture_is_of_the_sequence() -> None:
    drawn = asked(**README)["picture"]
    points = drawn["rise"]["points"]
    assert points[0] == [0, pytest.approx(0.001)]
    assert points[-1][1] == pytest.approx(0.008622, rel=1e-3)
    assert drawn["rise"]["size"] < 0.0486
    terms = drawn["cobweb"]["terms"]
    assert {round(term, 2) for term in terms[-2:]} == {-6.06, -2.77}  # the cycle that is certified
    clamped = asked(beta="0.04", eps="1e-5", p_ref="0.3", kl="k3")["picture"]
    assert clamped["rise"]["points"][-1][1] == pytest.approx(0.999207, abs=1e-4)
    assert clamped["cobweb"] is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"beta": "x"}, "allowed are an integer, a decimal such as 0.04"),
        ({"beta": ""}, "beta is empty: a number such as"),
        ({"p_ref": "2"}, "p_ref"),
        ({"beta": "1e999999999999"}, "beta"),
        ({"kl": "k9"}, "choose reverse or k3"),
        ({"contrast": "meen"}, "choose one of"),
        ({"contrast": "group"}, "needs a group size"),
        ({"contrast": "group", "group_size": "8.5"}, "group size is a whole number"),
        ({"contrast": "group", "group_size": "٣"}, "group size is a whole number"),
        ({"contrast": "expression"}, "Omega is empty"),
        ({"contrast": "expression", "omega": "__import__('os')"}, "allowed are numbers, p, q"),
        ({"kl": "k3", "step_size": "0.1"}, "with k3 the step size stays empty"),
        ({"beta": "0" * LONGEST + "1"}, "more than"),
        ({"frame": "x"}, "unknown field 'frame'"),
    ],
)
def test_what_is_no_question_is_one_line(changed: dict[str, str], said: str) -> None:
    told = asked(**{**README, **changed})
    assert set(told) == {"error"}
    assert said in told["error"]
    assert "\n" not in told["error"]


@pytest.mark.parametrize("text", ["[]", "3", '{"beta": 5}'])
def test_what_no_form_says_is_refused(text: str) -> None:
    assert set(json.loads(answer(text))) == {"error"}


def test_a_rejected_certificate_has_no_headline(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text(asked(**README)["certificates"]["all fixed points"].replace('"count": 3', '"count": 2'))
    told = json.loads(judged(str(file)))
    assert (told["outcome"], told["headline"]) == ("rejected", "")


ALONE = """
import json, sys

class Block:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in ("flint", "mpmath", "verified_grpo"):
            return None
        raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Block())
from verified_grpo.laboratory.answering import answer
assert sys.modules["verified_grpo"].__file__.startswith(sys.argv[2])
for question in json.loads(sys.argv[1]):
    print(answer(json.dumps(question)))
"""


def test_the_archive_answers_with_the_libraries_of_the_page_alone(tmp_path: Path) -> None:
    zipfile.ZipFile(BytesIO(sources(PROVER))).extractall(tmp_path)
    maxrl = {**README, "contrast": "maxrl", "group_size": "8"}
    group = {**README, "contrast": "group", "group_size": "8", "beta": "0.04", "p_ref": "0.3"}
    odd = {**group, "group_size": "17"}
    ran = subprocess.run(
        [sys.executable, "-c", ALONE, json.dumps([README, group, maxrl, odd]), str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    first, second, third, fourth = map(json.loads, ran.stdout.splitlines())
    assert first == asked(**README)
    assert second["views"][0]["verdict"] == "rises"
    assert third["views"][0]["verdict"] == "rises"
    assert fourth["needs"] == "sympy"
    assert "needs sympy, which is not here; on the command line: verified-grpo" in fourth["error"]


def test_every_field_of_the_page_is_one_that_is_read() -> None:
    page = (Path(__file__).parents[2] / "verified_grpo/laboratory/templates/laboratory.html").read_text()
    assert all(f'name="{name}"' in page for name in FIELDS)
