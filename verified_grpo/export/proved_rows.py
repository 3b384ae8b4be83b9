"""Rows of audited tables by the checker that is proved in Coq (``accepted_row_holds``).

Proved of a row is the statement that the program prints of it: the least fixed point for its ``p_ref``, what
is gained, steps that rise to it, how many fixed points there are. That ``p_ref`` is the row's own rate, its
note, and the root of the table are the independent checker's business.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import proved
from .proved import Answer

ENDING = ".certificate.json"
SECONDS = 1800.0
"""For a table; rows that are not reached by then are not proved."""
_OPTIONAL = ("gain", "largest_step", "fixed_points")
_SHOWN = 5


def table_of(path: Path) -> Path | None:
    """The table of CSV that a path names, by itself or by its certificate; None where it names none."""
    name = path.name.removesuffix(ENDING)
    return path.with_name(name) if name.lower().endswith((".csv", ".jsonl", ".parquet")) else None


def check_rows(table: Path, vcheck: Path | None = None, *, seconds: float | None = None) -> Answer:
    """What is proved of a table and the certificate beside it.

    ``proved``: of every row that states a limit, all that it states of it but for columns that are named in
    the message; the statement holds each, with the row's number. Rows that state none are counted.

    Raises:
        FileError: the table or its certificate cannot be read.
        InputError: as :func:`proved.program`.
    """
    data = proved.bytes_of(table)
    if reason := _not_covered(table, proved.bytes_of(table.with_name(table.name + ENDING))):
        return Answer("declined", None, reason)
    try:
        cells = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return Answer("not proved", None, "the table is not CSV in UTF-8")
    limit = SECONDS if seconds is None else seconds
    lines = _in_time(vcheck or proved.program(), table.absolute(), len(cells), limit)
    proofs = {k: told for k, line in enumerate(lines) if (told := proved.statement_of(line))}
    failed = [k + 1 for k, line in enumerate(lines) if line.startswith("not proved")]
    said = [f"{len(proofs):,} of {len(lines):,} rows are proved"]
    if silent := len(lines) - len(proofs) - len(failed):
        said.append(f"{silent:,} state no limit")
    for column in _OPTIONAL:
        without = [k + 1 for k, told in proofs.items() if told[column] == [] and _filled(cells[k], column)]
        said += [f"without certified_{column}: {_some(without)}"] if without else []
    said += [f"not proved: {_some(failed)}"] if failed else []
    rows = [{"row": k + 1, **told} for k, told in proofs.items()]
    outcome = "proved" if proofs and not failed else "not proved"
    return Answer(outcome, {"kind": "table-rows", "rows": rows}, "; ".join(said))


def _in_time(vcheck: Path, table: Path, rows: int, seconds: float) -> list[str]:
    """A line a row; of what is not reached in time nothing is proved."""
    lines: list[str] = []
    end = time.monotonic() + seconds
    for line in proved.said(vcheck, [table], min(seconds, proved.SECONDS)):
        if time.monotonic() > end or len(lines) == rows:
            break
        lines.append(line)
    return lines + ["not proved"] * (rows - len(lines))


def _filled(cells: Mapping[str, object], column: str) -> bool:
    """Whether a row states something there."""
    return any(cells.get(f"certified_{column}{end}") for end in ("", "_low", "_high"))


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"row {shown}" + (f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else "")


def _not_covered(table: Path, certificate: bytes) -> str:
    if table.suffix.lower() != ".csv":
        return "rows are read from CSV alone by the proved checker"
    try:
        statement = json.loads(certificate)["statement"]
        variant, kind = statement["variant"], statement["kind"]
        asked = statement["regulariser"], statement["steps"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "the file beside it is no certificate of a table"
    if kind != "audited-table" or asked != ("reverse", "small"):
        return "rows are proved of small steps with the pull of KL(pi || pi_ref) alone"
    probe = {"statement": {"kind": "small-steps", "variant": variant}}
    return proved.not_covered(json.dumps(probe).encode()) and "no checker is proved for this contrast yet"
