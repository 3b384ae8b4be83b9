from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.report.samples import ACCEPTED, CORPUS, REJECTED
from verified_grpo.errors import InputError
from verified_grpo.report import write_report

ONE = CORPUS / "accepted" / "contraction-closed-form.json"
TWO = CORPUS / "accepted" / "fixed-points-beta-5.json"


def test_markdown_comes_with_its_figures(tmp_path: Path) -> None:
    report, *figures = write_report([ONE, TWO, REJECTED], "md", tmp_path / "new" / "folder")
    assert report.name == "report.md"
    text = report.read_text()
    assert len(figures) == 2
    assert all(f"({figure.parent.name}/{figure.name})" in text for figure in figures)
    assert all(figure.read_bytes().startswith(b"<?xml") for figure in figures)


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_the_same_certificates_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    first, second = (write_report([ONE, TWO], form, tmp_path / name) for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_name_and_the_title_can_be_chosen(tmp_path: Path) -> None:
    (report,) = write_report(
        [CORPUS / "accepted" / "contraction-mean.json"], "md", tmp_path, name="paper", title="A & B"
    )
    assert report == tmp_path / "paper.md"
    assert report.read_text().startswith("# A &amp; B\n")


@pytest.mark.parametrize(
    ("form", "message"),
    [("docx", "unknown format .docx.: choose md, html or pdf"), ("PDF", "unknown format .PDF.: choose md")],
)
def test_other_formats_are_refused(form: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        write_report([ONE], form, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_report_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least one certificate"):
        write_report([], "md", tmp_path)


@pytest.mark.parametrize("missing", ["no-such-file.json", "."])
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(missing: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected the path of a certificate"):
        write_report([ONE, tmp_path / missing], "md", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        write_report([ONE], "md", tmp_path / "file" / "out")


def test_a_failure_leaves_no_part_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.pdf").write_bytes(b"old")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(InputError, match="No space left"):
        write_report([ONE], "pdf", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    assert (tmp_path / "report.pdf").read_bytes() == b"old"


def test_the_command_to_check_again_names_the_path_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "c.json").write_bytes(ONE.read_bytes())
    monkeypatch.chdir(tmp_path)
    relative = write_report(["given/c.json"], "md", "out")[0].read_text()
    assert "`verified-grpo check given/c.json`" in relative
    absolute = write_report([tmp_path / "given" / "c.json"], "md", "out")[0].read_text()
    assert "`verified-grpo check c.json`" in absolute
    assert str(tmp_path) not in absolute


def test_the_corpus_is_there() -> None:
    assert len(ACCEPTED) > 20
