"""A small share of the soak's containment, and that its oracles see a bound that is one place wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from soak import arrays, containment, scalars
from soak.double_cases import OPERATIONS, intervals, members
from soak.float_oracle import HAS_LONG_DOUBLE, by_arb
from verified_grpo.intervals import MpmathEngine
from verified_grpo.intervals import raw_mpf as raw


@pytest.mark.parametrize(("subject", "name", "chunk"), containment.pairs(), ids=lambda x: str(x)[:20])
def test_a_chunk_of_every_operation_of_every_arithmetic(subject: str, name: str, chunk: Any) -> None:
    tally = chunk(subject, name, f"suite {subject} {name}")
    assert tally.cases == (arrays.CHUNK if chunk is arrays.chunk else scalars.CHUNK)
    assert tally.violations == 0, tally.examples
    assert tally.undecided <= tally.cases // 20


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of fewer cases, for tests of what is done with them."""
    monkeypatch.setattr(arrays, "CHUNK", 2**12)
    monkeypatch.setattr(scalars, "CHUNK", 100)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_bound_one_place_too_tight_is_seen(name: str, side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sound bounds moved inward by one place are wrong wherever they were tight and not exact."""
    sound = arrays._apply

    def tightened(*arguments: Any) -> Any:
        lo, hi = sound(*arguments)
        if side == 0:
            return np.where(np.isfinite(lo), np.nextafter(lo, np.inf), lo), hi
        return lo, np.where(np.isfinite(hi), np.nextafter(hi, -np.inf), hi)

    monkeypatch.setattr(arrays, "_apply", tightened)
    tally = arrays.chunk("array", name, f"too tight {name}")
    share = 100 if name == "sigmoid" else 10  # which is composed of several roundings
    assert tally.violations > arrays.CHUNK // share


@pytest.mark.parametrize("name", ["add", "mul", "div", "exp", "log", "sqrt", "power"])
def test_a_fault_of_an_engine_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = getattr(MpmathEngine, name)

    def faulty(self: MpmathEngine, *operands: Any) -> Any:
        low, high = sound(self, *operands)
        if low == high or raw.INFINITY in (low, high) or raw.MINUS_INFINITY in (low, high):
            return low, high
        return raw.add((high, high), (high, high), 20)  # twice the upper end

    monkeypatch.setattr(MpmathEngine, name, faulty)
    assert scalars.chunk("mpmath", name, f"faulty {name}").violations > scalars.CHUNK // 10


def test_silence_is_demanded_outside_the_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = MpmathEngine.sqrt
    claimed = (raw.ZERO, raw.ONE)
    monkeypatch.setattr(MpmathEngine, "sqrt", lambda self, a: claimed if a[0][0] else inside(self, a))
    tally = scalars.chunk("mpmath", "sqrt", "outside")
    assert tally.violations
    assert "outside its domain" in tally.examples[0]


def test_inputs_are_of_every_sort() -> None:
    rng = np.random.default_rng(1)
    lo, hi = intervals(rng, 20_000)
    assert (lo <= hi).all()
    with np.errstate(over="ignore"):
        next_to = np.nextafter(lo, np.inf)
    for seen in (
        np.isneginf(lo),
        np.isposinf(hi),
        lo == hi,
        (lo == 0) & (hi == 0),
        (np.abs(lo) < 1e-310) & (lo != 0),
        np.abs(hi) > 1e308,
        np.abs(hi - 1) < 1e-12,
        next_to == hi,
        hi / 2 - lo / 2 > 1e6,
    ):
        assert seen.sum() > 50
    for member in members(rng, lo, hi):
        assert ((lo <= member) & (member <= hi) & np.isfinite(member)).all()


def test_the_last_word_is_arb_s() -> None:
    root = OPERATIONS["sqrt"].image
    nearest = float(np.sqrt(2.0))  # just above the root of 2
    assert by_arb(root, nearest, 1, (2.0,)) is True
    assert by_arb(root, nearest, -1, (2.0,)) is False
    assert by_arb(root, 2.0, 1, (4.0,)) is True
    assert by_arb(root, float("inf"), 1, (4.0,)) is True
    assert by_arb(OPERATIONS["log"].image, 0.0, 1, (1.0,)) is True


@pytest.mark.usefixtures("short")
def test_counts_go_on_where_they_stopped_and_begin_anew_with_other_code() -> None:
    held: dict[str, Any] = {}
    for _ in containment.run(held, seed=5, budget=1e-9):
        pytest.fail("no time, no chunk")
    for _ in containment.run(held, seed=5, budget=1e9, target=1):
        pass
    first = containment.total(held)
    assert first > 0
    for _ in containment.run(held, seed=5, budget=1e9, target=first + 1):
        pass
    assert containment.total(held) == 2 * first
    assert all(row["chunks"] == 2 for row in held["rows"].values())
    held["rows"]["mpmath add"]["code"] = "another"
    list(containment.run(held, seed=5, budget=0))
    assert "mpmath add" not in held["rows"]
    assert containment.violations(held) == 0


def test_the_machine_has_a_long_double_that_helps() -> None:
    assert HAS_LONG_DOUBLE or np.finfo(np.longdouble).nmant == 52
