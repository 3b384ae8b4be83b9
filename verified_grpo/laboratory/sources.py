"""The package's own sources as a page loads them: one archive, the same bytes for the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
CHECKER = ("checker",)
PROVER = (
    "__init__.py", "_version.py", "characters.py", "errors.py", "lazily.py",
    "work", "intervals", "model", "rigor", "certificates", "checker", "answers", "report", "laboratory",
    "audit/__init__.py", "audit/configurations", "audit/dialects",
    "audit/pass_rates/__init__.py", "audit/pass_rates/columns.py",
)  # fmt: skip
"""Rooms: the checker stands alone, the prover has all up to the answers, the headlines of reports, and what
reads configurations."""
READERS = ("yaml", "omegaconf", "antlr4")
"""Libraries that YAML is read with, as they are installed beside the package: in Python alone. The last is a
part of the one before it from version 2.4 on."""


@lru_cache
def sources(rooms: tuple[str, ...]) -> bytes:
    """The Python files of rooms, and the programs that are written down beside them, as a ZIP archive."""
    return _archived({path.relative_to(PACKAGE.parent).as_posix(): path for path in _files(rooms)})


def _archived(files: Mapping[str, Path]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files.items():
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


@lru_cache
def readers() -> bytes:
    """The Python files of the libraries that read YAML, as a ZIP archive."""
    found: dict[str, Path] = {}
    for name in READERS:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        home = Path(spec.origin).parent
        found |= {f"{name}/{path.relative_to(home).as_posix()}": path for path in sorted(home.rglob("*.py"))}
    return _archived(found)


def _files(rooms: tuple[str, ...]) -> Iterator[Path]:
    for room in rooms:
        path = PACKAGE / room
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))
    if "model" in rooms:
        yield from sorted((PACKAGE / "model/written").glob("*.json"))
