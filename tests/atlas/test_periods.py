"""A guess of a period is no proof of it: where whole turns are guessed too long, nothing is claimed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from verified_grpo.model import MEAN_VAR
from verified_grpo.rigor.cells.flow import Flow
from verified_grpo.rigor.cells.patches import Law, Patches
from verified_grpo.rigor.cells.rules import _trapped

SIDE = 2.0**-20


@pytest.mark.parametrize("period", [1, 2, 4, 6])
def test_a_cycle_of_two_is_proved_as_no_other(period: int) -> None:
    """At beta 5, p_ref 0.001 and eps 1e-5 sequences tend to a cycle of two points."""
    law = Law(MEAN_VAR, Fraction(1, 10**5), Fraction(1))
    x, y = np.array([np.log(5.0)]), np.array([np.log(0.001 / 0.999)])
    flow = Flow.from_reference(law, Patches(x, x + SIDE, y, y + SIDE)).after(np.array([400]))
    (found,) = _trapped(flow, np.array([period]), np.array([0.0]), np.array([[4], [4]]))
    assert (found is not None) == (period == 2)
