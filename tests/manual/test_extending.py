"""The manual's new contrast is followed as it stands: its blocks are applied to a copy of the package, its
commands are run there, up to the last page of the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.manual.recipes import Recipe, require_clean, run, run_tests

EXAMPLE = Recipe.of("a contrast")
# Commands one after the other in one process, each with a line before it; the first that fails ends it.
CLI = """
import shlex, sys
from verified_grpo.cli import main
for command in sys.argv[1:]:
    print(f"$ {command}", flush=True)
    try:
        main(shlex.split(command)[1:])
    except SystemExit as end:
        if end.code:
            raise
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with the contrast that the page adds, and the tests of contrasts."""
    return EXAMPLE.applied(tmp_path_factory.mktemp("copy"), "tests/contrasts")


def test_the_page_has_two_files_two_rows_and_a_test() -> None:
    rooms = [str(Path(path).parent) for path in EXAMPLE.new_files()]
    assert rooms == ["verified_grpo/model/contrasts", "verified_grpo/checker/contrasts", "tests/contrasts"]
    assert [Path(row).parent for row in EXAMPLE.changed_files()] == [Path(room) for room in rooms[:2]]


def test_the_tests_of_contrasts_pass_with_the_new_one(copy: Path) -> None:
    where = run(copy, "-c", "import verified_grpo; print(verified_grpo.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(copy)
    done = run_tests(copy, "tests/contrasts", "-k", "over_var or over-var or rooms_have")
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 12  # type: ignore[index]


def test_the_commands_run_to_the_last_page_of_the_report(copy: Path) -> None:
    commands = [
        line[2:]
        for block in EXAMPLE.blocks("console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    assert {command.split()[1] for command in commands} >= {"fixed-points", "check", "report"}
    done = run(copy, "-c", CLI, *commands)
    assert done.returncode == 0, (done.stdout, done.stderr)
    (checked,) = (command for command in commands if " check " in command)
    said = done.stdout.partition(f"$ {checked}")[2].partition("\n$ ")[0]
    assert said.count("Omega(L) = 1/(p(1-p) + eps)") == checked.count(".json")
    written = copy / "mine"
    report = (written / "report.md").read_text()
    assert "mean-over-var" in report
    assert "mean and variance, without a root" in report
    assert '<a id="c3"></a>' in report  # the last page
    assert "This certificate proves nothing" not in report
    assert (written / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_code_of_the_page_is_as_clean_as_the_package(copy: Path) -> None:
    """By the linter, under the package's own settings."""
    require_clean(copy, list(EXAMPLE.new_files()))
