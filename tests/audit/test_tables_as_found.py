"""Tables as they are found: names given twice, marks, steps, many columns, growth while they are read; and
parts of unfinished work that a disk or somebody else changed."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import polars as pl
import pytest

from verified_grpo.audit.pass_rates import Asked, Question, audit_table, auditing
from verified_grpo.audit.pass_rates.columns import choose
from verified_grpo.audit.pass_rates.tables import open_table
from verified_grpo.cli import main
from verified_grpo.errors import FileError, InputError
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast
from verified_grpo.work.store import Store, Unit

PAPER = Question(Contrast("mean-var"), exact("5"), exact("1e-5"))
VARIANT = ("--beta", "5", "--eps", "1e-5")
STEPS = (
    '{"step":0,"uid":"u0","reward":0}\n{"step":0,"uid":"u0","reward":0}\n'
    '{"step":2,"uid":"u0","reward":1}\n{"step":2,"uid":"u0","reward":1}\n'
)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.csv", "prompt,k,k,n\na,1,3,8\n", "column 'k' is given twice"),
        ("t.csv", 'prompt,k,"k",n\na,1,3,8\n', "column 'k' is given twice"),
        ("t.csv", "\ufeffk,n,k\n1,8,3\n", "column 'k' is given twice"),
        ("t.jsonl", '{"k":1,"n":8}\n{"k":1,"n":8,"k":3}\n', "line 2: key 'k' is given twice"),
        ("t.jsonl", '{"k":1,"n":8,"more":{"a":1,"a":2}}\n', "line 1: key 'a' is given twice"),
    ],
)
def test_a_name_given_twice_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=said):
        audit_table(tmp_path / name, PAPER)


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path, name: str) -> None:
    text = {"t.csv": "k,n\n1,8\n", "t.jsonl": '{"k":1,"n":8}\n'}[name]
    (tmp_path / name).write_text("\ufeff" + text)
    assert open_table(tmp_path / name).names == ["k", "n"]
    assert audit_table(tmp_path / name, PAPER).tally.prompts == 1


def test_steps_of_a_run_are_not_pooled(tmp_path: Path) -> None:
    """Only the reference policy's rows show p_ref: the later ones are the run."""
    (tmp_path / "t.jsonl").write_text(STEPS)
    with pytest.raises(InputError, match=r"several steps.*--step 0"):
        audit_table(tmp_path / "t.jsonl", PAPER)
    for step, rate in (("0", "0"), ("2", "1")):
        audit_table(tmp_path / "t.jsonl", PAPER, asked=Asked(step=step), out=tmp_path / "o.csv")
        (row,) = pl.read_csv(tmp_path / "o.csv", infer_schema=False).iter_rows(named=True)
        assert (row["n"], row["certified_p_ref"]) == ("2", rate)
    with pytest.raises(InputError, match="of step 7: the table has no rows"):
        audit_table(tmp_path / "t.jsonl", PAPER, asked=Asked(step="7"))
    (tmp_path / "n.csv").write_text("k,n\n1,8\n")
    with pytest.raises(InputError, match="no column of training steps"):
        audit_table(tmp_path / "n.csv", PAPER, asked=Asked(step="0"))


def test_steps_of_counts_are_not_pooled_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text("id,global_step,k,n\na,10,1,8\nb,10,2,8\na,20,9,8\nb,20,8,8\n")
    words = ["audit", "--pass-rates", str(path), *VARIANT, "--out", str(out)]
    for more, code in (([], 64), (["--step", "10"], 0), (["--step", "20"], 64)):
        with pytest.raises(SystemExit) as end:
            main([*words, *more])
        assert end.value.code == code, capsys.readouterr()
    assert "of global_step 20: row 1: k must not exceed n" in capsys.readouterr().err
    assert pl.read_csv(out)["certified_p_ref"].to_list() == ["1/8", "1/4"]
    path.write_text("id,step,k,n\na,10,1,8\nb,10,2,8\n")  # one step only: nothing to ask
    assert audit_table(path, PAPER).tally.prompts == 2


def test_many_columns_do_not_cost_their_square(tmp_path: Path) -> None:
    """Ten times the columns cost about ten times as much; of the square it would be a hundred times."""

    def seconds(columns: int) -> float:
        path = tmp_path / f"{columns}.csv"
        names, values = ",".join(f"c{i}" for i in range(columns)), ",".join("x" * columns)
        path.write_text(f"id,k,n,{names}\n" + "".join(f"{j},{j},8,{values}\n" for j in range(8)))
        before = time.process_time()
        audit_table(path, PAPER, out=tmp_path / "o.csv")
        return time.process_time() - before

    seconds(10)
    assert seconds(8000) < 40 * max(seconds(800), 0.2)
    assert pl.read_csv(tmp_path / "o.csv").width > 800


