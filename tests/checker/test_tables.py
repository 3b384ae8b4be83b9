"""Audited tables: what the suite writes is proved again by the checker alone; nothing else is accepted."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import comb, inf, nextafter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from soak import tables as soak
from verified_grpo.audit.pass_rates import Asked, Question, audit_table, auditing
from verified_grpo.audit.pass_rates.columns import Columns
from verified_grpo.audit.pass_rates.sealing import write_certificate
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.audited_table import audited_table_certificate
from verified_grpo.checker import Code, Outcome
from verified_grpo.checker.arithmetic import using
from verified_grpo.checker.tables import ENDING, Sample, check_table, included
from verified_grpo.checker.tables.binomial import above_interval, below_interval
from verified_grpo.checker.tables.merkle import Tree, leaf, node, root_of, side_of
from verified_grpo.checker.tables.reference import inner
from verified_grpo.checker.tables.rows import Number, encoded, read_rows
from verified_grpo.cli import main
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast
from verified_grpo.model.steps import Update
from verified_grpo.work.store import Store, Unit

from .test_independence import BLOCKED, ROOT

PAPER = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"))
GROUP = Question(Contrast("group", 8, 1), exact("0.04"), exact("1e-4"))
K3 = "KL(pi_ref||pi)"
FOLDED = replace(PAPER, beta=Fraction(1))
QUESTIONS = {
    "paper": PAPER,
    "folded": FOLDED,
    "group": GROUP,
    "mean": replace(PAPER, contrast=Contrast("mean"), beta=exact("0.5")),
    "mean-std": replace(PAPER, contrast=Contrast("mean-std"), beta=exact("0.04"), eps=exact("1e-4")),
    "mixed": replace(PAPER, alpha=exact("0.3"), target=exact("0.9")),
    "k3": replace(PAPER, regulariser=K3),
    "scaled": replace(GROUP, contrast=GROUP.contrast.scaled(Fraction(1, 2)), beta=exact("0.02")),
    "eight": replace(GROUP, beta=exact("0.08")),
    "without": replace(PAPER, beta=Fraction(0)),
    "own": Question(Contrast.of("1/(p + eps)"), Fraction(2), exact("1e-3")),
    "own-without": Question(Contrast.of("1/(p + eps)"), Fraction(0), exact("1e-3")),
    "own-even": Question(Contrast.of("1/sqrt(v + eps)"), Fraction(2), exact("1e-3")),
}


def audited_once(counts: Path, question: Question, out: Path) -> None:
    """The table, audited into `out`; of the same counts and question, what was written before."""
    told = _audited(counts.read_bytes(), question, out.suffix)
    for ending, data in zip(("", ENDING), told, strict=True):
        out.with_name(out.name + ending).write_bytes(data)


@cache
def _audited(counts: bytes, question: Question, suffix: str) -> tuple[bytes, bytes]:
    with TemporaryDirectory() as folder:
        table, out = Path(folder) / "counts.csv", Path(folder) / f"audited{suffix}"
        table.write_bytes(counts)
        audit_table(table, question, out=out)
        return out.read_bytes(), out.with_name(out.name + ENDING).read_bytes()


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    path = tmp_path / "counts.csv"
    rates = [(k, 12) for k in range(13)] + [(1, 12), (1, 128), (127, 128), (3, 1000), (999, 1000)]
    path.write_text("prompt,k,n\n" + "".join(f"a{i},{k},{n}\n" for i, (k, n) in enumerate(rates)))
    return path


@pytest.fixture
def audited(counts: Path) -> Path:
    """By the paper's question, where two of the rows are held back by a fold."""
    out = counts.with_name("audited.csv")
    audited_once(counts, FOLDED, out)
    return out


# --- what is written is accepted


