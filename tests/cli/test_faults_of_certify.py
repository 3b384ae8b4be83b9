"""Faults at every write of `certify`: a file is whole or not there, and the next run goes on to the end."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.cli import main

CALLS = ("open", "write", "fsync", "replace", "mkdir")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}
FAULTS: tuple[tuple[BaseException, int], ...] = (
    (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 74),
    (OSError(errno.EIO, os.strerror(errno.EIO)), 74),
    (OSError(errno.EPIPE, os.strerror(errno.EPIPE)), 74),
    (KeyboardInterrupt(), 130),
)


class Writes:
    """The calls that write, counted, of which one ends in a fault."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count, self.at, self.fault = 0, 0, FAULTS[0][0]
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


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def certify(out: Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["certify", "equation-4", "--out", str(out)])
    return int(ended.value.code or 0)


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> Writes:
    return Writes(monkeypatch)


def test_every_file_is_whole_and_the_next_run_goes_on(
    writes: Writes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "reports"
    assert certify(out) == 0
    fresh, calls = files(out), writes.count
    assert calls >= 20
    stopped = 0
    for at in range(1, calls + 1):
        shutil.rmtree(out, ignore_errors=True)
        fault, code = FAULTS[at % len(FAULTS)]
        writes.count, writes.at, writes.fault = 0, at, fault
        ended = certify(out)
        said = capsys.readouterr().err
        assert ended in (0, code), (at, ended, said)
        assert "Traceback" not in said
        left = files(out) if out.exists() else {}
        assert all(fresh.get(name) == data for name, data in left.items() if name.suffix), at
        stopped += ended == code
        writes.at = 0
        assert certify(out) == 0
        assert files(out) == fresh, at
    assert stopped >= calls // 2
