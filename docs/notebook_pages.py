"""Notebooks as pages of the manual: executed while it is built, each in a kernel of its own.

What a notebook showed is kept in `build/notebooks` for as long as neither it nor the package's code changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from myst_parser.parsers.sphinx_ import MystParser
from nbclient import NotebookClient

from verified_grpo.work.files import write_bytes
from verified_grpo.work.fingerprint import fingerprint

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "notebooks"
LONGEST = 120
"""Seconds for a cell."""


def executed(text: str) -> Any:
    """The notebook with what its cells show.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    name = hashlib.sha256((fingerprint() + text).encode()).hexdigest()
    kept = KEPT / f"{name}.ipynb"
    if not kept.is_file():
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        with tempfile.TemporaryDirectory() as folder:
            client = NotebookClient(
                notebook, timeout=LONGEST, kernel_name="python3", resources={"metadata": {"path": folder}}
            )
            client.log.setLevel("WARNING")
            # What the kernel says of itself is no part of the notebook.
            client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
        write_bytes(kept, nbformat.writes(notebook).encode())
    return nbformat.read(kept, as_version=4)


class NotebookParser(MystParser):  # type: ignore[misc]
    """A notebook, told as the Markdown of its cells, its code, and what that shows."""

    supported = ("notebook",)

    def parse(self, inputstring: str, document: Any) -> None:
        """Sphinx calls this with the text of the file."""
        super().parse("\n\n".join(_told(executed(inputstring))), document)


def _told(notebook: Any) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
            continue
        yield _fenced(cell.source, "python")
        for output in cell.outputs:
            yield _shown(output)


def _shown(output: Any) -> str:
    """What a cell printed, or showed: a picture, else HTML, else text."""
    if output.output_type == "stream":
        return _fenced(output.text, "text")
    data = output.data
    if "image/png" in data:
        picture = (
            f'<img alt="what the cell above draws" src="data:image/png;base64,{data["image/png"].strip()}">'
        )
        return _fenced(picture, "{raw} html")
    if "text/html" in data:
        return _fenced(f'<div class="shown">{data["text/html"]}</div>', "{raw} html")
    return _fenced(data["text/plain"], "text")


def _fenced(text: str, language: str) -> str:
    fence = "`" * 6
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
