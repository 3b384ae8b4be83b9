"""Formulas in HTML: LaTeX of our own printing, made MathML by latex2mathml.

Elements are serialised here and not by the library, which writes text without escaping it. Each formula also
carries its plain text, for readers that do not speak MathML.
"""

from __future__ import annotations

from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter
from markupsafe import Markup

from verified_grpo.characters import visible
from verified_grpo.report.dialects import GREEK, Latex, Plain
from verified_grpo.report.formula import Formula, Tree, show, size


class MathmlLatex(Latex):
    """LaTeX with words in subscripts as one text, not letter by letter."""

    def _letter(self, name: str) -> str:
        if name in GREEK or name == "eps" or len(name) == 1 or name.isdigit():
            return super()._letter(name)
        return rf"\text{{{name}}}"


PRIME = "\u2032"

# A relation of more leaves than this may break before its signs.
LONG = 12


def inline_math(formula: Formula) -> Markup:
    """A formula in the line; a list, or a long chain of relations, becomes several, between which a line can
    break.
    """
    tree = formula.tree
    if isinstance(tree, tuple) and tree[0] == "list":
        return Markup(", ").join(inline_math(Formula(part)) for part in tree[1:])
    if isinstance(tree, tuple) and tree[0] == "rel" and size(tree) > LONG:
        first, *others = tree[1:]
        links = [("rel", ("words", ""), *others[k : k + 2]) for k in range(0, len(others), 2)]
        return Markup(" ").join(_mathml(part, "inline") for part in (first, *links))
    return _mathml(tree, "inline")


def display_math(formula: Formula) -> Markup:
    """A formula on a line of its own."""
    return _mathml(formula.tree, "block")


@lru_cache(maxsize=4096)
def _mathml(tree: Tree, display: str) -> Markup:
    formula = Formula(tree)
    latex = visible(show(formula, MathmlLatex()))
    root = Converter(display=display).convert_to_element(latex)
    for element in root.iter():
        _plain_text(element)
        _low_prime(element)
        _unwrapped(element)
    root.set("alttext", visible(show(formula, Plain())))
    # In HTML the name of the element says the namespace.
    del root.attrib["xmlns"]
    return Markup(tostring(root, encoding="unicode"))


def _low_prime(element: Element) -> None:
    """A prime is a raised sign already: as a superscript it would be raised twice."""
    if element.tag == "msup" and "".join(element[1].itertext()) in (PRIME, "&#x02032;"):
        element.tag = "mrow"


def _unwrapped(element: Element) -> None:
    """A row of one thing is that thing."""
    if element is not None and element.tag not in ("math", "mtable"):
        for k, child in enumerate(element):
            if child.tag == "mrow" and len(child) == 1 and not child.attrib:
                element[k] = child[0]


def _plain_text(element: Element) -> None:
    """The library stores characters as references; as text they are escaped once, by the serialiser."""
    element.text = unescape(element.text) if element.text else None
    if element.get("width") == "thinmathspace":  # a name that browsers do not know
        element.set("width", "0.1667em")
    if element.tag == "mtext" and element.text:
        element.text = element.text.replace("\xa0", " ").strip() or "\xa0"
