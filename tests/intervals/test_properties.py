"""Properties of enclosures that hold on both engines."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import libmp

from verified_grpo.errors import InputError, NotEnoughPrecision, UndecidedComparison
from verified_grpo.intervals import ENGINES, Engine, MpmathEngine, Sign, make_engine
from verified_grpo.intervals.engine import BITS_LIMIT
from verified_grpo.intervals.mpmath_engine import NOTHING_KNOWN

dyadics = st.builds(
    lambda m, e: Fraction(m) * Fraction(2) ** e, st.integers(-(2**70), 2**70), st.integers(-130, 20)
)
numbers = st.one_of(
    st.fractions(-1000, 1000, max_denominator=10**6), st.fractions(-2, 2), dyadics, st.integers(-9, 9)
)
positive = numbers.map(abs).filter(bool)
# What exp makes of these can be written out as a Fraction.
moderate = st.one_of(
    st.fractions(0, 300, max_denominator=10**6),
    st.builds(lambda m, e: Fraction(m, 2**e), st.integers(0, 2**20), st.integers(12, 130)),
).filter(bool)
bits = st.sampled_from((2, 3, 11, 24, 53, 64, 113, 200, 530))
both_engines = pytest.mark.parametrize("name", ENGINES)


@st.composite
def intervals(draw: st.DrawFn, ends: st.SearchStrategy[Any] = numbers) -> tuple[Fraction, Fraction, Fraction]:
    """Two ends and a number between them."""
    low, high = sorted((Fraction(draw(ends)), Fraction(draw(ends))))
    return low, high, low + (high - low) * draw(st.fractions(0, 1, max_denominator=100))


def contains(engine: Engine[Any], value: Any, x: Fraction) -> bool:
    return not engine.is_finite(value) or engine.lower(value) <= x <= engine.upper(value)


def overlap(engine: Engine[Any], a: Any, b: Any) -> bool:
    return engine.lower(a) <= engine.upper(b) and engine.lower(b) <= engine.upper(a)


@both_engines
@given(bits=bits, x=numbers, ends=intervals())
def test_exact_values_and_intervals_are_contained(
    name: str, bits: int, x: Fraction, ends: tuple[Fraction, Fraction, Fraction]
) -> None:
    low, high, between = ends
    with make_engine(name, bits) as engine:
        value = engine.exact(x)
        assert engine.lower(value) <= x <= engine.upper(value)
        interval = engine.interval(low, high)
        assert engine.lower(interval) <= low <= between <= high <= engine.upper(interval)
        hull = engine.hull(engine.exact(high), engine.exact(low))
        assert engine.lower(hull) <= low <= between <= high <= engine.upper(hull)
        both = engine.hull(value, interval)
        assert all(engine.lower(both) <= number <= engine.upper(both) for number in (x, low, high))


@both_engines
@given(bits=bits, left=intervals(), right=intervals(), n=st.integers(-12, 12))
def test_the_four_operations_and_powers_contain_the_exact_result(
    name: str,
    bits: int,
    left: tuple[Fraction, Fraction, Fraction],
    right: tuple[Fraction, Fraction, Fraction],
    n: int,
) -> None:
    x, y = left[2], right[2]
    with make_engine(name, bits) as engine:
        a, b = engine.interval(*left[:2]), engine.interval(*right[:2])
        assert contains(engine, engine.add(a, b), x + y)
        assert contains(engine, engine.sub(a, b), x - y)
        assert contains(engine, engine.mul(a, b), x * y)
        assert contains(engine, engine.neg(a), -x)
        if y:
            assert contains(engine, engine.div(a, b), x / y)
        if x or n >= 0:
            assert contains(engine, engine.power(a, n), x**n)


@both_engines
@given(bits=bits, x=numbers, n=st.integers(1, 40))
def test_powers_agree_with_repeated_products(name: str, bits: int, x: Fraction, n: int) -> None:
    with make_engine(name, bits) as engine:
        a = engine.exact(x)
        product = engine.exact(1)
        for _ in range(n):
            product = engine.mul(product, a)
        assert contains(engine, product, Fraction(x) ** n)
        assert overlap(engine, product, engine.power(a, n))
        if n % 2 == 0:
            assert engine.upper(engine.power(a, n)) >= 0


@both_engines
@given(bits=bits, x=positive)
def test_functions_undo_their_inverses(name: str, bits: int, x: Fraction) -> None:
    with make_engine(name, bits) as engine:
        a = engine.exact(x)
        assert contains(engine, engine.exp(engine.log(a)), x)
        assert contains(engine, engine.log(engine.exp(a)), x)
        assert contains(engine, engine.power(engine.sqrt(a), 2), x)
        total = engine.add(engine.sigmoid(a), engine.sigmoid(engine.neg(a)))
        assert contains(engine, total, Fraction(1))


@both_engines
@pytest.mark.parametrize("function", ["exp", "log", "sqrt", "sigmoid"])
@given(bits=bits, ends=intervals(moderate), negative=st.booleans())
def test_a_finer_precision_meets_a_coarser_one_on_every_part(
    name: str, function: str, bits: int, ends: tuple[Fraction, Fraction, Fraction], negative: bool
) -> None:
    """Inclusion: the image of any part, computed much more finely, is not outside the image of the whole."""
    low, high, between = (
        (-ends[1], -ends[0], -ends[2]) if negative and function in ("exp", "sigmoid") else ends
    )
    with make_engine(name, bits) as coarse:
        whole = getattr(coarse, function)(coarse.interval(low, high))
    with make_engine(name, bits + 200) as fine:
        assume(fine.is_finite(whole))
        for part in (fine.exact(low), fine.exact(between), fine.exact(high), fine.interval(between, high)):
            assert overlap(fine, getattr(fine, function)(part), whole)


@given(bits=bits, left=intervals(), right=intervals(), n=st.integers(-8, 8))
def test_rounded_operations_of_mpmath_are_inclusion_monotone(
    bits: int, left: tuple[Fraction, Fraction, Fraction], right: tuple[Fraction, Fraction, Fraction], n: int
) -> None:
    engine = MpmathEngine(bits)
    a, b = engine.interval(*left[:2]), engine.interval(*right[:2])
    part_a, part_b = engine.interval(left[2], left[1]), engine.interval(right[0], right[2])
    for operation in (engine.add, engine.sub, engine.mul, engine.div):
        assert encloses(operation(a, b), operation(part_a, part_b))
    assert encloses(engine.power(a, n), engine.power(part_a, n))


def encloses(whole: Any, part: Any) -> bool:
    """Whether all that the whole says the part says too; "nothing known" says nothing."""
    if whole == NOTHING_KNOWN:
        return True
    return bool(libmp.mpf_le(whole[0], part[0]) and libmp.mpf_le(part[1], whole[1]))


@both_engines
@given(bits=bits, low=numbers, width=positive)
def test_outside_the_domain_nothing_is_known(name: str, bits: int, low: Fraction, width: Fraction) -> None:
    with make_engine(name, bits) as engine:
        zero_inside = engine.interval(-abs(low), abs(low))
        below_zero = engine.interval(-abs(low) - width, abs(low))
        for unknown in (
            engine.div(engine.exact(low), zero_inside),
            engine.power(zero_inside, -1),
            engine.power(zero_inside, -2),
            engine.log(zero_inside),
            engine.log(below_zero),
            engine.sqrt(below_zero),
            engine.log(engine.exact(0)),
            engine.log(engine.neg(engine.exact(width))),
            engine.sqrt(engine.neg(engine.exact(width))),
        ):
            assert not engine.is_finite(unknown)
            assert engine.sign(unknown) is Sign.UNDECIDED
            for reading in (engine.lower, engine.upper, engine.lower_dyadic, engine.upper_dyadic):
                with pytest.raises(NotEnoughPrecision):
                    reading(unknown)


UNKNOWN: dict[str, list[Any]] = {
    "mpmath": [NOTHING_KNOWN],
    "arb": [arb("nan"), arb("inf"), arb("-inf"), arb(0, "inf"), arb("inf", "inf"), arb(5, "inf")],
}


@both_engines
def test_what_is_unknown_stays_unknown(name: str) -> None:
    with make_engine(name, 53) as engine:
        known = [engine.exact(x) for x in (-2, -1, 1, 2)] + [engine.interval(-1, 3), engine.interval(1, 3)]
        for unknown in UNKNOWN[name]:
            assert not engine.is_finite(unknown)
            for x in [*known, unknown]:
                for a, b in ((unknown, x), (x, unknown)):
                    for operation in (engine.add, engine.sub, engine.mul, engine.div):
                        result = operation(a, b)
                        # A quotient by something infinite may be 0, as Arb says; it is never anything else.
                        assert not engine.is_finite(result) or (
                            operation is engine.div and contains(engine, result, Fraction(0))
                        )
                    assert not engine.is_finite(engine.hull(a, b))
            assert not engine.is_finite(engine.neg(unknown))
            assert not engine.is_finite(engine.log(unknown))
            assert not engine.is_finite(engine.sqrt(unknown))
            assert not engine.is_finite(engine.power(unknown, 3))
            assert not engine.is_finite(engine.power(unknown, 2))


ENDS = [libmp.fninf, *(libmp.from_int(n) for n in (-2, -1, 0, 1, 3)), libmp.finf]
RAYS = [
    (a, b)
    for a, b in itertools.combinations_with_replacement(ENDS, 2)
    if a != libmp.finf and b != libmp.fninf
]
SAMPLES = [Fraction(n, 2) for n in (-(10**9), -5, -4, -3, -2, -1, 0, 1, 2, 3, 5, 6, 10**9)]


def members(pair: Any) -> list[Fraction]:
    return [x for x in SAMPLES if within(pair, x)]


def within(pair: Any, x: Fraction) -> bool:
    if pair == NOTHING_KNOWN:
        return True
    exact = libmp.from_rational(x.numerator, x.denominator, 2000, "n")
    return (
        bool(libmp.mpf_le(pair[0], exact) and libmp.mpf_le(exact, pair[1]))
        if _dyadic(x)
        else _between(pair, x)
    )


def _dyadic(x: Fraction) -> bool:
    return x.denominator & (x.denominator - 1) == 0


def _between(pair: Any, x: Fraction) -> bool:
    down, up = (libmp.from_rational(x.numerator, x.denominator, 2000, side) for side in "fc")
    return bool(libmp.mpf_le(pair[0], down) and libmp.mpf_le(up, pair[1]))


def test_infinite_ends_of_mpmath_never_give_a_wrong_enclosure() -> None:
    engine, checks = MpmathEngine(53), 0
    for a, b in itertools.product(RAYS, RAYS):
        results = [operation(a, b) for operation in (engine.add, engine.sub, engine.mul, engine.div)]
        assert all(result == NOTHING_KNOWN or libmp.fnan not in result for result in results)
        for x, y in itertools.product(members(a), members(b)):
            images = [x + y, x - y, x * y, *([x / y] if y else [])]
            assert all(within(result, image) for result, image in zip(results, images, strict=False)), (
                a,
                b,
                x,
                y,
            )
            checks += len(images)
    for a, n in itertools.product(RAYS, range(-4, 5)):
        assert all(within(engine.power(a, n), x**n) for x in members(a) if x or n >= 0)
        checks += 1
    assert checks > 50_000


def test_functions_of_infinite_ends_are_their_limits_or_wider() -> None:
    engine = MpmathEngine(53)
    whole_line = (libmp.fninf, libmp.finf)
    assert engine.exp(whole_line) == (libmp.fzero, libmp.finf)
    assert engine.sigmoid(whole_line) == (libmp.fzero, libmp.fone)
    assert engine.log((libmp.fone, libmp.finf)) == (libmp.fzero, libmp.finf)
    assert engine.sqrt((libmp.fone, libmp.finf)) == (libmp.fone, libmp.finf)
    for huge in (libmp.from_man_exp(1, 256), libmp.from_man_exp(1, 10**9)):
        for x in (huge, libmp.mpf_neg(huge)):
            low, high = engine.exp((x, x))
            assert libmp.mpf_lt(low, high)
            assert libmp.mpf_lt(libmp.fone, low) if x == huge else libmp.mpf_lt(high, libmp.fone)
            low, high = engine.sigmoid((x, x))
            assert libmp.mpf_le(libmp.fzero, low)
            assert libmp.mpf_lt(low, high)
            assert libmp.mpf_le(high, libmp.fone)


@both_engines
def test_a_sign_has_more_than_two_values_and_is_no_boolean(name: str) -> None:
    with make_engine(name, 53) as engine:
        cases = {
            Sign.POSITIVE: [engine.exact(Fraction(1, 10**400)), engine.interval(1, 2)],
            Sign.NEGATIVE: [engine.exact(-3), engine.interval(-2, Fraction(-1, 2))],
            Sign.ZERO: [engine.exact(0), engine.interval(0, 0)],
            Sign.UNDECIDED: [engine.interval(-1, 1), engine.log(engine.exact(0)), engine.interval(-1, 0)],
        }
        for sign, values in cases.items():
            for value in values:
                assert engine.sign(value) is sign
            with pytest.raises(UndecidedComparison, match="not true or false"):
                bool(sign)


@both_engines
@pytest.mark.parametrize("shift", [0, 5, 50, 700, 3 * 10**10])
def test_sigmoid_is_relatively_accurate_in_both_tails(name: str, shift: int) -> None:
    with make_engine(name, 100) as engine:
        q = engine.sigmoid(engine.exact(-shift))
        u = engine.exp(engine.exact(-shift))
        ratio = engine.div(q, engine.div(u, engine.add(engine.exact(1), u)))
        assert abs(engine.lower(ratio) - 1) < Fraction(1, 2**50)
        assert abs(engine.upper(ratio) - 1) < Fraction(1, 2**50)
        p = engine.sigmoid(engine.exact(shift))
        assert engine.lower(p) >= Fraction(1, 2) - Fraction(1, 2**90)
        assert engine.upper(p) <= 1 + Fraction(1, 2**90)


@both_engines
@pytest.mark.parametrize("bad", [0, 1, -5, True, 53.0, "53", None, BITS_LIMIT + 1])
def test_a_precision_that_is_not_one_is_refused(name: str, bad: Any) -> None:
    with pytest.raises(InputError, match="allowed is an integer from 2"):
        make_engine(name, bad)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(InputError, match="choose one of mpmath, arb"):
        make_engine("mpfr", 53)


@both_engines
def test_an_interval_the_wrong_way_round_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="must not exceed"):
        make_engine(name, 53).interval(2, 1)
