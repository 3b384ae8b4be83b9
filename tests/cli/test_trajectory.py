"""``limit --trajectory``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

POINT = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.001")
STEPS = (*POINT, "--step-size", "0.02")


def test_the_way_to_a_target(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table, out = tmp_path / "way.csv", tmp_path / "way.json"
    files = ("--trajectory", str(table), "--out", str(out))
    code, text, _ = run(capsys, "limit", *STEPS, "--reach", "0.008", *files)
    assert (code, "after exactly 13 updates" in text) == (0, True)
    rows = table.read_text().splitlines()
    assert rows[0] == "step,p_lower,p_upper,logit_lower,logit_upper"
    assert [row.partition(",")[0] for row in rows[1:]] == [str(n) for n in range(14)]
    assert (float(rows[-2].split(",")[2]) < 0.008, float(rows[-1].split(",")[1]) >= 0.008) == (True, True)
    assert (tmp_path / "way.svg").read_bytes().startswith(b"<?xml")
    for path in (out, tmp_path / "way-trajectory.json"):
        assert check_file(path).outcome is Outcome.ACCEPTED


def test_so_many_updates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "way.csv"
    files = ("--updates", "3", "--trajectory", str(table), "--out", str(tmp_path / "way.json"))
    code, text, _ = run(capsys, "limit", *STEPS, *files)
    assert (code, "after 3 updates p lies in [0.0036721583, 0.0036721584]" in text) == (0, True)
    answer = json.loads(run(capsys, "limit", *STEPS, *files, "--json")[1])
    assert (answer["verdict"], answer["updates"], answer["update"]["share"]) == ("proved", 3, "0.1")
    assert check_file(tmp_path / "way.json").outcome is Outcome.ACCEPTED
    run(capsys, "report", str(tmp_path / "way.json"), "--format", "md", "--out", str(tmp_path))
    assert "(lemma 40)" in (tmp_path / "report.md").read_text()


def test_a_table_on_standard_output_stands_there_alone(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "limit", *STEPS, "--updates", "2", "--trajectory", "-")
    assert (code, len(out.splitlines()), "after 2 updates" in err) == (0, 4, True)


def test_what_may_overshoot_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for how in (("--updates", "5"), ("--reach", "0.008")):
        code, out, _ = run(capsys, "limit", *POINT, *how, "--trajectory", str(tmp_path / "way.csv"))
        assert (code, "may overshoot" in out, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--trajectory", "way.csv"), "--trajectory asks for --updates, or for --reach"),
        (("--updates", "3"), "--updates belongs to --trajectory"),
        (("--trajectory", "way.csv", "--updates", "0"), "updates must be from 1 to 1000000, not 0"),
        (("--trajectory", "way.csv", "--updates", "1000001"), "updates must be from 1 to 1000000"),
        (("--trajectory", "way.csv", "--updates", "3", "--start", "0.1"), "no use for --start"),
        (("--trajectory", "way.csv", "--updates", "3", "--period", "2"), "no use for --start or --period"),
        (("--trajectory", "way.svg", "--updates", "3"), "names a table"),
        (("--trajectory", "/", "--updates", "3"), "this is a folder"),
    ],
)
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "limit", *STEPS, *arguments)
    assert (code, out, err.count("\n"), list(tmp_path.iterdir())) == (64, "", 1, [])
    assert message in err
