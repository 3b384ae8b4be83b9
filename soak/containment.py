"""Every interval operation of every engine, by the million: does the result contain the exact image?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from . import arrays, scalars
from .double_cases import OPERATIONS
from .ledger import Entry, digest
from .tally import Tally

TARGET = 10**8
# what each arithmetic's counts speak of
CODE = {
    "mpmath": ("elementary", "fixed_point", "mpmath_engine", "raw_mpf"),
    "arb": ("arb_engine",),
    "array": ("array_engine", "environment"),
    "crival": (),
}
_SHARED = ("soak/scalars.py", "soak/arrays.py", "soak/double_cases.py", "soak/float_oracle.py")


def files(subject: str) -> tuple[str, ...]:
    """The sources that the counts of an arithmetic speak of."""
    if subject == "rational":
        return ("verified_grpo/checker/rational.py", "verified_grpo/checker/elementary.py", *_SHARED)
    return (*(f"verified_grpo/intervals/{name}.py" for name in CODE[subject]), *_SHARED)


def pairs() -> list[tuple[str, str, Callable[[str, str, str], Tally]]]:
    """Every arithmetic with each of its operations and what runs a chunk."""
    listed = [(s, name, scalars.chunk) for s in scalars.SUBJECTS for name in scalars.OPERATIONS[s]]
    return [*listed, *((s, name, arrays.chunk) for s in arrays.available() for name in OPERATIONS)]


def run(entry: Entry, seed: int, budget: float, target: int = TARGET) -> Iterator[str]:
    """Chunks in turn, from where the ledger stands, until the budget or the target is used up."""
    rows: dict[str, Any] = entry.setdefault("rows", {})
    codes = {subject: digest(files(subject)) for subject in {s for s, _, _ in pairs()}}
    for key in [key for key, row in rows.items() if row["code"] != codes.get(key.partition(" ")[0])]:
        del rows[key]
    end = time.monotonic() + budget
    while time.monotonic() < end and total(entry) < target:
        for subject, name, chunk in pairs():
            row = rows.setdefault(f"{subject} {name}", {"chunks": 0, "code": codes[subject]})
            tally = chunk(subject, name, f"{seed} {subject} {name} {row['chunks']}")
            tally.add_to(row)
            row["chunks"] += 1
        yield f"containment: {total(entry):,} cases, {violations(entry)} violations"


def total(entry: Entry) -> int:
    """Cases so far."""
    return sum(row.get("cases", 0) for row in entry.get("rows", {}).values())


def violations(entry: Entry) -> int:
    """Violations so far."""
    return sum(row.get("violations", 0) for row in entry.get("rows", {}).values())
