"""What lies beside a page that runs Python: the worker, Pyodide, libraries and the package's own sources."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from ..work.files import write_bytes
from .runtime import FLINT, MPMATH, SYMPY, Archive, fetched, interpreter
from .sources import CHECKER, PROVER, readers, sources

BESIDE = "python"
"""The folder's name."""
READERS = "readers.zip"


def asset(name: str) -> str:
    """A file of this room's `templates`."""
    return resources.files("verified_grpo.laboratory").joinpath("templates", name).read_text("utf-8")


def module(name: str) -> str:
    """The text of a module of this room that runs in a page."""
    return resources.files("verified_grpo.laboratory").joinpath(name).read_text("utf-8")


def library(*, prover: bool) -> dict[str, bytes]:
    """The files of the folder by name, Python and all: with the checker alone, or with the prover, too.

    Raises:
        InputError: one is not in the cache and cannot be fetched.
    """
    wheels = (FLINT, MPMATH, SYMPY) if prover else (FLINT,)
    rooms = PROVER if prover else CHECKER
    beside = {READERS: readers()} if prover else {}
    return {
        "worker.js": asset("worker.js").encode(),
        **interpreter(),
        **{wheel.file: fetched(wheel) for wheel in wheels},
        _archive(prover): sources(rooms),
        **beside,
    }


def settings(source: str, *, prover: bool, **others: object) -> Markup:
    """What a page's script is told, as JSON in a script element: where the folder is, what the worker takes
    out of it, what later if it is needed, by the library's name, the functions that it is asked for, and
    `others` of the page's own."""
    wheels: tuple[Archive, ...] = (FLINT, MPMATH) if prover else (FLINT,)
    archives = [[wheel.file, "wheel"] for wheel in wheels] + [[_archive(prover), "zip"]]
    later = {SYMPY.name: [[SYMPY.file, "wheel"]], "yaml": [[READERS, "zip"]]} if prover else {}
    told = {"folder": BESIDE, "archives": archives, "later": later, "source": source, **others}
    return Markup(json.dumps(told).replace("<", "\\u003c"))


def write_library(files: dict[str, bytes], folder: Path) -> None:
    """Write the files of :func:`library` beside a page in this folder."""
    for name, data in files.items():
        write_bytes(folder / BESIDE / name, data)


def _archive(prover: bool) -> str:
    return "prover.zip" if prover else "checker.zip"
