"""The core alone answers about numbers; a command that needs more says in one line what to install."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.shared import once
from verified_grpo.commands.extras import EXTRAS, missing

ROOT = Path(__file__).parents[2]
POINT = ["--beta", "5", "--eps", "1e-5", "--p-ref", "0.001"]
BOX = ["--beta", "61:70", "--eps", "1e-5", "--p-ref", "0.3:0.4"]
SMALL = ["--beta", "5:6", "--eps", "1e-3", "--p-ref", "0.3:0.4"]
CERTIFICATE = str(ROOT / "tests/certificates/accepted/amplification.json")
BLOCKED = """
import contextlib, io, json, os, sys, traceback
modules, runs = json.loads(sys.argv[1])
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in modules:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocked())
from verified_grpo.cli import main
for folder, words in runs:
    os.mkdir(folder)
    os.chdir(folder)
    out, err, code = io.StringIO(), io.StringIO(), None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(words)
        except SystemExit as ended:
            code = ended.code or 0
        except BaseException:
            traceback.print_exc()
    print(json.dumps([folder, code, out.getvalue(), err.getvalue()]))
"""
Asked = list[str]


class Done(NamedTuple):
    """How a command ended: the folder where it ran, its exit code, and what it wrote."""

    folder: str
    code: int | None
    out: str
    err: str


def answered(factory: pytest.TempPathFactory, asked: list[Asked], *extras: str) -> list[Done]:
    """What the command line says where nothing of these extras is installed but what another of them brings
    along: one process for all that is asked, each in a folder of its own."""
    brought = {"yaml"} if "report" not in extras else set()  # by bokeh
    modules = sorted({m for extra in extras for m in EXTRAS[extra]} - brought)
    folder = once(factory, f"without-{'-'.join(extras)}", partial(_ask, asked, modules))
    return [Done(*json.loads(line)) for line in (folder / "answers").read_text().splitlines()]


def _ask(asked: list[Asked], modules: list[str], folder: Path) -> None:
    runs = [[str(folder / str(number)), words] for number, words in enumerate(asked)]
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, json.dumps([modules, runs])],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (folder / "answers").write_text(done.stdout)


CORE = [
    ["--version"],
    ["fixed-points", *POINT],
    ["fixed-points", *POINT, "--contrast", "group", "--group-size", "8"],
    ["limit", *POINT],
    ["audit", "--property", "contraction", *BOX],
    ["audit", "--property", "amplification", *BOX],
    ["check", CERTIFICATE],
    ["question", "limit", *POINT],
    ["chaos", "--beta", "0.68", "--eps", "1e-5", "--p-ref", "0.001"],
    ["export", "--coq", CERTIFICATE],
    ["atlas", *SMALL, "--tolerance", "0.5", "--out", "atlas.json"],
    ["curves", "--beta", "1:2", "--eps", "1e-2", "--p-ref", "0.3:0.4"],
]


@pytest.mark.parametrize("words", CORE, ids=lambda words: " ".join(words[:3]))
def test_the_core_answers_without_any_extra(words: Asked, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = answered(tmp_path_factory, CORE, *EXTRAS)[CORE.index(words)]
    assert done.code == 0, done.err
    assert done.out


NEEDING = [
    (["audit", "--config", str(ROOT / "examples/configurations/trl.yaml")], "tables", "tables"),
    (
        ["audit", "--pass-rates", str(ROOT / "examples/pass_rates/counts.csv"), *POINT[:4], "--out", "t.csv"],
        "tables",
        "tables",
    ),
    (["report", CERTIFICATE, "--format", "html", "--out", "r"], "report", "report"),
    (["atlas", *SMALL, "--out", "t.csv", "--picture", "t.svg"], "report", "report"),
    (
        ["audit", "--property", "contraction", *SMALL, "--out", "t.csv", "--picture", "t.svg"],
        "report",
        "report",
    ),
    (["report", CERTIFICATE, "--format", "pdf", "--out", "r"], "report", "report"),
    (["certify", "theorem-2", "--out", "r"], "paper", "all"),
    (["fixed-points", *POINT, "--contrast", "group", "--group-size", "19"], "paper", "paper"),
]


@pytest.mark.parametrize(("words", "without", "extra"), NEEDING, ids=lambda case: str(case)[:40])
def test_what_is_missing_is_said_in_one_line(
    words: Asked, without: str, extra: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    asked = [case[0] for case in NEEDING if case[1] == without]
    done = answered(tmp_path_factory, asked, without)[asked.index(words)]
    assert done.code == 64
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert done.err.endswith(f", which is not installed: pip install 'verified-grpo[{extra}]'\n")
    assert not (Path(done.folder) / "t.csv").exists()


def test_reports_need_neither_tables_nor_the_paper(tmp_path_factory: pytest.TempPathFactory) -> None:
    words = ["report", CERTIFICATE, "--format", "html", "--out", "r"]
    (done,) = answered(tmp_path_factory, [words], "tables", "paper")
    assert done.code == 0, done.err


def test_a_module_of_no_extra_is_a_fault_of_the_program() -> None:
    assert missing(ModuleNotFoundError("No module named 'nothing'", name="nothing"), "limit") is None
    assert missing(ModuleNotFoundError("none"), None) is None


def test_every_extra_names_its_distributions() -> None:
    """The table of modules and the project file say the same."""
    modules = {"pyyaml": "yaml", "fonttools": "fontTools", "z3-solver": "z3"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["optional-dependencies"]
    for extra, known in EXTRAS.items():
        names = [requirement.partition(">")[0] for requirement in declared[extra]]
        assert sorted(modules.get(name, name) for name in names) == sorted(known)
    core = {requirement.partition(">")[0] for requirement in project["dependencies"]}
    assert core == {"crival", "joblib", "mpmath", "numpy", "python-flint", "rich", "typer"}