@pytest.mark.parametrize("confidence", ["0", "0.95"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_what_the_suite_writes_is_proved_again(counts: Path, name: str, confidence: str) -> None:
    question = replace(QUESTIONS[name], confidence=exact(confidence))
    out = counts.with_name("audited.jsonl")
    audited_once(counts, question, out)
    verdict = check_table(out)
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    assert ("certified_exact" in verdict.statement_text) == (question.beta > 0)
    assert ("Clopper-Pearson" in verdict.statement_text) == (confidence != "0")


@pytest.mark.parametrize("question", [replace(GROUP, beta=exact("0.5")), replace(PAPER, beta=Fraction(0))])
def test_steps_to_a_target_are_counted_again(counts: Path, question: Question) -> None:
    asked = replace(question, update=Update.of("0.05", 2 if question.beta else 1), target=exact("0.6"))
    out = counts.with_name("audited.csv")
    audited_once(counts, asked, out)
    assert any(row["certified_steps_high"] for row in dictionaries(out))
    verdict = check_table(out)
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message


def test_sequences_that_turn_and_settle_are_followed(counts: Path) -> None:
    """Steps so large that they lead past a fixed point: lemma 9, with a trap that the checker finds."""
    out, question = counts.with_name("audited.csv"), replace(PAPER, update=Update.of("0.2"))
    audited_once(counts, question, out)
    rows = dictionaries(out)
    found = {row["certified_verdict"]: place for place, row in enumerate(rows)}
    assert {"falls", "fixed-point", "rises"} <= set(found)
    verdict = check_table(out)
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    for name in ("falls", "fixed-point"):
        forgery = [dict(row) for row in rows]
        for column in ("certified_logit_low", "certified_logit_high"):
            forgery[found[name]][column] = repr(float(forgery[found[name]][column]) + 1e-6)
        forged(out, forgery, question)
        assert f"row {found[name] + 1}, column certified_logit" in check_table(out).message


OWN_FALSE: list[tuple[str, str | None]] = [
    ("certified_fixed_points", "3"),
    ("certified_logit_low", None),
    ("certified_logit_high", None),
    ("certified_largest_step", "0.9"),
    ("certified_note", ""),
]


@pytest.mark.parametrize(("column", "text"), OWN_FALSE)
def test_a_forged_row_of_a_contrast_of_one_s_own_is_found(
    counts: Path, column: str, text: str | None
) -> None:
    """No lemma on its shape is there to go by (lemma 67)."""
    out, question = counts.with_name("audited.csv"), QUESTIONS["own"]
    audited_once(counts, question, out)
    rows = dictionaries(out)
    rows[3][column] = outside(rows[3], column) if text is None else text
    forged(out, rows, question)
    verdict = check_table(out)
    assert (verdict.outcome, verdict.code) == (Outcome.REJECTED, Code.ROW_NOT_PROVED), verdict.message
    assert f"row 4, column {column}" in verdict.message


def test_a_profile_of_no_shape_needs_its_start(counts: Path) -> None:
    """And one that does not reach below L_ref proves nothing of the row."""
    out, question = counts.with_name("audited.csv"), QUESTIONS["own"]
    audited_once(counts, question, out)
    beside = out.with_name(out.name + ENDING)
    whole = json.loads(beside.read_text())
    for start, code in ((None, Code.MISSING_FACT), ("-1", Code.ROW_NOT_PROVED)):
        evidence = {key: value for key, value in whole["evidence"].items() if key != "start"}
        evidence |= {} if start is None else {"start": start}
        sealed = audited_table_certificate(whole["statement"], cast(Any, evidence), 53)
        beside.write_bytes(canonical_bytes(sealed))
        assert check_table(out).code is code


def test_what_no_rule_is_about_is_declined(counts: Path) -> None:
    """That a sequence ends in a cycle this checker does not prove of a table."""
    out = counts.with_name("audited.csv")
    counts.write_text("prompt,k,n\na,500,1000\nb,1,1000\n")
    audit_table(counts, replace(PAPER, beta=Fraction(4), update=Update.of("0.25")), out=out)
    assert any(row["certified_verdict"] == "cycle" for row in dictionaries(out))
    verdict = check_table(out)
    assert (verdict.outcome, verdict.code) == (Outcome.DECLINED, Code.ROW_OPEN)


def test_by_both_arithmetics(audited: Path) -> None:
    for arithmetic in ("arb", "rational"):
        assert check_table(audited, arithmetic).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("p,rate\na,0.125\nb,1/3\nc,.5\n", Asked(rate="rate")),
        ("p,rate,n\na,0.33,3\nb,0.667,3\n", Asked(rate="rate", n="n")),
        ("p,k\na,3\nb,4.0\n", Asked(k="k", n="8")),
        ('"a ""q"", p",k,n\n"x\ny",1,8\n,2,8\n', Asked()),
        ("prompt,reward\na,1\na,0\nb,0\nb,1\n", Asked()),
    ],
)
def test_rates_in_every_form(tmp_path: Path, text: str, asked: Asked) -> None:
    (tmp_path / "t.csv").write_text(text)
    for suffix in ("csv", "jsonl"):
        audit_table(tmp_path / "t.csv", PAPER, asked=asked, out=tmp_path / f"o.{suffix}")
        verdict = check_table(tmp_path / f"o.{suffix}")
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message


