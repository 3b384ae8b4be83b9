"""Each claim that a row of an audited table can make, made falsely: every rule of the judge is seen to
refuse, and what is left out claims nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from math import ulp
from pathlib import Path

import pytest

from verified_grpo import FixedPoints, Parameters, fixed_points
from verified_grpo.audit.pass_rates import Question
from verified_grpo.checker import Code, Outcome, Verdict
from verified_grpo.checker.arithmetic import using
from verified_grpo.checker.contrasts import MeanVar
from verified_grpo.checker.diagnostics import Fault
from verified_grpo.checker.numbers import ball, precision
from verified_grpo.checker.parameters import Parameters as Box
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.tables import caught, check_table, judge, table
from verified_grpo.checker.tables.pace import Pace
from verified_grpo.checker.tables.profile import Profile
from verified_grpo.checker.tables.question import Question as Asked
from verified_grpo.checker.tables.reference import Reference
from verified_grpo.checker.tables.rows import Row, Unfit, encoded, read_rows
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast
from verified_grpo.model.steps import Update

from .test_tables import FOLDED, GROUP, K3, PAPER, QUESTIONS, audited_once, dictionaries, forged

COUNTS = ((0, 12), (1, 12), (6, 12), (11, 12), (12, 12), (1, 1000))
NONE, LOW, MIDDLE, HIGH, ALL, RARE = range(6)
TURNING = replace(PAPER, update=Update.of("0.2"))
CONFIDENT = replace(PAPER, confidence=exact("0.95"))
STEPS = replace(GROUP, beta=exact("0.5"), update=Update.of("0.05"), target=exact("0.6"))
UNDER_K3 = replace(PAPER, regulariser=K3)
CLAIMS = ("logit", "p", "one_minus_p", "gain")
EMPTY = {f"certified_{name}_{end}": "" for name in CLAIMS for end in ("low", "high")}
BARE = {name: "" for name in EMPTY if "logit" not in name}
OPEN = {**EMPTY, "certified_period": "", "certified_rate": "", "certified_largest_step": ""}


def judged(folder: Path, question: Question, row: int, **cells: str) -> Verdict:
    """The verdict on a table that the suite wrote, in which one row says something else."""
    counts, out = folder / "counts.csv", folder / "audited.csv"
    counts.write_text("prompt,k,n\n" + "".join(f"a{i},{k},{n}\n" for i, (k, n) in enumerate(COUNTS)))
    audited_once(counts, question, out)
    rows = dictionaries(out)
    assert set(cells) <= set(rows[row])
    rows[row] |= cells
    forged(out, rows, question)
    return check_table(out)


def cells(**claims: str) -> dict[str, str]:
    return {f"certified_{name}": text for name, text in claims.items()}


def fixed_points_of(beta: int, p_ref: str) -> list[tuple[float, float]]:
    """Brackets in log-odds, ascending, under the paper's contrast."""
    answer = fixed_points(Contrast("mean-var"), Parameters.of(beta=beta, eps="1e-5", p_ref=p_ref))
    assert isinstance(answer, FixedPoints)
    return [(float(point.logit[0]), float(point.logit[1])) for point in answer.points]


