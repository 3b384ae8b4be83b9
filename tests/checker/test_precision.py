"""FLINT's precision is one number for all threads: it is what it was after every check, in each of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import flint
import pytest

from verified_grpo.checker import Code, check_bytes
from verified_grpo.checker.balls import ARB
from verified_grpo.intervals import ArbEngine

from .builder import seal
from .corpus import accepted
from .edits import edited

BITS = (53, 120, 300, 1000)
NAMES = ("fixed-points-beta-5", "limit-falls", "contraction-tree", "inequality-box")


@pytest.fixture(autouse=True)
def often_interrupted() -> Iterator[None]:
    """Threads change after ten microseconds, not after five milliseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def test_checks_in_threads_neither_disturb_one_another_nor_leave_a_trace() -> None:
    files = [
        seal(edited(accepted()[name], "evidence", "bits", value=bits)) for name in NAMES for bits in BITS
    ]
    alone, before = [check_bytes(data, "arb").code for data in files], flint.ctx.prec
    assert alone.count(Code.ACCEPTED) > 8
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda data: check_bytes(data, "arb").code, files * 4))
    assert together == alone * 4
    assert flint.ctx.prec == before


def test_the_precision_in_a_block_is_its_own() -> None:
    """Beside blocks of the checker and of the prover in other threads."""

    def widths(bits: int) -> set[int]:
        seen = set()
        for _ in range(100):
            with ARB.precision(bits):
                for _ in range(50):
                    ARB.enclose(Fraction(1, 3))
                    seen.add(flint.ctx.prec)
            with ArbEngine(bits + 1) as engine:
                for _ in range(50):
                    engine.exact(Fraction(1, 3))
                    seen.add(flint.ctx.prec - 1)
        return seen

    before = flint.ctx.prec
    with ThreadPoolExecutor(len(BITS)) as pool:
        assert list(pool.map(widths, BITS)) == [{bits} for bits in BITS]
    assert flint.ctx.prec == before


def test_a_fault_inside_puts_it_back_too() -> None:
    before = flint.ctx.prec
    with pytest.raises(ZeroDivisionError), ARB.precision(777):
        raise ZeroDivisionError
    assert flint.ctx.prec == before
