"""A neutral document: what a report says, before it is Markdown, HTML or PDF.

A certificate's page is built once out of these values; `markdown.py`, `html/` and `typesetting.py` render
them. All text in a document is plain text: a renderer escapes every character that its format would read as
a command, so nothing that a certificate says can become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from verified_grpo.characters import visible
from verified_grpo.report.dialects import Plain
from verified_grpo.report.formula import Formula, show
from verified_grpo.report.reading import read_formula


@dataclass(frozen=True)
class Text:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Text in bold."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Text in italics."""

    text: str


@dataclass(frozen=True)
class Code:
    """Text to be typed or compared character by character."""

    text: str


@dataclass(frozen=True)
class Math:
    """A formula in the line."""

    formula: Formula


@dataclass(frozen=True)
class Reference:
    """A link to the section with this label."""

    text: str
    label: str


Inline = Text | Strong | Emphasis | Code | Math | Reference
Content = tuple[Inline, ...]


class Tone(Enum):
    """What a verdict says about its claim; the word is always printed, colour only repeats it."""

    PROVED = "proved"
    REFUTED = "refuted"
    QUALIFIED = "qualified"
    REJECTED = "rejected"
    DECLINED = "declined"


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 starts a page in print, 2 a part of it, 3 a part of that; references lead to its
    label. With `aside` what follows, up to the small print or the next page, explains what was checked and
    was not checked itself: it is set apart. A permalink names it whatever else the report is about."""

    level: int
    content: Content
    label: str = ""
    aside: bool = False
    permalink: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` is printed in bold before it, where there is one."""

    content: Content
    lead: str = ""


@dataclass(frozen=True)
class Display:
    """A formula on a line of its own."""

    formula: Formula


@dataclass(frozen=True)
class Banner:
    """The verdict of a page, seen at first glance: a word, and what it is about."""

    tone: Tone
    word: str
    content: Content


@dataclass(frozen=True)
class Items:
    """A list of short paragraphs."""

    items: tuple[Content, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table; a closing row is followed by a thin line where the table goes on.

    `routes` are words by which a page that can be searched lets one choose rows; they are not printed. A map
    leads to the row's label.
    """

    cells: tuple[Content, ...]
    closing: bool = False
    routes: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Table:
    """A table; every row has as many cells as the header.

    `widths` are shares of the line for print; empty means as wide as the cells are.
    """

    header: tuple[Content, ...]
    rows: tuple[Row, ...]
    caption: Content = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A drawing (SVG), its caption and the same in words for who cannot see it; `name` is its file name."""

    name: str
    svg: bytes
    caption: Content
    description: str


@dataclass(frozen=True)
class Listing:
    """Lines to be typed as they stand."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Small print: names and what they are."""

    facts: tuple[tuple[str, Content], ...]


@dataclass(frozen=True)
class Curve:
    """A curve over a map: its name, and points (log beta, log-odds of p_ref), for drawing only."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Explorer:
    """A map to be explored where pages can move; elsewhere its figure stands for it. What is below says what
    the map is about (`group`: G and ddof)."""

    figure: Figure
    log_beta: tuple[float, float]
    logit_p_ref: tuple[float, float]
    contrast: str
    alpha: str
    eps: str
    digest: str = ""
    curves: tuple[Curve, ...] = ()
    group: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class CellExplorer(Explorer):
    """An atlas of the exact iteration: `nodes` and `proofs` are the certificate's own texts (see
    `verified_grpo.certificates.atlas_cells`), `rules` says what the first letter of a proof means."""

    nodes: str
    proofs: str
    rules: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ContourExplorer(Explorer):
    """A map of small steps: `columns` and `parting` are the certificate's own texts (see
    `verified_grpo.certificates.contours`), with a colour for each band between two levels."""

    levels: tuple[str, ...]
    columns: str
    parting: str
    colours: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Carrier:
    """What carries statements: its name, how much of it there is, and the label under which it is listed."""

    name: str
    count: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """A statement on a map: what it is called, what is found of it, the label that it leads to, and which of
    the map's carriers are its own, by their places."""

    name: str
    title: str
    verdict: str
    supposed: str
    tone: Tone
    route: str
    label: str
    claims: tuple[int, ...]
    theorems: tuple[int, ...]


@dataclass(frozen=True)
class StatementMap:
    """Statements between what carries them: formal claims and theorems; where pages have no links its figure
    stands for it."""

    figure: Figure
    claims: tuple[Carrier, ...]
    statements: tuple[Mapped, ...]
    theorems: tuple[Carrier, ...]


@dataclass(frozen=True)
class Beside:
    """Blocks in columns beside one another where a page is wide, elsewhere one column after the other."""

    columns: tuple[tuple[Block, ...], ...]


Printed = Heading | Paragraph | Display | Banner | Items | Table | Figure | Listing | Facts
Block = Printed | Explorer | StatementMap | Beside


@dataclass(frozen=True)
class Document:
    """A report: its title, what stands under it on the first page, and its body."""

    title: str
    subtitle: str
    front: tuple[Block, ...]
    body: tuple[Block, ...]


def apart(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """The blocks in runs, each with whether it is set apart as explanation."""
    runs: list[tuple[bool, list[Block]]] = [(False, [])]
    for block in blocks:
        starts = isinstance(block, Heading) and block.aside
        ends = isinstance(block, Facts) or (isinstance(block, Heading) and block.level == 1)
        if starts or (ends and runs[-1][0]):
            runs.append((starts, []))
        runs[-1][1].append(block)
    return [run for run in runs if run[1]]


def content(*parts: str | Inline) -> Content:
    """Inline content, strings standing for running text.

    >>> content("at most ", Strong("three"))
    (Text(text='at most '), Strong(text='three'))
    """
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def plain(given: Content) -> str:
    """Content in characters, as filters compare it and titles say it.

    >>> plain(content("at most ", Strong("three")))
    'at most three'
    """
    return "".join(
        show(part.formula, Plain()) if isinstance(part, Math) else visible(part.text) for part in given
    )


def prose(text: str) -> Content:
    """Text as a certificate writes it: what stands between two backquotes is a formula where it can be read
    as one, and else code; everything else is plain.

    >>> prose("`eps` of `python -m verified_grpo.proofs`")
    (Math(formula=Formula(tree='eps')), Text(text=' of '), Code(text='python -m verified_grpo.proofs'))
    """
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return (Text(text),)
    return tuple(_quoted(piece) if k % 2 else Text(piece) for k, piece in enumerate(pieces) if piece)


def _quoted(text: str) -> Inline:
    tree = read_formula(text)
    return Code(text) if tree is None else Math(Formula(tree))


def drawings(document: Document) -> list[Figure]:
    """Every figure of a document, in order."""
    blocks = on_paper(document.front + document.body)
    return [block for block in blocks if isinstance(block, Figure)]


def on_paper(blocks: Iterable[Block]) -> Iterator[Printed]:
    """The blocks where nothing moves: of a map its figure, of columns one after the other."""
    for block in blocks:
        match block:
            case Explorer() | StatementMap():
                yield block.figure
            case Beside():
                for column in block.columns:
                    yield from on_paper(column)
            case _:
                yield block
