"""Finished units of unfinished work, on disk: each is believed only after a look.

A unit is some bytes and, beside them, a label: name, rows, schema, the hash of the question that they answer,
and a digest of all this and the bytes. A unit whose label is not the very one that its bytes and its question
would get is no unit: it is computed again. So is one of another question.

The digest has no key: it finds what a disk or a slip did, and whoever can write here can write another. That
is why the folder is the owner's alone, and one that somebody else left, or that others may write into, is not
used.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import FileError, InputError
from .files import is_standard_output, target_of, write_bytes

ENDING = ".unfinished"
OTHERS = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True)
class Unit:
    """One finished piece of work: its bytes, how many rows they hold, and the names and types of these."""

    data: bytes
    rows: int = 1
    schema: str = ""


class Store:
    """The units of one question.

    Args:
        folder: made if it is not there, for the owner alone.
        question: everything that an answer depends on, the code too.

    Raises:
        InputError: the folder is somebody else's, or others may write into it.
        FileError: it cannot be made.
    """

    def __init__(self, folder: Path, question: object) -> None:
        self.folder, self.question = folder, question_hash(question)
        own_folder(folder)

    def get(self, name: str) -> Unit | None:
        """A finished unit, if it is whole and of this question."""
        try:
            data, label = self.path(name).read_bytes(), self._label_path(name).read_bytes()
            told = json.loads(label)
            unit = Unit(data, int(told["rows"]), str(told["schema"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return unit if self.label(name, unit) == label else None

    def put(self, name: str, unit: Unit) -> None:
        """Keep a unit; its bytes come last, so that they are never there without their label."""
        write_bytes(self._label_path(name), self.label(name, unit))
        write_bytes(self.path(name), unit.data)

    def path(self, name: str) -> Path:
        """Where the bytes of a unit are."""
        return self.folder / name

    def label(self, name: str, unit: Unit) -> bytes:
        """The only label of these bytes under this name and this question."""
        told = {"name": name, "question": self.question, "rows": unit.rows, "schema": unit.schema}
        total = hashlib.sha256(json.dumps(told, sort_keys=True).encode() + b"\0" + unit.data)
        return json.dumps({**told, "digest": total.hexdigest()}, sort_keys=True).encode()

    def forget(self) -> None:
        """Throw the finished work away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _label_path(self, name: str) -> Path:
        return self.folder / f"{name}.label"


def question_hash(question: object) -> str:
    """A hash of everything that an answer depends on."""
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()


def own_folder(folder: Path) -> None:
    """Make a folder for the owner alone, or see that it is one.

    Raises:
        InputError: it is a link, somebody else's, or others may write into it.
        FileError: it cannot be made or looked at.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not is_own(folder):
            raise InputError(
                f"{folder} is not used: unfinished work is kept in a folder that is yours and into which "
                "nobody else may write; remove it, or give the output another name"
            )
    except OSError as error:
        raise FileError(f"cannot write {folder}: {error.strerror}") from None


def is_own(folder: Path) -> bool:
    """Whether this is a folder of this user's, and into which nobody else may write."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & OTHERS


def unfinished(out: Path, question: object) -> Path | None:
    """The folder beside an output for unfinished work of this very question; none beside standard output.

    What is left there of other questions, and is this user's, is removed.
    """
    if is_standard_output(out):
        return None
    target = target_of(out)
    folder = target.with_name(f".{target.name}.{question_hash(question)[:16]}{ENDING}")
    for other in _left(target):
        if other != folder and is_own(other):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _left(target: Path) -> Iterator[Path]:
    if target.parent.is_dir():
        start = f".{target.name}."
        for path in sorted(target.parent.iterdir()):
            if path.name.startswith(start) and path.name.endswith(ENDING):
                yield path
