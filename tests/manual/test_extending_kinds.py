"""The manual's new kind of certificate is followed as it stands, in a copy of the package."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.manual.recipes import ROOT, Recipe, require_clean, run, run_tests

KEPT = ROOT / ".mypy_cache"
EXAMPLE = Recipe.of("a kind of certificate")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with the kind that the page adds, the checker's tests and the test of the table."""
    folder = tmp_path_factory.mktemp("copy")
    (folder / "tests" / "report").mkdir(parents=True)
    EXAMPLE.applied(folder, "soak", "tests/checker", "tests/certificates", "reports/certificates")
    for file in ("report/test_kinds.py", "shared.py"):
        (folder / "tests" / file).write_text((Path(__file__).parents[1] / file).read_text())
    return folder


def test_a_kind_is_four_files_a_row_one_for_the_checker_and_two_tests() -> None:
    """Counted: what a kind touches, and nothing else."""
    assert [str(Path(path).parent) for path in EXAMPLE.new_files()] == [
        "verified_grpo/rigor/sequences",
        "verified_grpo/certificates",
        "verified_grpo/checker",
        "verified_grpo/report/pages",
        "tests/checker/kinds",
        "tests/rigor",
    ]
    assert EXAMPLE.changed_files() == [
        "verified_grpo/checker/check.py",
        "verified_grpo/report/kinds.py",
        "tests/checker/kinds/table.py",
        "tests/checker/test_facts.py",
    ]
    added = [line for block in EXAMPLE.blocks("diff") for line in block.splitlines() if line[0] == "+"]
    assert [line.split('"')[1] for line in added if '"' in line] == ["first-step"] * 4  # imports apart


def test_the_tests_of_the_table_and_of_the_kind_pass(copy: Path) -> None:
    where = run(copy, "-c", "import verified_grpo; print(verified_grpo.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(copy)
    done = run_tests(
        copy, "tests/rigor/test_first_step.py", "tests/report/test_kinds.py", "-k", "first or row"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 6  # type: ignore[index]


def test_the_checker_s_tests_take_the_kind_from_its_module(copy: Path) -> None:
    written, tested = (line[2:].split() for line in next(EXAMPLE.blocks("console")).splitlines())
    done = run(copy, *written[1:])
    assert done.returncode == 0, done.stderr
    done = run_tests(copy, *tested[1:])
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 20  # type: ignore[index]


def test_the_kind_has_a_schema_that_its_certificates_fit(copy: Path) -> None:
    done = run(copy, "-m", "verified_grpo.commands.schemas", "schemas")
    assert done.returncode == 0, done.stderr
    schema = json.loads((copy / "schemas" / "certificates" / "first-step.json").read_text())
    assert schema["$defs"]["FirstStep"]["properties"]["kind"] == {"enum": ["first-step"]}
    assert set(schema["$defs"]["FirstStep"]["required"]) == {"kind", "variant", "parameters", "gain"}


def test_the_code_of_the_page_is_as_clean_as_the_package(copy: Path) -> None:
    """By the linter and the type checker, under the package's own settings; what `make lint` let the type
    checker find out of files that are the same here it need not find out again."""
    files = list(EXAMPLE.new_files())
    require_clean(copy, files, ("mypy", "--cache-dir", str(KEPT)))
