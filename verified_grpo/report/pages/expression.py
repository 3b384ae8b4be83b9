"""The pages of identities and inequalities between expressions."""

from __future__ import annotations

from fractions import Fraction

from verified_grpo.certificates.grammar.formulas import BoxTree, Grid, Identity, Inequality
from verified_grpo.report.document import Block, Content, Display, Figure, Paragraph, content
from verified_grpo.report.drawing.paving import axes_to_draw, leaves, paving_picture
from verified_grpo.report.formula import Formula, Tree, size
from verified_grpo.report.pages.page import Page, judged, math, not_claimed, parameter, said
from verified_grpo.report.pages.pictures import ends

# A formula of more leaves than this is not printed: nobody reads it, and the certificate has it.
MOST_LEAVES = 400


SIGNS = {">": "positive", "<": "negative", ">=": "at least 0", "<=": "at most 0"}


def identity_page(claim: Identity, evidence: Grid, name: str) -> Page:
    """Two expressions that are equal as rational functions."""
    method = (
        "Multiplied out, the difference is a polynomial. The checker bounds its degree in each variable "
        "and finds it zero, exactly, on an integer grid with more points in each direction than that "
        "degree."
    )
    variables = math("list", *claim["variables"]) if claim["variables"] else content("numbers")
    return judged(
        said("Identity in {variables}", variables=variables),
        content("both sides are equal wherever they are defined"),
        statement=identity_statement(claim),
        proof=content(method),
        limits=not_claimed(content("Anything at points where a denominator vanishes.")),
    )


def identity_statement(claim: Identity) -> tuple[Block, ...]:
    """The identity."""
    words = "For all {variables} for which both sides are defined:" if claim["variables"] else "Exactly:"
    where = said(words, variables=("list", *claim["variables"]))
    return (Paragraph(where), formula(("rel", tree(claim["left"]), "=", tree(claim["right"]))))


def inequality_page(claim: Inequality, evidence: BoxTree, name: str) -> Page:
    """An expression with a sign on a box."""
    count = sum(node[0] == "leaf" for node in evidence["nodes"])
    method = said(
        "The box is covered by {count} closed {boxes}; on each, Arb encloses the expression at {bits} "
        "bits, and the enclosure has the sign.",
        count=str(count),
        boxes="box" if count == 1 else "boxes",
        bits=str(evidence["bits"]),
    )
    where = "for these numbers" if is_point(claim) else "on the whole box"
    return judged(
        said("Inequality for {box}", box=box(claim)),
        content(f"the expression is {SIGNS[claim['relation']]} {where}"),
        statement=inequality_statement(claim),
        figures=paving(claim, evidence, name),
        proof=method,
        limits=not_claimed(content("Anything outside the box.")),
    )


def is_point(claim: Inequality) -> bool:
    """Whether every variable is one number."""
    return all(isinstance(value, str) for value in claim["box"].values())


def box(claim: Inequality) -> Content:
    """The ranges of the variables."""
    ranges = tuple(parameter(name, value) for name, value in claim["box"].items())
    return content(math("list", *ranges) if ranges else "numbers")


def inequality_statement(claim: Inequality) -> tuple[Block, ...]:
    """The inequality."""
    words = "For {box}:" if is_point(claim) else "For all {box}:"
    shown = formula(("rel", tree(claim["expression"]), claim["relation"], "0"))
    return (Paragraph(said(words, box=box(claim))), shown)


def formula(shown: Tree) -> Block:
    """A formula on its own line, unless it is too large to be read."""
    leaves_of = size(shown)
    if leaves_of > MOST_LEAVES:
        return Paragraph(
            content(f"(a formula of {leaves_of} numbers and names; it stands in the certificate)")
        )
    return Display(Formula(shown))


def tree(expression: object) -> Tree:
    """An expression of a certificate as a formula's tree."""
    if isinstance(expression, str):
        return expression
    assert isinstance(expression, list)
    return tuple(map(tree, expression))


def paving(claim: Inequality, evidence: BoxTree, name: str) -> tuple[Block, ...]:
    """The boxes of the proof, where there is more than one."""
    root: dict[str, tuple[Fraction, Fraction]] = {axis: ends(value) for axis, value in claim["box"].items()}
    found = leaves(evidence["nodes"], root)
    drawn = axes_to_draw(found, root)
    if not drawn:
        return ()
    svg = paving_picture(found, root, drawn, {axis: axis for axis in root})
    caption = content(
        f"The {len(found)} boxes of the proof",
        " at the middle of the ranges not drawn." if len(root) > len(drawn) else ".",
    )
    return (Figure(f"{name}-paving", svg, caption, "The boxes of the proof by covering."),)
