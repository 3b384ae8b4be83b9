from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checker.corpus import fixture, rejected
from tests.report.samples import (
    ACCEPTED,
    CORPUS,
    DECLINED,
    EACH_ACCEPTED,
    FIGURES_DRAWN,
    HOSTILE,
    OF_EACH_KIND,
    REJECTED,
    hostile_statement,
    report,
    sealed,
    written,
)
from verified_grpo.characters import visible
from verified_grpo.checker.paper import UNCHECKED
from verified_grpo.report.assembly import page_of, report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import (
    Banner,
    Figure,
    Heading,
    Inline,
    Listing,
    Math,
    Paragraph,
    Table,
    Text,
    Tone,
)
from verified_grpo.report.markdown import markdown
from verified_grpo.report.pages.page import parameter, said
from verified_grpo.report.pages.paper import KINDS
from verified_grpo.report.typesetting import pdf

TONES = {
    "refuted": Tone.REFUTED,
    "fails": Tone.REFUTED,
    "misprint": Tone.QUALIFIED,
    "holds, proof flawed": Tone.QUALIFIED,
    "formal part established; verdict not carried": Tone.DECLINED,
}


@EACH_ACCEPTED
def test_every_accepted_certificate_has_a_page_with_its_verdict_and_digest(path: Path) -> None:
    document = report(path)
    (banner,) = (block for block in document.body if isinstance(block, Banner))
    certificate = json.loads(path.read_text())
    kind, verdict = certificate["statement"]["kind"], certificate["statement"].get("verdict", "proved")
    expected = (
        "proved"
        if kind in ("limit", "chaos", "small-steps", "passage", "flow-time", "pull-small-steps")
        else verdict
    )
    assert banner.word == expected
    assert banner.tone is TONES.get(expected, Tone.PROVED)
    text = markdown(document, "figures")
    assert certificate["digest"] in text
    assert "verified-grpo check" in text
    if kind != "paper-statement":
        assert all(f"### {part}" in text for part in ("Statement", "Proof", "What is not claimed"))


@pytest.mark.soak
@pytest.mark.parametrize("path", sorted({*ACCEPTED} - {*FIGURES_DRAWN}), ids=lambda path: path.stem)
def test_the_other_figures_are_drawn_as_well(path: Path) -> None:
    figures = [block for block in page_of(read_certificate(path), "c1").blocks if isinstance(block, Figure)]
    assert all(figure.svg.startswith(b"<?xml") for figure in figures)


def test_many_certificates_make_one_pdf() -> None:
    assert pdf(report(*OF_EACH_KIND)).startswith(b"%PDF")


def test_every_bound_of_a_certificate_is_in_its_table() -> None:
    path = CORPUS / "accepted" / "fixed-points-beta-5.json"
    (table,) = [block for block in page_of(read_certificate(path), "c1").blocks if isinstance(block, Table)]
    assert len(table.rows) == 3 * 4
    shown = [
        cell[0].formula.tree for row in table.rows for cell in row.cells[2:] if isinstance(cell[0], Math)
    ]
    points = json.loads(path.read_text())["statement"]["fixed_points"]
    assert float(str(shown[0])) == float(points[0]["logit"][0])
    assert float(str(shown[-1])) == float(points[2]["multiplier"][1])


@pytest.mark.parametrize("name", sorted(rejected())[::7])
def test_a_rejected_certificate_is_never_shown_as_a_result(name: str) -> None:
    path = fixture(f"rejected/{name}.json")
    certificate = read_certificate(path)
    assert certificate.content is None
    page = page_of(certificate, "c1")
    assert page.tone is Tone(certificate.verdict.outcome.value)
    assert not any(isinstance(block, (Figure, Table)) for block in page.blocks)
    stated = certificate.verdict.statement_text
    listed = [block for block in page.blocks if isinstance(block, Listing)]
    assert len(listed) == bool(stated)
    headings = [block.content for block in page.blocks if isinstance(block, Heading)]
    assert headings == [(Text("Statement, NOT established"),)] * len(listed)
    first = next((line for line in stated.splitlines() if UNCHECKED not in line), "")  # prose is left out
    assert all(listing.lines[0] == first for listing in listed)
    text = markdown(report(path), "figures")
    assert f"**{page.word.upper()}** This certificate proves nothing." in text
    assert certificate.verdict.code.value in text
    assert "PROVED**" not in text
    assert "REFUTED**" not in text


