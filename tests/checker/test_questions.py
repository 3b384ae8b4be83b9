"""A question apart from its proof: which statements answer it, and which do not."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.answers.questions import question_bytes
from verified_grpo.checker.diagnostics import Code, Fault, Outcome
from verified_grpo.checker.places import look_up, read_point
from verified_grpo.checker.questions import Question, check_answer
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.steps import StepParameters

ROOT = Path(__file__).parents[2]
REPORTED, ACCEPTED = ROOT / "reports/certificates", ROOT / "tests/certificates/accepted"
CONTRACTION = {"beta": "61:100", "eps": "1e-5:1e-4", "p_ref": "0.001:0.9999"}


def question(kind: str, box: dict[str, str], contrast: Contrast = MEAN_VAR, **goals: str | int) -> bytes:
    return question_bytes(kind, contrast, Parameters.of(**box), goals)


def code(asked: bytes, file: Path) -> Code:
    return check_answer(Question.read(asked), file.read_bytes()).code


@pytest.mark.parametrize(
    ("box", "answered"),
    [
        ({}, True),
        ({"beta": "70:80"}, True),
        ({"beta": "75", "p_ref": "0.3"}, True),
        ({"beta": "60:100"}, False),
        ({"p_ref": "0.0001:0.5"}, False),
        ({"eps": "1e-6:1e-4"}, False),
    ],
)
def test_a_proof_over_a_box_answers_for_every_box_inside(box: dict[str, str], answered: bool) -> None:
    asked = question("contraction", {**CONTRACTION, **box})
    expected = Code.ACCEPTED if answered else Code.OTHER_QUESTION
    assert code(asked, REPORTED / "contraction-proved.json") is expected


@pytest.mark.parametrize(
    ("beta", "answered"), [("50:100", True), ("1:200", True), ("80:100", False), ("50:99", False)]
)
def test_a_counterexample_answers_for_every_box_around(beta: str, answered: bool) -> None:
    asked = question("contraction", {"beta": beta, "eps": "1e-5", "p_ref": "0.001:0.9999"})
    expected = Code.ACCEPTED if answered else Code.OTHER_QUESTION
    assert code(asked, REPORTED / "contraction-refuted.json") is expected


def test_another_kind_or_variant_answers_nothing() -> None:
    file = REPORTED / "contraction-proved.json"
    assert code(question("uniqueness", CONTRACTION), file) is Code.OTHER_QUESTION
    assert code(question("contraction", CONTRACTION, MEAN_STD), file) is Code.OTHER_QUESTION
    assert code(question("contraction", CONTRACTION, rate="0.9"), file) is Code.OTHER_QUESTION
    assert code(question("fixed-points", CONTRACTION), file) is Code.OTHER_QUESTION


def claim(file: Path) -> object:
    return json.loads(file.read_bytes())["statement"]


def statement(**fields: Any) -> dict[str, Any]:
    variant, box = {"contrast": "mean-var"}, {"alpha": "1", "beta": "5", "eps": "1e-5", "p_ref": "0.3"}
    return {"variant": variant, "parameters": box, **fields}


def answers(asked: bytes, said: dict[str, Any]) -> bool:
    try:
        Question.read(asked).require_answer(said)
    except Fault as fault:
        if fault.code is not Code.OTHER_QUESTION:
            raise
        return False
    return True


POINT = {"beta": "5", "eps": "1e-5", "p_ref": "0.3"}


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_rate_is_proved_by_smaller_ones_and_refuted_by_larger_ones(said: int, wanted: int) -> None:
    asked = question("contraction", POINT, rate=str(Fraction(wanted, 100)))
    proved = statement(kind="contraction", verdict="proved", rate=str(Fraction(said, 100)))
    assert answers(asked, proved) == (said <= wanted)
    assert answers(asked, {**proved, "verdict": "refuted"}) == (said >= wanted)
    assert answers(question("contraction", POINT), proved)
    assert not answers(question("contraction", POINT), {**proved, "verdict": "refuted"})


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_target_is_proved_by_larger_ones_and_refuted_by_smaller_ones(said: int, wanted: int) -> None:
    asked = question("amplification", POINT, target=str(Fraction(wanted, 100)))
    proved = statement(kind="amplification", verdict="proved", target=str(Fraction(said, 100)))
    assert answers(asked, proved) == (said >= wanted)
    assert answers(asked, {**proved, "verdict": "refuted"}) == (said <= wanted)
    assert answers(question("amplification", POINT), proved) == (said > 30)  # p* > p_ref


def test_a_gain_is_the_exponential_of_a_margin() -> None:
    proved = statement(kind="amplification", verdict="proved", margin="0.6932")  # log 2 = 0.69314...
    assert answers(question("amplification", POINT, gain="2"), proved)
    assert not answers(question("amplification", POINT, gain="2"), {**proved, "margin": "0.6931"})
    assert not answers(question("amplification", POINT, target="0.5"), proved)
    assert answers(question("amplification", POINT), proved)
    refuted = {**proved, "verdict": "refuted"}
    assert not answers(question("amplification", POINT, gain="2"), refuted)
    assert answers(question("amplification", POINT, gain="2"), {**refuted, "margin": "0.6931"})
    assert not answers(question("amplification", POINT), refuted)


def test_start_period_curve_and_share_are_those_asked_for() -> None:
    limit = statement(kind="limit", verdict="rises", start="0.5")
    assert answers(question("limit", POINT, start="1/2"), limit)
    assert not answers(question("limit", POINT, start="p_ref"), limit)
    assert not answers(question("cycles", POINT, period=3), statement(kind="cycles", period=2))
    assert answers(question("cycles", POINT, period=2), statement(kind="cycles", period=2))
    box = {**POINT, "beta": "1:5", "p_ref": "0.1:0.5"}
    atlas = statement(
        kind="atlas",
        undecided="0.01",
        parameters={"alpha": "1", "beta": ["1", "5"], "eps": "1e-5", "p_ref": ["0.1", "0.5"]},
    )
    assert answers(question("atlas", box, undecided="0.02"), atlas)
    assert not answers(question("atlas", box, undecided="0.005"), atlas)
    part = question("atlas", {**box, "beta": "2:3"}, undecided="0.02")
    assert not answers(part, atlas)  # all that is open may lie in this part
    assert answers(part, {**atlas, "undecided": "0"})


def test_steps_of_one_size_and_another_pull_make_another_curve_and_another_map() -> None:
    asked = Question.read(question("curve", {**POINT, "beta": "1:5", "p_ref": "0.1:0.5"}, curve="flip"))
    ranges = {"alpha": "1", "beta": ["1", "5"], "eps": "1e-5", "p_ref": ["0.1", "0.5"]}
    curve = statement(kind="curve", curve="flip", parameters=ranges)
    atlas = statement(kind="atlas", undecided="0", parameters=ranges)
    share = Question.read(question("atlas", {**POINT, "beta": "1:5", "p_ref": "0.1:0.5"}, undecided="0.02"))
    for one, said in ((asked, curve), (share, atlas)):
        one.require_answer(said)
        with pytest.raises(Fault, match="does not say what is asked"):
            one.require_answer({**said, "step_size": "0.1"})


def test_a_question_is_told_in_one_line() -> None:
    asked = Question.read(question("contraction", CONTRACTION, rate="0.9"))
    assert asked.words == (
        'contraction of {"contrast": "mean-var"} for alpha 1, beta in [61, 100], '
        "eps in [1/100000, 1/10000], p_ref in [1/1000, 9999/10000], rate 0.9"
    )


def small(verdict: str, beta: object = "5", **fields: Any) -> dict[str, Any]:
    return statement(
        kind="small-steps",
        verdict=verdict,
        parameters={"alpha": "1", "beta": beta, "eps": "1e-5", "p_ref": ["0.2", "0.4"]},
        **fields,
    )


def test_small_steps_are_proved_up_to_a_size_and_without_kl_of_any() -> None:
    box = {**POINT, "p_ref": "0.3:0.4"}
    said = small("rises", largest_step=["0.04", "0.05"])
    assert answers(question("small-steps", box), said)
    assert answers(question("small-steps", box, step="0.04"), said)
    assert not answers(question("small-steps", box, step="0.045"), said)  # no more than 0.04 is proved
    assert answers(question("small-steps", box, step="0.04"), small("rises-beyond", largest_step="0.04"))
    assert not answers(question("small-steps", box, step="0.05"), small("rises-beyond", largest_step="0.04"))
    assert not answers(question("small-steps", {**box, "p_ref": "0.1:0.4"}), said)
    assert not answers(question("small-steps", {**box, "beta": "4:5"}), said)
    assert not answers(question("limit", box, start="p_ref"), said)
    free = question_bytes(
        "small-steps", MEAN_VAR, StepParameters.of(beta="0", eps="1e-5", p_ref="0.3"), {"step": "1000"}
    )
    assert answers(free, small("rises-to-one", beta="0", gain="1"))
    assert not answers(free, small("rises-to-one", gain="1"))
    with pytest.raises(Fault):
        Question.read(free.replace(b"small-steps", b"convergence"))


def test_a_passage_is_about_one_target_and_every_parameter_of_its_box() -> None:
    box = {**POINT, "beta": "5:6"}
    wide = {"alpha": "1", "beta": ["4", "8"], "eps": "1e-5", "p_ref": "0.3"}
    for said in (
        statement(kind="passage", verdict="reached", reach="0.9", steps=[3, 5], parameters=wide),
        statement(kind="passage", verdict="never", reach="9/10", parameters=wide),
    ):
        assert answers(question("passage", box, reach="0.9"), said)
        assert not answers(question("passage", box, reach="0.8"), said)
        assert not answers(question("passage", {**box, "beta": "3:6"}, reach="0.9"), said)
        assert not answers(question("passage", box, MEAN_STD, reach="0.9"), said)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"[]\n",
        b'{"format": "verified-grpo-question/1"}\n',
        question("limit", POINT),  # a start is part of the question
        question("contraction", POINT, gain="2"),
        question("contraction", POINT, rate="0"),
        question("paper-statement", POINT),
        question("limit", POINT, start="1"),
        question("passage", POINT),
        question("passage", POINT, reach="1"),
        question("small-steps", POINT, step="0"),
    ],
)
def test_what_is_no_question_is_a_fault(bad: bytes) -> None:
    with pytest.raises(Fault):
        Question.read(bad)


def test_a_certificate_that_does_not_hold_answers_nothing() -> None:
    asked = question("contraction", CONTRACTION)
    forged = (REPORTED / "contraction-proved.json").read_bytes().replace(b'"61"', b'"51"')
    assert check_answer(Question.read(asked), forged).outcome is Outcome.REJECTED


def test_an_atlas_says_what_happens_at_a_point() -> None:
    data = claim(ROOT / "atlases/eps-1e-5.json")
    cycle = look_up(data, read_point("beta=5,p_ref=0.001"))
    assert len(cycle) == 1
    assert "tends to a cycle" in cycle[0]
    assert cycle[0].endswith("(period 2)")
    (rise,) = look_up(data, read_point("beta=5,p_ref=0.9,eps=1e-5"))
    assert "rises to the least fixed point" in rise
    (outside,) = look_up(data, read_point("beta=1000,p_ref=0.9"))
    assert outside.startswith("nothing")
    with pytest.raises(Fault):
        look_up(data, read_point("beta=5,p_ref=0.9,eps=1e-4"))


def test_a_curve_says_where_it_is_not() -> None:
    data = claim(ACCEPTED / "curve-fold-group.json")
    (away,) = look_up(data, read_point("beta=0.5,p_ref=0.1"))
    assert away.startswith("no point of the fold curve")
    with pytest.raises(Fault):
        look_up(claim(REPORTED / "contraction-proved.json"), read_point("beta=70,p_ref=0.1"))


@pytest.mark.parametrize(
    "words", ["", "beta=5", "beta=5,p_ref=2", "beta=5;p_ref=0.1", "beta=5,beta=6,p_ref=1/2"]
)
def test_what_is_no_point_is_a_fault(words: str) -> None:
    with pytest.raises(Fault):
        read_point(words)
