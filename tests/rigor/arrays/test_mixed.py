"""Rows with numbers of their own: what arrays prove of each, Arb proves of it alone; a row beside a fold is
left open."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.errors import InputError, MissingFact
from verified_grpo.intervals.array_bounds import ARRAYS, Interval
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.arrays.mixed import MixedColumns, solve_mixed
from verified_grpo.rigor.arrays.table import References
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

Row = tuple[Fraction, Fraction, Fraction]


def solved(contrast: Contrast, rows: list[Row]) -> MixedColumns:
    """Rows of (alpha beta, eps, p_ref)."""
    pull, eps = (_enclosed([row[k] for row in rows]) for k in (0, 1))
    reference = References.of_fractions([row[2] for row in rows])
    return solve_mixed(contrast, pull, eps, ARRAYS.between(reference.low, reference.high))


def _enclosed(numbers: list[Fraction]) -> Interval:
    return ARRAYS.exacts(x.as_integer_ratio() for x in numbers)


def powers(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Numbers of every size from 10^low to 10^high."""
    return st.builds(
        lambda m, e: Fraction(m) * Fraction(10) ** (e - 2), st.integers(100, 999), st.integers(low, high)
    )


rates = st.fractions(Fraction(1, 10**6), 1 - Fraction(1, 10**6), max_denominator=10**6)
mixes = st.lists(st.tuples(powers(-3, 2), powers(-8, 0), rates), min_size=1, max_size=6)


@given(st.sampled_from([MEAN_VAR, MEAN_STD, MEAN_VAR.scaled(Fraction(3, 7))]), mixes)
@examples(40)
def test_what_is_proved_of_many_is_proved_of_each(contrast: Contrast, rows: list[Row]) -> None:
    found = solved(contrast, rows)
    for k, (pull, eps, p_ref) in enumerate(rows):
        if not found.known[k]:
            assert found.count[k] == -1
            assert np.isnan([found.low[k], found.high[k], found.largest_step[k]]).all()
            continue
        box = Parameters.of(beta=pull, eps=eps, p_ref=p_ref)
        listed = fixed_points(contrast, box)
        if isinstance(listed, FixedPoints):
            assert found.count[k] == listed.count
            low, high = listed.points[0].logit
            assert Fraction(found.low[k]) <= high
            assert low <= Fraction(found.high[k])
            stepped = small_steps(contrast, box, known=listed)
            assert isinstance(stepped, RisesBySteps)
            assert 0 < Fraction(found.largest_step[k]) <= stepped.largest_step[1]


def test_most_rows_are_known_and_brackets_are_narrow() -> None:
    rows = [
        (Fraction(k, 50), Fraction(1, 10**5), Fraction(j, 40)) for k in range(1, 60) for j in range(1, 40)
    ]
    found = solved(MEAN_VAR, rows)
    assert found.known.mean() > 0.999
    assert set(found.count) <= {-1, 1, 3}
    assert {1, 3} <= set(found.count)
    width = (found.high - found.low) / (1 + np.abs(found.low))
    assert np.nanmax(width) < 1e-11


def test_a_row_beside_a_fold_is_left_open() -> None:
    """Where the count changes from 3 to 1 is narrowed down until rows there are not known."""
    low, high = Fraction(3), Fraction(100)
    for _ in range(12):
        pulls = [low + (high - low) * Fraction(k, 40) for k in range(41)]
        found = solved(MEAN_VAR, [(pull, Fraction(1, 10**5), Fraction(3, 10)) for pull in pulls])
        assert (found.count[0], found.count[-1]) == (3, 1)
        if not found.known.all():
            break
        last = int(np.flatnonzero(found.count == 3)[-1])
        low, high = pulls[last], pulls[last + 1]
    assert not found.known.all()


def test_a_slope_without_one_peak_is_refused() -> None:
    row = [(Fraction(1), Fraction(1, 10), Fraction(1, 2))]
    for contrast in (MEAN, Contrast("group", 8)):
        with pytest.raises(MissingFact):
            solved(contrast, row)


def test_no_rows_and_rates_outside_are_told() -> None:
    assert len(solved(MEAN_VAR, []).known) == 0
    with pytest.raises(InputError, match="row 0"):
        solved(MEAN_VAR, [(Fraction(1), Fraction(1), Fraction(1))])
