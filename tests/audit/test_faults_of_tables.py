"""Faults at every write of a table: what was there stays or is replaced whole, and the next run goes on.

In one process: Polars' threads do not survive a fork. It writes through `work/files.py`, so that its writes
are among those that fail.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.audit.pass_rates import Question, audit_table
from verified_grpo.errors import FileError
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN_VAR

CALLS = ("open", "write", "fsync", "replace", "mkdir")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}


FAULTS: tuple[BaseException, ...] = (
    *(OSError(number, os.strerror(number)) for number in (errno.ENOSPC, errno.EIO, errno.EPIPE)),
    KeyboardInterrupt(),
)
"""The last one is what a signal ends in."""


class Faults:
    """The calls that write, counted, of which one fails."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count, self.at, self.fault = 0, 0, FAULTS[0]
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name))

    def _wrapped(self, name: str) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            if name != "open" or words[1] & (os.O_WRONLY | os.O_RDWR):
                self.count += 1
                if self.count == self.at:
                    raise self.fault
            return REAL[name](*words, **more)

        return call


def test_a_table_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rates, question = tmp_path / "rates.csv", Question(MEAN_VAR, beta=exact("5"), eps=exact("1e-5"))
    rates.write_text("k,n\n0,8\n3,8\n")
    outs = {name: tmp_path / f"certified.{name}" for name in ("csv", "jsonl", "parquet")}
    for out in outs.values():
        audit_table(rates, question, out=out, jobs=1)
    fresh = {name: out.read_bytes() for name, out in outs.items()}
    faults = Faults(monkeypatch)
    for name, out in outs.items():
        faults.count, faults.at = 0, 0
        audit_table(rates, question, out=out, jobs=1)
        calls = faults.count
        assert calls >= 10
        stopped = 0
        for at in range(1, calls + 1):
            out.write_bytes(b"what was there")
            faults.count, faults.at = 0, at
            faults.fault = FAULTS[at % len(FAULTS)]
            failed = ""
            try:
                audit_table(rates, question, out=out, jobs=1)
            except (FileError, OSError) as error:
                failed = str(error)
                assert str(faults.fault).partition("] ")[2] in failed, at
            except KeyboardInterrupt:
                failed = "interrupted"
                assert isinstance(faults.fault, KeyboardInterrupt)
            assert out.read_bytes() in ((fresh[name], b"what was there") if failed else (fresh[name],)), at
            stopped += bool(failed)
        assert stopped >= calls // 2
        faults.at = 0
        audit_table(rates, question, out=out, jobs=1)  # goes on from what is left
        assert out.read_bytes() == fresh[name]
