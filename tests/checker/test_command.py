"""The checker's own command line."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from pathlib import Path

import pytest

from verified_grpo.answers.questions import question_bytes
from verified_grpo.checker import command, main
from verified_grpo.model import MEAN_VAR, Parameters

from .builder import encode, seal
from .corpus import FOLDER, accepted, fixture
from .edits import edited

GOOD, FALSE = str(FOLDER / "accepted/amplification.json"), str(fixture("rejected/margin-too-large.json"))
OTHER = str(fixture("malformed/other-kind.json"))


@pytest.mark.parametrize(
    ("files", "code"),
    [([GOOD], 0), ([GOOD, FALSE], 1), ([GOOD, OTHER], 2), ([OTHER, FALSE], 1), (["/no/such/file"], 74)],
)
def test_the_worst_verdict_decides(files: list[str], code: int) -> None:
    assert main(files) == code
    assert main(["--json", *files]) == code
    assert main(["--arithmetic", "rational", *files]) == code


@pytest.mark.parametrize(
    "arguments",
    [[], ["--json"], ["--help"], ["-x", GOOD], [GOOD, "--arithmetic"], ["--arithmetic", "mpfr", GOOD]],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 64
    assert capsys.readouterr().err.startswith("usage: ")


def test_the_answer_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    main([GOOD, FALSE])
    shown = capsys.readouterr().out
    assert "ACCEPTED [accepted]" in shown
    assert "REJECTED [margin-not-proved]" in shown
    assert "Statement (established):" in shown
    assert "Statement (NOT established):" in shown


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--json", GOOD, OTHER])
    one, other = json.loads(capsys.readouterr().out)
    assert (one["outcome"], one["code"], one["file"]) == ("accepted", "accepted", GOOD)
    assert "every fixed point" in one["statement"]
    assert (other["outcome"], other["code"], other["statement"]) == ("declined", "unknown-kind", "")


def test_the_answer_as_json_holds_the_whole_statement_and_says_how_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--json", "--arithmetic", "rational", GOOD, FALSE, OTHER])
    good, false, other = json.loads(capsys.readouterr().out)
    for entry, path, standing in ((good, GOOD, "established"), (false, FALSE, "NOT established")):
        document = json.loads(Path(path).read_text())
        assert entry["claim"] == document["statement"]
        assert entry["claim_digest"] == f"sha256:{hashlib.sha256(encode(document['statement'])).hexdigest()}"
        assert (entry["digest"], entry["arithmetic"]) == (document["digest"], "rational")
        assert entry["standing"] == standing
    assert (other["standing"], other["statement"]) == ("NOT established", "")


NAMES = (
    "good.json: ACCEPTED [accepted] every step of the evidence was checked",
    "bad\ngood.json: ACCEPTED [accepted]",
    "turned\u202egood.json",
    'a"b.json',
    "\x1b[2J.json",
    os.fsdecode(b"\xff.json"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_cannot_be_taken_for_an_answer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(Path(FALSE).read_bytes())
    assert main([name]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith('"')
    assert first.isascii()
    assert first.isprintable()
    quoted, _, answer = first[1:].partition('": ')
    assert json.loads(f'"{quoted}"'.replace("\\x", "\\u00")) == name
    assert answer.startswith("REJECTED [margin-not-proved]")


def test_prose_cannot_steer_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = edited(
        accepted()["paper-statement-not-carried"],
        "statement",
        "title",
        value="\x1b[2J\u202e\ud800 \u03b2\nACCEPTED",
    )
    path = tmp_path / "evil.json"
    path.write_bytes(seal(evil))
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main([str(path)]) == 0
    stream.flush()
    shown = stream.buffer.getvalue().decode("ascii")
    assert "\x1b" not in shown
    assert "\\x1b[2J\\u202e\\ud800 \\u03b2\\nACCEPTED" in shown


def test_a_question_and_a_point_are_asked_of_each_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, table = tmp_path / "question.json", tmp_path / "table.csv"
    box = Parameters.of(beta="1:50", eps="1e-4:1e-3", p_ref="0.1:0.5")
    asked.write_bytes(question_bytes("amplification", MEAN_VAR, box, {}))
    assert main(["--question", str(asked), GOOD]) == 0
    assert main(["--question", str(asked), str(tmp_path / "missing.json")]) == 74
    assert main(["--question", str(asked), str(table)]) == 1
    assert "a table answers no question of this form" in capsys.readouterr().out
    atlas = str(FOLDER / "accepted/atlas-wide.json")
    assert main(["--at", "beta=1,p_ref=0.5", FALSE, atlas]) == 1
    assert "log" in capsys.readouterr().out
    assert main(["--at", "beta=1,p_ref=0.5", GOOD]) == 0
    assert "nothing: " in capsys.readouterr().out
    assert main(["--at", "beta=1", GOOD]) == 64
    assert main(["--question", GOOD, GOOD]) == 64


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device"), 74, "cannot write standard output: No space left"),
        (ValueError("surprise"), 70, "a fault of the checker: ValueError: 'surprise'"),
    ],
)
def test_what_ends_the_command_is_no_verdict(
    raised: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def ends(_: object) -> int:
        raise raised

    assert command.run([GOOD]) == 0
    monkeypatch.setattr(command, "main", ends)
    assert command.run([GOOD]) == code
    assert capsys.readouterr().err.startswith(said)
