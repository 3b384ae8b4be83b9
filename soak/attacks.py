"""Mutants of valid certificates, digest made right: does the checker accept one that states something false,
or print a false sentence?

Two ways to make them: a number, word, branch or statement changed at random (what a mutant states may still
be true: an oracle, which never sees the evidence, reads back every sentence that the checker prints of an
accepted one and evaluates it at samples), and numbers moved past the true value by one unit in the last
place, which is false by construction.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.checker.beyond import beyond
from tests.checker.builder import Json, seal
from tests.checker.corpus import FOLDER
from tests.checker.forms import sentences
from tests.checker.kinds.atlas.mutations import atlas_mutant
from tests.checker.kinds.table import KINDS
from tests.checker.mutations import mutant
from tests.checker.sentence_oracle import contradicted_words
from verified_grpo.checker import Code, Outcome, check_bytes
from verified_grpo.checker.paper import NOT_CARRIED

from .ledger import Entry

CHUNK = 500
JOBS = 2
TARGET = 100_000
FILES = (
    "verified_grpo/checker/*.py",
    "tests/checker/[!t]*.py",
    "tests/checker/truth.py",
    "tests/checker/kinds/**/*.py",
    "soak/attacks.py",
)
SLOW = {"chaos": 2, "chaos-region": 4, "cycles": 4}  # their oracles take longer: fewer mutants of them
SHARE_BEYOND = 0.3  # of the mutants
SHARE_ATLAS = 0.5  # of the mutants of atlases are made in ways of their own
SHARE_UNREAD = 0.5  # of mutants of statements of the paper say that nobody has read them
SHARE_RATIONAL = 0.1  # of the mutants are also checked with the second arithmetic


@dataclass
class Survey:
    """By kind of certificate: what became of the mutants; each escape and each disagreement in words."""

    tally: dict[str, Counter[str]] = field(default_factory=dict)
    escapes: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    both: int = 0  # mutants checked with both arithmetics
    sentences: int = 0  # printed of accepted mutants, read back and evaluated

    def total(self, outcome: str) -> int:
        """Over all kinds."""
        return sum(counts[outcome] for counts in self.tally.values())


def survey(count: int, seed: str) -> Survey:
    """Try so many mutants."""
    source = random.Random(seed)
    valid = victims()
    names, donors, found = list(valid), list(valid.values()), Survey()
    kinds = [document["statement"]["kind"] for document in donors]
    weights = [1 / (kinds.count(kind) * SLOW.get(kind, 1)) for kind in kinds]  # as many of each kind
    while count > 0:
        (name,) = source.choices(names, weights)
        document, what, false = _mutant(valid[name], donors, source)
        if document == valid[name]:
            continue
        count -= 1
        data = seal(document)
        verdict = check_bytes(data)
        if verdict.code is Code.CHECKER_FAULT:
            found.escapes.append(f"{name}, {what}: {verdict.message}")
        counts = found.tally.setdefault(valid[name]["statement"]["kind"], Counter())
        counts[verdict.outcome.value] += 1
        counts["beyond the truth"] += false
        if verdict.outcome is Outcome.ACCEPTED:
            read = partial(contradicted_words, verdict.statement_text, document["statement"])
            reason = "moved past the truth" if false else read()
            found.sentences += len(sentences(verdict.statement_text))
            counts["true" if reason is None else "FALSE"] += 1
            if reason is not None:
                found.escapes.append(f"{name}, {what}: {reason}")
        if source.random() < SHARE_RATIONAL:
            found.both += 1
            other = check_bytes(data, "rational")
            if other.outcome is not verdict.outcome:
                found.disagreements.append(f"{name}, {what}: {verdict.code.value}, {other.code.value}")
    return found


def victims() -> dict[str, Json]:
    """The valid certificates that are attacked, of every kind that the oracle knows."""
    files = sorted((FOLDER / "accepted").glob("*.json"))
    known = {path.stem: json.loads(path.read_text()) for path in files}
    return {name: document for name, document in known.items() if document["statement"]["kind"] in KINDS}


def _mutant(document: Json, donors: list[Json], source: random.Random) -> tuple[Json, str, bool]:
    """A mutant, what was done to it, and whether it is false by construction."""
    if source.random() < SHARE_BEYOND:
        moved = beyond(document, source)
        if moved is not None:
            return moved, "a unit beyond", True
    if document["statement"]["kind"] == "atlas" and source.random() < SHARE_ATLAS:
        return *atlas_mutant(document, source), False
    changed, what = mutant(document, donors, source)
    if changed["statement"].get("kind") == "paper-statement" and source.random() < SHARE_UNREAD:
        changed["statement"] |= {"verdict": NOT_CARRIED, "given": []}
        what += ", verdict not carried"
    return changed, what, False


def run(entry: Entry, seed: int, budget: float) -> Iterator[str]:
    """Chunks until the target or the budget is used up, two at a time."""
    end = time.monotonic() + budget
    with ProcessPoolExecutor(JOBS) as pool:
        while time.monotonic() < end and tried(entry) < TARGET:
            first = entry.setdefault("chunks", 0)
            seeds = [f"{seed} {number}" for number in range(first, first + JOBS)]
            for found in pool.map(survey, [CHUNK] * JOBS, seeds):
                _add(entry, found)
            yield f"attacks: {tried(entry):,} mutants, {len(entry['escapes'])} false ones accepted"


def _add(entry: Entry, found: Survey) -> None:
    """One chunk more in the ledger's entry."""
    entry["chunks"] += 1
    for kind, counts in found.tally.items():
        row: dict[str, Any] = entry.setdefault("kinds", {}).setdefault(kind, {})
        for outcome, number in counts.items():
            row[outcome] = row.get(outcome, 0) + number
    for key in ("both", "sentences"):
        entry[key] = entry.get(key, 0) + getattr(found, key)
    for key in ("escapes", "disagreements"):
        entry[key] = entry.get(key, []) + getattr(found, key)


def tried(entry: Entry) -> int:
    """Mutants so far."""
    outcomes = ("accepted", "rejected", "declined")
    return sum(row.get(o, 0) for row in entry.get("kinds", {}).values() for o in outcomes)
