"""Logs of runs: each shape gives the same log; what is no log is refused in one sentence."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.audit.runs.changes import Counts
from verified_grpo.audit.runs.log import Log
from verified_grpo.audit.runs.reading import Named, read_log
from verified_grpo.audit.runs.rewards import said, successes
from verified_grpo.errors import FileError, InputError

from .runs_drawn import as_csv, as_open_instruct, as_trl, as_verl, drawn

ROWS = list(drawn([-1.0, 0.5], 12, 4, 0.2))


def counted(log: Log) -> list[list[tuple[int, int, int]]]:
    return [[(v.step, v.counts.k, v.counts.n) for v in visits] for visits in log.prompts.values()]


def by_hand() -> list[list[tuple[int, int, int]]]:
    """From the rows, by brute force."""
    return [
        [
            (s, sum(r for t, q, r in ROWS if (t, q) == (s, p)), sum((t, q) == (s, p) for t, q, _ in ROWS))
            for s in range(1, 13)
        ]
        for p in ("p0", "p1")
    ]


@pytest.mark.parametrize("shape", ["csv", "verl", "open-instruct", "trl"])
def test_every_shape_gives_the_same_log(shape: str, tmp_path: Path) -> None:
    path = {
        "csv": lambda: as_csv(tmp_path / "log.csv", ROWS),
        "verl": lambda: as_verl(tmp_path, ROWS),
        "open-instruct": lambda: as_open_instruct(tmp_path / "log.jsonl", ROWS),
        "trl": lambda: as_trl(tmp_path, ROWS),
    }[shape]()
    log = read_log([path], Named())
    assert counted(log) == by_hand()
    assert (log.steps, log.group_size, log.starts_at_the_reference) == ((1, 12), 4, True)
    first = next(iter(log.prompts))
    assert log.p_ref(first) == log.prompts[first][0].counts


def test_folders_are_read_in_the_order_of_the_numbers(tmp_path: Path) -> None:
    log = read_log([as_verl(tmp_path, ROWS)], Named())  # 1.jsonl, 10.jsonl, 11.jsonl, ..., 2.jsonl
    assert [v.step for v in log.prompts["p0"]] == list(range(1, 13))


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({"0", "1"}, {"1"}),
        ({"-1.0", "1.0"}, {"1.0"}),
        ({"0.1", "1.1"}, {"1.1"}),
        ({"true", "false"}, {"true"}),
        ({"Pass", "fail"}, {"Pass"}),
        ({"C", "I"}, {"C"}),
        ({"0", "0.0"}, set()),
        ({"1"}, {"1"}),
        ({"-1"}, set()),
    ],
)
def test_binary_rewards_in_any_clothes(values: set[str], right: set[str]) -> None:
    assert {text for text, success in successes(values).items() if success} == right


def test_what_is_taken_for_what_is_said() -> None:
    assert said(successes({"0", "1.0"})) == ""
    assert said(successes({"-1", "1"})) == "rewards: 1 is a success, -1 a failure"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pass", "1"}, "rewards of two kinds: 'pass' is a word, and others are numbers"),
        ({"0", "0.5", "1"}, r"3 different rewards \(0, 0.5, 1\)"),
        ({"0.7"}, "every reward is 0.7: whether that is a success is not known"),
        ({"maybe", "1"}, "'maybe' is no reward"),
        ({"nan", "1"}, "'nan' is no reward"),
    ],
)
def test_other_rewards_are_refused_by_name(values: set[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        successes(values)


BAD = {
    "no step": (
        "prompt,reward\na,1\n",
        "no steps: name their column with --step; there are 'prompt'",
    ),
    "no prompt": ("step,reward\n1,1\n", "no prompts: name their column with --prompt"),
    "no reward": ("step,prompt\n1,a\n", "no rewards: name their column with --reward"),
    "no rows": ("step,prompt,reward\n", "no row has a step, a prompt and a reward"),
    "out of order": (
        "step,prompt,reward\n2,a,1\n1,a,0\n",
        "row 2: step 1 comes after step 2 of the same",
    ),
    "twice": ("step,prompt,k,n\n1,a,1,2\n1,a,0,2\n", "row 2: step 1 is there twice for the prompt 'a'"),
    "no step number": ("step,prompt,reward\nx,a,1\n", "row 1: a step is a whole number, not 'x'"),
    "negative step": ("step,prompt,reward\n-1,a,1\n", "row 1: a step is a whole number, not '-1'"),
    "no counts": ("step,prompt,k,n\n1,a,1,x\n", "row 1: k and n are whole numbers, not '1/x'"),
    "too many": ("step,prompt,k,n\n1,a,3,2\n", "row 1: counts are k/n with 0 <= k <= n"),
    "empty first step": ("step,prompt,reward\n0,a,\n1,a,1\n", "step 0, the first, has rows and no reward"),
    "two kinds": ("step,prompt,reward\n1,a,1\n1,a,pass\n", "rewards of two kinds"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_log_is_refused(case: str, tmp_path: Path) -> None:
    text, words = BAD[case]
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(InputError) as refused:
        read_log([tmp_path / "log.csv"], Named())
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_files_and_folders_that_hold_no_log(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder has no file that ends in"):
        read_log([tmp_path], Named())
    with pytest.raises(FileError):
        read_log([tmp_path / "absent.csv"], Named())
    state = tmp_path / "trainer_state.json"
    state.write_text(json.dumps({"log_history": []}))
    with pytest.raises(InputError, match="means over batches and no prompts"):
        read_log([state], Named())


def test_a_trainer_s_state_is_told_beside_the_log(tmp_path: Path) -> None:
    state, path = tmp_path / "trainer_state.json", as_csv(tmp_path / "log.csv", ROWS)
    history = [{"step": s, "kl": 0.01 * s, "frac_reward_zero_std": 0.5, "loss": None} for s in range(1, 10)]
    state.write_text(json.dumps({"log_history": [*history, {"step": 10, "train_runtime": 1.0}]}))
    log = read_log([path, state], Named())
    assert counted(log) == by_hand()
    assert any("a KL of 0.09 at step 9, a mean over tokens" in sentence for sentence in log.read)
    assert any("50% of the groups without signal" in sentence for sentence in log.read)
    for text, words in (("{", "not JSON"), ("[]", "no list log_history"), ('{"log_history": 1}', "no list")):
        state.write_text(text)
        with pytest.raises(InputError, match=words):
            read_log([path, state], Named())
    with pytest.raises(FileError):
        read_log([path, tmp_path / "absent.json"], Named())


HISTORY = [(s, 0.01 * s, 2, 4) for s in range(1, 13)]
"""Step, KL, and the lengths of the shortest and the longest answer."""
METRICS = ("train/kl", "train/completions/min_length", "train/completions/max_length")


def exported(folder: Path, shape: str) -> list[Path]:
    """The same scalars as a trainer's state, and as W&B and TensorBoard export them."""
    if shape == "state":
        rows: list[dict[str, float]] = [
            {"step": s, "kl": kl, "completions/min_length": a, "completions/max_length": b}
            for s, kl, a, b in HISTORY
        ]
        (folder / "trainer_state.json").write_text(json.dumps({"log_history": rows}))
        return [folder / "trainer_state.json"]
    if shape == "wandb-csv":
        head = ",".join(f'"run-1 - {name}","run-1 - {name}__MIN","run-1 - {name}__MAX"' for name in METRICS)
        lines = [f"{s}," + ",".join(f"{x},{x},{x}" for x in values) for s, *values in HISTORY]
        (folder / "wandb.csv").write_text("\n".join(['"Step",' + head, *lines]) + "\n")
        return [folder / "wandb.csv"]
    if shape == "wandb-json":
        records = [
            {"_step": s, "_runtime": 1.0, **dict(zip(METRICS, values, strict=True))} for s, *values in HISTORY
        ]
        (folder / "history.json").write_text(json.dumps(records))
        return [folder / "history.json"]
    files = []
    for k, name in enumerate(METRICS, start=1):
        stem = f"run-.-tag-{name.replace('/', '_')}"
        if shape == "tensorboard-csv":
            files.append(folder / f"{stem}.csv")
            lines = [f"1700000000.5,{row[0]},{row[k]}" for row in HISTORY]
            files[-1].write_text("\n".join(["Wall time,Step,Value", *lines]) + "\n")
        else:
            files.append(folder / f"{stem}.json")
            files[-1].write_text(json.dumps([[1700000000.5, row[0], row[k]] for row in HISTORY]))
    return files