def test_a_certificate_that_the_checker_does_not_know_is_declined() -> None:
    page = page_of(read_certificate(DECLINED), "c1")
    assert page.tone is Tone.DECLINED


def test_an_altered_byte_turns_a_result_into_a_rejection(tmp_path: Path) -> None:
    data = (CORPUS / "accepted" / "contraction-closed-form.json").read_bytes()
    altered = tmp_path / "altered.json"
    altered.write_bytes(data.replace(b'"61"', b'"62"'))
    assert page_of(read_certificate(altered), "c1").tone is Tone.REJECTED


def test_the_summary_puts_what_was_not_accepted_first_and_counts() -> None:
    document = report(ACCEPTED[0], REJECTED, DECLINED)
    assert document.subtitle == "3 certificates, checked independently: 1 accepted, 1 rejected, 1 declined"
    first = document.front[0]
    assert isinstance(first, Table)
    assert first.caption[0].text == "Not accepted."  # type: ignore[union-attr]
    assert len(first.rows) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_of_a_certificate_stays_prose(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, "hostile.json", hostile_statement(text))
    certificate = read_certificate(path)
    if certificate.content is None:
        # The checker may refuse such prose; then it has no words for it, and nothing of it is shown at all.
        assert visible(text) not in markdown(report(path), "figures")
        return
    assert pdf(report(path)).startswith(b"%PDF")
    assert "<script" not in markdown(report(path), "figures")


def test_an_identity_too_large_to_read_is_not_printed(tmp_path: Path) -> None:
    path = CORPUS / "accepted" / "identity-lemma-3-mean-var.json"
    certificate = json.loads(path.read_text())
    statement = certificate["statement"]
    zeros = ["+", *["0"] * 500]
    statement["left"] = ["+", statement["left"], zeros]
    long = written(tmp_path, "long.json", sealed(certificate))
    text = markdown(report(long), "figures")
    assert "it stands in the certificate" in text
    assert "0 + 0 + 0" not in text


def test_long_parameters_are_shown_by_bounds() -> None:
    exact = "0." + "123456789" * 5
    assert parameter("beta", exact) == ("rel", "beta", "in", ("interval", "0.123456789123", "0.123456789124"))
    assert parameter("beta", ["1", "2"]) == ("rel", "beta", "in", ("interval", "1", "2"))
    assert parameter("beta", "1/3") == ("rel", "beta", "=", "1/3")


def test_ten_thousand_digits_do_not_fill_the_page(tmp_path: Path) -> None:
    certificate = json.loads((CORPUS / "accepted" / "fixed-points-mean.json").read_text())
    point = certificate["statement"]["fixed_points"][0]
    point["multiplier"] = ["0.6" + "9" * 9000, "0.7" + "0" * 9000 + "1"]
    path = written(tmp_path, "long.json", sealed(certificate))
    assert page_of(read_certificate(path), "c1").tone is Tone.PROVED
    text = markdown(report(path), "figures")
    assert "$0.69999999999999999999$ | $0.70000000000000000001$" in text


def test_a_kind_without_a_page_is_shown_in_the_checkers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(KINDS, "limit")
    certificate = read_certificate(CORPUS / "accepted" / "limit-cycle-beta-3.json")
    text = markdown(report_document([certificate], "Title"), "figures")
    assert "**ACCEPTED**" in text
    assert all(line in text for line in certificate.verdict.statement_text.splitlines())


def test_a_limit_says_what_the_checker_says() -> None:
    texts = {
        name: markdown(report(CORPUS / "accepted" / f"limit-{name}.json"), "figures")
        for name in ("cycle-beta-3", "rises", "rises-later", "falls-later", "mirror", "upper-fixed-point")
    }
    assert "a cycle of exactly two points" in texts["cycle-beta-3"]
    assert "for all m from 8 on and i = m - 8 modulo 2" in texts["cycle-beta-3"]
    assert "tends to the least of all fixed points" in texts["rises"]
    assert "the least fixed point that is at least $L_{1}$" in texts["rises-later"]
    assert "the greatest fixed point that is at most $L_{1}$" in texts["falls-later"]
    assert "by at least $0.3999$" in texts["mirror"]
    assert "tends to **a fixed point**" in texts["upper-fixed-point"]


def test_sentences_with_formulas() -> None:
    parts: tuple[Inline, ...] = said("{L*} and {x}{y}", x="text", y="")
    assert [type(part) for part in parts] == [Math, Text, Text]
    assert Paragraph(parts).lead == ""
