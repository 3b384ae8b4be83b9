"""Expressions: ranges contain what plain evaluation gives, identities are decided, the formula reads back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.checker import Code, Outcome, check_bytes
from verified_grpo.checker.arithmetic import NAMES as ARITHMETICS
from verified_grpo.checker.arithmetic import using
from verified_grpo.checker.diagnostics import Fault
from verified_grpo.checker.expressions import FUNCTIONS, RATIONAL, Infix, read_expression, run
from verified_grpo.checker.inequalities import Inequality
from verified_grpo.checker.numbers import ball, precision
from verified_grpo.checker.ranges import Range, Ranges, Unknown

from .builder import seal
from .kinds.expressions import evaluate, identity, inequality
from .test_contrasts import ends, mpf
from .truth import mp

NAMES = ("x", "y")
numbers = st.sampled_from(["0", "1", "-1", "2", "1/3", "-5/7", "0.25", "3e1", "12"])
base = st.one_of(st.sampled_from(NAMES), numbers)
powers = st.integers(-3, 5).map(str)


def _rational(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(st.sampled_from(["+", "*"]), inner, inner, inner).map(list),
        st.tuples(st.sampled_from(["-", "/"]), inner, inner).map(list),
        st.tuples(st.just("neg"), inner).map(list),
        st.tuples(st.just("^"), inner, powers).map(list),
    )


def _real(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return _rational(inner) | st.tuples(st.sampled_from(FUNCTIONS), inner).map(list)


rationals = st.recursive(base, _rational, max_leaves=6)
reals = st.recursive(base, _real, max_leaves=6)
coordinates = st.fractions(-4, 4, max_denominator=16)


@given(reals, coordinates, coordinates, st.fractions(0, 2, max_denominator=8), st.sampled_from(ARITHMETICS))
@examples(800)
def test_ranges_contain_every_value(
    expression: Any, x: Fraction, y: Fraction, width: Fraction, arithmetic: str
) -> None:
    program = read_expression(expression, "", NAMES, (*RATIONAL, *FUNCTIONS))
    with using(arithmetic), precision(64):
        box = {"x": Range(ball(x), ball(x + width)), "y": Range(ball(y), ball(y + width))}
        try:
            result = run(program, Ranges(box))
        except Unknown:
            return
        low, high = ends(result.lower)[0], ends(result.upper)[1]
    for i in range(5):
        for j in range(5):
            values = {"x": mpf(x + width * Fraction(i, 4)), "y": mpf(y + width * Fraction(j, 4))}
            true = evaluate(expression, values, False)
            assert isinstance(true, mp.mpf), "the range claims that the expression is defined on the box"
            room = mp.mpf(10) ** -40 * (1 + abs(true))
            assert low - room <= true <= high + room


@given(rationals, rationals, rationals)
@examples(200)
def test_true_identities(a: Any, b: Any, c: Any) -> None:
    left = ["*", a, ["+", b, c]]
    right = ["+", ["*", a, b], ["neg", ["*", ["neg", c], a]]]
    verdict = check_bytes(seal(identity(list(NAMES), left, right)))
    assert verdict.code in (Code.ACCEPTED, Code.NOWHERE_DEFINED, Code.TOO_MUCH_WORK)


@given(rationals, rationals)
@examples(500)
def test_accepted_identities_are_true(left: Any, right: Any) -> None:
    for other in (right, ["+", left, ["-", right, right]], ["+", left, ["*", "1/1000003", right]]):
        verdict = check_bytes(seal(identity(list(NAMES), left, other)))
        if verdict.outcome is Outcome.ACCEPTED:
            for x, y in ((Fraction(997, 13), Fraction(-31, 7)), (Fraction(-1, 11), Fraction(5, 3))):
                try:
                    values = [evaluate(side, {"x": x, "y": y}, True) for side in (left, other)]
                except ZeroDivisionError:
                    continue
                assert values[0] == values[1]


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        (["/", "x", "x"], "1", Code.ACCEPTED),
        (["^", "x", "0"], "1", Code.ACCEPTED),
        (["^", "x", "-2"], ["/", "1", ["*", "x", "x"]], Code.ACCEPTED),
        (["-", ["^", "x", "2"], ["^", "y", "2"]], ["*", ["-", "x", "y"], ["+", "x", "y"]], Code.ACCEPTED),
        (["^", ["+", "x", "y"], "2"], ["+", ["^", "x", "2"], ["^", "y", "2"]], Code.NOT_IDENTICAL),
        (["/", "1", "0"], ["/", "1", "0"], Code.NOWHERE_DEFINED),
        (["^", ["-", "x", "x"], "-1"], "1", Code.NOT_IDENTICAL),
        (["^", "0", "-1"], ["^", "0", "-1"], Code.NOWHERE_DEFINED),
        (["*", "0", ["/", "1", ["-", "y", "y"]]], "0", Code.NOWHERE_DEFINED),
    ],
)
def test_identities(left: Any, right: Any, code: Code) -> None:
    assert check_bytes(seal(identity(["x", "y"], left, right))).code is code


@pytest.mark.parametrize(
    ("box", "expression", "relation"),
    [
        ({}, ["-", ["exp", "1"], "2.718281828459045"], ">"),
        ({"x": ["-1", "2"]}, ["^", "x", "2"], ">="),
        ({"x": ["-1", "2"]}, ["-", ["abs", "x"], "2"], "<="),
        ({"x": ["-1", "1"]}, ["-", ["cosh", "x"], "1"], ">="),
        ({"x": ["0", "1"]}, ["sqrt", "x"], ">="),
        ({"x": ["-1e9", "1e9"]}, ["-", ["sigma", "x"], "1"], "<="),
        ({"x": "0"}, ["-", ["sigma", "x"], "1/2"], ">="),
        ({"x": ["1", "2"]}, ["^", ["neg", "x"], "-3"], "<"),
    ],
)
def test_true_inequalities_with_one_leaf(box: Any, expression: Any, relation: str) -> None:
    expected = Code.LEAF_NOT_PROVED if "1e9" in str(box) else Code.ACCEPTED
    assert check_bytes(seal(inequality(box, expression, relation, [["leaf"]]))).code is expected


def test_a_program_that_comes_to_no_value_is_refused() -> None:
    """What is read always comes to one value; `run` does not rely on it."""
    with pytest.raises(Fault):
        run((), Infix())


def test_the_formula_reads_back() -> None:
    expression = ["-", ["/", "-1/3", ["^", ["+", "x", "2", "y"], "-2"]], ["neg", ["tanh", ["*", "x", "3e5"]]]]
    program = read_expression(expression, "", NAMES, (*RATIONAL, *FUNCTIONS))
    assert run(program, Infix()) == "(((-1/3) / ((x + 2 + y)^-2)) - (-tanh((x * 3e5))))"


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_a_range_is_never_infinite(arithmetic: str) -> None:
    with using(arithmetic):
        for bad in (1 / ball(0), ball(-1).log(), ball(-1).sqrt()):
            for ends_of_it in ((bad, ball(1)), (ball(0), bad)):
                with pytest.raises(Unknown):
                    Range(*ends_of_it)


def test_a_power_0_is_explained() -> None:
    def words(exponent: str) -> str:
        fields = {"box": {"x": ["-1", "1"]}, "expression": ["^", "x", exponent], "relation": ">="}
        return Inequality.read({"kind": "inequality", **fields}).words

    assert words("0").endswith(">= 0.\n  (A power 0 is 1, of 0 too.)")
    assert words("2").endswith(">= 0.")
