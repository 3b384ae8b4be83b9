"""The prompts of a table of pass rates, counted by their rate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import InputError
from ..pass_rates.bad_row import BadRow
from ..pass_rates.columns import Asked, Columns, choose
from ..pass_rates.rates import Rate, grouped, prompts, rates_of
from ..pass_rates.rewards import Seen
from ..pass_rates.tables import open_table

MOST = 1024
"""Different rates that are asked about one by one."""


@dataclass(frozen=True)
class Prompts:
    """How many prompts have which rate ``k/n``; whether n is the size of a sample."""

    path: Path
    columns: Columns
    rates: dict[Rate, int]
    remarks: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All prompts."""
        return sum(self.rates.values())


def read_prompts(path: Path, asked: Asked | None = None) -> Prompts:
    """Count the prompts of a table.

    Args:
        path: CSV, JSON lines or Parquet.
        asked: the columns, where they are not to be guessed.

    Raises:
        InputError: a bad row, column or file, each named; more than 1024 different rates; no row.
    """
    asked = asked or Asked()
    table = open_table(path).reaching(asked.names)
    columns, seen = choose(table.names, asked), Seen()
    read, found, rows = grouped(columns), Counter[Rate](), 0
    try:
        for frame in prompts(table, columns, seen=seen):
            try:
                rates = rates_of(frame, read, reduced=not columns.has_counts)
            except BadRow as bad:
                raise BadRow(bad.row + rows, bad.reason) from None
            rows += len(frame)
            sizes = np.bincount(rates.codes, minlength=len(rates.distinct))
            found.update(dict(zip(rates.distinct, map(int, sizes), strict=True)))
            if len(found) > MOST:
                raise InputError(
                    f"{path}: more than {MOST} different rates, which are asked about one by one: round "
                    "them, or ask `audit --pass-rates`"
                )
    except BadRow as bad:
        raise InputError(f"{path}: {bad}") from None
    if not rows:
        raise InputError(f"{path}: the table has no rows")
    return Prompts(path, columns, dict(sorted(found.items(), key=_by_rate)), seen.remarks)


def _by_rate(item: tuple[Rate, int]) -> tuple[float, int]:
    (k, n), _ = item
    return k / n, n
