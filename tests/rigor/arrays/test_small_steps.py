"""Small steps of a table: held against steps taken at 60 digits, against Arb, and against both kernels."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.brute_force import DIGITS, follow, log_odds, number, reverse_drive
from tests.shared import examples
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor.arrays import Dynamics, References, solve_both, solve_small_steps, solve_table
from verified_grpo.rigor.arrays.passage import Steps, steps_to
from verified_grpo.rigor.sequences.passage import Passage, passage
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

ROUNDING = mpmath.mpf(10) ** -50
"""Of the steps at 60 digits."""
CONTRASTS = st.sampled_from([MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 4, 0), Contrast("group", 8, 1)])
BETAS = st.sampled_from([Fraction(k, 20) for k in (2, 6, 15, 20, 30, 60, 100)])
EPSES = st.sampled_from([Fraction(1, 10**5), Fraction(1, 100), Fraction(1, 10)])
RATES = st.integers(2, 2000).flatmap(lambda n: st.builds(Fraction, st.integers(1, n - 1), st.just(n)))


@examples(20)
@given(CONTRASTS, BETAS, EPSES, RATES)
def test_the_largest_step_rises_to_the_least_fixed_point(
    contrast: Contrast, beta: Fraction, eps: Fraction, rate: Fraction
) -> None:
    found = solve_small_steps(Dynamics(contrast, Fraction(1), beta, eps), References.of_fractions([rate]))
    if not found.known[0]:
        return
    low, high, step = found.limit_low[0], found.limit_high[0], found.largest_step[0]
    assert 0 < step <= 1 / beta
    with mpmath.workdps(DIGITS):
        drive = reverse_drive(contrast, beta, eps, rate)
        orbit = follow(drive, log_odds(rate), mpmath.mpf(float(step)), 60)
        assert all(a <= b + ROUNDING for a, b in pairwise(orbit))
        assert orbit[-1] <= high
        # Nothing rests before the bracket, and something does in it.
        places = [orbit[0] + (low - orbit[0]) * k / 40 for k in range(40)]
        assert all(drive(x) > 0 for x in places)
        assert drive(mpmath.mpf(float(low))) >= 0 >= drive(mpmath.mpf(float(high)))
        assert high - low < 1e-6 * (1 + abs(low))


@examples(15)
@given(CONTRASTS, BETAS, EPSES, RATES)
def test_arrays_and_arb_know_the_same_small_steps(
    contrast: Contrast, beta: Fraction, eps: Fraction, rate: Fraction
) -> None:
    dynamics, references = Dynamics(contrast, Fraction(1), beta, eps), References.of_fractions([rate])
    exactly, found = solve_both(dynamics, references)
    for field in fields(found):
        alone = getattr(solve_small_steps(dynamics, references), field.name)
        np.testing.assert_array_equal(getattr(found, field.name), alone)
    for field in fields(exactly):
        np.testing.assert_array_equal(
            getattr(exactly, field.name), getattr(solve_table(dynamics, references), field.name)
        )
    arb = small_steps(contrast, StepParameters.of(beta=beta, eps=eps, p_ref=rate))
    if found.known[0] and isinstance(arb, RisesBySteps) and arb.limit is not None:
        assert found.limit_low[0] <= arb.limit.logit[1]
        assert arb.limit.logit[0] <= found.limit_high[0]
        assert found.largest_step[0] <= arb.largest_step[1]  # of which this one is the sharper bound


@examples(15)
@given(CONTRASTS, BETAS, EPSES, st.integers(0, 40), st.integers(1, 20), st.floats(0.01, 0.99))
def test_a_range_holds_the_small_steps_of_every_rate_in_it(
    contrast: Contrast, beta: Fraction, eps: Fraction, first: int, width: int, place: float
) -> None:
    low, high = first / 61, (first + width) / 61
    dynamics = Dynamics(contrast, Fraction(1), beta, eps)
    wide = solve_small_steps(dynamics, References.of_ranges(np.array([low]), np.array([high])))
    inside = Fraction(low + place * (high - low))
    narrow = solve_small_steps(dynamics, References.of_fractions([inside]))
    if not (wide.known[0] and narrow.known[0]):
        return
    assert wide.limit_low[0] <= narrow.limit_high[0]
    assert narrow.limit_low[0] <= wide.limit_high[0]
    assert wide.largest_step[0] <= narrow.largest_step[0] * (1 + 1e-9)
    assert wide.greatest_low[0] <= narrow.greatest_low[0] + 1e-9
    if wide.count[0] >= 0:
        assert narrow.count[0] == wide.count[0]


def test_an_interval_down_to_0_has_a_least_fixed_point_for_every_rate() -> None:
    dynamics = Dynamics(MEAN_VAR, Fraction(1), Fraction(4), Fraction(1, 10**5))
    found = solve_small_steps(dynamics, References.of_ranges(np.array([0.0]), np.array([0.3])))
    assert found.known[0]
    assert found.limit_low[0] == -np.inf
    assert found.p_low[0] == 0
    alone = solve_small_steps(dynamics, References.of_fractions([Fraction(3, 10)]))
    assert found.limit_high[0] >= alone.limit_low[0]


@examples(15)
@given(CONTRASTS, st.sampled_from([0, *[Fraction(k, 20) for k in (2, 20)]]), EPSES, RATES,
       st.sampled_from(["0.3", "0.5", "0.9"]), st.integers(1, 3))  # fmt: skip
def test_steps_are_counted_as_they_are_taken(
    contrast: Contrast, beta: Fraction, eps: Fraction, rate: Fraction, target: str, inner: int
) -> None:
    goal, update = Fraction(target), Update.of("0.04", inner)
    box = StepParameters.of(beta=beta, eps=eps, p_ref=rate)
    recursion = update.recursion(box)
    steps = Steps(contrast, recursion.alpha[0], recursion.beta[0], eps)
    at = References.of_fractions([rate])
    least, most = (int(side[0]) for side in steps_to(steps, goal, at.low, at.high, limit=300))
    assert least <= most
    with mpmath.workdps(DIGITS):
        here, n = log_odds(rate), 0
        start, weight = here, number(1 / recursion.beta[0])
        drive = reverse_drive(contrast, Fraction(0), eps, rate)
        while n <= 300 and here < log_odds(goal) - ROUNDING:
            here += number(recursion.alpha[0]) * (start - here) + weight * drive(here)
            n += 1
    if most >= 0:
        assert least <= n <= most <= least + 1
    found = passage(contrast, recursion, goal)
    if most >= 0 and isinstance(found, Passage) and found.steps is not None:
        assert found.steps[0] <= most
        assert least <= found.steps[1]


def test_steps_over_a_range_and_where_they_are_not_known() -> None:
    steps = Steps(MEAN_VAR, Fraction(0), Fraction(100), Fraction(1, 10**5))
    refs = References.of_ranges(np.array([0.1, 0.0, 0.6]), np.array([0.2, 0.2, 1.0]))
    least, most = steps_to(steps, Fraction(1, 2), refs.low, refs.high)
    starts = [References.of_fractions([rate]).low for rate in (Fraction(1, 5), Fraction(1, 10))]
    ends = [int(steps_to(steps, Fraction(1, 2), start, start)[0][0]) for start in starts]
    assert (least[0], most[0]) == tuple(ends)
    assert (least[1], most[1]) == (-1, -1)  # as many as one likes
    assert (least[2], most[2]) == (0, 0)
    # Too large a step to keep order below; one that never gets there; a limit that comes first.
    large = Steps(MEAN_VAR, Fraction(1), Fraction(5), Fraction(1, 10**5))
    low = References.of_fractions([Fraction(1, 1000)]).low
    assert steps_to(large, Fraction(1, 2), low, low)[1][0] == -1
    rests = Steps(MEAN_VAR, Fraction(1, 20), Fraction(100), Fraction(1, 10**5))
    assert steps_to(rests, Fraction(1, 2), low, low)[1][0] == -1
    assert steps_to(steps, Fraction(1, 2), low, low, limit=3)[1][0] == -1


WITHOUT_CRIVAL = """
import sys
sys.modules["ival"] = None
from fractions import Fraction
from verified_grpo.intervals import array_engine
from verified_grpo.model import MEAN_VAR
from verified_grpo.rigor.arrays import Dynamics, References, solve_small_steps
assert array_engine.kernel.__name__.endswith("arb_arrays")
dynamics = Dynamics(MEAN_VAR, Fraction(1), Fraction(1), Fraction(1, 10**5))
rates = [Fraction(1, 1000), Fraction(1, 50), Fraction(2, 3)]
columns = solve_small_steps(dynamics, References.of_fractions(rates))
for name in ("count", "limit_low", "limit_high", "largest_step"):
    print(*getattr(columns, name).tolist())
"""


def test_the_other_kernel_says_the_same() -> None:
    child = subprocess.run([sys.executable, "-c", WITHOUT_CRIVAL], capture_output=True, text=True, check=True)
    count, low, high, step = ([float(x) for x in line.split()] for line in child.stdout.splitlines())
    rates = [Fraction(1, 1000), Fraction(1, 50), Fraction(2, 3)]
    dynamics = Dynamics(MEAN_VAR, Fraction(1), Fraction(1), Fraction(1, 10**5))
    usual = solve_small_steps(dynamics, References.of_fractions(rates))
    assert usual.count.tolist() == count == [3, 3, 1]
    assert (usual.limit_low <= high).all()
    assert (low <= usual.limit_high).all()
    np.testing.assert_allclose(step, usual.largest_step, rtol=1e-9)
