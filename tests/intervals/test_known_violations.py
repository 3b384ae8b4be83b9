"""Where mpmath's own functions are wrong, and that the engine is not."""

from __future__ import annotations

import random

import mpmath
import pytest
from flint import arb, ctx
from mpmath import libmp
from mpmath.libmp import libmpi

from verified_grpo.intervals import MpmathEngine

from .points import Mpf, Pair, Tally, judge_pairs, mpf, number, random_interval


def thin(x: Mpf) -> Pair:
    return x, x


def contains(enclosure: Pair, value: arb) -> bool:
    return bool(number(enclosure[0]) <= value and value <= number(enclosure[1]))


def misses(enclosure: Pair, value: arb) -> bool:
    return bool(number(enclosure[0]) > value or value > number(enclosure[1]))


@pytest.mark.parametrize(
    ("bits", "man", "exp"), [(53, 3893924827815215, -50), (113, 1381846513289487, -46), (53, -1, -53)]
)
def test_exp_of_mpmath_misses_the_value_and_the_engine_does_not(bits: int, man: int, exp: int) -> None:
    x = mpf(man, exp)
    with ctx.workprec(2000):
        value = number(x).exp()
        assert misses(libmpi.mpi_exp(thin(x), bits), value)
        assert contains(MpmathEngine(bits).exp(thin(x)), value)


def test_exp_just_below_zero_is_rounded_up_to_a_number_below_it() -> None:
    x = mpf(-1, -53)
    assert libmp.mpf_exp(x, 53, "c") == mpf((1 << 53) - 1, -53)
    assert MpmathEngine(53).exp(thin(x))[1] == libmp.fone


def test_the_interval_context_of_mpmath_misses_exp() -> None:
    assert mpmath.iv.prec == 53
    shown = mpmath.iv.exp(mpmath.iv.mpf(3893924827815215) / 2**50)
    with ctx.workprec(2000):
        assert misses(shown._mpi_, (arb(3893924827815215) / 2**50).exp())


def test_log_of_mpmath_misses_next_to_one_at_64_bits_every_time() -> None:
    engine = MpmathEngine(64)
    with ctx.workprec(2000):
        for k in range(1, 1001):
            x = mpf((1 << 52) + k, -52)
            value = number(x).log()
            assert misses(libmpi.mpi_log(thin(x), 64), value)
            assert contains(engine.log(thin(x)), value)


@pytest.mark.parametrize("place", [66, 100, 200, 400])
def test_log_of_mpmath_is_plain_wrong_just_above_a_quarter(place: int) -> None:
    x = mpf((1 << place) + 1, -place - 2)
    with ctx.workprec(2000):
        value = number(x).log()
        assert value < -1
        wrong = number(libmp.mpf_log(x, 53, "n"))
        assert abs(wrong) < arb(2) ** -60 if place > 73 else abs(wrong - value) < 1
        enclosure = MpmathEngine(53).log(thin(x))
        assert contains(enclosure, value)
        assert number(enclosure[1]) - number(enclosure[0]) < arb(2) ** -50


def test_fractional_powers_of_mpmath_miss_and_the_product_with_the_root_does_not() -> None:
    rng, engine, missed = random.Random(4), MpmathEngine(53), 0
    exponent = thin(mpf(3, -1))
    with ctx.workprec(2000):
        for _ in range(20_000):
            x = mpf(rng.getrandbits(53) | 1, rng.randrange(-60, -40))
            value = number(x) * number(x).sqrt()
            missed += misses(libmpi.mpi_pow(thin(x), exponent, 53), value)
            assert not misses(engine.mul(thin(x), engine.sqrt(thin(x))), value)
    assert missed


@pytest.mark.parametrize(("bits", "lost"), [(16_000, 9), (40_000, 24)])
def test_exp_of_mpmath_loses_bits_without_bound_as_the_precision_grows(bits: int, lost: int) -> None:
    """Too few extra bits for ``sinh = sqrt(cosh^2 - 1)`` of a small argument and the squarings after it."""
    x = mpf((1 << 199) | 12345, -200 - int(0.5 * bits**0.5) // 2)
    approximation = libmp.mpf_exp(x, bits, "n")
    enclosure = MpmathEngine(bits).exp(thin(x))
    with ctx.workprec(bits + 200):
        value = number(x).exp()
        assert abs(number(approximation) - value) > arb(2) ** (lost - bits)
        assert contains(enclosure, value)
        assert number(enclosure[1]) - number(enclosure[0]) < arb(2) ** (4 - bits)


@pytest.mark.parametrize("side", [1, -1])
def test_sums_of_mpmath_miss_when_an_operand_is_longer_than_the_precision(side: int) -> None:
    """Far apart in exponent, the smaller one is dropped, although the longer mantissa reaches down to it."""
    x, y = mpf(side * ((1 << 200) - 1), 0), mpf(side * ((1 << 201) + 1), -101)
    engine = MpmathEngine(53)
    with ctx.workprec(2000):
        total = number(x) + number(y)
        assert misses(libmpi.mpi_add(thin(x), thin(y), 53), total)
        assert contains(engine.add(thin(x), thin(y)), total)
        assert contains(engine.sub(thin(x), engine.neg(thin(y))), total)


@pytest.mark.parametrize("name", ["exp", "log"])
def test_the_harness_of_the_containment_tests_finds_the_violations_of_mpmath(name: str) -> None:
    rng, tally = random.Random(7), Tally()
    raw = libmpi.mpi_exp if name == "exp" else libmpi.mpi_log
    intervals = [random_interval(rng, 53, 30, signed=False) for _ in range(4000)]
    cases = ((a, raw(a, 53), [(number(a[0]),), (number(a[1]),)]) for a in intervals)
    judge_pairs(tally, cases, arb.exp if name == "exp" else arb.log, 53)
    assert len(tally.violations) > 100
    with pytest.raises(AssertionError):
        tally.accept(1)
