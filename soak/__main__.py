"""`python -m soak`: run the parts asked for (all by default), keep the ledger, write the manual's page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from . import attacks, containment, faults, fuzz, proved, proved_rows, sizes
from .ledger import FOLDER, Entry, entry, load, save
from .page import write_page

Part = Callable[[Entry, int, float], Iterator[str]]

PARTS: dict[str, tuple[Part, Sequence[str], float]] = {  # what runs it, what its counts speak of, its share
    "sizes": (lambda held, seed, budget: _sizes(held), sizes.FILES, 0),
    "faults": (lambda held, seed, budget: faults.run(held), faults.FILES, 0),
    "attacks": (attacks.run, attacks.FILES, 0.4),
    "proved": (proved.run, proved.FILES, 0.1),
    "proved_rows": (proved_rows.run, proved_rows.FILES, 0.05),
    "containment": (containment.run, ("soak/containment.py",), 0.35),
    "fuzz": (fuzz.run, fuzz.FILES, 0.1),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when nothing was found, 1 when something was: what it is stands in the ledger and on the page."""
    asked = _parser().parse_args(arguments)
    ledger, shares = load(), {name: PARTS[name][2] for name in asked.parts or PARTS}
    for name in asked.parts or PARTS:
        work, files, share = PARTS[name]
        held = entry(ledger, name, files, asked.seed)
        start, budget = time.monotonic(), asked.budget * share / (sum(shares.values()) or 1)
        for progress in work(held, asked.seed, budget):
            sys.stderr.write(progress + "\n")
            held["seconds"] = round(held.get("seconds", 0) + time.monotonic() - start, 1)
            start = time.monotonic()
            save(name, held)
            write_page(load())  # as it will be read again: a run that is stopped leaves both alike
    bad = found(load())
    sys.stderr.write("".join(f"FOUND: {line}\n" for line in bad) + f"ledger: {FOLDER}\n")
    return 1 if bad else 0


def found(ledger: dict[str, Entry]) -> list[str]:
    """Everything in the ledger that must not be there."""
    held = {name: ledger.get(name, {}) for name in PARTS}
    bad = [*held["attacks"].get("escapes", []), *held["attacks"].get("disagreements", [])]
    bad += proved.found(held["proved"]) + held["proved_rows"].get("rows", {}).get("escapes", [])
    bad += [f"nobody noticed: {k}" for k, r in held["faults"].get("rows", {}).items() if r["by"] == "nobody"]
    bad += [f"violations: {k}" for k, r in held["containment"].get("rows", {}).items() if r.get("violations")]
    bad += [f"fuzzing {k}" for k, r in held["fuzz"].get("rows", {}).items() if r["findings"]]
    return bad


def _sizes(held: Entry) -> Iterator[str]:
    sizes.measure(held)
    yield "sizes: measured"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts; all without any")
    parser.add_argument(
        "--budget", type=float, default=3600, help="seconds for all parts but the planted faults"
    )
    parser.add_argument("--seed", type=int, default=2026, help="another seed begins new counts")
    return parser


if __name__ == "__main__":
    sys.exit(main())
