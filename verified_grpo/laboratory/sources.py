"""The package's own sources as a page loads them: one archive, the same bytes for the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
CHECKER = ("checker",)
PROVER = (
    "__init__.py", "_version.py", "characters.py", "errors.py", "lazily.py",
    "work", "intervals", "model", "rigor", "certificates", "checker", "answers", "report", "laboratory",
)  # fmt: skip
"""Rooms: the checker stands alone, the prover has all up to the answers, and the headlines of reports."""


@lru_cache
def sources(rooms: tuple[str, ...]) -> bytes:
    """The Python files of rooms, and the programs that are written down beside them, as a ZIP archive."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(rooms):
            name = path.relative_to(PACKAGE.parent).as_posix()
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _files(rooms: tuple[str, ...]) -> Iterator[Path]:
    for room in rooms:
        path = PACKAGE / room
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))
    if "model" in rooms:
        yield from sorted((PACKAGE / "model/written").glob("*.json"))
