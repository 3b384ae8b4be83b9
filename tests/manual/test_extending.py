"""`docs/extending.md` is followed as it stands: its blocks are applied to a copy of the package, its commands
are run there, up to the last page of the report."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/extending.md").read_text()
EXAMPLE = PAGE[PAGE.index("## Worked example: a contrast") : PAGE.index("## Worked example: a statement")]
SECONDS = 600
CLI = "import sys; from verified_grpo.cli import main; sys.exit(main(sys.argv[1:]))"


def blocks(language: str) -> Iterator[str]:
    """The fenced blocks in a language, in the page's order."""
    for found in re.finditer(rf"^```{language}\n(.*?)^```$", EXAMPLE, flags=re.DOTALL | re.MULTILINE):
        yield found[1]


def new_files() -> dict[str, str]:
    """By their paths, which are the first lines."""
    files = {}
    for block in blocks("python"):
        if match := re.match(r"# (\S+\.py)\n", block):
            files[match[1]] = block[match.end() :]
    return files


def patched(text: str, change: str) -> str:
    """A change in the page's form: lines begin with -, + or a space, hunks are separated by @@."""
    for hunk in change.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in ("- ", "+ "))
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with the contrast that the page adds, and the tests of contrasts."""
    folder = tmp_path_factory.mktemp("copy")
    unneeded = shutil.ignore_patterns("__pycache__")
    for room in ("verified_grpo", "tests/contrasts"):
        shutil.copytree(ROOT / room, folder / room, ignore=unneeded)
    for path, text in new_files().items():
        assert not (folder / path).exists()
        (folder / path).write_text(text)
    for block in blocks("diff"):
        head, _, change = block.partition("\n")
        table = folder / head.removeprefix("--- ")
        table.write_text(patched(table.read_text(), change))
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def test_the_page_has_two_files_two_rows_and_a_test() -> None:
    rooms = [str(Path(path).parent) for path in new_files()]
    assert rooms == ["verified_grpo/model/contrasts", "verified_grpo/checker/contrasts", "tests/contrasts"]
    rows = [block.splitlines()[0] for block in blocks("diff")]
    assert [Path(row.removeprefix("--- ")).parent for row in rows] == [Path(room) for room in rooms[:2]]


def test_the_tests_of_contrasts_pass_with_the_new_one(copy: Path) -> None:
    where = run(copy, "-c", "import verified_grpo; print(verified_grpo.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(copy)
    done = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".",
               "tests/contrasts", "-k", "over_var or over-var or rooms_have")  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 12  # type: ignore[index]


def test_the_commands_run_to_the_last_page_of_the_report(copy: Path) -> None:
    commands = [
        line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")
    ]
    assert {command.split()[1] for command in commands} >= {"fixed-points", "check", "report"}
    for command in commands:
        done = run(copy, "-c", CLI, *shlex.split(command)[1:])
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        if " check " in command:
            assert done.stdout.count("Omega(L) = 1/(p(1-p) + eps)") == command.count(".json")
    written = copy / "mine"
    report = (written / "report.md").read_text()
    assert "mean-over-var" in report
    assert "mean and variance, without a root" in report
    assert '<a id="c3"></a>' in report  # the last page
    assert "This certificate proves nothing" not in report
    assert (written / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_code_of_the_page_is_as_clean_as_the_package(copy: Path) -> None:
    """By the linter and the type checker, under the package's own settings."""
    for room in new_files():
        shutil.copy(ROOT / "pyproject.toml", copy / "pyproject.toml")
        for tool in (("ruff", "check"), ("ruff", "format", "--check")):
            done = run(copy, "-m", *tool, "--no-cache", room)
            assert done.returncode == 0, done.stdout
