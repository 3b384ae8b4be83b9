"""``python -m verified_grpo.proofs``: the table of statements, verdicts and modules; with ``--errata`` the
errata in Markdown."""

from __future__ import annotations

import sys
from collections import Counter

from rich.console import Console
from rich.table import Table

from verified_grpo.certificates.grammar.paper import ELSEWHERE

from . import MODULES, all_statements
from .framework import FAILS, FLAWED, LOOSE, MISPRINT


def table() -> Table:
    """One row a statement."""
    rows = Table()
    for heading in ("statement", "verdict", "parts", "module"):
        rows.add_column(heading, overflow="fold")
    for statement, module in zip(all_statements(), MODULES, strict=True):
        rows.add_row(statement.item, statement.verdict, str(len(statement.parts)), f"proofs/{module}.py")
    return rows


def classes() -> str:
    """How many steps there are of each class."""
    kinds = Counter(next(iter(step.because)) for statement in all_statements() for step in statement.steps)
    return (
        f"{kinds.total()} steps: {kinds['rule']} by rules of the checker, {kinds['theorems']} by theorems "
        f"that Coq's kernel has checked, {kinds['assumptions']} by named assumptions"
    )


def errata() -> str:
    """The findings against the paper, in Markdown: what it says, what is certified instead, and where."""
    lines = [
        "# Errata to the paper",
        "",
        "What is refuted, loose, misprinted in the text at hand, or rests on a false step in print; by",
        "`python -m verified_grpo.proofs --errata`. A misprint is no error of mathematics; what is meant "
        "is judged.",
        "Each finding's certificate is in `reports/certificates/`, its pages in `reports/paper.pdf`.",
    ]
    for statement in all_statements():
        if statement.paper.startswith(ELSEWHERE):
            continue
        if statement.verdict in (FAILS, LOOSE, MISPRINT, FLAWED):
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
        Console().print(classes())
