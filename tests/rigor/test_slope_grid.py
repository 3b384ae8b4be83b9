"""The slope's branches are found by looking at a few places of the grid; looking at all of them by arrays
gives the same, bit by bit."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from verified_grpo.intervals import steady, steady_arrays
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, formulas
from verified_grpo.rigor.points.guesses import GRID, SlopeGrid, approx_branches

CONTRASTS = (
    MEAN_VAR,
    MEAN_STD,
    MEAN,
    *(Contrast("group", size, ddof) for size in (3, 4, 8, 16) for ddof in (0, 1)),
)


@pytest.mark.parametrize("eps", [1e-100, 1e-12, 1e-5, 1e-3, 0.1, 5.0])
@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda contrast: contrast.label)
def test_branches_are_those_of_the_whole_grid(contrast: Contrast, eps: float) -> None:
    grid = np.linspace(0.0, max(30.0, 2 * math.log(1 / eps) + 10), GRID)
    with np.errstate(under="ignore"):
        found = formulas.approx_profile_over_arrays(contrast)(steady_arrays.approx_exp(-grid), eps)[1]
    slopes = np.broadcast_to(found, grid.shape)
    steps = np.diff(slopes)
    turns = [0, *(np.flatnonzero(steps[1:] * steps[:-1] < 0) + 1).tolist(), GRID - 1]
    branches = approx_branches(contrast, eps)
    assert [sorted((b.first, b.last)) for b in branches] == [list(ends) for ends in pairwise(turns)]
    for branch in branches:
        assert list(branch) == sorted(branch)
        assert [branch.place(k) for k in range(len(branch))] == [
            grid[branch.at(k)] for k in range(len(branch))
        ]
        assert list(branch) == [slopes[branch.at(k)] for k in range(len(branch))]


def test_few_places_are_looked_at() -> None:
    approx_branches.cache_clear()
    (rising, _) = approx_branches(MEAN_VAR, 1e-5)
    assert len(rising.grid._known) < 40
    assert isinstance(rising.grid, SlopeGrid)


def test_a_branch_has_an_end() -> None:
    (whole,) = approx_branches(MEAN, 1e-5)
    assert len(whole) == GRID
    for k in (-1, GRID):
        with pytest.raises(IndexError):
            whole[k]


@pytest.mark.parametrize("x", [0.0, -1e-300, -0.3, -1.0, -37.5, -708.0, -740.0, -1e9, 3.5, 700.0])
def test_exp_of_a_float_has_the_bits_of_the_array_s(x: float) -> None:
    assert steady.approx_exp(x) == steady_arrays.approx_exp(np.array([x]))[0]
    assert steady.approx_exp(x) == pytest.approx(math.exp(x), rel=1e-14, abs=1e-320)


@pytest.mark.parametrize("n", [-3, -1, 0, 1, 2, 5, 31])
def test_powers_are_products_in_one_order(n: int) -> None:
    one, other = steady.SteadyFloats(), steady_arrays.SteadyArrays()
    assert one.power(1.1, n) == other.power(np.array([1.1]), n)[0] if n else one.power(1.1, n) == 1
