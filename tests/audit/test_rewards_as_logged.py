"""Rewards in the clothes in which they are logged: read, said aloud, or refused with what to type."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from verified_grpo.audit.pass_rates import Asked, Question, audit_table
from verified_grpo.audit.pass_rates.sentences import read_from
from verified_grpo.checker import Outcome
from verified_grpo.checker.tables import check_table
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast

PAPER = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"))


def counts(path: Path, asked: Asked | None = None) -> list[tuple[str, int, int]]:
    """What is counted, prompt by prompt; the finished table is proved by the checker."""
    out = path.with_name("o.jsonl")
    audit_table(path, PAPER, asked=asked, out=out)
    assert check_table(out).outcome is Outcome.ACCEPTED
    rows = pl.read_ndjson(out).iter_rows(named=True)
    return [(str(row["prompt"]), row["k"], row["n"]) for row in rows]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("true", "false"), ("True", "False"), ("pass", "fail"), ("Passed", "failed"), ("C", "I"),
        ("correct", "incorrect"), ("1", "0"), ("1.0", "0.0"), ("1", "-1"), ("1.0", "-1.0"), ("yes", "no"),
    ],
)  # fmt: skip
def test_two_values_in_any_clothes(tmp_path: Path, good: str, bad: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text("prompt,reward\n" + "".join(f"a,{x}\n" for x in (good, bad, bad)) + f"b,{good}\n")
    assert counts(path) == [("a", 1, 3), ("b", 1, 1)]
    said = read_from(audit_table(path, PAPER))
    assert ("-1 and 1 are read as failure and success" in said) == bad.startswith("-1")


def test_booleans_of_json_and_of_parquet(tmp_path: Path) -> None:
    rows = [{"prompt": "a", "reward": x} for x in (True, False, True)]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    for name in ("t.jsonl", "t.parquet"):
        assert counts(tmp_path / name) == [("a", 2, 3)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,1\na,0.5\n", "row 2: reward must be 0 or 1, not 0.5.*classes of answers|row 2.*scaled"),
        ("a,0.1\na,1.1\n", "row 1: reward must be 0 or 1, not 0.1: 0.1 and 1.1 are a scaled reward"),
        ("a,1\na,0.2\nb,0.7\n", "row 2: reward must be 0 or 1, not 0.2: .*classes of answers"),
        ("a,1\na,0\nb,-1\n", "-1 and 0: rewards of several values make classes of answers"),
        ("a,1\na,P\n", "row 2: column reward: "),
        ("a,1\na,nan\n", "row 2: column reward: "),
        ("a,n/a\na,\nb,1\n", "prompt 'a': all of its rewards are missing"),
    ],
)
def test_what_is_neither_success_nor_failure_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.csv").write_text("prompt,reward\n" + text)
    with pytest.raises(InputError, match=said):
        audit_table(tmp_path / "t.csv", PAPER)


def test_what_is_missing_is_counted_row_by_row_and_said(tmp_path: Path) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text("prompt,reward\na,1\na,\na,n/a\na,0\nb,1\nb,None\n")
    audited = audit_table(path, PAPER, out=out)
    frame = pl.read_csv(out)
    assert frame.select("k", "n", "missing").rows() == [(1, 2, 2), (1, 1, 1)]
    assert "3 rewards are missing and left out" in read_from(audited)
    assert check_table(out).outcome is Outcome.ACCEPTED


def test_lists_of_rewards_are_taken_apart(tmp_path: Path) -> None:
    rewards = {"a": [1, 0, 1], "b": [0]}
    rows = [{"prompt": prompt, "reward": found} for prompt, found in rewards.items()]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    floats = [{"prompt": prompt, "reward": list(map(float, found))} for prompt, found in rewards.items()]
    pl.DataFrame(floats).write_parquet(tmp_path / "f.parquet")
    for name in ("t.jsonl", "t.parquet", "f.parquet"):
        assert counts(tmp_path / name) == [("a", 2, 3), ("b", 0, 1)]
    assert "each value of a list" in read_from(audit_table(tmp_path / "t.jsonl", PAPER))


def test_chats_are_keys(tmp_path: Path) -> None:
    """TRL's normal form: a prompt is a list of messages; in both files it is the same key."""
    chat = [{"role": "user", "content": "1 + 1?"}]
    other = [{"role": "user", "content": "2 + 2?"}]
    rows = [{"prompt": chat, "reward": 1}, {"prompt": other, "reward": 0}, {"prompt": chat, "reward": 0}]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    found = [counts(tmp_path / name) for name in ("t.jsonl", "t.parquet")]
    assert found[0] == found[1]
    assert [row[1:] for row in found[0]] == [(1, 2), (0, 1)]
    assert json.loads(found[0][0][0]) == chat


def test_columns_within_columns_by_a_path(tmp_path: Path) -> None:
    rows = [
        {"doc": {"id": "a", "more": {"x": 1}}, "metrics": {"score": 1}},
        {"doc": {"id": "a", "more": {"x": 2}}, "metrics": {"score": 0}},
    ]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    for name in ("t.jsonl", "t.parquet"):
        out = tmp_path / "o.csv"
        audited = audit_table(
            tmp_path / name, PAPER, asked=Asked(reward="metrics.score", prompt="doc.id"), out=out
        )
        assert audited.columns.reward == "metrics.score"
        assert pl.read_csv(out).select("doc.id", "k", "n").rows() == [("a", 1, 2)]
    with pytest.raises(InputError, match=r"no 'none' in it|is empty|missing"):
        audit_table(tmp_path / "t.parquet", PAPER, asked=Asked(reward="metrics.none", prompt="doc.id"))
    with pytest.raises(InputError, match="missing"):
        audit_table(tmp_path / "t.jsonl", PAPER, asked=Asked(reward="metrics.none", prompt="doc.id"))


@pytest.mark.parametrize(
    ("text", "asked", "rates"),
    [
        ("prompt,rate\na,37.5%\nb,100 %\n", None, ["3/8", "1"]),
        ("prompt,pass_rate\na,3/8\nb,0/8\n", None, ["3/8", "0"]),
        ("task_id,c,n\na,3,8\nb,8,8\n", None, ["3/8", "1"]),
        ("prompt,pass_rate\na,0.67\nb,0.33\n", Asked(n="3"), ["2/3", "1/3"]),
    ],
)
def test_rates_as_they_are_written(tmp_path: Path, text: str, asked: Asked | None, rates: list[str]) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text(text)
    audit_table(path, PAPER, asked=asked, out=out)
    assert pl.read_csv(out, infer_schema=False)["certified_p_ref"].to_list() == rates
    assert check_table(out).outcome is Outcome.ACCEPTED


def test_a_percentage_without_its_sign_is_refused_with_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("prompt,rate\na,37.5\n")
    with pytest.raises(InputError, match=r"a percentage is written 37\.5%"):
        audit_table(tmp_path / "t.csv", PAPER)


def test_filters_of_one_document_are_not_pooled(tmp_path: Path) -> None:
    rows = [{"doc_id": 1, "filter": name, "acc": 1} for name in ("none", "strict-match")]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(InputError, match=r"several filters.*jq"):
        audit_table(tmp_path / "t.jsonl", PAPER, asked=Asked(reward="acc", prompt="doc_id"))


def test_a_state_of_a_trainer_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "trainer_state.json").write_text("{}")
    with pytest.raises(InputError, match="holds means over batches and no prompts"):
        audit_table(tmp_path / "trainer_state.json", PAPER)
