"""Pages are put together from the checker's own sentences; what is none of them is set apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checker.committed import committed
from tests.checker.edits import edited
from tests.report.samples import ACCEPTED, EACH_ACCEPTED, report, sealed, written
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import (
    Banner,
    Block,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Text,
    Tone,
    apart,
)
from verified_grpo.report.html import html
from verified_grpo.report.markdown import markdown
from verified_grpo.report.typesetting import document_data, pdf

PROSE = "not checked: "  # as the checker marks what it prints and has not checked


def page(document: Document) -> list[Block]:
    """The blocks of the certificate's page."""
    start = next(
        k for k, block in enumerate(document.body) if isinstance(block, Heading) and block.label == "c1"
    )
    return list(document.body[start:])


@EACH_ACCEPTED
def test_outside_of_the_explanation_stand_the_checkers_words_alone(path: Path) -> None:
    document = report(path)
    printed = read_certificate(path).verdict.statement_text.splitlines()
    words = "\n".join(line for line in printed if PROSE not in line)
    flat = " ".join(words.split())
    checked = [block for aside, run in apart(page(document)) if not aside for block in run]
    kinds = [type(block) for block in checked]
    assert kinds == [Heading, Banner, Heading, Listing, Facts]
    banner, listing = checked[1], checked[3]
    assert isinstance(banner, Banner)
    assert isinstance(listing, Listing)
    (said,) = banner.content
    assert isinstance(said, Text)
    assert said.text == "the statement below" or said.text.removeprefix("for ") in flat
    left_out = [line for line in listing.lines if line.endswith("they stand in the certificate)")]
    assert all(line in words.splitlines() for line in listing.lines if line not in left_out)
    assert left_out or "\n".join(listing.lines) == words


def test_no_prose_of_a_statement_of_the_paper_stands_among_what_was_checked() -> None:
    for path in ACCEPTED:
        certificate = read_certificate(path)
        if certificate.kind != "paper-statement" or certificate.content is None:
            continue
        said = [
            item["text"]
            for key in ("parts", "steps", "conclusions")
            for item in certificate.content["statement"][key]
        ]
        said += [certificate.content["statement"][key] for key in ("title", "paper", "suite", "not_proved")]
        page_text = markdown(report(path), "figures")
        checked = page_text.partition("### Statement, as it was checked")[2].partition("### Explanation")[0]
        assert len(said) >= 5
        assert not any(text in checked for text in said)
        (banner,) = [block for block in report(path).body if isinstance(block, Banner)]
        assert markdown(Document("", "", (), (banner,)), "").count("Verdict, computed: ") == 1


@pytest.mark.parametrize(
    "path", [path for path in ACCEPTED if not path.stem.startswith("paper-")][::9], ids=lambda path: path.stem
)
def test_it_can_be_seen_in_every_format(path: Path) -> None:
    document = report(path)
    text = markdown(document, "figures")
    checked, _, explained = text.partition("### Explanation (not checked)")
    assert "### Statement, as it was checked" in checked
    assert "### Proof" not in checked.partition('<a id="c1">')[2]
    assert explained.index("#### Proof") < explained.index("- *digest*")
    shown = html(document)
    inside = shown[shown.index('<div class="explanation">') : shown.index('<dl class="facts">')]
    assert "<h4>Proof</h4>" in inside
    assert inside.count("<div") == inside.count("</div")
    (aside,) = [block for block in document_data(document)["body"] if block["kind"] == "aside"]
    assert {"heading", "paragraph"} <= {block["kind"] for block in aside["blocks"]}
    assert pdf(document).startswith(b"%PDF")


def test_what_follows_a_page_is_not_set_apart() -> None:
    heading = Heading(2, (Text("why"),), aside=True)
    blocks: list[Block] = [
        Heading(1, ()),
        heading,
        Paragraph(()),
        Heading(1, ()),
        Paragraph(()),
        heading,
        Facts(()),
    ]
    assert [(aside, len(run)) for aside, run in apart(blocks)] == [
        (False, 1),
        (True, 2),
        (False, 2),
        (True, 1),
        (False, 1),
    ]


@pytest.mark.parametrize("form", ["beside", "vacuous"])
def test_a_curve_is_drawn_and_judged_by_what_is_in_the_window(form: str, tmp_path: Path) -> None:
    good = committed()["curve-fold"]
    if form == "beside":
        window = {**good["statement"]["parameters"], "beta": ["7.9", "8"], "p_ref": ["0.89", "0.9"]}
        document = edited(good, "statement", "parameters", value=window)
    else:
        wide = ["-1000000000000", "1000000000000"]
        document = edited(good, "statement", "pieces", 5, "log_beta", value=wide)
        document = edited(document, "statement", "pieces", 5, "logit_p_ref", value=wide)
    path = written(tmp_path, "curve.json", sealed(document))
    (banner,) = [block for block in report(path).body if isinstance(block, Banner)]
    expected = (Tone.DECLINED, "undecided") if form == "beside" else (Tone.PROVED, "proved")
    assert (banner.tone, banner.word) == expected
    text = markdown(report(path), "figures")
    assert "none of them is without" not in text
    assert ("NOT established" in text) == (form == "beside")


def test_closed_forms_are_counted_not_asserted() -> None:
    shares = {}
    for name in ("atlas-contraction", "atlas-trap"):
        (path,) = [path for path in ACCEPTED if path.stem == name]
        text = markdown(report(path), "figures")
        (shares[name],) = re.findall(r"forms decide ([0-9.]+%) of its area", text.replace("\\", ""))
        assert "most of the area" not in text
    assert shares == {"atlas-contraction": "100.00%", "atlas-trap": "0.00%"}