def test_the_certificate_has_its_schema(audited: Path) -> None:
    schema = json.loads((ROOT / "docs/schemas/certificates/audited-table.json").read_bytes())
    document = json.loads(Path(f"{audited}{ENDING}").read_bytes())
    Draft202012Validator(schema).validate(document)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate({**document, "more": "1"})


# --- what does not follow is rejected


def dictionaries(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def forged(path: Path, rows: list[dict[str, str]], question: Question) -> None:
    """The table with other cells, and with a certificate made for it."""
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    write_certificate(path, question, Columns(k="k", n="n"), len(rows))


def outside(row: dict[str, str], name: str) -> str:
    """A number next to the stated one, on the side where it is false."""
    value = float(row[name])
    return repr(value + 1e-9) if name.endswith("_low") else repr(value - 1e-9)


FALSE: list[tuple[str, int, str | None]] = [
    ("certified_p_ref", 1, "1/13"),
    ("certified_fixed_points", 1, "1"),
    ("certified_fixed_points", 1, "2"),
    ("certified_logit_low", 4, None),
    ("certified_logit_high", 4, None),
    ("certified_p_low", 4, None),
    ("certified_p_high", 4, None),
    ("certified_one_minus_p_low", 4, None),
    ("certified_one_minus_p_high", 4, None),
    ("certified_gain_low", 4, None),
    ("certified_gain_high", 4, None),
    ("certified_verdict", 4, "falls"),
    ("certified_verdict", 4, "absorbing"),
    ("certified_verdict", 0, "rises"),
    ("certified_verdict", 4, "undecided"),
    ("certified_verdict", 4, ""),
    ("certified_period", 4, "2"),
    ("certified_rate", 4, "0.5"),
    ("certified_largest_step", 1, "1"),
    ("certified_largest_step", 4, "0"),
    ("certified_note", 1, ""),
    ("certified_note", 6, "held back below 1/2"),
    ("certified_note", 6, "ends below 1/2"),
    ("certified_note", 6, "undecided"),
    ("certified_note", 0, ""),
    ("certified_p_low", 4, "nan"),
    ("certified_p_low", 4, "zero"),
    ("k", 4, "5"),
    ("k", 4, "13"),
    ("k", 4, ""),
    ("n", 4, "0"),
    ("n", 4, "12.5"),
]


@pytest.mark.parametrize(("column", "row", "text"), FALSE)
def test_a_forged_cell_is_found_with_row_and_column(
    audited: Path, column: str, row: int, text: str | None
) -> None:
    """The root fits: what it stands for does not follow from the counts."""
    rows = dictionaries(audited)
    assert check_table(audited).outcome is Outcome.ACCEPTED
    rows[row][column] = outside(rows[row], column) if text is None else text
    forged(audited, rows, FOLDED)
    verdict = check_table(audited)
    assert (verdict.outcome, verdict.code) == (Outcome.REJECTED, Code.ROW_NOT_PROVED), verdict.message
    assert f"row {row + 1}, column " in verdict.message
    assert verdict.standing == "NOT established"


@pytest.mark.parametrize(
    ("column", "text"), [("certified_p_ref_low", "0.3"), ("certified_p_ref_high", "0.3")]
)
def test_a_forged_interval_of_confidence_is_found(counts: Path, column: str, text: str) -> None:
    question, out = replace(PAPER, confidence=exact("0.95")), counts.with_name("audited.csv")
    audited_once(counts, question, out)
    rows = dictionaries(out)
    rows[4][column] = text
    forged(out, rows, question)
    assert f"row 5, column {column}" in check_table(out).message


@pytest.mark.parametrize("end", ["low", "high"])
def test_a_forged_count_of_steps_is_found(counts: Path, end: str) -> None:
    question = replace(GROUP, beta=exact("0.5"), update=Update.of("0.05"), target=exact("0.6"))
    out = counts.with_name("audited.csv")
    audited_once(counts, question, out)
    rows = dictionaries(out)
    place = next(i for i, row in enumerate(rows) if int(row["certified_steps_low"] or 0) > 2)
    steps = int(rows[place][f"certified_steps_{end}"])
    rows[place][f"certified_steps_{end}"] = str(steps + 1 if end == "low" else steps - 1)
    forged(out, rows, question)
    assert f"row {place + 1}, column certified_steps_{end}" in check_table(out).message


def test_a_forged_row_under_k3_is_found(counts: Path) -> None:
    question, out = replace(PAPER, regulariser=K3), counts.with_name("audited.csv")
    audited_once(counts, question, out)
    for column in ("certified_logit_low", "certified_logit_high", "certified_largest_step"):
        rows = dictionaries(out)
        rows[4][column] = "9" if column.endswith("step") else outside(rows[4], column)
        forged(out, rows, question)
        assert f"row 5, column {column}" in check_table(out).message
        audited_once(counts, question, out)


def test_any_mutation_is_found(audited: Path) -> None:
    text, chance = audited.read_text(), Random(5)
    for _ in range(300):
        changed, how = soak.mutated(text, chance)
        audited.write_text(changed)
        verdict = check_table(audited)
        assert verdict.outcome is Outcome.REJECTED, (how, verdict.message)


def test_a_changed_row_is_named_whatever_was_changed(audited: Path) -> None:
    """The name of a prompt claims nothing: the root alone covers it, and the marks say where."""
    rows = dictionaries(audited)
    whole = audited.read_text()
    audited.write_text(whole.replace("a7,", "b7,"))
    assert "row 8: not what" in check_table(audited).message
    audited.write_text("".join(line + "\n" for line in whole.splitlines()[:-1]))
    assert "it ends after row 17" in check_table(audited).message
    assert len(rows) == 18
    audited.write_text(whole + whole.splitlines()[-1] + "\n")
    assert "row 19: there are 18" in check_table(audited).message
    audited.write_text(whole.replace("prompt,", "prompts,"))
    assert "the header" in check_table(audited).message


def test_a_forged_part_of_a_resumed_run_is_found(counts: Path) -> None:
    """Its label fits, so the run believes it; the checker believes nothing."""
    out = counts.with_name("audited.csv")

    def breaks(done: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit_table(counts, PAPER, out=out, then=breaks)
    (folder,) = counts.parent.glob(".*.unfinished")
    part = folder / "000000.parquet"
    import polars as pl

    store = Store(folder, None)
    store.question = json.loads((folder / "000000.parquet.label").read_bytes())["question"]
    frame = pl.read_parquet(part)
    better = frame.with_columns(
        pl.lit("rises").alias("certified_verdict"), pl.lit(0.99).alias("certified_p_low")
    )
    better.write_parquet(part)
    store.put(part.name, Unit(part.read_bytes(), len(better), auditing._schema(better)))
    audit_table(counts, PAPER, out=out)
    assert "0.99" in out.read_text()
    verdict = check_table(out)
    assert verdict.code is Code.ROW_NOT_PROVED
    assert "row 1, column certified_verdict" in verdict.message


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (b"", Code.TABLE_CHANGED),
        (b"prompt\n", Code.TABLE_CHANGED),
        (b"a,b\n1\n", Code.TABLE_CHANGED),
        (b'"', Code.TABLE_UNREADABLE),
        (b"\xff\xfe", Code.TABLE_UNREADABLE),
        (b"a\0b,c\n", Code.TABLE_CHANGED),
    ],
)
def test_whatever_the_bytes_are_there_is_a_verdict(audited: Path, what: bytes, code: Code) -> None:
    audited.write_bytes(what)
    verdict = check_table(audited)
    assert verdict.outcome is not Outcome.ACCEPTED
    assert verdict.code in (code, Code.TABLE_UNREADABLE)


