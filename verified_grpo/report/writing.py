"""A report from certificates: read, check, lay out, write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from verified_grpo.errors import InputError
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import Block, Document, drawings
from verified_grpo.report.html import html
from verified_grpo.report.markdown import markdown
from verified_grpo.report.typesetting import pdf
from verified_grpo.work.files import write_bytes

FORMATS = ("md", "html", "pdf")
TITLE = "Certified dynamics of GRPO"


def write_report(
    certificates: Sequence[str | os.PathLike[str]],
    format: str,
    out: str | os.PathLike[str],
    *,
    name: str = "report",
    title: str = TITLE,
    notes: Sequence[Block] = (),
    appendix: Sequence[Block] = (),
) -> list[Path]:
    """Write a report of certificates as `out/name.md` (with figures in `out/name-figures/`),
    `out/name.html` (one file, which asks for no other) or `out/name.pdf`.

    Every certificate is checked first; one that is rejected or declined gets a page that says so, and its
    statement is not shown. The same certificates under the same paths give the same bytes. Files are
    written whole or not at all.

    Args:
        certificates: paths of certificates, in the order of the report. Paths given relative to the working
            directory are printed as they are, in the command that checks them again.
        format: `md`, `html` or `pdf`.
        out: a folder; it is made if it does not exist.
        name: of the file, without its suffix.
        title: on the first page.
        notes: blocks for the first page, above the summary, such as what was not decided.
        appendix: blocks after the last certificate. No certificate stands behind them, and they say so.

    Returns:
        The files written, the report itself first.

    Raises:
        InputError: no certificate, an unreadable file, or another format.
    """
    known_format(format)
    if not certificates:
        raise InputError("a report needs at least one certificate")
    document = report_document(
        [read_certificate(Path(path)) for path in certificates], title, notes, appendix
    )
    return write_document(document, format, out, name=name)


def write_document(
    document: Document, format: str, out: str | os.PathLike[str], *, name: str = "report"
) -> list[Path]:
    """Write a document that is laid out already, as `write_report` does.

    Raises:
        InputError: another format, or a folder that cannot be written.
    """
    known_format(format)
    folder = Path(out)
    if format == "pdf":
        return [write_bytes(folder / f"{name}.pdf", pdf(document))]
    if format == "html":
        return [write_bytes(folder / f"{name}.html", html(document).encode())]
    figures = f"{name}-figures"
    report = write_bytes(folder / f"{name}.md", markdown(document, figures).encode())
    return [report, *_write_figures(document, folder / figures)]


def known_format(format: str) -> None:
    """Refuse, before any work is done, what is none of `FORMATS`.

    Raises:
        InputError: another format.
    """
    if format not in FORMATS:
        raise InputError(f"unknown format {format!r}: choose md, html or pdf")


def _write_figures(document: Document, folder: Path) -> list[Path]:
    return [write_bytes(folder / f"{figure.name}.svg", figure.svg) for figure in drawings(document)]
