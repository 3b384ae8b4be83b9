"""Two pavings, next to what crival, pyintval and codac give on the same window and tolerance in the same run.

    python -m benchmarks.pavings [--rounds N] [--out FILE]

``J2``: where a fixed point attracts, over (log p, log beta) in [-30, log 0.5] x [log 0.1, log 100] to 0.01;
``J3``: where the condition of Theorem 3 (2) holds, over beta in [0.001, 1] and p_ref in [0.5, 0.999] to
0.001; both at eps 1e-5. The suite knows that both boundaries are graphs and traces them; the others search
the plane. What all must agree on is the area inside.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from verified_grpo.model import MEAN_VAR
from verified_grpo.rigor.pavings import GraphPaving, attraction_graph, condition_graph, pave_graph

from . import machine
from .peers import plain_pavings as plain
from .peers.upward import codac
from .timing import rounded, take_turns

OUT = Path(__file__).parent / "pavings.json"
EPS = Fraction(1, 10**5)
JOBS: dict[str, tuple[plain.Window, float]] = {
    "J2": ((-30.0, math.log(0.5), math.log(0.1), math.log(100)), 0.01),
    "J3": ((0.001, 1.0, 0.5, 0.999), 0.001),
}
OURS, CODAC = "verified-grpo, arrays", "codac SepInverse"


def ours(job: str, window: plain.Window, tolerance: float) -> GraphPaving:
    """From the exact eps to the boxes."""
    x_side, y_side = window[:2], window[2:]
    graph = attraction_graph(MEAN_VAR, EPS) if job == "J2" else condition_graph(EPS, x_side[1], y_side[1])
    return pave_graph(graph, x_side, y_side, tolerance)


def counted(job: str, paving: GraphPaving) -> plain.Found:
    """What the peers count: the condition holds above the graph of J2 and below that of J3."""
    inside = paving.above if job == "J2" else paving.below
    return len(paving), len(paving.boundary), inside.approx_area, paving.boundary.approx_area


def contestants(job: str) -> dict[str, tuple[Callable[..., Any], Callable[[Any], plain.Found]] | None]:
    """What is timed, and how its result is counted outside the timing; None where a peer is missing."""
    return {
        OURS: (ours, partial(counted, job)),
        CODAC: (plain.by_codac, plain.counted) if codac else None,
        "crival, plain script": (plain.by_crival, lambda found: found) if plain.ival else None,
        "pyintval, plain script": (plain.by_pyintval, lambda found: found) if plain.pyintval else None,
    }


def measure(job: str, rounds: int) -> dict[str, Any]:
    """Seconds, boxes and areas of all on one job."""
    window, tolerance = JOBS[job]
    entered = contestants(job)
    racing = {name: entry for name, entry in entered.items() if entry is not None}
    work = {name: partial(entry[0], job, window, tolerance) for name, entry in racing.items()}
    times, results = take_turns(work, rounds)
    report: dict[str, Any] = dict.fromkeys(entered, "not installed")
    for name, (_, count) in racing.items():
        boxes, boundary, inside, between = count(results[name])
        report[name] = {
            "seconds": {"min": rounded(min(times[name])), "median": rounded(median(times[name]))},
            "boxes": boxes,
            "boundary_boxes": boundary,
            "area_inside": inside,
            "boundary_area": between,
        }
    return {
        "window": window,
        "tolerance": tolerance,
        "contestants": report,
        "disagreements": disagreements({name: report[name] for name in racing}),
    }


def disagreements(found: dict[str, dict[str, Any]]) -> list[str]:
    """Pairs of which one proves more area inside than the other leaves possible."""
    return [
        f"{name} and {other}"
        for name, one in found.items()
        for other, two in found.items()
        if one["area_inside"] > (two["area_inside"] + two["boundary_area"]) * (1 + 1e-9)
    ]


def aims(report: dict[str, Any]) -> dict[str, bool | str]:
    """Less boundary than codac's, in less time than the fastest peer."""
    mine = report[OURS]
    peers = {k: v for k, v in report.items() if k != OURS and not isinstance(v, str)}
    if CODAC not in peers or len(peers) < 3:
        return {"all peers installed": "not measured"}
    return {
        "less boundary area than codac": mine["boundary_area"] < peers[CODAC]["boundary_area"],
        "faster than the fastest peer": all(
            mine["seconds"]["median"] < peer["seconds"]["median"] for peer in peers.values()
        ),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the file; 1 where two contestants disagree."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pavings")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds of each contestant")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    asked = parser.parse_args(arguments)
    jobs = {job: measure(job, asked.rounds) for job in JOBS}
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.pavings --rounds {asked.rounds}",
        "machine": machine.facts(),
        "seconds": "of processor time, one thread",
        "jobs": jobs,
        "aims": {job: aims(found["contestants"]) for job, found in jobs.items()},
    }
    asked.out.write_text(json.dumps(results, indent=1) + "\n")
    return 1 if any(found["disagreements"] for found in jobs.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
