"""What the reports of audited tables share: counts, what was asked and read, assumptions, the columns."""

from __future__ import annotations

from collections.abc import Iterable

from verified_grpo.report.document import (
    Block,
    Code,
    Facts,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    content,
)

SHORT = 200
"""Characters of a prompt that are shown: enough to tell which it is, and no page of its own."""


def counts(counted: Iterable[tuple[str, int]]) -> Table:
    """How many prompts of each kind."""
    rows = tuple(Row((content(f"{count:,}"), content(words))) for words, count in counted)
    return Table((content("prompts"), content("which")), rows, widths=(2, 12))


def facts(asked: str, read: str, out: str, *, all_of: str = "All rows", holds: str = "table") -> Facts:
    """The variant, the columns that were read, and the file with all answers."""
    return Facts(
        (
            ("Variant", content(asked)),
            ("Read", content(read)),
            (all_of, content(Code(out), f": the {holds} with the certified columns")),
        )
    )


def assumptions(lines: Iterable[str]) -> tuple[Block, ...]:
    """What the answer rests on."""
    return (
        Heading(1, content("What this rests on"), "assumptions"),
        Items(tuple(content(line) for line in lines)),
    )


def columns(meanings: Iterable[tuple[str, str]], *, ends: str, further: str = "") -> tuple[Block, ...]:
    """What each certified column holds; ``ends`` are doubles or decimals."""
    rows = tuple(Row((content(Code(name)), content(words))) for name, words in meanings)
    told = (
        f". Ends are {ends} rounded outward: the exact value lies between them. An empty place claims "
        f"nothing.{further and ' ' + further}"
    )
    return (
        Heading(2, content("The columns"), "columns"),
        Paragraph(content("Every name begins with ", Code("certified_"), told)),
        Table((content("column"), content("what it holds")), rows, widths=(6, 10)),
    )
