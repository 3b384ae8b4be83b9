"""Filters of a table: which columns have few different values that one would choose by."""

from __future__ import annotations

from dataclasses import dataclass

from verified_grpo.characters import visible
from verified_grpo.report.document import Table, plain

# A table of fewer rows is read faster than filtered.
FEWEST_ROWS = 6
CHOSEN_BY = ("verdict", "contrast", "checker", "count")


@dataclass(frozen=True)
class Facet:
    """A column to choose by: its place, its name, and its values in the order of their first appearance."""

    column: int
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Sieve:
    """The filters of a table, none where it is short."""

    facets: tuple[Facet, ...]
    routes: tuple[str, ...]
    rows: int


def sieve_of(table: Table) -> Sieve | None:
    """The filters of this table: by the columns called as in `CHOSEN_BY`, and by text."""
    if len(table.rows) < FEWEST_ROWS:
        return None
    facets = []
    for column, head in enumerate(table.header):
        values = tuple(dict.fromkeys(plain(row.cells[column]) for row in table.rows))
        if plain(head) in CHOSEN_BY and 1 < len(values) < len(table.rows):
            facets.append(Facet(column, plain(head), values))
    routes = sorted({route for row in table.rows for route in row.routes})
    return Sieve(tuple(facets), tuple(map(visible, routes)), len(table.rows)) if facets else None
