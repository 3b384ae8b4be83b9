"""Reads statements of ITL, the language in which ITF1788 writes down what interval operations give."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*|testcase\s+\S+\s*\{", re.DOTALL)
_STATEMENT = re.compile(r"([A-Za-z][\w-]*)\s+([^;=]*?)\s*=\s*([^;]*?)\s*;")
_INTERVAL = re.compile(r"\[([^\]]*)\](?:_(\w+))?")
_WORD = re.compile(r"\[[^\]]*\](?:_\w+)?|\"[^\"]*\"|[^\s\[\]\"]+")

Ends = tuple[float, float]
"""A closed interval of doubles; ends may be infinite."""
Value = Ends | float | bool


@dataclass(frozen=True)
class Statement:
    """``operation operands = result``: texts, as they stand in the file."""

    operation: str
    operands: tuple[str, ...]
    result: str


def statements(text: str) -> Iterator[Statement]:
    """All statements of a file, in order."""
    for operation, operands, result in _STATEMENT.findall(_COMMENTS.sub(" ", text)):
        yield Statement(operation, tuple(_WORD.findall(operands)), result)


def value(text: str) -> Value | None:
    """A number, an interval without its decoration, or a truth value; None for the empty set and for what is
    no interval at all."""
    text = text.split(" signal ")[0].strip()
    if text in ("true", "false"):
        return text == "true"
    match = _INTERVAL.fullmatch(text)
    if match is None:
        return number(text)
    inside, decoration = match[1].strip().lower(), match[2]
    if inside in ("empty", "nai", "") or decoration == "ill":
        return None
    if inside == "entire":
        return -math.inf, math.inf
    ends = [number(end) for end in inside.split(",")]
    low, high = ends[0], ends[-1]
    return None if low is None or high is None else (low, high)


def number(text: str) -> float | None:
    """The double of a decimal or hexadecimal literal; None for anything else."""
    text = text.strip()
    try:
        return float.fromhex(text) if "0x" in text.lower() else float(text)
    except ValueError:
        return None
