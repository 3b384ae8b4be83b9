"""Measure everything in one run and write one JSON.

    python -m benchmarks [--triples N] [--rounds N] [--digits N ...] [--seed N] [--out FILE]

Every result is given in seconds and as a ratio (``times_faster``) against plain ``mpmath.iv`` on the same
case in the same run. Exit code 1 when two contestants that claim completeness disagree.
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

from . import all_fixed_points, box_proofs, checking, machine, many_digits, memory, start
from .cases import random_triples

DEFAULT_OUT = Path(__file__).parent / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all measurements; progress goes to the standard error stream."""
    asked = _parser().parse_args(arguments)
    triples = random_triples(asked.triples, asked.seed)
    results: dict[str, Any] = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks --triples {asked.triples} --rounds {asked.rounds}"
        f" --seed {asked.seed} --digits {' '.join(map(str, asked.digits))}",
        "seed": asked.seed,
        "machine": machine.facts(),
        "seconds": "of processor time, one thread; `start` is wall-clock",
        "ratios": "times_faster: time of plain mpmath.iv on the same case in this run, divided by the time",
    }
    _say("all fixed points")
    results["all_fixed_points"] = race = all_fixed_points.measure(triples, asked.rounds)
    _say("many digits")
    results["many_digits"] = [many_digits.measure(digits, asked.rounds) for digits in asked.digits]
    _say("box proofs")
    results["box_proofs"] = box_proofs.measure(asked.rounds)
    _say("checking")
    yardstick = race["contestants"][all_fixed_points.YARDSTICK]["seconds"]
    results["checking"] = checking.measure(triples, asked.rounds, [yardstick["min"], yardstick["median"]])
    _say("start and memory")
    results["start"] = start.measure(asked.rounds)
    results["memory"] = memory.measure(asked.triples, asked.seed, max(asked.digits))
    results["aims"] = aims(race["contestants"], results["memory"])
    write_bytes(asked.out, (json.dumps(results, indent=1, ensure_ascii=False) + "\n").encode())
    _say(json.dumps(results["aims"], indent=1))
    return 1 if race["disagreements"] else 0


def aims(race: dict[str, Any], memory_use: dict[str, Any]) -> dict[str, Any]:
    """What was asked, what was measured, whether it is met; `not measured` without the peer."""
    arb, mpmath = (race[f"verified-grpo, {engine}"] for engine in ("arb", "mpmath"))
    found = {
        "Arb engine against plain mpmath.iv": _aim(40, arb["times_faster"]["median"]),
        "mpmath engine against plain mpmath.iv": _aim(4, mpmath["times_faster"]["median"]),
    }
    for name in ("codac contractor", "pyintval Newton"):
        peer = race[name]
        measured = None if isinstance(peer, str) else peer["seconds"]["median"] / arb["seconds"]["median"]
        found[f"Arb engine against {name}"] = _aim(1, measured)
    peaks = [x for x in memory_use["peak"].values() if isinstance(x, float)]
    found["memory in MB"] = {
        "asked_below": memory.LIMIT,
        "measured": max(peaks),
        "met": max(peaks) < memory.LIMIT,
    }
    return found


def _aim(least: float, measured: float | None) -> dict[str, Any]:
    if measured is None:
        return {"asked_times_faster": least, "measured": "not measured"}
    return {"asked_times_faster": least, "measured": round(measured, 2), "met": measured >= least}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure speed and memory; write one JSON."
    )
    parser.add_argument("--triples", type=int, default=100, help="random parameter triples")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds of each contestant")
    parser.add_argument(
        "--digits", type=int, nargs="+", default=[1_000, 10_000], help="digits of the long runs"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the random triples")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="file of the results")
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
