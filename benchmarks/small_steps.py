"""The two views of a table: small steps, whose limit needs no orbit, beside the exact iteration.

    python -m benchmarks.small_steps [--size N] [--out FILE]

A million distinct rates, solved for small steps alone and for the exact iteration alone, part by part,
in one process: seconds of processor time and their ratio. What both share, the curve of the fixed points, is
proved once before.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from verified_grpo.model import Contrast
from verified_grpo.rigor.arrays import Dynamics, References, solve_small_steps, solve_table

from . import machine
from .pass_rates import CASES, CHUNK, MILLION
from .timing import rounded

OUT = Path(__file__).parent / "small_steps.json"
GROUP = Dynamics(Contrast("group", 8, 1), Fraction(1), Fraction(1, 5), Fraction(1, 10**4))
MEASURED = {**CASES, "group of 8, beta 0.2, eps 1e-4": GROUP}


def measure(size: int) -> dict[str, Any]:
    """All numbers."""
    found = {name: compare(dynamics, size) for name, dynamics in MEASURED.items()}
    return {
        "cases": found,
        "aims": {"small steps take no longer": all(case["ratio"] <= 1 for case in found.values())},
    }


def compare(dynamics: Dynamics, size: int) -> dict[str, Any]:
    """One table of ``k/(size + 1)``, k = 1 to size, in both views."""
    solve_small_steps(dynamics, _rates(1, 2, size))
    small = exactly = 0.0
    known = 0
    for first in range(1, size + 1, CHUNK):
        part = _rates(first, min(first + CHUNK, size + 1), size)
        start = time.process_time()
        found = solve_small_steps(dynamics, part)
        middle = time.process_time()
        solve_table(dynamics, part)
        small, exactly = small + middle - start, exactly + time.process_time() - middle
        known += int(found.known.sum())
    return {
        "prompts": size,
        "small_steps_seconds": rounded(small),
        "exact_iteration_seconds": rounded(exactly),
        "ratio": rounded(small / exactly),
        "decided_by_small_steps": known,
    }


def _rates(first: int, last: int, size: int) -> References:
    k = np.arange(first, last)
    return References.of_counts(k, np.full(len(k), size + 1))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.small_steps")
    parser.add_argument("--size", type=int, default=MILLION, help="number of prompts")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    asked = parser.parse_args(arguments)
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.small_steps --size {asked.size}",
        "machine": {**machine.facts(), "load_average": rounded(os.getloadavg()[0])},
        **measure(asked.size),
    }
    asked.out.write_text(json.dumps(results, indent=1) + "\n")
    return 0 if all(results["aims"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
