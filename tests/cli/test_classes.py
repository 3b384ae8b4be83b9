"""``--classes FILE`` of ``fixed-points`` and ``limit``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

NUMBERS = ("--beta", "1", "--eps", "1e-3")
TEXT = "weight,reward,correct\n0.9,0,0\n0.09,0.5,0.8\n0.01,1,0.1\n"


@pytest.fixture
def table(tmp_path: Path) -> str:
    file = tmp_path / "classes.csv"
    file.write_text(TEXT)
    return str(file)


def test_fixed_points_are_listed_with_mean_reward_and_correctness(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, table: str
) -> None:
    out = tmp_path / "mine.json"
    code, text, _ = run(capsys, "fixed-points", "--classes", table, *NUMBERS, "--out", str(out))
    assert (code, "proved: exactly 3 fixed points of the tilt" in text) == (0, True)
    assert check_file(out).outcome is Outcome.ACCEPTED
    answer = json.loads(run(capsys, "fixed-points", "--classes", table, *NUMBERS, "--json")[1])
    assert answer["count"] == 3
    for point in answer["fixed_points"]:
        for key in ("theta", "mean_reward", "correct"):
            low, high = point[key]
            assert float(low) <= float(high)
    run(capsys, "report", str(out), "--format", "md", "--out", str(tmp_path))
    page = (tmp_path / "report.md").read_text()
    assert "Classes of answers" in page
    assert "F has exactly 3 zeros" in page


def test_limit_says_both_views_and_the_course_of_correctness(
    capsys: pytest.CaptureFixture[str], table: str
) -> None:
    code, text, _ = run(
        capsys, "limit", "--classes", table, "--beta", "0.1", "--eps", "1e-5", "--contrast", "mean"
    )
    assert code == 0
    assert "small steps, any up to 0.1: rise to fixed point 1" not in text  # 10 is the bound: 1/(alpha beta)
    assert "small steps, any up to 10: rise to fixed point 1" in text
    assert "solved exactly: tends to fixed point 1" in text
    assert "correctness rises first and turns at theta in [4.91413" in text
    code, text, _ = run(capsys, "limit", "--classes", table, *NUMBERS, "--step-size", "0.1")
    assert (code, "with these updates: tends to fixed point 1" in text) == (0, True)


def test_many_prompts_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file, out = tmp_path / "many.csv", tmp_path / "many.json"
    rows = [f"{name},{line}" for name in "ab" for line in TEXT.splitlines()[1:]]
    file.write_text("\n".join(["prompt,weight,reward,correct", *rows, "c,1,1,1"]) + "\n")
    code, text, _ = run(capsys, "limit", "--classes", str(file), *NUMBERS, "--out", str(out))
    assert (code, "3 prompts, 2 different" in text, "nothing to learn" in text) == (0, True, True)
    for number in (1, 2):
        assert check_file(tmp_path / f"many-{number}.json").outcome is Outcome.ACCEPTED
    answer = json.loads(run(capsys, "limit", "--classes", str(file), *NUMBERS, "--json")[1])
    assert [x["prompt"] for x in answer["prompts"]] == ["a", "b", "c"]
    assert [x["verdict"] for x in answer["prompts"]] == ["proved", "proved", "nothing-to-learn"]
    assert answer["distinct"] == 2


def test_a_constant_reward_is_an_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "constant.csv"
    file.write_text("weight,reward\n0.4,1\n0.6,1\n")
    code, text, _ = run(capsys, "limit", "--classes", str(file), *NUMBERS)
    assert (code, text.startswith("nothing to learn: every answer has the mean reward 1")) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--p-ref", "0.1"), "--classes has no use for --p-ref"),
        (("--group-size", "8"), "finite groups do not tilt the reference by the mean reward"),
        (("--contrast", "group"), "finite groups do not tilt"),
        (("--omega", "1/(p + eps)"), "--classes has no use for --omega"),
        (("--true-positive", "1"), "--classes has no use for --true-positive"),
        (("--framework", "trl"), "--classes has no use for --framework"),
        (("--framework-version", "0.26"), "--classes has no use for --framework-version"),
        (("--kl", "k3"), "--classes has no use for --kl"),
        (("--ddof", "0"), "--classes has no use for --ddof"),  # typed, though it is what is meant without it
        (("--alpha", "0:1"), "--alpha: --classes asks for exact numbers"),
        (("--step-size", "0.1:0.2"), "--step-size: --classes asks for exact numbers"),
    ],
)
@pytest.mark.parametrize("command", ["fixed-points", "limit"])
def test_options_without_a_use_are_refused(
    capsys: pytest.CaptureFixture[str], table: str, command: str, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, command, "--classes", table, *NUMBERS, *arguments)
    assert (code, out, message in err) == (64, "", True)
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("weight,reward\n0.5,0\n0.4,1\n", "the weights sum to 0.9, not to 1: 0.1 too little"),
        ("weight,reward\n-0.5,0\n1.5,1\n", "negative"),
        ("weight,reward,reward_squared\n0.5,0,0\n0.5,1,0.9\n", "reward_squared 0.9 is below 1"),
        ("weight,score\n1,0\n", "unknown column 'score'"),
    ],
)
def test_bad_files_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    code, out, err = run(capsys, "fixed-points", "--classes", str(file), *NUMBERS)
    assert (code, out, message in err) == (64, "", True)
    assert len(err.strip().splitlines()) == 1
    assert run(capsys, "limit", "--classes", str(tmp_path / "none.csv"), *NUMBERS)[0] == 74


def test_without_classes_p_ref_is_needed(capsys: pytest.CaptureFixture[str], table: str) -> None:
    for command in ("fixed-points", "limit"):
        code, _, err = run(capsys, command, *NUMBERS)
        assert (code, "--p-ref is needed" in err) == (64, True)
    code, _, err = run(capsys, "question", "limit", "--classes", table, *NUMBERS)
    assert (code, "no question is written down about --classes" in err) == (64, True)


def test_updates_until_a_level_are_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, table: str
) -> None:
    """Against the sequence itself, in floats."""
    from math import exp

    def values(theta: float) -> tuple[float, float]:
        weights = [0.9, 0.09 * exp(theta / 2), 0.01 * exp(theta)]
        parts = [w / sum(weights) for w in weights]
        return parts[1] / 2 + parts[2], 0.8 * parts[1] + 0.1 * parts[2]

    given = ("limit", "--classes", table, "--beta", "0.1", "--eps", "1e-5", "--contrast", "mean")
    for which, (of, level) in enumerate((("mean-reward", 0.5), ("correct", 0.2))):
        theta, steps = 0.0, 0
        while values(theta)[which] < level:
            theta, steps = theta + 0.5 * (1 - 0.1 * theta), steps + 1
        out = tmp_path / f"{of}.json"
        asked = (*given, "--step-size", "0.5", "--reach", str(level), "--reach-of", of)
        code, text, _ = run(capsys, *asked, "--out", str(out))
        assert (code, f"is reached after {steps} updates" in text) == (0, True)
        assert check_file(out).outcome is Outcome.ACCEPTED
    code, text, _ = run(capsys, *given, "--reach", "0.5", "--reach-of", "correct")
    assert (code, "correct 0.5 is reached never" in text) == (0, True)


def test_a_page_without_a_turn_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file, out = tmp_path / "s.csv", tmp_path / "s.json"
    file.write_text("weight,reward,correct\n0.8,0,0\n0.19,1,0\n0.01,1,1\n")
    run(capsys, "limit", "--classes", str(file), *NUMBERS, "--reach", "0.9", "--out", str(out))
    run(capsys, "report", str(out), "--format", "md", "--out", str(tmp_path))
    page = (tmp_path / "report.md").read_text()
    assert "and turns nowhere" in page
    assert "it turns in" not in page
    assert "Solved exactly, the mean reward never is at" in page


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reach-of", "correct"), "belongs to --reach"),
        (("--reach", "0.5", "--reach-of", "p"), "mean-reward or correct"),
        (("--reach", "0.5", "--beta", "0"), "need a KL"),
    ],
)
def test_passages_that_make_no_sense(
    capsys: pytest.CaptureFixture[str], table: str, options: tuple[str, ...], said: str
) -> None:
    code, _, error = run(capsys, "limit", "--classes", table, *NUMBERS, *options)
    assert code == 64
    assert said in error
