"""What makes the command line pleasant: help with examples, width, colour, completion, quiet, version."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import page_library
from verified_grpo import __version__
from verified_grpo.cli import main
from verified_grpo.commands import load

COMMANDS = load()
NAMES = [module.__name__.rpartition(".")[2].replace("_", "-") for module in COMMANDS]
ROOT = Path(__file__).parents[2]
POINT = ["fixed-points", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.001"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verified_grpo.cli", *arguments]
    inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**inherited, **environment}
    )


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_80_columns_and_has_an_example_on_a_line_of_its_own(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert not end.value.code
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert max(map(len, lines)) <= 80
    start = lines.index(" Example:")
    example = next(line for line in lines[start + 1 :] if line)
    assert shlex.split(example)[:2] == ["verified-grpo", name]
    # The whole command is on this line: what follows is a blank line.
    assert not lines[lines.index(example) + 1]


@pytest.mark.parametrize("name", [*NAMES, ""])
def test_the_first_example_of_help_runs(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of its own that has the repository's examples and certificates."""
    if name == "serve":
        page_library(prover=True)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    if name != "certify":  # which writes there
        (tmp_path / "reports").symlink_to(ROOT / "reports")
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main([*name.split(), "--help"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    example = next(line for line in lines if line.startswith("verified-grpo "))
    monkeypatch.chdir(tmp_path)
    script = f"printf '%s\\0' {example.partition(' ')[2]}"  # the shell's words
    shell = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    with pytest.raises(SystemExit) as end:
        main(shell.stdout.split("\0")[:-1])
    told = capsys.readouterr()
    assert not end.value.code, told.err
    assert told.out


def test_the_list_of_commands_has_no_line_broken_early() -> None:
    """The first paragraph of a docstring is one line: the list of commands keeps its line ends."""
    for module in COMMANDS:
        function = getattr(module, f"{module.__name__.rpartition('.')[2]}_command")
        summary = function.__doc__.split("\n\n")[0]
        assert "\n" not in summary.strip(), summary


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert not end.value.code
    assert capsys.readouterr().out == f"verified-grpo {__version__}\n"


def test_no_color_is_respected() -> None:
    colour = re.compile(r"\x1b\[[\d;]*3\d[;m]")
    assert not colour.search(run("--help", NO_COLOR="1", FORCE_COLOR="1").stdout)
    assert colour.search(run("--help", FORCE_COLOR="1", TERM="xterm-256color").stdout)
    assert "\x1b" not in run("--help").stdout


def test_quiet_leaves_the_answer_and_the_reason_of_a_failure(tmp_path: object) -> None:
    out = f"{tmp_path}/c.json"
    loud, quiet = run(*POINT, "--out", out), run("--quiet", *POINT, "--out", out)
    assert "certificate written" in loud.stderr
    assert quiet.stderr == ""
    assert quiet.stdout == loud.stdout
    failed = run("-q", "fixed-points", "--beta", "0", "--eps", "1", "--p-ref", "0.5")
    assert failed.returncode == 64
    assert failed.stderr.count("\n") == 1


def test_a_report_says_aloud_what_it_does_not_show_as_a_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    table = "examples/pass_rates/counts.csv"
    with pytest.raises(SystemExit) as end:
        main(["report", table, "--out", str(tmp_path)])
    assert end.value.code == 1  # rejected, which the report says, too
    said = capsys.readouterr()
    assert said.out == f"{tmp_path}/report.md\n"
    assert said.err.startswith(f"{table}: rejected: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("verified-grpo fix", "fixed-points"),
        ("verified-grpo limit --contr", "--contrast"),
        ("verified-grpo limit --contrast mean-", "mean-std"),
        ("verified-grpo report --format h", "html"),
    ],
)
def test_the_shell_completes(words: str, expected: str) -> None:
    count = str(len(words.split()) - 1)
    script = "from verified_grpo.cli import main; import sys; sys.argv[0] = 'verified-grpo'; main()"
    asked = {"_VERIFIED_GRPO_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": count}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, **asked},
    )  # fmt: skip
    assert expected in done.stdout.split()
