"""The atlas: cells a second, undecided area against time, bytes a cell, checking against proving, and a plain
uniform grid beside it.

    python -m benchmarks.atlas [--tolerances T ...] [--out FILE]

The plain grid does what one would do without rules: every cell of a uniform grid gets the enclosure of its
orbit by plain interval arithmetic, and counts as decided when that enclosure settles in an interval that a
turn of ``T`` maps into itself with slope below 1 (turns of one and two steps). The grid is refined by halves
of both sides until it leaves no more undecided than the atlas did, or is too large to be tried; then its
time is carried on by the rate at which it fell, and said to be so.
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

from verified_grpo.atlas import Question, ask, cells, draw_up, undecided_fraction
from verified_grpo.certificates import canonical_bytes
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.rigor.atlas.arrays import Interval, between
from verified_grpo.rigor.atlas.patches import Patches

from . import machine
from .timing import rounded, seconds

OUT = Path(__file__).parent / "atlas.json"
TOLERANCES = ("0.16", "0.08", "0.04", "0.02", "0.01")
STEPS = 40
FINEST = 512
BATCH = 4096


def measure(tolerances: Sequence[str]) -> dict[str, Any]:
    """All numbers; processor seconds of one thread."""
    draw_up(_standard("0.3"))  # imports and compiled formulas are paid here
    runs = [_run(tolerance) for tolerance in tolerances]
    best = runs[-1]
    grid = _grids(float(best["undecided"]))
    return {
        "atlas": runs,
        "slope_of_log_seconds_over_log_undecided": _slope(
            [(r["undecided"], r["prove_seconds"]) for r in runs]
        ),
        "uniform_grid": grid,
        "times_faster_than_uniform_grid": rounded(grid["seconds_at_the_same_area"] / best["prove_seconds"]),
        "aims": {
            "bytes a cell below 40": best["bytes_a_cell"] < 40,
            "check no longer than prove": best["check_seconds"] <= best["prove_seconds"],
            "standard atlas within 300 seconds": best["prove_seconds"] <= 300 and best["undecided"] <= 0.01,
        },
    }


def _standard(tolerance: str) -> Question:
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


def _grids(wanted: float) -> dict[str, Any]:
    question, points, side = _standard("0.5"), [], 16
    while side <= FINEST:
        spent, left = seconds(partial(_grid, question, side))
        points.append({"cells": side * side, "seconds": rounded(spent), "undecided": rounded(left)})
        _say(f"uniform grid {side} x {side}: {left:.2%} undecided, {spent:.1f} s")
        if left <= wanted:
            break
        side *= 2
    reached = points[-1]["undecided"] <= wanted
    time = points[-1]["seconds"]
    if not reached:
        slope = _slope([(p["undecided"], p["seconds"]) for p in points[-3:]])
        time *= (wanted / points[-1]["undecided"]) ** slope
    return {
        "runs": points,
        "seconds_at_the_same_area": rounded(time),
        "how": "measured" if reached else "carried on from the last three runs",
    }


def _grid(question: Question, side: int) -> float:
    """The undecided share of a uniform grid."""
    (left, right), (low, high) = ([float(end) for end in ends] for ends in question.rectangle)
    x, y = np.linspace(left, right, side + 1), np.linspace(low, high, side + 1)
    column, row = (index.ravel() for index in np.meshgrid(np.arange(side), np.arange(side)))
    open_cells = 0
    for first in range(0, side * side, BATCH):
        i, j = column[first : first + BATCH], row[first : first + BATCH]
        open_cells += int(np.sum(~_plain(question, Patches(x[i], x[i + 1], y[j], y[j + 1]))))
    return open_cells / side**2


def _plain(question: Question, part: Patches) -> Any:
    """Whether the plain enclosure of the orbit settles in a trap."""
    law, decided = question.law, np.zeros(len(part), dtype=bool)

    def step(here: Interval) -> tuple[Interval, Any]:
        omega, slope = law.shape.over(here)
        multiplier = law.share + part.weight * slope
        steepest = np.maximum(np.abs(multiplier.lo), np.abs(multiplier.hi))
        return law.share * here + law.pull * part.log_odds + part.weight * omega, steepest

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
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    asked = parser.parse_args(arguments)
    for tolerance in asked.tolerances:
        Fraction(tolerance)
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.atlas --tolerances {' '.join(asked.tolerances)}",
        "machine": machine.facts(),
        "seconds": "of processor time, one thread",
        **measure(asked.tolerances),
    }
    asked.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
