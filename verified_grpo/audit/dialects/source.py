"""What every dialect gives back: flat settings as text, where each stands, and what only a run knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import InputError

KEY_LIMIT = 20_000
LINED = 2**20
"""Longer texts of formats whose readers know no lines are read without them."""

Flat = dict[str, str | None]
Telling = Callable[[Flat], bool]
"""Whether options are those of a training; a file may hold other commands."""


@dataclass(frozen=True)
class Source:
    """What a file says. Values are text exactly as written; nothing in a file is ever run.

    Attributes:
        values: the last value of each key; None for null.
        origins: where a key stands, such as ``line 3`` or ``line 3 of parent.yaml``; not all readers know.
        unsure: keys whose value, or whose presence, only a run knows, each with the reason.
        supposed: keys whose value holds only if the environment is silent, each with what was supposed.
        twice: options of a command that are given twice, with both values.
        assumed: what was taken for granted in reading, as sentences.
        told: the framework that the file names itself (a program imports it), where keys alone would not do.
        whole: whether a setting that it does not speak of is certain to have its default: a program's call.
        text: the text that was read, of a notebook that of its cells; for what stands beside the settings,
            such as the version that a comment pins.
    """

    values: Flat
    origins: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    supposed: dict[str, str] = field(default_factory=dict)
    twice: dict[str, tuple[str, str]] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    told: str = ""
    text: str = ""
    whole: bool = False


def once(path: Path, pairs: Iterable[tuple[str, str | None]]) -> Flat:
    """Nested and dotted spellings of one key must not stand side by side.

    Raises:
        InputError: a key twice, or more values than a configuration has.
    """
    flat: Flat = {}
    for key, value in pairs:
        if key in flat:
            raise InputError(f"{path}: the key {key!r} is given twice")
        flat[key] = value
        if len(flat) > KEY_LIMIT:
            raise InputError(f"{path}: more than {KEY_LIMIT} values: not a configuration")
    return flat


def flatten(value: Any, prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Dotted keys in the order of the file; an empty mapping has none."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flatten(item, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from flatten(item, f"{prefix}.{number}")
    elif isinstance(value, bool):
        yield prefix, "true" if value else "false"
    else:
        yield prefix, None if value is None else str(value)


def lines_of(text: str, keys: Iterable[str], pattern: str) -> dict[str, str]:
    """The line of each key whose last part is written in the text once only.

    Args:
        pattern: how the format writes a key, as a regular expression with the key as its group.
    """
    if len(text) > LINED:
        return {}
    places: dict[str, list[int]] = {}
    for match in re.finditer(pattern, text, re.MULTILINE):
        places.setdefault(match[1], []).append(match.start(1))
    found = {}
    for key in keys:
        at = places.get(key.rpartition(".")[2], [])
        if len(at) == 1:
            found[key] = f"line {text.count(chr(10), 0, at[0]) + 1}"
    return found
