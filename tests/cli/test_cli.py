"""The real command line, end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.cli import main
from verified_grpo.intervals import exact

POINT = ["--beta", "5", "--eps", "1e-5", "--p-ref", "0.001"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return int(end.value.code or 0), captured.out, captured.err


def test_the_installed_command_answers_in_json() -> None:
    command = [sys.executable, "-m", "verified_grpo.cli", "fixed-points", *POINT, "--json"]
    process = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert process.returncode == 0
    assert process.stderr == ""
    answer = json.loads(process.stdout)
    assert answer["count"] == 3
    assert [point["kind"] for point in answer["fixed_points"]] == ["repelling", "repelling", "attracting"]
    for point in answer["fixed_points"]:
        for key in ("logit", "p", "one_minus_p", "multiplier"):
            low, high = (exact(text) for text in point[key])
            assert low <= high
    low, high = (exact(text) for text in answer["fixed_points"][2]["one_minus_p"])
    assert Fraction("3.4e-25") < low <= high < Fraction("3.5e-25")


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize(
    "variant",
    [
        [],
        ["--contrast", "mean-std"],
        ["--contrast", "mean"],
        ["--contrast", "group", "--group-size", "8", "--ddof", "1"],
    ],
)
def test_fixed_points_for_every_contrast_and_engine(
    capsys: pytest.CaptureFixture[str], engine: str, variant: list[str]
) -> None:
    code, out, _ = run(capsys, "fixed-points", *POINT, "--engine", engine, *variant)
    assert code == 0
    assert "proved: exactly" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_ranges_and_alpha(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys,
        "fixed-points",
        "--beta",
        "5:5.1",
        "--eps",
        "1e-5",
        "--p-ref",
        "0.3:0.31",
        "--alpha",
        "1/2",
        "--json",
    )
    assert (code, json.loads(out)["count"]) == (0, 3)
    code, out, _ = run(
        capsys, "fixed-points", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.3", "--alpha", "0"
    )
    assert code == 0
    assert "no fixed point" in out


def test_undecided_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "fixed-points", "--beta", "1:100", "--eps", "1e-5", "--p-ref", "0.3", "--json")
    assert code == 2
    assert json.loads(out)["verdict"] == "undecided"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (
            [
                "--property",
                "contraction",
                "--beta",
                "61:100",
                "--eps",
                "1e-5:1e-4",
                "--p-ref",
                "0.001:0.9999",
            ],
            0,
            "proved",
        ),
        (
            ["--property", "contraction", "--beta", "50:100", "--eps", "1e-5", "--p-ref", "0.001:0.9999"],
            1,
            "refuted",
        ),
        (
            [
                "--property",
                "amplification",
                "--beta",
                "0.001:100",
                "--eps",
                "1e-6:1",
                "--p-ref",
                "0.001:0.999",
            ],
            0,
            "margin|>=",
        ),
        (
            [
                "--property",
                "contraction",
                "--tolerance",
                "1",
                "--beta",
                "0.1:100",
                "--eps",
                "1e-5",
                "--p-ref",
                "0.001:0.9999",
            ],
            2,
            "undecided",
        ),
    ],
)
def test_audit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    file = tmp_path / "certificate.json"
    got, out, _ = run(capsys, "audit", *arguments, "--out", str(file))
    assert got == code
    assert any(word in out for word in says.split("|"))
    assert file.exists() == (code != 2)
    if file.exists():
        assert run(capsys, "check", str(file))[0] == 0


def test_limit_finds_the_two_cycle_of_figure_5(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "limit.json"
    code, out, _ = run(capsys, "limit", *POINT, "--out", str(file), "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["period"]) == (0, "cycle", 2)
    for point, near in zip(answer["points"], ("0.002338", "0.058716"), strict=True):
        low, high = (exact(text) for text in point["p"])
        assert low <= high
        assert abs(low - exact(near)) < Fraction(1, 10**6)
    assert run(capsys, "check", str(file))[0] == 0


def test_limit_lists_the_fixed_points_that_the_cycle_misses(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "limit", "--beta", "3", "--eps", "1e-5", "--p-ref", "0.001", "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["period"]) == (0, "cycle", 2)
    above = [p for p in answer["all_fixed_points"]["fixed_points"] if exact(p["p"][0]) > Fraction(1, 2)]
    assert len(above) == 2
    code, out, _ = run(capsys, "limit", "--beta", "3", "--eps", "1e-5", "--p-ref", "0.001")
    assert code == 0
    assert "attracting cycle" in out
    assert max(len(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (["--p-ref", "0.0001"], "fixed-point"),
        (["--p-ref", "0.3", "--alpha", "0"], "rises-to-one"),
        (["--beta", "100", "--p-ref", "0.9"], "rises"),
    ],
)
def test_limit_verdicts(capsys: pytest.CaptureFixture[str], change: list[str], verdict: str) -> None:
    code, out, _ = run(capsys, "limit", *POINT, *change, "--json")
    assert (code, json.loads(out)["verdict"]) == (0, verdict)
    code, out, _ = run(capsys, "limit", *POINT, *change)
    assert (code, out.startswith("small steps")) == (0, True)
    assert "(the paper's iteration):\nproved: the sequence" in out


def test_limit_undecided_and_bad_starts(capsys: pytest.CaptureFixture[str]) -> None:
    chaotic = ["--beta", "1.7128", "--eps", "1e-3", "--p-ref", "1e-4"]
    code, out, _ = run(capsys, "limit", *chaotic)
    assert (code, "(the paper's iteration):\nundecided:" in out) == (0, True)  # small steps are decided
    assert run(capsys, "limit", *chaotic, "--start", "1e-4")[0] == 2
    for start in ("0", "1", "-1", "x"):
        assert run(capsys, "limit", *POINT, "--start", start)[0] == 64


def test_certify_check_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(
        capsys, "certify", "fixed-points-beta-5", "contraction-refuted", "--out", str(tmp_path), "--json"
    )
    assert code == 0
    answer = json.loads(out)
    assert [row["check"] for row in answer["statements"]] == ["accepted"] * 4
    assert {Path(path).name for path in answer["reports"]} == {"report.md", "report.html", "report.pdf"}
    files = sorted(str(path) for path in (tmp_path / "certificates").glob("[a-z]*.json"))
    code, out, _ = run(capsys, "check", *files)
    assert code == 0
    assert "exactly 3 fixed point" in out
    code, out, _ = run(capsys, "report", files[0], "--format", "pdf", "--out", str(tmp_path / "again"))
    assert code == 0
    assert (tmp_path / "again" / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--p-ref", "0"], "p_ref must lie strictly between 0 and 1"),
        (["--p-ref", "1"], "p_ref must lie strictly between 0 and 1"),
        (["--beta", "0"], "beta must be greater than 0"),
        (["--eps", "-1e-5"], "eps must be greater than 0"),
        (["--alpha", "1.5"], "alpha must lie in"),
        (["--beta", "5:4"], "wrong way round"),
        (["--beta", "nan"], "not a number"),
        (["--beta", "inf"], "not a number"),
        (["--beta", ""], "empty text"),
        (["--beta", "1e999999999"], "exponent beyond"),
        (["--beta", "__import__('os')"], "not a number"),
        (["--contrast", "median"], "unknown contrast"),
        (["--contrast", "group"], "group size"),
        (["--digits", "10001"], "digits must be from 1 to 10000"),
        (["--digits", "many"], "valid integer"),
        (["--engine", "gmp"], "unknown engine"),
        (["--nonsense"], "nonsense"),
    ],
)
def test_bad_input_is_one_line_and_exit_64(
    capsys: pytest.CaptureFixture[str], change: list[str], says: str
) -> None:
    code, out, err = run(capsys, "fixed-points", *POINT, *change)
    assert code == 64
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["certify", "nonsense"],
        ["fixed-points"],
        ["frobnicate"],
        ["audit", "--property", "beauty", *POINT],
        ["check"],
    ],
)
def test_wrong_usage_is_exit_64(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 64
    assert out == ""
    assert err.startswith("verified-grpo: ")


def test_bad_certificates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "check", str(tmp_path / "absent.json"))[0] == 74
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"{")
    assert run(capsys, "check", str(broken))[0] == 1


@pytest.mark.parametrize("command", ["fixed-points", "limit", "audit", "certify", "check", "report"])
def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert f"verified-grpo {command}" in out