def test_mangled_tables_and_certificates_never_raise(audited: Path) -> None:
    chance, beside = Random(3), Path(f"{audited}{ENDING}")
    lines = audited.with_suffix(".jsonl")
    shutil.copy(audited, lines)
    shutil.copy(beside, f"{lines}{ENDING}")
    for path in (audited, beside, lines):
        whole = path.read_bytes()
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
            verdict = check_table(lines if path == lines else audited)
            assert verdict.code is not Code.CHECKER_FAULT, verdict.message
            if bytes(data) != whole:
                assert verdict.outcome is not Outcome.ACCEPTED
        path.write_bytes(whole)


def test_a_table_without_its_certificate_is_declined(audited: Path) -> None:
    Path(f"{audited}{ENDING}").unlink()
    assert check_table(audited).code is Code.UNREADABLE_FILE


# --- the root


def naive(leaves: list[bytes]) -> bytes:
    """By the definition."""
    if len(leaves) == 1:
        return leaves[0]
    left = 1
    while 2 * left < len(leaves):
        left *= 2
    return node(naive(leaves[:left]), naive(leaves[left:]))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 31, 33])
def test_the_root_is_that_of_the_definition_and_every_leaf_is_found_in_it(size: int) -> None:
    leaves = [leaf(bytes([i])) for i in range(size)]
    tree = Tree(range(size))
    for data in leaves:
        tree.add(data)
    root = tree.root()
    assert root == naive(leaves)
    for i, data in enumerate(leaves):
        assert root_of(data, tree.paths[i]) == root
        assert "".join(side for side, _ in tree.paths[i]) == side_of(i, size)
        assert all(side_of(j, size) != side_of(i, size) for j in range(size) if j != i)


