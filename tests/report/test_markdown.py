from __future__ import annotations

from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.report.samples import texts
from verified_grpo.characters import visible
from verified_grpo.report.document import (
    Banner,
    Block,
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
    Tone,
    prose,
)
from verified_grpo.report.markdown import markdown

READER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])

# What a page of plain text may consist of; nothing else may come out of a text.
PAIRS = (
    *("heading", "em", "strong", "paragraph", "blockquote", "bullet_list", "ordered_list", "list_item"),
    *("table", "thead", "tbody", "tr", "th", "td"),
)
PLAIN = {f"{name}_{side}" for name in PAIRS for side in ("open", "close")}
PLAIN |= {"inline", "text", "text_special", "softbreak", "code_inline", "code_block"}


def tokens(*blocks: Block) -> list[Token]:
    """What a reader of Markdown sees of these blocks, after the title of the document."""
    found = READER.parse(markdown(Document("T", "S", (), blocks), "figures"))
    return [token for outer in found[6:] for token in [outer, *(outer.children or [])]]


def text_of(found: list[Token]) -> str:
    """The text that is shown."""
    kinds = ("text", "text_special", "code_inline", "code_block")
    return "".join(token.content for token in found if token.type in kinds)


def squeezed(text: str) -> str:
    """Without the spaces, which a reader may drop at the ends of lines."""
    return "".join(text.split())


@given(texts)
def test_text_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    shown: Content = (Text(text),)
    for block in (
        Paragraph(shown),
        Heading(1, shown),
        Heading(2, (Text("a "), Text(text))),
        Banner(Tone.PROVED, "yes", shown),
        Items((shown, shown)),
        Items((shown,), numbered=True),
        Facts((("name", shown),)),
        Table((shown, shown), (Row((shown, (Text("b"),))),), shown),
        Listing((text,)),
    ):
        found = tokens(block)
        assert {token.type for token in found} <= PLAIN, block
        assert squeezed(visible(text)) in squeezed(text_of(found)), block


@given(texts)
def test_a_table_keeps_its_cells(text: str) -> None:
    row = Row(((Text(text),), (Code(text),), (Strong("x"),)))
    found = tokens(Table(((Text("a"),), (Text("b"),), (Text("c"),)), (row,)))
    assert sum(token.type == "td_open" for token in found) == 3
    (shown,) = (token.content for token in found if token.type == "code_inline")
    assert squeezed(shown) == squeezed(visible(text))


@given(texts)
def test_code_is_shown_as_it_is(text: str) -> None:
    found = tokens(Paragraph((Text("a "), Code(text), Text(" b"))))
    (shown,) = (token.content for token in found if token.type == "code_inline")
    assert squeezed(shown) == squeezed(visible(text))


@given(texts)
def test_prose_of_a_certificate_has_code_and_text_only(text: str) -> None:
    found = tokens(Paragraph(prose(text)))
    assert {token.type for token in found} <= PLAIN
    assert all(token.type != "fence" for token in found)


def test_a_reference_leads_to_its_heading() -> None:
    written = markdown(
        Document(
            "T",
            "S",
            (),
            (Paragraph((Reference("3", "c3"), Emphasis("!"))), Heading(1, (Text("Three"),), "c3")),
        ),
        "f",
    )
    assert "[3](#c3)" in written
    assert '<a id="c3"></a>\n\n## Three' in written


def test_directions_and_controls_are_shown_as_numbers() -> None:
    assert visible("a\u202eb\x00c\u200b") == "a[U+202E]b[U+0000]c[U+200B]"
