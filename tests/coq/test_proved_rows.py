"""Rows of audited tables by the checker proved in Coq: what is written is proved, what is false is not."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.checker.builder import Json
from tests.checker.samples import truth_at
from tests.checker.truth import number, sigma
from verified_grpo.audit.pass_rates import Question, audit_table
from verified_grpo.cli import main
from verified_grpo.errors import FileError
from verified_grpo.export import proved_rows
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast

PAPER = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"))
QUESTIONS = {
    "mean-var": PAPER,
    "folded": Question(Contrast("mean-var"), Fraction(1), exact("1e-5"), alpha=exact("0.3")),
    "mean-std": Question(Contrast("mean-std"), Fraction(2), exact("1e-4")),
    "mean": Question(Contrast("mean"), exact("0.5"), exact("1e-5")),
    "group": Question(Contrast("group", 4, 1), exact("0.6"), exact("1e-4")),
}
RATES = [(0, 12), (1, 12), (6, 12), (11, 12), (12, 12), (1, 128), (1, 12)]
CLAIMS = ("logit", "p", "one_minus_p", "gain")


def audited(folder: Path, question: Question) -> Path:
    counts, out = folder / "counts.csv", folder / "audited.csv"
    lines = (f'"a ""{i}"", b",{k},{n}\n' for i, (k, n) in enumerate(RATES))
    counts.write_text("prompt,k,n\n" + "".join(lines))
    audit_table(counts, question, out=out)
    return out


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(newline="") as stream:
        return list(csv.DictReader(stream))


def changed(table: Path, change: Callable[[list[dict[str, str]]], None]) -> Path:
    """The table with other cells; its certificate as it was, for the root is not the program's business."""
    cells = rows(table)
    change(cells)
    with table.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(cells[0]))
        writer.writeheader()
        writer.writerows(cells)
    return table


def told(table: Path, vcheck: Path) -> dict[int, Json]:
    """The statements that are proved, by rows from 0."""
    statement = proved_rows.check_rows(table, vcheck).statement or {"rows": []}
    return {row["row"] - 1: row for row in statement["rows"]}


def contradicted(row: Json) -> str | None:
    """Why what is said of a row is false, at 60 digits."""
    point = {name: row["parameters"][name] for name in ("alpha", "beta", "eps", "p_ref")}
    truth = truth_at({"variant": row["variant"]}, point)
    least = truth[0][0]
    values = {"logit": least, "p": sigma(least), "one_minus_p": sigma(-least)}
    values["gain"] = values["p"] - number(point["p_ref"])
    for name, (low, high) in {**row["limit"], "gain": row["gain"] or ["-1", "1"]}.items():
        if not number(low) <= values[name] <= number(high):
            return f"{name} is {values[name]}"
    if row["fixed_points"] not in ([], len(truth)):
        return f"{len(truth)} fixed points"
    return None


@pytest.mark.parametrize("name", QUESTIONS)
def test_rows_that_the_suite_writes_are_proved_as_they_stand(name: str, vcheck: Path, tmp_path: Path) -> None:
    table = audited(tmp_path, QUESTIONS[name])
    cells, found = rows(table), told(table, vcheck)
    answer = proved_rows.check_rows(table, vcheck)
    assert answer.outcome == "proved", answer.message
    assert answer.message.startswith("5 of 7 rows are proved; 2 state no limit")
    assert sorted(found) == [1, 2, 3, 5, 6]
    for k, row in found.items():
        stated = {key.removeprefix("certified_"): value for key, value in cells[k].items()}
        assert row["parameters"]["p_ref"] == stated["p_ref"]
        for claim in CLAIMS:
            bounds = row["gain"] if claim == "gain" else row["limit"][claim]
            assert bounds == [stated[f"{claim}_low"], stated[f"{claim}_high"]]
        assert row["fixed_points"] == int(stated["fixed_points"])
        assert row["largest_step"] == stated["largest_step"] or (
            row["largest_step"] == [] and name in ("mean-std", "group")
        )
        assert contradicted(row) is None


def test_an_interval_of_rates_is_proved_for_all_of_them(vcheck: Path, tmp_path: Path) -> None:
    sure = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"), confidence=exact("0.95"))
    answer = proved_rows.check_rows(audited(tmp_path, sure), vcheck)
    assert answer.statement is not None
    assert {len(row["parameters"]["p_ref"]) for row in answer.statement["rows"]} == {2}
    assert "not proved: row 1, 5" in answer.message  # as near to 0 or 1 as it likes


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("claim", CLAIMS)
def test_an_end_moved_past_the_truth_is_not_said(claim: str, end: str, vcheck: Path, tmp_path: Path) -> None:
    def move(cells: list[dict[str, str]]) -> None:
        name = f"certified_{claim}_{end}"
        cells[1][name] = repr(float(cells[1][name]) + (1e-9 if end == "low" else -1e-9))

    found = told(changed(audited(tmp_path, PAPER), move), vcheck)
    assert sorted(found) == ([1, 2, 3, 5, 6] if claim == "gain" else [2, 3, 5, 6])
    assert claim != "gain" or found[1]["gain"] == []


