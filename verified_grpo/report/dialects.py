"""The dialects in which formulas are printed: LaTeX as Markdown readers know it, Typst's mathematics, text.

Names are taken apart into a base, a mark (`*` or `'`) and subscripts after `_`; whatever does not fit that
pattern is printed as quoted words, so no name can become a command.
"""

from __future__ import annotations

import re
from typing import ClassVar

from verified_grpo.report.formula import SYMBOLS

NAME = re.compile(r"([A-Za-z][A-Za-z0-9]*)([*']?)(?:_([A-Za-z0-9]+(?:_[A-Za-z0-9]+)*))?", re.ASCII)
GREEK = {name: name for name in sorted(SYMBOLS - {"eps"})}
ELEMENTARY = ("exp", "log", "cosh", "sinh", "tanh")


class Latex:
    """LaTeX for `$...$`, without what Markdown or HTML would read: `<`, `>`, `*`, `|`, a backquote.

    Nor does a backslash stand before punctuation, where some readers of Markdown take it away.
    """

    times = r"\cdot"
    gap = r"\thinspace"
    cross = r"\times"
    comma = ","
    wide_comma = r",\quad"
    slash = "/"
    _letters: ClassVar[dict[str, str]] = {**{name: "\\" + name for name in GREEK}, "eps": r"\varepsilon"}
    _relations: ClassVar[dict[str, str]] = {
        "<": r"\lt", ">": r"\gt", "<=": r"\le", ">=": r"\ge", "=": "=", "!=": r"\ne",
        "in": r"\in", ":=": ":=", "->": r"\mapsto", "for": r"\quad",
    }  # fmt: skip
    _escapes: ClassVar[dict[int, str]] = str.maketrans({"_": r"\_"} | dict.fromkeys("\\^~*`<>|{}$&#%", " "))

    def name(self, name: str) -> str:
        if not (match := NAME.fullmatch(name)):
            return self.words(name)
        base, mark, below = match.groups()
        printed = self._letter(base)
        if mark:
            printed += r"^{\ast}" if mark == "*" else r"^{\prime}"
        return printed + (f"_{{{','.join(map(self._letter, below.split('_')))}}}" if below else "")

    def _letter(self, name: str) -> str:
        if name in self._letters:
            return self._letters[name]
        return name if len(name) == 1 or name.isdigit() else rf"\mathrm{{{name}}}"

    def words(self, text: str) -> str:
        return rf"\text{{{text.translate(self._escapes)}}}"

    def relation(self, sign: str) -> str:
        return self._relations[sign]

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def root(self, inside: str) -> str:
        return rf"\sqrt{{{inside}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def function(self, name: str) -> str:
        return "\\" + name if name in ELEMENTARY else self.name(name)

    def parentheses(self, inside: str) -> str:
        return rf"\left({inside}\right)" if "\\frac" in inside else f"({inside})"

    def brackets(self, inside: str) -> str:
        return f"[{inside}]"

    def between(self, opening: str, inside: str, closing: str) -> str:
        return f"{opening}{inside}{closing}"

    def absolute(self, inside: str) -> str:
        return rf"\left\lvert {inside} \right\rvert"

    def binomial(self, above: str, below: str) -> str:
        return rf"\binom{{{above}}}{{{below}}}"

    def index(self, name: str, below: str) -> str:
        return f"{name}_{{{below}}}"

    def total(self, index: str, last: str, term: str) -> str:
        return rf"\sum_{{{index}=0}}^{{{last}}} {term}"


class TypstMath:
    """Typst's mathematics, for what stands between two dollar signs."""

    times = "dot"
    gap = "thin"
    cross = "times"
    comma = ","
    wide_comma = ", med"
    slash = r"\/"
    _letters: ClassVar[dict[str, str]] = {**GREEK, "eps": "epsilon"}
    _relations: ClassVar[dict[str, str]] = {
        "<": "<", ">": ">", "<=": "<=", ">=": ">=", "=": "=", "!=": "!=",
        "in": "in", ":=": ":=", "->": "|->", "for": "quad",
    }  # fmt: skip

    def name(self, name: str) -> str:
        if not (match := NAME.fullmatch(name)):
            return self.words(name)
        base, mark, below = match.groups()
        printed = self._letter(base)
        if below:
            printed += f"_({', '.join(map(self._letter, below.split('_')))})"
        return printed + ({"*": "^ast", "'": "'"}[mark] if mark else "")

    def _letter(self, name: str) -> str:
        if name in self._letters:
            return self._letters[name]
        return name if len(name) == 1 or name.isdigit() else f'"{name}"'

    def words(self, text: str) -> str:
        # The mathematical font has few letters beside ASCII.
        shown = text.encode("ascii", "backslashreplace").decode()
        return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def relation(self, sign: str) -> str:
        return self._relations[sign]

    def fraction(self, above: str, below: str) -> str:
        return f"frac({above}, {below})"

    def root(self, inside: str) -> str:
        return f"sqrt({inside})"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^({exponent})"

    def function(self, name: str) -> str:
        return name if name in ELEMENTARY else self.name(name)

    def parentheses(self, inside: str) -> str:
        return f"({inside})"

    def brackets(self, inside: str) -> str:
        return f"[{inside}]"

    def between(self, opening: str, inside: str, closing: str) -> str:
        return f"\\{opening}{inside}\\{closing}"

    def absolute(self, inside: str) -> str:
        return f"abs({inside})"

    def binomial(self, above: str, below: str) -> str:
        return f"binom({above}, {below})"

    def index(self, name: str, below: str) -> str:
        return f"{name}_({below})"

    def total(self, index: str, last: str, term: str) -> str:
        return f"sum_({index}=0)^({last}) {term}"


class Plain:
    """Characters alone, for whoever hears a formula instead of seeing it."""

    times = "*"
    gap = ""
    cross = "*"
    comma = wide_comma = ","
    slash = "/"
    _relations: ClassVar[dict[str, str]] = {"in": "in", ":=": ":=", "->": "->", "for": ", "}

    def name(self, name: str) -> str:
        return name

    def words(self, text: str) -> str:
        return text

    def relation(self, sign: str) -> str:
        return self._relations.get(sign, sign)

    def fraction(self, above: str, below: str) -> str:
        return f"({above})/({below})" if re.search(r"[ /]", above + below) else f"{above}/{below}"

    def root(self, inside: str) -> str:
        return f"sqrt({inside})"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{exponent}" if re.fullmatch(r"\w+|-?\d+", exponent) else f"{base}^({exponent})"

    def function(self, name: str) -> str:
        return name

    def parentheses(self, inside: str) -> str:
        return f"({inside})"

    def brackets(self, inside: str) -> str:
        return f"[{inside}]"

    def between(self, opening: str, inside: str, closing: str) -> str:
        return f"{opening}{inside}{closing}"

    def absolute(self, inside: str) -> str:
        return f"|{inside}|"

    def binomial(self, above: str, below: str) -> str:
        return f"C({above}, {below})"

    def index(self, name: str, below: str) -> str:
        return f"{name}_({below})"

    def total(self, index: str, last: str, term: str) -> str:
        return f"sum over {index} = 0..{last} of {term}"
