"""``python -m proofs``: the table of statements, verdicts and modules; with ``--errata`` the errata in
Markdown."""

from __future__ import annotations

import sys

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


def errata() -> str:
    """The findings against the paper, in Markdown: what it says, what is certified instead, and where."""
    lines = [
        "# Errata to the paper",
        "",
        "What is refuted, loose, or rests on a false step in print; made by `python -m proofs --errata`.",
        "Each finding's certificate is in `reports/certificates/`, its pages in `reports/paper.pdf`.",
    ]
    for statement in all_statements():
        if statement.verdict in ("fails", "loose", "holds, proof flawed"):
            lines += [
                "",
                f"## {statement.title} (`{statement.item}`): {statement.verdict}",
                "",
                f"- **The paper:** {statement.paper}",
                f"- **Certified:** {statement.suite}",
                f"- **Check it:** `verified-grpo check reports/certificates/{statement.item}.json`",
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--errata"]:
        sys.stdout.write(errata())
    else:
        Console().print(table())
