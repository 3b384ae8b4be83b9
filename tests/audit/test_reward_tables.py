"""Tables of rewards of any values: each prompt's samples as classes of answers, solved once, certified."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from verified_grpo.answers.classes import answer_classes
from verified_grpo.audit.reward_tables import AuditedRewards, RewardQuestion, audit_rewards
from verified_grpo.audit.reward_tables.sentences import answered, counted, means, read_from
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.rigor.classes.outcomes import Tilted

MEAN = RewardQuestion.of("mean", "0.5", "1e-4")
SAMPLES: dict[str, list[tuple[Any, int]]] = {
    "turns": [(0, 0)] * 4 + [("0.5", 1)] * 2 + [(1, 0)] * 2,
    "rises": [("0.1", 0), ("1.1", 1)],
    "nothing": [(0, 0), (0, 1)],
    "again": [(1, 0), (0, 0), ("0.50", 1), (0, 0)],
    "falls": [(-1, 1), (1, 0)],
}


def written(path: Path, header: str = "prompt,reward,correct") -> Path:
    rows = [f"{name},{r},{c}" for name, pairs in SAMPLES.items() for r, c in pairs]
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def audited(tmp_path: Path, **more: object) -> tuple[AuditedRewards, list[dict[str, str | None]]]:
    out = tmp_path / "o.csv"
    found = audit_rewards(written(tmp_path / "t.csv"), MEAN, out=out, **more)  # type: ignore[arg-type]
    return found, list(pl.read_csv(out, infer_schema=False).iter_rows(named=True))


def test_every_prompt_by_the_shares_of_its_samples(tmp_path: Path) -> None:
    found, rows = audited(tmp_path)
    assert [row["prompt"] for row in rows] == list(SAMPLES)
    assert [row["n"] for row in rows] == ["8", "2", "2", "4", "2"]
    assert [row["certified_course"] for row in rows] == ["turns", "rises", "stays", "turns", "falls"]
    assert [row["certified_change"] for row in rows] == ["loses", "gains", "stays", "loses", "loses"]
    assert found.prompts == 5
    assert found.distinct == 4, "0.50 is 0.5, and 2 of 4 are 4 of 8"
    assert rows[0]["certified_classes"] == rows[3]["certified_classes"]
    classes: list[tuple[str, int | str, int]] = [("1/2", 0, 0), ("1/4", "0.5", 1), ("1/4", 1, 0)]
    alone = answer_classes(classes, beta="0.5", eps="1e-4", contrast="mean")
    assert isinstance(alone, Tilted)
    assert alone.points[0].correct == (rows[0]["certified_correct_low"], rows[0]["certified_correct_high"])


def test_the_limit_is_that_of_a_pencil(tmp_path: Path) -> None:
    """The mean contrast goes to theta = 1/beta: shares proportional to w exp(2 g)."""
    from mpmath import exp

    _, rows = audited(tmp_path)
    weights = [exp(0) / 2, exp(1) / 4, exp(2) / 4]
    reward = (weights[1] / 2 + weights[2]) / sum(weights)
    low, high = (exact(str(rows[0][f"certified_reward_{end}"])) for end in ("low", "high"))
    assert float(low) == pytest.approx(float(reward), abs=1e-12)
    assert 0 < high - low < Fraction(1, 10**12)


def test_certificates_of_all_different_tables_are_accepted(tmp_path: Path) -> None:
    found, rows = audited(tmp_path)
    assert found.certificates is not None
    files = sorted(found.certificates.iterdir())
    proved = {row["certified_classes"] for row in rows if row["certified_verdict"] == "proved"}
    assert {file.stem for file in files} == proved
    for file in files:
        assert check_bytes(file.read_bytes()).outcome is Outcome.ACCEPTED


def test_jobs_and_windows_change_no_byte(tmp_path: Path) -> None:
    audited(tmp_path)
    whole = (tmp_path / "o.csv").read_bytes()
    audited(tmp_path, window=3)
    assert (tmp_path / "o.csv").read_bytes() == whole


def test_parquet_json_and_csv_say_the_same(tmp_path: Path) -> None:
    rows = [
        {"prompt": name, "reward": float(Fraction(str(r))), "correct": bool(c)}
        for name, pairs in SAMPLES.items()
        for r, c in pairs
    ]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    answers = [
        audit_rewards(tmp_path / name, MEAN, out=tmp_path / "o.csv") and (tmp_path / "o.csv").read_bytes()
        for name in ("t.jsonl", "t.parquet")
    ]
    audited(tmp_path)
    assert answers == [(tmp_path / "o.csv").read_bytes()] * 2
    said = read_from(audit_rewards(tmp_path / "t.parquet", MEAN))
    assert "binary fractions are read as the shortest decimals that name them" in said


def test_what_the_summary_says(tmp_path: Path) -> None:
    found, _ = audited(tmp_path)
    assert answered(found).startswith("With small steps, 1 of 5 prompts ends with more correct answers than")
    assert "3 end with fewer, 1 stays as it is; each is proved." in answered(found)
    lines = dict(counted(found))
    assert lines["have correctness that turns on the way"] == 2
    assert lines["learn nothing: all of their answers have one reward"] == 1
    assert found.shares is not None
    assert found.shares[0] == Fraction(2, 5)
    assert "0.4 now and 0.3695 to 0.3696 in the limit" in means(found).replace("\n", " ")
    assert [one.prompt for one in found.listed] == ["turns", "again", "falls"]


def test_missing_rewards_are_left_out_and_said(tmp_path: Path) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text("prompt,reward\na,0.5\na,\na,0\nb,n/a\nb,0.2\n")
    found = audit_rewards(path, MEAN, out=out)
    frame = pl.read_csv(out, infer_schema=False)
    assert frame.select("n", "missing").rows() == [("2", "1"), ("1", "1")]
    assert not [name for name in frame.columns if "correct" in name or "course" in name]
    assert "2 rewards are missing and left out" in read_from(found)
    assert answered(found) == "With small steps, the limits of all 2 prompts are proved, one by one."


@pytest.mark.parametrize(
    ("text", "correct", "said"),
    [
        ("prompt,reward\na,0.5\na,x\n", None, "row 2: column reward: "),
        ("prompt,reward\na,\na,n/a\nb,0.5\n", None, "prompt 'a': all of its rewards are missing"),
        ("prompt,reward,ok\na,0.5,1\na,0.2,\n", "ok", "row 2: column ok is empty"),
        ("prompt,reward,ok\na,0.5,1\na,0.2,2\n", "ok", "row 2: column ok: correct is 0, 1 or a share"),
        ("prompt,reward\na,0.5\n", "ok", "--correct: no column 'ok'"),
        ("prompt,reward\na,0.5\n", "reward", "--correct: column reward is that of the reward"),
        ("prompt,k,n\na,1,2\n", None, "need a reward a row"),
        ("prompt,reward\n", None, "no rows"),
    ],
)
def test_bad_tables_are_one_line(tmp_path: Path, text: str, correct: str | None, said: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(InputError, match=said):
        audit_rewards(tmp_path / "t.csv", MEAN, correct=correct)


def test_without_kl_the_largest_reward_takes_all(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    question = RewardQuestion.of("mean-var", 0, "1e-4")
    found = audit_rewards(written(tmp_path / "t.csv"), question, out=out)
    first = pl.read_csv(out, infer_schema=False).row(0, named=True)
    assert (first["certified_reward_low"], first["certified_correct_high"]) == ("1", "0")
    assert first["certified_theta_low"] is None
    assert found.decided


# --- the command


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["audit", "--pass-rates", *words])
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out, said.err


NUMBERS = ("--beta", "0.5", "--eps", "1e-4")


def test_other_values_are_answered_without_being_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path / "t.csv")
    code, out, _ = run(capsys, str(path), *NUMBERS, "--contrast", "mean", "--json")
    assert code == 0
    answer = json.loads(out)
    assert (answer["prompts"], answer["distinct"]) == (5, 4)
    assert answer["change"] == {"gains": 1, "loses": 3, "stays": 1}
    assert answer["columns"] == ["reward", "correct"]
    assert "The shares are those of the samples, whose error is not carried." in answer["assumed"]


def test_two_outcomes_stay_rates_until_correctness_or_classes_are_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("prompt,reward,correct\na,-1,1\na,1,0\n")
    _, out, _ = run(capsys, str(path), *NUMBERS)
    assert "success rate" in out
    assert "column correct is not read" in out.replace("\n        ", " ")
    code, out, _ = run(capsys, str(path), *NUMBERS, "--correct", "correct")
    assert "the only prompt" not in out
    assert "1 ends with fewer" in out.replace("\n", " ")
    assert code == 0
    _, out, _ = run(capsys, str(path), *NUMBERS, "--as-classes")
    assert "rewards as they are: -1, 1" in out.replace("\n        ", " ")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--contrast", "group", "--group-size", "4", "--ddof", "1"), "population model"),
        (("--contrast", "group", "--group-size", "4", "--ddof", "1", "--as-classes"), "finite groups do not"),
        (("--confidence", "0.9"), "--confidence cannot be combined"),
        (("--target", "0.9"), "--target cannot be combined"),
    ],
)
def test_what_classes_are_not_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, str(written(tmp_path / "t.csv")), *NUMBERS, *more)
    assert (code, err.count("\n")) == (64, 1)
    assert said in err


def test_table_certificates_and_report_lie_beside_each_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "done.csv"
    code, _, err = run(capsys, str(written(tmp_path / "t.csv")), *NUMBERS, "--out", str(out))
    assert code == 0
    assert "certificates written to" in err
    assert (tmp_path / "done-certificates" / "1.json").is_file()
    report = (tmp_path / "done.md").read_text()
    assert "SOME GET WORSE" in report
    assert "the error of sampling is not carried" in report


def test_prompts_that_swing_are_counted(tmp_path: Path) -> None:
    """One answer in a thousand each with 0.9 and 1: small steps end low, exact updates swing for ever."""
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text("\n".join(["prompt,reward", *["a,0"] * 998, "a,0.9", "a,1", "b,0", "b,1"]) + "\n")
    found = audit_rewards(path, RewardQuestion.of("mean-var", 3, "1e-5"), out=out)
    assert list(pl.read_csv(out, infer_schema=False)["certified_exact"]) == ["cycle", "same"]
    assert dict(counted(found))["swing for ever if each update is solved exactly"] == 1
