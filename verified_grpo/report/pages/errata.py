"""The errata: what does not stand in the paper as printed, and the certificate that shows each finding."""

from __future__ import annotations

from collections.abc import Sequence

from verified_grpo.certificates.grammar.paper import ELSEWHERE, PaperStatement
from verified_grpo.report.document import (
    Block,
    Code,
    Content,
    Emphasis,
    Heading,
    Items,
    Paragraph,
    Reference,
    content,
    prose,
)
from verified_grpo.report.pages.paper_argument import KINDS
from verified_grpo.report.pages.summary import Entry

VERDICTS = ("fails", "loose", "misprint", "holds, proof flawed")
AGAINST = ("against", "flaw", "misprint")


def errata(entries: Sequence[Entry]) -> list[Block]:
    """A section with one entry for each accepted statement of the paper that is refuted, loose, misprinted or
    rests on a false step in print; nothing where there is none."""
    found = [
        entry
        for entry in entries
        if entry[0].kind == "paper-statement"
        and _claim(entry)["verdict"] in VERDICTS
        and not _claim(entry)["paper"].startswith(ELSEWHERE)
    ]
    if not found:
        return []
    opening = Paragraph(
        content(
            "What is refuted, loose, misprinted in the text at hand, or rests on a false step in print. A "
            "misprint is no error of mathematics. Each verdict was computed by the independent checker "
            "from the certificate named, when this report was made; the sentences below it are prose, read "
            "and not checked."
        )
    )
    return [
        Heading(1, content("Errata to the paper"), "errata"),
        opening,
        *(b for e in found for b in _erratum(e)),
    ]


def _claim(entry: Entry) -> PaperStatement:
    claim: PaperStatement = entry[0].claim
    return claim


def _erratum(entry: Entry) -> tuple[Block, ...]:
    certificate, page, label = entry
    claim = _claim(entry)
    items: list[Content] = [
        (*content(Emphasis("The paper:"), " "), *prose(claim["paper"])),
        (*content(Emphasis("The suite:"), " "), *prose(claim["suite"])),
        *(
            (*content(Emphasis(f"{KINDS[found['of']].capitalize()}:"), " "), *prose(found["text"]))
            for found in claim["conclusions"]
            if found["of"] in AGAINST
        ),
        *(
            (*content(Emphasis(f"Against it, part {number}:"), " "), *prose(part["text"]))
            for number, part in enumerate(claim["parts"], start=1)
            if part["role"] == "refutes"
        ),
        content(Emphasis("Check it:"), " ", Code(f"verified-grpo check {certificate.file}")),
    ]
    where = content(" (", Reference(f"statement {label.removeprefix('c')}", label), ")")
    return (Heading(2, (*page.title, *content(f": {_verdict(claim)}"), *where)), Items(tuple(items)))


def _verdict(claim: PaperStatement) -> str:
    """The verdict with what it is given."""
    given = f", given {', '.join(claim['given'])}" if claim["given"] else ""
    return f"{claim['verdict']}{given}"
