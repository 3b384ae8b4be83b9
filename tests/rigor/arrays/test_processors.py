"""A table is the same to the last byte whatever instructions the processor has."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest

from tests.intervals.processors import MASKABLE, masked
from verified_grpo.intervals.steady_arrays import SteadyArrays, approx_exp
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast
from verified_grpo.rigor.arrays import Dynamics, References, solve_table

SETTINGS = (
    (MEAN_VAR, "1", "1/25", "1e-5"),
    (MEAN_STD, "1", "2", "1e-4"),
    (MEAN_VAR, "1", "5", "1e-5"),
    (MEAN_VAR, "1/2", "2/3", "1e-5"),
    (Contrast("group", 8, 1), "1/2", "1", "1e-3"),
)


def digest() -> str:
    """Of every column of a few tables, fixed points and cycles."""
    total = hashlib.sha256()
    for contrast, *numbers in SETTINGS:
        dynamics = Dynamics(contrast, *(Fraction(x) for x in numbers))
        table = solve_table(dynamics, References.of_counts(np.arange(1, 400), np.full(399, 400)))
        for field in fields(table):
            total.update(np.ascontiguousarray(getattr(table, field.name)).tobytes())
    return total.hexdigest()


@pytest.mark.skipif(not MASKABLE, reason="this NumPy has one kind of code for this processor")
@pytest.mark.parametrize("names", [MASKABLE[-1:], MASKABLE], ids=["newest", "all"])
def test_a_table_does_not_depend_on_the_processor(names: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"from {__name__} import digest; print(digest())"],
        env={**os.environ, **masked(names), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == digest()


def test_the_steady_exponential_is_near_the_exact_one() -> None:
    x = np.concatenate([np.linspace(-700, 709, 20_001), np.linspace(-1e-6, 1e-6, 101)])
    assert np.all(np.abs(approx_exp(x) - np.exp(x)) <= 2.0**-51 * np.exp(x))
    beyond = approx_exp(np.array([0.0, -np.inf, np.inf, -1e300, 1e300, np.nan]))
    assert beyond[:5].tolist() == [1.0, 0.0, np.inf, 0.0, np.inf]
    assert np.isnan(beyond[5])
    assert approx_exp(np.array([-740.0]))[0] == np.exp(-740.0)


@pytest.mark.parametrize("n", range(-5, 9))
def test_steady_powers(n: int) -> None:
    x = np.array([0.5, 1.0, 3.0, -2.0])
    assert np.allclose(SteadyArrays().power(x, n), x**n, rtol=1e-15)
