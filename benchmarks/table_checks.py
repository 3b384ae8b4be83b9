"""What it costs to prove every row of an audited table again, beside what it cost to make the table.

    python -m benchmarks.table_checks [--sizes N ...] [--cases N] [--out FILE]

So many prompts with as many different rates, from file to file in one process: the audit with its certificate
and report, then the check by the independent checker. Seconds are of the processor, which compare on a busy
machine, too; the largest size checks in a process whose peak of memory is told.
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
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from verified_grpo.audit.pass_rates import Question, audit_table
from verified_grpo.checker import Outcome
from verified_grpo.checker.tables import ENDING, check_table
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast

from . import machine
from .timing import rounded

OUT = Path(__file__).parent / "table_checks.json"
SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
PRIME = 15_485_863
"""Of samples: every k below it is another rate."""
GROUP = Question(Contrast("group", 8, 1), Fraction(1, 25), exact("1e-4"))
CASES = {
    "group of 8, beta 0.04, eps 1e-4": GROUP,
    "mean-var, beta 5, eps 1e-5": Question(Contrast("mean-var"), Fraction(5), exact("1e-5")),
}
CONFIDENT = replace(GROUP, confidence=exact("0.95"))
FEW = "129 rates, k of 128, in 29,411 prompts, confidence 0.95"


def measure(sizes: Sequence[int], cases: int) -> dict[str, Any]:
    """All numbers, of so many cases."""
    found = {
        name: {str(size): compare(question, size, PRIME) for size in sizes}
        for name, question in list(CASES.items())[:cases]
    }
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": "python -m benchmarks.table_checks --sizes "
        + " ".join(map(str, sizes))
        + ("" if cases >= len(CASES) else f" --cases {cases}"),
        "machine": {**machine.facts(), "load_average": round(os.getloadavg()[0], 2)},
        "distinct": found,
        FEW: compare(CONFIDENT, 29_411, 128),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def compare(question: Question, prompts: int, samples: int) -> dict[str, Any]:
    """Seconds of the audit and of the check; the table is accepted."""
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name) / "counts.csv", Path(name) / "audited.csv"
        step = 1 if samples == 128 else samples // (prompts + 1)
        with source.open("w") as stream:
            stream.write("prompt,k,n\n")
            for i in range(prompts):
                k = i % (samples + 1) if samples == 128 else (i + 1) * step
                stream.write(f"{i},{k},{samples}\n")
        begun = time.process_time()
        audit_table(source, question, out=out)
        proved = time.process_time()
        verdict = check_table(out)
        checked = time.process_time()
        if verdict.outcome is not Outcome.ACCEPTED:
            raise RuntimeError(verdict.message)
        size = Path(f"{out}{ENDING}").stat().st_size
    return {
        "prompts": prompts,
        "audit_seconds": rounded(proved - begun),
        "check_seconds": rounded(checked - proved),
        "ratio": rounded((checked - proved) / (proved - begun)),
        "certificate_bytes": size,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--cases", type=int, default=len(CASES), help="the first so many")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(arguments)
    found = measure(given.sizes, given.cases)
    given.out.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
