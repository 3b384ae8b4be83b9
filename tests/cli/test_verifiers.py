"""A verifier that errs, on the command line: the two kinds of errors lead to different places."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

POINT = (
    "--beta",
    "0.5",
    "--eps",
    "1e-4",
    "--p-ref",
    "0.01",
    "--true-positive",
    "0.9",
    "--false-positive",
    "0.2",
)


@pytest.mark.parametrize("command", ["fixed-points", "limit"])
def test_systematic_errors_have_a_ceiling(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, command, *POINT, "--errors", "systematic", "--json")
    said = json.loads(out)["verifier"]
    assert code == 0
    assert said["errors"] == "systematic"
    low, high = (Fraction(end) for end in said["precision"])
    assert low <= Fraction(9, 207) <= high  # 0.9 * 0.01 / (0.2 + 0.7 * 0.01)
    assert all(Fraction(pair[1]) <= high for pair in said["true_p"])
    _, text, _ = run(capsys, command, *POINT, "--errors", "systematic")
    assert "p stays below the share of right answers among those of the reference" in " ".join(text.split())


def test_independent_errors_are_a_contrast_with_a_certificate(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "noisy.json"
    code, text, _ = run(capsys, "limit", *POINT, "--errors", "independent", "--out", str(out))
    assert code == 0
    assert "p is the rate of right answers" in " ".join(text.split())
    assert "p in [0.16926969, 0.1692697]" in text
    assert all(check_file(path).outcome is Outcome.ACCEPTED for path in tmp_path.glob("*.json"))
    assert json.loads(out.read_bytes())["statement"]["variant"]["contrast"] == "expression"


@pytest.mark.parametrize("errors", ["independent", "systematic"])
def test_the_true_rate_follows_from_the_observed_one(errors: str, capsys: pytest.CaptureFixture[str]) -> None:
    """0.9 of 0.01 and 0.2 of 0.99 are 0.207."""
    answers = []
    for rate in (("0.01",), ("0.207", "--observed-rate")):
        words = (*POINT[:5], *rate, *POINT[6:], "--errors", errors, "--json")
        code, out, _ = run(capsys, "fixed-points", *words)
        assert code == 0
        answers.append(json.loads(out))
    assert answers[0] == answers[1]


def test_a_count_says_whose_rate_it_counts(capsys: pytest.CaptureFixture[str]) -> None:
    words = (*POINT, "--errors", "independent", "--reach", "0.1", "--step-size", "0.1")
    code, _, said = run(capsys, "limit", *words)
    assert code == 0
    assert "passes 0.9 of right answers and 0.2 of wrong ones" in said
    assert "p is the rate of right answers" in said


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--observed-rate",), "belongs to a verifier that errs"),
        ((*POINT[6:], "--errors", "independent", "--observed-rate"), "passes between 0.2 and 0.9"),
        (("--true-positive", "0.9"), "needs --true-positive, --false-positive and --errors"),
        (("--true-positive", "0.1", "--false-positive", "0.2", "--errors", "independent"), "ask about them"),
        (("--true-positive", "1", "--false-positive", "1", "--errors", "systematic"), "nothing to learn"),
        ((*POINT[6:], "--errors", "systematic", "--reach", "0.5"), "not with --start"),
    ],
)
def test_what_has_no_answer_is_one_line(
    words: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = run(capsys, "limit", *POINT[:6], *words)
    assert code == 64
    assert line in said
    assert len(said.strip().splitlines()) == 1


RANGES = ("--true-positive", "0.89:0.91", "--false-positive", "0.19:0.21")
BOX = ("--beta", "1:5", "--eps", "1e-5", "--p-ref", "0.001:0.9")


@pytest.mark.parametrize("command", ["fixed-points", "limit"])
def test_rates_may_be_ranges(command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The answer for numbers of the ranges lies in that for the ranges."""
    out = tmp_path / "noisy.json"
    words = (command, *POINT[:6], *RANGES, "--errors", "independent", "--json")
    code, text, _ = run(capsys, *words, "--out", str(out))
    assert code == 0
    payload = json.loads(text)
    assert payload["verifier"]["true_positive"] == ["0.89", "0.91"]
    (point,) = payload.get("all_fixed_points", payload)["fixed_points"]
    assert Fraction(point["p"][0]) < Fraction("0.16926969") < Fraction("0.1692697") < Fraction(point["p"][1])
    files = list(tmp_path.glob("*.json"))
    assert files
    assert all(check_file(path).outcome is Outcome.ACCEPTED for path in files)


