""" "Nothing known" is absorbing in every engine: no expression with an undefined part says anything."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.intervals import ArbEngine, ArrayEngine, MpmathEngine, Sign, arb_arrays
from verified_grpo.rigor.properties.inequalities import UndecidedInequality, prove_inequality

ENGINES: dict[str, Any] = {
    "mpmath": MpmathEngine(80),
    "arb": ArbEngine(80),
    "array": ArrayEngine(),
    "array by Arb": ArrayEngine(arithmetic=arb_arrays),
}
UNARY = ("neg", "sqrt", "exp", "log", "sigmoid")
BINARY = ("add", "sub", "mul", "div", "hull")
BOX = {"x": (Fraction(-2), Fraction(-1))}

every_engine = pytest.mark.parametrize("name", ENGINES)


def undefined(engine: Any) -> list[Any]:
    """What every way out of a domain gives."""
    around, below = engine.interval(-1, 1), engine.interval(-2, -1)
    return [
        engine.sqrt(below),
        engine.sqrt(around),
        engine.log(below),
        engine.log(engine.exact(0)),
        engine.div(engine.exact(1), around),
        engine.div(engine.exact(0), engine.exact(0)),
        engine.power(around, -1),
        engine.power(engine.exact(0), -2),
    ]


def says_nothing(engine: Any, value: Any) -> bool:
    """No sign, no end, not finite."""
    assert engine.sign(value) is Sign.UNDECIDED
    assert not engine.is_finite(value)
    for reading in (engine.lower, engine.upper, engine.lower_dyadic, engine.upper_dyadic):
        with pytest.raises(NotEnoughPrecision):
            reading(value)
    return True


@every_engine
def test_every_operation_keeps_nothing_known(name: str) -> None:
    with ENGINES[name] as engine:
        known = [engine.exact(0), engine.exact(1), engine.interval(-1, 2), engine.exp(engine.exact(10**6))]
        for unknown in undefined(engine):
            assert says_nothing(engine, unknown)
            for operation in UNARY:
                assert says_nothing(engine, getattr(engine, operation)(unknown)), operation
            for n in range(-4, 5):
                assert says_nothing(engine, engine.power(unknown, n)), n
            for operation in BINARY:
                for other in (*known, unknown):
                    assert says_nothing(engine, getattr(engine, operation)(unknown, other)), operation
                    assert says_nothing(engine, getattr(engine, operation)(other, unknown)), operation


Build = Callable[[Any], Any]


def constant(n: Fraction) -> Build:
    return lambda engine: engine.exact(n)


def applied(name: str, *parts: Build) -> Build:
    return lambda engine: getattr(engine, name)(*(part(engine) for part in parts))


def raised(part: Build, n: int) -> Build:
    return lambda engine: engine.power(part(engine), n)


LEAVES = st.fractions(-9, 9, max_denominator=8).map(constant)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(applied, st.sampled_from(UNARY), inner),
        st.builds(applied, st.sampled_from(BINARY), inner, inner),
        st.builds(raised, inner, st.integers(-3, 3)),
    ),
    max_leaves=6,
)


@st.composite
def with_an_undefined_part(draw: st.DrawFn) -> Build:
    """An undefined part under up to eight operations, whatever stands beside it."""
    k = draw(st.integers(0, 7))
    value: Build = lambda engine: undefined(engine)[k]  # noqa: E731
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(("unary", "left", "right", "power")))
        if kind == "unary":
            value = applied(draw(st.sampled_from(UNARY)), value)
        elif kind == "power":
            value = raised(value, draw(st.integers(-3, 3)))
        else:
            other, operation = draw(ANY), draw(st.sampled_from(BINARY))
            value = applied(operation, *((value, other) if kind == "left" else (other, value)))
    return value


@every_engine
@given(build=with_an_undefined_part())
def test_an_expression_with_an_undefined_part_says_nothing(name: str, build: Build) -> None:
    with ENGINES[name] as engine:
        assert says_nothing(engine, build(engine))


WRAPPED = (
    ["+", "1", ["sigma", ["sqrt", "x"]]],
    ["+", "1", ["*", "0", ["sqrt", "x"]]],
    ["^", ["sqrt", "x"], "0"],
    ["exp", ["log", "x"]],
    ["+", "2", ["tanh", ["sqrt", "x"]]],
    ["+", "1", ["abs", ["/", "1", ["+", "x", "3/2"]]]],
    ["cosh", ["sqrt", "x"]],
    ["sigma", ["^", ["+", "x", "3/2"], "-1"]],
)


@pytest.mark.parametrize("expression", WRAPPED, ids=str)
@pytest.mark.parametrize("relation", [">", ">="])
@pytest.mark.parametrize("engine", ["mpmath", "arb", "array"])
def test_no_inequality_with_an_undefined_part_is_proved(engine: str, relation: str, expression: Any) -> None:
    bits = 53 if engine == "array" else 80
    found = prove_inequality(expression, BOX, relation, engine=engine, bits=bits, leaves=40)
    assert isinstance(found, UndecidedInequality)


FUNCTIONS = ("neg", "sqrt", "exp", "log", "sigma", "abs", "cosh", "sinh", "tanh")


@st.composite
def texts(draw: st.DrawFn) -> Any:
    """An expression of the certificates' language around a root of what is negative."""
    expression: Any = draw(st.sampled_from((["sqrt", "x"], ["log", "x"], ["/", "1", ["+", "x", "3/2"]])))
    for _ in range(draw(st.integers(1, 5))):
        other = draw(st.sampled_from(("0", "1", "x", ["exp", "x"], ["^", "x", "2"])))
        expression = draw(
            st.sampled_from(
                (
                    [draw(st.sampled_from(FUNCTIONS)), expression],
                    [draw(st.sampled_from("+-*/")), expression, other],
                    [draw(st.sampled_from("+-*/")), other, expression],
                    ["^", expression, draw(st.sampled_from(("0", "1", "2", "3", "-1", "-2")))],
                )
            )
        )
    return expression


