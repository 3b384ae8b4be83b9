from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.configurations import read_configuration
from verified_grpo.intervals import canonical, exact
from verified_grpo.laboratory import tables
from verified_grpo.laboratory.answering import answer
from verified_grpo.laboratory.dropped import configuration, table

EXAMPLES = Path(__file__).parents[2] / "examples"
COMPLAINTS = [
    ("a.csv", "", "a table without rows"),
    ("a.csv", "k,n\n1\n", "another number of columns than the head"),
    ("a.csv", "k,n\n1,2,3\n", "another number of columns than the head"),
    ("a.csv", "k,k\n1,2\n", "two columns have one name"),
    ("a.csv", "k,n\n3,2\n", "does not lie in [0, 1]"),
    ("a.csv", "k,n\n1,0\n", "n at least 1"),
    ("a.csv", "k,n\n1,1.5\n", "k and n are whole numbers"),
    ("a.csv", "rate\nhalf\n", "rate is 'half', which is no number"),
    ("a.csv", "rate\n1.5\n", "does not lie in [0, 1]"),
    ("a.csv", "rate,step\n0.5,1\n0.5,2\n", "column step holds several steps"),
    ("a.csv", "colour\nred\n", "no column of pass rates found"),
    ("a.csv", "prompt,reward\na,0.5\n", "a reward 0.5, and here they are 0 or 1"),
    ("a.csv", "\udcff", "not text in UTF-8"),
    ("a.jsonl", '{"rate": 0.5}\n[1]\n', "line 2 is no JSON object"),
    ("a.jsonl", "{\n", "line 1 is no JSON object"),
    ("a.jsonl", '{"rate": 0.5}\n{}\n', "row 2: rate is 'None', which is no number"),
    ("a.parquet", "PAR1", "read here are .csv, .tsv, .jsonl, .ndjson"),
]


def told(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("name", ["trl.yaml", "trl-default.json", "verl.yaml", "ms_swift.sh", "areal.yaml"])
def test_a_configuration_becomes_a_question(name: str) -> None:
    path = EXAMPLES / "configurations" / name
    found, read = told(configuration(str(path), "0.3")), read_configuration(path)
    assert read.contrast is not None
    assert exact(found["fields"]["beta"]) == read.beta
    assert exact(found["fields"]["eps"]) == read.eps
    assert found["fields"]["contrast"] == read.contrast.name
    assert found["read"].startswith(f"{read.framework} ")
    assert set(found["assumptions"]) >= set(read.assumptions)
    assert "error" not in told(answer(json.dumps({**found["fields"], "p_ref": "0.3"})))


def test_what_the_page_has_no_field_for_is_said() -> None:
    found = told(configuration(str(EXAMPLES / "configurations/open_instruct.yaml"), "0.3"))
    assert set(found) == {"error"}
    assert "7.5 times mean" in found["error"]


def test_what_is_no_configuration_is_one_line(tmp_path: Path) -> None:
    for name, text in (
        ("a.yaml", "{"),
        ("a.yaml", "!!python/object:os.system x"),
        ("a.json", "[]"),
        ("a.sh", "ls"),
    ):
        (tmp_path / name).write_text(text)
        found = told(configuration(str(tmp_path / name), ""))
        assert set(found) == {"error"}
        assert "\n" not in found["error"]


def test_rates_are_counted_exactly(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("prompt\tk\tn\na\t1\t3\nb\t2\t6\nc\t0\t4\nd\t4\t4\ne\t1\t7\n")
    assert told(table(str(tmp_path / "a.tsv"))) == {
        "sentence": "k from column k, n from column n (guessed from the names)",
        "ends": 2,
        "rates": [
            {"p_ref": "1/7", "prompts": 1, "first": ["e"]},
            {"p_ref": "1/3", "prompts": 2, "first": ["a", "b"]},
        ],
    }


def test_rewards_are_counted_by_prompt(tmp_path: Path) -> None:
    rows = [("a", 1), ("b", 0), ("a", True), ("a", 0.0), ("b", 1.0), ("a", False)]
    lines = [json.dumps({"prompt": prompt, "reward": reward}) for prompt, reward in rows]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    assert [rate["p_ref"] for rate in told(table(str(tmp_path / "a.jsonl")))["rates"]] == ["0.5"]


@examples(20)
@given(st.lists(st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1))
def test_no_prompt_is_lost(tmp_path_factory: pytest.TempPathFactory, counts: list[tuple[int, int]]) -> None:
    path = tmp_path_factory.mktemp("counts") / "a.csv"
    path.write_text("k,n\n" + "".join(f"{k},{n}\n" for k, n in counts))
    found = told(table(str(path)))
    expected = sorted({Fraction(k, n) for k, n in counts} - {Fraction(0), Fraction(1)})
    assert [rate["p_ref"] for rate in found["rates"]] == [canonical(rate) for rate in expected]
    assert found["ends"] + sum(rate["prompts"] for rate in found["rates"]) == len(counts)


@pytest.mark.parametrize(("name", "text", "said"), COMPLAINTS)
def test_what_is_no_table_is_one_line(name: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    found = told(table(str(tmp_path / name)))
    assert set(found) == {"error"}
    assert said in found["error"]
    assert "\n" not in found["error"]


def test_too_many_rates_are_refused_by_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "RATES_LIMIT", 2)
    (tmp_path / "a.csv").write_text("rate\n0.1\n0.2\n0.3\n")
    assert "3 different rates, and a page answers 2" in told(table(str(tmp_path / "a.csv")))["error"]
