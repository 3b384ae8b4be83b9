"""The manual: it builds without a warning, its commands run as they stand, its notebooks run."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import page_library
from verified_grpo.cli import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.mark.build
def test_the_manual_builds_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-b",
        "html",
        str(DOCS),
        str(tmp_path),
    ]
    built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=ROOT)
    assert built.stderr == ""
    assert built.returncode == 0
    written = {path.stem for path in DOCS.glob("*.md")}
    assert {path.stem for path in tmp_path.glob("*.html")} >= written
    page = (tmp_path / "theory.html").read_text()
    assert page.count("<math") > 30
    # Nothing is loaded from elsewhere, and every page is in the contents.
    for name in written:
        text = (tmp_path / f"{name}.html").read_text()
        assert not re.findall(r'<(?:script|img|link)[^>]*(?:src|href)="https?:', text), name
    contents = (tmp_path / "index.html").read_text()
    assert all(f'href="{name}.html"' in contents for name in written - {"index"})
    assert "write_report" in (tmp_path / "api.html").read_text()


def commands(page: Path) -> list[str]:
    """The commands of a page that stand on lines of their own."""
    text = page.read_text()
    return [line.strip() for line in text.splitlines() if line.startswith("    verified-grpo ")]


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_examples_of_python_are_set_as_code(page: Path) -> None:
    """Outside a fence Markdown reads `>>>` as a quotation of a quotation of a quotation."""
    outside = re.sub(r"^( *)```.*?^\1```$", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"^>>>", outside, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [
        "start",
        "small-steps",
        "own-contrast",
        "verifiers",
        "rewards",
        "choosing",
        "configurations",
        "compare",
        "advise",
        "pass-rates",
        "budget",
        "runs",
        "laboratory",
    ],
)
def test_what_a_new_reader_types_runs_as_it_stands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = commands(DOCS / f"{name}.md")
    assert found
    if name == "laboratory":
        page_library(prover=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for command in found:
        with pytest.raises(SystemExit) as end:
            main(shlex.split(command)[1:])
        # Of eight samples little is known: an interval may stay undecided.
        assert end.value.code in ((0, 2) if "--confidence" in command else (0, None)), command
        printed = capsys.readouterr().out
        # Tables fit; the checker's statements are running text, which a terminal wraps.
        if " check " not in command:
            assert max(map(len, printed.splitlines())) <= 80, command
    if name == "start":
        assert (tmp_path / "mine" / "report.html").exists()
        assert (tmp_path / "mine" / "report.pdf").exists()


def test_every_option_that_the_manual_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    named: dict[str, set[str]] = {}
    for page in [*DOCS.glob("*.md"), ROOT / "README.md"]:
        for command in commands(page):
            words = command.split()[1:]
            if words[0] == "question":  # its options are those of the command that it asks about
                words = words[1:]
            options = {word for word in words if word.startswith("--")}
            named.setdefault(next(word for word in words if not word.startswith("-")), set()).update(options)
    assert {"fixed-points", "limit", "audit", "check", "report", "atlas"} <= set(named)
    for name, options in named.items():
        with pytest.raises(SystemExit) as end:
            main([name, "--help"])
        assert not end.value.code
        known = set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out))
        assert options - known == set(), name


@pytest.mark.build
@pytest.mark.parametrize("path", sorted((DOCS / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the manual executes it: what it shows is kept for the manual's page, and the other way round."""
    monkeypatch.syspath_prepend(str(DOCS))
    executed = importlib.import_module("notebook_pages").executed
    assert path.stat().st_size < 20_000
    assert all(not cell.get("outputs") for cell in json.loads(path.read_text())["cells"])
    outputs = [output for cell in executed(path.read_text()).cells for output in cell.get("outputs", [])]
    assert "error" not in {output.output_type for output in outputs}
    assert len(outputs) >= 2


def test_the_tour_is_fifteen_calls() -> None:
    """Numbered as they come; what each answers is in `tests/notebook`."""
    cells = json.loads((DOCS / "notebooks" / "tour.ipynb").read_text())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert [int(number) for number in re.findall(r"# (\d+)\b", code)] == list(range(1, 16))


def test_figure_5_is_five_lines_beside_its_titles() -> None:
    cells = json.loads((DOCS / "notebooks" / "figure-5.ipynb").read_text())["cells"]
    lines = [line for line in "".join(cells[1]["source"]).splitlines() if line and "set_title" not in line]
    assert len([line for line in lines if not line.startswith(("import ", "from "))]) <= 5
