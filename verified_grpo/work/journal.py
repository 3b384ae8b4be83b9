"""Finished work, written as it goes: one line a batch of cells, so that a run can be killed at any moment.

A line is a digest and the batch's tokens. The first line names the question, the code and the libraries; a
journal of another question or other code is begun anew. Batches come in a fixed order, so a line needs no
number: a resumed run takes lines as long as they are whole, and computes from there on. Nothing is lost but
the batch in hand, and nothing can be counted twice.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..errors import InputError
from .fingerprint import fingerprint


class Journal:
    """The journal in a file; without a file it remembers nothing."""

    def __init__(self, path: Path | None, words: dict[str, str]) -> None:
        self._path, self._stream = path, None
        self.past: Iterator[str] = iter(())
        if path is not None:
            header = json.dumps([words, fingerprint()], sort_keys=True)
            whole = _whole_lines(path)
            kept = whole if whole[:1] == [header] else [header]
            self.past = iter(kept[1:])
            self._stream = _begun(path, kept)

    def add(self, line: str) -> None:
        """Put a finished batch on disk."""
        if self._stream is not None:
            _put(self._stream, line)

    def close(self, *, done: bool) -> None:
        """Close the file; when the atlas is done it is no longer needed."""
        if self._stream is not None and self._path is not None:
            self._stream.close()
            if done:
                self._path.unlink(missing_ok=True)


def _begun(path: Path, lines: list[str]) -> IO[str]:
    """The file with only these lines, open for more: written beside and renamed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        stream = beside.open("w", encoding="ascii")
        for line in lines:
            _put(stream, line)
        os.replace(beside, path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
    return stream


def _put(stream: IO[str], line: str) -> None:
    stream.write(f"{_digest(line)} {line}\n")
    stream.flush()
    os.fsync(stream.fileno())


def _whole_lines(path: Path) -> list[str]:
    """The lines up to the first that is broken."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return []
    lines = []
    for written in text.split("\n"):
        stated, _, line = written.partition(" ")
        if stated != _digest(line):
            break
        lines.append(line)
    return lines


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:16]
