"""Markdown as GitHub and pandoc read it: formulas in dollar signs, tables with pipes, figures beside it."""

from __future__ import annotations

import re

from verified_grpo.characters import visible
from verified_grpo.report.dialects import Latex
from verified_grpo.report.document import (
    Banner,
    Code,
    Content,
    Display,
    Document,
    Emphasis,
    Facts,
    Figure,
    Heading,
    Inline,
    Items,
    Listing,
    Math,
    Paragraph,
    Printed,
    Reference,
    Strong,
    Table,
    Text,
    on_paper,
)
from verified_grpo.report.formula import Formula, show

# What could start or end emphasis, code, a link, a cell, a tag, an entity, a formula or a heading.
_ESCAPES = str.maketrans(
    {c: "\\" + c for c in "\\`*_[]|#~@"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;"}
)


def markdown(document: Document, figures: str) -> str:
    """The document as one Markdown text; `figures` is the folder of its SVG files, relative to it."""
    head = f"# {escape(document.title)}\n\n*{escape(document.subtitle)}*"
    blocks = [head, *(_block(block, figures) for block in on_paper(document.front + document.body))]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Text such that Markdown shows exactly these characters, on one line, wherever it stands."""
    escaped = visible(text).translate(_ESCAPES)
    # A bare address would become a link, and a number or a dash at the start of a line a list.
    escaped = escaped.replace("://", r":\//").replace("www.", r"www\.")
    return re.sub(r"^(\s*)([-+=]|\d+(?=[.)]))", _at_start, escaped)


def _at_start(found: re.Match[str]) -> str:
    space, start = found.groups()
    return f"{space}\\{start}" if start in "-+=" else f"{space}{start}\\"


def code(text: str) -> str:
    """Text in a code span, whatever backquotes are in it."""
    shown = visible(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown[:1] in ("`", " ", "") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _block(block: Printed, figures: str) -> str:
    match block:
        case Heading():
            anchor = f'<a id="{block.label}"></a>\n\n' if block.label else ""
            return f"{anchor}{'#' * (block.level + 1)} {_content(block.content)}"
        case Paragraph():
            lead = f"**{escape(block.lead)}** " if block.lead else ""
            return lead + _content(block.content)
        case Display():
            return f"$$\n{_latex(block.formula)}\n$$"
        case Banner():
            return f"> **{escape(block.word.upper())}** {_content(block.content)}"
        case Items():
            marks = [f"{k}." if block.numbered else "-" for k in range(1, len(block.items) + 1)]
            return "\n".join(
                f"{mark} {_content(item)}" for mark, item in zip(marks, block.items, strict=True)
            )
        case Table():
            return _table(block)
        case Figure():
            return f"![{escape(block.description)}]({figures}/{block.name}.svg)\n\n{_content(block.caption)}"
        case Listing():
            return "\n".join("    " + visible(line) for line in block.lines)
        case Facts():
            return "\n".join(f"- *{escape(name)}*: {_content(content)}" for name, content in block.facts)


def _table(table: Table) -> str:
    lines = [_row(table.header), "|" + " --- |" * len(table.header), *(_row(row.cells) for row in table.rows)]
    caption = f"{_content(table.caption)}\n\n" if table.caption else ""
    return caption + "\n".join(lines)


def _row(cells: tuple[Content, ...]) -> str:
    # In a table a pipe inside code ends the cell unless it is escaped there too.
    return "| " + " | ".join(_content(cell, pipe=r"\|") for cell in cells) + " |"


def _content(parts: Content, pipe: str = "|") -> str:
    return "".join(_inline(part, pipe) for part in parts)


def _inline(part: Inline, pipe: str) -> str:
    match part:
        case Text():
            return escape(part.text)
        case Strong():
            return f"**{escape(part.text)}**"
        case Emphasis():
            return f"*{escape(part.text)}*"
        case Code():
            return code(part.text).replace("|", pipe)
        case Math():
            return f"${_latex(part.formula)}$"
        case Reference():
            return f"[{escape(part.text)}](#{part.label})"


def _latex(formula: Formula) -> str:
    return show(formula, Latex())
