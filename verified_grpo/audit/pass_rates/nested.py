"""Columns within columns, by a path such as ``metrics.score``: objects of JSON lines, structs of Parquet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from ...errors import InputError


def within(frame: pl.DataFrame, path: str) -> pl.Series:
    """What is found on a path in each row; null where there is nothing. Numbers of JSON stay text.

    Raises:
        InputError: the column holds no objects.
    """
    head, *keys = path.split(".")
    series = frame[head]
    while keys and isinstance(series.dtype, pl.Struct):
        key = keys.pop(0)
        if key not in [field.name for field in series.dtype.fields]:
            raise InputError(f"column {path}: there is no {key!r} in it")
        series = series.struct.field(key)
    if not keys:
        return series.alias(path)
    if series.dtype != pl.String:
        raise InputError(f"column {path}: {head} holds {series.dtype}, and no objects")
    return pl.Series(path, [_found(value, keys) for value in series], pl.String)


def _found(value: str | None, keys: Sequence[str]) -> str | None:
    try:
        here: Any = None if value is None else json.loads(value, parse_float=str, parse_int=str)
    except ValueError:
        return None
    for key in keys:
        here = here.get(key) if isinstance(here, dict) else None
    return here if here is None or isinstance(here, str) else json.dumps(here)