def test_a_table_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "t.csv", choose
    path.write_text("k,n\n1,8\n2,8\n")

    def growing(*words: object) -> object:
        with path.open("a") as stream:
            stream.write("3,8\n")
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(auditing, "choose", growing)
    with pytest.raises(FileError, match="changed while it was read") as error:
        audit_table(path, PAPER, out=tmp_path / "o.csv")
    assert error.value.exit_code == 74
    assert [left.name for left in tmp_path.iterdir()] == ["t.csv"]


# --- unfinished work


@pytest.fixture
def left_off(tmp_path: Path) -> tuple[Path, Path, bytes, Path]:
    """A table, its output, what the output holds in the end, and the folder of a run that was broken off."""
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text("prompt,k,n\n" + "".join(f"a{k},{k},8\n" for k in range(9)))
    audit_table(path, PAPER, out=out)
    whole = out.read_bytes()
    out.unlink()

    def breaks(audited: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit_table(path, PAPER, out=out, then=breaks)
    out.unlink()
    (folder,) = tmp_path.glob(".*.unfinished")
    return path, out, whole, folder


def test_a_flipped_bit_of_a_part_never_reaches_the_table(left_off: tuple[Path, Path, bytes, Path]) -> None:
    """That every bit of it is noticed is tested with the store; here a sample goes to the end."""
    path, out, whole, folder = left_off
    assert folder.stat().st_mode & 0o777 == 0o700
    part, chance = folder / "000000.parquet", random.Random(7)
    good = {file: file.read_bytes() for file in (part, folder / "000000.parquet.label")}
    solved: list[int] = []

    class Stops(Exception):
        pass

    def keeps(audited: object) -> None:
        raise Stops

    for flip in range(24):
        for file, data in good.items():
            file.write_bytes(data)
        victim = list(good)[flip % 2]
        flipped = bytearray(good[victim])
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        victim.write_bytes(flipped)
        with pytest.raises(Stops):
            audit_table(path, PAPER, out=out, then=keeps)
        assert out.read_bytes() == whole
        assert part.read_bytes() == good[part]
        solved.append(flip)
    assert len(solved) == 24


def test_a_part_of_other_rows_is_computed_again(left_off: tuple[Path, Path, bytes, Path]) -> None:
    """Even with a label of its own: its rows are held against those of the table."""
    path, out, whole, folder = left_off
    part, label = folder / "000000.parquet", folder / "000000.parquet.label"
    question = json.loads(label.read_bytes())["question"]
    store = Store(folder, None)
    store.question = question
    frame = pl.read_parquet(part)
    for forged in (frame.reverse(), frame[:5], frame.with_columns(pl.lit("b").alias("prompt"))):
        forged.write_parquet(part)
        unit = Unit(part.read_bytes(), len(forged), auditing._schema(forged))
        store.put(part.name, unit)
        assert store.get(part.name) == unit

        def keeps(audited: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            audit_table(path, PAPER, out=out, then=keeps)
        assert out.read_bytes() == whole


def test_a_folder_that_others_may_write_into_is_not_used(left_off: tuple[Path, Path, bytes, Path]) -> None:
    path, out, _, folder = left_off
    folder.chmod(0o770)
    with pytest.raises(InputError, match="is not used"):
        audit_table(path, PAPER, out=out)
    assert not out.exists()


def test_a_part_that_changes_before_the_end_is_not_published(
    left_off: tuple[Path, Path, bytes, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out, whole, folder = left_off
    part, real = folder / "000000.parquet", auditing._Work.write

    def later(work: object, to: Path) -> None:
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 1
        part.write_bytes(data)
        real(work, to)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(auditing._Work, "write", later)
        with pytest.raises(FileError, match="run it again"):
            audit_table(path, PAPER, out=out)
    assert not out.exists()
    audit_table(path, PAPER, out=out)
    assert out.read_bytes() == whole


def test_the_output_is_tested_before_the_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("k,n\n9,8\n")  # a bad row, which would be told later
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="cannot write"):
        audit_table(tmp_path / "t.csv", PAPER, out=tmp_path / "file" / "o.csv")


def test_a_link_to_a_table_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("k,n\n1,8\n")
    (tmp_path / "there").mkdir()
    (tmp_path / "o.csv").symlink_to("there/real.csv")
    before = os.umask(0o027)
    try:
        audit_table(tmp_path / "t.csv", PAPER, out=tmp_path / "o.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "o.csv").is_symlink()
    assert (tmp_path / "there" / "real.csv").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["real.csv"]
