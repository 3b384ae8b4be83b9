"""The atlas's benchmark: the plain grid, times at equal area, memory of a process with its children."""

from __future__ import annotations

import json
import sys

import pytest

from benchmarks import atlas
from benchmarks.processes import run_and_watch
from verified_grpo.answers.atlas.standard import standard_atlases

RUNS = [
    {"cells": 1, "seconds": 1.0, "undecided": 0.4},
    {"cells": 4, "seconds": 4.0, "undecided": 0.2},
    {"cells": 16, "seconds": 16.0, "undecided": 0.1},
]


def test_times_are_compared_at_the_same_area() -> None:
    assert atlas._at_the_same_area(RUNS, 0.4) == {"seconds": 1.0, "how": "measured"}
    assert atlas._at_the_same_area(RUNS, 0.1) == {"seconds": pytest.approx(16), "how": "between two runs"}
    between = atlas._at_the_same_area(RUNS, 0.15)
    assert 4 < between["seconds"] < 16
    beyond = atlas._at_the_same_area(RUNS, 0.05)
    assert beyond == {"seconds": 16.0, "how": "at least: the finest grid leaves more"}


def test_a_finer_grid_leaves_less_undecided() -> None:
    coarse, fine = (run["undecided"] for run in atlas._grids(0.0, 32))
    assert 0 < fine < coarse < 1
    assert atlas.ROW % 32 == 0


def test_children_count_in_the_memory() -> None:
    child = "x = bytearray(60_000_000); import time; time.sleep(0.6); print('done')"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    watched = run_and_watch([sys.executable, "-c", parent])
    assert watched.printed == "done\n"
    assert 60 < watched.megabytes < 200
    assert 0 < watched.processor_seconds < 30


def test_committed_results_meet_the_aims() -> None:
    results = json.loads(atlas.OUT.read_text(encoding="utf-8"))
    assert set(results["standard_atlases"]) == set(standard_atlases())
    assert all(results["aims"].values()), results["aims"]
    assert all(run["check_over_prove"] <= 1 for run in results["atlas"])
    assert results["atlas"][-1]["times_faster_than_uniform_grid"] > 1
