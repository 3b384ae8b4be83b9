"""The README stays true: its commands run, and what it says they print is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.shared import reports_check_once
from verified_grpo.answers.statements.cases import all_cases, select
from verified_grpo.atlases import certificates
from verified_grpo.cli import main
from verified_grpo.proofs import MODULES, all_statements
from verified_grpo.proofs.__main__ import errata
from verified_grpo.proofs.kernel import route

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def blocks() -> list[list[str]]:
    """Indented blocks, without their indentation."""
    found: list[list[str]] = [[]]
    for line in README.splitlines():
        if line.startswith("    "):
            found[-1].append(line[4:])
        elif line.strip():
            found.append([])
        elif found[-1]:
            found[-1].append("")
    return [block for block in found if block]


COMMANDS = [line for block in blocks() for line in block if line.startswith("verified-grpo ")]


def test_every_command_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert len(COMMANDS) >= 9
    for command in COMMANDS:
        with pytest.raises(SystemExit) as end:
            main(shlex.split(command)[1:])
        assert not end.value.code, command
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()]
        if command.startswith("verified-grpo fixed-points"):
            shown = [line.rstrip() for block in blocks() for line in block]
            start = shown.index(printed[0])
            assert [line for line in shown[start:] if line][: len(printed)] == printed
        if command.startswith("verified-grpo limit --contrast group"):  # both views, up to where they part
            (shown,) = ([row for row in b if row] for b in blocks() if b[0].startswith("small steps"))
            assert printed[: len(shown)] == [row.rstrip() for row in shown]
            assert "local flip" in shown[-1]


FEW = ["fixed-points-beta-5-p_ref-0.3", "contraction-refuted", "equation-4", "algorithm-1"]


@pytest.mark.parametrize(
    ("names", "maps"),
    [(FEW, 2), pytest.param([], len(certificates()), marks=pytest.mark.soak)],
    ids=["few", "all"],
)
def test_the_end_of_make_certify_is_what_the_readme_shows(
    names: list[str],
    maps: int,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of a few statements and the smallest of the standard atlases, or of all of them."""
    atlases = sorted(certificates(), key=lambda file: file.stat().st_size)[:maps]
    monkeypatch.setattr("verified_grpo.atlases.certificates", lambda: atlases)
    monkeypatch.setattr("verified_grpo.answers.statements.cases.select", lambda _: select(names))
    monkeypatch.chdir(tmp_path)
    with reports_check_once(tmp_path_factory), pytest.raises(SystemExit) as end:
        main(["certify", "--out", "reports", "--jobs", "2"])
    assert not end.value.code
    printed = capsys.readouterr().out.splitlines()
    count, every = len(select(names)), len(all_cases())
    assert printed[-8] == f"{count} of {count} certificates accepted by the checker"
    shown = "\n".join([f"{every} of {every} certificates accepted by the checker", *printed[-7:]])
    assert shown in "\n".join(line for block in blocks() for line in block)


def test_every_link_and_picture_of_the_readme_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert len(links) >= 15
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_committed_certificates_are_accepted_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted((ROOT / "reports" / "certificates").glob("[a-z]*.json"))
    assert {file.stem for file in files} == set(all_cases())
    with pytest.raises(SystemExit) as end:
        main(["check", *map(str, files)])
    assert not end.value.code
    assert capsys.readouterr().out.count(": accepted (") == len(files)


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert {line.split()[1] for block in blocks() for line in block if line.startswith("make ")} <= targets


def test_the_table_of_statements_in_the_manual_is_current() -> None:
    rows = [
        f"| `{s.item}` | {s.title} | {s.verdict} | {route(s.item)} | `proofs/{module}.py` "
        f"| `reports/certificates/{s.item}.json` |"
        for s, module in zip(all_statements(), MODULES, strict=True)
    ]
    shown = (ROOT / "docs" / "statements.md").read_text().splitlines()
    assert [line for line in shown if line.startswith("| `")] == rows


def test_the_errata_in_the_manual_are_current() -> None:
    assert (ROOT / "docs" / "errata.md").read_text() == errata()
    assert errata().count("**Check it:**") == sum(
        statement.verdict in ("fails", "loose", "misprint", "holds, proof flawed")
        for statement in all_statements()
        if not statement.paper.startswith("(Not in the paper")  # what others say is no erratum of this paper
    )
