"""The atlas: cells a second, undecided area against time, bytes a cell, checking against proving, memory, and
a plain uniform grid beside it.

    python -m benchmarks.atlas [--tolerances T ...] [--finest N] [--out FILE]

The plain grid does what one would do without rules: every cell of a uniform grid gets the enclosure of its
orbit by plain interval arithmetic, and counts as decided when that enclosure settles in an interval that a
turn of ``T`` maps into itself with slope below 1 (turns of one and two steps). The grid is refined by halves
of both sides until it leaves no more undecided than the atlas did, or has N cells a side; its time at the
atlas's area lies between two of its runs, or is at least that of the finest, and is said to be so.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from verified_grpo.answers.atlas import AtlasQuestion, ask, draw_up
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.atlas_cells import cells, undecided_fraction
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.intervals.array_bounds import Interval, between
from verified_grpo.rigor.cells.patches import Patches
from verified_grpo.rigor.cells.terms import Terms

from . import machine, standard_atlases
from .timing import rounded, seconds

OUT = Path(__file__).parent / "atlas.json"
TOLERANCES = ("0.16", "0.08", "0.04", "0.02", "0.01")
STEPS = 40  # with 120 and 360 more the grid took four times as long and left hardly less
FINEST = 1024
ROW = 4096
"""Cells of a grid that are worked on at once."""


def measure(tolerances: Sequence[str], finest: int = FINEST) -> dict[str, Any]:
    """All numbers; processor seconds of one thread, but for the standard atlases."""
    draw_up(_standard("0.3"))  # imports and compiled formulas are paid here
    runs = [_run(tolerance) for tolerance in tolerances]
    best = runs[-1]
    grid = _grids(float(best["undecided"]), finest)
    for run in runs:
        run["uniform_grid"] = beside = _at_the_same_area(grid, float(run["undecided"]))
        run["times_faster_than_uniform_grid"] = rounded(beside["seconds"] / run["prove_seconds"])
    every = standard_atlases.measure()
    return {
        "atlas": runs,
        "slope_of_log_seconds_over_log_undecided": _slope(
            [(r["undecided"], r["prove_seconds"]) for r in runs]
        ),
        "uniform_grid": grid,
        "standard_atlases": every,
        "aims": standard_atlases.aims(every),
    }


def _standard(tolerance: str) -> AtlasQuestion:
    return ask(beta="0.01:100", eps="1e-5", p_ref="1e-4:0.999", tolerance=tolerance)


def _run(tolerance: str) -> dict[str, Any]:
    prove, certificate = seconds(lambda: draw_up(_standard(tolerance)))
    data = canonical_bytes(certificate)
    check, verdict = seconds(lambda: check_bytes(data))
    if verdict.outcome is not Outcome.ACCEPTED:
        raise AssertionError(f"the benchmark's atlas is {verdict.outcome}: {verdict.message}")
    count = sum(1 for _ in cells(certificate))
    _say(f"tolerance {tolerance}: {count} cells, {prove:.1f} s, checked in {check:.1f} s")
    return {
        "tolerance": tolerance,
        "undecided": rounded(float(undecided_fraction(certificate))),
        "cells": count,
        "prove_seconds": rounded(prove),
        "cells_a_second": rounded(count / prove),
        "check_seconds": rounded(check),
        "check_over_prove": rounded(check / prove),
        "bytes_a_cell": rounded(len(data) / count),
    }


def _grids(wanted: float, finest: int) -> list[dict[str, Any]]:
    """Runs of finer and finer grids."""
    question, runs, side = _standard("0.5"), [], 16
    while side <= finest:
        spent, left = seconds(partial(_grid, question, side))
        runs.append({"cells": side * side, "seconds": rounded(spent), "undecided": rounded(left)})
        _say(f"uniform grid {side} x {side}: {left:.2%} undecided, {spent:.1f} s")
        if left <= wanted:
            break
        side *= 2
    return runs


def _at_the_same_area(runs: list[dict[str, Any]], wanted: float) -> dict[str, Any]:
    """The grid's time where it leaves so much undecided, log-log between two runs, or a bound from below."""
    reached = next((k for k, run in enumerate(runs) if run["undecided"] <= wanted), None)
    if reached == 0:
        return {"seconds": runs[0]["seconds"], "how": "measured"}
    if reached is None:
        return {"seconds": runs[-1]["seconds"], "how": "at least: the finest grid leaves more"}
    near = runs[reached - 1 : reached + 1]
    slope = _slope([(run["undecided"], run["seconds"]) for run in near])
    time = near[-1]["seconds"] * (wanted / near[-1]["undecided"]) ** slope
    return {"seconds": rounded(time), "how": "between two runs"}


def _grid(question: AtlasQuestion, side: int) -> float:
    """The undecided share of a uniform grid, row by row."""
    (left, right), (low, high) = ([float(end) for end in ends] for ends in question.rectangle)
    x, y = np.linspace(left, right, side + 1), np.linspace(low, high, side + 1)
    rows, open_cells = max(1, ROW // side), 0
    for first in range(0, side, rows):
        part = y[first : first + rows + 1]
        count = len(part) - 1
        bottom, top = (np.repeat(ends, side) for ends in (part[:-1], part[1:]))
        cells_of_rows = Patches(np.tile(x[:-1], count), np.tile(x[1:], count), bottom, top)
        open_cells += int(np.sum(~_plain(question, cells_of_rows)))
    return open_cells / side**2


def _plain(question: AtlasQuestion, part: Patches) -> Any:
    """Whether the plain enclosure of the orbit settles in a trap."""
    law, decided = question.law, np.zeros(len(part), dtype=bool)
    weight = Terms(law, part).weight

    def step(here: Interval) -> tuple[Interval, Any]:
        omega, slope = law.shape.over(here)
        multiplier = law.share + weight * slope
        steepest = np.maximum(np.abs(multiplier.lo), np.abs(multiplier.hi))
        return law.share * here + law.pull * part.log_odds + weight * omega, steepest

    with np.errstate(all="ignore"):
        here = part.log_odds
        for _ in range(STEPS):
            here = step(here)[0]
        room = (here.hi - here.lo) / 8 + 2.0**-40
        trap = between(here.lo - room, here.hi + room)
        now, rate = trap, np.ones(len(part))
        for _ in range(2):
            now, steepest = step(now)
            rate = rate * steepest
            decided |= (now.lo >= trap.lo) & (now.hi <= trap.hi) & (rate < 1)
    return decided


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line through log-log points, by least squares."""
    x, y = ([math.log(float(value)) for value in side] for side in zip(*points, strict=True))
    return rounded(float(np.polyfit(x, y, 1)[0]))


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.atlas", description="Measure the atlas.")
    parser.add_argument("--tolerances", nargs="+", default=TOLERANCES, help="undecided shares, falling")
    parser.add_argument("--finest", type=int, default=FINEST, help="cells a side of the finest plain grid")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    asked = parser.parse_args(arguments)
    for tolerance in asked.tolerances:
        Fraction(tolerance)
    given = f"--tolerances {' '.join(asked.tolerances)} --finest {asked.finest}"
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.atlas {given}",
        "machine": machine.facts(),
        "seconds": "of processor time, one thread; wall_seconds of two processes",
        **measure(asked.tolerances, asked.finest),
    }
    asked.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
