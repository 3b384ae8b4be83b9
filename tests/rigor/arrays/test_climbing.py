"""Slow orbits beside flips and folds: decided by cells, never against the orbit itself or Arb."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest

from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.arrays import Dynamics, References, Verdict, solve_table, table
from verified_grpo.rigor.arrays.climbing import climbs
from verified_grpo.rigor.arrays.curve import Curve

STEEP = Dynamics(MEAN_VAR, Fraction(1), Fraction(5), Fraction(1, 10**5))
MILLION = 1_000_001
GROUP = Dynamics(Contrast("group", 8, 1), Fraction(3, 4), Fraction(1, 5), Fraction(1, 10**4))


def test_beside_a_flip_every_row_is_decided_on_the_right_side() -> None:
    """The fixed point's multiplier passes -1 between k = 1267 and 1268: a cycle of two on one side of it."""
    k = np.arange(1258, 1282)
    columns = solve_table(STEEP, References.of_counts(k, np.full(len(k), MILLION)))
    assert not columns.undecided.any()
    for row, successes in enumerate(k):
        box = Parameters.of(beta=STEEP.beta, eps=STEEP.eps, p_ref=Fraction(int(successes), MILLION), alpha=1)
        found = fixed_points(MEAN_VAR, box, digits=12, engine="arb")
        assert isinstance(found, FixedPoints)
        least = found.points[0]
        attracts = least.stability == "attracting"
        assert columns.period[row] == (1 if attracts else 2)
        assert columns.verdict[row] == (Verdict.CONVERGES if attracts else Verdict.CYCLE)
        assert columns.limit_low[row] <= least.logit[1]  # inside the cycle's hull, or in the bracket
        assert least.logit[0] <= columns.limit_high[row]
        assert attracts == (successes >= 1268)


def test_slow_rows_are_the_same_in_any_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    k = np.concatenate([np.arange(100, 240, 3), np.arange(1250, 1280)])
    references = References.of_counts(k, np.full(len(k), MILLION))
    whole = solve_table(STEEP, references)
    assert set(whole.period.tolist()) >= {0, 1, 2, 4}
    monkeypatch.setattr(table, "CHUNK", 7)
    again = solve_table(STEEP, references)
    for field in fields(whole):
        a, b = getattr(whole, field.name), getattr(again, field.name)
        assert np.array_equal(a, b, equal_nan=a.dtype == np.float64)


@pytest.mark.parametrize("dynamics", [STEEP, GROUP], ids=lambda d: d.contrast.label)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_said_to_climb_does(dynamics: Dynamics, turn: int) -> None:
    """Random starts around random attracting fixed points, against plain orbits in floats."""
    curve, rng = Curve(dynamics), np.random.default_rng(turn)
    level = rng.uniform(-12, 4, 600)
    x = rng.uniform(-15, 60, 600)
    for _ in range(3000):
        x = curve.approx_step(x, level)
    settled = np.abs(curve.approx_step(x, level) - x) < 1e-9
    level, centre = level[settled], x[settled]
    radius = 10 ** rng.uniform(-4, -1, len(level)) * (1 - np.abs(curve.approx_multiplier(centre)))
    goal = centre - radius, centre + radius
    begin = centre + rng.choice([-1, 1], len(level)) * radius * 10 ** rng.uniform(0.1, 5, len(level))
    proved = climbs(curve, curve.engine.points(level), (begin, begin), goal, turn)
    assert proved.sum() > 50
    y, level, low, high = (values[proved] for values in (begin, level, *goal))
    inside = np.zeros(len(y), dtype=np.bool_)
    for _ in range(20_000):
        for _ in range(turn):
            y = curve.approx_step(y, level)
        inside |= (y >= low) & (y <= high)
        if inside.all():  # and stays so
            break
    assert inside.all()


def test_no_orbit_climbs_through_a_fixed_point() -> None:
    """The middle one of three repels: from its right the greatest is reached, from its left it is not."""
    curve = Curve(STEEP)
    columns = solve_table(STEEP, References.of_counts(np.array([2]), np.array([3000])))
    assert columns.count[0] == 3
    low, high = columns.fixed_low[0], columns.fixed_high[0]
    ref = curve.engine.points(np.log(np.full(2, 2 / 2998)))
    start = np.array([low[1] - 0.5, high[1] + 0.5])
    goal = np.full(2, low[2] - 1e-3), np.full(2, high[2] + 1e-3)
    assert climbs(curve, ref, (start, start), goal, 1).tolist() == [False, True]
