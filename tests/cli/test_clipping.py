"""``limit --trajectory --clip``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

POINT = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.001")


def test_the_clipped_sequence_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table, file = tmp_path / "way.csv", tmp_path / "way.json"
    asked = ("limit", *POINT, "--trajectory", str(table), "--updates", "40", "--clip", "0.2")
    code, out, _ = run(capsys, *asked, "--out", str(file))
    assert code == 0
    assert "ratio clipped from 1 - 0.2 to 1 + 0.2" in " ".join(out.split())
    assert "after 40 updates p lies in [0.0094044092, 0.0094044093]" in out
    assert table.read_text().count("\n") == 42
    assert (tmp_path / "way.svg").exists()
    assert check_file(file).outcome is Outcome.ACCEPTED
    answer = json.loads(run(capsys, *asked, "--clip-high", "0.28", "--json")[1])
    assert answer["clip"] == {"low": "0.2", "high": "0.28"}
    assert (answer["verdict"], answer["updates"]) == ("proved", 40)
    run(capsys, "report", str(file), "--format", "md", "--out", str(tmp_path))
    assert "clipped from 1 - 0.2 to 1 + 0.2" in (tmp_path / "report.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--clip", "0.2"), "with --trajectory and --updates"),
        (("--clip-high", "0.2"), "--clip-high belongs to --clip"),
        (("--clip", "1", "--trajectory", "way.csv", "--updates", "3"), "0 < LOW < 1"),
        (("--clip", "0.2", "--trajectory", "way.csv", "--updates", "20000"), "from 1 to 10000"),
        (
            ("--clip", "0.2", "--trajectory", "way.csv", "--updates", "3", "--step-size", "0.1"),
            "without steps",
        ),
        (("--clip", "0.2", "--trajectory", "way.csv", "--updates", "3", "--beta", "5:6"), "exact parameters"),
    ],
)
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "limit", *POINT, *arguments)
    assert (code, out, err.count("\n")) == (64, "", 1)
    assert message in err
    assert not list(tmp_path.iterdir())
