"""The template of a page filled with a document.

Jinja escapes every text (autoescape is on, and no text is ever marked safe): only MathML, figures, our own
style and script are markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from verified_grpo.characters import visible
from verified_grpo.report.document import (
    Block,
    Content,
    Document,
    Explorer,
    Figure,
    Heading,
    Reference,
    StatementMap,
    apart,
)
from verified_grpo.report.drawing.statements import statement_map
from verified_grpo.report.html.explorer import bokeh_scripts, explorer_data
from verified_grpo.report.html.font import font_face
from verified_grpo.report.html.mathml import display_math, inline_math
from verified_grpo.report.html.sieve import sieve_of
from verified_grpo.report.html.vector import inline_svg

TONES = {
    "proved": "proved", "holds": "proved", "holds, sharper": "proved", "accepted": "proved",
    "holds, proof flawed": "qualified", "misprint": "qualified", "loose": "qualified",
    "instances only": "qualified", "fails": "refuted", "refuted": "refuted",
    "formal part established; verdict not carried": "declined",
    "undecided": "declined", "declined": "declined", "rejected": "rejected",
}  # fmt: skip
"""The colour of a verdict in a table; the word itself is always there."""
ATLAS_SCRIPTS = (
    "enclosure.js", "brackets.js", "numerals.js", "rectangles.js",
    "cells.js", "contours.js", "sequence.js", "atlas.js",
)  # fmt: skip
"""Each uses those before it."""


@dataclass(frozen=True)
class Section:
    """What stands under one heading of the first level, up to the next."""

    heading: Heading
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Carried:
    """A certificate that lies beside the page: its address from there, and its name in what is printed."""

    address: str
    name: str


@dataclass(frozen=True)
class Checking:
    """What a page needs to check certificates itself: where each lies, by the label of its section; what the
    scripts are told, as JSON; the scripts; their style. All are the suite's own texts."""

    certificates: Mapping[str, Carried]
    settings: Markup
    scripts: tuple[str, ...]
    style: str


def html(document: Document, checking: Checking | None = None) -> str:
    """The document as one HTML file; the same document gives the same text.

    The page makes no request, and its content security policy forbids any; with ``checking`` none but for
    what lies beside it.
    """
    scripts = [_asset("report.js")]
    if any(isinstance(block, Explorer) for block in document.front + document.body):
        scripts += [*bokeh_scripts(), *map(_asset, ATLAS_SCRIPTS)]
    style = font_face() + _asset("report.css")
    beside: tuple[str, ...] = ()
    if checking is not None:
        scripts += checking.scripts
        style += checking.style
        beside = ("connect-src 'self'", "worker-src 'self'")
    policy = "; ".join(
        (
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            *beside,
        )
    )
    return (
        _environment()
        .get_template("page.html")
        .render(
            document=document,
            sections=sections(document.body),
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            policy=policy,
            checking=checking,
        )
    )


def sections(blocks: tuple[Block, ...]) -> list[Section]:
    """The body by headings of the first level."""
    starts = [k for k, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    found = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        found.append(Section(heading, blocks[start + 1 : end]))
    return found


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("verified_grpo.report.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = visible
    environment.filters["code"] = _code
    environment.filters["math"] = inline_math
    environment.filters["display"] = display_math
    environment.globals.update(
        apart=apart,
        kind=lambda value: "Explorer" if isinstance(value, Explorer) else type(value).__name__,
        tone=lambda word: TONES.get(word, ""),
        drawing=_drawing,
        statement_map=_statement_map,
        explorer_data=explorer_data,
        sieve=sieve_of,
        target=_target,
    )
    return environment


def _drawing(figure: Figure) -> Markup:
    return inline_svg(figure, str(escape(visible(figure.description))))


def _statement_map(given: StatementMap) -> Markup:
    """Its texts are escaped where it is drawn."""
    return Markup(statement_map(given, linked=True))


def _code(text: str) -> Markup:
    """A name may end its line after an underscore, as it may after a hyphen anyhow."""
    return escape(visible(text)).replace("_", Markup("_<wbr>"))


def _target(content: Content) -> str:
    """The label to which the first link of this content leads."""
    return next((part.label for part in content if isinstance(part, Reference)), "")


def _asset(name: str) -> str:
    return resources.files("verified_grpo.report.html").joinpath("templates", name).read_text("utf-8")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
