"""The prover of inequalities and the expression language."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.certificates.expressions import to_expression, variables_of
from verified_grpo.checker import Outcome
from verified_grpo.proofs.claims import Inequality, Proof
from verified_grpo.rigor.properties.inequalities import (
    ProvedInequality,
    RefutedInequality,
    UndecidedInequality,
    prove_inequality,
)

x, y = sp.symbols("x y", real=True)
ENGINES = pytest.mark.parametrize("engine", ["mpmath", "arb"])
UNIT = {"x": (Fraction(0), Fraction(1))}

TRUE_ON_THE_UNIT_INTERVAL = [
    sp.exp(x) - x - sp.Rational(1, 2),
    sp.log(x + 1) + sp.Rational(1, 10),
    sp.cosh(x - sp.Rational(1, 2)) - sp.Rational(99, 100),
    sp.sinh(x) + sp.Rational(1, 100),
    sp.tanh(x) + sp.Rational(1, 100),
    sp.Abs(x - sp.Rational(1, 3)) + sp.Rational(1, 100),
    sp.sqrt(x + 1) - sp.Rational(99, 100),
    2 - x**3 + x**2 / (1 + x) - x,
    sp.Rational(1, 3) - x * (1 - x),
]


@ENGINES
@pytest.mark.parametrize("expression", TRUE_ON_THE_UNIT_INTERVAL, ids=str)
def test_true_inequalities_are_proved_and_false_ones_refuted(expression: sp.Expr, engine: str) -> None:
    formal = to_expression(expression)
    assert isinstance(prove_inequality(formal, UNIT, ">", engine=engine), ProvedInequality)
    assert isinstance(prove_inequality(formal, UNIT, "<", engine=engine), RefutedInequality)


@pytest.mark.parametrize("expression", TRUE_ON_THE_UNIT_INTERVAL, ids=str)
def test_the_checker_reads_the_same_function(expression: sp.Expr) -> None:
    proof = Inequality(expression, ">", {x: "0:1"}).prove()
    assert isinstance(proof, Proof)
    assert proof.judged().outcome is Outcome.ACCEPTED


@ENGINES
def test_an_equality_inside_stays_undecided(engine: str) -> None:
    outcome = prove_inequality(to_expression((3 * x - 1) ** 2), UNIT, ">", engine=engine)
    assert isinstance(outcome, UndecidedInequality)
    assert any(box["x"][0] <= Fraction(1, 3) <= box["x"][1] for box in outcome.boxes)


@ENGINES
def test_outside_the_domain_nothing_is_proved(engine: str) -> None:
    for expression in (sp.log(x - 2) ** 2, sp.sqrt(x - 2) + 5, 1 / (x - sp.Rational(1, 3)) ** 2 + 1):
        for relation in (">", ">="):
            outcome = prove_inequality(to_expression(expression), UNIT, relation, engine=engine)
            assert isinstance(outcome, UndecidedInequality)


def test_few_leaves_end_undecided() -> None:
    formal = to_expression(sp.Rational(251, 1000) - x * (1 - x))
    assert isinstance(prove_inequality(formal, UNIT, ">", leaves=3), UndecidedInequality)
    assert isinstance(prove_inequality(formal, UNIT, ">"), ProvedInequality)


@given(
    centre=st.fractions(0, 1, max_denominator=50),
    height=st.fractions(Fraction(-1, 10), Fraction(1, 10), max_denominator=200),
)
def test_no_false_inequality_is_ever_proved(centre: Fraction, height: Fraction) -> None:
    """(x - c)^2 + h > 0 on [0, 1] is true iff h > 0."""
    square = ["^", ["-", "x", str(centre)], "2"]
    outcome = prove_inequality(["+", square, str(height)], UNIT, ">", leaves=400)
    assert isinstance(outcome, ProvedInequality) <= (height > 0)
    assert isinstance(outcome, RefutedInequality) <= (height <= 0)


def test_a_point_needs_no_split() -> None:
    point = {"x": (Fraction(1, 3), Fraction(1, 3))}
    outcome = prove_inequality(to_expression(3 * x - 1), point, ">=", engine="arb")
    assert isinstance(outcome, UndecidedInequality | ProvedInequality)
    assert prove_inequality("x", point, ">") == ProvedInequality((("leaf",),), 80)


def test_the_expression_language_has_limits() -> None:
    for stranger in (sp.sin(x), x**y, x ** sp.Rational(1, 3), x**65, sp.Symbol("L")):
        with pytest.raises(TypeError):
            to_expression(stranger)
    assert variables_of(x * y, y) == ["x", "y"]
    assert to_expression(-x / 2) == ["neg", ["/", "x", "2"]]
    assert to_expression(x**2 - y) == ["-", ["^", "x", "2"], "y"]
    assert to_expression(sp.exp(1) + 0) == ["exp", "1"]
