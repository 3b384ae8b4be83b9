"""Speed where one waits for it: triples against the cost of their calls of Arb, checking against proving with
the same arithmetic, and digits from 15 to 10,000 in exponentials of Arb.

    python -m benchmarks.felt [--triples N] [--rounds N] [--digits N ...] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.work.files import write_bytes

from . import arb_alone, machine
from .cases import THREE_ROOTS, Triple, random_triples
from .checking import prove_all
from .many_digits import exponential
from .suite import forget, solver
from .timing import rounded, take_turns

OUT = Path(__file__).parent / "felt.json"
VALUES = 40
DIGITS = [round(15 * (10_000 / 15) ** (k / (VALUES - 1))) for k in range(VALUES)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the file."""
    asked = _parser().parse_args(arguments)
    triples = random_triples(asked.triples, 1)
    results = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.felt --triples {asked.triples} --rounds {asked.rounds}",
        "machine": machine.facts(),
        "seconds": "of processor time, one thread",
        "triples": arb_alone.measure(triples, asked.rounds),
        "checking_with_arb": checking(triples, asked.rounds),
        "digits": digits(asked.digits, asked.rounds),
    }
    write_bytes(asked.out, (json.dumps(results, indent=1) + "\n").encode())
    return 0


def checking(triples: Sequence[Triple], rounds: int) -> dict[str, Any]:
    """Seconds to prove and write fixed points, and to check them, both with Arb."""
    proofs = prove_all(triples)
    times, _ = take_turns(
        {"prove": partial(prove_all, triples), "check": partial(_check_all, proofs)},
        rounds,
        {"prove": forget, "check": lambda: None},
    )
    least = {name: min(spent) / len(triples) * 1e6 for name, spent in times.items()}
    return {
        **{f"{name}_microseconds": rounded(spent) for name, spent in least.items()},
        "check_over_prove": rounded(least["check"] / least["prove"]),
    }


def _check_all(proofs: Sequence[bytes]) -> None:
    if any(check_bytes(data, "arb").outcome is not Outcome.ACCEPTED for data in proofs):
        raise AssertionError("a certificate of the benchmark is not accepted")


def digits(asked: Sequence[int], rounds: int) -> dict[str, Any]:
    """Of a triple with three fixed points: seconds, and exponentials of Arb at the same precision."""
    rows = [_digits(number, rounds) for number in asked]
    growth = [b["seconds"] / a["seconds"] for a, b in pairwise(rows)]
    cliffs = [b["exponentials"] / a["exponentials"] for a, b in pairwise(rows)]
    return {
        "rows": rows,
        "seconds_grow_at_most_between_neighbours": rounded(max(growth, default=1.0)),
        "exponentials_grow_at_most_between_neighbours": rounded(max(cliffs, default=1.0)),
    }


def _digits(number: int, rounds: int) -> dict[str, Any]:
    solve = solver("arb", number)
    times, _ = take_turns({"prove": partial(solve, THREE_ROOTS)}, rounds, {"prove": forget})
    one = min(exponential(number * 10 // 3 + 64) for _ in range(rounds))
    return {
        "digits": number,
        "seconds": rounded(min(times["prove"])),
        "exponentials": rounded(min(times["prove"]) / one),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.felt")
    parser.add_argument("--triples", type=int, default=100, help="random triples")
    parser.add_argument("--rounds", type=int, default=9, help="timed rounds of each")
    parser.add_argument("--digits", type=int, nargs="+", default=DIGITS, help="digits of one triple")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the results")
    return parser


if __name__ == "__main__":
    sys.exit(main())
