"""Mutants of rows of audited tables, through Arb, rationals and the checker proved in Coq.

A mutant says something else in one cell that the suite wrote. The table of one row that it makes is sealed
anew, so that a checker in Python speaks of the row and not of the root. What is proved of a row and false, by
construction or at samples, is an escape.
"""

from __future__ import annotations

import csv
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.checker.beyond import VALUE_DIGITS, past
from tests.checker.builder import Json
from tests.checker.kinds.small_steps import contradicted, least_fixed_point
from tests.checker.oracle import sampled_points
from tests.checker.truth import fixed_points, mp, number, sigma
from verified_grpo.audit.pass_rates import Question, audit_table
from verified_grpo.audit.pass_rates.columns import Columns
from verified_grpo.audit.pass_rates.sealing import write_certificate
from verified_grpo.certificates.builders import variant
from verified_grpo.checker.tables import ENDING, check_table
from verified_grpo.export import proved
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast

from .deciding import counted, state_of_rows
from .ledger import Entry
from .proved import CHUNK, SHARE_BEYOND, TARGET, library
from .three import ACCEPTED, Row

FILES = ("soak/three.py", "soak/proved_rows.py")
"""How mutants are made and counted; the counts are of what decides rows, too."""
PAPER = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"))
QUESTIONS = (
    PAPER,
    replace(PAPER, confidence=exact("0.95")),
    replace(PAPER, beta=Fraction(1), alpha=exact("0.3")),
    Question(Contrast("mean-std"), Fraction(2), exact("1e-4")),
    Question(Contrast("mean"), exact("0.5"), exact("1e-5"), confidence=exact("0.9")),
    Question(Contrast("group", 4, 1), exact("0.6"), exact("1e-4")),
)
RATES = [(k, n) for n in (4, 16, 100) for k in range(1, n, max(1, n // 10))]
SECONDS = 5.0  # of the processor, for a row
BEYOND = "a unit beyond"
SLACK = mp.mpf(10) ** -35
VALUES: dict[str, Callable[[Any], Any]] = {
    "logit": lambda x: x,
    "p": sigma,
    "one_minus_p": lambda x: sigma(-x),
}
Cells = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A question, and the rows that the suite wrote for it."""

    question: Question
    path: Path
    rows: list[Cells]

    @classmethod
    def of(cls, question: Question, folder: Path) -> Table:
        """Audited in a folder of its own."""
        folder.mkdir()
        source, out = folder / "counts.csv", folder / "audited.csv"
        source.write_text("prompt,k,n\n" + "".join(f"{i},{k},{n}\n" for i, (k, n) in enumerate(RATES)))
        audit_table(source, question, out=out)
        with out.open(newline="") as stream:
            return cls(question, out, list(csv.DictReader(stream)))

    def write(self, rows: list[Cells]) -> None:
        """Other rows in place of these; the certificate stays."""
        with self.path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, list(self.rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def codes(self, row: Cells) -> tuple[str, str]:
        """Of both arithmetics on the sealed table of one row."""
        certificate = self.path.with_name(self.path.name + ENDING)
        before = certificate.read_bytes()
        self.write([row])
        write_certificate(self.path, self.question, Columns(k="k", n="n"), 1)
        arb, rational = (check_table(self.path, name).code.value for name in ("arb", "rational"))
        certificate.write_bytes(before)
        return arb, rational

    def mutant(self, source: random.Random) -> tuple[Cells, str]:
        """A row that says something else in one cell of the suite's, and what was done."""
        row = dict(source.choice(self.rows))
        if source.random() < SHARE_BEYOND and (moved := self._beyond(row, source)):
            return row | moved, BEYOND
        while True:
            name = source.choice([name for name in row if name.startswith("certified_") and row[name]])
            changed = _edited(row[name], source) if source.random() < 0.7 else source.choice(self.rows)[name]
            if changed != row[name]:
                return row | {name: changed}, name

    def _beyond(self, row: Cells, source: random.Random) -> Cells | None:
        """An end of a bracket just past the least fixed point of the row's own rate."""
        name, end = source.choice(list(VALUES)), source.choice(("low", "high"))
        if row["certified_verdict"] != "rises" or not row[f"certified_{name}_{end}"]:
            return None
        question = self.question
        point = {"alpha": str(question.alpha), "beta": str(question.beta), "eps": str(question.eps)}
        point["p_ref"] = f"{row['k']}/{row['n']}"
        value = VALUES[name](least_fixed_point(dict(variant(question.contrast)), point))
        digits = source.randrange(12, VALUE_DIGITS)
        return {f"certified_{name}_{end}": past(value, digits, up=end == "low")}


def _edited(text: str, source: random.Random) -> str:
    """One digit another, a factor, or a unit in the last place; words are cut."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text[: source.randrange(len(text))]
    if source.random() < 0.3:
        return (
            f"{text}e{source.choice((-9, -1, 1, 9))}" if "e" not in text and "/" not in text else f"-{text}"
        )
    place = source.choice(places) if source.random() < 0.5 else places[-1]
    return text[:place] + source.choice("0123456789") + text[place + 1 :]


def false(statement: Json) -> str | None:
    """Why what is printed of a row is false, as far as samples tell."""
    step = statement["largest_step"] or "0"
    rises = {**statement, "kind": "small-steps", "verdict": "rises", "largest_step": [step, "1e999"]}
    if reason := contradicted(rises):
        return reason
    for point in sampled_points(statement["parameters"]):
        zeros = fixed_points(statement["variant"], point)
        if statement["fixed_points"] not in ([], len(zeros)):
            return "the number of fixed points"
        if statement["gain"]:
            gain, (low, high) = sigma(zeros[0]) - number(point["p_ref"]), map(number, statement["gain"])
            if not low - SLACK <= gain <= high + SLACK:
                return "the gain"
    return None


def run(held: Entry, seed: int, budget: float) -> Iterator[str]:
    """Mutants of all tables in turns, until the target or the budget is used up."""
    vcheck, end = proved.program(library()), time.monotonic() + budget
    kept = held["rows"] = counted(held.get("rows"), state_of_rows())
    row = Row(kept["counts"], kept["causes"], kept["escapes"])
    with tempfile.TemporaryDirectory() as name:
        tables = [Table.of(question, Path(name) / str(k)) for k, question in enumerate(QUESTIONS)]
        while time.monotonic() < end and sum(row.counts.values()) < TARGET:
            source = random.Random(f"rows {seed} {kept['chunks']}")
            compare(row, tables[kept["chunks"] % len(tables)], source, vcheck)
            kept["chunks"] += 1
            yield f"proved rows: {sum(row.counts.values()):,} mutants"


def compare(row: Row, table: Table, source: random.Random, vcheck: Path) -> None:
    """A chunk of mutants of a table, together through the program, one by one through Python."""
    mutants = [table.mutant(source) for _ in range(CHUNK)]
    table.write([cells for cells, _ in mutants])
    answers = proved.said(vcheck, [table.path], SECONDS)
    for line, (cells, what) in zip(list(answers), mutants, strict=True):
        arb, rational = table.codes(cells)
        statement = proved.statement_of(line)
        if statement and (reason := _false(statement, what, arb)):
            row.escapes.append(f"{what}: {reason}")
        arb, rational = (code if code == ACCEPTED else f"{code}, {what}" for code in (arb, rational))
        row.compare(statement is not None, arb, rational, what)


def _false(statement: Json, what: str, arb: str) -> str | None:
    if what == BEYOND:
        return "moved past the truth"
    return None if arb == ACCEPTED else false(statement)
