"""Counts of cycles for Coq: what is declined, and that sweeps contain what they say."""

from __future__ import annotations

import json
import math
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.errors import InputError
from verified_grpo.export.cycles import cycles
from verified_grpo.export.orbits import Orbit, Start
from verified_grpo.export.point import Point
from verified_grpo.export.sweeps import Sweep
from verified_grpo.intervals import ArbEngine

CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"
POINT = Point(Fraction(9, 10), Fraction(3), Fraction(1, 100000), Fraction(1, 1000))


def part(name: str, number: int) -> tuple[Any, Any]:
    whole = json.loads((CERTIFICATES / f"{name}.json").read_text())
    return whole["statement"]["parts"][number]["claim"], whole["evidence"]["parts"][number]


def step(log_odds: float) -> tuple[float, float]:
    """T and its slope, in floats."""
    alpha, beta, eps, p_ref = (float(x) for x in (POINT.alpha, POINT.beta, POINT.eps, POINT.p_ref))
    p = 1 / (1 + math.exp(-log_odds))
    v = p * (1 - p)
    image = (1 - alpha) * log_odds + alpha * math.log(p_ref / (1 - p_ref)) + 1 / math.sqrt(v + eps) / beta
    return image, 1 - alpha + (2 * p - 1) * v / (2 * (v + eps) ** 1.5) / beta


@given(st.integers(-80, 80), st.integers(1, 40), st.floats(0, 1), st.sampled_from([1, 2, 3]))
def test_a_sweep_contains_the_images_of_its_cell(low: int, width: int, share: float, n: int) -> None:
    cell = (Fraction(low, 8), Fraction(low + width, 8))
    sweep = Sweep.of(POINT, cell, n)
    here, slope = float(cell[0] + (cell[1] - cell[0]) * Fraction(share)), 1.0
    for _ in range(n):
        here, factor = step(here)
        slope *= factor
    slack = 1e-7 * max(1.0, abs(slope), abs(here))
    assert float(sweep.image[0]) - slack <= here <= float(sweep.image[1]) + slack
    assert float(sweep.turn[0]) - slack <= slope <= float(sweep.turn[1]) + slack


def test_a_cycle_left_out_is_not_exported() -> None:
    """The cells that hold its points are never empty: no guess is made."""
    statement, evidence = part("s5-beyond-beta-c", 5)
    statement["cycles"] = []
    with pytest.raises(InputError, match="undecided"):
        cycles("trial", statement, evidence)


@pytest.mark.parametrize("period", [1, 4, 6])
def test_other_periods_are_declined(period: int) -> None:
    statement, evidence = part("s5-beyond-beta-c", 5)
    statement["period"] = period
    with pytest.raises(InputError, match="of periods 2 and 3"):
        cycles("trial", statement, evidence)


def test_the_mirror_is_declined() -> None:
    statement, _ = part("s5-beyond-beta-c", 5)
    with pytest.raises(InputError, match="alpha = 0"):
        cycles("trial", statement, {"rule": "mirror"})


def test_the_theorem_counts_and_places_the_cycles() -> None:
    text = cycles("two", *part("s6-chaos", 3))
    claim = text[text.index("Theorem two") : text.index("Proof.", text.index("Theorem two"))]
    assert "exists x0 x1 x2 x3 x4 x5" in claim
    assert "forall L, has_period step 3 L <-> In L [x0; x1; x2; x3; x4; x5]" in claim
    assert claim.count("turn step step' 3") == 6


@pytest.mark.parametrize("work", ["orbit", "sweep"])
def test_the_precision_is_set_by_one_thread_at_a_time(work: str) -> None:
    """FLINT's is global: while another thread has it, an export waits."""
    before, ends = flint.ctx.prec, list[int]()

    def export() -> None:
        if work == "orbit":
            Orbit.of(POINT, Start(None, POINT.p_ref), 2)
        else:
            Sweep.of(POINT, (Fraction(1), Fraction(9, 8)), 1)
        ends.append(flint.ctx.prec)

    with ArbEngine(97):
        thread = threading.Thread(target=export)
        thread.start()
        thread.join(0.3)
        assert not ends
        assert flint.ctx.prec == 97
    thread.join(60)
    assert ends == [before]
