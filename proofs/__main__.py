"""``python -m proofs``: the table of statements, verdicts and modules."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from . import MODULES, all_statements


def table() -> Table:
    """One row a statement."""
    rows = Table()
    for heading in ("statement", "verdict", "parts", "module"):
        rows.add_column(heading, overflow="fold")
    for statement, module in zip(all_statements(), MODULES, strict=True):
        rows.add_row(statement.item, statement.verdict, str(len(statement.parts)), f"proofs/{module}.py")
    return rows


if __name__ == "__main__":
    Console().print(table())
