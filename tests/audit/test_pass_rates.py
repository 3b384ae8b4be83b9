"""Tables of pass rates, from the command line: answers, refusals that name row and column, nothing half
written.
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.pass_rates import Asked, Question, audit_table, auditing
from verified_grpo.audit.pass_rates.columns import choose
from verified_grpo.audit.pass_rates.rates import grouped, prompts, rates_of
from verified_grpo.audit.pass_rates.tables import open_table
from verified_grpo.checker import Outcome
from verified_grpo.checker.tables import check_table
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast, Parameters
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor import ConvergesToCycle, Monotone, limit
from verified_grpo.rigor.sequences.passage import Passage, passage

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "examples" / "pass_rates"
COUNTS = SAMPLES / "counts.csv"
PAPER = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"))
VARIANT = ("--beta", "5", "--eps", "1e-5")


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["audit", *words])
    return int(str(end.value.code))


def certified(path: Path) -> list[dict[str, str]]:
    return pl.read_csv(path, infer_schema=False).to_dicts()


def test_every_row_comes_back_with_its_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "audited.csv"
    assert run("--pass-rates", str(COUNTS), *VARIANT, "--out", str(out)) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    assert "guessed" in text
    assert "?" not in text
    rows = certified(out)
    assert [row["prompt"] for row in rows] == list("abcdef")
    assert [row["certified_verdict"] for row in rows].count("absorbing") == 2
    assert rows[0]["certified_note"] == "no success seen"
    assert (rows[0]["certified_p_high"], rows[4]["certified_p_low"]) == ("0.0", "1.0")
    for row in rows:
        if row["certified_verdict"] != "absorbing":  # a verdict without its bracket was a defect once
            box = Parameters.of(beta="5", eps="1e-5", p_ref=row["certified_p_ref"])
            outcome = limit(Contrast("mean-var"), box, digits=25)
            assert isinstance(outcome, Monotone | ConvergesToCycle)
            point = outcome.limit if isinstance(outcome, Monotone) else outcome.points[0]
            low, high = (exact(row[f"certified_logit_{end}"]) for end in ("low", "high"))
            assert low <= point.logit[0] <= point.logit[1] <= high
            p = exact(point.p[0]), exact(point.p[1])
            gain = p[0] - exact(row["certified_p_ref"]), p[1] - exact(row["certified_p_ref"])
            for name, ends in (("p", p), ("gain", gain)):
                assert exact(row[f"certified_{name}_low"]) <= ends[1]
                assert exact(row[f"certified_{name}_high"]) >= ends[0]
            assert exact(row["certified_p_high"]) - exact(row["certified_p_low"]) < exact("1e-13")
    assert (tmp_path / "audited.md").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "audited-figures",
        "audited.csv",
        "audited.csv.certificate.json",
        "audited.md",
    ]


def test_the_forms_say_the_same(tmp_path: Path) -> None:
    for suffix in ("csv", "jsonl", "parquet"):
        audit_table(COUNTS, PAPER, out=tmp_path / f"a.{suffix}")
    frame = pl.read_parquet(tmp_path / "a.parquet")
    assert frame.to_dicts() == [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert frame.schema["k"] == pl.Int64
    assert frame["certified_p_low"].to_list() == [
        float(row["certified_p_low"]) for row in certified(tmp_path / "a.csv")
    ]
    for source in ("a.csv", "a.jsonl", "a.parquet"):  # what was audited cannot be audited by mistake again
        with pytest.raises(InputError, match="certified_"):
            audit_table(tmp_path / source, PAPER)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("t.csv", "prompt,reward\na,1\nb,0\na,0\na,0\n", ()),
        ("t.csv", "who,ok\na,1\nb,0\na,0\na,0\n", ("--reward", "ok", "--prompt", "who")),
        ("t.jsonl", '{"prompt": "a", "reward": true}\n{"prompt": "b", "reward": false}\n'
                    '{"prompt": "a", "reward": false}\n\n{"prompt": "a", "reward": false}\n', ()),
        ("t.csv", "id,Pass_Rate\n1,1/3\n2,0\n", ()),
        ("t.csv", "id,hits\n1,1\n2,0\n", ("--k", "hits", "--n", "3")),
        ("t.csv", "id,hits,of,k,n\n1,1,3,9,9\n2,0,3,9,9\n", ("--k", "hits", "--n", "of")),
        ("t.csv", "id,rate\n1,0.333\n2,0\n", ("--n", "3")),
        ("t.jsonl", '{"k": 1, "n": "3", "x": [1]}\n{"k": 0.0, "n": 3}\n', ()),
    ],
)  # fmt: skip
def test_the_same_rates_however_they_are_written(
    name: str, text: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    out = tmp_path / "out.parquet"
    assert run("--pass-rates", str(tmp_path / name), *VARIANT, *words, "--out", str(out)) == 0
    assert pl.read_parquet(out)["certified_p_ref"].to_list() == ["1/3", "0"]


def test_parquet_keeps_its_types_and_refuses_binary_fractions(tmp_path: Path) -> None:
    path, out = tmp_path / "t.parquet", tmp_path / "o.parquet"
    frame = pl.DataFrame(
        {"uid": [7, 8], "k": [1.0, 2.0], "n": [4, 4], "acc": [0.25, 0.5], "tags": [["x"], []]}
    )
    frame.write_parquet(path)
    audit_table(path, PAPER, out=out)
    assert pl.read_parquet(out).select(frame.columns).equals(frame)
    with pytest.raises(InputError, match="lists"):
        audit_table(path, PAPER, out=tmp_path / "o.csv")
    frame.select("uid", "acc").write_parquet(path)
    with pytest.raises(InputError, match="binary fractions"):
        audit_table(path, PAPER)
    assert run("--pass-rates", str(path), *VARIANT, "--n", "4") == 0


TOKENS = [b"", b'"', b",", b"\n", b"\0", b"\xff", b"{", b"1e400", b"-1", b"nan", b"9" * 30, b"true", b"[[1]]"]
BAD = [
    ("t.csv", "", "is empty"),
    ("t.csv", "k,n\n", "no rows"),
    ("t.csv", "a,b\n1,2\n", "no column of pass rates"),
    ("t.csv", "k\n1\n", "no column of pass rates"),
    ("t.csv", "k,n\n1,2\n3,2\n", "row 2: k must not exceed n: 3 of 2"),
    ("t.csv", "k,n\n1,2\n1,2\n-1,2\n", "row 3: k must not be negative"),
    ("t.csv", "k,n\n1,2\n1,0\n", "row 2: n must be"),
    ("t.csv", "k,n\nNaN,2\n", "row 1: column k"),
    ("t.csv", "k,n\n1,2\n,2\n", "row 2: column k is empty"),
    ("t.csv", "k,n\n1,2\nabc,2\n", "row 2: column k"),
    ("t.csv", "k,n\n1,2\n1.5,2\n", "row 2: column k must hold integers, not 1.5"),
    ("t.csv", "k,n\n1,2\n1,2,3\n", "row 2 has 3 fields"),
    ("t.csv", "k,n\n1,99999999999\n", "row 1: n must be"),
    ("t.csv", "rate\n0.5\n1.25\n", "row 2: column rate must lie in .0, 1., not 1.25"),
    ("t.csv", "rate\n0.5\nnan\n", "row 2: column rate"),
    ("t.csv", "rate,acc\n0.5,1\n", "could all be rates"),
    ("t.csv", "prompt,reward\na,1\na,x\n", "row 2: column reward: 'x' is not a number"),
    ("t.csv", "prompt,reward\na,1\n,1\n", "row 2: column prompt is empty"),
    ("t.csv", "reward\n1\n", "--prompt"),
    ("t.csv", "k,n,certified_p_low\n1,2,3\n", "certified_p_low"),
    ("t.jsonl", '{"k": 1, "n": 2}\n{"k": 1\n', "line 2 is not JSON"),
    ("t.jsonl", '{"k": 1, "n": 2}\n[1]\n', "line 2 is not an object"),
    ("t.jsonl", '{"k": 1, "n": 2}\n{"k": NaN, "n": 2}\n', "row 2: column k"),
    ("t.jsonl", '{"k": 1, "n": 2}\n{"k": true, "n": 2}\n', "row 2: column k"),
    ("t.jsonl", '{"k": 1, "n": 2}\n{"k": {"a": 1}, "n": 2}\n', "row 2: column k"),
    ("t.jsonl", '{"k": 1, "n": 2}\n{"n": 2}\n', "row 2: column k is empty"),
    ("t.jsonl", "\n\n", "no column"),
    ("t.parquet", "PAR1 this is not one", "cannot read"),
    ("t.xlsx", "k,n\n1,2\n", "must end in"),
]


@pytest.mark.parametrize(("name", "text", "said"), BAD)
def test_bad_tables_are_refused_with_row_and_column(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text)
    assert run("--pass-rates", str(tmp_path / name), *VARIANT, "--out", str(tmp_path / "o.csv")) == 64
    error = capsys.readouterr().err
    assert re.search(said, error), error
    assert len(error.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_bytes_that_are_no_text_and_a_parquet_cut_short(tmp_path: Path) -> None:
    latin, cut = tmp_path / "t.csv", tmp_path / "t.parquet"
    latin.write_bytes(b"prompt,k,n\n\xe9t\xe9,1,2\n")
    pl.DataFrame({"k": [1] * 1000, "n": [2] * 1000}).write_parquet(cut)
    whole = cut.read_bytes()
    cut.write_bytes(whole[: len(whole) // 2] + whole[-200:])
    for path in (latin, cut):
        with pytest.raises(InputError, match="cannot read"):
            audit_table(path, PAPER, out=tmp_path / "o.csv")
    assert not (tmp_path / "o.csv").exists()


def test_mangled_files_are_read_or_refused(tmp_path: Path) -> None:
    """Whatever stands in a file: a number of prompts, or an error of the suite's own."""
    random, frame = Random(5), pl.DataFrame({"prompt": ["a", "b", "c"], "k": [1, 2, 3], "n": [8, 8, 8]})
    for suffix in ("csv", "jsonl", "parquet"):
        path = tmp_path / f"t.{suffix}"
        getattr(frame, {"jsonl": "write_ndjson"}.get(suffix, f"write_{suffix}"))(path)
        whole = path.read_bytes()
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(random.randint(1, 3)):
                place = random.randrange(len(data))
                data[place : place + random.randint(0, 2)] = random.choice(TOKENS)
            path.write_bytes(data)
            with contextlib.suppress(InputError):
                table = open_table(path)
                columns = choose(table.names, Asked())
                for window in prompts(table, columns, 2):
                    rates = rates_of(window, grouped(columns), reduced=True)
                    assert all(0 <= k <= n for k, n in rates.distinct)


