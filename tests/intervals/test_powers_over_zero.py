"""An even power of an interval around 0 begins at 0, whatever computes the arrays."""

from __future__ import annotations

import numpy as np
import pytest

from verified_grpo.intervals import ArrayEngine, arb_arrays

ENGINES = [ArrayEngine(), ArrayEngine(arithmetic=arb_arrays)]


@pytest.mark.parametrize("n", [2, 4, 6])
@pytest.mark.parametrize("engine", ENGINES, ids=["kernel", "arb"])
def test_an_even_power_begins_at_zero(engine: ArrayEngine, n: int) -> None:
    lo, hi = np.array([-1.0, -3.0, 0.0, -2.0]), np.array([2.0, 1.0, 5.0, 0.0])
    power = engine.power(engine.between(lo, hi), n)
    assert np.asarray(power.lo).tolist() == [0.0] * 4
    assert np.asarray(power.hi).tolist() == (np.maximum(-lo, hi) ** n).tolist()
