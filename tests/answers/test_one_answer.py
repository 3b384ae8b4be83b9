"""The same question through the API and through the command line: one verdict, the same numbers, one
certificate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import verified_grpo as api
from verified_grpo.answers.limits import limit_certificates, limit_json
from verified_grpo.answers.views import views_certificates
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.grammar.values import Json
from verified_grpo.cli import main
from verified_grpo.model import Contrast

GROUP = {"contrast": "group", "group_size": 8, "ddof": 1}
FIXED_POINTS: list[dict[str, Any]] = [
    {"beta": "5", "eps": "1e-5", "p_ref": "0.001"},
    {"beta": "61:100", "eps": "1e-5", "p_ref": "0.1:0.2"},
    {"beta": "0.04", "eps": "1e-4", "p_ref": "0.3", **GROUP},
    {"beta": "1:100", "eps": "1e-5", "p_ref": "0.001:0.5"},  # undecided: the count changes inside
]
LIMITS: list[dict[str, Any]] = [
    {"beta": "5", "eps": "1e-5", "p_ref": "0.001"},  # a cycle
    {"beta": "5", "eps": "1e-5", "p_ref": "0.9"},  # a rise
    {"beta": "61:100", "eps": "1e-5", "p_ref": "0.001:0.9"},  # a closed form
    {"beta": "2:2.02", "eps": "1e-5", "p_ref": "0.0001:0.000102"},  # an atlas of the box
    {"beta": "5:100", "eps": "1e-5", "p_ref": "0.001:0.9"},  # undecided
    {"beta": "5", "eps": "1e-5", "p_ref": "0.001", "alpha": "0"},
    {"beta": "5", "eps": "1e-5", "p_ref": "0.3", "alpha": "0:1"},
    {"beta": "0.04", "eps": "1e-4", "p_ref": "0.05", **GROUP},
]
PROPERTIES: list[dict[str, Any]] = [
    {"property": "contraction", "beta": "61:100", "eps": "1e-5", "p_ref": "0.001:0.999"},
    {"property": "contraction", "beta": "50:100", "eps": "1e-5", "p_ref": "0.001:0.999"},
    {"property": "amplification", "beta": "0.001:100", "eps": "1e-6:1", "p_ref": "0.001:0.999"},
    {"property": "uniqueness", "beta": "1:100", "eps": "1e-5", "p_ref": "0.001:0.9"},
    {"property": "convergence", "beta": "3:4", "eps": "1e-3", "p_ref": "0.01:0.1"},
    {"property": "no-cycles", "beta": "30:100", "eps": "1e-3", "p_ref": "0.1:0.4"},
]


def names(question: dict[str, Any]) -> str:
    return " ".join(f"{key} {value}" for key, value in question.items())


def by_command(
    capsys: pytest.CaptureFixture[str], folder: Path, command: str, question: dict[str, Any]
) -> tuple[Json, dict[str, bytes]]:
    """The JSON of the command line, and the certificates that it writes by what their names end in."""
    words = [word for key, value in question.items() for word in (f"--{key.replace('_', '-')}", str(value))]
    with pytest.raises(SystemExit) as end:
        main([command, *words, "--json", "--out", str(folder / "c.json")])
    answer = json.loads(capsys.readouterr().out)
    decides = answer["views"]["small_steps"] if "views" in answer else answer
    expected = {"proved": 0, "refuted": 1, "undecided": 2}.get(decides["verdict"], 0)
    assert int(end.value.code or 0) == expected
    return answer, {path.stem[1:]: path.read_bytes() for path in folder.glob("c*.json")}


def asked(question: dict[str, Any]) -> tuple[Contrast, api.Parameters]:
    box = {key: question[key] for key in ("beta", "eps", "p_ref", "alpha") if key in question}
    variant = [question.get("contrast", "mean-var"), question.get("group_size", 0), question.get("ddof", 0)]
    return Contrast(*variant), api.Parameters.of(**box)


@pytest.mark.parametrize("question", FIXED_POINTS, ids=names)
def test_fixed_points(capsys: pytest.CaptureFixture[str], tmp_path: Path, question: dict[str, Any]) -> None:
    answer, written = by_command(capsys, tmp_path, "fixed-points", question)
    found = api.fixed_points(*asked(question))
    if isinstance(found, api.UndecidedFixedPoints):
        assert (answer["verdict"], answer["reason"], written) == ("undecided", found.reason, {})
        return
    assert answer["count"] == found.count
    assert [point["p"] for point in answer["fixed_points"]] == [list(point.p) for point in found.points]
    assert [point["kind"] for point in answer["fixed_points"]] == [p.stability for p in found.points]
    assert written == {"": canonical_bytes(api.fixed_points_certificate(found))}


@pytest.mark.parametrize("question", LIMITS, ids=names)
def test_limits(capsys: pytest.CaptureFixture[str], tmp_path: Path, question: dict[str, Any]) -> None:
    answer, written = by_command(capsys, tmp_path, "limit", question)
    found = api.limit(*asked(question))
    beside = api.fixed_points(*asked(question), engine="arb")
    views = answer.pop("views")
    del answer["all_fixed_points"]
    assert answer == views["maximiser"] == limit_json(found)
    both = views_certificates(api.views(*asked(question)))
    assert written == {ending: canonical_bytes(whole) for ending, whole in both.items()}
    made = {ending: canonical_bytes(whole) for ending, whole in limit_certificates(found, beside).items()}
    assert {ending: whole for ending, whole in written.items() if ending in made} == made
    assert set(written) - set(made) == {"-small-steps", *(["-parting"] if "-parting" in both else [])}
    if made and answer["verdict"] != "by-alpha":
        assert written[""] == canonical_bytes(api.limit_certificate(found))


@pytest.mark.parametrize("question", PROPERTIES, ids=names)
def test_properties(capsys: pytest.CaptureFixture[str], tmp_path: Path, question: dict[str, Any]) -> None:
    answer, written = by_command(capsys, tmp_path, "audit", question)
    found = api.certify(question["property"], *asked(question))
    assert answer["verdict"] == found.verdict
    if isinstance(found, api.Refuted):
        brackets = [[api.exact(end) for end in bracket] for bracket in answer["brackets"]]
        assert brackets == [list(bracket) for bracket in found.brackets]
    if answer["certificate"] == question["property"]:
        assert written == {"": canonical_bytes(api.region_certificate(found, "arb"))}
