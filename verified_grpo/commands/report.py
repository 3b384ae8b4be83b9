"""``verified-grpo report``: a report from certificates alone."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..characters import file_name
from ..errors import InputError
from .options import PROVED, REFUTED, UNDECIDED, app, one_of, output_folder, progress, remark

if TYPE_CHECKING:
    from ..report.certificate import Certificate
    from ..report.document import Document


@app.command("report")
def report_command(
    files: Annotated[list[Path], typer.Argument(help="certificates, in the order of the report")],
    out: Annotated[Path, output_folder("--out", "folder of the report")],
    form: Annotated[
        str, typer.Option("--format", help="md, html or pdf", autocompletion=one_of("md", "html", "pdf"))
    ] = "md",
    with_checker: Annotated[
        bool,
        typer.Option("--with-checker", help="html: a folder whose page checks the certificates itself"),
    ] = False,
) -> int:
    """Write a report from certificates alone; one that the checker rejects is shown as rejected.

    With --with-checker the checker lies beside the page, and Python for it, which is fetched once (14 MB).
    The command serve shows such a folder, and so does any host of plain files.

    Example:

    verified-grpo report reports/certificates/lemma* --format html --out mine
    """
    from ..checker import Outcome
    from ..report.assembly import report_document
    from ..report.certificate import read_certificate
    from ..report.writing import TITLE, known_format, write_document

    known_format(form)
    if with_checker and form != "html":
        raise InputError("--with-checker belongs to --format html: only a page checks itself")
    library = _library() if with_checker else None
    with progress() as bar:
        certificates = [read_certificate(file) for file in bar.track(files, description="checking")]
        bar.add_task("drawing, writing", total=None)
        document = report_document(certificates, TITLE)
        if library is None:
            written = write_document(document, form, out)
        else:
            written = _checkable(document, list(zip(files, certificates, strict=True)), library, out)
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


def _library() -> dict[str, bytes]:
    """Python for the page, before any work is done."""
    from ..laboratory.folder import library

    return library(prover=False)


def _checkable(
    document: Document, certificates: list[tuple[Path, Certificate]], library: dict[str, bytes], out: Path
) -> list[Path]:
    """The page with what it needs, and how it is looked at."""
    from ..laboratory.checkable import write_checkable

    written = write_checkable(document, certificates, library, out)
    remark(f"to look at it: verified-grpo serve {shlex.quote(str(out))}")
    return written
