"""What reading the log of a run costs: seconds of the processor, and the peak of memory of a process a size.

    python -m benchmarks.run_logs [--rows N ...] [--out FILE]

Rows are samples (step, prompt, reward) as Parquet: groups of 8, 1,024 prompts a step, each visited in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from verified_grpo.audit.runs.reading import Named, read_log

from . import machine
from .timing import rounded

OUT = Path(__file__).parent / "run_logs.json"
ROWS = (100_000, 1_000_000, 10_000_000)
GROUP, BATCH, PROMPTS = 8, 1024, 50_000


def write(path: Path, rows: int) -> None:
    """A log of so many samples; which succeed is of no matter here."""
    place = pl.int_range(rows, eager=True)
    visit = place // GROUP
    pl.DataFrame(
        {
            "step": visit // BATCH,
            "prompt": (visit % PROMPTS).cast(pl.String),
            "reward": ((place * 7919) % 3 == 0).cast(pl.Float64),
        }
    ).write_parquet(path)


def read(path: Path) -> dict[str, Any]:
    """In a process of its own: seconds and megabytes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    log = read_log([path], Named())
    return {
        "samples": log.samples,
        "prompts": len(log.prompts),
        "visits": sum(map(len, log.prompts.values())),
        "seconds": rounded(time.process_time() - begun),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "megabytes_before": before // 1024,
    }


def measure(sizes: Sequence[int]) -> dict[str, Any]:
    """All sizes."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.parquet"
            write(path, rows)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                found[str(rows)] = pool.submit(read, path).result()
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": "python -m benchmarks.run_logs --rows " + " ".join(map(str, sizes)),
        "machine": {**machine.facts(), "load_average": round(os.getloadavg()[0], 2)},
        "rows": found,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=list(ROWS))
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(arguments)
    found = measure(given.rows)
    given.out.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
