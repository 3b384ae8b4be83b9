from __future__ import annotations

import base64
import json
import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given

from tests.report.samples import (
    ACCEPTED,
    CORPUS,
    DECLINED,
    HOSTILE,
    OF_EACH_KIND,
    REJECTED,
    hostile_statement,
    report,
    texts,
    written,
)
from tests.shared import once
from verified_grpo.characters import visible
from verified_grpo.report import write_report
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Content,
    Document,
    Emphasis,
    Facts,
    Figure,
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
)
from verified_grpo.report.formula import Formula
from verified_grpo.report.html import html
from verified_grpo.report.html.mathml import display_math, inline_math
from verified_grpo.report.html.sieve import sieve_of
from verified_grpo.report.html.vector import inline_svg, shorter_path

# Elements that a page of plain text may consist of; nothing else may come out of a text.
FRAME = {"html", "head", "meta", "link", "title", "style", "body", "a", "nav", "details", "summary", "main"}
PLAIN = {
    "header",
    "h1",
    "h2",
    "h3",
    "section",
    "p",
    "strong",
    "em",
    "code",
    "wbr",
    "pre",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
}
PLAIN |= {"dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "script"} | FRAME


class Reader(HTMLParser):
    """What a browser would see: elements, their attributes, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in ("style", "script"):
            self.text += data

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def read(*blocks: Block, title: str = "T") -> Reader:
    return Reader(html(Document(title, "S", (), (Heading(1, (Text("one"),), "c1"), *blocks))))


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(texts)
def test_text_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    shown: Content = (Text(text), Strong(text), Emphasis(text), Code(text))
    for block in (
        Paragraph(shown, lead=text),
        Heading(1, shown),
        Heading(2, shown),
        Banner(Tone.PROVED, text, shown),
        Items((shown,), numbered=True),
        Facts(((text, shown),)),
        Table((shown, shown), tuple(Row((shown, (Text("b"),))) for _ in range(3)), shown),
        Listing((text,)),
    ):
        page = read(block, title=text)
        assert page.tags <= PLAIN, block
        assert squeezed(visible(text)) in squeezed(page.text), block
        attributes = {name for _, given in page.elements for name in given}
        assert not {name for name in attributes if name.startswith("on")} | (attributes & {"src", "action"})


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of an accepted certificate of every kind, most of the paper's and a rejected one."""
    paper = sorted((CORPUS.parents[1] / "reports" / "certificates").glob("[l-z]*.json"))
    assert len(paper) >= 30
    chosen = [*OF_EACH_KIND, *paper, REJECTED]
    folder = once(tmp_path_factory, "large-page", lambda folder: write_report(chosen, "html", folder))
    (path,) = folder.glob("*.html")
    return path.read_text()


def test_nothing_in_a_page_asks_for_anything(large: str) -> None:
    page = Reader(large)
    for tag, attributes in page.elements:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, attributes)
    # What a script could ask for, the policy forbids, and the browser's tests see.
    text = re.sub(r"<script.*?</script>", "", large, flags=re.DOTALL)
    assert "url(" not in re.sub(r"url\((#|data:)", "", text)
    assert "@import" not in text
    policies = [given["content"] for _, given in page.elements if "http-equiv" in given]
    assert [policy is not None and policy.startswith("default-src 'none'") for policy in policies] == [True]


def test_the_font_in_a_page_has_every_sign_of_its_formulas(large: str) -> None:
    (data,) = re.findall(r"data:font/woff;base64,([A-Za-z0-9+/=]+)", large)
    signs = set(TTFont(BytesIO(base64.b64decode(data))).getBestCmap())
    used = set("".join(re.findall(r">([^<]*)<", "".join(re.findall(r"<math.*?</math>", large, re.DOTALL)))))
    assert {c for c in map(unescape, used - set("&;")) if ord(c) not in signs} == set()
    assert len(base64.b64decode(data)) < 120_000


def test_a_script_that_is_not_the_pages_own_is_forbidden() -> None:
    page = read()
    (policy,) = (given["content"] for tag, given in page.elements if "http-equiv" in given)
    assert policy is not None
    (scripts,) = re.findall(r"script-src ([^;]*)", policy)
    assert "unsafe" not in scripts
    assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in scripts.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_of_a_certificate_stays_prose(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, "hostile.json", hostile_statement(text))
    certificate = read_certificate(path)
    page = Reader(html(report_document([certificate], "T")))
    if certificate.content is None:
        assert squeezed(visible(text)) not in squeezed(page.text)
        return
    assert squeezed(visible(text)) in squeezed(page.text).replace("`", "") or "`" in text
    assert not page.tags & {"img", "iframe", "object", "embed", "base", "video", "audio", "source"}
    assert sum(tag == "script" for tag in (tag for tag, _ in page.elements)) == 1


@pytest.mark.parametrize("path", [REJECTED, DECLINED], ids=["rejected", "declined"])
def test_what_is_not_accepted_is_never_shown_as_a_result(path: Path) -> None:
    certificate = read_certificate(path)
    text = html(report_document([certificate], "T"))
    word = certificate.verdict.outcome.value
    assert f'<p class="banner {word}"><strong>{word}</strong>' in text
    assert f'<td class="verdict {word}">' in text
    assert 'class="banner proved"' not in text
    assert "<svg" not in text
    statement = json.loads(path.read_text())["statement"]
    result = text.partition("NOT established")[0]  # after this heading come the checker's own words
    assert result != text or certificate.verdict.statement_text == ""
    for point in statement.get("fixed_points", []):
        assert point["logit"][0] not in result


