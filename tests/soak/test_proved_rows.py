"""Mutants of rows: the oracle sees what is false of one, and a mutant says something else in one cell."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from soak.proved_rows import BEYOND, PAPER, Table, false

STATED: dict[str, Any] = {
    "kind": "table-row",
    "variant": {"contrast": "mean"},
    "parameters": {"alpha": "1", "beta": "1", "eps": "1", "p_ref": "1/2"},
    "limit": {
        "logit": ["0.99", "1.01"],
        "p": ["0.731", "0.7311"],
        "one_minus_p": ["0.2689", "0.269"],
    },
    "gain": ["0.231", "0.2311"],
    "largest_step": "1",
    "fixed_points": 1,
}
"""The contrast 1, whose fixed point is L_ref + 1."""


def test_a_true_row_is_not_contradicted() -> None:
    assert false(STATED) is None
    assert false({**STATED, "gain": [], "largest_step": [], "fixed_points": []}) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"limit": {**STATED["limit"], "logit": ["1.001", "1.01"]}}, "logit"),
        ({"gain": ["0.2311", "0.2312"]}, "the gain"),
        ({"fixed_points": 3}, "the number of fixed points"),
        ({"largest_step": "1.001"}, "the largest step"),
    ],
)
def test_what_is_false_of_a_row_is_seen(change: dict[str, Any], reason: str) -> None:
    assert false({**STATED, **change}) == reason


def test_a_mutant_says_something_else_in_one_cell(tmp_path: Path) -> None:
    table, source = Table.of(PAPER, tmp_path / "table"), random.Random(1)
    done = set()
    for _ in range(60):
        row, what = table.mutant(source)
        nearest = min(sum(row[name] != other[name] for name in row) for other in table.rows)
        assert nearest == 1
        done.add(what == BEYOND)
    assert done == {True, False}
