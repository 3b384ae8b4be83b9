"""PDF, set by Typst.

The template `report.typ` never changes; a document reaches it as data (JSON), so no text of a certificate
is ever read as Typst's markup or code. Only formulas are: they are printed by `dialects.py`, which quotes
what is not a plain name.

Fonts are those inside the `typst` package and the date is fixed, so the same document gives the same bytes.
The file is PDF/A-2a (for archives, tagged, with a description of every formula and figure).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

from verified_grpo.characters import printable
from verified_grpo.report.dialects import Plain, TypstMath
from verified_grpo.report.document import (
    Banner,
    Block,
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
    apart,
    drawings,
    on_paper,
)
from verified_grpo.report.formula import Formula, show

# A PDF must carry a date; this one says nothing, so that the same certificates give the same file.
DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)

Data = dict[str, Any]


def pdf(document: Document) -> bytes:
    """The document as a PDF/A-2a file; the same document gives the same bytes."""
    template = resources.files("verified_grpo.report").joinpath("report.typ").read_bytes()
    figures = {figure.name: figure.svg.decode() for figure in drawings(document)}
    import typst  # for PDF only

    return typst.compile(
        template,
        format="pdf",
        sys_inputs={"document": json.dumps(document_data(document)), **figures},
        pdf_standards="a-2a",
        ignore_system_fonts=True,
        timestamp=DATE,
    )


def document_data(document: Document) -> Data:
    """The document as the template reads it; every text in it is printable."""
    return {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "front": _blocks(document.front),
        "body": _runs(document.body),
    }


def _runs(blocks: Sequence[Block]) -> list[Data]:
    """The body; what is set apart as one block."""
    printed: list[Data] = []
    for aside, run in apart(blocks):
        printed += [{"kind": "aside", "blocks": _blocks(run)}] if aside else _blocks(run)
    return printed


def _blocks(blocks: Iterable[Block]) -> list[Data]:
    return [{"kind": type(block).__name__.lower(), **_block(block)} for block in on_paper(blocks)]


def _block(block: Printed) -> Data:
    match block:
        case Heading():
            return {"level": block.level, "content": _content(block.content), "label": block.label}
        case Paragraph():
            return {"lead": printable(block.lead), "content": _content(block.content)}
        case Display():
            return _formula(block.formula)
        case Banner():
            return {
                "tone": block.tone.value,
                "word": printable(block.word),
                "content": _content(block.content),
            }
        case Items():
            return {"items": [_content(item) for item in block.items], "numbered": block.numbered}
        case Table():
            return {
                "header": [_content(cell) for cell in block.header],
                "rows": [
                    {"cells": [_content(cell) for cell in row.cells], "closing": row.closing}
                    for row in block.rows
                ],
                "caption": _content(block.caption),
                "widths": list(block.widths),
            }
        case Figure():
            return {
                "name": block.name,
                "caption": _content(block.caption),
                "alt": printable(block.description),
            }
        case Listing():
            return {"lines": [printable(line) for line in block.lines]}
        case Facts():
            return {"facts": [[printable(name), _content(content)] for name, content in block.facts]}


def _content(parts: Content) -> list[Data]:
    return [{"kind": type(part).__name__.lower(), **_inline(part)} for part in parts]


def _inline(part: Inline) -> Data:
    match part:
        case Text() | Strong() | Emphasis() | Code():
            return {"text": printable(part.text)}
        case Math():
            return _formula(part.formula)
        case Reference():
            return {"text": printable(part.text), "label": part.label}


def _formula(formula: Formula) -> Data:
    return {"math": show(formula, TypstMath()), "alt": printable(show(formula, Plain()))}
