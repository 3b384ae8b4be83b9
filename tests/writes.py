"""Calls that write, of which one fails: a full disk, a broken one, a reader gone away, an interruption."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "replace", "mkdir")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}
FAULTS: tuple[tuple[BaseException, int], ...] = (
    *((OSError(number, os.strerror(number)), 74) for number in (errno.ENOSPC, errno.EIO, errno.EPIPE)),
    (KeyboardInterrupt(), 130),
)
"""Each with the exit code that it ends in; the last one is what a signal becomes."""


class Writes:
    """The calls of this process that write, counted; that of number ``at`` ends in a fault."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count, self.at = 0, 0
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name))

    def fault(self, at: int) -> tuple[BaseException, int]:
        """That of a number, so that all kinds come in turn."""
        return FAULTS[at % len(FAULTS)]

    def fail(self, at: int) -> None:
        """From now on count anew, to that number; none for 0."""
        self.count, self.at = 0, at

    def _wrapped(self, name: str) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            if name != "open" or words[1] & (os.O_WRONLY | os.O_RDWR):
                self.count += 1
                if self.count == self.at:
                    raise self.fault(self.at)[0]
            return REAL[name](*words, **more)

        return call
