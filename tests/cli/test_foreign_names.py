"""Names of files are foreign text, and rejected statements are never printed as if they stood."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import pytest

from tests.checker.corpus import fixture
from verified_grpo.characters import file_name
from verified_grpo.cli import main

GOOD = fixture("accepted/amplification.json")
FALSE = fixture("rejected/margin-too-large.json")
DECLINED = fixture("malformed/other-kind.json")
NAMES = (
    "good.json: accepted (every step of the evidence was checked)",
    "bad\ngood.json: accepted",
    "turned\u202egood.json",
    'a": accepted "b.json',
    "\x1b[2J\u2028.json",
    os.fsdecode(b"\xff.json"),
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert isinstance(end.value.code, int)
    return (end.value.code, *capsys.readouterr())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_cannot_be_taken_for_an_answer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(FALSE.read_bytes())
    code, out, _ = run(capsys, "check", name)
    first = out.splitlines()[0]
    quoted, answer = first[: first.rindex('": ') + 1], first[first.rindex('": ') + 3 :]
    assert (code, quoted) == (1, file_name(name))
    assert answer.startswith("rejected (the margin exceeds the bound")
    assert quoted[0] == quoted[-1] == '"'
    assert '"' not in quoted[1:-1]
    assert quoted.isprintable()
    code, out, _ = run(capsys, "check", "--json", name)
    (entry,) = json.loads(out)["files"]
    assert (code, entry["file"], entry["outcome"]) == (1, name, "rejected")


def test_plain_names_are_left_alone() -> None:
    assert file_name(Path("reports/certificates/s4-b_1.2.json")) == "reports/certificates/s4-b_1.2.json"
    assert file_name("") == '""'


def test_what_is_printed_says_how_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", str(GOOD), str(FALSE))
    assert code == 1
    assert out.count("  Statement (established):\n") == out.count("  Statement (NOT established):\n") == 1
    assert out.index("(established)") < out.index(": rejected") < out.index("(NOT established)")
    _, out, _ = run(capsys, "check", "--json", str(GOOD), str(FALSE))
    good, false = json.loads(out)["files"]
    for entry, path, standing in ((good, GOOD, "established"), (false, FALSE, "NOT established")):
        document = json.loads(path.read_text())
        assert (entry["claim"], entry["digest"]) == (document["statement"], document["digest"])
        assert (entry["standing"], entry["arithmetic"]) == (standing, "arb")
        assert "every fixed point" in entry["statement"]


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    ("files", "code"), [([GOOD], 0), ([GOOD, FALSE], 1), ([GOOD, DECLINED], 2), ([DECLINED, FALSE], 1)]
)
def test_a_report_ends_as_the_check_does(
    files: list[Path], code: int, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, out, _ = run(capsys, "report", *map(str, files), "--format", form, "--out", str(tmp_path))
    assert ended == code
    text = Path(out.splitlines()[0]).read_text()
    assert ("NOT established" in text) == bool(code)


def test_the_command_to_type_is_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from verified_grpo.report.certificate import read_certificate
    from verified_grpo.report.document import Code
    from verified_grpo.report.pages.page import small_print

    monkeypatch.chdir(tmp_path)
    name = "x; touch y #$(touch z).json"
    Path(name).write_bytes(GOOD.read_bytes())
    (typed,) = dict(small_print(read_certificate(Path(name))).facts)["check again"]
    assert isinstance(typed, Code)
    assert shlex.split(typed.text) == ["verified-grpo", "check", name]
