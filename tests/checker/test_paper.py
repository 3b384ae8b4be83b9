"""Verdicts on the paper: computed by the lemma of ``paper.py``, from steps whose rules say nothing false."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.checker import Code, Outcome, check_bytes
from verified_grpo.checker.expressions import RATIONAL, Infix, Program, read_expression, run
from verified_grpo.checker.paper import KINDS, Conclusion, Judgement, judge
from verified_grpo.checker.steps import ASSUMED, RULE, PaperStep, Signs
from verified_grpo.checker.textbook import ASSUMPTIONS

from .builder import seal
from .edits import edited
from .kinds.expressions import identity
from .kinds.paper_statement.corpus import of_the_paper, paper

NUMBERS = PaperStep(RULE, False, (), "", "")
GENERAL = PaperStep(RULE, True, (), "", "")
GIVEN = PaperStep(ASSUMED, True, ("H2", "A11"), "", "")


def concluded(kind: str, *steps: PaperStep, everywhere: bool = True) -> Conclusion:
    return Conclusion(kind, everywhere, steps, "")


CLAIM = concluded("claim", GENERAL)


@pytest.mark.parametrize(
    ("conclusions", "word"),
    [
        ([], "instances only"),
        ([CLAIM], "holds"),
        ([CLAIM, concluded("beyond", GENERAL)], "holds, sharper"),
        ([CLAIM, concluded("beyond", NUMBERS)], "holds"),
        ([CLAIM, concluded("misprint", GENERAL), concluded("beyond", GENERAL)], "misprint"),
        ([CLAIM, concluded("flaw", GENERAL), concluded("misprint", GENERAL)], "holds, proof flawed"),
        ([CLAIM, concluded("against", GENERAL)], "fails"),
        ([concluded("against", GENERAL), concluded("amended", GENERAL)], "loose"),
        ([concluded("against", GENERAL), concluded("amended", NUMBERS)], "fails"),
        ([concluded("against", NUMBERS)], "instances only"),
        ([concluded("against", NUMBERS, everywhere=False)], "fails"),
        ([concluded("claim", NUMBERS)], "instances only"),
        ([concluded("claim", NUMBERS, everywhere=False)], "holds"),
        ([CLAIM, concluded("claim", NUMBERS)], "instances only"),
        ([concluded("beyond", GENERAL)], "instances only"),
        ([concluded("misprint", GENERAL)], "instances only"),
    ],
)
def test_the_verdict_follows_from_the_conclusions(conclusions: list[Conclusion], word: str) -> None:
    assert judge(conclusions) == Judgement(word)


@pytest.mark.parametrize("kind", KINDS)
def test_what_decides_a_verdict_names_its_assumptions(kind: str) -> None:
    """In the order of the list, whatever the steps' is."""
    others = (
        []
        if kind in ("claim", "against")
        else [CLAIM]
        if kind != "amended"
        else [concluded("against", GENERAL)]
    )
    found = judge([*others, concluded(kind, GENERAL, GIVEN)])
    assert found.given == ("A11", "H2")
    assert found.words.endswith(" given A11, H2")


def test_no_verdict_is_stronger_with_fewer_general_steps() -> None:
    strong = {"holds", "holds, sharper", "misprint", "holds, proof flawed", "fails", "loose"}
    for kind in KINDS:
        weak = judge([concluded("claim", NUMBERS), concluded(kind, NUMBERS)])
        assert weak.word not in strong


def test_the_list_of_assumptions_is_closed_and_named() -> None:
    assert len(ASSUMPTIONS) == 2
    assert all(name[0] in "AH" and words for name, words in ASSUMPTIONS.items())


LETTERS = ("x", "y")
leaves = st.sampled_from([*LETTERS, "1", "2", "-3", "0", "1/2"])
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*/"), inner, inner).map(list),
        st.tuples(st.just("neg"), inner).map(list),
        st.tuples(st.just("^"), inner, st.sampled_from(["2", "3", "-1", "-2", "0"])).map(list),
    ),
    max_leaves=8,
)
positive = st.fractions(Fraction(1, 30), 50, max_denominator=30)