@pytest.mark.parametrize("engine", ["mpmath", "arb", "array"])
@given(expression=texts(), relation=st.sampled_from((">", "<", ">=", "<=")))
def test_no_generated_inequality_with_an_undefined_part_is_decided(
    engine: str, expression: Any, relation: str
) -> None:
    point = {"x": (Fraction(-3, 2), Fraction(-3, 2))}
    bits = 53 if engine == "array" else 80
    found = prove_inequality(expression, point, relation, engine=engine, bits=bits)
    assert isinstance(found, UndecidedInequality)


def test_arrays_know_nothing_place_by_place() -> None:
    for name in ("array", "array by Arb"):
        engine = ENGINES[name]
        value = engine.sqrt(engine.between(np.array([-2.0, 1.0]), np.array([-1.0, 4.0])))
        total = engine.add(engine.exact(1), engine.mul(engine.exact(0), value))
        assert np.asarray(engine.signs(total).positive).tolist() == [False, True]
        assert engine.signs(total)[0] is Sign.UNDECIDED
        hull = engine.hull(value, engine.exact(3))
        assert engine.finite(hull).tolist() == [False, True]


def test_what_is_merely_unbounded_still_says_what_it_knows() -> None:
    """The whole line is not nothing: a sigmoid of whatever is defined lies between 0 and 1."""
    for name in ("array", "array by Arb"):
        engine = ENGINES[name]
        line = engine.between(-np.inf, np.inf)
        assert not engine.is_finite(line)
        share = engine.sigmoid(line)
        assert (float(share.lo), float(share.hi)) == (0.0, 1.0) or name == "array by Arb"


@pytest.mark.parametrize(("low", "high", "n"), [(1, 4, 2), (1, 4, 3), (-3, -1, 2), (-3, -1, 3), (1, 4, -2)])
def test_a_wide_ball_s_power_is_near_the_exact_one(low: int, high: int, n: int) -> None:
    """By products [1, 4]^2 reaches down to -3.5, and [1, 4]^-2 is not known at all."""
    with ArbEngine(80) as engine:
        value = engine.power(engine.interval(low, high), n)
        ends = sorted((Fraction(low) ** n, Fraction(high) ** n))
        width = ends[1] - ends[0]
        assert ends[0] - width / 10**6 <= engine.lower(value) <= ends[0]
        assert ends[1] <= engine.upper(value) <= ends[1] + width / 10**6
