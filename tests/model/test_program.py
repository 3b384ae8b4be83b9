"""Compiled programs against SymPy's own arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.intervals import make_engine
from verified_grpo.model import compile_expressions
from verified_grpo.model.derivation import sigma

x, y = sp.symbols("x y", positive=True)
EXPRESSIONS = [
    x - y,
    -x * y - 3,
    sp.Rational(2, 3) / (x + y) ** 2,
    (x + y) ** sp.Rational(-3, 2),
    sp.exp(-x) * sp.log(y) / 7,
    1 / sp.sqrt(x) - y**5,
    sigma(x - y),
    sp.Integer(1),
    (x - 1) / (y + sp.sqrt(x)),
]
POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=50, max_denominator=1000)


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
@examples(20)
@given(a=POSITIVE, b=POSITIVE)
def test_a_program_encloses_its_expression(
    engine: str, expression: sp.Expr, a: Fraction, b: Fraction
) -> None:
    program = compile_expressions([expression], (x, y))
    plain = expression.replace(sigma, lambda z: 1 / (1 + sp.exp(-z)))
    values = {x: sp.Rational(a.numerator, a.denominator), y: sp.Rational(b.numerator, b.denominator)}
    wanted = sp.Rational(str(sp.N(plain.subs(values), 60)))
    with make_engine(engine, 80) as e:
        (value,) = program.bind(e, y=e.exact(b))(e.exact(a))
        slack = abs(wanted) / 10**50 + sp.Rational(1, 10**60)
        assert sp.Rational(*e.lower(value).as_integer_ratio()) <= wanted + slack
        assert sp.Rational(*e.upper(value).as_integer_ratio()) >= wanted - slack
        assert e.upper(value) - e.lower(value) <= (abs(e.upper(value)) + 1) * 50**6 / 2**70


def test_unknown_functions_and_names_are_programming_errors() -> None:
    with pytest.raises(TypeError, match="no operation"):
        compile_expressions([sp.sin(x)], (x,))
    with pytest.raises(TypeError, match="no operation"):
        compile_expressions([x ** sp.Rational(1, 3)], (x,))
    with make_engine("arb", 53) as e, pytest.raises(KeyError, match="not inputs"):
        compile_expressions([x], (x,)).bind(e, z=e.exact(1))
