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
ERRORS = (
    "What is refuted, loose, or rests on a false step in print. Each verdict was computed by the independent "
    "checker from the certificate named, when this report was made; the sentences below it are prose, read "
    "and not checked."
)
MISPRINTS = (
    "What holds, and has a formula that is misprinted in the text at hand: no error of mathematics. Verdicts "
    "and sentences as among the errors."
)
AGAINST = ("against", "flaw", "misprint")


def errata(entries: Sequence[Entry]) -> list[Block]:
    """An entry for each accepted statement of the paper that is refuted, loose, or rests on a false step in
    print, and apart from them for each that is misprinted; nothing where there is none."""
    found = [
        entry
        for entry in entries
        if entry[0].kind == "paper-statement"
        and _claim(entry)["verdict"] in VERDICTS
        and not _claim(entry)["paper"].startswith(ELSEWHERE)
    ]
    misprints = [entry for entry in found if _claim(entry)["verdict"] == "misprint"]
    errors = [entry for entry in found if entry not in misprints]
    return [
        *_listed("Errata to the paper", "errata", ERRORS, errors),
        *_listed("Misprints in the paper", "misprints", MISPRINTS, misprints),
    ]


def _listed(title: str, label: str, opening: str, found: Sequence[Entry]) -> list[Block]:
    """A section of findings; none where there are none."""
    if not found:
        return []
    heading = Heading(1, content(title), label)
    return [heading, Paragraph(content(opening)), *(block for entry in found for block in _erratum(entry))]


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
