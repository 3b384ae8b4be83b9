"""Parameters: domains, ranges, corners."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verified_grpo.errors import InputError, NotExactError
from verified_grpo.model import Parameters

GOOD: dict[str, Any] = {"beta": "5", "eps": "1e-5", "p_ref": "0.3"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"p_ref": "0"}, "p_ref must lie strictly between 0 and 1"),
        ({"p_ref": "1"}, "p_ref must lie strictly between 0 and 1"),
        ({"p_ref": "0.5:1"}, "p_ref must lie strictly between 0 and 1"),
        ({"beta": "0"}, "beta must be greater than 0"),
        ({"beta": "-1:2"}, "beta must be greater than 0"),
        ({"eps": "0"}, "eps must be greater than 0"),
        ({"alpha": "1.5"}, r"alpha must lie in \[0, 1\]"),
        ({"alpha": "-1"}, r"alpha must lie in \[0, 1\]"),
        ({"beta": "2:1"}, "beta: .*wrong way round"),
        ({"beta": "nan"}, "beta: .*not a number"),
        ({"beta": "inf"}, "beta: .*not a number"),
        ({"eps": ""}, "eps: empty"),
    ],
)
def test_bad_parameters_name_the_parameter_and_what_is_allowed(change: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Parameters.of(**{**GOOD, **change})


def test_a_float_is_refused_and_the_message_says_what_to_type() -> None:
    with pytest.raises(NotExactError, match=r'beta: .*write "0\.1"'):
        Parameters.of(**{**GOOD, "beta": 0.1})


def test_corners_of_a_box() -> None:
    box = Parameters.of(beta="1:2", eps="1e-5:1e-4", p_ref="0.1:0.2", alpha="1/2:1")
    assert (box.lowest_gap.beta, box.lowest_gap.p_ref) == (Fraction(1), Fraction(1, 5))
    assert (box.highest_gap.alpha, box.highest_gap.eps) == (Fraction(1), Fraction(1, 10000))
    assert not box.is_point
    assert box.lowest_gap.box.is_point
