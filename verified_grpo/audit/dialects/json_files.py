"""JSON: ``training_args.json``, TRL's and Transformers' dumps, and any other object of settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...errors import InputError
from .source import Source, flatten, lines_of, once


def read_json(path: Path, text: str) -> Source:
    """The settings of a JSON object; numbers stay text.

    Raises:
        InputError: not JSON, no object, a key given twice.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise InputError(f"{path}: the key {key!r} is given twice")
            found[key] = value
        return found

    try:
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({error})") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: a JSON object of settings is expected")
    flat = once(path, flatten(value))
    return Source(flat, lines_of(text, flat, r'(?<!\\)"([^"\n]+)"\s*:'))
