"""The verdicts, pinned: a change of one is a change of what the suite says about the paper."""

from __future__ import annotations

from proofs import all_statements
from proofs.framework import FAILS, FLAWED, LOOSE, SHARPER

NOT_AS_PRINTED = {
    FAILS: {"equation-3", "remark-1", "figure-2", "figure-3", "figure-5"},
    LOOSE: {"algorithm-1", "theorem-5", "v7-monotone-improvement"},
    FLAWED: {"theorem-3-case-1", "lemma-2", "lemma-3-part-1", "lemma-4"},
}


def test_what_does_not_stand_as_printed() -> None:
    for verdict, items in NOT_AS_PRINTED.items():
        assert {s.item for s in all_statements() if s.verdict == verdict} == items


def test_what_is_refuted_says_so_and_nothing_else_does() -> None:
    refuted = set().union(*NOT_AS_PRINTED.values())
    for statement in all_statements():
        roles = {part.role for part in statement.parts}
        assert ("refutes" in roles) == (statement.item in refuted), statement.item


def test_theorem_3_needs_no_condition() -> None:
    by_name = {statement.item: statement for statement in all_statements()}
    assert by_name["theorem-3-case-2"].verdict == SHARPER
