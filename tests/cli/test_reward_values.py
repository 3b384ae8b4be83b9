"""Rewards of two other values on the command line: Omega is scaled, beta is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

POINT = ("--beta", "2", "--eps", "1e-3", "--p-ref", "0.05")


@pytest.mark.parametrize("command", ["fixed-points", "limit"])
def test_a_difference_of_two_doubles_an_undivided_contrast(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """L = L_ref + 2/2: with Omega = 1 that is beta 1."""
    out = tmp_path / "scaled.json"
    words = (*POINT, "--contrast", "mean", "--reward-values", "-1", "1")
    code, text, said = run(capsys, command, *words, "--json", "--out", str(out))
    answer = json.loads(text)
    assert code == 0
    assert "Omega is 2 times mean" in said
    assert answer["variant"] == {"contrast": "mean", "scale": "2"}
    assert answer["parameters"]["beta"] == "2"
    points = answer.get("all_fixed_points", answer)["fixed_points"]
    assert [point["p"][0][:6] for point in points] == ["0.1251"]
    assert all(check_file(path).outcome is Outcome.ACCEPTED for path in tmp_path.glob("*.json"))


def test_steps_tell_a_scaled_contrast_from_a_scaled_beta(capsys: pytest.CaptureFixture[str]) -> None:
    """With Omega = 2 a step of 0.1 goes 0.2 of the way at beta 2; with beta 1 in its place, 0.1."""
    scaled = run(capsys, "limit", *POINT, "--contrast", "mean", "--reward-values", "0", "2", "--json")
    other = run(capsys, "limit", "--beta", "1", *POINT[2:], "--contrast", "mean", "--json")
    first, second = (json.loads(text)["views"]["small_steps"] for _, text, _ in (scaled, other))
    assert first["limit"]["p"] == second["limit"]["p"]
    assert (first["largest_step"][0], second["largest_step"][0]) == ("0.5", "1")


def test_a_division_takes_the_difference_into_eps(capsys: pytest.CaptureFixture[str]) -> None:
    for contrast, eps in (("mean-std", "0.0005"), ("mean-var", "0.00025")):
        words = (*POINT, "--contrast", contrast, "--reward-values", "0", "2", "--json")
        _, text, said = run(capsys, "fixed-points", *words)
        assert json.loads(text)["parameters"]["eps"] == eps
        assert f"rewards 0 and 1 with eps {eps}" in said


def test_what_has_no_such_form_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capsys, "limit", *POINT, "--omega", "1/(p + eps)", "--reward-values", "0", "2")
    assert code == 64
    assert "leave --reward-values out" in said
