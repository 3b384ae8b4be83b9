"""Processor time of commands that answer at once, from the start of the process to its end.

    python -m benchmarks.starts [NAME=CHECKOUT ...]

Checkouts, this one and others, are measured in turns, so that what else the machine does concerns all alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from .timing import rounded

ROOT = Path(__file__).parents[1]
ROUNDS = 3
POINT = ["--beta", "5", "--eps", "1e-5", "--p-ref", "0.001"]
COMMANDS = {
    "--version": ["--version"],
    "check": ["check", str(ROOT / "tests/certificates/accepted/amplification.json")],
    "fixed-points": ["fixed-points", *POINT, "--engine", "arb"],
    "limit": ["limit", *POINT, "--engine", "arb"],
    "audit --property": [
        "audit",
        "--property",
        "contraction",
        *POINT[2:4],
        "--beta",
        "61:70",
        "--p-ref",
        "0.3:0.4",
    ],
}


def measure(checkouts: dict[str, Path], rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Seconds of the processor, the least of some rounds, by command and checkout."""
    return {
        name: {which: rounded(least) for which, least in _in_turns(words, checkouts, rounds).items()}
        for name, words in COMMANDS.items()
    }


def _in_turns(words: list[str], checkouts: dict[str, Path], rounds: int) -> dict[str, float]:
    found: dict[str, list[float]] = {which: [] for which in checkouts}
    for _ in range(rounds):
        for which, place in checkouts.items():
            found[which].append(_seconds(words, place))
    return {which: min(times) for which, times in found.items()}


def _seconds(words: list[str], place: Path) -> float:
    """Of one process, whose libraries are compiled and whose files are in memory after the first."""
    before = os.times()
    subprocess.run(
        [sys.executable, "-m", "verified_grpo.cli", *words],
        check=True, stdout=subprocess.DEVNULL, cwd=place, env={**os.environ, "PYTHONPATH": str(place)},
    )  # fmt: skip
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main(others: list[str]) -> None:
    """Print them."""
    named = {name: Path(path).resolve() for name, _, path in (other.partition("=") for other in others)}
    print(json.dumps(measure({"here": ROOT, **named}), indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
