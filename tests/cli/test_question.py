"""Questions and points through the real command line, and through the checker by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from verified_grpo.checker import main as checker
from verified_grpo.cli import main

BOX = ["--beta", "61:100", "--eps", "1e-5:1e-4", "--p-ref", "0.001:0.9999"]
CONTRACTION = "reports/certificates/contraction-proved.json"
ATLAS = "atlases/eps-1e-5.json"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(words)
    captured = capsys.readouterr()
    return int(end.value.code or 0), captured.out, captured.err


def written(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Path:
    file = folder / "asked.json"
    assert run(capsys, "question", *words, "--out", str(file))[0] == 0
    return file


def test_a_question_is_written_without_a_search(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "question", "audit", "--property", "contraction", *BOX, "--rate", "0.9")
    assert code == 0
    question = json.loads(out)["question"]
    assert question["kind"] == "contraction"
    assert question["rate"] == "0.9"
    assert question["parameters"]["beta"] == ["61", "100"]


def test_only_an_answer_is_accepted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = written(capsys, tmp_path, "audit", "--property", "contraction", *BOX)
    assert run(capsys, "check", CONTRACTION, "--question", str(asked))[0] == 0
    assert checker(["--question", str(asked), CONTRACTION]) == 0
    wider = written(capsys, tmp_path, "audit", "--property", "contraction", *BOX[:1], "60:100", *BOX[2:])
    code, out, _ = run(capsys, "check", CONTRACTION, "--question", str(wider))
    assert code == 1
    assert "does not answer the question" in out
    assert "NOT established" in out
    capsys.readouterr()
    assert checker(["--question", str(wider), CONTRACTION]) == 1
    assert "other-question" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        (["limit", "--start", "0.5"], {"kind": "limit", "start": "0.5"}),
        (["limit", "--period", "3"], {"kind": "cycles", "period": 3}),
        (["fixed-points"], {"kind": "fixed-points"}),
        (["curves", "--curve", "fold"], {"kind": "curve", "curve": "fold"}),
        (["chaos"], {"kind": "chaos"}),
        (["atlas", "--tolerance", "0.1"], {"kind": "atlas", "undecided": "0.1"}),
    ],
)
def test_every_command_that_proves_has_its_question(
    capsys: pytest.CaptureFixture[str], words: list[str], goal: dict[str, object]
) -> None:
    code, out, _ = run(capsys, "question", *words, "--beta", "1:5", "--eps", "1e-5", "--p-ref", "0.1:0.3")
    assert code == 0
    question = json.loads(out)["question"]
    assert {key: question[key] for key in goal} == goal


STEPS = ["--eps", "1e-5", "--p-ref", "0.3"]


@pytest.mark.parametrize(
    ("asks", "answers", "file", "code"),
    [
        (["--beta", "5", "--kind", "small-steps"], ["--beta", "5"], "c-small-steps.json", 0),
        (
            ["--beta", "5", "--kind", "small-steps", "--step-size", "0.01"],
            ["--beta", "5"],
            "c-small-steps.json",
            0,
        ),
        (
            ["--beta", "5", "--kind", "small-steps", "--step-size", "0.2"],
            ["--beta", "5"],
            "c-small-steps.json",
            1,
        ),
        (["--beta", "5", "--kind", "small-steps"], ["--beta", "5"], "c.json", 1),
        (
            ["--beta", "0", "--kind", "small-steps", "--step-size", "3"],
            ["--beta", "0"],
            "c-small-steps.json",
            0,
        ),
        (
            ["--beta", "2", "--reach", "0.9", "--step-size", "0.1"],
            ["--beta", "2", "--reach", "0.9", "--step-size", "0.1"],
            "c.json",
            0,
        ),
        (
            ["--beta", "2", "--reach", "0.95", "--step-size", "0.1"],
            ["--beta", "2", "--reach", "0.9", "--step-size", "0.1"],
            "c.json",
            1,
        ),
        (
            ["--beta", "1", "--reach", "0.9", "--step-size", "0.1", "--inner-steps", "2"],
            ["--beta", "1", "--reach", "0.9", "--step-size", "0.1", "--inner-steps", "2"],
            "c.json",
            0,
        ),
        (
            ["--beta", "1", "--reach", "0.9", "--step-size", "0.1", "--inner-steps", "3"],
            ["--beta", "1", "--reach", "0.9", "--step-size", "0.1", "--inner-steps", "2"],
            "c.json",
            1,
        ),
        (["--beta", "1", "--step-size", "0.1"], ["--beta", "1", "--step-size", "0.1"], "c.json", 0),
    ],
)
def test_small_steps_and_passages_answer_their_questions(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    asks: list[str],
    answers: list[str],
    file: str,
    code: int,
) -> None:
    asked = written(capsys, tmp_path, "limit", *asks, *STEPS)
    run(capsys, "limit", *answers, *STEPS, "--out", str(tmp_path / "c.json"))
    ended, out, _ = run(capsys, "check", str(tmp_path / file), "--question", str(asked))
    assert ended == code
    assert ("does not answer the question" in out) == bool(code)


@pytest.mark.parametrize(
    "words",
    [
        ["limit", *BOX, "--kind", "passage"],
        ["fixed-points", *BOX, "--kind", "small-steps"],
        ["limit", *BOX, "--kind", "small-steps", "--start", "0.5"],
        ["limit", *BOX, "--reach", "1"],
        ["limit", *BOX, "--inner-steps", "2"],
        ["limit", "--beta", "0", *BOX[2:]],
        ["limit", "--beta", "5", "--eps", "1e-5"],
        ["audit", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.1"],
        ["audit", "--property", "contraction", "--beta", "5"],
        ["audit", "--property", "contraction", "--gain", "2", *BOX],
        ["curves", *BOX],
        ["report", "x.json"],
        ["fixed-points", *BOX, "--step-size", "0.01"],
        ["chaos", *BOX, "--turns", "2"],
        ["limit", *BOX, "--no-such-option", "1"],
        ["no-such-command"],
    ],
)
def test_what_asks_for_no_statement_is_one_line(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = run(capsys, "question", *words)
    assert code == 64
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_is_no_question_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", CONTRACTION, "--question", CONTRACTION)
    assert code == 64
    assert len(err.strip().splitlines()) == 1
    assert checker(["--question", CONTRACTION, CONTRACTION]) == 64


def test_what_an_atlas_says_at_a_point(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", ATLAS, "--at", "beta=5,p_ref=0.001", "--json")
    assert code == 0
    (line,) = json.loads(out)["files"][0]["at"]
    assert line.endswith("tends to a cycle of exactly so many points as stated (c2: two) (period 2)")
    code, out, _ = run(capsys, "check", CONTRACTION, "--at", "beta=70,p_ref=0.1")
    assert code == 0
    assert "nothing: only an atlas" in out
    assert run(capsys, "check", ATLAS, "--at", "beta=5")[0] == 64


def test_a_point_is_looked_up_with_the_arithmetic_of_the_check() -> None:
    """Whoever checks without Arb reads off without it."""
    file = "tests/certificates/accepted/curve-fold-group.json"
    words = ["--arithmetic", "rational", "--at", "beta=0.5,p_ref=0.1", file]
    script = f"import sys; sys.modules['flint'] = None; from verified_grpo.checker import main; main({words})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "no point of the fold curve" in done.stdout
