"""Tables solved: intervals of confidence, arrays against Arb, the same bytes whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from math import comb, nextafter
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.configurations import K3
from verified_grpo.audit.pass_rates import (
    Asked,
    Question,
    audit_table,
    auditing,
    clopper_pearson,
    solving,
)
from verified_grpo.audit.pass_rates.answers import by_arrays
from verified_grpo.audit.pass_rates.one_at_a_time import one_at_a_time
from verified_grpo.audit.pass_rates.records import SETTLED, Exact, Verdict
from verified_grpo.audit.pass_rates.solving import Solver
from verified_grpo.checker import Outcome
from verified_grpo.checker.tables import check_table
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast, Parameters
from verified_grpo.model.steps import Update
from verified_grpo.rigor import ConvergesToCycle, ConvergesToFixedPoint, limit

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
PAPER = Question(Contrast("mean-var"), Fraction(5), exact("1e-5"))
GROUP = Question(Contrast("group", 8, 1), exact("0.3"), exact("1e-4"))
UNDER_K3 = Question(Contrast("group", 8, 1), exact("0.3"), exact("1e-4"), regulariser=K3)


def with_confidence(question: Question, confidence: str) -> Question:
    return Question(
        question.contrast,
        question.beta,
        question.eps,
        regulariser=question.regulariser,
        confidence=exact(confidence),
    )


def at_least(k: int, n: int, p: Fraction) -> Fraction:
    """``P(X >= k)`` by the definition."""
    return sum((comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1)), Fraction(0))


@examples(60)
@given(st.integers(1, 40), st.data(), st.sampled_from(["0.5", "0.9", "0.95", "0.999999"]))
def test_clopper_pearson_by_its_definition(n: int, data: st.DataObject, confidence: str) -> None:
    k = data.draw(st.integers(0, n))
    tail = (1 - exact(confidence)) / 2
    low, high = clopper_pearson(k, n, exact(confidence))
    if k == 0:
        assert low == 0
    else:  # outside, and not by much
        assert at_least(k, n, Fraction(low)) <= tail
        assert at_least(k, n, Fraction(low * (1 + 2.0**-40))) > tail
    if k == n:
        assert high == 1
    else:
        assert 1 - at_least(k + 1, n, Fraction(high)) <= tail
        inside = nextafter(high - (1 - high) * 2.0**-40, 0) if high > 0.5 else high * (1 - 2.0**-40)
        assert 1 - at_least(k + 1, n, Fraction(inside)) > tail


def test_clopper_pearson_keeps_its_promise() -> None:
    """The interval misses p with probability at most 1 - confidence, exactly, at k = 0 too."""
    n, confidence = 12, exact("0.9")
    ends = [clopper_pearson(k, n, confidence) for k in range(n + 1)]
    for p in [Fraction(j, 97) for j in range(1, 97)] + [Fraction(ends[0][1]) + Fraction(1, 10**9)]:
        missed = [k for k, (low, high) in enumerate(ends) if not low <= p <= high]
        assert sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in missed) <= 1 - confidence


def test_clopper_pearson_for_large_samples() -> None:
    low, high = clopper_pearson(500_000, 10**6, exact("0.95"))
    assert 0.499 < low < 0.5 < high < 0.501
    assert clopper_pearson(1, 10**6, exact("0.95"))[1] < 1e-5
    for k, n, confidence in ((3, 2, "0.9"), (-1, 2, "0.9"), (0, 0, "0.9"), (1, 2, "1"), (1, 2, "0")):
        with pytest.raises(InputError):
            clopper_pearson(k, n, exact(confidence))


@examples(12)
@given(
    st.sampled_from(
        [PAPER, GROUP, Question(Contrast("mean-std"), exact("0.5"), exact("1e-4"), exact("0.5"))]
    ),
    st.integers(2, 10**6).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))),
)
def test_arrays_and_arb_do_not_contradict_each_other(question: Question, rate: tuple[int, int]) -> None:
    arrays, arb = by_arrays(question, [rate])[0], one_at_a_time(question, [rate])[0]
    for name in ("logit", "p", "one_minus_p", "gain", "p_ref"):
        if Verdict.UNDECIDED not in (arrays["verdict"], arb["verdict"]):
            assert arrays[f"{name}_low"] <= arb[f"{name}_high"], name
            assert arb[f"{name}_low"] <= arrays[f"{name}_high"], name
    if min(arrays["count"], arb["count"]) >= 0:
        assert arrays["count"] == arb["count"]
    if Verdict.UNDECIDED not in (arrays["verdict"], arb["verdict"]):
        assert arrays["period"] == arb["period"]


@examples(12)
@given(st.sampled_from([PAPER, GROUP, UNDER_K3]), st.integers(0, 8), st.floats(0.01, 0.99))
def test_an_interval_holds_the_answer_of_every_rate_in_it(question: Question, k: int, place: float) -> None:
    wide = Solver(with_confidence(question, "0.8")).solve([(k, 8)])[0]
    p = Fraction(float(wide["p_ref_low"] + place * (wide["p_ref_high"] - wide["p_ref_low"])))
    narrow = Solver(question).solve([p.as_integer_ratio()])[0]
    if wide["verdict"] in (*SETTLED, Verdict.CYCLE):
        for name in ("logit", "p", "one_minus_p", "gain"):
            assert wide[f"{name}_low"] <= narrow[f"{name}_high"], name
            assert narrow[f"{name}_low"] <= wide[f"{name}_high"], name
        if wide["verdict"] in SETTLED:
            assert narrow["verdict"] in SETTLED
    if wide["count"] >= 0:
        assert narrow["count"] == wide["count"]


def test_a_wide_row_may_depend_on_the_rate() -> None:
    """At beta 4 a p_ref of 0.001 swings for ever and one of 0.004 settles: an interval over both says so."""
    question = Question(Contrast("mean-var"), Fraction(4), exact("1e-5"), confidence=exact("0.9"))
    found = by_arrays(question, [(2, 1000)])[0]
    assert found["p_ref_low"] < 0.001 < 0.004 < found["p_ref_high"]
    kinds = [
        type(limit(question.contrast, Parameters.of(beta=4, eps="1e-5", p_ref=p), digits=12))
        for p in ("0.001", "0.004")
    ]
    assert kinds == [ConvergesToCycle, ConvergesToFixedPoint]
    assert (found["verdict"], found["exact"]) == (Verdict.RISES, Exact.DEPENDS)
    assert np.isnan(found["exact_p_low"])
    found = by_arrays(replace(question, update=Update.of("1/4")), [(2, 1000)])[0]  # one whole step
    assert found["verdict"] == Verdict.DEPENDS
    assert np.isnan(found["p_low"])


def test_one_success_of_one_is_not_safe(tmp_path: Path) -> None:
    """No failure seen, but p_ref may be 0.025: the risk outweighs the remark."""
    path = tmp_path / "t.csv"
    path.write_text("k,n\n1,1\n8,8\n")
    tally = audit_table(path, with_confidence(PAPER, "0.95")).tally
    assert dict(tally.notes) == {"may end below 1/2": 1, "no failure seen": 1}
    assert (tally.at_risk, tally.held_back) == (0, 1)


def table(folder: Path, rows: int = 3000) -> Path:
    path = folder / "t.csv"
    k = np.arange(rows) * 7919 % 1013
    pl.DataFrame({"id": np.arange(rows), "k": k, "n": np.full(rows, 1013)}).write_csv(path)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A table, and its audit by one process in one window."""
    folder = tmp_path_factory.mktemp("whole")
    path = table(folder)
    audit_table(path, GROUP, out=folder / "o.csv")
    return path, (folder / "o.csv").read_bytes()


