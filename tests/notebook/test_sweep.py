"""Sweeps: rows by arrays and one at a time say the same, and what the single answers say."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import polars as pl
import pytest

from verified_grpo import Variant
from verified_grpo.errors import InputError
from verified_grpo.notebook import sweep
from verified_grpo.notebook.sequences import LimitOutcome

RATES = [f"{k}/150" for k in range(1, 150)]
SIDES = ("p", "one_minus_p")


@pytest.mark.parametrize("contrast", ["mean-var", "mean-std"])
def test_rows_by_arrays_and_one_at_a_time_agree(contrast: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"beta": "0.9", "eps": "1e-4", "p_ref": RATES}
    arrays = Variant(contrast).sweep(**given)  # type: ignore[arg-type]
    alone(monkeypatch)
    single = Variant(contrast).sweep(**given)  # type: ignore[arg-type]
    assert arrays.columns == single.columns
    assert arrays["p_ref"].to_list() == single["p_ref"].to_list()
    assert agreed(arrays, single) > 140


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every row goes by itself."""
    monkeypatch.setattr(sweep, "BY_ARRAYS", 10**9)
    monkeypatch.setattr(sweep, "ON_ONE_CURVE", 10**9)


def agreed(arrays: pl.DataFrame, single: pl.DataFrame) -> int:
    """How many rows two frames both decide; they say the same of these."""
    known = 0
    for a, b in zip(arrays.rows(named=True), single.rows(named=True), strict=True):
        if a["count"] is None or b["count"] is None:
            continue
        known += 1
        assert a["count"] == b["count"]
        for side in SIDES:
            assert max(a[f"{side}_lower"], b[f"{side}_lower"]) <= min(a[f"{side}_upper"], b[f"{side}_upper"])
        assert a["largest_step"] == pytest.approx(b["largest_step"], rel=0.05)
    return known


@pytest.mark.parametrize("contrast", ["mean-var", "mean-std"])
def test_rows_with_numbers_of_their_own_agree_with_single_answers(
    contrast: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(7)
    given = {
        "beta": [f"{10 ** draw.uniform(-3, 2):.4g}" for _ in range(80)],
        "eps": [f"{10 ** draw.uniform(-7, -1):.4g}" for _ in range(80)],
        "p_ref": [f"{draw.uniform(0.001, 0.999):.4g}" for _ in range(80)],
        "alpha": [f"{draw.randint(0, 4)}/4" for _ in range(80)],
    }
    mixed = Variant(contrast).sweep(**given)  # type: ignore[arg-type]
    alone(monkeypatch)
    single = Variant(contrast).sweep(**given)  # type: ignore[arg-type]
    assert mixed["count"].null_count() == 0
    bounded = [k for k, alpha in enumerate(mixed["alpha"]) if alpha != "0"]
    assert agreed(mixed[bounded], single[bounded]) == len(bounded)
    assert mixed.filter(pl.col("alpha") == "0")["count"].to_list() == [0] * (80 - len(bounded))


def test_rows_hold_what_single_answers_say() -> None:
    frame = Variant().sweep(beta=[5, 100], eps="1e-5", p_ref=["0.001", "0.3"], alpha=[1, "1/2"])
    for row in frame.rows(named=True):
        prompt = Variant().at(**{name: row[name] for name in ("beta", "eps", "p_ref", "alpha")})
        limit = prompt.limit()
        assert isinstance(limit, LimitOutcome)
        assert limit.p is not None
        assert Fraction(row["p_lower"]) <= limit.p.lower <= limit.p.upper <= Fraction(row["p_upper"])
        assert row["count"] == prompt.fixed_points().count
        assert limit.largest_step is not None
        assert Fraction(row["largest_step"]) <= limit.largest_step


def test_a_grid_has_every_combination_in_order() -> None:
    frame = Variant("mean").sweep(beta=np.array([1, 2]), eps="1/10", p_ref=["0.1", "0.2"], grid=True)
    assert frame.select("beta", "p_ref").rows() == [("1", "0.1"), ("1", "0.2"), ("2", "0.1"), ("2", "0.2")]


def test_alpha_0_has_no_fixed_point() -> None:
    frame = Variant().sweep(beta=1, eps="1/10", p_ref="0.1", alpha=0)
    assert frame["count"].to_list() == [0]
    assert frame["p_lower"].to_list() == [None]


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"beta": [1, 2], "p_ref": ["0.1", "0.2", "0.3"]}, "different lengths"),
        ({"beta": [], "p_ref": "0.1"}, "beta: no number"),
        ({"beta": [0.5], "p_ref": "0.1"}, "beta: 0.5 is a binary float"),
        ({"beta": [-1], "p_ref": "0.1"}, "beta"),
    ],
)
def test_bad_axes_are_refused(given: dict[str, object], match: str) -> None:
    with pytest.raises(InputError, match=match):
        Variant().sweep(eps="1e-5", **given)  # type: ignore[arg-type]


def test_a_sweep_under_k3_is_refused() -> None:
    with pytest.raises(InputError, match="not for k3"):
        Variant(kl="k3").sweep(beta=1, eps="1e-5", p_ref="0.1")
