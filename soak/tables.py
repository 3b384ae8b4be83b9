"""Random mutations of audited tables: none may be accepted.

    python -m soak.tables [--mutations N] [--seed S]

A mutation changes a cell, drops, doubles or swaps rows, alters the header, or flips a byte. The certificate
stays as it was.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from verified_grpo.audit.pass_rates import Question, audit_table
from verified_grpo.checker import Outcome
from verified_grpo.checker.tables import ENDING, check_table
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast

Rows = list[list[str]]
Mutation = Callable[[Rows, Random], None]


def cell(rows: Rows, chance: Random) -> None:
    """One character of one cell, or one more."""
    row = chance.choice(rows[1:])
    place = chance.randrange(len(row))
    text = row[place]
    at = chance.randrange(len(text) + 1)
    row[place] = text[:at] + chance.choice("0123456789.-ea") + text[at + chance.randrange(2) :]


def swapped_cells(rows: Rows, chance: Random) -> None:
    """A cell of another row in the same column."""
    one, other = chance.sample(rows[1:], 2)
    place = chance.randrange(len(one))
    one[place], other[place] = other[place], one[place]


def dropped(rows: Rows, chance: Random) -> None:
    """A row is missing."""
    del rows[chance.randrange(1, len(rows))]


def doubled(rows: Rows, chance: Random) -> None:
    """A row stands twice."""
    rows.insert(chance.randrange(1, len(rows) + 1), list(chance.choice(rows[1:])))


def swapped(rows: Rows, chance: Random) -> None:
    """Two rows in each other's places."""
    i, j = chance.sample(range(1, len(rows)), 2)
    rows[i], rows[j] = rows[j], rows[i]


def header(rows: Rows, chance: Random) -> None:
    """Two names in each other's places, or one altered."""
    names = rows[0]
    i, j = chance.sample(range(len(names)), 2)
    if chance.randrange(2):
        names[i], names[j] = names[j], names[i]
    else:
        names[i] += chance.choice("x_ 0")


MUTATIONS: tuple[Mutation, ...] = (cell, cell, cell, swapped_cells, dropped, doubled, swapped, header)


def as_text(rows: Rows) -> str:
    """CSV as it is written by the suite: a text is quoted where it must be."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def read(text: str) -> Rows:
    """What a table says."""
    return [list(row) for row in csv.reader(io.StringIO(text))]


def mutated(text: str, chance: Random) -> tuple[str, str]:
    """A table that says something else, and what was done."""
    while True:
        rows, mutation = read(text), chance.choice(MUTATIONS)
        mutation(rows, chance)
        if rows != read(text):
            return as_text(rows), mutation.__name__


def table(folder: Path, question: Question, size: int) -> Path:
    """An audited table of so many prompts of as many samples, some rates more than once."""
    source, out = folder / "counts.csv", folder / "audited.csv"
    lines = [f"prompt {i},{i * 7 % (size + 1)},{size}" for i in range(size)]
    source.write_text("prompt,k,n\n" + "\n".join(lines) + "\n")
    audit_table(source, question, out=out)
    return out


def main(mutations: int = 10_000, seed: int = 0, out: Callable[[str], object] = print) -> int:
    """How many were missed."""
    chance, found, missed = Random(seed), Counter[str](), 0
    question = Question(Contrast("mean-var"), exact("5"), exact("1e-5"), confidence=exact("0.95"))
    with tempfile.TemporaryDirectory() as name:
        path = table(Path(name), question, 24)
        text = path.read_text()
        assert check_table(path).outcome is Outcome.ACCEPTED
        assert Path(f"{path}{ENDING}").exists()
        for _ in range(mutations):
            changed, how = mutated(text, chance)
            path.write_text(changed)
            verdict = check_table(path)
            found[f"{how}: {verdict.code.value}"] += 1
            if verdict.outcome is not Outcome.REJECTED:
                missed += 1
                out(f"missed: {how}: {verdict.code.value}: {verdict.message}")
    for what, count in sorted(found.items()):
        out(f"{count:>7,}  {what}")
    out(f"{mutations:,} mutations, {missed} missed")
    return missed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sys.exit(bool(main(given.mutations, given.seed)))