def test_a_count_or_a_step_that_does_not_follow_is_left_out_by_name(vcheck: Path, tmp_path: Path) -> None:
    def move(cells: list[dict[str, str]]) -> None:
        cells[1]["certified_fixed_points"] = "2"
        cells[1]["certified_largest_step"] = "0.18"

    table = changed(audited(tmp_path, PAPER), move)
    answer, row = proved_rows.check_rows(table, vcheck), told(table, vcheck)[1]
    assert (row["fixed_points"], row["largest_step"]) == ([], [])
    assert "without certified_largest_step: row 2; without certified_fixed_points: row 2" in answer.message


@pytest.mark.parametrize("count", [12, pytest.param(10_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", ["mean-var", "mean-std", "group"])
def test_no_mutated_row_that_is_proved_says_something_false(
    name: str, count: int, vcheck: Path, tmp_path: Path
) -> None:
    chance = Random(f"{name} {count}")
    table = audited(tmp_path, QUESTIONS[name])
    good = [row for row in rows(table) if row["certified_verdict"] == "rises"]

    def mutate(cells: list[dict[str, str]]) -> None:
        cells[:] = [mutated(chance.choice(good), good, chance) for _ in range(count)]

    found = told(changed(table, mutate), vcheck)
    assert len(found) < count
    for row in found.values():
        assert contradicted(row) is None, row


def mutated(row: dict[str, str], others: list[dict[str, str]], chance: Random) -> dict[str, str]:
    """A digit nudged, or the cell of another row."""
    row = dict(row)
    name = chance.choice([name for name in row if name.startswith("certified_") and row[name]])
    cell = row[name]
    places = [k for k, character in enumerate(cell) if character.isdigit()]
    if places and chance.random() < 0.8:
        k = chance.choice(places[-3:] if chance.random() < 0.5 else places)
        cell = cell[:k] + chance.choice("0123456789") + cell[k + 1 :]
    else:
        cell = chance.choice(others)[name]
    return {**row, name: cell}


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b'a,"b\nc', b"a\n" * 3, b"certified_verdict\nrises\n", b'x"y,z\n1,2\n', b"a\rb\n"],
    ids=["empty", "no text", "open", "others", "alone", "quote", "return"],
)
def test_what_is_no_table_is_not_proved(data: bytes, vcheck: Path, tmp_path: Path) -> None:
    table = audited(tmp_path, PAPER)
    table.write_bytes(data)
    answer = proved_rows.check_rows(table, vcheck)
    assert answer.outcome == "not proved"
    assert answer.statement is None or answer.statement["rows"] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bits", 10**9),
        ("turns", [["1", "2"]] * 5000),
        ("end", "1e19999"),
        ("turns", [["2", "1"]]),
        ("end", "0"),
    ],
)
def test_evidence_that_is_none_proves_nothing_false_and_ends(
    key: str, value: Any, vcheck: Path, tmp_path: Path
) -> None:
    table = audited(tmp_path, PAPER)
    path = table.with_name(table.name + proved_rows.ENDING)
    document = json.loads(path.read_text())
    document["evidence"][key] = value
    path.write_text(json.dumps(document))
    answer = proved_rows.check_rows(table, vcheck, seconds=5)
    for row in (answer.statement or {"rows": []})["rows"]:
        assert contradicted(row) is None


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--proved", *words])
    return int(ended.value.code or 0), capsys.readouterr().out


def test_the_command_line_takes_a_table_or_its_certificate(
    vcheck: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = audited(tmp_path, PAPER)
    for path in (str(table), str(table) + proved_rows.ENDING):
        code, out = run(capsys, path)
        assert code == 0
        assert "proved (5 of 7 rows are proved; 2 state no limit)" in out
    shutil.copy(table, tmp_path / "b.jsonl")
    shutil.copy(str(table) + proved_rows.ENDING, tmp_path / "b.jsonl.certificate.json")
    code, out = run(capsys, str(tmp_path / "b.jsonl"))
    assert code == 2
    assert "declined (rows are read from CSV alone" in out


def test_other_questions_are_declined_by_name_and_absent_files_are_errors(tmp_path: Path) -> None:
    table = audited(tmp_path, Question(Contrast("mean-var"), Fraction(0), exact("1e-5")))
    assert "small steps with the pull" in proved_rows.check_rows(table).message
    Path(str(table) + proved_rows.ENDING).unlink()
    with pytest.raises(FileError):
        proved_rows.check_rows(table)
