"""Reading a table of pass rates into exact rationals; nothing passes through a rounded number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from ...errors import InputError
from ...intervals import exact

RATES = ("pass_rate", "rate", "p_ref")
PROMPTS = ("prompt", "prompt_id", "id")
Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Rows with each prompt's exact rate in [0, 1]; ``columns`` says which columns it was read from."""

    rows: list[Row]
    rates: list[Fraction]
    columns: tuple[str, ...]


def read_table(path: Path) -> Table:
    """Read CSV, JSONL or Parquet: columns k and n, or a rate, or a reward 0/1 a row beside a prompt.

    Raises:
        InputError: names the row or column that cannot be read; an unreadable or empty file.
    """
    rows = _rows(path)
    if not rows:
        raise InputError(f"{path}: the table has no rows")
    names = set(rows[0])
    if {"k", "n"} <= names:
        return Table(rows, [_of_counts(row, i) for i, row in enumerate(rows, 1)], ("k", "n"))
    for name in RATES:
        if name in names:
            return Table(rows, [_rate(row, name, i) for i, row in enumerate(rows, 1)], (name,))
    prompt = next((name for name in PROMPTS if name in names), None)
    if prompt and "reward" in names:
        return _grouped(rows, prompt)
    raise InputError(f"{path}: needs columns k and n, or one of {', '.join(RATES)}, or prompt and reward")


def _rows(path: Path) -> list[Row]:
    try:
        if path.suffix == ".csv":
            return pl.read_csv(path, infer_schema=False).to_dicts()
        if path.suffix == ".parquet":
            return pl.read_parquet(path).to_dicts()
        if path.suffix == ".jsonl":
            return _json_lines(path)
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot read {path}: {(str(error).splitlines() or ['unreadable'])[0]}") from None
    raise InputError(f"{path}: the name must end in .csv, .jsonl or .parquet")


def _json_lines(path: Path) -> list[Row]:
    """Decimals are kept as they are written."""
    rows = []
    for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line, parse_float=str)
        if not isinstance(row, dict):
            raise InputError(f"{path}: row {i} is not an object")
        rows.append(row)
    return rows


def _number(row: Row, name: str, i: int) -> Fraction:
    value = row.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise InputError(f"row {i}: {name} must be an integer or exact text, not {value!r}")
    try:
        return exact(value)
    except InputError as error:
        raise InputError(f"row {i}: {name}: {error}") from None


def _of_counts(row: Row, i: int) -> Fraction:
    k, n = _number(row, "k", i), _number(row, "n", i)
    if k.denominator != 1 or n.denominator != 1 or n < 1 or not 0 <= k <= n:
        raise InputError(f"row {i}: k and n must be integers with 0 <= k <= n and n >= 1, not {k} and {n}")
    return k / n


def _rate(row: Row, name: str, i: int) -> Fraction:
    rate = _number(row, name, i)
    if not 0 <= rate <= 1:
        raise InputError(f"row {i}: {name} must lie in [0, 1], not {rate}")
    return rate


def _grouped(rows: list[Row], prompt: str) -> Table:
    counts: dict[Any, list[int]] = {}
    for i, row in enumerate(rows, 1):
        reward, key = _number(row, "reward", i), row.get(prompt)
        if reward not in (0, 1):
            raise InputError(f"row {i}: reward must be 0 or 1, not {reward}")
        if not isinstance(key, int | str):
            raise InputError(f"row {i}: {prompt} must be text or an integer, not {key!r}")
        count = counts.setdefault(key, [0, 0])
        count[0] += int(reward)
        count[1] += 1
    grouped = [{prompt: key, "k": k, "n": n} for key, (k, n) in counts.items()]
    return Table(grouped, [Fraction(k, n) for k, n in counts.values()], (prompt, "reward"))
