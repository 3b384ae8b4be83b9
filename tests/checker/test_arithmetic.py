"""The second arithmetic against Arb at many more bits, at points chosen to hurt, and where it gives up."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint
import pytest
from flint import arb

from verified_grpo.checker import elementary
from verified_grpo.checker.arithmetic import NAMES, in_force, least, most, sigma, using
from verified_grpo.checker.numbers import ball, precision
from verified_grpo.checker.rational import RATIONAL, UNKNOWN, Span, rounded

UNARY = ("sqrt", "exp", "log", "sinh", "cosh", "tanh")
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "min": lambda x, y: x.min(y),
    "max": lambda x, y: x.max(y),
}


def point(source: random.Random, bits: int) -> tuple[int, int]:
    """mantissa and exponent: short near 0, beside 1 and beside multiples of log 2, long, tiny, large."""
    sign = source.choice((-1, 1))
    match source.randrange(6):
        case 0:
            return sign * source.randrange(1, 64), -source.randrange(0, 70)
        case 1:
            place = source.randrange(1, bits)
            return sign * ((1 << place) + source.randrange(-3, 4) or 1), -place
        case 2:
            return sign * source.getrandbits(bits), source.randrange(-3 * bits, 9 - bits)
        case 3:
            return sign * (source.getrandbits(bits) | 1), -bits - source.randrange(2 * bits)
        case 4:
            return sign * source.getrandbits(30), 0
        case _:
            multiple = (2**bits * 693147180559945309417232121458 * source.randrange(1, 99)) // 10**30
            return sign * (multiple + source.randrange(-2, 3)), -bits


def exact(span: Span) -> tuple[arb, arb]:
    return arb((span.low, span.exponent)), arb((span.high, span.exponent))


def misses(span: Span, value: arb) -> bool:
    """Whether a value known to four times the bits lies outside for certain."""
    low, high = exact(span)
    return bool(value < low or value > high)


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("bits", [20, 80, 117, 400])
def test_functions_contain_arb_s_value_and_are_sharp(name: str, bits: int) -> None:
    source = random.Random(f"{name} {bits}")
    with RATIONAL.precision(bits), flint.ctx.workprec(4 * bits + 200):
        for _ in range(300):
            mantissa, exponent = point(source, bits)
            mantissa = abs(mantissa) if name in ("sqrt", "log") else mantissa
            result = getattr(Span(mantissa, mantissa, exponent), name)()
            value = getattr(arb((mantissa, exponent)), name)()
            if result is UNKNOWN:
                assert (name, mantissa) == ("log", 0)
                continue
            assert not misses(result, value), (mantissa, exponent)
            low, high = exact(result)
            assert high - low <= abs(value) * arb((1, 5 - bits)), (mantissa, exponent)


@pytest.mark.parametrize("name", BINARY)
def test_operations_contain_the_exact_result(name: str) -> None:
    source, bits, operation = random.Random(name), 80, BINARY[name]
    with RATIONAL.precision(bits):
        for _ in range(600):
            spans, corners = [], []
            for _ in range(2):
                (m, e), (n, f) = point(source, bits), point(source, bits)
                ends = sorted((Fraction(m) * Fraction(2) ** e, Fraction(n) * Fraction(2) ** f))
                ends = ends if source.random() < 0.5 else [ends[0]] * 2
                corners.append(ends)
                spans.append(RATIONAL.enclose(ends[0]).union(RATIONAL.enclose(ends[1])))
            result = operation(*spans)
            if result is UNKNOWN:
                low, high = RATIONAL.ends(spans[1])
                assert name == "/"
                assert low <= 0 <= high
                continue
            low, high = RATIONAL.ends(result)
            for x in corners[0]:
                for y in corners[1]:
                    value = {"min": min, "max": max}.get(name, operation)(x, y)
                    assert low <= value <= high


def test_powers() -> None:
    with RATIONAL.precision(100):
        for base in (Fraction(3), Fraction(-2, 3), Fraction(1, 10)):
            for exponent in (-64, -3, -1, 0, 1, 2, 7, 64):
                low, high = RATIONAL.ends(RATIONAL.enclose(base) ** exponent)
                assert low <= base**exponent <= high
                assert high - low <= abs(base**exponent) / 2**80
        assert (Span(-1, 1, 0) ** -1) is UNKNOWN
        assert (UNKNOWN**0) is UNKNOWN


def test_comparisons_are_exact_and_only_ever_certain() -> None:
    one, wide, tiny, huge = Span(1, 1, 0), Span(-1, 3, 0), Span(1, 1, -(10**15)), Span(1, 1, 10**15)
    assert -huge < -one < -tiny < 0 < tiny < one < huge
    assert huge > one > tiny > 0 > -tiny > -one
    assert one <= 1 <= one
    assert Span(4, 4, -2) >= one >= Span(8, 8, -3)
    assert not any((wide < one, wide > one, wide <= one, wide >= one))
    for other in (one, UNKNOWN, 0):
        assert not any((other > UNKNOWN, other < UNKNOWN, other >= UNKNOWN, other <= UNKNOWN))
    rng = random.Random(4)
    for _ in range(3000):
        (m, e), (n, f) = ((rng.randrange(-20, 20), rng.randrange(-6, 6)) for _ in range(2))
        x, y = Fraction(m) * Fraction(2) ** e, Fraction(n) * Fraction(2) ** f
        s, t = Span(m, m, e), Span(n, n, f)
        assert ((s < t), (s <= t), (s > t), (s >= t)) == ((x < y), (x <= y), (x > y), (x >= y))


def test_nothing_known_stays_unknown() -> None:
    one = Span(1, 1, 0)
    for bad in (one / 0, (-one).sqrt(), Span(-1, 1, 0).sqrt(), (one - 1).log(), Span(-1, 1, 0).log()):
        assert bad is UNKNOWN
        assert not bad.is_finite()
    for name in UNARY:
        assert getattr(UNKNOWN, name)() is UNKNOWN
    for operation in BINARY.values():
        assert operation(UNKNOWN, one) is UNKNOWN
        assert operation(one, UNKNOWN) is UNKNOWN
    assert UNKNOWN.union(one) is one.union(UNKNOWN) is UNKNOWN
    assert -UNKNOWN is abs(UNKNOWN) is UNKNOWN


def test_numbers_too_large_to_write_down() -> None:
    far = Span(1, 1, 64)
    with RATIONAL.precision(80):
        assert far.exp() is far.sinh() is far.cosh() is (-far).sinh() is UNKNOWN
        assert 0 <= (-far).exp() < Span(1, 1, -(10**19))
        assert 1 - far.tanh() < Span(1, 1, -70)
        assert (-far).tanh() >= -1 - Span(1, 1, -70)
        assert Span(-1, 1, 64).exp() is UNKNOWN
        assert (Span(1, 1, 63).exp() * (-Span(1, 1, 63)).exp() - 1) < Span(1, 1, -10)
        low, high = RATIONAL.ends(Span(1, 1, -(10**18)))
        assert 0 == low < high < Fraction(1, 2**99999)


@pytest.mark.parametrize("name", NAMES)
def test_ends_of_tiny_numbers_are_short_and_outward(name: str) -> None:
    with using(name), precision(80):
        for number in (ball(-(10**8)), ball(-(10**12))):
            for value in (number.exp(), -number.exp(), ball(0).union(number.exp())):
                low, high = in_force().ends(value)
                assert low.denominator.bit_length() <= 10**6 + 1 >= high.denominator.bit_length()
                assert low <= 0 <= high
                assert ball(low) <= value <= ball(high)
                assert high - low <= Fraction(1, 2 ** (10**6 - 2))
        low, high = in_force().ends(1 / ball(3))
        assert low < Fraction(1, 3) < high < low + Fraction(1, 2**78)


def test_sums_of_very_different_sizes() -> None:
    with RATIONAL.precision(80):
        one, tiny, nothing = Span(1, 1, 0), Span(3, 3, -(10**14)), Span(0, 0, 10**14)
        total = one + tiny
        assert total >= 1
        assert total + Span(1, 1, -79) > 1
        assert total <= 1 + Span(1, 1, -70)
        assert (tiny + nothing) - tiny <= 0 <= (nothing + tiny) - tiny
        assert tiny.union(nothing) <= tiny
        assert rounded(-(2**100) - 1, 2**100 + 1, 0).high << 21 > 2**100


def test_other_arithmetics_are_refused_as_operands() -> None:
    with pytest.raises(TypeError, match="another arithmetic"):
        Span(1, 1, 0) + arb(1)  # type: ignore[operator]


def test_the_choice_is_local_and_put_back() -> None:
    assert in_force().name == "arb"
    with using("rational"):
        assert isinstance(ball(1), Span)
        with using("arb"), precision(70):
            assert in_force().bits() == 134
            assert isinstance(ball(1), arb)
        with precision(70):
            assert in_force().bits() == 134
        assert in_force().bits() == 53
        assert in_force().name == "rational"
    assert in_force().name == "arb"


@pytest.mark.parametrize("arithmetic", ["arb", "rational"])
def test_helpers(arithmetic: str) -> None:
    with using(arithmetic), precision(64):
        values = [ball(2), ball(Fraction(-1, 3)), ball(1)]
        assert set(in_force().ends(most(*values))) == {Fraction(2)}
        assert least(*values) < ball(Fraction(-33, 100))
        assert set(in_force().ends(sigma(ball(0)))) == {Fraction(1, 2)}


def test_log_2_at_many_precisions() -> None:
    for places in (1, 2, 10, 64, 1000):
        low, high = elementary._log_2(places)
        with flint.ctx.workprec(places + 100):
            value = arb(2).log() * arb((1, places))
            assert low <= value <= high
        assert high - low < places + 4
