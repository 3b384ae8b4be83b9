"""``verified-grpo serve``: a folder with pages that check, on this machine's own address."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from .options import INTERRUPTED, app, remark


@app.command("serve")
def serve_command(
    folder: Annotated[
        Path, typer.Argument(help="what report --with-checker has written, or any folder of pages")
    ],
    port: Annotated[int, typer.Option("--port", help="of 127.0.0.1; 0 takes any that is free")] = 0,
) -> int:
    """Serve a folder of pages on 127.0.0.1, to this machine alone, until Ctrl-C.

    Prints the address of each page. Nothing is sent elsewhere, and nothing outside the folder is served.

    Example:

    verified-grpo serve mine
    """
    from ..laboratory.serving import pages, served

    with served(folder, port) as address:
        for page in pages(folder):
            sys.stdout.write(f"{address}{page}\n")
        sys.stdout.flush()
        remark("Ctrl-C ends it")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return INTERRUPTED