def test_the_ceiling_is_in_a_certificate(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "shortcut.json"
    words = ("fixed-points", *POINT, "--errors", "systematic", "--out", str(out), "--json")
    code, text, _ = run(capsys, *words)
    assert code == 0
    statement = json.loads((tmp_path / "shortcut-right-answers.json").read_bytes())["statement"]
    assert (statement["kind"], statement["side"], statement["bound"]) == ("verifier-ceiling", "below", "1/23")
    assert len(statement["rates"]) == json.loads(text)["count"]
    assert check_file(tmp_path / "shortcut-right-answers.json").outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("rates", "verdict", "code"),
    [
        (("0.8:0.95", "0.05:0.1"), "proved", 0),
        (("0.1:0.2", "0.3:0.4"), "refuted", 1),
        (("0.3", "0.3"), "refuted", 1),
        (("0:1", "0:1"), "undecided", 2),
        (("0:1", "0:1", "--apart", "0.1"), "proved", 0),
    ],
)
def test_the_sign_decides_over_boxes(
    rates: tuple[str, ...], verdict: str, code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    t, f, *rest = rates
    out = tmp_path / "sign.json"
    words = ("audit", "--property", "amplification", *BOX, "--errors", "independent", "--true-positive", t)
    done, text, _ = run(capsys, *words, "--false-positive", f, *rest, "--out", str(out), "--json")
    assert done == code
    assert json.loads(text)["verdict"] == verdict
    assert out.exists() == (verdict != "undecided")
    if out.exists():
        assert check_file(out).outcome is Outcome.ACCEPTED


def test_contraction_by_the_threshold_and_by_a_search(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("audit", "--property", "contraction", "--errors", "independent", "--json")
    rates = ("--true-positive", "0.88:0.92", "--false-positive", "0.08:0.1")
    code, text, _ = run(capsys, *words, *BOX, *rates)
    assert code == 0
    assert Fraction(json.loads(text)["threshold"]) < 1
    box = ("--contrast", "mean-std", "--beta", "1:5", "--eps", "1e-2", "--p-ref", "0.05:0.5")
    code, text, _ = run(capsys, *words, *box, *rates)
    assert code == 0
    assert json.loads(text)["certificate"] == "contraction"


def test_a_question_is_of_what_is_followed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = (*POINT, "--errors", "independent")
    code, text, _ = run(capsys, "question", "fixed-points", *words)
    assert code == 0
    assert json.loads(text)["question"]["variant"]["contrast"] == "expression"
    question = tmp_path / "question.json"
    question.write_text(text)
    run(capsys, "fixed-points", *words, "--out", str(tmp_path / "answer.json"))
    code, _, _ = run(capsys, "check", str(tmp_path / "answer.json"), "--question", str(question))
    assert code == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((*RANGES, "--errors", "independent", "--reach", "0.5"), "ask for rates that are numbers"),
        ((*RANGES,), "type --errors independent if each look"),
        (("--true-positive", "0.9:1.1", *RANGES[2:], "--errors", "independent"), "from 0 to 1"),
        (("--true-positive", "0.1:0.9", *RANGES[2:], "--errors", "independent"), "is open"),
    ],
)
def test_ranges_without_an_answer_are_one_line(
    words: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = run(capsys, "limit", *POINT[:6], *words)
    assert code == 64
    assert line in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("contraction", "--apart", "0.1", "--errors", "independent"), "--apart is about the sign"),
        (("amplification", "--gain", "2", "--errors", "systematic"), "would be of the rate of passing"),
    ],
)
def test_what_audit_has_no_answer_to(
    words: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = run(capsys, "audit", "--property", *words[:1], *BOX, *RANGES, *words[1:])
    assert code == 64
    assert line in said