@pytest.mark.parametrize("shape", ["state", "wandb-csv", "wandb-json", "tensorboard-csv", "tensorboard-json"])
def test_a_logged_kl_becomes_that_of_whole_answers_by_their_lengths(shape: str, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "log.csv", ROWS)
    log = read_log([path, *exported(tmp_path, shape)], Named())
    assert counted(log) == by_hand()
    assert log.logged is not None
    assert log.logged.by_token == pytest.approx(0.11)  # of steps 10, 11, 12
    assert log.logged.whole == pytest.approx((0.22, 0.44))


def test_a_kl_without_lengths_is_not_converted_and_alone_is_no_log(tmp_path: Path) -> None:
    path, files = as_csv(tmp_path / "log.csv", ROWS), exported(tmp_path, "tensorboard-csv")
    log = read_log([path, files[0]], Named())
    assert log.logged is not None
    assert log.logged.whole is None
    with pytest.raises(InputError, match="means over batches and no prompts"):
        read_log(files, Named())


def test_exports_that_are_not_read_say_what_to_export(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "log.csv", ROWS)
    events = tmp_path / "events.out.tfevents.1700000000.host.1.0"
    events.write_bytes(b"\x18\x00")
    with pytest.raises(InputError, match="event files are not read: export train/kl"):
        read_log([path, events], Named())
    two = tmp_path / "two.csv"
    two.write_text("Step,a - train/kl,b - train/kl\n1,0.1,0.2\n")
    with pytest.raises(InputError, match="a - train/kl and b - train/kl are two runs"):
        read_log([path, two], Named())
    below = tmp_path / "below.csv"
    below.write_text("Step,train/kl\n1,-0.1\n")  # another estimator: k1
    assert read_log([path, below], Named()).logged is None


