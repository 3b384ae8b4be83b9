"""Faults at every write of a table: what was there stays or is replaced whole, and the next run goes on.

In one process: Polars' threads do not survive a fork. It writes through `work/files.py`, so that its writes
are among those that fail.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writes import Writes
from verified_grpo.audit.pass_rates import Question, audit_table
from verified_grpo.errors import FileError
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN_VAR


def ended(rates: Path, question: Question, out: Path) -> str:
    """What stopped the audit of a table; empty where nothing did."""
    try:
        audit_table(rates, question, out=out, jobs=1)
    except (FileError, OSError) as error:
        return str(error)
    except KeyboardInterrupt:
        return "interrupted"
    return ""


def test_a_table_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rates, question = tmp_path / "rates.csv", Question(MEAN_VAR, beta=exact("5"), eps=exact("1e-5"))
    rates.write_text("k,n\n0,8\n3,8\n")
    outs = {name: tmp_path / f"certified.{name}" for name in ("csv", "jsonl", "parquet")}
    for out in outs.values():
        audit_table(rates, question, out=out, jobs=1)
    fresh = {name: out.read_bytes() for name, out in outs.items()}
    writes = Writes(monkeypatch)
    for name, out in outs.items():
        writes.fail(0)
        audit_table(rates, question, out=out, jobs=1)
        calls = writes.count
        assert calls >= 10
        stopped = 0
        for at in range(1, calls + 1):
            out.write_bytes(b"what was there")
            writes.fail(at)
            failed, fault = ended(rates, question, out), writes.fault(at)[0]
            assert not failed or str(getattr(fault, "strerror", "interrupted")) in failed, at
            assert out.read_bytes() in ((fresh[name], b"what was there") if failed else (fresh[name],)), at
            stopped += bool(failed)
        assert stopped >= calls // 2
        writes.fail(0)
        audit_table(rates, question, out=out, jobs=1)  # goes on from what is left
        assert out.read_bytes() == fresh[name]
