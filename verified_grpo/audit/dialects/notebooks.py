"""Notebooks: the code cells as one Python program. Outputs are passed over, magics and shell lines too."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...errors import InputError
from .python_files import read_program
from .source import Source

_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)


def read_notebook(path: Path, text: str) -> Source:
    """The settings of the call in a notebook's cells.

    Raises:
        InputError: no notebook, or what :func:`.python_files.read_program` raises.
    """
    try:
        cells = json.loads(text)["cells"]
        written = [_written(cell) for cell in cells]
        codes = [_without_magics(code) for code in written]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: not a notebook ({type(error).__name__}: {str(error)[:80]})") from None
    lines: list[str] = []
    places: list[str] = []
    lost = []
    for number, code in enumerate(codes, 1):
        if code.strip() and not _is_python(code):
            lost.append(f"cell {number}")
            continue
        for inner, line in enumerate(code.split("\n"), 1):
            lines.append(line)
            places.append(f"line {inner} of cell {number}")
    assumed = [f"Not Python, and passed over: {', '.join(lost)}."] if lost else []
    found = read_program(path, "\n".join(lines), lambda line: places[line - 1], assumed)
    return replace(found, text="\n".join(written))


def _written(cell: dict[str, Any]) -> str:
    """A code cell as it stands; other cells are empty."""
    if cell.get("cell_type") != "code":
        return ""
    written = cell["source"]
    return written if isinstance(written, str) else "".join(written)


def _without_magics(code: str) -> str:
    if re.match(r"\s*%%(?!time|capture|memit)", code):
        return ""  # another language, or a file that is written
    return _MAGIC.sub(r"\1pass", code)


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
