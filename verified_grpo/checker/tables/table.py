"""From a table and the certificate beside it to a verdict.

Rows are read one after another, each is hashed, and what it claims of a rate that was not met before is
proved again; memory does not grow with the table. What a row may cost is bounded by its length and by the
numbers in it that are paid for (samples, steps); so fuel is for the certificate, and for each row anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from os import PathLike, fspath

from verified_grpo.checker.arithmetic import another_than, using
from verified_grpo.checker.check import read_file, reason
from verified_grpo.checker.diagnostics import Code, Fault, Verdict, require
from verified_grpo.checker.fuel import DEFAULT, fuelled
from verified_grpo.checker.numbers import exact, interval, logit, precision, precision_bits
from verified_grpo.checker.reading import (
    file_name,
    fingerprint,
    items,
    mapping,
    printable,
    read_document,
    record,
    tag,
    text,
)
from verified_grpo.checker.tables.judge import Judge
from verified_grpo.checker.tables.merkle import Sibling, Tree, leaf, root_of, side_of
from verified_grpo.checker.tables.profile import Profile
from verified_grpo.checker.tables.question import OURS, Question, words
from verified_grpo.checker.tables.rows import Beyond, Cells, Row, Unfit, encoded, read_rows

ENDING = ".certificate.json"
READ_HERE = (".csv", ".jsonl")
SUFFIXES = (*READ_HERE, ".parquet")
MARKS = 1024
"""Parts of a table, each with a mark of its own, so that a change is found where it is."""
MARK = 8
"""Hexadecimal digits of a mark: enough to find a place; that nothing changed, the root says."""
KEPT = 1 << 16
"""Claims that are remembered, so that equal rows are judged once."""
_HALF = Fraction(1, 2)
_RULES = {"reverse": "profile", "k3": "concave", "none": "no-pull"}
Source = Callable[[str], Iterator[Cells]]


@dataclass(frozen=True)
class Sample:
    """So many rows, drawn by a seed: those with the least SHA-256 of seed and a counter, modulo the rows."""

    size: int
    seed: int = 0

    def of(self, rows: int) -> frozenset[int]:
        """Their numbers, from 1."""
        found: set[int] = set()
        counter = 0
        while len(found) < min(self.size, rows):
            drawn = hashlib.sha256(f"{self.seed}:{counter}".encode()).digest()
            found.add(int.from_bytes(drawn, "big") % rows + 1)
            counter += 1
        return frozenset(found)


def certificate_of(path: str | PathLike[str]) -> str | None:
    """The certificate that lies beside a table, by its name; of another file nothing."""
    name = fspath(path)
    if name.lower().endswith(SUFFIXES):
        return name + ENDING
    return name if name.lower().endswith(tuple(suffix + ENDING for suffix in SUFFIXES)) else None


def check_table(
    path: str | PathLike[str],
    arithmetic: str | None = None,
    *,
    fuel: int = DEFAULT,
    sample: Sample | None = None,
    source: Source | None = None,
) -> Verdict:
    """The verdict on a table and the certificate beside it: never an exception.

    `source` yields the header and the rows of a table that the standard library cannot read. ACCEPTED means
    that what the verdict's text says of the rows is established; with a sample, of the rows drawn.
    """
    verdict, name = partial(Verdict), fspath(path)
    if name.lower().endswith(ENDING):
        name = name[: -len(ENDING)]
    try:
        with fuelled(fuel):
            document = read_document(read_file(name + ENDING))
            statement, own = document["statement"], text(document["digest"], "digest")
            engine = text(mapping(document["provenance"], "provenance")["engine"], "")
            used = arithmetic or another_than(engine)
            verdict = partial(verdict, engine=engine, arithmetic=used, digest=own)
            verdict = partial(verdict, claim=statement, claim_digest=fingerprint(statement))
            with using(used):
                question = Question.read(statement)
                drawn = None if sample is None else sample.of(question.rows)
                verdict = partial(verdict, statement_text=words(statement, question, _checked(sample)))
                evidence, bits = _evidence(document["evidence"], question)
                with precision(bits):
                    judge = Judge(question, _profile(question, evidence))
                    marks = text(evidence["marks"], "evidence.marks")
                    reading = _Reading(question, judge, marks, drawn, fuel)
                    rows = source or _source(name)
                    found = reading.through(rows(name))
        return partial(verdict, found=found)(*reading.answer())
    except Exception as error:
        return verdict(*reason(error))


def included(cells: Cells, number: int, rows: int, root: str, path: Iterable[Sibling]) -> bool:
    """Whether these cells are those of a row of the table with a root, by a proof of inclusion."""
    siblings = list(path)
    if "".join(side for side, _ in siblings) != side_of(number, rows + 1):
        return False
    return "sha256:" + root_of(leaf(encoded(cells)), siblings).hex() == root


def _source(name: str) -> Source:
    readable = name.lower().endswith(READ_HERE)
    require(
        readable, Code.UNKNOWN_FORMAT, f"{file_name(name)} is read by the whole suite: verified-grpo check"
    )
    return read_rows


def _checked(sample: Sample | None) -> str:
    if sample is None:
        return ""
    drawn = f"ONLY {sample.size} of its rows, drawn by the seed {sample.seed}, were checked"
    return f"{drawn}: what follows is of these."


def _evidence(value: object, question: Question) -> tuple[dict[str, object], int]:
    """Which rule carries the rows, and what goes with it."""
    rule = tag(value, "evidence", "rule", tuple(_RULES.values()))
    wanted = _RULES[question.regulariser]
    require(rule == wanted, Code.WRONG_RULE, f"the rule {rule!r} is not that of {question.regulariser}")
    extra = ("turns", "end") if rule == "profile" else ()
    optional = ("start",) if rule == "profile" else ()
    fields = record(value, "evidence", ("rule", "bits", "marks", *extra), optional)
    return fields, precision_bits(fields["bits"], "evidence.bits")


def _profile(question: Question, evidence: dict[str, object]) -> Profile | None:
    question.require_facts()
    if question.regulariser != "reverse":
        return None
    turns = [interval(turn, "evidence.turns") for turn in items(evidence["turns"], "evidence.turns")]
    start = logit(evidence["start"], "evidence.start") if "start" in evidence else None
    return Profile(question.recursion(_HALF), turns, exact(evidence["end"], "evidence.end"), start)


class _Reading:
    """The rows of a table as they are read: their root, their marks, and whether each follows."""

    def __init__(
        self, question: Question, judge: Judge, marks: str, drawn: frozenset[int] | None, fuel: int
    ) -> None:
        self.question, self.judge, self.marks, self.fuel = question, judge, marks, fuel
        self.drawn, self.tree = drawn, Tree(sorted(drawn or ()))
        self.beyond: tuple[int, str] | None = None
        self.open = 0
        self._met: set[tuple[object, ...]] = set()
        self._part = hashlib.sha256()
        self._size = part_size(question.rows)

    def through(self, rows: Iterator[Cells]) -> tuple[tuple[str, str], ...]:
        """All of them; what a sample's rows need to be found in the root."""
        question, number = self.question, 0
        header = next(rows, None)
        same = header is not None and tuple(header) == question.columns
        require(same, Code.TABLE_CHANGED, "the header is not that of the certificate")
        assert header is not None
        self.tree.add(leaf(encoded(header)))
        places = {str(name): place for place, name in enumerate(header)}
        claims = [places[name] for name in _claiming(question) if name in places]
        for number, cells in enumerate(rows, 1):
            require(number <= question.rows, Code.TABLE_CHANGED, f"row {number}: there are {question.rows}")
            data = leaf(encoded(cells))
            if self.drawn is None or number in self.drawn:
                self._judge(number, places, cells, tuple(repr(cells[place]) for place in claims))
            self.tree.add(data)
            self._mark(number, data)
        whole = number == question.rows
        require(whole, Code.TABLE_CHANGED, f"it ends after row {number}, and there are {question.rows}")
        root = "sha256:" + self.tree.root().hex()
        require(root == question.root, Code.TABLE_CHANGED, "its root is not that of the certificate")
        return tuple(
            (str(n), " ".join(side + sibling.hex() for side, sibling in self.tree.paths[n]))
            for n in sorted(self.drawn or ())
        )

    def answer(self) -> tuple[Code, str]:
        """On a table that was read to its end."""
        if self.beyond is not None:
            number, what = self.beyond
            return Code.ROW_OPEN, f"row {number} and {self.open - 1} others: {what}: no rule here is about it"
        count = self.question.rows if self.drawn is None else len(self.drawn)
        return Code.ACCEPTED, f"{count:,} rows follow, and the root is that of the certificate"

    def _judge(self, number: int, places: dict[str, int], cells: Cells, claim: tuple[object, ...]) -> None:
        if claim in self._met:
            return
        try:
            with fuelled(self.fuel):
                self.judge.check(Row(places, cells))
        except Unfit as unfit:
            raise Fault(Code.ROW_NOT_PROVED, f"row {number}, {printable(str(unfit))}") from None
        except Beyond as beyond:
            self.beyond, self.open = self.beyond or (number, str(beyond)), self.open + 1
            return
        except Fault as fault:
            raise Fault(fault.code, f"row {number}: {fault}") from None
        if len(self._met) == KEPT:
            self._met.clear()
        self._met.add(claim)

    def _mark(self, number: int, data: bytes) -> None:
        """At the end of each part: whether it is the one of the certificate."""
        self._part.update(data)
        if number % self._size and number != self.question.rows:
            return
        first = (number - 1) // self._size * self._size + 1
        place = (number - 1) // self._size * MARK
        same = self.marks[place : place + MARK] == self._part.hexdigest()[:MARK]
        where = f"row {number}" if first == number else f"rows {first} to {number}"
        require(same, Code.TABLE_CHANGED, f"{where}: not what the certificate was made for")
        self._part = hashlib.sha256()


def part_size(rows: int) -> int:
    """Rows of a part that has a mark."""
    return max(1, -(-rows // MARKS))


def _claiming(question: Question) -> list[str]:
    """The columns that a row's claims are read from."""
    rates = question.rates
    named = [name for name in (rates.k, rates.rate, rates.n) if name]
    return named + [name for name in question.columns if name.startswith(OURS)]


def seal_rows(rows: Iterator[Cells], count: int) -> tuple[list[str], str, str]:
    """Of a table's rows, the header before them: its columns, root and marks."""
    header = next(rows)
    tree, marks, part, size = Tree(), [], hashlib.sha256(), part_size(count)
    tree.add(leaf(encoded(header)))
    for number, cells in enumerate(rows, 1):
        data = leaf(encoded(cells))
        tree.add(data)
        part.update(data)
        if number % size == 0 or number == count:
            marks.append(part.hexdigest()[:MARK])
            part = hashlib.sha256()
    return [str(name) for name in header], "sha256:" + tree.root().hex(), "".join(marks)