@pytest.mark.parametrize(("jobs", "window"), [(1, 700), (2, 1200)])
def test_the_same_bytes_whatever_the_windows_and_processes(
    jobs: int, window: int, whole: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "BLOCK", 256)
    audit_table(whole[0], GROUP, out=tmp_path / "o.csv", jobs=jobs, window=window)
    assert (tmp_path / "o.csv").read_bytes() == whole[1]


def test_the_same_bytes_on_a_cluster(
    whole: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    from joblib import parallel_config  # type: ignore[import-untyped]

    monkeypatch.setattr(solving, "BLOCK", 128)
    quiet = {"dashboard_address": None, "protocol": "inproc", "processes": False}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, **quiet) as cluster,
        distributed.Client(cluster),
        parallel_config(backend="dask"),
    ):
        audit_table(whole[0], GROUP, out=tmp_path / "o.csv", jobs=2)
        assert all(worker.state.executed_count for worker in cluster.workers.values())
    assert (tmp_path / "o.csv").read_bytes() == whole[1]


KILLED = """
import sys
from pathlib import Path
from verified_grpo.audit.pass_rates import auditing, audit_table, solving
sys.path.insert(0, {tests!r})
auditing.fingerprint = lambda: "the same code"
from test_pass_rates_solving import {question} as question
audit_table(Path({table!r}), question, out=Path({out!r}), jobs={jobs}, window={window})
"""