class Exact:
    """Values at a point; a division by 0 is ZeroDivisionError."""

    def __init__(self, point: dict[str, Fraction]) -> None:
        self.point = point

    def constant(self, text: str, value: Fraction) -> Fraction:
        return value

    def variable(self, name: str) -> Fraction:
        return self.point[name]

    def power(self, base: Fraction, exponent: int) -> Fraction:
        return base**exponent

    def apply(self, operator: str, operands: list[Fraction]) -> Fraction:
        first, *rest = operands
        if operator == "neg":
            return -first
        combine: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
            "+": lambda a, b: a + b,
            "-": lambda a, b: a - b,
            "*": lambda a, b: a * b,
            "/": lambda a, b: a / b,
        }
        return combine[operator](first, rest[0])


def program_of(expression: Any) -> Program:
    return read_expression(expression, "here", LETTERS, RATIONAL)


@given(expression=expressions, x=positive, y=positive)
def test_no_sign_is_ever_wrong(expression: Any, x: Fraction, y: Fraction) -> None:
    """Against exact values at points where the letters are positive, as supposed."""
    program = program_of(expression)
    try:
        value = run(program, Exact({"x": x, "y": y}))
    except ZeroDivisionError:
        return
    _, sign = run(program, Signs(["x", "y"]))
    assert {1: value > 0, 2: value >= 0, 0: True, -2: value <= 0, -1: value < 0}[sign]


@given(expression=expressions, x=positive, y=positive)
def test_a_supposed_part_counts_only_where_it_is_positive(expression: Any, x: Fraction, y: Fraction) -> None:
    """`x - y` supposed positive: signs are right wherever it is."""
    if x <= y:
        x, y = y + 1, x
    inside = program_of(["*", ["-", "x", "y"], expression])
    try:
        value = run(inside, Exact({"x": x, "y": y}))
    except ZeroDivisionError:
        return
    _, sign = run(inside, Signs(["x", "y", run(program_of(["-", "x", "y"]), Infix())]))
    assert {1: value > 0, 2: value >= 0, 0: True, -2: value <= 0, -1: value < 0}[sign]


def stepped(because: dict[str, Any]) -> Code:
    """The checker's word on a statement about `(x+y)^2 - 2 x y = x^2 + y^2` with this step."""
    square = identity(
        ["x", "y"],
        ["-", ["^", ["+", "x", "y"], "2"], ["*", "2", "x", "y"]],
        ["+", ["^", "x", "2"], ["^", "y", "2"]],
    )
    step = {"text": "", "parts": [1], "because": because}
    statement = paper(
        "formal part established; verdict not carried", [("supports", "", square)], steps=[step]
    )
    return check_bytes(seal(statement)).code


def test_the_rules_of_steps() -> None:
    assert stepped({"rule": "restates"}) is Code.ACCEPTED
    assert stepped({"rule": "sign", "positive": ["x"], "relation": ">"}) is Code.ACCEPTED
    assert stepped({"rule": "sign", "positive": [], "relation": ">="}) is Code.ACCEPTED
    assert stepped({"rule": "sign", "positive": [], "relation": ">"}) is Code.SIGN_NOT_PROVED
    put = {"rule": "substitution", "variables": ["t"], "where": {"x": ["exp", "t"]}}
    assert stepped(put) is Code.ACCEPTED
    assert stepped({**put, "where": {"x": ["exp", "x"]}}) is Code.UNDECLARED_VARIABLE
    assert stepped({**put, "where": {}}) is Code.BAD_VALUE
    assert stepped({"rule": "counterexample", "claim": {}}) is Code.WRONG_RULE


def test_what_a_step_yields_is_printed() -> None:
    words = check_bytes(seal(of_the_paper("lemma-3-part-2"))).statement_text
    assert "by rule sign from part 2: wherever both sides are defined, and x > 0" in words
    assert "by rule counterexample from part 4: it is NOT true that: For all" in words
    words = check_bytes(seal(of_the_paper("lemma-4"))).statement_text
    assert "by rule substitution from part 1: with r := " in words


def test_a_reading_does_not_depend_on_what_was_found() -> None:
    """Other brackets of the same fixed points are other evidence of one statement; another count is not."""
    good = of_the_paper("s3-every-start")
    point = ("statement", "parts", 0, "claim", "fixed_points", 0, "p")
    wide = edited(good, *point, value=["0", "1"])
    assert check_bytes(seal(wide)).outcome is Outcome.ACCEPTED
    other = edited(good, "statement", "parts", 0, "claim", "count", value=2)
    assert check_bytes(seal(other)).outcome is Outcome.REJECTED
