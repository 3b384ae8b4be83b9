"""What answers about single numbers starts light: it imports its own rooms and the two libraries of
arithmetic, and nothing that only derives, draws, reads tables or typesets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CERTIFICATE = str(ROOT / "tests/certificates/accepted/amplification.json")
HEAVY = (
    *("numpy", "sympy", "scipy", "crival", "ival", "joblib", "z3"),
    *("polars", "omegaconf", "yaml"),
    *("matplotlib", "bokeh", "typst", "jinja2", "fontTools", "latex2mathml", "ziamath"),
)
POINT = ["--beta", "5", "--eps", "1e-5", "--p-ref", "0.001"]
GROUP = ["--contrast", "group", "--group-size", "8"]
COMMANDS = {
    "version": ["--version"],
    "check": ["check", CERTIFICATE],
    "fixed-points": ["fixed-points", *POINT],
    "fixed-points of a group": ["fixed-points", *POINT, *GROUP, "--engine", "arb", "--json"],
    "limit": ["limit", *POINT],
    "limit of a group": ["limit", *POINT, *GROUP],
    "limit over a range": ["limit", "--beta", "70:71", "--eps", "1e-5", "--p-ref", "0.3"],
    "limit by steps": ["limit", *POINT, "--step-size", "0.05"],
    "limit with a target": ["limit", *POINT, "--step-size", "0.05", "--reach", "0.005"],
}
API = """
from verified_grpo import MEAN_STD, Contrast, Parameters, fixed_points, limit
for contrast in (MEAN_STD, Contrast("group", 16, 1)):
    point = Parameters.of(beta=5, eps="1e-5", p_ref="0.3")
    assert fixed_points(contrast, point).count
    limit(contrast, point)
"""


def imported(script: str) -> set[str]:
    """The heavy libraries that a process has loaded at its end."""
    report = f"import json, sys; sys.stderr.write(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{report}"],
        capture_output=True, text=True, check=True, timeout=120, cwd=ROOT,
    )  # fmt: skip
    return set(json.loads(done.stderr.splitlines()[-1]))


RUN = """
from verified_grpo.cli import main
try:
    main({words!r})
except SystemExit as end:
    assert end.code in (None, 0, 1, 2), end.code
"""


def run(words: list[str]) -> str:
    return RUN.format(words=words)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_on_numbers_imports_nothing_heavy(name: str) -> None:
    assert imported(run(COMMANDS[name])) == set()


def test_the_interface_imports_nothing_heavy() -> None:
    assert imported(API) == set()


@pytest.mark.parametrize("contrast", [[], GROUP], ids=["mean-var", "a group"])
def test_a_table_is_audited_without_sympy(contrast: list[str]) -> None:
    """Whose programs are written down: the extra `tables` has none."""
    table = ["audit", "--pass-rates", "examples/pass_rates/counts.csv", "--beta", "0.04", "--eps", "1e-4"]
    assert "sympy" not in imported(run([*table, *contrast]))


def test_what_needs_a_library_is_seen_to_import_it() -> None:
    """The look can fail: a map needs arrays."""
    atlas = ["question", "atlas", *POINT]
    assert imported("import numpy\n" + run(atlas)) >= {"numpy"}
