"""The table that comes out: what is looked at before the work begins, and rows written at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import polars as pl

from ...errors import InputError
from ...work.files import is_stream, require_output, write_bytes
from .tables import Table, require_name

Keep = Callable[[int, str, bytes], None]
"""Told the number of an answer, from 0, what the name of its certificate ends in, and the certificate."""


def check_output(path: Path, out: Path) -> None:
    """Test an output before the work begins.

    Raises:
        InputError: a name that says no format, or the table itself.
        FileError: it cannot be written.
    """
    require_name(out)
    require_output(out)
    if out.exists() and path.exists() and out.samefile(path):
        raise InputError(f"{out}: the output would overwrite the table that is read")


def require_flat(table: Table) -> None:
    """Refuse lists in a table that is to be written as CSV.

    Raises:
        InputError: a column holds some.
    """
    nested = [name for name, kind in table.schema.items() if kind.is_nested()]
    if nested:
        raise InputError(f"column {nested[0]} holds lists, which CSV cannot: choose .jsonl or .parquet")


def write_frame(out: Path, frame: pl.DataFrame) -> None:
    """Rows as a file of the format that its name says, whole or not at all."""
    data = io.BytesIO()
    if out.suffix.lower() == ".csv":
        frame.write_csv(data)
    elif out.suffix.lower() == ".jsonl":
        frame.write_ndjson(data)
    else:
        frame.write_parquet(data)
    write_bytes(out, data.getvalue())


def certificates_beside(out: Path | None) -> Path | None:
    """The folder of a table's certificates; None beside a stream, or where nothing is written."""
    return None if out is None or is_stream(out) else out.with_name(f"{out.stem}-certificates")


def keeping(folder: Path | None) -> Keep | None:
    """What writes certificates into a folder, a file each."""
    if folder is None:
        return None

    def keep(number: int, ending: str, certificate: bytes) -> None:
        write_bytes(folder / f"{number + 1}{ending}.json", certificate)

    return keep
