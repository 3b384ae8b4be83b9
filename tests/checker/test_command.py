"""The checker's own command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from verified_grpo.checker import main

from .builder import seal
from .corpus import FOLDER, accepted, edited

GOOD, FALSE = str(FOLDER / "accepted/amplification.json"), str(FOLDER / "rejected/margin-too-large.json")
OTHER = str(FOLDER / "malformed/other-kind.json")


@pytest.mark.parametrize(
    ("files", "code"),
    [([GOOD], 0), ([GOOD, FALSE], 1), ([GOOD, OTHER], 2), ([OTHER, FALSE], 1), (["/no/such/file"], 2)],
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