def test_a_node_is_no_leaf() -> None:
    a, b = leaf(b"a"), leaf(b"b")
    assert node(a, b) != leaf(a + b)


def test_rows_of_other_cells_have_other_bytes() -> None:
    rows: list[list[object]] = [
        ["1", "2"], ["12", ""], [Number("1"), "2"], [None, "2"], ["", "2"], [["1"], "2"], [True, "2"],
        [["n", "1"], "2"], [{"n": "1"}, "2"], ["true", "2"], ["1", "2", ""],
    ]  # fmt: skip
    assert len({encoded(row) for row in rows}) == len(rows)


def test_a_sample_comes_with_its_way_to_the_root(audited: Path) -> None:
    verdict = check_table(audited, sample=Sample(5, 2))
    assert verdict.outcome is Outcome.ACCEPTED
    assert "ONLY 5 of its rows, drawn by the seed 2" in verdict.statement_text
    rows = list(read_rows(str(audited)))
    statement = json.loads(Path(f"{audited}{ENDING}").read_text())["statement"]
    assert len(verdict.found) == 5
    assert {int(number) for number, _ in verdict.found} == Sample(5, 2).of(18) != Sample(5, 3).of(18)
    for number, way in verdict.found:
        path = [(step[0], bytes.fromhex(step[1:])) for step in way.split()]
        assert included(rows[int(number)], int(number), 18, statement["root"], path)
        for other in range(1, 19):
            if other != int(number):
                assert not included(rows[int(number)], other, 18, statement["root"], path)
                assert not included(rows[other], int(number), 18, statement["root"], path)


