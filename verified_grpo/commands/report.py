"""``verified-grpo report``: a report from certificates alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .options import PROVED, app


@app.command("report")
def report_command(
    files: Annotated[list[Path], typer.Argument(help="certificates, in the order of the report")],
    out: Annotated[Path, typer.Option("--out", help="folder of the report")],
    form: Annotated[str, typer.Option("--format", help="md, html or pdf")] = "md",
) -> int:
    """Write a report from certificates alone.

    Example: verified-grpo report reports/certificates/*.json --format pdf --out reports
    """
    from ..report.writing import write_report

    for path in write_report(files, form, out):
        sys.stdout.write(f"{path}\n")
    return PROVED
