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
