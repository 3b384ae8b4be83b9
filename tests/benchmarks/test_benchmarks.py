from __future__ import annotations

import json
import platform
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

from benchmarks import all_fixed_points, classes, expressions, many_digits
from benchmarks.__main__ import aims
from benchmarks.cases import random_triples
from benchmarks.contestant import Answer
from benchmarks.peers import mpmath_iv_paving, upward
from benchmarks.timing import take_turns


def test_race_agrees_and_reports_every_contestant() -> None:
    report = all_fixed_points.measure(random_triples(4, seed=1), rounds=1)
    assert report["disagreements"] == []
    entered = report["contestants"]
    assert set(entered) == {"verified-grpo, arb", "verified-grpo, mpmath", *all_fixed_points.PEERS}
    counts = [c["counts"] for c in entered.values() if c != "not installed" and not c["incomplete"]]
    assert len(counts) >= 3
    assert all(count == counts[0] for count in counts)
    json.dumps(report, allow_nan=False)


def test_missing_peer_is_said_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(all_fixed_points.PEERS, "codac contractor", None)
    report = all_fixed_points.measure(random_triples(1, seed=2), rounds=1)
    assert report["contestants"]["codac contractor"] == "not installed"
    found = aims(report["contestants"], {"peak": {"nothing": 1.0}})
    assert found["Arb engine against codac contractor"]["measured"] == "not measured"


def test_disagreement_is_seen_only_between_complete_answers() -> None:
    one = Answer(((Fraction(0), Fraction(1)),), complete=True)
    elsewhere = Answer(((Fraction(2), Fraction(3)),), complete=True)
    silent = Answer((), complete=False)
    assert all_fixed_points.disagreements({"a": [one], "b": [elsewhere]}) == ["triple 0: a and b"]
    assert all_fixed_points.disagreements({"a": [one], "b": [silent]}) == []


def test_many_digits_reports_the_cost_in_exponentials() -> None:
    report = many_digits.measure(40, rounds=1)
    assert report["fixed_points"] == 3
    assert report["verified-grpo, arb"]["exponentials"] > 0


def test_plain_paving_proves_and_gives_up() -> None:
    assert mpmath_iv_paving.contracts(("62", "63"), "1e-5", ("0.5", "0.6"), 2000)[0]
    assert not mpmath_iv_paving.contracts(("5", "6"), "1e-5", ("0.1", "0.5"), 50)[0]


def test_turns_rotate_and_forget() -> None:
    order: list[str] = []
    forgotten: list[str] = []
    work = {name: partial(order.append, name) for name in "ab"}
    times, _ = take_turns(work, 2, {name: partial(forgotten.append, name) for name in "ab"})
    assert order == ["b", "a", "a", "b", "b", "a"]
    assert forgotten == order
    assert [len(spent) for spent in times.values()] == [2, 2]


def test_committed_results_are_whole() -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "results.json"
    results = json.loads(path.read_text(encoding="utf-8"))
    rooms = {"all_fixed_points", "many_digits", "box_proofs", "checking", "start", "memory", "aims"}
    assert rooms | {"date", "command", "machine", "seed"} <= set(results)
    assert results["all_fixed_points"]["disagreements"] == []


def test_a_peer_that_rounds_upwards_leaves_nobody_else_doing_so(monkeypatch: pytest.MonkeyPatch) -> None:
    upwards = 0x800 if platform.machine() in ("x86_64", "AMD64") else 0x400000  # <fenv.h> of x86, of ARM
    monkeypatch.setattr(upward, "_CODACS", upwards)
    one, little = float("1"), float("1e-20")
    assert upward.rounding_its_way(lambda: one + little)() > 1
    assert one + little == 1
    assert float("1.2") == 1.2


def test_classes_of_answers_are_measured(tmp_path: Path) -> None:
    out = tmp_path / "classes.json"
    assert classes.main(["--prompts", "20", "--sampled", "5", "--sizes", "2", "3", "--out", str(out)]) == 0
    report = json.loads(out.read_text())
    assert [row["check arb"][0] for row in report["prompt"]] == ["accepted", "accepted"]
    assert report["prompt"][0]["fixed points"] == 1
    assert (report["table"]["prompts"], report["table"]["distinct"], report["table"]["proved"]) == (20, 2, 20)


def test_expressions_are_measured_beside_the_contrasts_that_they_are(tmp_path: Path) -> None:
    out = tmp_path / "expressions.json"
    assert expressions.main(["--repeat", "1", "--out", str(out)]) == 0
    report = json.loads(out.read_text())
    for name in expressions.PAIRS:
        assert set(report[name]) == {"fixed points", "small steps", "both checks"}
        assert all(side >= 0 for sides in report[name].values() for side in sides.values())
