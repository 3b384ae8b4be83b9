"""The errata of a report: every finding, from accepted certificates only."""

from __future__ import annotations

from pathlib import Path

from tests.checker.corpus import fixture
from tests.report.samples import CORPUS, hostile_statement, written
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import Banner, Document, Heading, Table, Tone, content
from verified_grpo.report.html.rendering import html
from verified_grpo.report.markdown import markdown
from verified_grpo.report.pages.page import said

ACCEPTED = CORPUS / "accepted"
FAILS = ACCEPTED / "paper-statement-fails.json"
HOLDS = ACCEPTED / "paper-statement.json"


def report(*paths: Path) -> Document:
    return report_document([read_certificate(path) for path in paths], "Title")


def test_what_is_found_against_another_paper_is_no_erratum() -> None:
    """The abstract of a follow-up is loose; this paper does not say it."""
    other = CORPUS.parents[1] / "reports" / "certificates" / "r4-rate-or-fate.json"
    assert "errata" not in headings(report(other))


def headings(document: Document) -> list[str]:
    return [block.label for block in document.body if isinstance(block, Heading) and block.level == 1]


def test_a_refuted_statement_is_an_erratum_with_its_certificate() -> None:
    text = markdown(report(HOLDS, FAILS), "figures")
    section = text[text.index("## Errata to the paper") : text.index('<a id="c1">')]
    assert "[statement 2](#c2)" in section
    assert "statement 1" not in section
    assert "*Against it, part" in section
    assert "verified-grpo check" in section


def test_where_all_stands_there_are_no_errata() -> None:
    assert "errata" not in headings(report(HOLDS))
    assert "errata" in headings(report(HOLDS, FAILS))


def test_a_misprint_is_named_as_one() -> None:
    loose = CORPUS.parents[1] / "reports" / "certificates" / "theorem-5.json"
    text = markdown(report(ACCEPTED / "paper-statement-misprint.json", loose), "figures")
    errors, _, misprints = text.partition('<a id="errata">')[2].partition('<a id="misprints">')
    misprints = misprints[: misprints.index('<a id="carriers">')]
    assert ": misprint (" in misprints
    assert "*Against a formula in print:*" in misprints
    assert ": loose (" in errors
    assert ": loose (" not in misprints
    assert ": misprint (" not in errors


def test_a_report_on_the_paper_opens_with_the_paper_and_a_tally() -> None:
    words = ("misprint", "not-carried", "assumes")
    document = report(HOLDS, FAILS, *(ACCEPTED / f"paper-statement-{word}.json" for word in words))
    text = markdown(document, "figures")
    front = text[: text.index("Statements of the paper")]
    for phrase in (
        "Youssef Mroueh",
        "Success Amplification",
        "arXiv 2503.06639",
        "Version 1",
        "1 holds",
        "1 fails",
    ):
        assert phrase in front, phrase
    assert "0 of them given nothing" in front  # the one that is sharper supposes something
    assert "1 formal part established; verdict not carried" in front
    assert "H2: the paper's setting: exact maximisation over all policies" in front
    assert "by theorems that Coq" in front
    assert "Youssef" not in markdown(report(ACCEPTED / "amplification.json"), "figures")


def test_a_flawed_proof_has_not_the_colour_of_what_holds() -> None:
    flawed = CORPUS.parents[1] / "reports" / "certificates" / "theorem-3-case-1.json"
    tones = {path: banner(report(path)).tone for path in (HOLDS, flawed, FAILS)}
    assert len(set(tones.values())) == 3
    assert tones[flawed] is Tone.QUALIFIED
    page = html(report(HOLDS, flawed))
    for colour, word in (("qualified", "holds, proof flawed"), ("proved", "holds")):
        assert f'<td class="verdict {colour}"><strong>{word}</strong></td>' in page


def banner(document: Document) -> Banner:
    (found,) = (block for block in document.body if isinstance(block, Banner))
    return found


def test_a_rejected_statement_is_no_erratum() -> None:
    rejected = fixture("rejected/paper-fails-without-refutation.json")
    assert "errata" not in headings(report(HOLDS, rejected))


def test_the_table_of_statements_names_module_and_certificate(tmp_path: Path) -> None:
    (table,) = (block for block in report(HOLDS).front if isinstance(block, Table))
    (row,) = table.rows
    assert row.cells[-2][0].text.endswith(".py")  # type: ignore[union-attr]
    assert row.cells[-1][0].text == HOLDS.name  # type: ignore[union-attr]
    hostile = written(tmp_path, "hostile.json", hostile_statement("a<script>"))
    (table,) = (block for block in report(hostile).front if isinstance(block, Table))
    assert table.rows[0].cells[-2] == ()


def test_notes_come_first_and_the_appendix_last() -> None:
    note, last = Heading(1, said("Note"), "n"), Heading(1, content("Appendix"), "z")
    document = report_document([read_certificate(HOLDS)], "Title", [note], [last])
    assert document.front[0] is note
    assert document.body[-1] is last
