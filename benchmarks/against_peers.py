"""What one could use instead, on jobs that it can do: all in one run.

    python -m benchmarks.against_peers [--triples N] [--rows N] [--rounds N] [--out FILE]

``J1``: all fixed points of random triples one at a time (:mod:`.all_fixed_points`), and many of them in a
sweep (:mod:`.sweeps`); ``J2`` and ``J3``: two pavings (:mod:`.pavings`); a 2-cycle (:mod:`.two_cycles`). The
peers are installed beside the suite, and are never among what it needs. Exit code 1 where two contestants
contradict each other.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verified_grpo.work.files import write_bytes

from . import all_fixed_points, machine, pavings, sweeps, two_cycles
from .cases import random_triples
from .timing import rounded

OUT = Path(__file__).parent / "against_peers.json"
ARB = "verified-grpo, arb"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the file."""
    asked = _parser().parse_args(arguments)
    one_by_one = all_fixed_points.measure(random_triples(asked.triples, 1), asked.rounds)
    jobs: dict[str, Any] = {
        "J1, one at a time": one_by_one,
        "J1, a sweep": sweeps.measure(random_triples(asked.rows, 1), max(2, asked.rounds // 3)),
        **{job: pavings.measure(job, asked.rounds) for job in pavings.JOBS},
        "2-cycle": two_cycles.measure(asked.rounds),
    }
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.against_peers --triples {asked.triples} --rows {asked.rows}"
        f" --rounds {asked.rounds}",
        "machine": machine.facts(),
        "seconds": "of processor time, one thread",
        "jobs": jobs,
        "one_at_a_time_against_the_fastest_peer": _against(one_by_one["contestants"]),
    }
    write_bytes(asked.out, (json.dumps(results, indent=1, ensure_ascii=False) + "\n").encode())
    return 1 if any(job["disagreements"] for job in jobs.values()) else 0


def _against(race: dict[str, Any]) -> float | str:
    """How many times the fastest peer takes longer than the suite with Arb."""
    peers = [row["seconds"]["median"] for name, row in race.items() if _is_peer(name, row)]
    return rounded(min(peers) / race[ARB]["seconds"]["median"]) if peers else "not measured"


def _is_peer(name: str, row: Any) -> bool:
    return not name.startswith("verified-grpo") and not isinstance(row, str)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.against_peers")
    parser.add_argument("--triples", type=int, default=100, help="random triples, one at a time")
    parser.add_argument("--rows", type=int, default=10_000, help="random triples of the sweep")
    parser.add_argument("--rounds", type=int, default=9, help="timed rounds of each contestant")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    return parser


if __name__ == "__main__":
    sys.exit(main())
