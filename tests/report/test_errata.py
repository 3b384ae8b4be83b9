"""The errata of a report: every finding, from accepted certificates only."""

from __future__ import annotations

from pathlib import Path

from tests.report.samples import CORPUS, hostile_statement, written
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import Document, Heading, Table, content
from verified_grpo.report.markdown import markdown
from verified_grpo.report.pages.page import said

ACCEPTED = CORPUS / "accepted"
FAILS = ACCEPTED / "paper-statement-fails.json"
HOLDS = ACCEPTED / "paper-statement.json"


def report(*paths: Path) -> Document:
    return report_document([read_certificate(path) for path in paths], "Title")


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


def test_a_rejected_statement_is_no_erratum() -> None:
    rejected = CORPUS / "rejected" / "paper-fails-without-refutation.json"
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
