"""Precision belongs to an engine: nothing global is changed, and threads do not disturb each other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import flint
import mpmath
import pytest
from flint import arb, ctx

from verified_grpo.intervals import ENGINES, ArbEngine, MpmathEngine, decimal_enclosure, make_engine

from .points import number


def settings() -> tuple[int, ...]:
    return mpmath.mp.prec, mpmath.mp.dps, mpmath.iv.prec, mpmath.fp.prec, flint.ctx.prec


@pytest.fixture(autouse=True)
def _unchanged() -> Iterator[None]:
    before = settings()
    yield
    assert settings() == before


def work(engine: Any) -> None:
    a = engine.interval(Fraction(3, 4), Fraction(4, 5))
    for result in (
        engine.exp(a),
        engine.log(a),
        engine.sqrt(a),
        engine.sigmoid(a),
        engine.power(a, -5),
        engine.div(a, a),
    ):
        decimal_enclosure(engine, result, 30)
    decimal_enclosure(engine, engine.exp(engine.exact(-3 * 10**10)), 30)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("bits", [53, 100, 333])
def test_no_global_precision_is_changed(name: str, bits: int) -> None:
    before = settings()
    engine = make_engine(name, bits)
    work(engine)
    assert settings() == before
    with engine:
        inside = settings()
        assert inside[:-1] == before[:-1]
        assert inside[-1] == (bits if name == "arb" else before[-1])
        work(engine)
        assert settings() == inside
    assert settings() == before


@pytest.mark.parametrize("name", ENGINES)
def test_precision_is_restored_after_an_exception(name: str) -> None:
    before = settings()

    def fails() -> None:
        with make_engine(name, 97), make_engine(name, 211):
            raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        fails()
    assert settings() == before
    with make_engine(name, 97) as engine:  # and the lock is free again
        work(engine)


def test_nested_engines_put_back_what_was_in_force() -> None:
    outer, inner = ArbEngine(100), ArbEngine(300)
    with outer:
        assert ctx.prec == 100
        with inner:
            assert ctx.prec == 300
            with outer, outer:
                assert ctx.prec == 100
            assert ctx.prec == 300
        assert ctx.prec == 100


def in_threads(*tasks: Any) -> None:
    failures: list[BaseException] = []

    def guarded(task: Any) -> None:
        try:
            task()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert not failures, failures


def test_two_threads_with_different_bits_each_get_their_precision() -> None:
    def task(bits: int) -> None:
        engine = ArbEngine(bits)
        for k in range(300):
            with engine:
                assert ctx.prec == bits
                x = engine.exp(engine.exact(Fraction(k + 1, 300)))
                back = engine.log(x)
                assert ctx.prec == bits
            assert engine.lower(back) <= Fraction(k + 1, 300) <= engine.upper(back)
            assert engine.upper(back) - engine.lower(back) < Fraction(1, 2 ** (bits - 10))

    in_threads(lambda: task(53), lambda: task(700), lambda: task(120))


def test_threads_of_the_mpmath_engine_share_no_state_that_can_tear() -> None:
    """All of them ask for log 2 and the tables of exp at precisions that keep growing."""
    results: list[tuple[int, Fraction, Any, Any]] = []

    def task(offset: int) -> None:
        for k in range(120):
            engine = MpmathEngine(40 + 29 * k + offset)
            x = Fraction(7 * k + offset + 1, 11)
            a = engine.exact(x)
            results.append((engine.bits, x, engine.exp(a), engine.log(a)))

    in_threads(lambda: task(0), lambda: task(13), lambda: task(17))
    assert len(results) == 360
    with ctx.workprec(5000):
        for bits, x, exp, log in results:
            value = arb(x.numerator) / x.denominator
            width = arb(2) ** (10 - bits)
            for image, (low, high) in ((value.exp(), exp), (value.log(), log)):
                assert not number(low) > image
                assert not image > number(high)
                assert number(high) - number(low) <= width * (abs(image) + abs(value) + 1) ** 2


@pytest.mark.parametrize("name", ENGINES)
def test_operations_outside_with_are_sound(name: str) -> None:
    engine = make_engine(name, 400)
    x = Fraction(1, 3)
    a = engine.exact(x)
    assert engine.lower(a) <= x <= engine.upper(a)
    back = engine.log(engine.exp(a))
    assert engine.lower(back) <= x <= engine.upper(back)
