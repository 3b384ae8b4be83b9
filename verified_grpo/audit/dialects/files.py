"""The text of a configuration file: a regular file only, of a size that a configuration has."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from ...errors import FileError, InputError

SIZE_LIMIT = 16 * 2**20
NOTEBOOK_LIMIT = 256 * 2**20
"""Notebooks keep their pictures."""


def read_text(path: Path) -> str:
    """The text of a regular file; a pipe or a device is refused, not waited for.

    Raises:
        FileError: it could not be read.
        InputError: a pipe or a device, too large, not UTF-8, empty.
    """
    limit = NOTEBOOK_LIMIT if path.suffix.lower() == ".ipynb" else SIZE_LIMIT
    try:
        with open(path, "rb", opener=_at_once) as stream:
            regular = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
            data = stream.read(limit + 1) if regular else b""
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; expected a configuration file") from None
    except ValueError as error:
        raise InputError(f"{path}: {error}; expected a configuration file") from None
    if not regular:
        raise InputError(f"{path}: not a regular file; expected a configuration file")
    if len(data) > limit:
        raise InputError(f"{path}: larger than {limit} bytes: not a configuration")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not text in UTF-8") from None
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    return text


SOURCED = re.compile(r"(\./|\$\(.*\)/|\$\{?\w+\}?/)?((?:\.\./)*[\w.-]+(?:/[\w.-]+)*)", re.DOTALL)
"""A path below the script's folder, or below one that only a run knows."""
ABOVE = 4
"""How many folders above the script's such a one is looked for."""


def sourced(folder: Path | None, written: str) -> tuple[str, str] | None:
    """The name and the text of a file that a script sources, where there is one of that name beside the
    script, or in a folder above it."""
    found = SOURCED.fullmatch(written)
    if folder is None or found is None:
        return None
    above = list(folder.absolute().parents)[:ABOVE] if (found[1] or "").startswith("$") else []
    for place in (folder, *above):
        try:
            return found[2], read_text(place / found[2])
        except (FileError, InputError):
            continue
    return None


def _at_once(name: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
