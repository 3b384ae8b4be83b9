"""Contrasts against their definition by brute force."""

from __future__ import annotations

from itertools import product
from math import sqrt

import pytest

from verified_grpo.errors import InputError
from verified_grpo.model import Contrast
from verified_grpo.model.contrasts import eps, group_coefficients, omega_expression, p, q


def expected_advantage(own: int, rate: float, size: int, ddof: int, stabiliser: float) -> float:
    """E[A | own reward], by summing over all outcomes of the other G - 1 samples."""
    total = 0.0
    for others in product((0, 1), repeat=size - 1):
        weight = 1.0
        for reward in others:
            weight *= rate if reward else 1 - rate
        rewards = (own, *others)
        mean = sum(rewards) / size
        variance = sum((r - mean) ** 2 for r in rewards) / (size - ddof)
        if variance > 0:
            total += weight * (own - mean) / (sqrt(variance) + stabiliser)
    return total


@pytest.mark.parametrize("size", [2, 3, 4, 5, 8])
@pytest.mark.parametrize("ddof", [0, 1])
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.93])
def test_group_contrast_is_the_difference_of_expected_advantages(size: int, ddof: int, rate: float) -> None:
    stabiliser = 0.01
    wanted = expected_advantage(1, rate, size, ddof, stabiliser) - expected_advantage(
        0, rate, size, ddof, stabiliser
    )
    got = omega_expression(Contrast("group", size, ddof)).subs({p: rate, q: 1 - rate, eps: stabiliser})
    assert float(got) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("size", [2, 3, 7, 16])
def test_group_coefficients_are_symmetric(size: int) -> None:
    coefficients = group_coefficients(Contrast("group", size, 1))
    assert coefficients == coefficients[::-1]


def test_group_limit_at_zero_is_what_the_frameworks_divide_by() -> None:
    """(G-1)/sqrt(G) with ddof 1 and no stabiliser: 2.47 for G = 8."""
    assert float(group_coefficients(Contrast("group", 8, 1))[0].subs(eps, 0)) == pytest.approx(7 / sqrt(8))


@pytest.mark.parametrize(
    ("name", "size", "ddof", "says"),
    [
        ("median", 0, 0, "unknown contrast"),
        ("group", 0, 0, "group size from 2"),
        ("group", 1, 0, "group size from 2"),
        ("group", 129, 0, "group size from 2 to 128"),
        ("group", 8, 2, "ddof is 0 or 1"),
        ("mean-var", 8, 0, "belong to contrast group"),
    ],
)
def test_bad_contrasts_are_refused(name: str, size: int, ddof: int, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Contrast(name, size, ddof)