def test_missing_rewards_are_written_in_several_ways(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("step,prompt,reward\n1,a,1\n1,a,null\n2,a,N/A\n2,a,0\n")
    log = read_log([tmp_path / "log.csv"], Named())
    assert "2 rows have no step, prompt or reward, and are left out" in log.read
    assert [v.counts.n for v in log.prompts["a"]] == [1, 1]


def test_the_same_step_in_two_files_is_refused(tmp_path: Path) -> None:
    first, second = as_csv(tmp_path / "a.csv", ROWS[:8]), as_csv(tmp_path / "b.csv", ROWS[:16])
    with pytest.raises(InputError, match="step 1 is in two files"):
        read_log([first, second], Named())


def test_several_reward_functions_ask_for_one(tmp_path: Path) -> None:
    as_trl(tmp_path, ROWS, format_reward=[0.5])
    with pytest.raises(InputError, match=r"several reward functions \(accuracy_reward, format_reward\)"):
        read_log([tmp_path], Named())
    assert counted(read_log([tmp_path], Named(reward="accuracy_reward"))) == by_hand()


def test_a_late_prompt_has_no_p_ref_and_a_late_log_has_none(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "log.csv", [*ROWS, (13, "late", 1), (14, "late", 0)])
    log = read_log([path], Named())
    assert (log.p_ref("late"), log.p_ref("p0") is None) == (None, False)
    assert log.group_size is None  # sizes are mixed
    later = read_log([as_csv(tmp_path / "later.csv", [(s + 99, p, r) for s, p, r in ROWS])], Named())
    assert (later.starts_at_the_reference, later.p_ref("p0")) == (False, None)


def test_a_table_of_the_reference(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "log.csv", ROWS)
    table = tmp_path / "reference.csv"
    table.write_text("prompt,k,n\np0,3,100\nelsewhere,1,2\n")
    log = read_log([path], Named(), table)
    assert (log.p_ref("p0"), log.p_ref("p1")) == (Counts(3, 100), None)
    rows = tmp_path / "samples.csv"
    rows.write_text("prompt,reward\np0,1\np0,0\np0,0\n")
    assert read_log([path], Named(), rows).p_ref("p0") == Counts(1, 3)


def test_rows_that_lack_something_are_counted(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("step,prompt,reward\n1,a,1\n1,,1\n2,a,\n2,a,0\n")
    log = read_log([tmp_path / "log.csv"], Named())
    assert "2 rows have no step, prompt or reward, and are left out" in log.read
    assert sum(Fraction(v.counts.k, v.counts.n) for v in log.prompts["a"]) == 1
