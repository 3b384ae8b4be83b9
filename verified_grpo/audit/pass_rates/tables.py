"""A table on disk, read in windows of rows: CSV, JSON lines or Parquet, never more in memory than a window.

Text stays text: a decimal is not turned into a binary fraction on the way.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from ...characters import shortened
from ...errors import FileError, InputError
from .nested import within

SUFFIXES = (".csv", ".jsonl", ".parquet")
WINDOW = 1 << 17
"""Rows in memory at a time."""
INT64 = 2**63
BLOCK = 1 << 20
UNREADABLE = (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException)


Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of the last change of a file."""


class Decimal(str):
    """A decimal of a JSON file, as it is written there."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """A readable table: its path, and the columns with their types.

    Made by :func:`open_table`, which looks at the file's beginning (of JSON lines: at the whole of it). The
    file is read several times: ``stamp`` is what tells that it is the same one each time.
    """

    path: Path
    schema: dict[str, pl.DataType]
    stamp: Stamp
    inner: tuple[str, ...] = ()
    """Columns within columns, by their paths."""

    @property
    def names(self) -> list[str]:
        return [*self.schema, *self.inner]

    def reaching(self, names: Iterable[str]) -> Table:
        """With those of some names that are no columns, and that begin like ``column.``, as columns, too:
        what is found on the path within the column."""
        inner = {
            name: None for name in names if name not in self.schema and name.partition(".")[0] in self.schema
        }
        return replace(self, inner=tuple(name for name in inner if "." in name))

    def windows(self, size: int = WINDOW) -> Iterator[pl.DataFrame]:
        """The rows in order, so many at a time.

        Raises:
            InputError: the file turns out to be unreadable further down; the row is named where it is known.
            FileError: it changed since it was opened.
        """
        for frame in self._windows(size):
            yield frame.with_columns(within(frame, name) for name in self.inner)
        self.require_unchanged()

    def require_unchanged(self) -> None:
        """Refuse to go on with a file that grew, or was written anew, since it was opened.

        Raises:
            FileError: it did, or is no longer there.
        """
        if _stamp(self.path) != self.stamp:
            raise FileError(f"cannot read {self.path}: it changed while it was read; run it again on a copy")

    def _windows(self, size: int) -> Iterator[pl.DataFrame]:
        if self.path.suffix.lower() == ".jsonl":
            yield from _json_windows(self.path, self.schema, size)
            return
        read = 0
        try:
            batches = _lazy(self.path).collect_batches(chunk_size=size, maintain_order=True)
            for frame in _of_size(batches, size):
                read += len(frame)
                yield frame
            # A reader that fails in a thread of its own may only seem to come to the end.
            short = self.path.suffix.lower() == ".parquet" and read != _stated(self.path)
        except UNREADABLE as error:
            raise _unreadable(self.path, error) from None
        if short:
            raise InputError(f"cannot read {self.path}: it ends after row {read}, before its end")

    def digest(self) -> str:
        """A hash of the file's bytes."""
        total = hashlib.sha256()
        try:
            with self.path.open("rb") as stream:
                while block := stream.read(BLOCK):
                    total.update(block)
        except OSError as error:
            raise FileError(f"cannot read {self.path}: {error.strerror}") from None
        return total.hexdigest()


def open_table(path: Path) -> Table:
    """The table in a file.

    Raises:
        InputError: another suffix, unreadable, empty, or not of its format.
    """
    require_name(path)
    try:
        if path.stat().st_size == 0:
            raise InputError(f"{path}: the file is empty")
        stamp = _stamp(path)
        if path.suffix.lower() == ".jsonl":
            return Table(path, _json_schema(path), stamp)
        return Table(path, dict(_lazy(path).collect_schema()), stamp)
    except UNREADABLE as error:
        raise _unreadable(path, error) from None


def require_name(path: Path) -> None:
    """Refuse a file whose name says another format, or is not text.

    Raises:
        InputError: the name, and what is allowed.
    """
    if path.name == "trainer_state.json":
        raise InputError(
            f"{path}: it holds means over batches and no prompts; give a table of rewards with their "
            "prompts, such as TRL's completions_*.parquet (log_completions)"
        )
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: the name must end in {', '.join(SUFFIXES)}")
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError(f"{path}: the name is not text in UTF-8; give the file another") from None


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror}") from None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _stated(path: Path) -> int:
    """How many rows a Parquet file says that it has."""
    return int(_lazy(path).select(pl.len()).collect().item())


def _lazy(path: Path) -> pl.LazyFrame:
    # Without globbing: a path with brackets in it is that path.
    if path.suffix.lower() == ".csv":
        unquoted = _header(path)
        return pl.scan_csv(
            path, infer_schema=False, glob=False, with_column_names=lambda names: _renamed(names, unquoted)
        )
    return pl.scan_parquet(path, glob=False)


