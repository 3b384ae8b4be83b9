"""Faults at every write of `certify`: a file is whole or not there, and the next run goes on to the end."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.writes import Writes
from verified_grpo.cli import main
from verified_grpo.report.typesetting import pdf


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def certify(out: Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["certify", "equation-4", "--out", str(out)])
    return int(ended.value.code or 0)


def test_every_file_is_whole_and_the_next_run_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("verified_grpo.report.writing.pdf", cache(pdf))  # the same bytes each time
    out, writes = tmp_path / "reports", Writes(monkeypatch)
    assert certify(out) == 0
    fresh, calls = files(out), writes.count
    assert calls >= 20
    stopped = 0
    for at in range(1, calls + 1):
        shutil.rmtree(out, ignore_errors=True)
        writes.fail(at)
        ended, code = certify(out), writes.fault(at)[1]
        said = capsys.readouterr().err
        assert ended in (0, code), (at, ended, said)
        assert "Traceback" not in said
        left = files(out) if out.exists() else {}
        assert all(fresh.get(name) == data for name, data in left.items() if name.suffix), at
        stopped += ended == code
        writes.fail(0)
        assert certify(out) == 0
        assert files(out) == fresh, at
    assert stopped >= calls // 2
