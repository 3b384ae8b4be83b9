"""The map of statements: what it shows, where it leads, and that it can be read without colour."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.report.samples import ACCEPTED, CORPUS
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import (
    Beside,
    Carrier,
    Code,
    Document,
    Facts,
    Figure,
    Heading,
    Mapped,
    StatementMap,
    Tone,
    apart,
)
from verified_grpo.report.drawing.statements import OTHER, PITCH, ROUTES, SHAPES, statement_map
from verified_grpo.report.html import html
from verified_grpo.report.markdown import markdown

PAPER = CORPUS.parents[1] / "reports" / "certificates"
NAMES = ("theorem-2", "theorem-5", "lemma-2", "abstract-convergence", "s6-chaos")


@pytest.fixture(scope="module")
def document() -> Document:
    return report_document([read_certificate(PAPER / f"{name}.json") for name in NAMES], "Title")


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    return html(document)


def drawn(document: Document) -> StatementMap:
    (found,) = (block for block in document.front if isinstance(block, StatementMap))
    return found


def test_every_statement_stands_between_what_carries_it(document: Document) -> None:
    given = drawn(document)
    theorem_2 = given.statements[0]
    assert [statement.verdict for statement in given.statements] == [
        "holds, sharper",
        "loose",
        "misprint",
        "fails",
        "holds",
    ]
    assert [given.claims[k].name for k in theorem_2.claims] == ["identity"]
    assert "Policies.v" in [given.theorems[k].name for k in theorem_2.theorems]
    assert given.statements[4].supposed == "; given A11"
    assert sum(carrier.count for carrier in given.claims) == sum(
        len(read_certificate(PAPER / f"{name}.json").claim["parts"]) for name in NAMES
    )


def test_every_link_of_the_map_leads_to_one_place_of_the_page(page: str) -> None:
    (svg,) = re.findall(r'<svg class="graph".*?</svg>', page, re.DOTALL)
    links = re.findall(r'<a class="[^"]*" href="#([^"]*)"', svg)
    assert "statement-theorem-5" in links
    assert "theorems-Policies.v" in links
    assert [page.count(f'id="{link}"') for link in links] == [1] * len(links)
    used = set(re.findall(r'<use[^>]*href="#([^"]*)"', svg))
    assert [page.count(f'id="{name}"') for name in used] == [1] * len(used)


def test_a_link_says_what_it_leads_to(page: str) -> None:
    (svg,) = re.findall(r'<svg class="graph".*?</svg>', page, re.DOTALL)
    for link in ElementTree.fromstring(re.sub(r"<style>.*?</style>", "", svg)).iter("a"):
        assert link.findtext("title")
        assert "".join(link.find("text").itertext()).strip()  # type: ignore[union-attr]


def test_the_same_statements_are_drawn_in_the_same_bytes(document: Document, page: str) -> None:
    again = report_document([read_certificate(PAPER / f"{name}.json") for name in NAMES], "Title")
    assert html(again) == page
    assert drawn(again).figure.svg == drawn(document).figure.svg


def test_a_file_of_its_own_has_no_links_and_no_colours_of_a_page(document: Document) -> None:
    svg = drawn(document).figure.svg.decode()
    root = ElementTree.fromstring(svg)
    assert not [element for element in root.iter() if element.tag.endswith("}a")]
    assert "var(" not in svg
    assert "statements.svg" in markdown(document, "figures")


def test_verdicts_and_routes_differ_in_shape_and_word() -> None:
    """Whoever sees no colour loses nothing."""
    shapes = [path for _, path in (*SHAPES.values(), OTHER)]
    assert len({*shapes}) == len(shapes)
    assert len({path for _, path in ROUTES.values()}) == len(ROUTES) == len({w for w, _ in ROUTES.values()})


def test_what_a_certificate_calls_itself_is_no_markup_of_a_map() -> None:
    hostile = Mapped(
        name='<a href="x">', title="<script>", verdict="<b>", supposed='"', tone=Tone.DECLINED, route="<i>",
        label="c1", claims=(0,), theorems=(),
    )  # fmt: skip
    given = StatementMap(Figure("m", b"", (), "<svg>"), (Carrier("<u>", 1, "k"),), (hostile,), ())
    for linked in (True, False):
        text = statement_map(given, linked=linked)
        assert {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(text).iter()} <= {
            "svg", "style", "defs", "path", "g", "a", "use", "text", "tspan", "rect", "title",
        }  # fmt: skip
        assert 'href="#map-other"' in text


def test_carriers_keep_apart_and_within_the_map() -> None:
    """Many that all carry one statement still have a line each."""
    carriers = tuple(Carrier(f"F{k}.v", 1, f"f{k}") for k in range(30))
    one = Mapped(
        name="A", title="A", verdict="holds", supposed="", tone=Tone.PROVED, route="kernel-checked",
        label="c1", claims=(), theorems=tuple(range(30)),
    )  # fmt: skip
    svg = statement_map(StatementMap(Figure("m", b"", (), ""), (), (one,), carriers), linked=False)
    height = float(re.findall(r'viewBox="0 0 \d+ (\d+)"', svg)[0])
    places = [int(y) - 4 for y in re.findall(r'<text class="name" x="\d+" y="(\d+)"', svg)]
    assert len(places) == 30
    assert all(b - a >= PITCH - 1 for a, b in pairwise(places))
    assert max(places) < height


def test_a_statement_has_its_printed_claim_beside_the_certified_one(document: Document, page: str) -> None:
    pairs = [block for block in document.body if isinstance(block, Beside)]
    assert len(pairs) == len(NAMES)
    assert all(aside for aside, run in apart(document.body) for block in run if isinstance(block, Beside))
    for pair in pairs:
        heads = [column[0].content for column in pair.columns if isinstance(column[0], Heading)]
        assert [part.text for head in heads for part in head if hasattr(part, "text")] == [
            "What the paper says",
            "What the suite says",
        ]
    assert page.count('<div class="beside">') == len(NAMES)


def test_a_statement_has_a_permanent_link_and_bibtex(document: Document, page: str) -> None:
    headings = [block for block in document.body if isinstance(block, Heading) and block.level == 1]
    links = [block.permalink for block in headings if block.permalink]
    assert links == [f"statement-{name}" for name in NAMES]
    assert all(f'id="{link}"' in page for link in links)
    facts = [dict(block.facts) for block in document.body if isinstance(block, Facts)]
    (cited,) = facts[1]["cite"]
    assert isinstance(cited, Code)
    digest = read_certificate(PAPER / "theorem-5.json").content["digest"]  # type: ignore[index]
    assert cited.text.startswith("@misc{verified-grpo-theorem-5, ")
    assert digest in cited.text
    assert "judged: loose" in cited.text
    assert cited.text.count("{") == cited.text.count("}")


def test_a_statement_that_comes_twice_has_its_link_once() -> None:
    twice = [read_certificate(PAPER / "theorem-5.json")] * 2
    page = html(report_document(twice, "Title"))
    assert page.count('id="statement-theorem-5"') == 1
    assert '<a class="qualified" href="#c2">' in page


def test_a_report_without_statements_has_no_map() -> None:
    path: Path = next(path for path in ACCEPTED if path.stem == "amplification")
    document = report_document([read_certificate(path)], "Title")
    assert not [block for block in document.front if isinstance(block, StatementMap)]
    assert "carriers" not in [block.label for block in document.body if isinstance(block, Heading)]
