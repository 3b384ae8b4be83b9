from __future__ import annotations

import json

import pytest

from benchmarks import (
    against_peers,
    arb_alone,
    felt,
    pass_rates,
    pavings,
    small_steps,
    sweeps,
    table_agreement,
    two_cycles,
)
from benchmarks.cases import random_triples
from verified_grpo.intervals.arb_engine import ArbEngine


def test_the_pavings_agree_and_report_every_contestant() -> None:
    for job in pavings.JOBS:
        report = pavings.measure(job, rounds=1)
        assert report["disagreements"] == []
        assert set(report["contestants"]) == set(pavings.contestants(job))
        mine = report["contestants"][pavings.OURS]
        assert 0 < mine["boundary_boxes"] < mine["boxes"]
        json.dumps(report, allow_nan=False)


def test_a_disagreement_about_area_is_seen() -> None:
    one = {"area_inside": 2.0, "boundary_area": 0.1}
    two = {"area_inside": 1.0, "boundary_area": 0.5}
    assert pavings.disagreements({"a": one, "b": two}) == ["a and b"]
    assert pavings.disagreements({"a": one, "b": {**two, "boundary_area": 1.5}}) == []


def test_a_small_table_is_measured_alone_and_one_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    name = "mean-std, beta 0.04, eps 1e-4"
    assert pass_rates.main(["--child", name, "500", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["prompts"] == 500
    assert sum(found["verdicts_of_arrays"].values()) == 500
    assert found["left_to_arb"] == found["verdicts_of_arrays"].get("undecided", 0)


def test_a_sweep_and_a_2_cycle_agree_with_the_peers() -> None:
    report = sweeps.measure(random_triples(40, 1), rounds=1)
    assert (report["disagreements"], report["undecided_by_arrays"]) == ([], 0)
    cycle = two_cycles.measure(rounds=1)
    assert cycle["disagreements"] == []
    assert cycle["contestants"][two_cycles.OURS]["width"] < 1e-14
    json.dumps([report, cycle], allow_nan=False)


def test_calls_of_arb_are_recorded_and_the_engine_is_left_as_it_was() -> None:
    before = dict(vars(ArbEngine))
    report = arb_alone.measure(random_triples(2, 1), rounds=1)
    assert report["calls_per_triple"] > 50
    assert dict(vars(ArbEngine)) == before


def test_digits_are_compared_with_their_neighbours() -> None:
    report = felt.digits([15, 20], rounds=1)
    assert [row["digits"] for row in report["rows"]] == [15, 20]
    assert len(felt.DIGITS) == felt.VALUES
    assert (felt.DIGITS[0], felt.DIGITS[-1]) == (15, 10_000)
    kept = json.loads(felt.OUT.read_text())
    assert [row["digits"] for row in kept["digits"]["rows"]] == felt.DIGITS
    assert kept["digits"]["exponentials_grow_at_most_between_neighbours"] <= 2


KEPT = {
    "benchmarks.against_peers": against_peers.OUT,
    "benchmarks.felt": felt.OUT,
    "benchmarks.pass_rates": pass_rates.OUT,
    "benchmarks.pavings": pavings.OUT,
    "benchmarks.small_steps": small_steps.OUT,
    "benchmarks.table_agreement": table_agreement.OUT,
}


@pytest.mark.parametrize("name", KEPT)
def test_committed_results_tell_their_command(name: str) -> None:
    results = json.loads(KEPT[name].read_text(encoding="utf-8"))
    assert results["command"].startswith(f"python -m {name}")
    assert {"date", "machine"} <= set(results)


def test_small_steps_of_a_million_rates_take_no_longer_than_the_exact_iteration() -> None:
    cases = json.loads(small_steps.OUT.read_text())["cases"]
    assert all((case["prompts"], case["ratio"] <= 1) == (1_000_000, True) for case in cases.values())
    again = small_steps.compare(small_steps.GROUP, 400)
    assert (again["prompts"], again["decided_by_small_steps"]) == (400, 400)


def test_the_kept_results_hold_what_was_asked() -> None:
    agreement = json.loads(table_agreement.OUT.read_text())
    assert agreement["claims"]["all"] >= 1_000_000
    assert agreement["contradictions"] == []
    paved = json.loads(pavings.OUT.read_text())
    assert all(found["disagreements"] == [] for found in paved["jobs"].values())
