"""Tables of pass rates: exact reading, refusals, the same bytes whatever the number of processes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

import verified_grpo.cli  # noqa: F401  # registers the commands
from verified_grpo.audit.pass_rates import read_table, solve, solving
from verified_grpo.commands.options import app
from verified_grpo.errors import InputError
from verified_grpo.model import Contrast

EXAMPLE = Path(__file__).parents[2] / "examples" / "pass_rates" / "counts.csv"
NUMBERS = {"beta": "5", "eps": "1e-5", "alpha": "1"}


def test_the_example_is_the_same_whatever_the_jobs(tmp_path: Path) -> None:
    written = []
    for jobs in ("1", "2"):
        out = tmp_path / f"{jobs}.csv"
        ask = ["audit", "--pass-rates", str(EXAMPLE), "--beta", "5", "--eps", "1e-5"]
        result = CliRunner().invoke(app, [*ask, "--jobs", jobs, "--out", str(out)], standalone_mode=False)
        assert result.return_value == 0, result.output
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert written[0].count(b"absorbing") == 2
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["1.csv", "2.csv"]


@pytest.mark.parametrize("text", ["", "k\n1\n", "k,n\n3,2\n", "k,n\n-1,2\n", "k,n\nNaN,2\n", "rate\n2\n"])
def test_bad_tables_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(InputError):
        read_table(path)


def test_a_corrupt_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 not really")
    with pytest.raises(InputError):
        read_table(path)


def test_rewards_are_grouped_and_decimals_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("prompt,reward\na,1\nb,0\na,0\na,0\n")
    assert read_table(path).rates == [Fraction(1, 3), 0]
    path = tmp_path / "t.jsonl"
    path.write_text('{"rate": 0.1}\n{"rate": "1/3"}\n')
    assert read_table(path).rates == [Fraction(1, 10), Fraction(1, 3)]


def test_a_stopped_run_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rates, journal = [Fraction(k, 20) for k in range(21)], tmp_path / "journal"
    whole = solve(Contrast("mean-var"), NUMBERS, rates)
    calls, real = [], solving._chunk

    def stops(contrast: Contrast, numbers: dict[str, str], chunk: list[Fraction]) -> list[solving.Solved]:
        calls.append(chunk)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(contrast, numbers, chunk)

    monkeypatch.setattr(solving, "_chunk", stops)
    with pytest.raises(KeyboardInterrupt):
        solve(Contrast("mean-var"), NUMBERS, rates, journal=journal)
    assert solve(Contrast("mean-var"), NUMBERS, rates, journal=journal) == whole
    assert len(calls) == 4  # one kept, one broken off, two done
