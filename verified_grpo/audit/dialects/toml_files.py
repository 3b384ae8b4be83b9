"""TOML, by the standard library's reader; numbers stay text."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ...errors import InputError
from .source import Source, flatten, lines_of, once


def read_toml(path: Path, text: str) -> Source:
    """The settings of a TOML file.

    Raises:
        InputError: not TOML.
    """
    try:
        tree = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{path}: not TOML: {error}") from None
    flat = once(path, flatten(tree))
    return Source(flat, lines_of(text, flat, r"^[ \t]*([\w.-]+)[ \t]*="))
