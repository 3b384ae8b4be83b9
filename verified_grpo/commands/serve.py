"""``verified-grpo serve``: the laboratory, or a folder of pages, on this machine's own address."""

from __future__ import annotations

import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from .options import INTERRUPTED, PROVED, app, output_folder, remark


@app.command("serve")
def serve_command(
    folder: Annotated[
        Path | None, typer.Argument(help="what report --with-checker has written; none: the laboratory")
    ] = None,
    port: Annotated[int, typer.Option("--port", help="of 127.0.0.1; 0 takes any that is free")] = 0,
    out: Annotated[
        Path | None, output_folder("--out", "write the laboratory into this folder, and serve nothing")
    ] = None,
) -> int:
    """Serve the laboratory, or a folder of pages, on 127.0.0.1 until Ctrl-C.

    The laboratory is a page to ask in: it proves and checks there, in the browser. Python for it is fetched
    once (21 MB). Addresses are printed; nothing is sent elsewhere, nothing outside the folder is served.

    Example:

    verified-grpo serve --out laboratory

    verified-grpo serve
    """
    if out is not None:
        if folder is not None:
            raise InputError("--out writes the laboratory: it has no use for a folder to serve")
        return _written(out)
    if folder is not None:
        return _served(folder, port)
    with tempfile.TemporaryDirectory(prefix="laboratory-") as name:
        _write(Path(name))
        return _served(Path(name), port)


def _written(out: Path) -> int:
    sys.stdout.write(f"{_write(out)}\n")
    return PROVED


def _write(out: Path) -> Path:
    from ..laboratory.page import write_laboratory

    return write_laboratory(out)


def _served(folder: Path, port: int) -> int:
    """Until it is interrupted."""
    from ..laboratory.serving import pages, served

    with served(folder, port) as address:
        for page in pages(folder):
            sys.stdout.write(f"{address}{page}\n")
        sys.stdout.flush()
        remark("Ctrl-C ends it")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    return INTERRUPTED
