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

from verified_grpo.report.characters import visible
from verified_grpo.report.dialects import GREEK, Latex, Plain
from verified_grpo.report.formula import Formula, Tree, show


class MathmlLatex(Latex):
    """LaTeX with words in subscripts as one text, not letter by letter."""

    def _letter(self, name: str) -> str:
        if name in GREEK or name == "eps" or len(name) == 1 or name.isdigit():
            return super()._letter(name)
        return rf"\text{{{name}}}"


def inline_math(formula: Formula) -> Markup:
    """A formula in the line; a list of formulas becomes several, between which a line can break."""
    parts = formula.tree[1:] if isinstance(formula.tree, tuple) and formula.tree[0] == "list" else ()
    return Markup(", ").join(_mathml(part, "inline") for part in parts or (formula.tree,))


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
    root.set("alttext", visible(show(formula, Plain())))
    # In HTML the name of the element says the namespace.
    del root.attrib["xmlns"]
    return Markup(tostring(root, encoding="unicode"))


def _plain_text(element: Element) -> None:
    """The library stores characters as references; as text they are escaped once, by the serialiser."""
    element.text = unescape(element.text) if element.text else None
    if element.tag == "mtext" and element.text:
        element.text = element.text.replace("\xa0", " ").strip() or "\xa0"