@pytest.mark.parametrize("after", [1, 3])
def test_killed_and_resumed(
    after: int, whole: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL as soon as so many windows are on disk; another number of processes finishes the work."""
    monkeypatch.setattr(auditing, "fingerprint", lambda: "the same code")  # even if someone edits it now
    out = tmp_path / "o.csv"
    code = KILLED.format(
        tests=str(Path(__file__).parent),
        question="GROUP",
        table=str(whole[0]),
        out=str(out),
        jobs=1,
        window=400,
    )
    running = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    deadline = time.monotonic() + 60
    while len(parts(tmp_path)) < after and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    assert not out.exists()
    kept = {path: path.stat().st_mtime_ns for path in parts(tmp_path)}
    assert len(kept) >= after

    def untouched(audited: object) -> None:
        assert all(path.stat().st_mtime_ns == then for path, then in kept.items())

    audit_table(whole[0], GROUP, out=out, jobs=2, window=400, then=untouched)
    assert out.read_bytes() == whole[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.csv", "o.csv.certificate.json"]
    assert check_table(out).outcome is Outcome.ACCEPTED  # parts of either run


def test_answers_come_in_the_order_of_the_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are dealt out by size of the rate; each answer goes back to its place."""
    rates = [(5, 7), (1, 9), (0, 3), (3, 4), (2, 2), (1, 1000), (1, 2)]
    whole = Solver(GROUP).solve(rates)
    monkeypatch.setattr(solving, "BLOCK", 2)
    assert Solver(GROUP).solve(rates).tobytes() == whole.tobytes()
    alone = [Solver(GROUP).solve([rate]).tobytes() for rate in rates]
    assert b"".join(alone) == whole.tobytes()


def parts(folder: Path) -> list[Path]:
    return sorted(folder.glob(".*.unfinished/*.parquet"))


def test_arbs_answers_are_kept_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a window's journal holds is not found again, and changes nothing."""
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text("k,n\n" + "".join(f"{k},41\n" for k in range(42)))
    audit_table(path, UNDER_K3, out=tmp_path / "whole.csv")
    calls: list[list[tuple[int, int]]] = []
    real = one_at_a_time

    def stops(question: Question, rates: list[tuple[int, int]]) -> object:
        calls.append(rates)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(question, rates)

    monkeypatch.setattr(solving, "one_at_a_time", stops)
    with pytest.raises(KeyboardInterrupt):
        audit_table(path, UNDER_K3, out=out)
    assert not out.exists()
    audit_table(path, UNDER_K3, out=out)
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert sorted(rate for rates in calls for rate in rates) == sorted(
        [rate for rates in calls[:2] + calls[3:] for rate in rates] + calls[2]
    )
    assert len(calls) == 6  # two kept, one broken off, three more


def test_another_question_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = table(tmp_path, 50), tmp_path / "o.csv"

    def breaks(audited: object) -> None:
        raise KeyboardInterrupt

    folders = []
    questions = [
        PAPER,
        with_confidence(PAPER, "0.9"),
        GROUP,
        Question(GROUP.contrast, GROUP.beta, exact("1e-5")),
    ]
    for question in questions:
        with pytest.raises(KeyboardInterrupt):
            audit_table(path, question, out=out, then=breaks)
        folders.append([path.name for path in tmp_path.glob(".*.unfinished")])
    with pytest.raises(KeyboardInterrupt):
        audit_table(path, PAPER, out=out, asked=Asked(n="1013"), then=breaks)
    folders.append([path.name for path in tmp_path.glob(".*.unfinished")])
    path.write_text(path.read_text() + "50,1,1013\n")
    with pytest.raises(KeyboardInterrupt):
        audit_table(path, PAPER, out=out, then=breaks)
    folders.append([path.name for path in tmp_path.glob(".*.unfinished")])
    assert all(len(names) == 1 for names in folders)
    assert len({names[0] for names in folders}) == len(folders)


def test_a_killed_worker_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed once loses only what it had in hand."""
    marker = tmp_path / "killed"
    solver = Solver(GROUP, jobs=2)
    tasks = [(str(marker), k) for k in range(6)]
    assert list(solver._run(dies_once, tasks)) == [k * k for k in range(6)]
    assert marker.exists()


def dies_once(marker: str, k: int) -> int:
    if k == 3 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return k * k


@pytest.mark.skipif(not DATA.is_dir(), reason="the real tables are not beside the project")
def test_the_real_table(tmp_path: Path) -> None:
    path = DATA / "deepscaler_qwen25math7b_k_of_128.csv"
    question = Question(Contrast("group", 8, 1), exact("0.04"), exact("1e-4"))
    tally = audit_table(path, question, out=tmp_path / "o.parquet").tally
    assert (tally.prompts, tally.notes["no success seen"], len(tally.rates)) == (29411, 6077, 129)
    assert set(tally.verdicts) == {"rises", "absorbing"}
    found = pl.read_parquet(tmp_path / "o.parquet")
    inside = found.filter(pl.col("k").is_between(1, 127))
    assert inside["certified_gain_low"].min() > 0  # type: ignore[operator]


RUNS = [ROOT / "examples" / "training_run" / "sample.csv", DATA / "oneshot_rlvr_grpo_k_of_8_trajectories.csv"]


@pytest.mark.parametrize("path", RUNS, ids=["sample", "real"])
def test_the_training_run(path: Path, tmp_path: Path) -> None:
    if not path.exists():
        pytest.skip("the real run is not beside the project")
    script = ROOT / "examples" / "training_run" / "training_run.py"
    command = [sys.executable, str(script), "--data", str(path), "--out", str(tmp_path)]
    printed = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "settle above 0.9995" in printed
    assert (tmp_path / "training-run.svg").read_bytes().startswith(b"<?xml")
    if path == RUNS[1]:  # what the page beside the script says of it
        page = (script.parent / "README.md").read_text()
        assert all(line in page for line in printed.splitlines())
    audited = pl.read_csv(tmp_path / "audited.csv")
    seen = audited.filter(pl.col("k") > 0)
    assert set(seen["certified_verdict"]) == {"rises"}
    assert set(seen["certified_exact"]) == {"same"}
    assert (seen["certified_p_low"] > seen["certified_p_ref_high"]).sum() >= seen["k"].is_between(
        1, 7
    ).sum() - 1


@pytest.mark.parametrize("wrong_by", [2.0**-52, -(2.0**-52), 1e-13, -1e-13, 1e-6, -1e-6])
def test_clopper_pearson_does_not_hang_on_the_guess(wrong_by: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newton's guess is made with the C library's exp and log, which differ in their last places from one
    processor to the next."""
    module = sys.modules[clopper_pearson.__module__]
    cases = [(k, n) for n in (1, 7, 40, 1000) for k in {0, 1, n // 2, n - 1, n}]
    plain = [clopper_pearson(k, n, exact("0.95")) for k, n in cases]
    exactly = module._at
    monkeypatch.setattr(module, "_at", lambda logit: exactly(logit) * (1 + wrong_by))
    clopper_pearson.cache_clear()
    assert [clopper_pearson(k, n, exact("0.95")) for k, n in cases] == plain
    clopper_pearson.cache_clear()
