from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import HOSTILE
from verified_grpo.model.contrasts import MEAN_STD, MEAN_VAR, Contrast, eps, omega_expression, p, q, v
from verified_grpo.model.formulas import definition_program
from verified_grpo.report.dialects import Latex, Plain, TypstMath
from verified_grpo.report.document import Display, Document
from verified_grpo.report.formula import Formula, Tree, show, size
from verified_grpo.report.pages.notation import tree
from verified_grpo.report.typesetting import pdf

CASES: list[tuple[Tree, str, str]] = [
    (("-", "a", ("-", "b", "c")), "a - (b - c)", "a - (b - c)"),
    (("-", "a", ("+", "b", "c")), "a - (b + c)", "a - (b + c)"),
    (("*", ("+", "a", "b"), "c"), "(a + b) c", "(a + b) c"),
    (("*", "2", "3"), r"2 \cdot 3", "2 dot 3"),
    (("*", "a", "1e-5"), r"a \cdot 10^{-5}", "a dot 10^(-5)"),
    (("^", ("+", "a", "b"), "2"), "(a + b)^{2}", "(a + b)^(2)"),
    (("^", "-2", "2"), "(-2)^{2}", "(-2)^(2)"),
    (("^", ("^", "a", "2"), "3"), "(a^{2})^{3}", "(a^(2))^(3)"),
    (("^", ("/", "a", "b"), "2"), r"\left(\frac{a}{b}\right)^{2}", "(frac(a, b))^(2)"),
    (("neg", ("+", "a", "b")), "-(a + b)", "-(a + b)"),
    (("*", "a", ("neg", "b")), "a (-b)", "a (-b)"),
    (("+", "a", ("neg", "b")), "a - b", "a - b"),
    (("+", "a", "-3/4"), r"a - \frac{3}{4}", "a - frac(3, 4)"),
    (("-", "a", "-3"), "a - (-3)", "a - (-3)"),
    (("sqrt", ("+", "a", "eps")), r"\sqrt{a + \varepsilon}", "sqrt(a + epsilon)"),
    (("rel", "x", "in", ("interval", "0", "1e-7")), r"x \in [0, 10^{-7}]", "x in [0, 10^(-7)]"),
    (("exp", ("*", "a", "b", "c")), r"\exp(a b c)", "exp(a b c)"),
    (("abs", "-1"), r"\left\lvert -1 \right\rvert", "abs(-1)"),
    (("T", "L*"), r"T(L^{\ast})", "T(L^ast)"),
]


@pytest.mark.parametrize(("shown", "latex", "typst"), CASES)
def test_a_formula_means_its_tree_in_both_dialects(shown: Tree, latex: str, typst: str) -> None:
    assert show(Formula(shown), Latex()) == latex
    assert show(Formula(shown), TypstMath()) == typst


def test_a_long_fraction_is_printed_with_a_slash_and_parentheses() -> None:
    long: Tree = ("+", *(f"x_{k}" for k in range(30)))
    assert show(Formula(("/", "a", long)), Plain()).startswith("a / (x_0 + x_1")
    assert size(long) == 30


def test_names_that_differ_are_printed_differently() -> None:
    names = ["x", "x1", "x_1", "x_1_2", "x_12", "x_", "eps", "epsilon", "x1_2"]
    for dialect in (Latex(), TypstMath(), Plain()):
        assert len({dialect.name(name) for name in names}) == len(names)


@given(st.text(max_size=30))
def test_no_name_is_a_command_in_latex(name: str) -> None:
    shown = Latex().name(name)
    assert not set("<>`*|$&#%~") & set(shown)
    assert "\n\n" not in shown or "\n" in name


def test_no_name_is_a_command_in_typst() -> None:
    names: tuple[Tree, ...] = (
        *HOSTILE,
        '")#panic()',
        '\\")#panic()',
        "#panic()",
        "eval(x)",
        "x'_y",
        "panic()",
    )
    blocks = tuple(
        Display(Formula(("+", "1", name)))
        for name in names
        if not isinstance(name, str) or name.isprintable()
    )
    assert pdf(Document("t", "s", (), blocks)).startswith(b"%PDF")


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD])
def test_the_contrast_on_the_page_is_the_models_expression(contrast: Contrast) -> None:
    expression = omega_expression(contrast)
    assert (
        sp.simplify(_value(tree(definition_program(contrast))) - expression.subs(v, p * q).subs(q, 1 - p))
        == 0
    )


def _value(shown: Tree) -> sp.Expr:
    """A tree as SymPy reads it, written apart from the code that makes trees."""
    if isinstance(shown, str):
        return {"p": p, "eps": eps}.get(shown) or sp.Integer(shown)
    head, *parts = shown
    values = [_value(part) for part in parts]
    if head == "/":
        return values[0] / values[1]
    if head == "-":
        return values[0] - values[1]
    return {"+": sp.Add, "*": sp.Mul, "sqrt": sp.sqrt, "^": sp.Pow}[str(head)](*values)
