"""The page that all others rest on: notation, hypotheses, and what a bracket means."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from verified_grpo.model.contrast import MEAN, MEAN_STD, MEAN_VAR, omega_expression, v
from verified_grpo.report.document import (
    Block,
    Code,
    Content,
    Display,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    content,
)
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.pages.page import math

LABEL = "notation"

STEP: Tree = (
    "rel", ("T", "L"), "=",
    ("+", ("*", ("-", "1", "alpha"), "L"), ("*", "alpha", "L_ref"), ("/", ("Omega", "L"), "beta")),
)  # fmt: skip
GAP: Tree = ("rel", ("g", "L"), "=", ("-", "L", "L_ref", ("/", ("Omega", "L"), ("*", "alpha", "beta"))))


@lru_cache
def contrast_formula(name: str) -> Tree:
    """A contrast as a formula in p, out of the model's own expression; `group` in its general form."""
    if name == "group":
        return (
            "rel", ("Omega", "L"), "=",
            ("total", "k", ("-", "G", "1"), ("*", ("binomial", ("-", "G", "1"), "k"), ("^", "p", "k"),
                     ("^", ("-", "1", "p"), ("-", "G", "1", "k")), "c_k")),
        )  # fmt: skip
    expression = {"mean-var": MEAN_VAR, "mean-std": MEAN_STD, "mean": MEAN}[name]
    return ("rel", ("Omega", "L"), "=", tree(omega_expression(expression)))


def tree(expression: sp.Expr) -> Tree:
    """A SymPy expression of sums, products and powers as a formula's tree; the variance v is written as p
    (1 - p).

    Raises:
        TypeError: an expression with anything else in it.
    """
    if expression == v:
        return ("*", "p", ("-", "1", "p"))
    if expression.is_Rational or expression.is_Symbol:
        return str(expression)
    above, below = sp.fraction(expression)
    if below != 1:
        return ("/", tree(above), tree(below))
    if expression.is_Add:
        return (
            "+",
            *map(
                tree,
                sorted(expression.args, key=lambda term: (term.is_Symbol, term.could_extract_minus_sign())),
            ),
        )
    if expression.is_Mul and expression.args[0] == -1:
        return ("neg", tree(-expression))
    if expression.is_Mul:
        return ("*", *map(tree, expression.args))
    if expression.is_Pow and expression.exp == sp.Rational(1, 2):
        return ("sqrt", tree(expression.base))
    if expression.is_Pow:
        return ("^", tree(expression.base), tree(expression.exp))
    raise TypeError(f"no formula for {expression.func}")


def notation() -> list[Block]:
    """Notation, hypotheses and conventions."""
    return [
        Heading(1, content("Notation, hypotheses, conventions"), LABEL),
        Paragraph(
            content(
                "One prompt; a policy answers it correctly with probability ", math("p"),
                " and is rewarded with 1 or 0. "
                "Everything is measured in log-odds "
                "", math("rel", "L", "=", ("log", ("/", "p", ("-", "1", "p")))),
                ", in which a probability as close to 1 as ", math("-", "1", "1e-28"),
                " is an ordinary number; ",
                math("L_ref"), " is the log-odds of the reference policy's probability ", math("p_ref"),
                ". One update of GRPO with total KL weight ", math("rel", "beta", ">", "0"),
                ", of which a share ",
                math("alpha"), " is on the reference policy and the rest on the previous policy, moves ",
                math("L"), " to",
            )
        ),
        Display(Formula(STEP)),
        Paragraph(
            content(
                "where the contrast ", math("Omega"), " is the advantage of a success minus the advantage "
                "of a failure, and ",
                math("rel", "eps", ">", "0"), " its stabiliser. With ", math("rel", "alpha", "=", "1"),
                " this is the map ", math("rel", "p", "->", ("h", "p")), " of the paper (Theorem 2).",
            )
        ),
        contrasts(),
        Paragraph(
            content(
                "A fixed point is an ", math("L*"), " with ", math("rel", ("T", "L*"), "=", "L*"),
                "; its multiplier is ",
                math("T'", "L*"), ". It is attracting if the multiplier is smaller than 1 in absolute "
                "value, repelling if it "
                "is larger. For ", math("rel", "alpha", ">", "0"), " the fixed points are the zeros of the "
                "gap",
            )
        ),
        Display(Formula(GAP)),
        *hypotheses(),
        *conventions(),
    ]  # fmt: skip


def contrasts() -> Table:
    """The contrasts that certificates may name."""
    rows: list[tuple[Content, Content]] = [
        (content(Code(name)), content(math(contrast_formula(name))))
        for name in ("mean-var", "mean-std", "mean", "group")
    ]
    said = (
        content("mean and variance, as in the paper"),
        content("mean and standard deviation, as in training frameworks"),
        content("mean only"),
        content("a group of ", math("G"), " samples, its standard deviation with divisor "
        "", math("-", "G", ("words", "ddof")),
                "; ", math("c_k"), " is the contrast when ", math("k"), " of the other samples succeed"),
    )  # fmt: skip
    return Table(
        (content("contrast"), content("formula"), content("normalisation by")),
        tuple(Row((name, formula, words)) for (name, formula), words in zip(rows, said, strict=True)),
        widths=(2, 6, 6),
    )


def hypotheses() -> tuple[Block, ...]:
    """What all statements suppose."""
    return (
        Heading(2, content("Hypotheses of every statement")),
        Items(
            (
                content("Rewards are 0 or 1, and the policy class is unrestricted: each update is the "
                "exact maximiser of the "
                        "regularised objective, not a few steps of gradient ascent on a sample."),
                content("One prompt at a time: policies of different prompts do not influence each other."),
                content("Parameters are the exact numbers written; a range is a closed interval, and a "
                "statement over ranges "
                        "holds for every choice of numbers in them."),
            )
        ),
    )  # fmt: skip


def conventions() -> tuple[Block, ...]:
    """How numbers are printed and who vouches for what."""
    return (
        Heading(2, content("Conventions")),
        Items(
            (
                content("A bracket is a closed interval that certainly contains the number. Bounds are "
                "rounded outward, never "
                        "to nearest; the certificate has all digits."),
                content("Every page is written from one certificate, which was checked when the report was "
                "made, by a program "
                        "that shares nothing with the one that found the proof. A certificate that is not "
                        "accepted is shown "
                        "as rejected, without its statement."),
                content("Curves are drawn as bands that contain them, computed for the drawing by ball "
                "arithmetic; figures "
                        "illustrate a certificate and are no part of it."),
            )
        ),
    )  # fmt: skip