def test_of_a_sample_other_rows_are_not_judged_and_still_hashed(audited: Path) -> None:
    sample = Sample(3)
    other = min(set(range(2, 18)) - sample.of(18))
    rows = dictionaries(audited)
    rows[other - 1]["certified_p_low"] = "0.999"
    forged(audited, rows, FOLDED)
    assert check_table(audited).outcome is Outcome.REJECTED
    assert check_table(audited, sample=sample).outcome is Outcome.ACCEPTED
    audited.write_text(audited.read_text().replace("0.999", "0.998"))
    assert check_table(audited, sample=sample).outcome is Outcome.REJECTED


# --- the interval of confidence


@given(n=st.integers(1, 30), data=st.data(), confidence=st.sampled_from(["0.5", "0.9", "0.95", "0.999"]))
def test_ends_of_confidence_are_those_of_the_definition(n: int, data: st.DataObject, confidence: str) -> None:
    k = data.draw(st.integers(0, n))
    p = Fraction(data.draw(st.integers(1, 499)), 500)
    half = (1 - exact(confidence)) / 2
    least = sum(comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1))
    most = sum(comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k + 1))
    with using("arb"):
        assert below_interval(p, k, n, exact(confidence)) == (least <= half)
        assert above_interval(p, k, n, exact(confidence)) == (most <= half)


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_the_inner_double_is_the_next_one(x: float) -> None:
    if abs(x) < 1.7e308:
        for end, beyond in (("low", inf), ("high", -inf)):
            assert inner(Fraction(repr(x)), end) == (nextafter(x, beyond) if x else 0)


# --- the command lines


@pytest.fixture
def both(counts: Path) -> list[Path]:
    return [
        (audit_table(counts, PAPER, out=out), out)[1]
        for out in (counts.with_name(f"audited.{suffix}") for suffix in ("csv", "jsonl", "parquet"))
    ]


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["check", *words])
    return int(str(end.value.code))


def test_check_reads_all_three_forms(both: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*map(str, both)) == 0
    said = capsys.readouterr().out
    assert said.count("18 rows follow") == 3
    assert "Statement (established)" in said
    assert run(f"{both[0]}{ENDING}", "--rows", "4", "--seed", "1", "--json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert len(file["found"]) == 4
    both[2].write_bytes(both[2].read_bytes()[:-9])
    assert run(str(both[2])) != 0


@pytest.mark.parametrize(
    "words", [["--rows", "3", "reports/x.json"], ["--seed", "3", "a.csv"], ["--rows", "0", "a.csv"]]
)
def test_what_is_asked_wrongly(words: list[str]) -> None:
    assert run(*words) == 64


def test_the_checker_alone_reads_csv_and_json_lines(both: list[Path]) -> None:
    """Nothing of the package but the checker is there, no Polars; Parquet it leaves to the suite."""
    for arithmetic in ("arb", "rational"):
        words = ["--arithmetic", arithmetic, *map(str, both[:2])]
        done = subprocess.run(
            [sys.executable, "-c", BLOCKED, *words], capture_output=True, text=True, cwd=ROOT
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("18 rows follow") == 2
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, str(both[2])], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 2
    assert "is read by the whole suite" in done.stdout
