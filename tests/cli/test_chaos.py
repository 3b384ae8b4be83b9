"""``chaos`` and ``limit --period`` on the command line: answers, exit codes, certificates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main

POINT = ("--beta", "0.68", "--eps", "1e-5", "--p-ref", "0.001")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    output = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, output.out, output.err


def test_chaos_is_proved(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "chaos", *POINT, "--out", str(tmp_path / "c.json"), "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["verdict"] == "proved"
    assert answer["li_yorke"]["order"] == "falls"
    assert float(answer["entropy"]["entropy"]) > 0.693
    assert answer["not_found"] == []
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["c-entropy.json", "c-period-three.json", "c.json"]
    assert all(check_file(tmp_path / name).outcome is Outcome.ACCEPTED for name in files)


def test_the_point_of_s6(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "chaos", *POINT, "--start", "0.9492")
    assert code == 0
    assert "T^3(x) >= x > T(x) > T^2(x) at p = 0.9492" in out
    assert "period 3" in out


def test_nothing_found_is_undecided(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    code, out, _ = run(capsys, "chaos", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.3", "--out", str(file))
    assert code == 2
    assert "undecided: no witness was found" in out
    assert "not chaotic" not in out
    assert not file.exists()
    words = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.3", "--turns", "1", "--json")
    code, out, _ = run(capsys, "chaos", *words)
    assert (code, json.loads(out)["verdict"]) == (2, "undecided")


def test_all_cycles_of_a_period(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "cycles.json"
    code, out, _ = run(capsys, "limit", *POINT, "--period", "3", "--out", str(file), "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["count"]) == (0, "proved", 2)
    assert all(len(cycle["points"]) == 3 for cycle in answer["cycles"])
    assert {cycle["stability"] for cycle in answer["cycles"]} == {"repelling"}
    assert check_file(file).outcome is Outcome.ACCEPTED
    code, out, _ = run(capsys, "limit", *POINT, "--period", "3")
    assert "proved: exactly 2 cycles of period 3" in out
    code, out, _ = run(capsys, "limit", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.3", "--period", "2")
    assert "proved: exactly 0 cycles of period 2" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("limit", *POINT, "--period", "9"), "--period must be from 1 to 8, not 9"),
        (("limit", *POINT, "--period", "0"), "--period must be from 1 to 8"),
        (("limit", *POINT, "--period", "2", "--start", "0.5"), "no use for --start"),
        (("limit", "--beta", "1:2", *POINT[2:], "--period", "2"), "exact parameters"),
        (("chaos", *POINT, "--turns", "9"), "turns must be from 1 to 8"),
        (("chaos", *POINT, "--start", "1"), "strictly between 0 and 1"),
    ],
)
def test_bad_input(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 64
    assert message in err
