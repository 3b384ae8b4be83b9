"""The laboratory as a folder of plain files: a page to ask in, and beside it what proves and checks there."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from ..work.files import write_bytes
from .folder import asset, library, settings, write_library

SOURCE = "from verified_grpo.laboratory.answering import answer, judged"
SCRIPTS = ("python.js", "drawing.js", "laboratory.js", "laboratory.css")


def write_laboratory(out: Path) -> Path:
    """Write the folder; returns the page, `out/index.html`.

    Raises:
        InputError: Python for pages is not in the cache and cannot be fetched; nothing is written then.
        FileError: a file cannot be written.
    """
    files = library(prover=True)
    style = resources.files("verified_grpo.report.html").joinpath("templates", "report.css").read_bytes()
    write_bytes(out / "report.css", style)
    for name in SCRIPTS:
        write_bytes(out / name, asset(name).encode())
    write_library(files, out)
    page = asset("laboratory.html").replace("@SETTINGS@", str(settings(SOURCE, prover=True)))
    return write_bytes(out / "index.html", page.encode())
