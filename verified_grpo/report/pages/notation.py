"""The page that all others rest on: notation, hypotheses, and what a bracket means."""

from __future__ import annotations

from functools import lru_cache

from verified_grpo.certificates.grammar.values import OnVariant
from verified_grpo.model import Contrast, Program, formulas
from verified_grpo.model.automatic import expression_of
from verified_grpo.model.contrasts import DEFINITIONS
from verified_grpo.model.contrasts.reading import substituted, tree_of
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
from verified_grpo.report.pages.page import contrast_label, math, said

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


_LAST: Tree = ("-", "G", "1")
_FAILURE: Tree = ("-", "1", "p")
OF_GROUPS: dict[str, Tree] = {
    name: ("rel", ("Omega", "L"), "=", formula)
    for name, formula in {
        "group-loo": ("total", "k", _LAST, BERNSTEIN),
        "group-mixed": (
            "/",
            ("total", "k", _LAST, BERNSTEIN),
            ("-", "1", ("+", ("^", "p", "G"), ("^", _FAILURE, "G"))),
        ),
        "maxrl": ("/", ("-", "1", ("^", _FAILURE, _LAST)), "p"),
        "batch": ("/", ("-", "1", ("/", "1", "G")), "eps"),
    }.items()
}
"""In the general form; ``c_k`` is the contrast beside k successes."""


@lru_cache
def contrast_formula(name: str) -> Tree:
    """A contrast as a formula in p, out of the model's own expression; `group` in its general form."""
    if name == "group":
        return GROUP
    if name in OF_GROUPS:
        return OF_GROUPS[name]
    if name == "expression":
        return ("rel", ("Omega", "L"), "=", ("f", "p", "eps"))
    return ("rel", ("Omega", "L"), "=", tree(formulas.definition_program(Contrast(name))))


_IN_P: dict[str, Tree] = {"q": ("-", "1", "p"), "v": ("*", "p", ("-", "1", "p"))}


def contrast_words(claim: OnVariant) -> Content:
    """The contrast of a claim in the middle of a sentence, with a link to the notation."""
    variant = claim["variant"]
    notation = Reference("notation", LABEL)
    if variant["contrast"] == "group":
        times = f"{variant['scale']} times " if "scale" in variant else ""
        words = times + "the contrast {Omega} of groups of {size} with {ddof} ({notation})"
        size, ddof = str(variant["group_size"]), ("rel", ("words", "ddof"), "=", str(variant["ddof"]))
        return said(words, size=math(size), ddof=ddof, notation=notation)
    if variant["contrast"] in OF_GROUPS:
        return said(f"the contrast {{Omega}} of {contrast_label(claim)} ({{notation}})", notation=notation)
    formula = contrast_formula(variant["contrast"])
    if "omega" in variant:
        formula = ("rel", ("Omega", "L"), "=", substituted(tree_of(variant["omega"]), _IN_P))
    if "scale" in variant:
        scale, whole = variant["scale"], formula[-1]
        formula = (*formula[:-1], scale if whole == "1" else ("*", scale, whole))
    return said("{formula} ({notation})", formula=formula, notation=notation)


def tree(program: Program) -> Tree:
    """A contrast's definition as a formula's tree; the variance v is p (1 - p).

    Raises:
        TypeError: an operation that no formula is shown of.
    """
    return _added(expression_of(program, {"p": "p", **_IN_P, "eps": "eps"}))


def _added(formula: Tree) -> Tree:
    """Sums of sums as one, the stabiliser last, as one writes it."""
    if isinstance(formula, str):
        return formula
    parts = [_added(part) for part in formula[1:]]
    if formula[0] != "+":
        return (formula[0], *parts)
    terms = [term for part in parts for term in (part[1:] if part[0] == "+" else (part,))]
    return ("+", *sorted(terms, key=lambda term: term == "eps"))


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
        widths=(3, 7, 7),
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
