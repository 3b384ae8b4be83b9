"""The report of a configuration: what stands first, and that no text of a file becomes markup."""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from verified_grpo.audit.configurations import read_configuration
from verified_grpo.audit.configurations.answer import audit
from verified_grpo.report.audits.configuration import configuration_document, spoken
from verified_grpo.report.audits.pass_rates import _share
from verified_grpo.report.document import Banner, Document, Figure, Heading, Paragraph, Table
from verified_grpo.report.html import html
from verified_grpo.report.markdown import markdown
from verified_grpo.report.typesetting import pdf

ROOT = Path(__file__).parents[2]
HOSTILE = (
    "<img src=x onerror=hacked=1>.yaml",
    '"><script>hacked=1<script>.yaml',
    "](javascript:hacked) `x` |a|.yaml",
    '#eval("1") $x$ \\u{202e}.yaml',
    "a\u202eb\x07.yaml",
)


@pytest.fixture(scope="module")
def trl() -> Document:
    return document(ROOT / "examples" / "configurations" / "trl.yaml")


def document(path: Path) -> Document:
    answer = audit(read_configuration(path, "trl"), (Fraction(1, 1000), Fraction(999, 1000)))
    return configuration_document(answer, path.name)


def test_question_answer_assumptions_and_limits_stand_before_picture_and_table(trl: Document) -> None:
    kinds = [type(block) for block in trl.front]
    asked, answer, advice = trl.front[:3]
    assert isinstance(asked, Paragraph)
    assert asked.lead == "Asked."
    assert isinstance(answer, Banner)
    assert answer.word == "proved"
    assert isinstance(advice, Paragraph)
    heads = [block.label for block in trl.front if isinstance(block, Heading)]
    assert heads[:2] == ["assumptions", "not-covered"]
    last_head = max(k for k, block in enumerate(trl.front) if isinstance(block, Heading) and block.label)
    assert last_head < kinds.index(Figure) < kinds.index(Table)


def test_probabilities_in_a_sentence_are_formulas() -> None:
    assert markdown(Document("t", "s", (Paragraph(spoken("p* > p_ref")),), ()), "f").count("$") == 4


def tokens(text: str) -> list[Token]:
    """What a reader of Markdown sees."""
    found = MarkdownIt("commonmark", {"html": True}).enable(["table"]).parse(text)
    return [token for outer in found for token in [outer, *(outer.children or [])]]


class Elements(HTMLParser):
    """The names of the elements and attributes of a page, its text, and that of each cell of its tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text = ""
        self.cells: list[str] = []
        self.feed(re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cells:
            self.cells[-1] += data


@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_a_file_is_text_in_every_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("beta: 0.1\nscale_rewards: batch\nnum_generations: 8\n")
    found = document(path)
    page = html(found)
    assert not Elements(page).seen & {"img", "onerror", "iframe", "form"}
    assert "hacked=1<script>" not in page
    text = markdown(found, "figures")
    assert not {"link_open", "image"} & {token.type for token in tokens(text)}
    raw = "".join(token.content for token in tokens(text) if token.type.startswith("html"))
    assert set(re.findall(r"<(\w+)", raw)) <= {"a"}  # the anchors of headings
    assert "\u202e" not in text + page
    assert pdf(found).startswith(b"%PDF")


def test_an_answer_beside_the_model_is_not_called_proved(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    path.write_text("beta: 0.1\nscale_rewards: batch\nnum_generations: 8\n")
    (answer,) = [block for block in document(path).front if isinstance(block, Banner)]
    assert answer.word == "undecided"


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (9_999, 10_000, "99.9 to 100.0 %"),
        (10_000, 10_000, "100.0 %"),
        (1, 10_000, "0.0 to 0.1 %"),
        (0, 3, "0.0 %"),
        (1, 3, "33.3 to 33.4 %"),
        (1, 8, "12.5 %"),
    ],
)
def test_a_share_is_not_rounded_to_what_is_false(count: int, total: int, shown: str) -> None:
    assert _share(count, total) == shown
