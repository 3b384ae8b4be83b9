"""The engine over arrays encloses: a million random inputs against Arb, on crival; fewer on its stand-in."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import example, given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.errors import InputError, NotEnoughPrecision, UndecidedComparison
from verified_grpo.intervals import ArbEngine, ArrayEngine, Sign, arb_arrays, exact, make_engine
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, formulas

from .array_cases import OPERATIONS, random_doubles, violations

BATCHES, BATCH = 5, 20_000
ARRAY = ArrayEngine()
STAND_IN = ArrayEngine(arithmetic=arb_arrays)
BOTH = pytest.mark.parametrize("engine", [ARRAY, STAND_IN], ids=["crival", "arb"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_crival_contains_a_hundred_thousand_images_of_every_operation(name: str) -> None:
    for seed in range(BATCHES):
        found, decided = violations(name, ARRAY, seed, BATCH)
        assert not found, found[:3]
        assert decided >= 0.6 * BATCH


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_stand_in_contains_its_images(name: str) -> None:
    found, decided = violations(name, STAND_IN, 1, 1500)
    assert not found, found[:3]
    assert decided >= 0.4 * 1500


def test_a_planted_violation_is_found() -> None:
    class Loose(ArrayEngine):
        def exp(self, a: Any) -> Any:
            value = super().exp(a)
            return self.between(value.lo, np.maximum(np.nextafter(value.hi, 0), value.lo))

    assert violations("exp", Loose(), 0, 2000)[0]


@BOTH
@pytest.mark.parametrize("text", ["1/3", "-7/10", "9007199254740993", "1e400", "1e-400", "0"])
def test_exact_numbers_come_in_outward(engine: ArrayEngine, text: str) -> None:
    x = exact(text)
    value = engine.exact(x)
    assert value.lo <= x <= value.hi
    assert value.hi in (value.lo, math.nextafter(value.lo, math.inf))
    assert engine.exact(5).lo == engine.exact(5).hi == 5


@BOTH
def test_ratios_of_integers_are_enclosed(engine: ArrayEngine) -> None:
    k = np.array([0, 1, 1, 2**60 + 1, 5, 3], dtype=np.int64)
    n = np.array([7, 3, 8, 2**61 + 3, 5, 0], dtype=np.int64)
    value = engine.ratios(k, n)
    for place in range(5):
        assert value.lo[place] <= Fraction(int(k[place]), int(n[place])) <= value.hi[place]
        assert value.hi[place] - value.lo[place] < 1e-15
    assert not engine.finite(value)[5]


@BOTH
@pytest.mark.parametrize(
    ("operation", "low", "high"),
    [("sqrt", -1.0, 4.0), ("log", -1.0, 2.0), ("log", 0.0, 2.0), ("log", -2.0, -1.0), ("sqrt", -2.0, -1.0)],
)
def test_outside_the_domain_nothing_is_known(
    engine: ArrayEngine, operation: str, low: float, high: float
) -> None:
    value = getattr(engine, operation)(engine.between(np.array([low, 1.0]), np.array([high, 1.0])))
    assert np.isnan([value.lo[0], value.hi[0]]).all()
    assert engine.finite(value).tolist() == [False, True]


@BOTH
@pytest.mark.parametrize("divisor", [(0.0, 0.0), (-1.0, 1.0), (0.0, 1.0), (-1.0, 0.0)])
def test_division_by_zero_is_nothing_known(engine: ArrayEngine, divisor: tuple[float, float]) -> None:
    below = engine.between(*divisor)
    for value in (engine.div(engine.exact(0), below), engine.power(below, -2), engine.power(below, -3)):
        assert np.isnan([value.lo, value.hi]).all()
        with pytest.raises(NotEnoughPrecision):
            engine.lower(value)


@BOTH
def test_ends_that_are_no_interval_are_nothing_known(engine: ArrayEngine) -> None:
    value = engine.between(np.array([np.nan, 2.0, 0.0]), np.array([1.0, 1.0, np.nan]))
    assert np.isnan([value.lo, value.hi]).all()
    assert engine.signs(value).undecided.all()
    nothing = engine.intersect(engine.exact(1), engine.exact(2))
    assert np.isnan([nothing.lo, nothing.hi]).all()
    assert engine.signs(engine.between(np.array([-np.inf]), np.array([np.inf]))).undecided.all()


@BOTH
def test_the_logistic_function_keeps_its_digits_in_both_tails(engine: ArrayEngine) -> None:
    x = np.concatenate([-np.geomspace(1e-300, 700, 300), np.geomspace(1e-300, 700, 300)])
    value = engine.sigmoid(engine.points(x))
    assert np.all(value.hi - value.lo <= 2.0**-50 * value.lo)
    wide = engine.sigmoid(engine.between(np.array([-700.0]), np.array([700.0])))
    assert 0 < wide.lo[0] < 1e-303
    assert 1 - 2**-52 <= wide.hi[0] <= 1 + 2**-52


@BOTH
def test_signs_have_three_values_and_no_truth(engine: ArrayEngine) -> None:
    signs = engine.signs(engine.between(np.array([1.0, -2.0, 0.0, -1.0]), np.array([2.0, -1.0, 0.0, 1.0])))
    assert [signs[k] for k in range(4)] == [Sign.POSITIVE, Sign.NEGATIVE, Sign.ZERO, Sign.UNDECIDED]
    assert signs.undecided.tolist() == [False, False, False, True]
    with pytest.raises(UndecidedComparison):
        bool(signs)
    for value, sign in ((engine.exact(3), Sign.POSITIVE), (engine.interval(-1, 1), Sign.UNDECIDED)):
        assert engine.sign(value) is sign


def test_the_engine_goes_by_its_name_and_has_one_precision() -> None:
    assert isinstance(make_engine("array", 53), ArrayEngine)
    with pytest.raises(InputError, match="53 bits"):
        make_engine("array", 80)
    with pytest.raises(InputError, match="must not exceed"):
        ARRAY.interval(2, 1)


def test_end_points_are_read_exactly() -> None:
    value = ARRAY.interval(Fraction(1, 3), Fraction(7, 8))
    assert ARRAY.lower(value) < Fraction(1, 3) <= Fraction(7, 8) == ARRAY.upper(value)
    m, e = ARRAY.lower_dyadic(value)
    assert Fraction(m) * Fraction(2) ** e == ARRAY.lower(value)


@given(
    st.lists(st.fractions() | st.decimals(allow_nan=False, allow_infinity=False).map(Fraction), max_size=5)
)
@example(
    [Fraction(10) ** 400, -(Fraction(10) ** 400), Fraction(1, 10**400), -Fraction(1, 10**400), Fraction(0)]
)
@examples(40)
def test_many_exact_numbers_are_enclosed_as_one_is(numbers: list[Fraction]) -> None:
    made = ARRAY.exacts(x.as_integer_ratio() for x in numbers)
    for low, high, number in zip(made.lo, made.hi, numbers, strict=True):
        one = ARRAY.exact(number)
        assert (low, high) == (one.lo, one.hi)


@pytest.mark.parametrize(
    "contrast", [MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1)], ids=lambda c: c.label
)
def test_programs_run_on_arrays_unchanged(contrast: Contrast) -> None:
    t = np.exp(-np.linspace(0, 60, 1500))
    program, eps = formulas.profile_program(contrast), Fraction(1, 10**5)
    found = program.bind(ARRAY, eps=ARRAY.exact(eps))(ARRAY.points(t))
    with ArbEngine(200) as engine, ctx.workprec(200):
        exact = program.bind(engine, eps=engine.exact(eps))
        for place in range(0, len(t), 3):
            for value, true in zip(found, exact(arb(float(t[place]))), strict=True):
                low, high = (float(np.broadcast_to(end, t.shape)[place]) for end in (value.lo, value.hi))
                assert not true < low
                assert not true > high


def test_crival_and_its_stand_in_agree_to_the_last_bit_but_one() -> None:
    rng = np.random.default_rng(5)
    x = np.abs(random_doubles(rng, 400)).clip(1e-200, 600)
    for operation in ("exp", "log", "sqrt", "sigmoid"):
        first, second = (getattr(engine, operation)(engine.points(x)) for engine in (ARRAY, STAND_IN))
        assert np.all(np.abs(first.lo - second.lo) <= 2 * np.spacing(np.abs(first.lo)))
        assert np.all(np.abs(first.hi - second.hi) <= 2 * np.spacing(np.abs(first.hi)))
