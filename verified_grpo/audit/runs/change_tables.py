"""Tables of counts before and after, as CSV: ``before_k, before_n, after_k, after_n``, perhaps ``prompt``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from ...errors import FileError, InputError
from ...intervals import canonical
from .changes import Change, Counts

NEEDED = ("before_k", "before_n", "after_k", "after_n")
MOST_ROWS = 10**6
_COUNT = re.compile(r"[0-9]{1,10}", re.ASCII)
_PAIR = re.compile(r"([0-9]{1,10})/([0-9]{1,10})", re.ASCII)


def read_counts(text: str) -> Counts:
    """``k/n``.

    Raises:
        InputError: anything else.
    """
    match = _PAIR.fullmatch(text.strip())
    if match is None:
        raise InputError(f"counts are typed k/n, as in 3/64, not {text[:40]!r}")
    return Counts(int(match[1]), int(match[2]))


def read_changes(path: Path) -> list[tuple[str, Counts, Counts]]:
    """The rows, by the name of the prompt, or by their number.

    Raises:
        FileError: the file cannot be read.
        InputError: a column is missing, a cell is no count, or a prompt is there twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(path, csv.DictReader(file)))
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: no CSV in UTF-8: {error}") from None


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[tuple[str, Counts, Counts]]:
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{path}: no column {', '.join(missing)}; needed are {', '.join(NEEDED)}")
    seen: set[str] = set()
    for number, row in enumerate(reader, start=1):
        if number > MOST_ROWS:
            raise InputError(f"{path}: more than {MOST_ROWS:,} rows")
        prompt = row.get("prompt") or str(number)
        if prompt in seen:
            raise InputError(f"{path}: row {number}: the prompt {prompt[:40]!r} is there twice")
        seen.add(prompt)
        counts = [_count(path, number, name, row[name]) for name in NEEDED]
        try:
            yield prompt, Counts(*counts[:2]), Counts(*counts[2:])
        except InputError as error:
            raise InputError(f"{path}: row {number}: {error}") from None


def _count(path: Path, number: int, name: str, cell: str | None) -> int:
    if cell is None or not _COUNT.fullmatch(cell.strip()):
        raise InputError(f"{path}: row {number}: {name} is a whole number, not {(cell or '')[:40]!r}")
    return int(cell)


COLUMNS = ("prompt", *NEEDED, "moved", "p_ref_low", "p_ref_high", "p_low", "p_high", "kl_at_least")


def written(found: Sequence[Change]) -> bytes:
    """The rows with what was found of them, as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        numbers = (*one.p_ref, *one.p, one.spent.kl)
        counts = (one.before.k, one.before.n, one.after.k, one.after.n)
        writer.writerow((one.prompt, *counts, one.moved, *map(canonical, numbers)))
    return text.getvalue().encode()
