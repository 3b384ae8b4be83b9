"""``verified-grpo report``: a report from certificates alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .options import PROVED, app, one_of, progress


@app.command("report")
def report_command(
    files: Annotated[list[Path], typer.Argument(help="certificates, in the order of the report")],
    out: Annotated[Path, typer.Option("--out", help="folder of the report")],
    form: Annotated[
        str, typer.Option("--format", help="md, html or pdf", autocompletion=one_of("md", "html", "pdf"))
    ] = "md",
) -> int:
    """Write a report from certificates alone; one that the checker rejects is shown as rejected.

    Example:

    verified-grpo report reports/certificates/*.json --format html --out mine
    """
    from ..report.writing import write_report

    with progress() as bar:
        bar.add_task("checking, drawing, writing", total=None)
        written = write_report(files, form, out)
    for path in written:
        sys.stdout.write(f"{path}\n")
    return PROVED
