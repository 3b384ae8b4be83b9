"""The verdicts, pinned: a change of one is a change of what the suite says about the paper."""

from __future__ import annotations

from verified_grpo.proofs import all_statements
from verified_grpo.proofs.framework import FAILS, FLAWED, HOLDS, INSTANCES, LOOSE, MISPRINT, SHARPER

NOT_AS_PRINTED = {
    FAILS: {"abstract-convergence", "figure-2", "figure-3"},
    LOOSE: {"algorithm-1", "remark-1", "figure-5", "theorem-5", "r4-rate-or-fate"},
    FLAWED: {"theorem-3-case-1"},
    MISPRINT: {
        "equation-3",
        "theorem-3-references",
        "theorem-5-total-variation",
        "lemma-2",
        "lemma-3-part-1",
        "lemma-4",
    },
    INSTANCES: {"section-2-3-library"},
}


def test_what_does_not_stand_as_printed() -> None:
    for verdict, items in NOT_AS_PRINTED.items():
        assert {s.item for s in all_statements() if s.verdict == verdict} == items


def test_what_is_refuted_says_so_and_nothing_else_does() -> None:
    """A refuting part has its conclusion against sentence, step or formula; and a theorem refutes too."""
    refuted = set().union(*(NOT_AS_PRINTED[word] for word in (FAILS, LOOSE, FLAWED, MISPRINT)))
    for statement in all_statements():
        kinds = {conclusion.of for conclusion in statement.conclusions}
        roles = {part.role for part in statement.parts}
        assert bool(kinds & {"against", "flaw", "misprint"}) == (statement.item in refuted), statement.item
        assert "refutes" not in roles or statement.item in refuted, statement.item


def test_the_corrected_judgements() -> None:
    """Figure 5's sequence does diverge; a sufficient condition refutes no "not guaranteed"; Remark 1 has its
    theorem; and the abstract's own claims are judged."""
    by_name = {statement.item: statement for statement in all_statements()}
    assert by_name["figure-5"].verdict == LOOSE
    assert by_name["v7-monotone-improvement"].verdict == SHARPER
    assert by_name["remark-1"].verdict == LOOSE
    theorems = {
        given["name"]
        for item in ("remark-1", "v7-monotone-improvement", "limit-is-a-fixed-point", "s3-every-start")
        for step in by_name[item].steps
        if "theorems" in step.because
        for given in step.because["theorems"]
    }
    assert {"remark_1_none", "remark_1_one", "remark_1_two"} <= theorems
    assert {"v7_rises_above_half", "limit_of_the_sequence", "attraction_in_p"} <= theorems
    assert by_name["abstract-amplification"].verdict == HOLDS
    assert "satisified" in by_name["figure-3"].paper
    assert "not excluded" not in by_name["s3-uniform-contraction"].not_proved


def test_theorem_3_needs_no_condition() -> None:
    by_name = {statement.item: statement for statement in all_statements()}
    assert by_name["theorem-3-case-2"].verdict == SHARPER


def test_the_abstracts_convergence_is_judged_in_both_readings() -> None:
    """Updates solved exactly: it fails; small steps: it holds, and more."""
    by_name = {statement.item: statement for statement in all_statements()}
    assert by_name["abstract-convergence"].verdict == FAILS
    assert by_name["abstract-convergence-by-steps"].verdict == SHARPER


def test_small_steps_and_budgets_rest_on_theorems_alone() -> None:
    """Each has a general conclusion, and none assumes anything."""
    of_steps = [s for s in all_statements() if s.item[0] in "nkr" and s.item[1].isdigit()]
    assert {s.item.split("-")[0] for s in of_steps} == {
        *("n1", "n2", "n3", "n4", "n5", "n6", "n8", "n9", "n10"),
        *("k1", "k2"),
        *("r1", "r2", "r3", "r4", "r5"),
    }
    for statement in of_steps:
        assert statement.verdict == HOLDS or statement.item == "r4-rate-or-fate", statement.item
        assert any(c.everywhere for c in statement.conclusions), statement.item
        assert all("assumptions" not in step.because for step in statement.steps), statement.item
        assert any("theorems" in step.because for step in statement.steps), statement.item