REFUSED = {
    "a bracket beyond all log-odds": (FOLDED, LOW, {**BARE, **cells(logit_low="-1e99")}, "log-odds beyond"),
    "a bracket above the fold": (FOLDED, LOW, cells(logit_low="3"), "not proved to lie above it"),
    "a bracket where F falls": (FOLDED, MIDDLE, cells(logit_low="5"), "p_low: the limit may lie below it"),
    "a fixed point of p_ref 0": (CONFIDENT, NONE, cells(logit_low="-3"), "not proved to lie above it"),
    "a fixed point of p_ref 1": (CONFIDENT, ALL, cells(logit_high="99"), "not proved to lie below it"),
    "steps under k3 from p_ref 0": (
        replace(CONFIDENT, regulariser=K3), NONE, cells(largest_step="1e-9"), "without a bracket",
    ),
    "a bracket of steps beyond all log-odds": (
        TURNING, HIGH, cells(verdict="fixed-point", logit_low="-1e99"), "no fixed point is proved",
    ),
    "a bracket the wrong way round": (
        TURNING, HIGH, cells(verdict="falls", logit_low="600", logit_high="-600"), "no fixed point is proved",
    ),
    "a rate below the slope": (STEPS, MIDDLE, cells(rate="1e-9"), "rate: |T'| at the limit may be larger"),
    "steps with one end": (STEPS, MIDDLE, cells(steps_low="", steps_high="2"), "no such number"),
    "steps from p_ref 0": (STEPS, NONE, cells(steps_low="1", steps_high="2"), "as near to 0 or 1"),
    "half a step": (STEPS, LOW, cells(steps_low="2.5"), "a number of steps up to"),
    "steps out of order": (
        replace(TURNING, target=exact("0.99")), LOW, cells(steps_low="0", steps_high="9"), "the order of",
    ),
    "p_ref 1 ends below": (FOLDED, ALL, cells(note="ends below 1/2"), "is not what is proved"),
    "held back under k3": (UNDER_K3, LOW, cells(note="held back below 1/2"), "is not what is proved"),
    "a note of what is open": (FOLDED, LOW, {**OPEN, **cells(verdict="undecided", note="")}, "is not what"),
    "p_ref 1 ends elsewhere": (FOLDED, ALL, cells(p_low="0.5"), "p_low: it is 1 there"),
    "a fixed point beside p_ref 1": (FOLDED, ALL, cells(fixed_points="1"), "so many is not proved"),
    "one number across a fold": (
        replace(CONFIDENT, beta=Fraction(1)), LOW, cells(fixed_points="1"), "so many is not proved",
    ),
    "no number of samples": (FOLDED, LOW, {"n": ""}, "column n: it is empty"),
    "half a success": (FOLDED, LOW, {"k": "1.5"}, "it is no count out of 12"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_false_claim_is_refused(tmp_path: Path, name: str) -> None:
    question, row, changes, message = REFUSED[name]
    verdict = judged(tmp_path, question, row, **changes)
    assert verdict.code is Code.ROW_NOT_PROVED, verdict.message
    assert f"row {row + 1}, column " in verdict.message
    assert message in verdict.message


def test_what_is_left_out_claims_nothing(tmp_path: Path) -> None:
    for row, changes in (
        (LOW, cells(fixed_points="")),
        (LOW, {**OPEN, **cells(verdict="undecided", note="undecided")}),
        (ALL, cells(note="")),
    ):
        verdict = judged(tmp_path, FOLDED, row, **changes)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message


def test_an_end_may_be_the_last_double_that_is_proved(tmp_path: Path) -> None:
    """Between it and the next one lies the fixed point, so that the stated end counts."""
    ((_, high),) = fixed_points_of(1, "0.5")
    above = high + 2 * ulp(high)
    stated = (cells(logit_low=repr(above - k * ulp(above))) for k in range(8))
    accepted = [judged(tmp_path, FOLDED, MIDDLE, **BARE, **low).outcome is Outcome.ACCEPTED for low in stated]
    assert accepted == sorted(accepted)
    assert set(accepted) == {False, True}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (cells(verdict="fixed-point", logit_low="", logit_high=""), "a limit without a bracket"),
        ({**BARE, **cells(verdict="fixed-point", rate="")}, "a sequence that is not seen to settle"),
    ],
)
def test_what_is_not_seen_to_settle_stays_open(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    """Of steps so large that the sequence turns in a cycle around its fixed point; or of no place at all."""
    question = replace(PAPER, beta=Fraction(4), update=Update.of("0.25"))
    low, high = fixed_points_of(4, "0.001")[0]
    held = cells(logit_low=repr(low - 1e-9), logit_high=repr(high + 1e-9))
    verdict = judged(tmp_path, question, RARE, **{**held, **changes})
    assert verdict.code is Code.ROW_OPEN, verdict.message
    assert reason in verdict.message


def test_a_sequence_that_settles_elsewhere_stays_open(tmp_path: Path) -> None:
    """The largest fixed point attracts, but not the sequence from p_ref."""
    low, high = fixed_points_of(1, "1/12")[-1]
    bracket = cells(logit_low=repr(low - 1e-6), logit_high=repr(high + 1e-6))
    question = replace(FOLDED, update=Update.of("0.01"))
    verdict = judged(tmp_path, question, LOW, certified_verdict="fixed-point", **{**BARE, **bracket})
    assert verdict.code is Code.ROW_OPEN, verdict.message
    assert "a sequence that is not seen to settle" in verdict.message


def test_what_stops_the_search_for_a_trap_leaves_the_row_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> bool:
        raise Fault(Code.MISSING_FACT, "not known here")

    monkeypatch.setattr(caught, "_traps", stopped)
    verdict = judged(tmp_path, TURNING, HIGH)
    assert (verdict.code, "not known here" in verdict.message) == (Code.ROW_OPEN, True)


def test_the_search_over_halves_of_a_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that is all but the largest one needs cells narrower than the way; one beyond it is refused."""
    question = replace(GROUP, beta=exact("0.5"))
    verdict = judged(tmp_path, question, LOW)
    assert verdict.outcome is Outcome.ACCEPTED
    stated = Fraction(dictionaries(tmp_path / "audited.csv")[LOW]["certified_largest_step"])
    found = [
        judged(tmp_path, question, LOW, certified_largest_step=f"{float(stated * share)!r}").outcome
        for share in (Fraction(1001, 1000), Fraction(2))
    ]
    assert found[1] is Outcome.REJECTED


def test_a_row_that_costs_too_much_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dear(*_: object) -> None:
        raise Fault(Code.TOO_MUCH_WORK, "too dear")

    monkeypatch.setattr(judge.Judge, "check", dear)
    verdict = judged(tmp_path, FOLDED, LOW)
    assert (verdict.code, verdict.message) == (Code.TOO_MUCH_WORK, "row 1: too dear")


def test_rows_share_a_mark_and_the_memory_of_rows_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MARKS", 2)
    monkeypatch.setattr(table, "KEPT", 1)
    verdict = judged(tmp_path, FOLDED, LOW)
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    out = tmp_path / "audited.csv"
    out.write_text(out.read_text().replace("a1,", "b1,"))
    assert "rows 1 to 3: not what" in check_table(out).message


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("[" * 100_000, "line 1 is nested too deeply"),
        ("[1]", "line 1 is not an object"),
        ('{"a": 1, "a": 2}', "a key stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": 1}\n{"b": 1}', "line 2 has other keys than line 1"),
    ],
)
def test_lines_that_are_no_rows(tmp_path: Path, lines: str, reason: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(lines)
    with pytest.raises(Fault, match=reason):
        list(read_rows(str(path)))


def test_a_cell_is_text_or_a_number(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no cell"):
        encoded([object()])
    with pytest.raises(Unfit, match="a text or a number is expected"):
        Row({"a": 0}, [["x"]]).word("a")


@pytest.mark.parametrize("end", [1, 20])
def test_a_profile_that_is_not_told_of_its_turns_counts_nothing(end: int) -> None:
    """F falls between the folds at 1 and 11: nothing is known of a cell that holds one, nor past the end."""
    one, eps = (Fraction(1), Fraction(1)), (Fraction(1, 10**5), Fraction(1, 10**5))
    with using("arb"), precision(192):
        recursion = Recursion(MeanVar(), Box(one, one, eps, (Fraction(1, 2), Fraction(1, 2))))
        profile = Profile(recursion, [], Fraction(end))
        assert profile.count(ball(0), ball(0)) is None
        assert not profile.is_below(Fraction(2), ball(0))


def test_of_a_contrast_of_any_shape_no_step_is_small_without_an_end_of_the_line(tmp_path: Path) -> None:
    counts, out = tmp_path / "counts.csv", tmp_path / "audited.csv"
    counts.write_text("prompt,k,n\na,1,4\n")
    audited_once(counts, QUESTIONS["own"], out)
    statement = json.loads(Path(f"{out}{table.ENDING}").read_text())["statement"]
    quarter = Reference(Fraction(1, 4), Fraction(1, 4), 1, 4)
    with using("arb"), precision(96):
        pace = Pace(Asked.read(statement), None)
        assert not pace.fall_within(ball(1000), quarter, None)
        assert pace.fall_within(ball(1000), quarter, Fraction(1))
