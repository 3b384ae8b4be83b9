"""A table solved by arrays: never against Arb, the same in any chunks, true over whole ranges of p_ref."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.table_agreement import Tally, compare
from tests.shared import examples
from verified_grpo.errors import InputError
from verified_grpo.intervals import ArbEngine, Sign
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, GapOverBox, Parameters, Workbench
from verified_grpo.rigor.arrays import (
    Dynamics,
    References,
    TableColumns,
    Verdict,
    curve,
    solve_table,
    table,
    zeros,
)

EPS = Fraction(1, 10**5)
LIVELY = Dynamics(MEAN_VAR, Fraction(1), Fraction(3), EPS)
"""One and three fixed points, cycles, rises, falls: all in one table."""
SHARED = [
    LIVELY,
    Dynamics(MEAN_VAR, Fraction(3, 10), Fraction(7, 10), Fraction(1, 1000)),
    Dynamics(MEAN_STD, Fraction(1, 2), Fraction(5), Fraction(1, 10**6)),
    Dynamics(MEAN, Fraction(1, 2), Fraction(1), EPS),
    Dynamics(Contrast("group", 2, 0), Fraction(1), Fraction(1), EPS),
    Dynamics(Contrast("group", 8, 1), Fraction(1), Fraction(1, 5), Fraction(1, 10**4)),
    Dynamics(Contrast("group", 12, 1), Fraction(1), Fraction(1), Fraction(1, 10**4)),
]
EACH = pytest.mark.parametrize("dynamics", SHARED, ids=lambda d: d.contrast.label)


def rates(size: int, seed: int = 0) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    n = rng.integers(2, 10**6, size)
    k = np.clip((n ** rng.uniform(0, 1, size)).astype(np.int64), 1, n - 1)
    return np.where(rng.integers(0, 2, size) == 0, k, n - k), n


def rows(columns: TableColumns, chosen: Any) -> list[Any]:
    return [getattr(columns, field.name)[chosen] for field in fields(columns)]


def test_a_share_of_the_claims_is_held_against_arb() -> None:
    draw, tally = random.Random(3), Tally()
    for _ in range(20):
        compare(draw, tally, rows=60)
    assert tally.contradictions == []
    assert tally.claims.total() > 4000
    assert tally.counts["3"] > 20
    assert set(tally.verdicts) >= {"rises", "falls", "converges", "cycle"}
    assert tally.undecided_by_arrays <= tally.rows // 100


def unproved(_curve: Any, _piece: Any, x: Any, reach: Any, _level: Any, *, right: bool) -> Any:
    """Ends beside the zero, whose signs nobody looked at."""
    return x + (128 if right else 64) * reach, np.ones(len(x), dtype=np.bool_)


FAULTS = {
    "bracket": (zeros, "_end", unproved),
    "count": (curve, "_fold", lambda *_: curve.Fold(-9.0, -8.0)),
    "limit": (curve, "rises_from", lambda *_: -math.inf),
    "limit is a fixed point": (
        curve, "_contracting", lambda *_: ((-math.inf, math.inf),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_a_contradiction(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*FAULTS[kind])
    monkeypatch.setattr(table, "shared_curve", curve.Curve)
    monkeypatch.setattr("benchmarks.table_agreement.random_dynamics", lambda _: LIVELY)
    draw, tally = random.Random(1), Tally()
    compare(draw, tally, rows=150)
    found = {text.split(":")[0] for text in tally.contradictions}
    assert kind in found or (kind == "limit is a fixed point" and "limit" in found)


@EACH
def test_the_gap_changes_sign_in_every_bracket(dynamics: Dynamics) -> None:
    """By Arb at 200 bits from the exact rate: strictly, and the right way round."""
    k, n = rates(40)
    columns = solve_table(dynamics, References.of_counts(k, n))
    assert (columns.count >= 1).all()
    with ArbEngine(200) as engine:
        bench = Workbench(engine, dynamics.contrast)
        for row in range(len(k)):
            box = Parameters.of(
                alpha=dynamics.alpha, beta=dynamics.beta, eps=dynamics.eps,
                p_ref=Fraction(int(k[row]), int(n[row])),
            )  # fmt: skip
            gap, before = GapOverBox(bench, box), Sign.NEGATIVE
            for low, high in zip(columns.fixed_low[row], columns.fixed_high[row], strict=True):
                if math.isnan(low):
                    continue
                assert gap.sign_at(Fraction(low)) is before
                before = Sign.POSITIVE if before is Sign.NEGATIVE else Sign.NEGATIVE
                assert gap.sign_at(Fraction(high)) is before
            assert before is Sign.POSITIVE


def test_the_two_cycle_of_the_paper_s_parameters() -> None:
    """S5: two fixed points above 1/2 exist, and the sequence is caught by a 2-cycle all the same."""
    columns = solve_table(LIVELY, References.of_fractions([Fraction(1, 1000)]))
    assert columns.verdict[0] == Verdict.CYCLE
    assert columns.period[0] == 2
    assert columns.count[0] == 3
    assert 0.001994 < columns.p_low[0] < 0.001996
    assert 0.632 < columns.p_high[0] < 0.634
    assert columns.rate[0] < 1


def test_for_the_mean_the_limit_is_explicit() -> None:
    dynamics = SHARED[3]
    k, n = rates(500)
    columns = solve_table(dynamics, References.of_counts(k, n))
    assert (columns.verdict == Verdict.RISES).all()
    assert (columns.rate == 0.5).all()  # 1 - alpha
    with ctx.workprec(200):
        for row in range(500):
            exact = (arb(int(k[row])) / int(n[row] - k[row])).log() + 2
            assert columns.limit_low[row] <= exact
            assert exact <= columns.limit_high[row]


@EACH
def test_chunks_change_nothing(dynamics: Dynamics, monkeypatch: pytest.MonkeyPatch) -> None:
    k, n = rates(203, seed=2)
    whole = solve_table(dynamics, References.of_counts(k, n))
    monkeypatch.setattr(table, "CHUNK", 120)
    again = solve_table(dynamics, References.of_counts(k, n))
    for a, b in zip(rows(whole, slice(None)), rows(again, slice(None)), strict=True):
        assert np.array_equal(a, b, equal_nan=a.dtype == np.float64)


@EACH
def test_what_holds_over_a_range_holds_inside(dynamics: Dynamics) -> None:
    rng = np.random.default_rng(4)
    low = 10 ** rng.uniform(-6, -0.02, 150)
    high = np.minimum(low * 10 ** rng.uniform(0, 0.5, 150), 1.0)
    low[:10], high[10:20] = 0.0, 1.0
    wide = solve_table(dynamics, References.of_ranges(low, high))
    assert (wide.verdict > 0).sum() > 30
    for share in (0.02, 0.7):
        p = low + share * (high - low)
        narrow = solve_table(dynamics, References.of_ranges(p, p))
        assert (narrow.count == wide.count)[(wide.count >= 0) & (narrow.count >= 0)].all()
        both = (wide.verdict > 0) & (narrow.verdict > 0)
        assert (narrow.limit_high >= wide.limit_low)[both].all()
        assert (narrow.limit_low <= wide.limit_high)[both].all()
        assert (narrow.period == wide.period)[both].all()
        rated = both & ~np.isnan(wide.rate)
        assert (narrow.rate <= wide.rate * (1 + 1e-9) + 1e-12)[rated].all()


def test_ranges_up_to_zero_and_one_have_infinite_ends() -> None:
    columns = solve_table(LIVELY, References.of_ranges(np.array([0.5, 0.0]), np.array([1.0, 1.0])))
    assert columns.verdict[0] == Verdict.RISES
    assert columns.limit_high[0] == math.inf
    assert columns.p_high[0] == 1
    assert columns.one_minus_p_low[0] == 0
    assert columns.count[1] == -1
    assert columns.undecided[1]


def test_beside_a_fold_a_row_is_undecided_and_says_nothing() -> None:
    fold = table.shared_curve(LIVELY).folds[0]
    columns = solve_table(LIVELY, References(np.array([fold.low]), np.array([fold.high])))
    assert columns.count[0] == -1
    assert columns.undecided[0]
    assert np.isnan(columns.fixed_low).all()


@pytest.mark.parametrize("beta", ["1e-400", "1e-200", "1e-20", "1e400"])
def test_beyond_doubles_nothing_is_claimed(beta: str) -> None:
    dynamics = Dynamics(MEAN_VAR, Fraction(1), Fraction(beta), EPS)
    columns = solve_table(dynamics, References.of_counts(np.array([1, 2]), np.array([4, 4])))
    assert columns.undecided.all()
    assert np.isnan(columns.p_low).all()
    assert np.isnan(columns.rate).all()


def test_an_empty_table_has_empty_columns() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    assert len(solve_table(LIVELY, References.of_counts(nobody, nobody))) == 0


@given(st.integers(1, 10**9), st.integers(1, 10**9))
@examples(200)
def test_references_enclose_the_log_odds(k: int, other: int) -> None:
    rate = Fraction(k, k + other)
    by_counts = References.of_counts(np.array([k]), np.array([k + other]))
    for made in (by_counts, References.of_fractions([rate])):
        with ctx.workprec(200):
            exact = (arb(k) / other).log()
            assert made.low[0] <= exact or k == other
            assert exact <= made.high[0] or k == other
            assert made.low[0] <= 0 <= made.high[0] or k != other
        assert made.high[0] - made.low[0] <= 2.0**-50 * (1 + abs(made.low[0]))


@pytest.mark.parametrize(
    "make",
    [
        lambda: References.of_counts(np.array([1, 0]), np.array([2, 2])),
        lambda: References.of_counts(np.array([1, 3]), np.array([2, 3])),
        lambda: References.of_fractions([Fraction(1, 2), Fraction(1)]),
        lambda: References.of_ranges(np.array([0.5, 0.7]), np.array([0.6, 0.6])),
        lambda: References.of_ranges(np.array([0.5, 0.0]), np.array([0.6, 0.0])),
        lambda: References.of_ranges(np.array([0.5, np.nan]), np.array([0.6, 0.5])),
    ],
)
def test_rates_without_log_odds_are_refused(make: Any) -> None:
    with pytest.raises(InputError, match="row 1"):
        make()


def test_alpha_zero_is_refused() -> None:
    with pytest.raises(InputError, match="alpha"):
        Dynamics(MEAN_VAR, Fraction(0), Fraction(1), EPS)


WITHOUT_CRIVAL = """
import sys
sys.modules["ival"] = None
import numpy as np
from fractions import Fraction
from verified_grpo.intervals import array_engine
from verified_grpo.model import MEAN_VAR
from verified_grpo.rigor.arrays import Dynamics, References, solve_table
assert array_engine.kernel.__name__.endswith("arb_arrays")
dynamics = Dynamics(MEAN_VAR, Fraction(1), Fraction(3), Fraction(1, 10**5))
columns = solve_table(dynamics, References.of_counts(np.arange(2, 8), np.full(6, 9)))
for name in ("verdict", "count", "limit_low", "limit_high"):
    print(*getattr(columns, name).tolist())
"""


def test_without_crival_arb_stands_in() -> None:
    child = subprocess.run([sys.executable, "-c", WITHOUT_CRIVAL], capture_output=True, text=True, check=True)
    verdict, count, low, high = ([float(x) for x in line.split()] for line in child.stdout.splitlines())
    usual = solve_table(LIVELY, References.of_counts(np.arange(2, 8), np.full(6, 9)))
    assert usual.verdict.tolist() == verdict
    assert usual.count.tolist() == count
    assert (usual.limit_low <= high).all()
    assert (low <= usual.limit_high).all()
