"""A table of pass rates as a page reads it, by the standard library: CSV, TSV or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

from ..audit.pass_rates.columns import Asked, Columns, choose
from ..characters import shortened
from ..errors import InputError
from ..intervals import canonical, exact

RATES_LIMIT = 400
ROWS_LIMIT = 1_000_000
NAMED = 3
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson")
"""What is read here; Parquet and packed files are not."""
WORDS = {"true": "1", "false": "0"}
Row = Mapping[str, object]


def rates(path: Path) -> dict[str, Any]:
    """Its rates: a `sentence` on what was read from where, `rates` (each `p_ref` as text, how many `prompts`,
    and the `first` of their names), and `ends`, how many prompts have the rate 0 or 1, and stay there.

    Raises:
        InputError: another kind of file, a row that is no rate, several steps, or too many rates for a page.
    """
    if path.suffix.lower() not in TABLES:
        kinds = ", ".join(TABLES)
        raise InputError(f"{path}: read here are {kinds}; verified-grpo audit --pass-rates reads others, too")
    rows = list(_rows(path))
    if not rows:
        raise InputError(f"{path}: a table without rows")
    columns = choose(list(rows[0]), Asked())
    counted: dict[Fraction, list[str]] = {}
    for prompt, rate in _rates(path, rows, columns):
        counted.setdefault(rate, []).append(prompt)
    ends = sum(len(counted.pop(end, ())) for end in (Fraction(0), Fraction(1)))
    if len(counted) > RATES_LIMIT:
        raise InputError(
            f"{path}: {len(counted)} different rates, and a page answers {RATES_LIMIT}; on the command line: "
            "verified-grpo audit --pass-rates"
        )
    return {
        "sentence": columns.sentence,
        "ends": ends,
        "rates": [
            {"p_ref": canonical(rate), "prompts": len(names), "first": names[:NAMED]}
            for rate, names in sorted(counted.items())
        ],
    }


def _rows(path: Path) -> Iterator[Row]:
    """The rows of a table, as text or as JSON has them."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not text in UTF-8") from None
    if text.count("\n") > ROWS_LIMIT:
        raise InputError(f"{path}: more than {ROWS_LIMIT} rows, too many for a page")
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        yield from _json_rows(path, text)
        return
    reader = csv.DictReader(StringIO(text), delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
    if len(set(reader.fieldnames or ())) < len(reader.fieldnames or ()):
        raise InputError(f"{path}: two columns have one name")
    try:
        for row in reader:
            if None in row or None in row.values():
                raise InputError(
                    f"{path}: row {reader.line_num - 1} has another number of columns than the head"
                )
            yield row
    except csv.Error as error:
        raise InputError(f"{path}: row {reader.line_num}: {error}") from None


def _json_rows(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_float=str, parse_int=str)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(f"{path}: line {number} is no JSON object")
        yield row


def _rates(path: Path, rows: list[Row], columns: Columns) -> Iterator[tuple[str, Fraction]]:
    """Each prompt's name and rate; rewards are grouped by prompt first."""
    if columns.reward:
        rows, columns = _grouped(path, rows, columns), Columns(k="k", n="n", prompt=columns.prompt)
    _require_one_step(path, rows, columns)
    for number, row in enumerate(rows, 1):
        name = shortened(str(row.get(columns.prompt)), 40) if columns.prompt else f"row {number}"
        if columns.rate:
            rate = _number(path, number, row, columns.rate)
        else:
            k, n = (_number(path, number, row, column) for column in (columns.k, columns.n))
            if k.denominator != 1 or n.denominator != 1 or n < 1:
                raise InputError(f"{path}: row {number}: k and n are whole numbers, and n at least 1")
            rate = k / n
        if not 0 <= rate <= 1:
            raise InputError(f"{path}: row {number}: the rate {canonical(rate)} does not lie in [0, 1]")
        yield name, rate


def _grouped(path: Path, rows: list[Row], columns: Columns) -> list[Row]:
    """Rewards 0 and 1 counted by prompt."""
    _require_one_step(path, rows, columns)
    counts: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        reward = _number(path, number, row, columns.reward)
        if reward not in (0, 1):
            raise InputError(
                f"{path}: row {number}: a reward {canonical(reward)}, and here they are 0 or 1; on the "
                "command line verified-grpo audit --pass-rates takes any"
            )
        one = counts.setdefault(str(row.get(columns.prompt)), [0, 0])
        one[0] += int(reward)
        one[1] += 1
    return [{columns.prompt: name, "k": str(k), "n": str(n)} for name, (k, n) in counts.items()]


def _require_one_step(path: Path, rows: list[Row], columns: Columns) -> None:
    for column, what in ((columns.steps, "steps"), (columns.filters, "filters")):
        if column and len({str(row.get(column)) for row in rows}) > 1:
            raise InputError(f"{path}: column {column} holds several {what}: keep the rows of one")


def _number(path: Path, number: int, row: Row, column: str) -> Fraction:
    given = row.get(column)
    try:
        return exact(WORDS.get(str(given).lower(), str(given)))
    except InputError:
        raise InputError(
            f"{path}: row {number}: {column} is {shortened(str(given), 40)!r}, which is no number"
        ) from None
