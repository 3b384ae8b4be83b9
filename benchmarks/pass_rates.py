"""A million prompts with a million distinct pass rates: seconds, memory, growth, the cost one at a time.

    python -m benchmarks.pass_rates [--sizes N ...] [--sample N] [--jobs N] [--before FOLDER] [--out FILE]

Each size runs in a process of its own, which starts workers, solves all rows (every fixed point, the verdict,
the limit's bracket), gathers the columns chunk by chunk, as a table that is written while it is read, and
deals the rows that the arrays leave undecided out to Arb, a few at a time. Seconds are wall-clock from the
first row to the last, with the processor seconds of all processes beside them: on a busy machine only the
latter compare. ``--before`` is a checkout of an earlier state: each size runs there, too, just before.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from verified_grpo.model import MEAN_STD, MEAN_VAR, Parameters
from verified_grpo.rigor import FixedPoints, UndecidedLimit, fixed_points, limit
from verified_grpo.rigor.arrays import Dynamics, References, TableColumns, Verdict, solve_table
from verified_grpo.work.parallel import side_by_side

from . import machine
from .cases import Triple
from .memory import peak
from .peers import mpmath_iv
from .timing import rounded, seconds

OUT = Path(__file__).parent / "pass_rates.json"
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MILLION = 1_000_000
CHUNK = 1 << 17
AHEAD = 4
"""Tasks a process in a round: the columns of so many chunks may wait in memory."""
FEW = 4
"""Rows that a process solves at a time by Arb."""
CASES = {
    "mean-var, beta 5, eps 1e-5": Dynamics(MEAN_VAR, Fraction(1), Fraction(5), Fraction(1, 10**5)),
    "mean-std, beta 0.04, eps 1e-4": Dynamics(MEAN_STD, Fraction(1), Fraction(1, 25), Fraction(1, 10**4)),
}
"""The first has one or three fixed points, rises, falls, cycles; the second is as frameworks train."""


def measure(sizes: Sequence[int], sample: int, jobs: int, before: Path | None = None) -> dict[str, Any]:
    """All numbers."""
    growth = {name: {str(size): _compared(name, size, jobs, before) for size in sizes} for name in CASES}
    alone = {name: one_at_a_time(name, sample) for name in CASES}
    largest = [runs[str(MILLION)] for runs in growth.values() if str(MILLION) in runs]
    return {
        "jobs": jobs,
        "growth": growth,
        "one_at_a_time": alone,
        "aims": {
            "a million in less than 20 seconds": all(run["wall_seconds"] < 20 for run in largest),
            "a million in less than 1000 MB": all(run["peak_megabytes"] < 1000 for run in largest),
        },
    }


def _compared(name: str, size: int, jobs: int, before: Path | None) -> dict[str, Any]:
    """A size here; of an earlier state how many seconds it took and what was left, not how they were."""
    if before is None:
        return _in_a_process(name, size, jobs)
    told = ("wall_seconds", "processor_seconds", "of_them_arb", "left_to_arb", "decided_by_arb")
    earlier = _in_a_process(name, size, jobs, before)
    return {**_in_a_process(name, size, jobs), "before": {key: earlier[key] for key in told}}


def _in_a_process(name: str, size: int, jobs: int, folder: Path | None = None) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.pass_rates", "--child", name, str(size), str(jobs)]
    child = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=folder)
    found: dict[str, Any] = json.loads(child.stdout)
    sys.stderr.write(f"{name}: {size} prompts in {found['wall_seconds']} s\n")
    return found


def run(name: str, size: int, jobs: int) -> dict[str, Any]:
    """One table of ``k/(size + 1)``, k = 1 to size: all rates are different."""
    tasks = [(name, first, min(first + CHUNK, size + 1), size + 1) for first in range(1, size + 1, CHUNK)]
    start, mine = time.perf_counter(), time.process_time()
    verdicts, counts, workers = Counter[str](), Counter[str](), dict[int, float]()
    totals = Counter[str]()
    left: list[int] = []
    for columns, open_rows, facts in side_by_side(solve_chunk, tasks, jobs, ahead=AHEAD):
        for code, number in zip(*np.unique(columns.verdict, return_counts=True), strict=True):
            verdicts[Verdict(code).name.lower()] += int(number)
        for code, number in zip(*np.unique(columns.count, return_counts=True), strict=True):
            counts[str(code)] += int(number)
        left += open_rows
        workers[facts.pop("process")] = facts.pop("peak")
        totals.update(facts)
    few = [(name, left[first : first + FEW], size + 1) for first in range(0, len(left), FEW)]
    for facts in side_by_side(solve_by_arb, few, jobs, ahead=AHEAD):
        workers[facts.pop("process")] = facts.pop("peak")
        totals.update(facts)
    workers[os.getpid()] = peak()
    own = time.process_time() - mine
    spent = own if len(workers) == 1 else own + totals["seconds"] + totals["seconds_of_arb"]
    return {
        "prompts": size,
        "wall_seconds": rounded(time.perf_counter() - start),
        "processor_seconds": rounded(spent),
        "of_them_arb": rounded(totals["seconds_of_arb"]),
        "peak_megabytes": rounded(sum(workers.values())),
        "verdicts_of_arrays": dict(sorted(verdicts.items())),
        "counts_of_arrays": dict(sorted(counts.items())),
        "left_to_arb": len(left),
        "decided_by_arb": totals["decided_by_arb"],
    }


def solve_chunk(
    name: str, first: int, last: int, total: int
) -> tuple[TableColumns, list[int], dict[str, Any]]:
    """The rows k = first to last - 1 of n = total, by arrays; and those that they leave undecided."""
    k, start = np.arange(first, last), time.process_time()
    columns = solve_table(CASES[name], References.of_counts(k, np.full(len(k), total)))
    spent = time.process_time() - start
    return columns, k[columns.undecided].tolist(), {"process": os.getpid(), "peak": peak(), "seconds": spent}


def solve_by_arb(name: str, rows: list[int], total: int) -> dict[str, Any]:
    """The rows k of n = total, by Arb."""
    start = time.process_time()
    decided = sum(_by_arb(CASES[name], Fraction(k, total)) for k in rows)
    return {
        "process": os.getpid(),
        "peak": peak(),
        "seconds_of_arb": time.process_time() - start,
        "decided_by_arb": decided,
    }


def _by_arb(dynamics: Dynamics, p_ref: Fraction) -> bool:
    """Ask for the fixed points and the limit; whether both are decided."""
    box = Parameters.of(alpha=dynamics.alpha, beta=dynamics.beta, eps=dynamics.eps, p_ref=p_ref)
    found = fixed_points(dynamics.contrast, box, digits=12, engine="arb")
    ends_in = limit(dynamics.contrast, box, digits=12, engine="arb")
    return isinstance(found, FixedPoints) and not isinstance(ends_in, UndecidedLimit)


def one_at_a_time(name: str, sample: int) -> dict[str, Any]:
    """Arb and ``mpmath.iv`` on a random sample of the million, carried on to all of it.

    Both after one untimed call. ``mpmath.iv`` (mean-var only) is asked for the fixed points alone: it has no
    verdict to give.
    """
    dynamics, draw = CASES[name], random.Random(1)
    rates = [Fraction(draw.randrange(1, MILLION + 1), MILLION + 1) for _ in range(sample)]
    _by_arb(dynamics, rates[0])
    spent, _ = seconds(lambda: [_by_arb(dynamics, rate) for rate in rates])
    found = {
        "sample": sample,
        "seconds": "of processor time, one thread",
        "arb_a_million": rounded(spent / sample * MILLION),
    }
    if dynamics.contrast == MEAN_VAR:
        triples = [Triple(str(dynamics.beta), "1e-5", f"{float(rate):.15g}") for rate in rates]
        mpmath_iv.solve(triples[0])
        spent, _ = seconds(lambda: [mpmath_iv.solve(triple) for triple in triples])
        found["mpmath_iv_a_million"] = rounded(spent / sample * MILLION)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pass_rates")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of prompts")
    parser.add_argument("--sample", type=int, default=300, help="prompts solved one at a time")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier state, to compare with")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    parser.add_argument("--child", nargs=3, metavar=("CASE", "SIZE", "JOBS"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        name, size, jobs = asked.child
        print(json.dumps(run(name, int(size), int(jobs))))
        return 0
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.pass_rates --sizes {' '.join(map(str, asked.sizes))}"
        f" --sample {asked.sample} --jobs {asked.jobs}{' --before FOLDER' if asked.before else ''}",
        "machine": {**machine.facts(), "load_average": rounded(os.getloadavg()[0])},
        **measure(asked.sizes, asked.sample, asked.jobs, asked.before),
    }
    asked.out.write_text(json.dumps(results, indent=1) + "\n")
    return 0 if all(results["aims"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
