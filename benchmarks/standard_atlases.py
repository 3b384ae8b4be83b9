"""The standard atlases, each drawn up on two cores in processes of its own: seconds, memory, cells, checking.

Other work on the machine stretches wall-clock seconds; what is compared with the five minutes asked for is
the processor time of all processes together, the checker's with it.

python -m benchmarks.standard_atlases NAME    one of them, in this process, as JSON
"""

from __future__ import annotations

import json
import sys
from time import perf_counter
from typing import Any

from verified_grpo.answers.atlas import draw_up
from verified_grpo.answers.atlas.standard import standard_atlases
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.atlas_cells import cells, undecided_fraction
from verified_grpo.checker import Outcome, check_bytes

from .processes import run_and_watch
from .timing import rounded

JOBS = 2
SECONDS, MEGABYTES, SHARE, BYTES = 300, 1000, 0.01, 40


def measure() -> dict[str, Any]:
    """Each of them, and whether each meets what is asked."""
    found = {}
    for name in standard_atlases():
        command = [sys.executable, "-m", "benchmarks.standard_atlases", name]
        watched = run_and_watch(command)
        found[name] = {
            **json.loads(watched.printed),
            "processor_seconds": rounded(watched.processor_seconds),
            "megabytes": rounded(watched.megabytes),
        }
        sys.stderr.write(f"{name}: {found[name]}\n")
    return found


def aims(found: dict[str, Any]) -> dict[str, bool]:
    """What is asked of every one of them."""
    every = found.values()
    return {
        f"undecided below {SHARE:.0%}": all(one["undecided"] < SHARE for one in every),
        f"within {SECONDS} processor seconds, checked": all(
            one["processor_seconds"] <= SECONDS for one in every
        ),
        f"within {MEGABYTES} MB, all processes": all(one["megabytes"] <= MEGABYTES for one in every),
        f"bytes a cell below {BYTES}": all(one["bytes_a_cell"] < BYTES for one in every),
        "check no longer than prove": all(one["check_seconds"] <= one["wall_seconds"] for one in every),
    }


def draw(name: str) -> dict[str, Any]:
    """One of them; wall-clock seconds."""
    start = perf_counter()
    certificate = draw_up(standard_atlases()[name], jobs=JOBS)
    drawn = perf_counter()
    data = canonical_bytes(certificate)
    verdict = check_bytes(data)
    if verdict.outcome is not Outcome.ACCEPTED:
        raise AssertionError(f"{name} is {verdict.outcome}: {verdict.message}")
    count = sum(1 for _ in cells(certificate))
    return {
        "undecided": rounded(float(undecided_fraction(certificate))),
        "cells": count,
        "wall_seconds": rounded(drawn - start),
        "cells_a_second": rounded(count / (drawn - start)),
        "check_seconds": rounded(perf_counter() - drawn),
        "bytes_a_cell": rounded(len(data) / count),
    }


if __name__ == "__main__":
    print(json.dumps(draw(sys.argv[1])))
