"""``verified-grpo report``: a report from certificates alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..characters import file_name
from .options import PROVED, REFUTED, UNDECIDED, app, one_of, output_folder, progress, remark


@app.command("report")
def report_command(
    files: Annotated[list[Path], typer.Argument(help="certificates, in the order of the report")],
    out: Annotated[Path, output_folder("--out", "folder of the report")],
    form: Annotated[
        str, typer.Option("--format", help="md, html or pdf", autocompletion=one_of("md", "html", "pdf"))
    ] = "md",
) -> int:
    """Write a report from certificates alone; one that the checker rejects is shown as rejected.

    Example:

    verified-grpo report reports/certificates/lemma* --format html --out mine
    """
    from ..checker import Outcome
    from ..report.assembly import report_document
    from ..report.certificate import read_certificate
    from ..report.writing import TITLE, known_format, write_document

    known_format(form)
    with progress() as bar:
        certificates = [read_certificate(file) for file in bar.track(files, description="checking")]
        bar.add_task("drawing, writing", total=None)
        written = write_document(report_document(certificates, TITLE), form, out)
    for path in written:
        sys.stdout.write(f"{path}\n")
    for certificate in certificates:
        if certificate.content is None:
            reason = f"{certificate.kind}: {certificate.verdict.message}"
            remark(f"{file_name(certificate.file)}: {reason}")
    outcomes = {certificate.verdict.outcome for certificate in certificates}
    if Outcome.REJECTED in outcomes:
        return REFUTED
    return UNDECIDED if Outcome.DECLINED in outcomes else PROVED
