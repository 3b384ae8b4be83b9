from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
import typst

from tests.report.samples import HOSTILE
from verified_grpo.characters import printable
from verified_grpo.report.document import (
    Code,
    Content,
    Document,
    Emphasis,
    Facts,
    Heading,
    Items,
    Listing,
    Paragraph,
    Reference,
    Row,
    Strong,
    Table,
    Text,
)
from verified_grpo.report.typesetting import document_data, pdf


def everywhere(text: str) -> Document:
    """A document with the text in every place for text."""
    shown: Content = (Text(text), Strong(text), Emphasis(text), Code(text))
    return Document(
        text,
        text,
        (Paragraph(shown, lead=text),),
        (
            Heading(1, shown, "c1"),
            Items((shown,)),
            Table((shown, shown), (Row((shown, shown), closing=True),), shown),
            Listing((text,)),
            Facts(((text, shown),)),
        ),
    )


def query(document: Document, selector: str) -> list[dict[str, Any]]:
    """What Typst made of a document."""
    template = resources.files("verified_grpo.report").joinpath("report.typ").read_bytes()
    inputs = {"document": json.dumps(document_data(document))}
    found: list[dict[str, Any]] = json.loads(typst.query(template, selector, sys_inputs=inputs))
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_set_as_text(text: str) -> None:
    document = everywhere(text)
    assert pdf(document).startswith(b"%PDF")
    (heading,) = [found for found in query(document, "heading") if found["level"] == 1 and found.get("label")]
    assert heading["body"]["children"][0]["text"] == printable(text)
    assert query(document, "image") == []
    assert query(document, "link") == []


def test_every_character_that_counts_as_printable_has_a_glyph() -> None:
    allowed = "".join(chr(k) for k in range(0x2300) if printable(chr(k)) == chr(k))
    assert len(allowed) > 400
    words = " ".join(allowed[k : k + 20] for k in range(0, len(allowed), 20))
    shown: Content = (Text(words), Strong(words), Emphasis(words), Code(words))
    assert pdf(Document("t", "s", (), (Paragraph(shown),)))


def test_what_has_no_glyph_is_shown_as_its_number() -> None:
    assert printable("漢\U0001f600") == "[U+6F22][U+1F600]"


def test_a_long_word_may_be_broken_and_nothing_else_is_changed() -> None:
    word = "a" * 300
    assert printable(word) != word
    assert printable(word).replace("\u200b", "") == word


def test_the_same_document_gives_the_same_bytes_in_an_archive_format() -> None:
    document = everywhere("text")
    first = pdf(document)
    assert first == pdf(document)
    assert b"<pdfaid:part>2</pdfaid:part>" in first
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in first


def test_every_reference_is_a_link_to_its_section() -> None:
    references = tuple(Paragraph((Reference(str(k), f"c{k}"),)) for k in range(3))
    headings = tuple(Heading(1, (Text(f"Page {k}"),), f"c{k}") for k in range(3))
    links = query(Document("t", "s", references, headings), "link")
    assert [link["dest"] for link in links] == ["<c0>", "<c1>", "<c2>"]


def test_pages_are_numbered_and_listed() -> None:
    headings = tuple(Heading(1, (Text(f"Page {k}"),), f"c{k}") for k in range(3))
    document = Document("t", "s", (), headings)
    assert len(query(document, "outline")) == 1
    assert [found["body"]["text"] for found in query(document, "heading") if found.get("label")] == [
        "Page 0",
        "Page 1",
        "Page 2",
    ]