@pytest.mark.parametrize("path", ACCEPTED[::7], ids=lambda path: path.stem)
def test_every_accepted_certificate_has_a_page_with_its_digest(path: Path) -> None:
    page = Reader(html(report(path)))
    assert json.loads(path.read_text())["digest"] in page.text
    assert "math" in page.tags


def test_contents_and_references_lead_somewhere(large: str) -> None:
    page = Reader(large)
    labels = {given["id"] for _, given in page.elements if "id" in given}
    links = {given["href"] for tag, given in page.elements if tag == "a"}
    assert {link[1:] for link in links if link} <= labels
    names = [given["id"] for _, given in page.elements if "id" in given]
    assert len(names) == len(set(names))


def test_the_same_certificates_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_report(ACCEPTED[::27], "html", tmp_path / name)[0].read_bytes() for name in "ab")
    assert one == two


@pytest.mark.parametrize(
    "path", sorted((CORPUS.parents[1] / "reports").glob("*.html")), ids=lambda path: path.name
)
def test_a_page_that_is_kept_is_small(path: Path) -> None:
    assert path.stat().st_size < 2_400_000


def test_a_row_of_one_thing_is_that_thing() -> None:
    shown = inline_math(Formula(("/", "1", ("+", "x", "eps"))))
    assert "<mfrac><mn>1</mn><mrow><mi>x</mi>" in shown


def test_a_formula_is_mathml_with_its_text() -> None:
    shown = inline_math(Formula(("rel", "p_ref", "<", ("/", "1", ("+", "x", "eps")))))
    assert '<math display="inline" alttext="p_ref &lt; (1)/(x + eps)">' in shown
    assert "<mtext>ref</mtext>" in shown
    assert "<mo>&lt;</mo>" in shown
    assert "<mfrac>" in shown
    assert "&amp;#" not in shown
    assert 'display="block"' in display_math(Formula("x"))


def test_a_prime_is_not_raised_twice() -> None:
    page = str(inline_math(Formula(("rel", ("T'", "L"), "<", "1"))))
    assert "\u2032" in page
    assert "msup" not in page


def test_a_list_of_formulas_may_break_between_them() -> None:
    shown = inline_math(Formula(("list", ("rel", "alpha", "=", "1"), ("rel", "beta", "=", "5"))))
    assert "</math>, <math" in shown


@given(texts)
def test_a_name_in_a_formula_cannot_be_markup(text: str) -> None:
    page = Reader(inline_math(Formula(("+", "x", ("words", text)))))
    assert page.tags <= {"math", "mrow", "mi", "mo", "mn", "mtext"}


def test_figures_of_one_page_do_not_share_names() -> None:
    svg = (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9pt" viewBox="0 0 9 8">'
        b"<metadata>x</metadata>"
        b'<path id="m" d="M 1 2 L 3 4"/><use xlink:href="#m" clip-path="url(#m)"/></svg>'
    )
    one = inline_svg(Figure("c1", svg, (), ""), "a drawing")
    assert one.startswith('<svg class="drawing" role="img" aria-label="a drawing" viewBox="0 0 9 8">')
    assert 'id="c1-m"' in one
    assert 'href="#c1-m"' in one
    assert "url(#c1-m)" in one
    assert "metadata" not in one


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("M 1.5 2 L 3.2 4 L 3 5 L 2.9 5 z", [(1.5, 2), (3.2, 4), (3, 5), (2.9, 5)]),
        ("M 0 0 L -0.1 0.1 L 0 -0.1", [(0, 0), (-0.1, 0.1), (0, -0.1)]),
        ("M 0 0 L 1 1 L 1 1.01 L 2 1 L 1 1", [(0, 0), (1, 1), (2, 1), (1, 1)]),
    ],
)
def test_a_shorter_path_goes_through_the_same_points(path: str, points: list[tuple[float, float]]) -> None:
    numbers = re.findall(r"-?\d*\.?\d+", shorter_path(path))
    here = [0.0, 0.0]
    found: list[tuple[float, float]] = []
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        here = [float(x), float(y)] if not found else [here[0] + float(x), here[1] + float(y)]
        found.append((round(here[0], 9), round(here[1], 9)))
    assert found == points


def test_a_path_with_curves_keeps_its_commands() -> None:
    assert shorter_path("M 1 2 C 3 4 5 6 7 8 Q 1 1 2 2 L 3 3 z") == "M1 2C3 4 5 6 7 8Q1 1 2 2l1 1z"


def test_a_table_is_filtered_by_the_columns_that_one_chooses_by() -> None:
    rows = tuple(
        Row(((Reference(str(k), f"c{k}"),), (Strong("holds" if k % 2 else "fails"),))) for k in range(8)
    )
    sieve = sieve_of(Table(((Text(""),), (Text("verdict"),)), rows))
    assert sieve is not None
    assert [(facet.column, facet.values) for facet in sieve.facets] == [(1, ("fails", "holds"))]
    assert sieve_of(Table(((Text(""),), (Text("verdict"),)), rows[:3])) is None


def test_the_corpus_has_what_these_tests_need() -> None:
    assert (CORPUS / "accepted").is_dir()
    assert len(ACCEPTED) > 20
