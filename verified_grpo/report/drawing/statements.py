"""The map of statements: each between the formal claims that the checker decides for it and Coq's theorems.

Three columns: a statement has a row, in the order of the pages; what carries it stands at the mean height of
the statements that it carries, as far as there is room. Verdicts are told by shape and word, routes by how
much of a square is filled, and colour only repeats them. With links the drawing is a part of a page, whose
theme colours it; without them a file of its own, in the colours of paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from verified_grpo.characters import visible
from verified_grpo.report.document import Carrier, Mapped, StatementMap

WIDTH, PITCH, TOP, FOOT = 896, 17, 78, 8
CLAIM, STATEMENT, NAME, VERDICT, ROUTE, END, THEOREM = 142, 252, 264, 448, 636, 652, 752
"""Where what stands, from left to right; lines run up to a statement's start and from its end on."""

SHAPES = {
    "holds": ("a disc", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
    "holds, sharper": (
        "a star",
        "M0-6l1.7 4.3 4.3 1.7-4.3 1.7-1.7 4.3-1.7-4.3-4.3-1.7 4.3-1.7z",
    ),
    "misprint": ("a hollow square", "M-4-4h8v8h-8zm2 2v4h4v-4z"),
    "holds, proof flawed": ("a half disc", "M-4 0a4 4 0 1 0 8 0zm0 0h8v-1h-8z"),
    "loose": ("a triangle", "M-5-4h10l-5 9z"),
    "fails": ("a cross", "M-5-3l2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z"),
    "instances only": ("three dots", "M-5-1h2v2h-2zm4 0h2v2h-2zm4 0h2v2h-2z"),
}
OTHER = ("a ring", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0zm1.5 0a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0z")
"""A verdict has a shape, drawn about the origin; one that is not carried, a ring."""

ROUTES = {
    "kernel-checked": ("kernel", "M-4-4h8v8h-8z"),
    "kernel-checked in part": ("in part", "M-4-4h8v8h-8zm4 1v6h3v-6z"),
    "checker-accepted": ("checker", "M-4-4h8v8h-8zm1 1v6h6v-6z"),
}

COLOURS = {
    "ink": "#1a1a1a", "pale": "#5f6368", "link": "#1f4e8c", "proved": "#1b6e3c", "refuted": "#8a5000",
    "qualified": "#56449a", "rejected": "#a8201a", "declined": "#4a5568",
}  # fmt: skip
"""Of paper; a page has its own under the same names."""

STYLE = (
    ".graph text{font:11px system-ui,'Segoe UI',Roboto,Arial,'Libertinus Serif',sans-serif;fill:var(--ink)}"
    ".graph .end{text-anchor:end}.graph .head{font-weight:600}.graph .pale{fill:var(--pale)}"
    ".graph path{fill:none;stroke:var(--pale);stroke-width:.7;stroke-opacity:.45}"
    ".graph use{fill:var(--ink)}.graph rect{fill:#fff;fill-opacity:0}"
    + "".join(
        f".graph .{tone} use,.graph .{tone} .word{{fill:var(--{tone})}}"
        f".graph .{tone} path{{stroke:var(--{tone})}}"
        for tone in ("proved", "refuted", "qualified", "declined")
    )
    + ".graph use.route{fill:var(--link)}.graph defs path{stroke:none;fill:inherit;fill-rule:evenodd}"
)
MOVING = (
    ".graph a:focus{outline:none}.graph a:focus-visible rect{stroke:var(--link);stroke-width:2}"
    ".graph a:is(:hover,:focus) path{stroke-opacity:1;stroke-width:1.8}"
    ".graph a:is(:hover,:focus) text{text-decoration:underline}"
)


def statement_map(given: StatementMap, *, linked: bool) -> str:
    """The drawing: a part of a page where it is linked, else a file of its own."""
    height = TOP + PITCH * max(len(given.statements), len(given.claims), len(given.theorems)) + FOOT
    left = _places(given.claims, [statement.claims for statement in given.statements], height)
    right = _places(given.theorems, [statement.theorems for statement in given.statements], height)
    rows = [_statement(s, _row(k), left, right) for k, s in enumerate(given.statements)]
    carriers = [
        *(_carrier(c, CLAIM - 8, y, " end") for c, y in zip(given.claims, left, strict=True)),
        *(_carrier(c, THEOREM + 8, y, "") for c, y in zip(given.theorems, right, strict=True)),
    ]
    drawn = "".join((_shapes(), _legend(given.statements), *rows, *carriers))
    box = f'viewBox="0 0 {WIDTH} {height}"'
    if not linked:
        return _alone(drawn, f'width="{WIDTH}pt" height="{height}pt" {box}')
    words = f'role="group" aria-label="{_text(given.figure.description)}"'
    return f'<svg class="graph" {words} {box}><style>{STYLE}{MOVING}</style>{drawn}</svg>'


def _alone(drawn: str, size: str) -> str:
    """The same as a file: in the colours of paper, without links out of it."""
    style = re.sub(r"var\(--(\w+)\)", lambda name: COLOURS[name.group(1)], STYLE)
    drawn = re.sub(r"<(/?)a\b", r"<\1g", re.sub(r' href="#(?!map-)[^"]*"', "", drawn))
    drawn = drawn.replace(' href="#', ' xlink:href="#')
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {names} class="graph" {size}><style>{style}</style>{drawn}</svg>\n'


def _row(number: int) -> int:
    """The height of a row's middle."""
    return TOP + PITCH * number + PITCH // 2


def _places(carriers: Sequence[Carrier], used: Sequence[tuple[int, ...]], height: int) -> list[int]:
    """The heights of carriers, which come in the order of the mean of the rows that they carry: as near to it
    as those before leave room, and such that those after have it."""
    last = height - FOOT - PITCH / 2
    found: list[float] = []
    for number in range(len(carriers)):
        rows = [row for row, names in enumerate(used) if number in names]
        wanted = _row(0) + PITCH * sum(rows) / max(1, len(rows))
        lowest = found[-1] + PITCH if found else _row(0)
        found.append(min(max(wanted, lowest), last - PITCH * (len(carriers) - 1 - number)))
    return [round(place) for place in found]


def _statement(given: Mapped, y: int, left: Sequence[int], right: Sequence[int]) -> str:
    """A statement with the lines to what carries it: one link, so that to point at it points them out."""
    lines = [_line(CLAIM, left[n], STATEMENT - 6, y) for n in given.claims]
    lines += [_line(END + 6, y, THEOREM, right[n]) for n in given.theorems]
    word, _ = ROUTES.get(given.route, ("", ""))
    verdict = _text(given.verdict.partition(";")[0] + given.supposed)
    mark = f'<use class="route" href="#map-{word.replace(" ", "-")}" x="{END - 4}" y="{y}"/>' if word else ""
    return (
        f'<a class="{given.tone.value}" href="#{given.label}"><title>{_text(given.title)}</title>'
        + (f'<path d="{"".join(lines)}"/>' if lines else "")
        + f'<rect x="{STATEMENT - 8}" y="{y - 8}" width="{END - STATEMENT + 12}" height="{PITCH - 1}"/>'
        + f'<use href="#map-{_slug(given.verdict)}" x="{STATEMENT}" y="{y}"/>{mark}'
        + f'<text x="{NAME}" y="{y + 4}">{_text(given.name)}'
        + f'<tspan class="word" x="{VERDICT}">{verdict}</tspan></text>'
        + f'<text class="end pale" x="{ROUTE}" y="{y + 4}">{word}</text></a>'
    )


def _carrier(given: Carrier, x: int, y: int, side: str) -> str:
    """What carries statements, at its height, with the place where lines arrive."""
    start = x - 130 if side else x
    return (
        f'<a class="carrier" href="#{given.label}"><title>{_text(given.name)}: {given.count}</title>'
        f'<rect x="{start - 2}" y="{y - 8}" width="134" height="{PITCH - 1}"/>'
        f'<text class="name{side}" x="{x}" y="{y + 4}">{_text(given.name)} '
        f'<tspan class="pale">{given.count}</tspan></text></a>'
    )


def _line(x: int, y: int, to_x: int, to_y: int) -> str:
    across, down = to_x - x, to_y - y
    return f"M{x} {y}c{across // 2} 0 {across // 2} {down} {across} {down}"


def _shapes() -> str:
    """The shapes, to be used by name."""
    shapes = [(f"map-{_slug(verdict)}", path) for verdict, (_, path) in SHAPES.items()]
    shapes += [("map-other", OTHER[1])]
    shapes += [(f"map-{word.replace(' ', '-')}", path) for word, path in ROUTES.values()]
    drawn = "".join(f'<path id="{name}" d="{path}"/>' for name, path in shapes)
    return f"<defs>{drawn}</defs>"


def _legend(statements: Sequence[Mapped]) -> str:
    """What the shapes and squares say, and over each column what stands in it."""
    x, drawn = 8, []
    found = {given.verdict: given.tone for given in statements}
    for verdict in [
        *(word for word in SHAPES if word in found),
        *(word for word in found if word not in SHAPES),
    ]:
        drawn.append(
            f'<g class="{found[verdict].value}"><use href="#map-{_slug(verdict)}" x="{x}" y="14"/>'
            f'<text class="word" x="{x + 10}" y="18">{_text(verdict)}</text></g>'
        )
        x += 30 + 6 * len(verdict)
    x = 8
    for route, (word, _) in ROUTES.items():
        drawn.append(f'<use class="route" href="#map-{word.replace(" ", "-")}" x="{x}" y="34"/>')
        drawn.append(f'<text x="{x + 10}" y="38">{word}: {route}</text>')
        x += 60 + 6 * len(word + route)
    heads = (
        (CLAIM - 8, "head end", "formal claims"),
        (NAME, "head", "statement"),
        (VERDICT, "head", "verdict"),
        (ROUTE, "head end", "route"),
        (THEOREM + 8, "head", "theorems of Coq"),
    )
    drawn += [f'<text class="{kind}" x="{x}" y="66">{word}</text>' for x, kind, word in heads]
    return "".join(drawn)


def _slug(verdict: str) -> str:
    """The name of a verdict's shape."""
    return re.sub(r"\W+", "-", verdict) if verdict in SHAPES else "other"


def _text(text: str) -> str:
    return escape(visible(text))
