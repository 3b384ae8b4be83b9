"""The audit of a table from the first row to the last: read, solve, write.

It goes by windows of rows, so that memory does not grow with the table, and keeps finished work on disk, so
that a run can be killed at any moment.

Beside the output stands a store while the work is unfinished: a part for every finished window and a journal
of Arb's answers. Its question is that of the table, its bytes and the code: another one begins anew. The
finished table is put together from the parts. A part is looked at before it is believed, and once more before
it goes into the table: its label must be that of its bytes, and its rows those of the table.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import polars as pl

from ...errors import FileError, InputError
from ...intervals.environment import in_sound_floats
from ...work.files import Written, is_stream, move_into
from ...work.fingerprint import fingerprint
from ...work.journal import Journal
from ...work.store import Store, Unit, unfinished
from .bad_row import BadRow
from .certified import certified, plain_counts
from .columns import Asked, Columns, choose, correctness
from .question import Question
from .rates import Rates, grouped, prompts, rates_of
from .rewards import Seen
from .sealing import write_certificate
from .solving import Solver
from .tables import WINDOW, Table, open_table
from .tally import Tally
from .writing import check_output, require_flat

Progress = Callable[[float, int], None]
"""Told how many prompts are done, and of how many."""
Then = Callable[["Audited"], None]


@dataclass(frozen=True)
class Audited:
    """A finished audit: the question, the columns that were read, and what the table says."""

    path: Path
    question: Question
    columns: Columns
    tally: Tally
    remarks: tuple[str, ...] = ()
    """How rewards were read, where that is not plain."""


@in_sound_floats
def audit_table(
    path: Path,
    question: Question,
    *,
    asked: Asked | None = None,
    out: Path | None = None,
    jobs: int = 1,
    progress: Progress = lambda done, total: None,
    then: Then = lambda audited: None,
    window: int = WINDOW,
) -> Audited:
    """Certify every prompt of a table.

    Args:
        path: CSV, JSON lines or Parquet; every row is looked at before the first is solved.
        question: the variant, and what a measured rate is taken for.
        asked: the columns, where they are not to be guessed.
        out: the table with certified columns beside its own; nothing is written without it.
        jobs: processes, or workers of the backend that joblib's ``parallel_config`` names (Dask, Ray): the
            same bytes come out, whatever it is.
        progress: called as prompts are done.
        then: called when the table is written and before the finished work is thrown away.
        window: rows in memory at a time.

    Returns:
        Counts, means and the first prompts at risk.

    Raises:
        InputError: a bad row, column or file, each named; an output that cannot be written, or that is the
            table itself. What was finished is kept for the next run.

    Not proved: that a measured rate is the prompt's probability of success (with a confidence: that the
    interval holds it); anything about rows that are undecided.
    """
    if out is not None:
        check_output(path, out)
    table = open_table(path).reaching((asked or Asked()).names)
    columns, seen = choose(table.names, asked or Asked()), Seen()
    if question.confidence and not columns.has_counts:
        raise InputError("an interval of confidence needs the size of each sample: name it with --n")
    if out is not None and out.suffix.lower() == ".csv" and not columns.reward:
        require_flat(table)
    total = scanned(table, columns, window, seen)
    work = _Work(table, question, columns, jobs, window, _store(table, question, columns, out))
    tally = work.run(lambda done: progress(done, total))
    audited = Audited(path, question, columns, tally, (*seen.remarks, *_passed_over(table, columns)))
    if out is not None:
        work.write(out)
        if not is_stream(out):
            write_certificate(out, question, grouped(columns), tally.prompts)
        then(audited)
        work.forget()
    return audited


def _passed_over(table: Table, columns: Columns) -> list[str]:
    name = correctness(table.names, columns)
    return [f"column {name} is not read: --correct {name} asks what becomes of it"] if name else []


class _Work:
    """Windows solved one after another, each side by side within."""

    def __init__(
        self, table: Table, question: Question, columns: Columns, jobs: int, window: int, store: Store | None
    ) -> None:
        self.table, self.question, self.columns, self.window = table, question, columns, window
        self.store = store
        self.journal = Journal(None if store is None else store.folder, question.words)
        self.solver = Solver(question, jobs=jobs, journal=self.journal)
        self.parts: list[str] = []

    def run(self, progress: Callable[[float], None]) -> Tally:
        tally, read = Tally(self.question.behind), grouped(self.columns)
        try:
            for number, frame in enumerate(prompts(self.table, self.columns, self.window)):
                tally.add(self._window(number, frame, read, tally.prompts, progress), read)
                progress(tally.prompts)
        finally:
            self.journal.close(done=False)
        return tally

    def _window(
        self, number: int, frame: pl.DataFrame, read: Columns, first: int, progress: Callable[[float], None]
    ) -> pl.DataFrame:
        """The certified rows of a window: from its part, or solved and put there."""
        plain, name = plain_counts(frame, read), f"{number:06}.parquet"
        self.parts.append(name)
        kept = None if self.store is None else _kept(self.store, name, plain)
        if kept is not None:
            return kept
        rates = _rates(frame, read, self.question)
        answers = self.solver.solve(rates.distinct, lambda share: progress(first + share * len(frame)))
        found = certified(plain, rates, answers, self.question)
        if self.store is not None:
            data = io.BytesIO()
            found.write_parquet(data)
            self.store.put(name, Unit(data.getvalue(), len(found), _schema(found)))
        return found

    def write(self, out: Path) -> None:
        """The parts as one file, whole or not at all."""
        assert self.store is not None
        self.table.require_unchanged()
        if any(self.store.get(name) is None for name in self.parts):
            raise FileError(f"cannot write {out}: a finished part changed on disk; run it again to go on")
        beside = self.store.path("whole")  # what a kill leaves there goes with the folder
        rows = pl.scan_parquet([self.store.path(name) for name in self.parts], glob=False)
        try:
            with Written(beside) as raw:
                file = cast(IO[bytes], raw)
                if out.suffix.lower() == ".csv":
                    rows.sink_csv(file)
                elif out.suffix.lower() == ".jsonl":
                    rows.sink_ndjson(file)
                else:
                    rows.sink_parquet(file, row_group_size=WINDOW)
        except (OSError, pl.exceptions.PolarsError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise FileError(f"cannot write {out}: {reason.splitlines()[0]}") from None
        move_into(beside, out)

    def forget(self) -> None:
        """Throw the finished work away."""
        if self.store is not None:
            self.store.forget()


def scanned(table: Table, columns: Columns, window: int, seen: Seen) -> int:
    """How many prompts there are; every row is one that can be used.

    Raises:
        InputError: the first that cannot, by its number, from 1.
    """
    total, read = 0, grouped(columns)
    of_step = f"of {columns.steps} {columns.step}: " if columns.step else ""
    try:
        for frame in prompts(table, columns, window, seen):
            try:
                rates_of(frame, read, reduced=True)
            except BadRow as bad:
                raise BadRow(bad.row + total, bad.reason) from None
            total += len(frame)
    except BadRow as bad:
        raise bad.kind(f"{table.path}: {of_step}{bad}") from None
    if not total:
        raise InputError(f"{table.path}: {of_step}the table has no rows")
    return total


def _rates(frame: pl.DataFrame, read: Columns, question: Question) -> Rates:
    return rates_of(frame, read, reduced=not question.confidence)


def _store(table: Table, question: Question, columns: Columns, out: Path | None) -> Store | None:
    """Where unfinished work of this very question is kept; nowhere without an output."""
    if out is None:
        return None
    asked = [question.words, table.digest(), repr(columns), fingerprint()]
    folder = unfinished(out, asked)
    return None if folder is None else Store(folder, asked)


def _kept(store: Store, name: str, plain: pl.DataFrame) -> pl.DataFrame | None:
    """A part that an earlier run finished, if it is whole and has the rows of the table."""
    unit = store.get(name)
    if unit is None:
        return None
    try:
        found = pl.read_parquet(io.BytesIO(unit.data))
    except (OSError, pl.exceptions.PolarsError):
        return None
    whole = (len(found), _schema(found)) == (unit.rows, unit.schema)
    return found if whole and found[:, : plain.width].equals(plain) else None


def _schema(frame: pl.DataFrame) -> str:
    return json.dumps([[name, str(kind)] for name, kind in frame.schema.items()])
