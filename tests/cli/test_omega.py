"""`--omega`: a contrast of one's own from the command line to the checker and the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

OWN = ("--omega", "1/(p + eps)", "--beta", "5", "--eps", "1e-3", "--p-ref", "0.05")


def test_from_an_expression_to_a_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "mine.json"
    code, text, _ = run(capsys, "limit", *OWN, "--out", str(out))
    assert code == 0
    assert "rises to the only fixed point" in text
    files = sorted(tmp_path.glob("*.json"))
    assert [file.name for file in files] == ["mine-parting.json", "mine-small-steps.json", "mine.json"]
    assert all(check_file(file).outcome is Outcome.ACCEPTED for file in files)
    assert "Omega(L) = (1 / (p + eps)), q = 1-p, v = p(1-p)" in check_file(out).statement_text
    for style in ("md", "html"):
        code, _, _ = run(
            capsys, "report", *map(str, files), "--format", style, "--out", str(tmp_path / style)
        )
        assert code == 0
    assert r"\Omega(L) = \frac{1}{p + \varepsilon}" in (tmp_path / "md/report.md").read_text()


def test_the_answer_names_the_expression(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "fixed-points", *OWN, "--json")
    assert code == 0
    assert json.loads(out)["variant"] == {"contrast": "expression", "omega": ["/", "1", ["+", "p", "eps"]]}


@pytest.mark.parametrize(
    ("options", "code", "line"),
    [
        (("--omega", "p - 1/2"), 64, "is not known to be > 0 for p from 0"),
        (("--omega", "1/x"), 64, "'x' in an expression"),
        (("--omega", "1/p"), 2, "is not known to be bounded"),
        (("--omega", "1/(p+eps)", "--contrast", "mean"), 64, "leave --contrast"),
        (("--contrast", "expression"), 64, "needs its expression"),
    ],
)
def test_bad_expressions_are_one_line(
    options: tuple[str, ...], code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out, said = run(capsys, "fixed-points", *options, *OWN[2:])
    assert given == code
    assert line in out + said
    assert len((out + said).strip().splitlines()) == 1


def test_properties_over_boxes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    box = ("--omega", "1/(p + eps)", "--beta", "30:40", "--eps", "0.1", "--p-ref", "0.1:0.2")
    for name in ("contraction", "uniqueness"):
        file = tmp_path / f"{name}.json"
        assert run(capsys, "audit", "--property", name, *box, "--out", str(file))[0] == 0
        assert check_file(file).outcome is Outcome.ACCEPTED


def test_a_question_is_held_against_its_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    question, answer = tmp_path / "question.json", tmp_path / "answer.json"
    assert run(capsys, "question", "fixed-points", *OWN, "--out", str(question))[0] == 0
    assert run(capsys, "fixed-points", *OWN, "--out", str(answer))[0] == 0
    assert run(capsys, "check", "--question", str(question), str(answer))[0] == 0
    other = ("--omega", "1/(p + 2*eps)", *OWN[2:])
    assert run(capsys, "question", "fixed-points", *other, "--out", str(question))[0] == 0
    assert run(capsys, "check", "--question", str(question), str(answer))[0] == 1
