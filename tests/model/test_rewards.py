"""Rewards of two other values, against the advantages that they have."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker import truth
from tests.shared import examples
from verified_grpo.certificates.builders import variant
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.model.rewards import Rewards

mp = mpmath.mp
values = st.tuples(st.integers(-30, 30), st.integers(1, 60)).map(
    lambda pair: Rewards(Fraction(pair[0], 10), Fraction(pair[0] + pair[1], 10))
)
rates = st.integers(1, 99).map(lambda k: Fraction(k, 100))


def mpf(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def asked(contrast: Contrast, rewards: Rewards, p: Fraction, eps: Fraction) -> Any:
    """Omega as the suite has it."""
    stabiliser, high = rewards.stabiliser(contrast, (eps, eps))
    assert stabiliser == high
    at = mp.log(mpf(p / (1 - p)))
    return truth.omega(dict(variant(rewards.contrast(contrast))), at, mpf(stabiliser))


@pytest.mark.parametrize("contrast", [MEAN, MEAN_STD, MEAN_VAR], ids=lambda c: c.label)
@examples(40)
@given(rewards=values, p=rates, eps=rates)
@mpmath.workdps(60)  # type: ignore[untyped-decorator]
def test_the_population_s_advantages(
    contrast: Contrast, rewards: Rewards, p: Fraction, eps: Fraction
) -> None:
    mean = p * rewards.success + (1 - p) * rewards.failure
    variance = p * (rewards.success - mean) ** 2 + (1 - p) * (rewards.failure - mean) ** 2
    below = {
        "mean": mp.mpf(1),
        "mean-std": mp.sqrt(mpf(variance)) + mpf(eps),
        "mean-var": mp.sqrt(mpf(variance + eps)),
    }[contrast.name]
    wanted = mpf(rewards.success - mean) / below - mpf(rewards.failure - mean) / below
    assert abs(asked(contrast, rewards, p, eps) / wanted - 1) < mp.mpf(10) ** -50


@pytest.mark.parametrize("ddof", [0, 1])
@examples(15)
@given(rewards=values, p=rates, eps=rates)
@mpmath.workdps(60)  # type: ignore[untyped-decorator]
def test_a_group_s_advantages(ddof: int, rewards: Rewards, p: Fraction, eps: Fraction) -> None:
    size, total = 5, mp.mpf(0)
    for others in product((0, 1), repeat=size - 1):
        weight = p ** sum(others) * (1 - p) ** (size - 1 - sum(others))
        for first, sign in ((1, 1), (0, -1)):
            group = [rewards.success if one else rewards.failure for one in (first, *others)]
            mean = sum(group, Fraction(0)) / size
            spread = sum(((r - mean) ** 2 for r in group), Fraction(0)) / (size - ddof)
            if spread:
                total += sign * mpf(weight * (group[0] - mean)) / (mp.sqrt(mpf(spread)) + mpf(eps))
    found = asked(Contrast("group", size, ddof), rewards, p, eps)
    assert abs(found / total - 1) < mp.mpf(10) ** -50


def test_what_is_no_pair_of_values_is_refused() -> None:
    for pair in (("1", "0"), ("0.5", "0.5")):
        with pytest.raises(InputError, match="larger"):
            Rewards.of(*pair)
    with pytest.raises(InputError, match="leave --reward-values out"):
        Rewards.of("0", "2").contrast(Contrast.of("1/(p + eps)"))
    with pytest.raises(InputError, match="scaled by a number > 0, not by -1"):
        MEAN.scaled(Fraction(-1))
