"""The page that all others rest on: notation, hypotheses, and what a bracket means."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from verified_grpo.certificates.grammar.values import OnVariant
from verified_grpo.model.contrasts import DEFINITIONS, Contrast, omega_expression, v
from verified_grpo.model.contrasts.reading import Tree as Expression
from verified_grpo.model.contrasts.reading import tree_of
from verified_grpo.report.document import (
    Block,
    Code,
    Content,
    Display,
    Heading,
    Items,
    Paragraph,
    Reference,
    Row,
    Table,
    content,
)
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.pages.page import math, said

LABEL = "notation"

STEP: Tree = (
    "rel", ("T", "L"), "=",
    ("+", ("*", ("-", "1", "alpha"), "L"), ("*", "alpha", "L_ref"), ("/", ("Omega", "L"), "beta")),
)  # fmt: skip
GAP: Tree = ("rel", ("g", "L"), "=", ("-", "L", "L_ref", ("/", ("Omega", "L"), ("*", "alpha", "beta"))))
BERNSTEIN: Tree = (
    "*",
    ("binomial", ("-", "G", "1"), "k"),
    ("^", "p", "k"),
    ("^", ("-", "1", "p"), ("-", "G", "1", "k")),
    "c_k",
)
GROUP: Tree = ("rel", ("Omega", "L"), "=", ("total", "k", ("-", "G", "1"), BERNSTEIN))


@lru_cache
def contrast_formula(name: str) -> Tree:
    """A contrast as a formula in p, out of the model's own expression; `group` in its general form."""
    if name == "group":
        return GROUP
    if name == "expression":
        return ("rel", ("Omega", "L"), "=", ("f", "p", "eps"))
    return ("rel", ("Omega", "L"), "=", tree(omega_expression(Contrast(name))))


def written(omega: Expression) -> Tree:
    """A contrast's own expression as a formula in p, as it was typed."""
    if isinstance(omega, str):
        return _IN_P.get(omega, omega)
    return (omega[0], *map(written, omega[1:]))


_IN_P: dict[str, Tree] = {"q": ("-", "1", "p"), "v": ("*", "p", ("-", "1", "p"))}


def contrast_words(claim: OnVariant) -> Content:
    """The contrast of a claim in the middle of a sentence, with a link to the notation."""
    variant = claim["variant"]
    notation = Reference("notation", LABEL)
    if variant["contrast"] == "group":
        words = "the contrast {Omega} of groups of {size} with {ddof} ({notation})"
        size, ddof = str(variant["group_size"]), ("rel", ("words", "ddof"), "=", str(variant["ddof"]))
        return said(words, size=math(size), ddof=ddof, notation=notation)
    formula = contrast_formula(variant["contrast"])
    if "omega" in variant:
        formula = ("rel", ("Omega", "L"), "=", written(tree_of(variant["omega"])))
    return said("{formula} ({notation})", formula=formula, notation=notation)


def tree(expression: sp.Expr) -> Tree:
    """A SymPy expression of sums, products and powers as a formula's tree; the variance v is p (1 - p).

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
        # The stabiliser last, as one writes it.
        return ("+", *map(tree, sorted(expression.args, key=lambda term: str(term) == "eps")))
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
            said(
                "One prompt; a policy answers it correctly with probability {p} and is rewarded with 1 or "
                "0. Everything is measured in log-odds {definition}, in which a probability as close to 1 "
                "as {close} is an ordinary number; {L_ref} is the log-odds of the reference policy's "
                "probability {p_ref}. One update of GRPO with total KL weight {weight}, of which a share "
                "{alpha} is on the reference policy and the rest on the previous policy, moves {L} to",
                definition=("rel", "L", "=", ("log", ("/", "p", ("-", "1", "p")))),
                close=("-", "1", "1e-28"),
                weight=("rel", "beta", ">", "0"),
            )
        ),
        Display(Formula(STEP)),
        Paragraph(
            said(
                "where the contrast {Omega} is the advantage of a success minus the advantage of a "
                "failure, and {positive} its stabiliser. With {usual} this is the map {map} of the paper "
                "(Theorem 2).",
                positive=("rel", "eps", ">", "0"),
                usual=("rel", "alpha", "=", "1"),
                map=("rel", "p", "->", ("h", "p")),
            )
        ),
        contrasts(),
        Paragraph(
            said(
                "A fixed point is an {L*} with {fixed}; its multiplier is {multiplier}. It is attracting "
                "if the multiplier is smaller than 1 in absolute value, repelling if it is larger. For "
                "{positive} the fixed points are the zeros of the gap",
                fixed=("rel", ("T", "L*"), "=", "L*"),
                multiplier=("T'", "L*"),
                positive=("rel", "alpha", ">", "0"),
            )
        ),
        Display(Formula(GAP)),
        *hypotheses(),
        *conventions(),
    ]


def contrasts() -> Table:
    """The contrasts that certificates may name."""
    group = said(
        "a group of {G} samples, its standard deviation with divisor {divisor}; {c_k} is the contrast "
        "when {k} of the other samples succeed",
        divisor=("-", "G", ("words", "ddof")),
    )
    normalised = {name: content(contrast.words) for name, contrast in DEFINITIONS.items()} | {"group": group}
    return Table(
        (content("contrast"), content("formula"), content("normalisation by")),
        tuple(
            Row((content(Code(name)), content(math(contrast_formula(name))), words))
            for name, words in normalised.items()
        ),
        widths=(2, 6, 6),
    )


def hypotheses() -> tuple[Block, ...]:
    """What statements suppose unless they say otherwise."""
    items = (
        "Rewards are 0 or 1, and the policy class is unrestricted.",
        "Each update is the exact maximiser of the regularised objective, not a few steps of gradient ascent "
        "on a sample; a statement on small steps is about another update, and says so.",
        "One prompt at a time: policies of different prompts do not influence each other.",
        "Parameters are the exact numbers written; a range is a closed interval, and a statement over ranges "
        "holds for every choice of numbers in them, or for some choice where it says so.",
    )
    return Heading(2, content("Hypotheses, where a statement names no others")), Items(
        tuple(map(content, items))
    )


def conventions() -> tuple[Block, ...]:
    """How numbers are printed and who vouches for what."""
    items = (
        "A bracket is a closed interval that certainly contains the number. Bounds are rounded outward, "
        "never to nearest; the certificate has all digits.",
        "Every page is written from one certificate, which was checked when the report was made, by a "
        "program that shares nothing with the one that found the proof. The statement on it, and the line "
        "beside the verdict, are that program's own words; what is set apart as explanation was not checked. "
        "Of a certificate that is not accepted the statement is shown as not established, and nothing is "
        "explained.",
        "Curves are drawn as bands that contain them, computed for the drawing by ball arithmetic; figures "
        "illustrate a certificate and are no part of it.",
    )
    return Heading(2, content("Conventions")), Items(tuple(map(content, items)))