def test_a_parquet_with_a_hole_is_not_taken_for_a_shorter_one(tmp_path: Path) -> None:
    """Polars' reader ends without an error where a thread of its own has failed."""
    path = tmp_path / "t.parquet"
    frame = pl.DataFrame({"k": list(range(3000)), "n": [4000] * 3000})
    frame.write_parquet(path, row_group_size=1000, compression="uncompressed")
    whole = path.read_bytes()
    footer = int.from_bytes(whole[-8:-4], "little") + 8
    path.write_bytes(whole[: len(whole) - footer - 2000] + whole[-footer:])
    with pytest.raises(InputError, match="cannot read"):
        audit_table(path, PAPER, out=tmp_path / "o.csv")
    assert [left.name for left in tmp_path.iterdir()] == ["t.parquet"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--k", "hits"), "no column 'hits'"),
        (("--k", "k", "--rate", "n"), "different things"),
        (("--confidence", "1"), "confidence"),
        (("--confidence", "95"), "confidence"),
        (("--confidence", "-0.5"), "confidence"),
        (("--alpha", "0"), "alpha above 0"),
        (("--beta", "-1"), "beta must not be less than 0"),
        (("--target", "1"), "target"),
        (("--target", "half"), "half"),
        (("--inner-steps", "2"), "--inner-steps belongs to --step-size"),
        (("--step-size", "0"), "step size must be greater than 0"),
        (("--step-size", "0.3"), "step size times beta must be at most 1"),
        (("--step-size", "0.1:0.2"), "one step size, not a range"),
        (("--step-size", "0.1", "--inner-steps", "0"), "inner steps must be from 1 to 100"),
        (("--jobs", "0"), "--jobs"),
        (("--property", "contraction"), "--property"),
        (("--out", "o.txt"), "must end in"),
        (("--out", "counts.csv"), "overwrite"),
        (("--out", "link.csv"), "overwrite"),
    ],
)
def test_what_is_asked_wrongly(
    words: tuple[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.csv").write_bytes(COUNTS.read_bytes())
    (tmp_path / "link.csv").symlink_to("counts.csv")
    assert run("--pass-rates", "counts.csv", *VARIANT, *words) == 64
    assert said in capsys.readouterr().err
    assert (tmp_path / "counts.csv").read_bytes() == COUNTS.read_bytes()


@pytest.mark.parametrize("more", [(), ("--step-size", "0.02")])
@pytest.mark.parametrize("beta", ["0", "1"])
def test_a_contrast_of_one_s_own_is_audited(
    beta: str, more: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """By what needs no fact of its shape; without KL any steps lead to 1, whatever the contrast."""
    words = ("--pass-rates", str(COUNTS), "--eps", "1e-3", "--omega", "1/(p + eps)", "--beta", beta)
    assert run(*words, *more, "--out", str(tmp_path / "own.csv")) == 0
    assert "contrast 1 / (p + eps)" in capsys.readouterr().out
    assert check_table(tmp_path / "own.csv").outcome is Outcome.ACCEPTED


def test_a_contrast_without_a_bound_is_left_undecided(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--pass-rates", str(COUNTS), "--eps", "1e-3", "--omega", "1/p", "--beta", "1")
    assert run(*words) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert "is not known to be bounded" in captured.err


def test_files_that_are_none(tmp_path: Path) -> None:
    for name in ("folder.csv", "folder.parquet", "folder.jsonl"):
        (tmp_path / name).mkdir()
        with pytest.raises(InputError, match="cannot read"):
            audit_table(tmp_path / name, PAPER)
    with pytest.raises(InputError, match="cannot read"):
        audit_table(tmp_path / "missing.csv", PAPER)
    (tmp_path / "o.csv").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        audit_table(COUNTS, PAPER, out=tmp_path / "o.csv")
    with pytest.raises(InputError, match="cannot write"):
        audit_table(COUNTS, PAPER, out=Path("/proc/none/o.csv"))


def test_rates_beyond_doubles(tmp_path: Path) -> None:
    """Exact however long, however near to 0 or 1; Arb answers where doubles end."""
    near, far = "0." + "9" * 40, "1e-400"
    (tmp_path / "t.csv").write_text(f"id,rate\na,{near}\nb,{far}\nc,{'1' * 30}/{'3' * 30}\nd,0.0\n")
    audit_table(tmp_path / "t.csv", PAPER, out=tmp_path / "o.csv")
    rows = certified(tmp_path / "o.csv")
    assert exact(rows[0]["certified_p_ref"]) == exact(near)
    assert exact(rows[1]["certified_p_ref"]) == exact(far)
    assert rows[2]["certified_p_ref"] == "1/3"
    assert [row["certified_verdict"] for row in rows] == ["rises", "rises", "rises", "absorbing"]
    assert {row["certified_exact"] for row in rows} == {"same"}
    low, high = (float(rows[1][f"certified_logit_{end}"]) for end in ("low", "high"))
    assert -922 < low <= high < -850
    assert float(rows[0]["certified_one_minus_p_high"]) < 1e-39


def test_columns_are_for_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--property", "contraction", *VARIANT, "--p-ref", "0.1", "--k", "hits") == 64
    assert "--k cannot be combined" in capsys.readouterr().err
    assert run("--config", str(ROOT / "examples" / "configurations" / "trl.yaml"), "--n", "8") == 64
    assert "--n cannot be combined" in capsys.readouterr().err


def test_a_rate_without_a_sample_has_no_interval(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("rate\n0.5\n")
    question = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"), confidence=exact("0.9"))
    with pytest.raises(InputError, match="--n"):
        audit_table(tmp_path / "t.csv", question)


def test_small_steps_keep_the_order_of_the_prompts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Solved exactly, prompts solved 1 in 1,000 and 1 in 100 jump to 1, past the easier one, 2 in 100."""
    table, out = tmp_path / "t.csv", tmp_path / "o.csv"
    table.write_text("prompt,k,n\nhard,1,1000\nmiddle,1,100\neasy,2,100\n")
    words = ("--pass-rates", str(table), "--beta", "1", "--eps", "1e-5", "--out", str(out))
    assert run(*words, "--json") == 0
    payload = json.loads(capsys.readouterr().out)
    assert (payload["at_risk"], payload["held_back"]) == (0, 3)
    assert payload["exact"] == {"another fixed point": 2, "same": 1}
    rows = certified(out)
    limits = [float(row["certified_p_low"]) for row in rows]
    assert limits == sorted(limits)
    assert [round(limit, 4) for limit in limits] == [0.0611, 0.1462, 0.1995]
    assert {row["certified_note"] for row in rows} == {"held back below 1/2"}
    assert [row["certified_exact"] for row in rows] == ["another fixed point"] * 2 + ["same"]
    assert float(rows[0]["certified_exact_p_low"]) > 0.999
    assert [row["certified_largest_step"][:5] for row in rows] == ["0.060", "0.168", "0.225"]
    assert run(*words, "--target", "0.19") == 0
    assert [row["certified_note"] for row in certified(out)] == ["held back below 0.19"] * 2 + [None]
    text = capsys.readouterr().out
    assert "1 of 3 prompts end at a success rate of 0.19 or above" in text.replace("\n", " ")
    assert "A ceiling, not a forecast" in text


def test_a_cycle_of_the_step_asked_about_is_told_by_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,rate\na,0.001\nb,0.5\n")
    out = tmp_path / "o.csv"
    words = ("--pass-rates", str(tmp_path / "t.csv"), "--eps", "1e-5", "--out", str(out))
    assert run(*words, "--beta", "4") == 0
    first = certified(out)[0]
    assert (first["certified_verdict"], first["certified_exact"]) == ("rises", "cycle")
    assert float(first["certified_p_high"]) < float(first["certified_exact_p_high"])
    assert run(*words, "--beta", "4", "--step-size", "1/4", "--format", "html") == 1  # one whole step
    first = certified(out)[0]
    assert (first["certified_verdict"], first["certified_period"]) == ("cycle", "2")
    assert "some swing" in (tmp_path / "o.html").read_text()
    assert run(*words, "--beta", "4", "--step-size", "1/40") == 0
    assert certified(out)[0]["certified_verdict"] == "rises"


def test_an_interval_down_to_0_is_decided_by_small_steps_alone(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,k,n\na,0,8\nb,4,8\n")
    out = tmp_path / "o.csv"
    words = ("--pass-rates", str(tmp_path / "t.csv"), "--eps", "1e-5", "--beta", "4", "--confidence", "0.9")
    assert run(*words, "--out", str(out)) == 0
    first = certified(out)[0]
    assert (first["certified_verdict"], first["certified_exact"]) == ("rises", "undecided")
    assert (first["certified_p_low"], first["certified_note"]) == ("0.0", "no success seen")
    assert run(*words, "--out", str(out), "--step-size", "1/4") == 2  # p_ref may be as small as it likes
    assert certified(out)[0]["certified_verdict"] == "undecided"
    assert certified(out)[0]["certified_p_low"] is None


def test_without_kl_every_prompt_rises_to_1_and_the_steps_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "o.csv"
    words = ("--pass-rates", str(COUNTS), "--beta", "0", "--eps", "1e-5", "--out", str(out))
    assert run(*words) == 0
    assert "nothing holds a prompt back" in capsys.readouterr().out
    assert [row["certified_p_low"] for row in certified(out)] == ["0.0", *["1.0"] * 5]
    assert run(*words, "--step-size", "0.01", "--inner-steps", "2", "--target", "0.9", "--json") == 0
    payload = json.loads(capsys.readouterr().out)
    rows = [row for row in certified(out) if row["certified_steps_low"] is not None]
    assert payload["steps"] == [
        min(int(row["certified_steps_low"]) for row in rows),
        max(int(row["certified_steps_high"]) for row in rows),
    ]
    for row in rows:  # by Arb, one prompt at a time
        box = StepParameters.of(beta=0, eps="1e-5", p_ref=row["certified_p_ref"])
        found = passage(Contrast("mean-var"), Update.of("0.01", 2).recursion(box), "0.9")
        assert isinstance(found, Passage)
        assert found.steps == (int(row["certified_steps_low"]), int(row["certified_steps_high"]))


SAME_CODE = """
from verified_grpo.audit.pass_rates import auditing
from verified_grpo.cli import main
auditing.fingerprint = lambda: "the same code"
main()
"""


def test_a_full_disk_leaves_no_table_and_loses_no_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit on the size of files stands in for the disk; parts are packed, the CSV is not."""
    out, table = tmp_path / "o.csv", tmp_path / "t.csv"
    rows = "".join(f"a prompt with a long name,{k % 9},8\n" for k in range(2000))
    table.write_text("prompt,k,n\n" + rows)
    command = [sys.executable, "-c", SAME_CODE, "audit", "--pass-rates", str(table), *VARIANT]
    monkeypatch.setattr(auditing, "fingerprint", lambda: "the same code")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    ended = subprocess.run(
        [*command, "--out", str(out)], capture_output=True, text=True, preexec_fn=small, cwd=ROOT, check=False
    )
    assert ended.returncode == 74, ended.stderr
    assert "cannot write" in ended.stderr
    left = [path.name for path in tmp_path.iterdir() if path != table]
    assert len(left) == 1
    assert left[0].endswith(".unfinished")
    assert (tmp_path / left[0] / "000000.parquet").exists()
    stamp = (tmp_path / left[0] / "000000.parquet").stat().st_mtime_ns

    def kept(audited: object) -> None:
        assert (tmp_path / left[0] / "000000.parquet").stat().st_mtime_ns == stamp

    audit_table(table, PAPER, out=out, then=kept)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.csv", "o.csv.certificate.json", "t.csv"]
    assert len(certified(out)) == 2000


def _commands(page: Path) -> Iterator[str]:
    for line in page.read_text().splitlines():
        if line.startswith("    verified-grpo "):
            yield line.strip()


def test_the_manuals_commands_at_scale_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the page on pass rates are among what a new reader types, in tests/manual."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    commands = list(_commands(ROOT / "docs" / "scale.md"))
    assert commands
    for command in commands:
        words = shlex.split(command)[1:]
        if words[0] == "check":  # of a table that a command above has written
            with pytest.raises(SystemExit) as end:
                main(words)
            said = capsys.readouterr().out
            assert end.value.code == 0, said
            continue
        assert run(*words[1:]) in (0, 1, 2), capsys.readouterr().err
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


HOSTILE = "<script>alert(1)</script>|`#set[/bold] $x$ \x1b[31m"


def test_a_hostile_name_commands_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "[red]t.csv"
    pl.DataFrame({"prompt": [HOSTILE, "b"], "k": [0, 1], "n": [8, 8]}).write_csv(path)
    for form in ("md", "html", "pdf"):
        words = ("--out", str(tmp_path / "o.csv"), "--format", form)
        assert run("--pass-rates", str(path), *VARIANT, *words) == 0
        text = capsys.readouterr().out
        assert "\x1b" not in text
        assert "<script>alert(1)" in text
        assert "[red]t.csv" in text
    assert "<script>alert" not in (tmp_path / "o.html").read_text()
    assert "<script>" not in (tmp_path / "o.md").read_text().replace("`<script>", "")
    assert certified(tmp_path / "o.csv")[0]["prompt"] == HOSTILE


@examples(15)
@given(st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1))
def test_rates_are_exact_in_every_form(rows: list[tuple[int, int]]) -> None:
    expected = [Fraction(k, n) for k, n in rows]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        frame = pl.DataFrame(rows, schema=["k", "n"], orient="row")
        frame.write_csv(folder / "a.csv")
        frame.write_parquet(folder / "a.parquet")
        frame.write_ndjson(folder / "a.jsonl")
        (folder / "r.csv").write_text("x,rate\n" + "".join(f"{i},{k}/{n}\n" for i, (k, n) in enumerate(rows)))
        rewards = [f"{i},{int(j < k)}\n" for i, (k, n) in enumerate(rows) for j in range(n)]
        (folder / "w.csv").write_text("prompt,reward\n" + "".join(rewards))
        for path in sorted(folder.iterdir()):
            table = open_table(path)
            columns = choose(table.names, Asked())
            found: list[Fraction] = []
            for window in prompts(table, columns, 7):
                rates = rates_of(window, grouped(columns), reduced=True)
                found += [Fraction(*rates.distinct[code]) for code in rates.codes]
            assert found == expected, path.name


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--pass-rates", str(COUNTS), *VARIANT, "--json") == 0
    payload = json.loads(capsys.readouterr().out)
    assert payload["prompts"] == sum(payload["verdicts"].values()) == 6
    assert payload["columns"] == ["k", "n"]
    assert payload["distinct_rates"] == 5


def test_a_configuration_gives_the_variant(tmp_path: Path) -> None:
    """Also one with k3 in the loss, whose fixed points the arrays do not know."""
    for name, code in (("openrlhf.sh", 0), ("trl.yaml", 0), ("trl-default.json", 0)):
        out = tmp_path / "o.csv"
        config = str(ROOT / "examples" / "configurations" / name)
        assert run("--pass-rates", str(COUNTS), "--config", config, "--out", str(out)) == code
        if not code:
            assert all(row["certified_p_low"] for row in certified(out))
            out.unlink()
