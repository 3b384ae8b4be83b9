"""Named contrasts of groups, against exact sums over all groups of rewards."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import pytest

from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import InputError
from verified_grpo.model import Contrast, Parameters
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, RisesToOneBySteps, small_steps

mp = mpmath.mp
Advantage = Callable[[tuple[int, ...], Any], Any]


def beside_others(group: tuple[int, ...], eps: Any) -> Any:
    """NeMo-RL's: mean and standard deviation (divisor G - 2) of the others, no division where it is 0."""
    first, others = group[0], group[1:]
    mean = mp.mpf(sum(others)) / len(others)
    std = mp.sqrt(sum((r - mean) ** 2 for r in others) / (len(others) - 1))
    return (first - mean) / (std + eps) if std else first - mean


def over_mean(group: tuple[int, ...], eps: Any) -> Any:
    mean = mp.mpf(sum(group)) / len(group)
    return (group[0] - mean) / mean if mean else mp.mpf(0)


def normal(group: tuple[int, ...], eps: Any) -> Any:
    mean = mp.mpf(sum(group)) / len(group)
    std = mp.sqrt(sum((r - mean) ** 2 for r in group) / (len(group) - 1))
    return (group[0] - mean) / (std + eps) if std else mp.mpf(0)


def brute(advantage: Advantage, size: int, p: Any, eps: Any, *, mixed: bool) -> Any:
    """The mean advantage of a success less that of a failure; ``mixed``: per group that has both outcomes."""
    total, kept = mp.mpf(0), mp.mpf(0)
    for group in product((0, 1), repeat=size):
        ones = sum(group)
        if mixed and ones not in (0, size):
            kept += p**ones * (1 - p) ** (size - ones)
        beside = p ** (ones - group[0]) * (1 - p) ** (size - 1 - ones + group[0])
        total += (1 if group[0] else -1) * beside * advantage(group, eps)
    return total / kept if mixed else total


NAMED: list[tuple[Contrast, Advantage, bool]] = [
    (Contrast("group-loo", 5), beside_others, False),
    (Contrast("maxrl", 5), over_mean, False),
    (Contrast("group-mixed", 5, 1), normal, True),
    (Contrast("batch", 5), lambda group, eps: (group[0] - mp.mpf(sum(group)) / 5) / eps, False),
]
each = pytest.mark.parametrize(
    ("contrast", "advantage", "mixed"), NAMED, ids=lambda x: getattr(x, "label", "")
)


@each
@mpmath.workdps(50)  # type: ignore[untyped-decorator]
def test_small_steps_end_where_the_exact_sum_over_groups_says(
    contrast: Contrast, advantage: Advantage, mixed: bool
) -> None:
    """L - L_ref - Omega/beta changes sign in the bracket, with parameters that no other test has."""
    box = Parameters.of(beta="7/5", eps="0.37", p_ref="0.13")
    found = small_steps(contrast, StepParameters(**dict(box)))
    assert isinstance(found, RisesBySteps)
    assert found.limit is not None
    assert check_bytes(canonical_bytes(small_steps_certificate(found))).outcome is Outcome.ACCEPTED
    signs = []
    for end in found.limit.logit:
        x = mp.mpf(end.numerator) / end.denominator
        omega = brute(advantage, contrast.group_size, 1 / (1 + mp.exp(-x)), mp.mpf("0.37"), mixed=mixed)
        signs.append(x - mp.log(mp.mpf(13) / 87) - omega * 5 / 7)
    assert signs[0] < 0 < signs[1]


def test_of_an_unbounded_contrast_all_fixed_points_are_not_told() -> None:
    mixed = Contrast("group-mixed", 8, 1)
    box = Parameters.of(beta=2, eps="1e-4", p_ref="0.1")
    found = fixed_points(mixed, box)
    assert not isinstance(found, FixedPoints)
    assert "bounded" in found.reason
    freely = small_steps(mixed, StepParameters.of(beta=0, eps="1e-4", p_ref="0.1"))
    assert isinstance(freely, RisesToOneBySteps)
    assert check_bytes(canonical_bytes(small_steps_certificate(freely))).outcome is Outcome.ACCEPTED


@mpmath.workdps(30)  # type: ignore[untyped-decorator]
def test_values_at_two_places() -> None:
    """At p = 1/4 and 1/2, groups of 8: 2.0546 and 2.0006."""
    found = [brute(beside_others, 8, mp.mpf(p), mp.mpf("1e-6"), mixed=False) for p in ("0.25", "0.5")]
    assert [mp.nstr(x, 5) for x in found] == ["2.0546", "2.0006"]


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (lambda: Contrast("group-loo", 2), "group size from 3"),
        (lambda: Contrast("maxrl"), "group size from 2"),
        (lambda: Contrast("maxrl", 8, 1), "has no ddof"),
        (lambda: Contrast("group-mixed", 8, 2), "takes ddof 0 or 1"),
    ],
)
def test_sizes_outside_are_refused(made: Callable[[], Contrast], line: str) -> None:
    with pytest.raises(InputError, match=line):
        made()


def test_a_multiple_of_a_named_one() -> None:
    assert Contrast("maxrl", 4).scaled(Fraction(1, 2)).label == "0.5 times maxrl(4)"