def _header(path: Path) -> list[str]:
    """The names of a CSV file's columns: Polars leaves the quotes in them doubled, replaces what is not text,
    and gives a name that stands twice to the first of its columns.

    Raises:
        InputError: a name given twice, or no text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            names = next(csv.reader(stream), [])
    except UnicodeDecodeError:
        raise InputError(f"cannot read {path}: not text in UTF-8") from None
    except csv.Error:
        return []
    _require_once(names, f"{path}: column")
    return names


def _require_once(names: Iterable[str], what: str) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputError(f"{what} {shortened(twice[0], 60)!r} is given twice: which one is meant?")


def _renamed(names: list[str], unquoted: list[str]) -> list[str]:
    """Polars' names, without doubled quotes where they are those of the header."""
    pairs = zip(names, unquoted, strict=False)
    plain = [real if name == real.replace('"', '""') else name for name, real in pairs]
    return plain if len(set(plain)) == len(names) else names


def _unreadable(path: Path, error: BaseException) -> InputError:
    reason = (str(error).splitlines() or ["not of its format"])[0]
    if isinstance(error, OSError) and error.strerror:
        return FileError(f"cannot read {path}: {error.strerror}")
    if path.suffix.lower() == ".csv":
        reason = _ragged(path) or reason
    return InputError(f"cannot read {path}: {reason}")


def _ragged(path: Path) -> str:
    """Where a row of a CSV file has more fields than the header, if that is what is wrong with it."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            width = len(next(rows, []))
            for i, row in enumerate(rows, 1):
                if len(row) > width:
                    return f"row {i} has {len(row)} fields, the header has {width}"
    except (OSError, ValueError, csv.Error) as error:
        return str(error) if isinstance(error, UnicodeDecodeError) else ""
    return ""


def _of_size(frames: Iterable[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """The same rows in windows of the same size, whatever the batches in which they came."""
    held: list[pl.DataFrame] = []
    count = 0
    for frame in frames:
        held, count = [*held, frame], count + len(frame)
        while count >= size:
            whole = pl.concat(held)
            yield whole[:size]
            held, count = [whole[size:]], count - size
    if count:
        yield pl.concat(held)


# --- JSON lines: Polars would read their decimals as binary fractions


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for i, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                where = f"{path}: line {i}: key"
                try:
                    row = json.loads(
                        line,
                        parse_float=Decimal,
                        parse_constant=Decimal,
                        object_pairs_hook=partial(_object, where),
                    )
                except (ValueError, RecursionError) as error:
                    raise InputError(f"{path}: line {i} is not JSON ({error})") from None
                if not isinstance(row, dict):
                    raise InputError(f"{path}: line {i} is not an object")
                if "\\u" in line:
                    _require_characters(row, f"{path}: line {i}")
                yield row
    except UnicodeDecodeError:
        raise InputError(f"cannot read {path}: not text in UTF-8") from None


def _object(where: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _require_once((key for key, _ in pairs), where)
    return found


def _require_characters(row: dict[str, Any], where: str) -> None:
    """Refuse half a surrogate pair, which JSON can write and no text can hold."""
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InputError(f"{where} holds half of a surrogate pair, which is no character") from None


def _json_schema(path: Path) -> dict[str, pl.DataType]:
    """A column is of integers, booleans or text where all its values are; anything else becomes text."""
    kinds: dict[str, set[type]] = {}
    for row in _json_rows(path):
        for name, value in row.items():
            kinds.setdefault(name, set()).add(_kind(value))
    types = {frozenset((int,)): pl.Int64(), frozenset((bool,)): pl.Boolean()}
    return {name: types.get(frozenset(seen - {type(None)}), pl.String()) for name, seen in kinds.items()}


def _kind(value: Any) -> type:
    return str if type(value) is int and not -INT64 <= value < INT64 else type(value)


def _json_windows(path: Path, schema: dict[str, pl.DataType], size: int) -> Iterator[pl.DataFrame]:
    held: list[dict[str, Any]] = []
    for row in _json_rows(path):
        held.append(row)
        if len(held) == size:
            yield _json_frame(held, schema)
            held = []
    if held:
        yield _json_frame(held, schema)


def _json_frame(rows: list[dict[str, Any]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    text = {name for name, kind in schema.items() if kind == pl.String}
    columns = {
        name: [_text(row.get(name)) if name in text else row.get(name) for row in rows] for name in schema
    }
    return pl.DataFrame(columns, schema=schema)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    return json.dumps(value)
