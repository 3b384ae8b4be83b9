"""Outputs: a regular file is replaced whole or not at all, a pipe and standard output are written to as
streams, and nothing else is touched.

A symbolic link stays, and what it points to is replaced. A device, a socket or a folder is refused: put in
its place, a file would destroy it.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from ..errors import FileError, InputError

STANDARD_OUTPUT = "-"
BLOCK = 1 << 20
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}


def write_bytes(path: Path, data: bytes) -> Path:
    """Write beside the target and rename, so that no reader ever sees half a file; to a stream as it is.

    A new file has the mode that the umask leaves, a replaced one the mode that it had.

    Raises:
        InputError: neither a regular file nor a stream.
        FileError: it cannot be written; what was there before is there still.
    """
    with _writing(path):
        if is_stream(path):
            _into_stream(path, [data])
            return path
        target = target_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = _begun(target)
        try:
            try:
                _write(handle, data)
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    return path


class Written(io.RawIOBase):
    """A new file that a library writes into, piece by piece, each by a call of ours: what fails is seen here,
    and no library opens a file by itself."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        rest = memoryview(data).cast("B")
        size = len(rest)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        return size

    def close(self) -> None:
        if not self.closed:
            os.close(self._file)
        super().close()


def move_into(finished: Path, path: Path) -> None:
    """Put a finished file in the place of an output on the same disk, or its bytes into a stream.

    Raises:
        InputError, FileError: as :func:`write_bytes`.
    """
    with _writing(path):
        if is_stream(path):
            with finished.open("rb") as source:
                _into_stream(path, iter(lambda: source.read(BLOCK), b""))
            return
        target = target_of(path)
        with finished.open("rb") as source:
            os.fsync(source.fileno())
        with suppress(FileNotFoundError):
            finished.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(finished, target)


def require_output(path: Path) -> None:
    """Refuse, before any work is done, an output that could not be written in the end.

    A file of the same folder is made and removed again; of a stream only the kind is looked at.

    Raises:
        InputError: neither a regular file nor a stream.
        FileError: nothing can be written there.
    """
    with _writing(path):
        if not is_stream(path):
            _probe(target_of(path).parent)


def require_folder(path: Path) -> None:
    """Refuse, before any work is done, a folder that files could not be written into.

    Raises:
        InputError: something else has its name.
        FileError: nothing can be written there.
    """
    with _writing(path):
        if path.exists() and not path.is_dir():
            raise InputError(f"cannot write {path}: it is not a folder")
        _probe(target_of(path))


def is_stream(path: Path) -> bool:
    """Whether an output is written to as it comes: a pipe, or standard output by any of its names.

    Raises:
        InputError: it is there, and is neither a stream nor a regular file.
        FileError: nobody can tell.
    """
    if is_standard_output(path):
        return True
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unwritable(path, error) from None
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        return stat.S_ISFIFO(mode)
    kind = _KINDS.get(stat.S_IFMT(mode), "not a file")
    raise InputError(f"cannot write {path}: it is {kind}; an output is a regular file, a pipe, or - ")


def is_standard_output(path: Path) -> bool:
    """Whether this is ``-``, ``/dev/stdout``, or the very file that standard output goes to."""
    if str(path) == STANDARD_OUTPUT:
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(1))
    except OSError:
        return False


def target_of(path: Path) -> Path:
    """Where a chain of symbolic links ends."""
    return Path(os.path.realpath(path))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> FileError:
    return FileError(f"cannot write {path}: {error.strerror or error}")


def _begun(target: Path) -> tuple[int, Path]:
    """An empty file beside the target, under a name of its own, open for writing."""
    beside = target.with_name(f".{target.name[:40]}.{token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with suppress(FileNotFoundError):
        os.fchmod(handle, stat.S_IMODE(target.stat().st_mode))
    return handle, beside


def _probe(folder: Path) -> None:
    """Whether a file can be made in the folder, or in the nearest above it that is there."""
    there = next(above for above in (folder, *folder.parents) if above.exists())
    handle, beside = _begun(there / "test")
    os.close(handle)
    beside.unlink()


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _into_stream(path: Path, blocks: Iterator[bytes] | list[bytes]) -> None:
    if is_standard_output(path):
        sys.stdout.flush()
        for block in blocks:
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
        return
    handle = os.open(path, os.O_WRONLY)
    try:
        for block in blocks:
            _write(handle, block)
    finally:
        os.close(handle)
