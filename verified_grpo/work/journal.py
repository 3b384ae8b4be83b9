"""Finished work, written as it goes: one line a batch, so that a run can be killed at any moment.

Lines are to a file what units are to a store: each begins with a digest of its number, its text and the
question, whose hash is the first line. Batches come in a fixed order: a resumed run takes lines as long as
they are whole and in their places, and computes from there on. Nothing is lost but the batch in hand, and
nothing can be counted twice.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..errors import FileError
from .fingerprint import fingerprint
from .store import own_folder, question_hash

NAME = "journal"


class Journal:
    """The journal in a folder of the owner's alone; without a folder it remembers nothing.

    Raises:
        InputError: the folder is somebody else's.
        FileError: it cannot be written.
    """

    def __init__(self, folder: Path | None, words: dict[str, str]) -> None:
        self._folder, self._handle = folder, -1
        self._question = question_hash([words, fingerprint()])
        self._number = 0
        self.past: Iterator[str] = iter(())
        if folder is not None:
            own_folder(folder)
            kept = self._whole_lines(folder / NAME) or [self._question]
            self.past = iter(kept[1:])
            self._begin(folder / NAME, kept)

    def add(self, line: str) -> None:
        """Put a finished batch on disk."""
        if self._folder is not None:
            self._put(line)

    def close(self, *, done: bool) -> None:
        """Close the file; when all is done it is no longer needed, nor an empty folder."""
        if self._folder is not None:
            os.close(self._handle)
            if done:
                (self._folder / NAME).unlink(missing_ok=True)
                with suppress(OSError):
                    self._folder.rmdir()

    def _begin(self, path: Path, lines: list[str]) -> None:
        """The file with only these lines, open for more: written beside and renamed."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self._handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for line in lines:
                self._put(line)
            os.replace(beside, path)
        except OSError as error:
            raise FileError(f"cannot write {path}: {error.strerror}") from None

    def _put(self, line: str) -> None:
        text = line.encode("ascii")
        rest = memoryview(self._digest(self._number, text) + b" " + text + b"\n")
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
            os.fsync(self._handle)
        except OSError as error:
            raise FileError(f"cannot write the journal of unfinished work: {error.strerror}") from None
        self._number += 1

    def _whole_lines(self, path: Path) -> list[str]:
        """The lines up to the first that is broken, out of its place, or of another question."""
        try:
            data = path.read_bytes()
        except OSError:
            return []
        lines: list[str] = []
        for written in data.split(b"\n"):
            stated, _, line = written.partition(b" ")
            if stated != self._digest(len(lines), line):
                break
            lines.append(line.decode("ascii"))
        return lines

    def _digest(self, number: int, line: bytes) -> bytes:
        return hashlib.sha256(f"{self._question} {number} ".encode() + line).hexdigest().encode()
