"""Chaos: what evidence may leave out, and how neighbouring cells are printed."""

from __future__ import annotations

from verified_grpo.checker import Code, check_bytes

from .builder import seal
from .chaos_corpus import accepted
from .limit_corpus import edited


def test_an_interval_without_weight_plays_no_part() -> None:
    good = accepted()["chaos-entropy-full-shift"]
    more = [*good["statement"]["intervals"], ["3.97", "3.98"]]
    wider = edited(good, "statement", "intervals", value=more)
    assert (
        check_bytes(seal(edited(wider, "evidence", "weights", value=["1", "1", "0"]))).code is Code.ACCEPTED
    )
    counted = check_bytes(seal(edited(wider, "evidence", "weights", value=["1", "1", "1"])))
    assert counted.code is Code.ENTROPY_NOT_PROVED


def test_neighbouring_rows_are_printed_as_a_run() -> None:
    good = accepted()["chaos-region"]
    cells = [[0, 0], [0, 1], [1, 1], [2, 2]]
    points = good["evidence"]["points"]
    wider = edited(good, "statement", "cells", value=cells)
    wider = edited(wider, "evidence", "points", value=[points[0], *points])
    verdict = check_bytes(seal(wider))
    assert "rows 0-1" in verdict.statement_text
    assert verdict.code is Code.ACCEPTED
