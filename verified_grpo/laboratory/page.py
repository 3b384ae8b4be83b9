"""The laboratory as a folder of plain files: a page to ask in, and beside it what proves and checks there."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from ..work.files import write_bytes
from . import maps
from .folder import asset, library, settings, write_library
from .presets import presets

SOURCE = """
from verified_grpo.laboratory.answering import answer, judged

def configuration(*asked):
    from verified_grpo.laboratory.dropped import configuration
    return configuration(*asked)

def table(name):
    from verified_grpo.laboratory.dropped import table
    return table(name)
"""

SCRIPTS = ("python.js", "drawing.js", "shipped.js", "laboratory.js", "dropped.js", "laboratory.css")


def write_laboratory(out: Path) -> Path:
    """Write the folder; returns the page, `out/index.html`.

    Raises:
        InputError: Python for pages is not in the cache and cannot be fetched; nothing is written then.
        FileError: a file cannot be written.
    """
    files = library(prover=True)
    reports = resources.files("verified_grpo.report.html").joinpath("templates")
    for name in ("report.css", *maps.SCRIPTS):
        write_bytes(out / name, reports.joinpath(name).read_bytes())
    write_bytes(out / "maps.js", maps.shipped_maps())
    for name in SCRIPTS:
        write_bytes(out / name, asset(name).encode())
    write_library(files, out)
    told = settings(SOURCE, prover=True, presets=presets())
    page = asset("laboratory.html").replace("@SETTINGS@", str(told))
    return write_bytes(out / "index.html", page.encode())
