"""Chaos and cycles: what evidence may leave out, what alone keeps a cycle out, how cells are printed."""

from __future__ import annotations

import pytest

from verified_grpo.checker import Code, check_bytes, cycles, diagnostics

from .builder import seal
from .committed import committed
from .edits import edited
from .kinds.chaos.corpus import rejected


def test_an_interval_without_weight_is_not_stated() -> None:
    good = committed()["chaos-entropy-full-shift"]
    more = [*good["statement"]["intervals"], ["3.97", "3.98"]]
    wider = edited(good, "statement", "intervals", value=more)
    weighed = check_bytes(seal(edited(wider, "evidence", "weights", value=["1", "1", "0"])))
    assert weighed.code is Code.COUNT_MISMATCH
    counted = check_bytes(seal(edited(wider, "evidence", "weights", value=["1", "1", "1"])))
    assert counted.code is Code.ENTROPY_NOT_PROVED


def test_neighbouring_rows_are_printed_as_a_run() -> None:
    good = committed()["chaos-region"]
    cells = [[0, 0], [0, 1], [1, 1], [2, 2]]
    points = good["evidence"]["points"]
    wider = edited(good, "statement", "cells", value=cells)
    wider = edited(wider, "evidence", "points", value=[points[0], *points])
    verdict = check_bytes(seal(wider))
    assert "rows 0-1" in verdict.statement_text
    assert verdict.code is Code.ACCEPTED


def test_nothing_else_keeps_two_fixed_points_from_being_a_cycle(monkeypatch: pytest.MonkeyPatch) -> None:
    _, document = rejected()["cycles-two-fixed-points"]
    path = ("statement", "cycles", 1)
    loose = edited(document, *path, "multiplier", value=["-1e9", "1e9"])
    data = seal(edited(loose, *path, "stability", value="undecided"))
    assert check_bytes(data).code is Code.CYCLE_NOT_CLOSED

    def lenient(holds: bool, reason: Code, message: str) -> None:
        if reason is not Code.CYCLE_NOT_CLOSED:
            diagnostics.require(holds, reason, message)

    monkeypatch.setattr(cycles, "require", lenient)
    assert check_bytes(data).code is Code.ACCEPTED
