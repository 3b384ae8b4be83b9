"""Visits that teach nothing, counted out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import pytest

from verified_grpo.model.visits import no_signal, no_signal_over, none_in


@pytest.mark.parametrize(("p", "size"), [(Fraction(1, 3), 2), (Fraction(1, 7), 5), (Fraction(9, 10), 4)])
def test_by_all_outcomes_of_a_group(p: Fraction, size: int) -> None:
    groups = [g for g in product((0, 1), repeat=size) if len(set(g)) == 1]
    assert no_signal(p, size) == sum(prod(p if r else 1 - p for r in group) for group in groups)


def test_over_a_range_and_in_a_row() -> None:
    p = Fraction(1, 1000), Fraction(1, 500)
    low, high = no_signal_over(p, 8)
    assert (low, high) == (no_signal(p[1], 8), no_signal(p[0], 8))
    assert no_signal_over((Fraction(1, 4), Fraction(9, 10)), 4)[0] == Fraction(1, 8)
    least, most = none_in(100, (high, high))
    assert Fraction(least) <= high**100 <= Fraction(most)
    assert least.startswith("0.449")
    assert none_in(1_000_000, (high, high))[1] != ""
